"""What a word of a finding can be read as, and which of that is a word of the dictionaries.

A dictionary can only rule out what it would know: a reading in a script that no dictionary covers counts
as possible. So does an acronym (capitals of three letters and fewer), since no dictionary has them all;
and one is a word only if a list has it in capitals. Readings by misread letters, other keyboards and other
code pages are asked for only where the tables offer such.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from normalize.dictionaries.sources import Dictionary, in_any
from normalize.model import Finding
from normalize.reference.document import Document, paragraph_bounds
from normalize.reference.findings import is_safe
from normalize.reference.folds import MISREADING, Folds
from normalize.reference.lexis import Languages, Lexis
from normalize.reference.segment import Atom, Segmenter
from normalize.reference.zones import ZoneFinder
from normalize.ruleset.reader import Ruleset
from normalize.text.fold import APOSTROPHE, TITLE, UPPER

MIXED, STRAY = "mixed-script-word", "stray-script-word"
ACRONYM = 3  # letters
SCRIPTS = ("latin", "cyrillic")


class Readings:
    """Chooses among readings, by a ruleset's letters and some dictionaries. Immutable."""

    def __init__(self, ruleset: Ruleset, dictionaries: Collection[Dictionary]) -> None:
        self._dictionaries = dictionaries
        self._covered = frozenset(script for one in dictionaries for script in one.scripts)
        self._folder, self._classes = ruleset.folder, ruleset.classes
        self._folds = Folds(ruleset.lookalikes, ruleset.folder)
        self._lexis = Lexis(ruleset, self._folds)
        self._languages = Languages(ruleset.languages, self._folds, ruleset.folder)
        self._segmenter, self._zones = Segmenter(ruleset.classes), ZoneFinder(ruleset.zones)

    def chosen(self, text: str, findings: Collection[Finding]) -> dict[int, str]:
        """The only reading that is a word, by where the finding starts; a safe one of the tables is left."""
        if not findings:
            return {}
        bounds = paragraph_bounds(text)
        document = Document(text, bounds, self._segmenter, self._zones)
        chosen: dict[int, str] = {}
        for finding in findings:
            atoms = document.paragraph(paragraph_at(bounds, finding.start)).atoms
            part = atoms[bisect_right(atoms, finding.start, key=lambda atom: atom.start) - 1]
            if part.zone or (is_safe(finding) and self._lexis.is_listed(finding.replacement or "")):
                continue
            if reading := self._only(part, finding):
                chosen[finding.start] = reading
        return chosen

    def strangers(self, finding: Finding, reading: str) -> list[str]:
        """The letters of a finding's word that are not of the script of a reading."""
        return self._folds.strangers(finding.text, self._folds.scripts(reading)[0])

    def _only(self, part: Atom, finding: Finding) -> str | None:
        readings = self._all(finding)
        words = [one for one in readings if self._is_word(part, finding, one)]
        if len(words) != 1 or words[0] == finding.text:
            return None
        others = [one for one in readings if one != words[0]]
        ruled_out = (
            self._folds.scripts(one)[0] in self._covered and not self._is_acronym(one) for one in others
        )
        return words[0] if all(ruled_out) else None

    def _all(self, finding: Finding) -> set[str]:
        """The readings of a word, each in one script; of a word in one script also as it stands."""
        text = finding.text
        if finding.rule == STRAY:
            readings = {text, *(self._folds.fold(text, script) for script in SCRIPTS)}
        else:
            text = self._folder.compose(self._folder.visible(text))
            languages = self._languages.of_mixed(text)
            readings = {self._folds.fold(text, script, languages) for script in SCRIPTS}
            if finding.replacement and finding.replacement not in readings:
                readings |= {self._folds.fold(text, script, languages, MISREADING) for script in SCRIPTS}
            readings |= {finding.replacement, *self._undoubled(text)}
        return {one for one in readings if one and len(set(self._folds.scripts(one))) == 1}

    def _undoubled(self, text: str) -> list[str | None]:
        """The word without its first letter or without its second, if they are twins of two scripts."""
        first, second = text[:1], text[1:2]
        scripts = self._folds.scripts(text[:2])
        if len(scripts) < 2 or self._folds.letter(second, scripts[0], (), ("strong",)) != first:
            return []
        return [self._folds.fold(one, script) for one in (text[1:], first + text[2:]) for script in SCRIPTS]

    def _is_word(self, part: Atom, finding: Finding, reading: str) -> bool:
        """Whether a dictionary has a reading, with what apostrophes join to it.

        What an apostrophe joins to a Latin word is an ending or a word of its own; in Cyrillic spelling the
        apostrophe is inside words.
        """
        before = part.text[: finding.start - part.start]
        after = part.text[finding.end - part.start :]
        joined = before + reading + after
        if len(set(self._folds.scripts(joined))) == 1 and self._has(joined):
            return True
        is_apart = after and not before and self._folds.scripts(reading)[0] == "latin"
        return bool(is_apart) and self._has(reading)

    def _has(self, word: str) -> bool:
        of = self._classes.of
        word = "".join(
            APOSTROPHE if of(char) == "apostrophe" else char
            for char in self._folder.compose(word)
            if of(char) != "mark"
        )
        letters = len(self._folds.scripts(word))
        if letters < 2 or letters < len(word.replace(APOSTROPHE, "")):
            return False
        shape, forms = self._folder.shape(word), [word]
        if shape in (TITLE, UPPER) and not self._is_acronym(word):
            forms.append(self._folder.lower(word))
        if len(forms) > 1 and shape == UPPER:
            forms.append(self._folder.reshape(forms[1], TITLE))
        return any(in_any(self._dictionaries, form) for form in forms)

    def _is_acronym(self, word: str) -> bool:
        return self._folder.shape(word) == UPPER and len(self._folds.scripts(word)) <= ACRONYM


def paragraph_at(bounds: Sequence[tuple[int, int]], at: int) -> int:
    """The number of the paragraph that a place of the text is in, or else of the one before it."""
    return bisect_right(bounds, at, key=lambda one: one[0]) - 1
