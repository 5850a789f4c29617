"""The report for people: the source line, the finding underlined, and the letters that do not belong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from normalize.reports.concise import place
from normalize.reports.display import code_point, is_hidden, odd_characters, script, visible, width
from normalize.reports.located import Line, Located
from normalize.reports.style import Style
from normalize.reports.summary import Summary

_NAMED = 4
"""How many different odd characters of one finding are named."""


class Full:
    """The source line, the finding underlined, the letters that do not belong named, and the repair."""

    def __init__(self, out: TextIO, style: Style, columns: int) -> None:
        self.out, self.style, self.columns = out, style, columns

    def finding(self, located: Located) -> None:
        style = self.style
        what = visible(located.message)
        self.out.write(f"{place(located, style)} {style.bad(located.rule)}: {style.bold(what)}\n")
        numbers = range(located.line, located.line + len(located.lines))
        gutter = max(3, len(str(numbers[-1])) + 1)
        bar = style.dim(f"{'':{gutter}} |")
        for number, line in zip(numbers, located.lines, strict=True):
            shown, under = _window(line, _marks(line, located), self.columns - gutter - 3)
            self.out.write(f"{style.dim(f'{number:>{gutter}} |')} {shown}\n")
            self.out.write(f"{bar} {style.bad(under)}\n")
        for note in _notes(located):
            self.out.write(f"{bar} {note}\n")
        self.out.write(f"{bar} {self._repair(located)}\n\n")

    def _repair(self, located: Located) -> str:
        style = self.style
        if located.replacement is None:
            return style.dim("no repair: a person must decide")
        repair = style.good(visible(located.replacement)) if located.replacement else "remove it"
        if located.is_safe:
            return f"fix: {repair}"
        if located.is_repairable:
            return f"fix: {repair}  {style.dim('(unsafe: only with --unsafe-fixes)')}"
        return f"perhaps: {repair}  {style.dim('(never applied: a person must decide)')}"

    def end(self, summary: Summary) -> None:
        self.out.write(f"{summary.sentence()}\n")


def _marks(line: Line, located: Located) -> str:
    """What stands under a source line: `^` under odd letters, `~` under the rest of the finding."""
    odd = set(odd_characters(located.text, located.replacement)) or set(range(len(located.text)))
    places = range(line.offset, line.offset + line.end - line.start)
    return " " * line.start + "".join("^" if at in odd else "~" for at in places)


def _window(line: Line, marks: str, columns: int) -> tuple[str, str]:
    """The line and the marks under it, as they are shown; a long line is cut around its marks."""
    cells = [_cell(line.text, at) for at in range(len(line.text))]
    widths = [width(cell) for cell in cells]
    first, last = 0, len(cells)
    if sum(widths) + line.before + line.after > columns:
        first, last = _cut(widths, line.start, line.end, columns - 2)
    under = "".join(mark * size for mark, size in zip(marks[first:last], widths[first:last], strict=False))
    head = "…" if first or line.before else ""
    tail = "…" if last < len(cells) or line.after else ""
    return head + "".join(cells[first:last]) + tail, " " * len(head) + under


def _cell(line: str, at: int) -> str:
    """How one character of a line is shown."""
    pair = visible(line[max(0, at - 1) : at + 1])
    return pair[len(visible(line[at - 1])) :] if at else pair


def _cut(widths: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Which characters to show so that those from `start` to `end` are among them, in context."""
    first, left = start, max(0, room - sum(widths[start:end])) // 2
    while first and (left := left - widths[first - 1]) >= 0:
        first -= 1
    last, left = first, room
    while last < len(widths) and (left := left - widths[last]) >= 0:
        last += 1
    while first and last == len(widths) and (left := left - widths[first - 1]) >= 0:
        first -= 1
    return first, last


def _notes(located: Located) -> list[str]:
    """What does not belong: single characters by code point and name, whole words by their script."""
    text = located.text
    odd = odd_characters(text, located.replacement)
    notes: dict[str, None] = {}
    for first, last in _runs(odd):
        run = text[first:last]
        alone = not (text[first - 1 : first].isalpha() or text[last : last + 1].isalpha())
        if alone and len(run) > 1 and run.isalpha():
            notes[f"{run} is in {script(run[0])} letters"] = None
            continue
        for letter in run:
            name = code_point(letter)
            notes[f"{'' if is_hidden(letter) else f'{letter} is '}{name}"] = None
    said = located.message
    listed = [note for note in notes if note not in said and note.split(" is ")[-1] not in said]
    return listed if len(listed) <= _NAMED else [*listed[:_NAMED], f"and {len(listed) - _NAMED} more"]


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    """Successive places as spans."""
    for at, here in enumerate(places):
        if not at or places[at - 1] != here - 1:
            last = at
            while last + 1 < len(places) and places[last + 1] == places[last] + 1:
                last += 1
            yield here, places[last] + 1
