"""The report of one line a finding, and what other reports share with it."""

from __future__ import annotations

from normalize.reports.display import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from normalize.reports.located import Located
    from normalize.reports.style import Style
    from normalize.reports.summary import Summary


class Concise:
    """`path:line:column: rule [*] message`, where `[*]` marks what `normalize fix` repairs."""

    def __init__(self, out: TextIO, style: Style) -> None:
        self.out, self.style = out, style

    def finding(self, located: Located) -> None:
        style = self.style
        mark = f" {style.mark('[*]')}" if located.is_safe else ""
        self.out.write(f"{place(located, style)} {style.bad(located.rule)}{mark} {message(located)}\n")

    def end(self, summary: Summary) -> None:
        self.out.write(f"{summary.sentence()}\n")


def message(located: Located) -> str:
    """The finding's message, with the repair where the message itself does not say it."""
    said = visible(located.message)
    repair = visible(located.replacement or "")
    return f"{said} -> {repair}" if repair and repair not in said else said


def place(located: Located, style: Style) -> str:
    at = f":{located.line}:{located.column}:"
    return f"{style.bold(visible(located.file))}{style.dim(at)}"
