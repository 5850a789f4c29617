"""Spans of a normalized text in its source, and back, by nothing but the findings of the source.

A model reads the normalized text and gives spans of that; what a user wants marked is the source. The
findings that were stored with the text (a column of `Normalizer.find_arrow`) are all that is needed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Span = tuple[int, int]


class Spans:
    """The way between a source and its normalized text, in the unit that the findings were asked in.

    `findings` are those of one text as a column holds them: mappings with `start`, `end`, `applied`,
    `target_start` and `target_end`, sorted and disjoint; None stands for none.
    """

    __slots__ = ("_source", "_target")

    def __init__(self, findings: Iterable[Mapping[str, Any]] | None) -> None:
        applied = [one for one in findings or () if one["applied"]]
        self._source = _Side([one["start"] for one in applied], [one["end"] for one in applied])
        self._target = _Side([one["target_start"] for one in applied], [one["target_end"] for one in applied])

    def to_source(self, start: int, end: int) -> Span:
        """What a span of the normalized text was in the source.

        A border inside a replacement goes to the border of what was replaced, so that the result covers
        all that the span shows. An empty span stays empty unless it is inside a replacement. Raises
        ValueError for a span that ends before it begins or begins before the text.
        """
        return _carry(start, end, self._target, self._source)

    def to_target(self, start: int, end: int) -> Span:
        """What has become of a span of the source in the normalized text; as `to_source`."""
        return _carry(start, end, self._source, self._target)


class _Side:
    """Where edits begin and end, in one of both texts."""

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.starts, self.ends = starts, ends


def _carry(start: int, end: int, old: _Side, new: _Side) -> Span:
    if not 0 <= start <= end:
        raise ValueError(
            f"{start} to {end} is no span; it begins at 0 or later and ends where it begins or later"
        )
    # The last edit that begins before the span's end decides its end, and the first that ends after its
    # start decides its start: what only touches the span does not belong to it.
    last = bisect_left(old.starts, end) - 1
    first = bisect_right(old.ends, start)
    if first < len(old.starts) and old.starts[first] < start:
        new_start = new.starts[first]
    elif first:
        new_start = new.ends[first - 1] + start - old.ends[first - 1]
    else:
        new_start = start
    if last < 0:
        new_end = end
    elif end < old.ends[last]:
        new_end = new.ends[last]
    else:
        new_end = new.ends[last] + end - old.ends[last]
    return new_start, max(new_start, new_end)
