"""What stands around a name: cue groups in the document, and frames of words beside the name.

Cues are looked for once in a document and only if some name needs them. A cue inside the name itself
says nothing of it, so cues keep their spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.reference.document import Document
from normalize.reference.phrases import Phrase, PhraseFinder
from normalize.reference.segment import Atom
from normalize.ruleset.kinds import EFFECTS
from normalize.ruleset.lexicon import Lexicon
from normalize.ruleset.records import CueGroup, Frame
from normalize.text.fold import UPPER, Folder

QUOTED_WORDS = 5  # a quotation of so few words, without a pause in it, is a term or a title
QUOTES = {'"': '"', "\u00ab": "\u00bb", "\u201c": "\u201d", "\u201e": "\u201c\u201d"}
PAUSES = frozenset(".,;:!?\u2026")
CAPITAL = "<capital>"  # in a frame: any word that begins with a capital
LONGEST_GROUP_PHRASE = 6  # atoms that a phrase of a cue group may take up in a frame


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of a cue group, standing at code points `start` to `end`."""

    group: str
    start: int
    end: int


class CueFinder:
    """Finds phrases of cue groups; one that is listed in capitals counts only in capitals."""

    def __init__(self, lexicon: Lexicon, groups: Sequence[CueGroup], folder: Folder) -> None:
        self._phrases = PhraseFinder(lexicon, folder)
        self._groups, self._folder = groups, folder

    def in_document(self, document: Document) -> list[Cue]:
        found: list[Cue] = []
        for number in range(len(document)):
            atoms = document.paragraph(number).atoms
            for index, atom in enumerate(atoms):
                if atom.is_part and not atom.zone:
                    phrase = self._phrases.at(document.text, atoms, index)
                    if phrase is not None:
                        found += [
                            Cue(group, phrase.start, phrase.end)
                            for group in self._names(document.text, phrase)
                        ]
        return found

    def groups_of(self, text: str, atoms: Sequence[Atom], first: int, last: int) -> set[str]:
        """The groups that have exactly the atoms `first` to `last` as a phrase."""
        phrase = self._phrases.at(text, atoms[: last + 1], first)
        if phrase is None or phrase.parts[-1] != last:
            return set()
        return set(self._names(text, phrase))

    def _names(self, text: str, phrase: Phrase) -> list[str]:
        names: list[str] = []
        for payload, _ in phrase.hits:
            group = self._groups[payload]
            if not group.capitals or self._folder.shape(text[phrase.start : phrase.end]) == UPPER:
                names.append(group.group)
        return names


