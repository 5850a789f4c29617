"""The report for people: the source line, the finding underlined, and the letters that do not belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from normalize.reports.concise import place
from normalize.reports.display import code_point, is_hidden, odd_characters, script, visible, width
from normalize.reports.located import Line, Located
from normalize.reports.style import Style
from normalize.reports.summary import Summary

_PLAIN = re.compile(
    r"[ -~\xa0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
"""Characters that are shown as they are, each in one column: all that most lines hold."""
_NAMED = 4
"""How many different odd characters of one finding are named."""


class Full:
    """The source line, the finding underlined, the letters that do not belong named, and the repair."""

    def __init__(self, out: TextIO, style: Style, columns: int) -> None:
        self.out, self.style, self.columns = out, style, columns

    def finding(self, located: Located) -> None:
        style, lines = self.style, located.lines
        what = visible(located.message)
        shown = [f"{place(located, style)} {style.bad(located.rule)}: {style.bold(what)}\n"]
        numbers = range(located.line, located.line + len(lines))
        gutter = max(3, len(str(numbers[-1])) + 1)
        bar = style.dim(f"{'':{gutter}} |")
        for number, line in zip(numbers, lines, strict=True):
            written, under = _window(line, _marks(line, located), self.columns - gutter - 3)
            shown.append(f"{style.dim(f'{number:>{gutter}} |')} {written}\n{bar} {style.bad(under)}\n")
        shown.extend(f"{bar} {note}\n" for note in _notes(located))
        shown.append(f"{bar} {self._repair(located)}\n\n")
        self.out.write("".join(shown))

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
    odd = set(odd_characters(located.text, located.replacement))
    if not odd:
        return " " * line.start + "^" * (line.end - line.start)
    places = range(line.offset, line.offset + line.end - line.start)
    return " " * line.start + "".join("^" if at in odd else "~" for at in places)


def _window(line: Line, marks: str, columns: int) -> tuple[str, str]:
    """The line and the marks under it, as they are shown; a long line is cut around its marks."""
    cells = _Cells(line.text)
    first, last = 0, len(line.text)
    if cells.are_wider_than(columns - line.before - line.after):
        first, last = cells.around(line.start, line.end, columns - 2)
    under = cells.widened(marks, first, last)
    head = "…" if first or line.before else ""
    tail = "…" if last < len(line.text) or line.after else ""
    return f"{head}{cells.shown(first, last)}{tail}", " " * len(head) + under


class _Cells:
    """How the characters of a line are shown, each worked out when it is asked for: lines can be long."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._is_plain = bool(_PLAIN.fullmatch(line))

    def shown(self, first: int, last: int) -> str:
        if self._is_plain:
            return self._line[first:last]
        return "".join(self._cell(at) for at in range(first, last))

    def widened(self, marks: str, first: int, last: int) -> str:
        """The marks under these characters, each as wide as what it stands under."""
        if self._is_plain:
            return marks[first:last]
        return "".join(marks[at] * self.width(at) for at in range(first, min(last, len(marks))))

    def width(self, at: int) -> int:
        return width(self._cell(at))

    def are_wider_than(self, columns: int) -> bool:
        if self._is_plain:
            return len(self._line) > columns
        for at in range(len(self._line)):
            columns -= width(self._cell(at))
            if columns < 0:
                return True
        return columns < 0

    def around(self, start: int, end: int, room: int) -> tuple[int, int]:
        """Which characters to show so that those from `start` to `end` are among them, in context."""
        length = len(self._line)
        if self._is_plain:
            first = start - min(start, max(0, room - (end - start)) // 2)
            last = min(length, first + room)
            return first - min(first, room - (last - first)), last
        first, left = start, max(0, room - sum(map(self.width, range(start, end)))) // 2
        while first and (left := left - self.width(first - 1)) >= 0:
            first -= 1
        last, left = first, room
        while last < length and (left := left - self.width(last)) >= 0:
            last += 1
        while first and last == length and (left := left - self.width(first - 1)) >= 0:
            first -= 1
        return first, last

    def _cell(self, at: int) -> str:
        character = self._line[at]
        if character.isascii() and character.isprintable():
            return character
        pair = visible(self._line[max(0, at - 1) : at + 1])
        return pair[len(visible(self._line[at - 1])) :] if at else pair


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
