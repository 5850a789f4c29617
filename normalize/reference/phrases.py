"""Finding names: the longest phrase of a lexicon at a part of a word, whatever script its words are in.

Parts of one phrase may be separated by spaces of any kind, one line break, or one hyphen; spellings
do not say which. A possessive ending belongs to the text and not to the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.reference.segment import Atom
from normalize.ruleset.lexicon import ROOT, Lexicon
from normalize.text.fold import APOSTROPHE, Folder

POSSESSIVE = APOSTROPHE + "s"
WORDS_KEPT = 1 << 15  # words of which it is remembered whether a phrase begins with them
SOFT_SIGNS = "\u02b9\u02bc"  # never quotation marks


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found: `parts` are its atoms' indexes, `end` where its last word ends without an ending.

    `hits` holds for every payload the worst kind among the spellings of its words.
    """

    parts: tuple[int, ...]
    start: int
    end: int
    key: str
    hits: tuple[tuple[int, int], ...]


class PhraseFinder:
    def __init__(self, lexicon: Lexicon, folder: Folder) -> None:
        self._lexicon, self._folder = lexicon, folder
        self._beginnings: dict[str, bool] = {}

    def begins(self, word: str) -> bool:
        """Whether some phrase begins with the word, with or without an ending that belongs to the text."""
        known = self._beginnings.get(word)
        if known is None:
            if len(self._beginnings) >= WORDS_KEPT:
                self._beginnings.clear()
            key = self._folder.key(word)
            known = self._beginnings[word] = any(
                self._begins(variant) for variant in (key, key.removesuffix(POSSESSIVE), key + APOSTROPHE)
            )
        return known

    def _begins(self, key: str) -> bool:
        return any(
            self._lexicon.step(ROOT, component) is not None for component, _ in self._lexicon.spelled(key)
        )

    def at(self, text: str, atoms: Sequence[Atom], first: int) -> Phrase | None:
        """The longest phrase that begins at atom `first`, or None."""
        if not self.begins(atoms[first].reading):
            return None
        best: Phrase | None = None
        states: dict[tuple[int, int], None] = {(ROOT, 0): None}
        parts: list[int] = []
        keys: list[str] = []
        index: int | None = first
        while index is not None and states and not atoms[index].zone:
            atom = atoms[index]
            key = self._folder.key(atom.reading)
            parts.append(index)
            for variant, end in self._endings(text, atom, key):
                hits = self._hits(self._advance(states, variant))
                if hits:
                    best = Phrase(tuple(parts), atoms[first].start, end, " ".join([*keys, variant]), hits)
                    break
            states = self._advance(states, key)
            keys.append(key)
            index = next_part(text, atoms, index)
        return best

    def all(self, text: str, atoms: Sequence[Atom]) -> list[Phrase]:
        """All phrases, from left to right, the longest first, none inside another."""
        found: list[Phrase] = []
        index = 0
        while index < len(atoms):
            phrase = self.at(text, atoms, index) if atoms[index].is_part else None
            if phrase is not None:
                found.append(phrase)
                index = phrase.parts[-1]
            index += 1
        return found

    def _endings(self, text: str, atom: Atom, key: str) -> list[tuple[str, int]]:
        """How the last part of a name may be looked up, and where the name then ends in the text."""
        endings = [(key, atom.end)]
        if key.endswith(POSSESSIVE):
            endings.append((key[: -len(POSSESSIVE)], atom.end - len(POSSESSIVE)))
        elif self._is_soft_sign(text, atom.end):
            endings.insert(0, (key + APOSTROPHE, atom.end + 1))
        return endings

    def _is_soft_sign(self, text: str, at: int) -> bool:
        """Whether an apostrophe at `at` can belong to a name: no quotation has been opened with one."""
        if at >= len(text) or self._folder.classes.of(text[at]) != "apostrophe":
            return False
        if text[at] in SOFT_SIGNS:
            return True
        line = text[text.rfind("\n", 0, at) + 1 : at]
        of = self._folder.classes.of
        return not any(
            of(char) == "apostrophe" and not self._folder.classes.is_letter(line[index - 1 : index] or " ")
            for index, char in enumerate(line)
        )

    def _advance(self, states: dict[tuple[int, int], None], key: str) -> dict[tuple[int, int], None]:
        arrived: dict[tuple[int, int], None] = {}
        for component, kind in self._lexicon.spelled(key):
            for node, worst in states:
                following = self._lexicon.step(node, component)
                if following is not None:
                    arrived[following, max(worst, kind)] = None
        return arrived

    def _hits(self, states: dict[tuple[int, int], None]) -> tuple[tuple[int, int], ...]:
        best: dict[int, int] = {}
        for node, kind in states:
            for payload in self._lexicon.payloads(node):
                best[payload] = min(kind, best.get(payload, kind))
        return tuple(sorted(best.items()))


def next_part(text: str, atoms: Sequence[Atom], index: int) -> int | None:
    """The part that may continue a phrase after atom `index`: across spaces, one line break or a hyphen."""
    following = index + 1
    if following >= len(atoms):
        return None
    if atoms[following].is_part:
        between = text[atoms[index].end : atoms[following].start]
        return following if len(between) > 0 and between.replace("\r\n", "\n").count("\n") < 2 else None
    if following + 1 < len(atoms) and atoms[following + 1].is_part:
        joined = atoms[following + 1]
        if joined.word == atoms[index].word:
            return following + 1
    return None
