"""Invisible characters inside words, and signs of direction that do not balance."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from normalize.model import Applicability, Finding
from normalize.text.characters import SCRIPTS, CharacterClasses

SOFT_HYPHEN = "\u00ad"  # hyphenation that a typesetter put there; no error
OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
OVERRIDES = {"\u202d": "\u202c", "\u202e": "\u202c"}  # these reorder what is written: Trojan Source
CLOSERS = frozenset("\u202c\u2069")


class Controls:
    """Finds characters that a reader cannot see, by the classes of a ruleset."""

    def __init__(self, classes: CharacterClasses) -> None:
        self._classes = classes
        self._invisible = re.compile(rf"[{classes.inside('invisible')}]+")
        self._bidi = re.compile(rf"[{classes.inside('bidi')}]")

    def find(self, text: str) -> Iterator[Finding]:
        yield from self._in_words(text)
        yield from self._unbalanced(text)

    def _in_words(self, text: str) -> Iterator[Finding]:
        for match in self._invisible.finditer(text):
            written = match.group().replace(SOFT_HYPHEN, "")
            before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
            scripts = {self._classes.script(char) for char in (before, after) if char}
            if not written or match.start() == 0 or not after or not scripts <= set(SCRIPTS):
                continue
            names = ", ".join(dict.fromkeys(code_point(char) for char in written))
            yield Finding(
                "invisible-character",
                match.start(),
                match.end(),
                match.group(),
                match.group().replace(written, "") if SOFT_HYPHEN in match.group() else "",
                Applicability.SAFE,
                f"an invisible character ({names}) stands inside a word",
            )

    def _unbalanced(self, text: str) -> Iterator[Finding]:
        if not self._bidi.search(text):
            return
        for line in re.finditer(r"[^\n\r]+", text):
            waiting: list[int] = []
            odd: list[int] = []
            for match in self._bidi.finditer(text, line.start(), line.end()):
                char = match.group()
                if char in OPENERS:
                    waiting.append(match.start())
                elif char in OVERRIDES:
                    odd.append(match.start())
                elif char in CLOSERS:
                    if waiting and OPENERS[text[waiting[-1]]] == char:
                        waiting.pop()
                    elif not odd:
                        odd.append(match.start())
            for at in sorted([*waiting, *odd]):
                yield Finding(
                    "bidi-control",
                    at,
                    at + 1,
                    text[at],
                    None,
                    Applicability.NONE,
                    f"the sign of direction {code_point(text[at])} changes how the line reads",
                )


def code_point(char: str) -> str:
    """A character as `U+043E`."""
    return f"U+{ord(char):04X}"


def named_letters(letters: Iterable[str]) -> str:
    """Letters by code point and name: `U+043E CYRILLIC SMALL LETTER O`, separated by commas."""
    return ", ".join(f"{code_point(char)} {unicodedata.name(char, 'unnamed')}" for char in letters)
