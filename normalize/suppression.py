"""Marks in a text by which its author says: leave this as it is.

A mark is written in any comment syntax, since only the mark itself is looked for; it follows a
character that is not a letter, a digit or a hyphen, or opens the line:

    normalize: ignore               findings on this line are dropped
    normalize: ignore[rule, rule]   only those of these rules
    normalize: ignore-next-line     the same for the next line; also with [rules]
    normalize: off                  from this line to the next `on`, or to the end; also with [rules]
    normalize: on                   nothing but punctuation follows `off` and `on` on their line

and `[sic]` or `(sic)`, also `[sic!]` and `[*sic*]`, directly after a word, covers that word and the
capitalised words before it (`Seversky Донец [sic]`), or all of the quotation that it follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from normalize.spans import Span, merged, touches

_MARK = re.compile(
    r"(?<![\w-])normalize:[ \t]*"
    r"(?P<verb>ignore-next-line|ignore|off|on)(?![\w-])"
    r"(?:[ \t]*\[(?P<rules>[a-z0-9, \t-]*)\])?"
)
_TO_LINE_END = re.compile(r"[^\w\r\n]*(?=[\r\n]|\Z)")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SIC_HINTS = ("sic]", "sic)", "sic!", "sic*", "sic_")
_SIC = re.compile(r"(?:\[[*_]{0,2}sic!?[*_]{0,2}!?\]|\([*_]{0,2}sic!?[*_]{0,2}!?\))", re.IGNORECASE)
_QUOTES = {'"': '"', "”": "“„", "“": "„", "»": "«", "’": "‘", "'": "'"}
_REACH = 200
"""How far before `[sic]` a quotation or a phrase may begin, in code points."""


@dataclass(frozen=True, slots=True)
class _Mark:
    verb: str
    rules: tuple[str, ...]
    start: int


class Suppressions:
    """Where findings are to be dropped: spans by rule id, `""` meaning every rule."""

    __slots__ = ("_spans",)

    def __init__(self, spans: dict[str, list[Span]]) -> None:
        self._spans = {rule: merged(of_rule) for rule, of_rule in spans.items()}

    @classmethod
    def scan(cls, text: str) -> Self | None:
        """The suppressions that the text asks for, or None (at the cost of a substring test)."""
        spans: dict[str, list[Span]] = {}
        if "normalize:" in text:
            for mark, span in _spans_of_marks(text):
                for rule in mark.rules or ("",):
                    spans.setdefault(rule, []).append(span)
        if any(hint in text for hint in _SIC_HINTS):
            for sic in _SIC.finditer(text):
                if (start := _start_of_phrase(text, sic.start())) is not None:
                    spans.setdefault("", []).append((start, sic.start()))
        return cls(spans) if spans else None

    def covers(self, start: int, end: int, rule: str) -> bool:
        """Whether a finding of this rule that touches `start` to `end` is to be dropped."""
        return any(touches(self._spans[key], start, end) for key in ("", rule) if key in self._spans)


def is_off_at_end(text: str) -> bool:
    """Whether an `off` in the text is still open where the text ends.

    A stream is judged block by block; this tells that the next block begins switched off.
    """
    if "normalize:" not in text:
        return False
    state = False
    for mark in _marks(text):
        if mark.verb in ("off", "on"):
            state = mark.verb == "off"
    return state


def end_of_off(text: str) -> int | None:
    """Where, in a text that begins switched off, the line of the first `on` ends; None without one."""
    if "normalize:" not in text:
        return None
    for mark in _marks(text):
        if mark.verb == "on":
            return _line_end(text, mark.start)[1]
    return None


def _marks(text: str) -> Iterator[_Mark]:
    for found in _MARK.finditer(text):
        verb = found["verb"]
        if verb in ("off", "on") and not _TO_LINE_END.match(text, found.end()):
            continue  # a sentence that happens to say so
        names = (found["rules"] or "").replace("\t", " ").split(",")
        rules = tuple(name.strip() for name in names if name.strip())
        yield _Mark(verb, rules, found.start())


def _spans_of_marks(text: str) -> Iterator[tuple[_Mark, Span]]:
    opened: list[_Mark] = []
    for mark in _marks(text):
        first = _line_start(text, mark.start)
        last, following = _line_end(text, mark.start)
        if mark.verb == "ignore":
            yield mark, (first, last)
        elif mark.verb == "ignore-next-line":
            yield mark, (following, _line_end(text, following)[0])
        elif mark.verb == "off":
            opened.append(mark)
        else:
            yield from ((off, (_line_start(text, off.start), last)) for off in opened)
            opened.clear()
    yield from ((off, (_line_start(text, off.start), len(text))) for off in opened)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> tuple[int, int]:
    """Where the line around `at` ends, and where the next one begins."""
    found = _LINE_END.search(text, at)
    return found.span() if found else (len(text), len(text))


def _start_of_phrase(text: str, sic: int) -> int | None:
    """Where the word, phrase or quotation begins that `[sic]` at this place follows."""
    at = sic
    while at and text[at - 1] in " \t\u00a0\u202f":
        at -= 1
    floor = max(0, at - _REACH)
    if not at:
        return None
    if openers := _QUOTES.get(text[at - 1]):
        quote = max(text.rfind(opener, floor, at - 1) for opener in openers)
        if quote >= 0:
            return quote
    while at > floor and not text[at - 1].isalnum() and not text[at - 1].isspace():
        at -= 1
    start = _start_of_word(text, at, floor)
    if start == at:
        return None
    while start > floor and text[start - 1] in " \u00a0\n":
        end = start - (2 if text[start - 2 : start] == "\r\n" else 1)
        before = _start_of_word(text, end, floor)
        if before == end or not text[before].isupper():
            break
        start = before
    return start


def _start_of_word(text: str, at: int, floor: int) -> int:
    """Where the word that ends at `at` begins: a run without spaces and without opening signs."""
    while at > floor and not text[at - 1].isspace() and text[at - 1] not in '([{<"“„«.,;:!?/|':
        at -= 1
    return at
