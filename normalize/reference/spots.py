"""A word where it stands: questions about the marks, numbers, letters and lines beside it.

The answers are features of the table `[[stray]]`; their definitions stand in the head of
`verdicts.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from normalize.reference.folds import Folds
from normalize.reference.segment import Atom
from normalize.ruleset.reader import Ruleset

OPERATORS = frozenset("=+<>*/^|±×÷−≤≥≈≠∑∫√∞∈")
AFTER_CLAUSE = frozenset('.,;:!?…—–-«"“')
JOINTS = frozenset("-\u2010\u2011\u2012\u2013\u2014/,")  # between the numerals of a range or a list
NUMERALS_IN_A_ROW = 4  # so many numerals of a range or list are looked past
OPENING, CLOSING = frozenset("\"'«“„‘`"), frozenset("\"'»”“’`")
METALINGUISTIC_REACH = 4  # words on either side within which a text may speak of a letter as such


@dataclass(slots=True)
class Spot:
    """A part where it stands: the atoms of its paragraph, and what is known of them."""

    text: str
    atoms: Sequence[Atom]
    index: int
    running: str
    languages: Sequence[str]
    meant: str
    place: bool
    document: str = ""
    variables: Callable[[], frozenset[str]] = frozenset

    @property
    def atom(self) -> Atom:
        return self.atoms[self.index]

    def beside(self, step: int) -> Atom | None:
        index = self.index + step
        return self.atoms[index] if 0 <= index < len(self.atoms) else None

    def line(self) -> tuple[int, int]:
        """Code points of the line that the part stands in."""
        start = self.text.rfind("\n", 0, self.atom.start) + 1
        end = self.text.find("\n", self.atom.end)
        return start, len(self.text) if end < 0 else end


class Surroundings:
    """Answers questions about spots, by the signals of a ruleset."""

    def __init__(self, ruleset: Ruleset, folds: Folds) -> None:
        self._folds, self._folder, self._classes = folds, ruleset.folder, ruleset.classes
        self._signals: dict[str, set[str]] = {}
        for signal in ruleset.signals:
            self._signals.setdefault(signal.signal, set()).add(self._folder.key(signal.text))
        self._one_letter: dict[str, set[str]] = {}
        for word in ruleset.one_letter_words:
            self._one_letter.setdefault(word.language, set()).add(self._folder.key(word.word))

    def letters(self, atom: Atom) -> str:
        return "".join(char for char in atom.text if self._classes.is_letter(char))

    def is_one_letter_word(self, letter: str, languages: Sequence[str]) -> bool:
        """Whether a letter is a word of its own in one of the languages."""
        key = self._folder.key(letter)
        return any(key in self._one_letter.get(language, ()) for language in languages)

    def hyphened(self, spot: Spot, step: int) -> str:
        """The part that a hyphen joins to this one (after it, or before with a negative step), or ""."""
        neighbour = spot.beside(step)
        joined = neighbour is not None and neighbour.is_part and neighbour.word == spot.atom.word
        return neighbour.text if neighbour is not None and joined else ""

    def digits(self, spot: Spot) -> str:
        """`inside` the part, a `hyphen` away, or `none`."""
        if any(self._classes.of(char) == "digit" for char in spot.atom.text):
            return "inside"
        beside = any(self.hyphened(spot, step).isdecimal() for step in (-2, 2))
        return "hyphen" if beside else "none"

    def number_first(self, spot: Spot) -> bool:
        """Whether digits begin the part, or a hyphen joins it to digits before it."""
        return spot.atom.text[0].isdecimal() or self.hyphened(spot, -2).isdecimal()

    def after_other(self, spot: Spot) -> bool:
        """Whether a hyphen joins it to a part in the other of the two scripts that stands before."""
        other = "latin" if spot.atom.script == "cyrillic" else "cyrillic"
        before = spot.beside(-2)
        return before is not None and before.word == spot.atom.word and before.script == other

    def joined(self, spot: Spot) -> bool:
        if any(self._classes.of(char) == "apostrophe" for char in spot.atom.text):
            return True
        return any(
            (other := spot.beside(step)) is not None
            and other.is_part
            and other.word == spot.atom.word
            and self._folds.scripts(other.text) != []
            for step in (-2, 2)
        )

    def before_latin(self, spot: Spot) -> bool:
        other = spot.beside(2)
        return (
            other is not None
            and other.is_part
            and other.word == spot.atom.word
            and len(self.letters(other)) > 1
            and other.script == "latin"
        )

    def is_latin_word(self, spot: Spot, step: int) -> bool:
        other = spot.beside(step)
        if other is None or not other.is_part or len(self.letters(other)) < 2 or other.script != "latin":
            return False
        low, high = sorted((spot.atom, other), key=lambda atom: atom.start)
        return "\n" not in spot.text[low.end : high.start]

    def starts_clause(self, spot: Spot) -> bool:
        before = spot.beside(-1)
        if before is None or "\n" in spot.text[before.end : spot.atom.start]:
            return True
        return not before.is_part and before.text in AFTER_CLAUSE

    def is_wrapped(self, spot: Spot) -> bool:
        """Whether it begins a line, and a word ends the line before."""
        before = spot.beside(-1)
        return before is not None and before.is_part and "\n" in spot.text[before.end : spot.atom.start]

    def are_prepositions(self, spot: Spot, twin: str) -> bool:
        """Whether the twin of a lone letter is a preposition, and the word before it is one too."""
        before, listed = spot.beside(-1), self._signals.get("preposition", ())
        if before is None or not before.is_part or before.word == spot.atom.word:
            return False
        return self._folder.key(twin) in listed and self._folder.key(before.text) in listed

    def between_words(self, spot: Spot) -> bool:
        """Whether words of the running script stand on both sides, or one after the start of a clause."""
        before, after = spot.beside(-1), spot.beside(1)
        line_start, line_end = spot.line()
        if after is None or after.script != spot.running or after.end > line_end:
            return False
        if before is None or before.end < line_start or not before.is_part:
            return self.starts_clause(spot)
        return before.script == spot.running

    def maths(self, spot: Spot) -> bool:
        if self._is_quantity(spot.atoms, spot.index):
            return True
        own = self._folder.key(spot.atom.text)
        for index, atom in enumerate(spot.atoms):
            if index == spot.index or not atom.is_part or len(self.letters(atom)) != len(atom.text) != 1:
                continue
            if len(atom.text) == 1 and atom.script == "latin":
                key = self._folder.key(atom.text)
                twin = self._folds.letter(atom.text, "cyrillic", (), ("strong",))
                if twin is None or not self.is_one_letter_word(twin, spot.languages):
                    return True
                if key == own and self._is_quantity(spot.atoms, index):
                    return True
        return False

    def _is_quantity(self, atoms: Sequence[Atom], index: int) -> bool:
        """Whether an operator stands beside an atom, or a noun that variables follow before it."""
        beside = [atoms[at] for at in (index - 1, index + 1) if 0 <= at < len(atoms)]
        if any(atom.text in OPERATORS for atom in beside):
            return True
        return index > 0 and atoms[index - 1].is_part and self.starts_with_signal(atoms[index - 1], "maths")

    def is_label(self, spot: Spot) -> bool:
        after = spot.beside(1)
        if after is None or after.start != spot.atom.end or after.text not in (")", "."):
            return False
        if after.text == ")":
            return True
        for index, atom in enumerate(spot.atoms[:-1]):
            following = spot.atoms[index + 1]
            is_letter = atom.is_part and len(atom.text) == 1 and not atom.text.isdecimal()
            if (
                index != spot.index
                and is_letter
                and following.text in (")", ".")
                and following.start == atom.end
            ):
                return True
        return False

    def is_numbered(self, spot: Spot, told: bool = False) -> bool:
        """Whether a numeral has an ending, follows a capitalised word, or stands by a word that is numbered.

        The numerals of a range or list (`ХІХ–ХХ ст.`) share what stands before and after them. If `told`,
        a capitalised word is not enough.
        """
        if self._folder.key(self.hyphened(spot, 2)) in self._signals.get("numeral-tail", ()):
            return True
        before, after = self._past_numerals(spot, -1), self._past_numerals(spot, 1)
        if not told and before is not None and self._folder.shape(before.text) == "title":
            return True
        return any(
            self.starts_with_signal(atom, "numbered") or self._is_short(atom)
            for atom in (before, after)
            if atom is not None
        )

    def _past_numerals(self, spot: Spot, step: int) -> Atom | None:
        """The part on that side, past the other numerals of a range; None where another mark stands there."""
        atoms, index = spot.atoms, spot.index + step
        for _ in range(NUMERALS_IN_A_ROW):
            if not 0 <= index < len(atoms):
                return None
            beyond = atoms[index + step] if 0 <= index + step < len(atoms) else None
            if atoms[index].is_part:
                if not self._is_numeral(atoms[index]):
                    return atoms[index]
                index += step
            elif beyond is None or not beyond.is_part:
                return None
            elif atoms[index].text in JOINTS and self._is_numeral(beyond):
                index += 2 * step
            else:  # `поч. ХХ`
                return beyond if step < 0 and atoms[index].text == "." and self._is_short(beyond) else None
        return None

    def _is_numeral(self, atom: Atom) -> bool:
        return self._folds.roman(atom.text) is not None

    def _is_short(self, atom: Atom) -> bool:
        return self._folder.key(atom.text) in self._signals.get("numbered-short", ())

    def starts_with_signal(self, atom: Atom, signal: str) -> bool:
        key = self._folder.key(atom.text)
        return any(key.startswith(text) for text in self._signals.get(signal, ()))

    def metalinguistic(self, spot: Spot) -> bool:
        before, after = spot.beside(-1), spot.beside(1)
        if before is not None and after is not None and before.text in OPENING and after.text in CLOSING:
            return True
        return self.near_signal(spot, "metalinguistic", METALINGUISTIC_REACH)

    def near_signal(self, spot: Spot, signal: str, reach: int) -> bool:
        keys: list[str] = []
        for step in (-1, 1):
            index, found = spot.index + step, list[str]()
            while 0 <= index < len(spot.atoms) and len(found) < reach:
                if spot.atoms[index].is_part:
                    found.append(self._folder.key(spot.atoms[index].text))
                index += step
            keys += [*(found if step > 0 else reversed(found)), ""]
        window = f" {' '.join(keys)} "
        return any(f" {text} " in window for text in self._signals.get(signal, ()))

    def informal(self, spot: Spot) -> bool:
        start, end = spot.line()
        line = spot.text[start:end]
        if any(self._classes.of(char) == "symbol" for char in line if not char.isascii()):
            return True
        key = f" {self._folder.lower(line)} "
        return any(f" {text} " in key for text in self._signals.get("informal", ()))

    def after_number(self, spot: Spot) -> bool:
        if spot.atom.text[0].isdecimal():
            return True
        before = spot.beside(-1)
        return before is not None and before.is_part and before.text[-1].isdecimal()

    def touches_signal(self, spot: Spot, signal: str, step: int) -> bool:
        for text in self._signals.get(signal, ()):
            if step < 0 and spot.text.endswith(text, 0, spot.atom.start):
                return True
            if step > 0 and spot.text.startswith(text, spot.atom.end):
                return True
        return False


def number_parts(text: str) -> tuple[str, str, str]:
    """Digits, letters, and the rest of a part such as `9М133`."""
    head = len(text) - len(text.lstrip("0123456789"))
    tail = head
    while tail < len(text) and not text[tail].isdecimal():
        tail += 1
    return text[:head], text[head:tail], text[tail:]
