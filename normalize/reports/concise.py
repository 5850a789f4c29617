"""The report of one line a finding, and what other reports share with it."""

from __future__ import annotations

from normalize.reports.display import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from normalize.reports.located import Located
    from normalize.reports.style import Style
    from normalize.reports.summary import Summary


class Concise:
    """`path:line:column: rule [*] message`, where `[*]` marks what `normalize fix` repairs.

    A corpus may have a million findings: what many of them share is put together once.
    """

    def __init__(self, out: TextIO, style: Style) -> None:
        self.out, self.style = out, style
        self._file: tuple[str, str] = ("", "")
        self._rules: dict[tuple[str, bool], str] = {}

    def finding(self, located: Located) -> None:
        file, kind = located.file, (located.rule, located.is_safe)
        if file is not self._file[0]:
            self._file = file, self.style.bold(visible(file))
        rule = self._rules.get(kind) or self._rules.setdefault(kind, self._rule(*kind))
        at = self.style.dim(f":{located.line}:{located.column}:")
        self.out.write(f"{self._file[1]}{at} {rule} {message(located)}\n")

    def whole(self, found: list[Located]) -> tuple[int, int] | None:
        """The findings of one file at once, if the native engine made them; None if each is to be shown.

        How many of them are repaired, safely and otherwise.
        """
        if type(found[0]).__module__ != "normalize._native":
            return None
        from normalize._native import concise_lines

        style, file = self.style, self.style.bold(visible(found[0].file))
        mark = f" {style.mark('[*]')}"
        at, bad = _around(style.dim), _around(style.bad)
        lines, safe, unsafe = concise_lines(found, file, at, bad, mark, message)
        self.out.write(lines)
        return safe, unsafe

    def _rule(self, rule: str, is_safe: bool) -> str:
        mark = f" {self.style.mark('[*]')}" if is_safe else ""
        return f"{self.style.bad(rule)}{mark}"

    def end(self, summary: Summary) -> None:
        self.out.write(f"{summary.sentence()}\n")


def _around(paint: Callable[[str], str]) -> tuple[str, str]:
    """What a style puts before and after a text."""
    before, _, after = paint("|").partition("|")
    return before, after


def message(located: Located) -> str:
    """The finding's message, with the repair where the message itself does not say it."""
    said, repair = visible(located.message), located.replacement
    if not repair or repair in said:  # as in nearly every message
        return said
    repair = visible(repair)
    return said if repair in said else f"{said} -> {repair}"


def place(located: Located, style: Style) -> str:
    at = f":{located.line}:{located.column}:"
    return f"{style.bold(visible(located.file))}{style.dim(at)}"
