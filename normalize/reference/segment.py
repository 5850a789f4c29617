"""Splitting text into atoms: the parts of words, and the marks between them.

A *chunk* is a run of letters, their marks, digits and invisible characters: what is judged for mixed
scripts. A *part* is chunks joined by apostrophes: what names are matched by. A *word* is parts joined
by hyphens. `Wi-Fi-мережа` has three parts, `COVID'ом` one part of two chunks, `B2B` one chunk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.text.characters import SCRIPTS, CharacterClasses

MIXED = "mixed"
WORDS_KEPT = 1 << 15  # words whose scripts are remembered


@dataclass(slots=True)
class Chunk:
    """A run without apostrophes: code points `start` to `end` of the text."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Atom:
    """A part of a word, or one mark of punctuation.

    `word` numbers the hyphenated word that a part belongs to; marks have -1. `scripts` has the script
    of each letter; `script` is the only one, "" without letters, or `mixed`. `reading` is how the part
    reads once its script errors are repaired: names are matched on it.
    """

    start: int
    end: int
    text: str
    is_part: bool = False
    word: int = -1
    scripts: tuple[str, ...] = ()
    script: str = ""
    reading: str = ""
    zone: str = ""


class Segmenter:
    """Finds atoms, by the character classes of a ruleset."""

    def __init__(self, classes: CharacterClasses) -> None:
        letters = classes.inside("latin", "cyrillic", "greek", "letter")
        digits, marks = classes.inside("digit"), classes.inside("mark")
        invisible, apostrophes = classes.inside("invisible"), classes.inside("apostrophe")
        self._classes = classes
        self._letters = {script: re.compile(classes.charset(script)) for script in SCRIPTS}
        self._scripts: dict[str, tuple[tuple[str, ...], str]] = {}
        self._chunk = re.compile(
            rf"[{letters}{digits}](?:[{letters}{digits}{marks}{invisible}]*[{letters}{digits}{marks}])?"
        )
        chunk = self._chunk.pattern
        part = rf"{chunk}(?:[{apostrophes}](?=[{letters}]){chunk})*"
        spaces = classes.inside("space", "newline")
        self._part = re.compile(part)
        self._last = re.compile(rf"(?<=[{letters}][ \n])[{classes.inside('latin')}](?=[,;.)])")
        self._atom = re.compile(rf"({part})|[^{spaces}]", re.DOTALL)

    def atoms(self, text: str, start: int, end: int) -> list[Atom]:
        """The atoms of `text[start:end]`, in order."""
        found: list[Atom] = []
        word = 0
        for match in self._atom.finditer(text, start, end):
            at, to = match.span()
            written = match.group()
            if match.lastindex != 1:
                found.append(Atom(at, to, written))
                continue
            if not self._continues(found, at):
                word += 1
            scripts, script = self.scripts(written)
            found.append(Atom(at, to, written, True, word, scripts, script, written))
        return found

    def letters_of(self, text: str) -> dict[str, int]:
        """How many letters of each script a text has."""
        return {script: len(pattern.findall(text)) for script, pattern in self._letters.items()}

    def last_letters(self, text: str) -> list[str]:
        """Latin letters that stand after a word, alone, and before a sign that ends a clause."""
        return self._last.findall(text)

    def chunks(self, atom: Atom) -> list[Chunk]:
        """The chunks of a part, at their places in the text."""
        return [
            Chunk(atom.start + match.start(), atom.start + match.end(), match.group())
            for match in self._chunk.finditer(atom.text)
        ]

    def scripts(self, word: str) -> tuple[tuple[str, ...], str]:
        """The script of each letter of a word, and the only one (or `mixed`, or "")."""
        known = self._scripts.get(word)
        if known is None:
            if len(self._scripts) >= WORDS_KEPT:
                self._scripts.clear()
            scripts = tuple(script for char in word if (script := self._classes.script(char)))
            only = MIXED if len(set(scripts)) > 1 else scripts[0] if scripts else ""
            known = self._scripts[word] = scripts, only
        return known

    def parts(self, word: str) -> list[str]:
        """The parts in a stretch of letters, without anything else."""
        return self._part.findall(word)

    def _continues(self, found: list[Atom], start: int) -> bool:
        """Whether a part that starts here belongs to the same word as the part before it."""
        return (
            len(found) > 1
            and found[-1].end == start
            and found[-2].is_part
            and found[-2].end == found[-1].start
            and self._classes.of(found[-1].text) == "hyphen"
        )