class FrameMatcher:
    """Compares the atoms beside a name with the frames of the ruleset."""

    def __init__(self, frames: Sequence[Frame], cues: CueFinder, folder: Folder) -> None:
        self._cues, self._folder = cues, folder
        self._by_before: dict[str, list[Frame]] = {}
        self._by_after: dict[str, list[Frame]] = {}
        for frame in frames:
            if frame.before:
                self._by_before.setdefault(frame.before[-1], []).append(frame)
            else:
                self._by_after.setdefault(frame.after[0], []).append(frame)

    def frame(self, text: str, atoms: Sequence[Atom], first: int, last: int) -> Frame | None:
        """The frame that speaks of the atoms `first` to `last`.

        The one with the most tokens; of equal length `keep` goes before `person`, `foreign`, `support`.
        """
        before = self._tokens_at(text, atoms, first, -1)
        after = self._tokens_at(text, atoms, last, 1)
        beside = [frame for token in before for frame in self._by_before.get(token, ())]
        beside += [frame for token in after for frame in self._by_after.get(token, ())]
        beside.sort(key=_weight)
        for frame in beside:
            if self._before(text, atoms, first - 1, frame.before) and self._after(
                text, atoms, last + 1, frame.after
            ):
                return frame
        return None

    def _tokens_at(self, text: str, atoms: Sequence[Atom], index: int, step: int) -> list[str]:
        """What a frame may call the atoms directly before (-1) or after (1) atom `index`."""
        beside = index + step
        if not 0 <= beside < len(atoms):
            return []
        atom = atoms[beside]
        tokens = [self._folder.key(atom.reading) if atom.is_part else atom.text]
        if self._is_capitalised(atom):
            tokens.append(CAPITAL)
        if atom.text.isdecimal():
            tokens += "<number>", "<year>"
        if atom.is_part:
            for length in range(LONGEST_GROUP_PHRASE):
                low, high = (beside - length, beside) if step < 0 else (beside, beside + length)
                if low >= 0 and high < len(atoms) and atoms[low].is_part:
                    tokens += [f"<{group}>" for group in self._cues.groups_of(text, atoms, low, high)]
        return tokens

    def _before(self, text: str, atoms: Sequence[Atom], index: int, tokens: tuple[str, ...]) -> bool:
        if not tokens:
            return True
        if index < 0:
            return False
        token, rest = tokens[-1], tokens[:-1]
        return any(
            self._before(text, atoms, index - length, rest)
            for length in self._lengths(token)
            if index - length + 1 >= 0 and self._is(text, atoms, index - length + 1, index, token)
        )

    def _after(self, text: str, atoms: Sequence[Atom], index: int, tokens: tuple[str, ...]) -> bool:
        if not tokens:
            return True
        if index >= len(atoms):
            return False
        token, rest = tokens[0], tokens[1:]
        return any(
            self._after(text, atoms, index + length, rest)
            for length in self._lengths(token)
            if index + length <= len(atoms) and self._is(text, atoms, index, index + length - 1, token)
        )

    @staticmethod
    def _lengths(token: str) -> Sequence[int]:
        is_group = token.startswith("<") and token not in ("<year>", "<number>", CAPITAL, "<")
        return range(1, LONGEST_GROUP_PHRASE + 1) if is_group else (1,)

    def _is(self, text: str, atoms: Sequence[Atom], first: int, last: int, token: str) -> bool:
        atom = atoms[first]
        if token == "<number>":
            return atom.text.isdecimal()
        if token == "<year>":
            return len(atom.text) == 4 and atom.text.isdecimal()
        if token == CAPITAL:
            return self._is_capitalised(atom)
        if token.startswith("<") and token != "<":
            return atom.is_part and token[1:-1] in self._cues.groups_of(text, atoms, first, last)
        if atom.is_part:
            return self._folder.key(atom.reading) == token
        return atom.text == token

    def _is_capitalised(self, atom: Atom) -> bool:
        return atom.is_part and self._folder.is_upper(atom.reading[0])


def _weight(frame: Frame) -> tuple[int, int, str]:
    return -len(frame.before) - len(frame.after), EFFECTS.index(frame.effect), frame.id


def is_frozen(
    frozen: PhraseFinder, text: str, atoms: Sequence[Atom], first: int, last: int, reach: int = 8
) -> bool:
    """Whether a frozen phrase (`chicken Kiev`) covers the atoms `first` to `last`."""
    for start in range(max(0, first - reach), first + 1):
        if atoms[start].is_part:
            phrase = frozen.at(text, atoms, start)
            if phrase is not None and phrase.parts[-1] >= last:
                return True
    return False


def is_quoted_term(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Whether the atoms stand in a short quotation: a term, a title, a spelling that is spoken of."""
    opening, words = first - 1, last - first + 1
    while opening >= 0 and words <= QUOTED_WORDS and atoms[opening].text not in QUOTES:
        if atoms[opening].text in PAUSES:
            return False
        words += atoms[opening].is_part
        opening -= 1
    if opening < 0 or words > QUOTED_WORDS:
        return False
    closing = last + 1
    while closing < len(atoms) and words <= QUOTED_WORDS:
        if atoms[closing].text in QUOTES[atoms[opening].text]:
            return True
        if atoms[closing].text in PAUSES:
            return False
        words += atoms[closing].is_part
        closing += 1
    return False
