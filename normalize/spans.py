"""Spans of a text: from the first to after the last, in one unit."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same spans sorted and disjoint: those that touch or overlap are one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of these sorted, disjoint spans shares anything with `start` to `end`."""
    before = bisect_left(spans, end, key=itemgetter(0))
    return before > 0 and spans[before - 1][1] > start
