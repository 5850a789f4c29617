"""Mapping offsets between a text and what it became.

Edits are recorded as they are made, so a map is a short list of replaced spans and not a table of the
whole text. All maps are monotone. An offset inside an edit has no exact counterpart: it goes to the
start of the other side's span; the borders of an edit correspond exactly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What an offset counts: code points (Python's `str`), UTF-8 bytes, or UTF-16 code units."""

    CODE_POINTS = "code-points"
    UTF8 = "utf-8"
    UTF16 = "utf-16"


@dataclass(frozen=True, slots=True)
class Edit:
    """`source[start:end]` becomes `replacement`; code points."""

    start: int
    end: int
    replacement: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with its edits made; the same object where there are none.

    Raises ValueError if the edits are not sorted and disjoint.
    """
    if not edits:
        return text
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start:
            raise ValueError(f"edits overlap or are unsorted at {edit.start}")
        pieces += text[position : edit.start], edit.replacement
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


class OffsetMap:
    """Both directions between a source and the target that its edits give, in code points."""

    __slots__ = ("_source_ends", "_source_starts", "_target_ends", "_target_starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._source_starts = [edit.start for edit in edits]
        self._source_ends = [edit.end for edit in edits]
        self._target_starts: list[int] = []
        self._target_ends: list[int] = []
        shift = 0
        for edit in edits:
            self._target_starts.append(edit.start + shift)
            self._target_ends.append(edit.start + shift + len(edit.replacement))
            shift += len(edit.replacement) - (edit.end - edit.start)

    def to_target(self, offset: int) -> int:
        """Where a source offset stands in the target."""
        return _carry(offset, self._source_starts, self._source_ends, self._target_starts, self._target_ends)

    def to_source(self, offset: int) -> int:
        """Where a target offset stood in the source."""
        return _carry(offset, self._target_starts, self._target_ends, self._source_starts, self._source_ends)


def _carry(
    offset: int,
    from_starts: Sequence[int],
    from_ends: Sequence[int],
    to_starts: Sequence[int],
    to_ends: Sequence[int],
) -> int:
    index = bisect_right(from_starts, offset) - 1
    if index < 0:
        return offset
    if offset >= from_ends[index]:
        return to_ends[index] + offset - from_ends[index]
    return to_starts[index]


def in_code_points(text: str, offset: int, unit: Unit) -> int:
    """The code point offset of an offset counted in `unit`.

    An offset inside a code point goes to that code point's start. Raises ValueError outside the text.
    """
    if unit is Unit.CODE_POINTS:
        if not 0 <= offset <= len(text):
            raise ValueError(f"offset {offset} is outside the text of {len(text)} code points")
        return offset
    width = _WIDTH[unit]
    position = 0
    if offset < 0:
        raise ValueError(f"offset {offset} is before the text")
    for index, char in enumerate(text):
        size = width(char)
        if offset < position + size:
            return index
        position += size
    if offset == position:
        return len(text)
    raise ValueError(f"offset {offset} is outside the text of {position} {unit} units")


def from_code_points(text: str, offset: int, unit: Unit) -> int:
    """The offset in `unit` of a code point offset. Raises ValueError outside the text."""
    if not 0 <= offset <= len(text):
        raise ValueError(f"offset {offset} is outside the text of {len(text)} code points")
    if unit is Unit.CODE_POINTS:
        return offset
    width = _WIDTH[unit]
    return sum(width(char) for char in text[:offset])


def _utf8_width(char: str) -> int:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was not UTF-8, as surrogateescape carries it
        return 1
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


def _utf16_width(char: str) -> int:
    return 1 if ord(char) < 0x10000 else 2


_WIDTH: dict[Unit, Callable[[str], int]] = {Unit.UTF8: _utf8_width, Unit.UTF16: _utf16_width}
