"""Placing the findings of a text: lines, columns and bytes are counted only as far as findings stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from normalize.model import Finding
from normalize.reports.located import START, Line, Located, Origin

_LINE_END = re.compile(r"\r\n|\n|\r")
_REACH = 400
"""How much of a line is kept on either side of a finding, in code points."""


def utf8_length(text: str) -> int:
    """Bytes that this text, decoded with `surrogateescape`, had in its file."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


def advance(origin: Origin, text: str) -> Origin:
    """Where the piece of text that begins at `origin` ends."""
    point, byte, line, column = origin
    start = 0
    for found in _LINE_END.finditer(text):
        line, start = line + 1, found.end()
    column = len(text) - start + (1 if start else column)
    return point + len(text), byte + utf8_length(text), line, column


def locate(
    file: str, text: str, findings: Iterable[Finding], ruleset: str, origin: Origin = START
) -> Iterator[Located]:
    """Places sorted findings of a piece of text, in one pass over it."""
    at, line_start, here = 0, 0, origin
    for finding in findings:
        here = advance(here, text[at : finding.start])
        line_start = max(line_start, _after_line_end(text, at, finding.start))
        point, byte, line, column = here
        end_point, end_byte, end_line, end_column = advance(here, text[finding.start : finding.end])
        at = finding.start
        yield Located(
            file,
            ruleset,
            finding.rule,
            finding.text,
            finding.replacement,
            finding.applicability.value,
            finding.message,
            finding.place.id if finding.place else None,
            point,
            end_point,
            byte,
            end_byte,
            line,
            column,
            end_line,
            end_column,
            tuple(_lines(text, line_start, finding)),
        )


def _lines(text: str, line_start: int, finding: Finding) -> Iterator[Line]:
    """The lines from the one that begins at `line_start` to the one in which the finding ends."""
    start = max(line_start, finding.start - _REACH)
    limit = min(len(text), finding.end + _REACH)
    before = start > line_start
    while True:
        found = _LINE_END.search(text, max(start, min(finding.start, limit)), limit)
        stop, following = found.span() if found else (limit, limit)
        first, last = max(finding.start, start), min(finding.end, stop)
        after = not found and limit < len(text)
        yield Line(
            text[start:stop], first - start, max(first, last) - start, first - finding.start, before, after
        )
        if finding.end <= following or not found:
            return
        start, before = following, False


def _after_line_end(text: str, first: int, last: int) -> int:
    """Where the last line begins that begins between two positions; 0 without one."""
    return max(text.rfind("\n", first, last), text.rfind("\r", first, last)) + 1
