"""A unified diff out of the findings that were applied, in one pass, whatever the file's size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_CONTEXT = 3


@dataclass(slots=True)
class _Change:
    """Source lines `first` to `last` (exclusive), and the lines that stand in their place."""

    first: int
    last: int
    new: list[str]


def unified_diff(
    name: str, source: str, target: str, spans: Iterable[tuple[int, int]], to_target: Callable[[int], int]
) -> Iterator[str]:
    """The lines of a diff, with their ends; `spans` are the changed places of the source, sorted."""
    starts = _line_starts(source)
    lines = [source[start:end] for start, end in pairwise(starts)]
    changes: list[_Change] = []
    line = 0
    for start, end in spans:
        while line + 1 < len(lines) and starts[line + 1] <= start:
            line += 1
        last = line + 1
        while last < len(lines) and starts[last] < end:
            last += 1
        if changes and line < changes[-1].last:
            changes[-1].last = max(last, changes[-1].last)
        else:
            changes.append(_Change(line, last, []))
    for change in changes:
        # Borders of lines stand outside edits, but at the end of the text the map needs no asking.
        start = to_target(starts[change.first])
        end = len(target) if change.last == len(lines) else to_target(starts[change.last])
        piece = target[start:end]
        bounds = _line_starts(piece)
        change.new = [piece[one:two] for one, two in pairwise(bounds)]
    yield f"--- {name}\n"
    yield f"+++ {name}\n"
    shift = 0
    for hunk in _hunks(changes):
        yield from _hunk(hunk, lines, shift)
        shift += sum(len(change.new) - (change.last - change.first) for change in hunk)


def _line_starts(text: str) -> list[int]:
    """Where the lines begin, and the end of the text; lines end at a newline, as `diff` has it."""
    starts, at = [0], 0
    while (at := text.find("\n", at) + 1) and at < len(text):
        starts.append(at)
    return [*starts, len(text)] if text else [0]


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(hunk: list[_Change], lines: list[str], shift: int) -> Iterator[str]:
    first = max(0, hunk[0].first - _CONTEXT)
    last = min(len(lines), hunk[-1].last + _CONTEXT)
    grown = sum(len(change.new) - (change.last - change.first) for change in hunk)
    old, new = last - first, last - first + grown
    yield f"@@ -{_range(first, old)} +{_range(first + shift, new)} @@\n"
    at = first
    for change in hunk:
        yield from _marked(" ", lines[at : change.first])
        yield from _marked("-", lines[change.first : change.last])
        yield from _marked("+", change.new)
        at = change.last
    yield from _marked(" ", lines[at:last])


def _range(first: int, count: int) -> str:
    start = first + 1 if count else first
    return f"{start}" if count == 1 else f"{start},{count}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"
