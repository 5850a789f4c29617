"""The report that a `--format` names."""

from __future__ import annotations

from typing import Protocol, TextIO

from normalize.reports.located import Located
from normalize.reports.style import Style
from normalize.reports.summary import Summary

FORMATS = ("concise", "full", "json", "jsonl", "sarif", "github")


class Report(Protocol):
    """Takes findings as they are found, and a summary at the end."""

    def finding(self, located: Located) -> None: ...

    def end(self, summary: Summary) -> None: ...


def report(name: str, out: TextIO, style: Style, columns: int) -> Report:
    """The report of this name (one of `FORMATS`), writing to `out`."""
    if name in ("concise", "full"):
        from normalize.reports.text import Concise, Full

        return Concise(out, style) if name == "concise" else Full(out, style, columns)
    if name == "sarif":
        from normalize import __version__
        from normalize.reports.sarif import Sarif

        return Sarif(out, __version__)
    from normalize.reports.records import GitHub, Json, JsonLines

    return {"json": Json, "jsonl": JsonLines, "github": GitHub}[name](out)
