"""Names near one that nobody knows: `did you mean …?`. What is found is offered and never applied.

Two names are near if one edit, or failing that two, make one of the other: a letter left out, put in, put
in the place of another, or exchanged with its neighbour (Damerau and Levenshtein's distance). Names that
only a look-up knows are compared by their sounds, so that the spellings in use count as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from normalize.model import Place
from normalize.ruleset.gazetteer import Gazetteer, to_place
from normalize.ruleset.lexicon import ROOT, Lexicon
from normalize.ruleset.reader import Ruleset
from normalize.text.sounds import SOUND

SHORTEST = 4  # letters of a word that may be a slip: nearly anything is near a shorter one
LONGEST_TWICE = 12  # letters up to which two slips are looked for: the tries grow with the square
_SPLIT = re.compile(r"[\s-]+")
_ASCII = "abcdefghijklmnopqrstuvwxyz'"


class NearNames:
    """Names of a ruleset that are near a given one."""

    def __init__(self, ruleset: Ruleset, gazetteer: Gazetteer) -> None:
        self._ruleset, self._gazetteer = ruleset, gazetteer
        cyrillic = (one.alphabet for one in ruleset.languages if one.presumed and one.script == "cyrillic")
        self._cyrillic = "".join(sorted({char for letters in cyrillic for char in letters} | {"'"}))

    def near(self, name: str, limit: int) -> list[Place]:
        """The places with the nearest names, the most prominent first; empty if none is near."""
        words = [self._ruleset.folder.key(word) for word in _SPLIT.split(name.strip()) if word]
        for edits in (self._once, self._twice):
            found = self._with_one_edited(words, edits)
            if found:
                entries = sorted(
                    (self._ruleset.places[row] for row in found), key=lambda one: (-one.prominence, one.name)
                )
                return [to_place(entry) for entry in entries[:limit]]
        return []

    def _with_one_edited(self, words: list[str], edits: Callable[[str], Iterable[str]]) -> set[int]:
        """The rows of the places that a name means if one of its words is edited."""
        rows: set[int] = set()
        names, places = self._ruleset.names, self._ruleset.place_lexicon
        gazetteer, sound = self._gazetteer.lexicon, self._gazetteer.sound
        for at, word in enumerate(words):
            if len(word) < SHORTEST:
                continue
            spelled = [[one] for one in words]
            spelled[at] = list(edits(word))
            rows.update(names[payload].place for payload in _payloads(places, spelled))
            if gazetteer is not None:
                sounds = [[sound(one)] for one in words]
                sounds[at] = (
                    [SOUND + form for form in edits(sound(word).removeprefix(SOUND)) if form]
                    if sound(word).startswith(SOUND)
                    else spelled[at]
                )
                rows.update(_payloads(gazetteer, sounds))
        return rows

    def _once(self, word: str) -> set[str]:
        """All that one edit makes of a word, in the letters of its script."""
        letters = _ASCII if word.isascii() else self._cyrillic
        made: set[str] = set()
        for at in range(len(word) + 1):
            before, after = word[:at], word[at:]
            made.update(before + letter + after for letter in letters)
            if after:
                made.add(before + after[1:])
                made.update(before + letter + after[1:] for letter in letters)
            if len(after) > 1:
                made.add(before + after[1] + after[0] + after[2:])
        made.discard(word)
        return made

    def _twice(self, word: str) -> set[str]:
        if len(word) > LONGEST_TWICE:
            return set()
        return {form for once in self._once(word) for form in self._once(once)}


def _payloads(lexicon: Lexicon, words: list[list[str]]) -> set[int]:
    """The payloads of the phrases of which each word is one of the given ones."""
    nodes = {ROOT}
    for forms in words:
        components = {component for form in forms for component, _ in lexicon.spelled(form)}
        steps = (lexicon.step(node, component) for node in nodes for component in components)
        nodes = {node for node in steps if node is not None}
    return {payload for node in nodes if node != ROOT for payload in lexicon.payloads(node)}
