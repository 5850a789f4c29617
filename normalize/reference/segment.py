"""Splitting text into atoms: the parts of words, and the marks between them.

A *chunk* is a run of letters, their marks, digits and invisible characters: what is judged for mixed
scripts. A *part* is chunks joined by apostrophes: what names are matched by. A *word* is parts joined
by hyphens. `Wi-Fi-мережа` has three parts, `COVID'ом` one part of two chunks, `B2B` one chunk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from normalize.text.characters import CharacterClasses

PART, MARK = "part", "mark"


@dataclass(slots=True)
class Chunk:
    """A run without apostrophes: code points `start` to `end` of the text."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Atom:
    """A part of a word, or one mark of punctuation.

    `word` numbers the hyphenated word that a part belongs to; marks have -1. `reading` is how the
    part reads once its script errors are repaired: names are matched on it.
    """

    kind: str
    start: int
    end: int
    text: str
    word: int = -1
    chunks: list[Chunk] = field(default_factory=list[Chunk])
    reading: str = ""
    zone: str = ""

    @property
    def is_part(self) -> bool:
        return self.kind == PART


class Segmenter:
    """Finds atoms, by the character classes of a ruleset."""

    def __init__(self, classes: CharacterClasses) -> None:
        letters = classes.inside("latin", "cyrillic", "greek", "letter")
        digits, marks = classes.inside("digit"), classes.inside("mark")
        invisible, apostrophes = classes.inside("invisible"), classes.inside("apostrophe")
        self._classes = classes
        self._chunk = re.compile(
            rf"[{letters}{digits}](?:[{letters}{digits}{marks}{invisible}]*[{letters}{digits}{marks}])?"
        )
        chunk = self._chunk.pattern
        part = rf"{chunk}(?:[{apostrophes}](?=[{letters}]){chunk})*"
        spaces = classes.inside("space", "newline")
        self._part = re.compile(part)
        self._atom = re.compile(rf"({part})|([^{spaces}])", re.DOTALL)

    def atoms(self, text: str, start: int, end: int) -> list[Atom]:
        """The atoms of `text[start:end]`, in order."""
        found: list[Atom] = []
        word = 0
        for match in self._atom.finditer(text, start, end):
            if match.group(1) is None:
                found.append(Atom(MARK, match.start(), match.end(), match.group()))
                continue
            if not self._continues(found, match.start()):
                word += 1
            atom = Atom(PART, match.start(), match.end(), match.group(), word)
            atom.chunks = [
                Chunk(inner.start(), inner.end(), inner.group())
                for inner in self._chunk.finditer(text, atom.start, atom.end)
            ]
            atom.reading = atom.text
            found.append(atom)
        return found

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
