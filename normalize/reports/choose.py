"""The report that a `--format` names."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TextIO

    from normalize.reports.located import Located
    from normalize.reports.style import Style
    from normalize.reports.summary import Summary

    class Report(Protocol):
        """Takes findings as they are found, and a summary at the end."""

        def finding(self, located: Located) -> None: ...

        def end(self, summary: Summary) -> None: ...


def report(name: str, out: TextIO, style: Style, columns: int) -> Report:
    """The report of this name, writing to `out`."""
    if name == "concise":
        from normalize.reports.concise import Concise

        return Concise(out, style)
    if name == "full":
        return _Full(out, style, columns)
    if name == "sarif":
        from normalize import __version__
        from normalize.reports.sarif import Sarif

        return Sarif(out, __version__)
    from normalize.reports.records import GitHub, Json, JsonLines

    return {"json": Json, "jsonl": JsonLines, "github": GitHub}[name](out)


class _Full:
    """The full report, imported when there is a first finding to show."""

    def __init__(self, out: TextIO, style: Style, columns: int) -> None:
        self._arguments = out, style, columns
        self._made: Report | None = None

    def finding(self, located: Located) -> None:
        if self._made is None:
            from normalize.reports.full import Full

            self._made = Full(*self._arguments)
        self._made.finding(located)

    def end(self, summary: Summary) -> None:
        self._arguments[0].write(f"{summary.sentence()}\n")
