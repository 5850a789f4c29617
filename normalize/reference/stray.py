"""Judging words of one script where another is written: features for the table `[[stray]]`.

The features are named and defined in the head of `verdicts.toml`. A word is looked at where it stands:
its paragraph, the atoms beside it, its line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from normalize.reference.folds import Folds
from normalize.reference.lexis import Designation, Languages, Lexis
from normalize.reference.segment import Atom
from normalize.reference.verdicts import Features, Table, flag
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import Verdict
from normalize.text.fold import UPPER

OPERATORS = frozenset("=+<>*/^|±×÷−≤≥≈≠∑∫√∞∈")
AFTER_CLAUSE = frozenset('.,;:!?…—–-«"“(')
METALINGUISTIC_REACH = 4  # words on either side within which a text may speak of a letter as such
_NUMERAL = regex.compile(r"[IX]{2,}")


@dataclass(slots=True)
class Spot:
    """A part where it stands: the atoms of its paragraph, and what is known of them."""

    text: str
    atoms: Sequence[Atom]
    index: int
    running: str
    language: str
    meant: str
    place: bool

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


@dataclass(frozen=True, slots=True)
class StrayVerdict:
    verdict: Verdict
    replacement: str | None
    features: Features


class StrayJudge:
    def __init__(
        self,
        table: Table,
        ruleset: Ruleset,
        folds: Folds,
        lexis: Lexis,
        languages: Languages,
        is_place: Callable[[str], bool],
        romanize: Callable[[str, Sequence[str]], str],
    ) -> None:
        self._table, self._folds, self._lexis, self._languages = table, folds, lexis, languages
        self._folder, self._classes = ruleset.folder, ruleset.classes
        self._is_place, self._romanize = is_place, romanize
        self._signals: dict[str, set[str]] = {}
        for signal in ruleset.signals:
            self._signals.setdefault(signal.signal, set()).add(self._folder.key(signal.text))
        self._one_letter: dict[str, set[str]] = {}
        for word in ruleset.one_letter_words:
            self._one_letter.setdefault(word.language, set()).add(self._folder.key(word.word))

    def script(self, atom: Atom) -> str:
        """The script of a part all of one script, else ""."""
        scripts = set(self._folds.scripts(atom.reading))
        return scripts.pop() if len(scripts) == 1 else ""

    def concerns(self, spot: Spot) -> bool:
        """Whether the table can say anything but `fine` of the part: a cheap first look."""
        script = self.script(spot.atom)
        if script not in ("latin", "cyrillic"):
            return False
        if script != (spot.running or "cyrillic"):
            return spot.running != "" or script == "cyrillic"
        if script == "latin":
            return False
        letters = self._letters(spot.atom)
        return len(letters) == 1 or self._has_digits(spot) or self._folder.shape(letters) == UPPER

    def judge(self, spot: Spot, around: Sequence[str]) -> StrayVerdict | None:
        """The verdict on the part, None where no row fits."""
        features = self._features(spot)
        row = self._table.decide(features)
        if row is None:
            return None
        replacement = None if row.verdict == "fine" else self._repair(row.repair, spot, around)
        return StrayVerdict(row, None if replacement == spot.atom.text else replacement, features)

    def _features(self, spot: Spot) -> dict[str, str]:
        atom, script = spot.atom, self.script(spot.atom)
        other = "latin" if script == "cyrillic" else "cyrillic"
        letters = self._letters(atom)
        lone = len(letters) == 1
        fold = self._folds.fold(atom.text, other, (), ("strong",))
        twin = self._folds.letter(letters[0], other, (), ("strong",)) if lone else None
        designation = self._designation(spot)
        is_digit_beside = self._has_digits(spot)
        beside_latin = any(self._is_latin_word(spot, step) for step in (-1, 1))
        return {
            "script": script,
            "running": spot.running if spot.running in ("latin", "cyrillic") else "none",
            "meant": flag(spot.meant),
            "listed": flag(self._lexis.is_listed(atom.text)),
            "place": flag(spot.place or (script == "latin" and fold and self._is_place(fold))),
            "designator": designation.form if designation else "none",
            "glossary": flag(self._lexis.established(atom.text)),
            "skeleton": flag(
                any(
                    self._folds.scripts(form)[0] == other
                    for form in self._lexis.alike(atom.text, strong=True)
                )
            ),
            "lookalike": flag(
                self._lexis.is_lookalike_word(fold if script == "cyrillic" and fold else atom.text)
            ),
            "roman": flag(script == "cyrillic" and _NUMERAL.fullmatch(self._folds.roman(atom.text) or "")),
            "lone": flag(lone),
            "lone_twin": flag(twin),
            "lone_word": flag(twin and self._folder.key(twin) in self._one_letter.get(spot.language, ())),
            "capital": flag(self._folder.is_upper(letters[0])),
            "numeral": flag(lone and letters in "IVX" and self._is_numbered(spot)),
            "digits": flag(is_digit_beside),
            "before_latin": flag(self._before_latin(spot)),
            "joined": flag(self._joined(spot)),
            "beside_latin": flag(beside_latin),
            "clause_start": flag(self._starts_clause(spot)),
            "maths": flag(lone and self._maths(spot)),
            "label": flag(lone and self._is_label(spot)),
            "metalinguistic": flag(self._metalinguistic(spot)),
            "informal": flag(self._informal(spot)),
            "unit_position": flag(self._after_number(spot)),
            "degree": flag(self._touches_signal(spot, "lone-prefix", -1)),
            "suffix_sign": flag(self._touches_signal(spot, "lone-suffix", 1)),
        }

    def _repair(self, repair: str, spot: Spot, around: Sequence[str]) -> str | None:
        text, script = spot.atom.text, self.script(spot.atom)
        other = "latin" if script == "cyrillic" else "cyrillic"
        match repair:
            case "designator":
                return self._designator_repair(spot)
            case "glossary":
                return self._lexis.established(text)
            case "fold":
                return self._folds.fold(text, other)
            case "roman":
                return self._folds.roman(text)
            case "listed":
                forms = self._lexis.alike(text, strong=True)
                forms = [form for form in forms if self._folds.scripts(form)[0] == other]
                return forms[0] if len(forms) == 1 else None
            case "scheme":
                return self._romanize(text, around)
            case _:
                return None

    def _letters(self, atom: Atom) -> str:
        return "".join(char for char in atom.text if self._classes.is_letter(char))

    def _parts(self, text: str) -> tuple[str, str, str]:
        """Digits, letters, and the rest of a part such as `9М133`."""
        head = len(text) - len(text.lstrip("0123456789"))
        tail = head
        while tail < len(text) and not text[tail].isdecimal():
            tail += 1
        return text[:head], text[head:tail], text[tail:]

    def _designation(self, spot: Spot) -> Designation | None:
        before, letters, after = self._parts(spot.atom.text)
        if not (before or after or self._hyphened_digits(spot, 2) or self._hyphened_digits(spot, -2)):
            return None
        return self._lexis.designation(letters, self.script(spot.atom))

    def _designator_repair(self, spot: Spot) -> str | None:
        before, _, after = self._parts(spot.atom.text)
        designation = self._designation(spot)
        if designation is None:
            return None
        other = "latin" if self.script(spot.atom) == "cyrillic" else "cyrillic"
        tail = self._folds.fold(after, other)
        return None if tail is None else before + designation.repair + tail

    def _hyphened_digits(self, spot: Spot, step: int) -> bool:
        neighbour = spot.beside(step)
        return (
            neighbour is not None
            and neighbour.is_part
            and neighbour.word == spot.atom.word
            and neighbour.text[0 if step > 0 else -1].isdecimal()
        )

    def _has_digits(self, spot: Spot) -> bool:
        has_own = any(self._classes.of(char) == "digit" for char in spot.atom.text)
        return has_own or self._hyphened_digits(spot, 2) or self._hyphened_digits(spot, -2)

    def _joined(self, spot: Spot) -> bool:
        if len(spot.atom.chunks) > 1:
            return True
        return any(
            (other := spot.beside(step)) is not None
            and other.is_part
            and other.word == spot.atom.word
            and self._folds.scripts(other.text) != []
            for step in (-2, 2)
        )

    def _before_latin(self, spot: Spot) -> bool:
        other = spot.beside(2)
        return (
            other is not None
            and other.is_part
            and other.word == spot.atom.word
            and len(self._letters(other)) > 1
            and self.script(other) == "latin"
        )

    def _is_latin_word(self, spot: Spot, step: int) -> bool:
        other = spot.beside(step)
        if (
            other is None
            or not other.is_part
            or len(self._letters(other)) < 2
            or self.script(other) != "latin"
        ):
            return False
        low, high = sorted((spot.atom, other), key=lambda atom: atom.start)
        return "\n" not in spot.text[low.end : high.start]

    def _starts_clause(self, spot: Spot) -> bool:
        before = spot.beside(-1)
        if before is None or "\n" in spot.text[before.end : spot.atom.start]:
            return True
        return not before.is_part and before.text in AFTER_CLAUSE

    def _maths(self, spot: Spot) -> bool:
        for step in (-1, 1):
            beside = spot.beside(step)
            if beside is not None and beside.text in OPERATORS:
                return True
        before = spot.beside(-1)
        if before is not None and before.is_part and self._starts_with_signal(before, "maths"):
            return True
        own = self._folder.key(spot.atom.text)
        words = self._one_letter.get(spot.language, set[str]())
        for index, atom in enumerate(spot.atoms):
            if index == spot.index or not atom.is_part or len(self._letters(atom)) != len(atom.text) != 1:
                continue
            if len(atom.text) == 1 and self.script(atom) == "latin":
                key = self._folder.key(atom.text)
                twin = self._folds.letter(atom.text, "cyrillic", (), ("strong",))
                if key == own or twin is None or self._folder.key(twin) not in words:
                    return True
        return False

    def _is_label(self, spot: Spot) -> bool:
        after = spot.beside(1)
        if after is None or after.start != spot.atom.end or after.text not in (")", "."):
            return False
        if after.text == ")":
            return True
        for index, atom in enumerate(spot.atoms[:-1]):
            following = spot.atoms[index + 1]
            if index != spot.index and atom.is_part and len(atom.text) == 1 and following.text in (")", "."):
                if following.start == atom.end and not atom.text.isdecimal():
                    return True
        return False

    def _is_numbered(self, spot: Spot) -> bool:
        before, after = spot.beside(-1), spot.beside(1)
        if before is not None and before.is_part and self._folder.shape(before.text) == "title":
            return True
        return any(
            atom is not None and atom.is_part and self._starts_with_signal(atom, "numbered")
            for atom in (before, after)
        )

    def _starts_with_signal(self, atom: Atom, signal: str) -> bool:
        key = self._folder.key(atom.text)
        return any(key.startswith(text) for text in self._signals.get(signal, ()))

    def _metalinguistic(self, spot: Spot) -> bool:
        before, after = spot.beside(-1), spot.beside(1)
        if before is not None and after is not None and not before.is_part and not after.is_part:
            if before.text in "\"'«“„‘`" and after.text in "\"'»”“’`":
                return True
        return self._near_signal(spot, "metalinguistic", METALINGUISTIC_REACH)

    def _near_signal(self, spot: Spot, signal: str, reach: int) -> bool:
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

    def _informal(self, spot: Spot) -> bool:
        start, end = spot.line()
        line = spot.text[start:end]
        if any(self._classes.of(char) == "symbol" for char in line if not char.isascii()):
            return True
        key = f" {self._folder.lower(line)} "
        return any(f" {text} " in key for text in self._signals.get("informal", ()))

    def _after_number(self, spot: Spot) -> bool:
        if spot.atom.text[0].isdecimal():
            return True
        before = spot.beside(-1)
        return before is not None and before.is_part and before.text[-1].isdecimal()

    def _touches_signal(self, spot: Spot, signal: str, step: int) -> bool:
        for text in self._signals.get(signal, ()):
            if step < 0 and spot.text.endswith(text, 0, spot.atom.start):
                return True
            if step > 0 and spot.text.startswith(text, spot.atom.end):
                return True
        return False
