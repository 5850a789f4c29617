"""Judging words of one script where another is written: features for the table `[[stray]]`.

The features are named and defined in the head of `verdicts.toml`. A word is looked at where it stands:
its paragraph, the atoms beside it, its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from normalize.reference.designators import Designation, Designators
from normalize.reference.folds import Folds
from normalize.reference.lexis import Lexis
from normalize.reference.spots import Spot, Surroundings, number_parts
from normalize.reference.verdicts import Features, Table, flag
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import Verdict
from normalize.text.fold import MIXED, UPPER

LONE_NUMERALS = "IVX"
_NUMERAL = re.compile(r"[IX]{2,}")


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
        is_place: Callable[[str], bool],
        romanize: Callable[[str, Sequence[str]], str],
    ) -> None:
        self._table, self._folds, self._lexis = table, folds, lexis
        self._designators = Designators(ruleset.designators, folds)
        self._folder, self._classes = ruleset.folder, ruleset.classes
        self._is_place, self._romanize = is_place, romanize
        self._around = Surroundings(ruleset, folds)

    def concerns(self, spot: Spot) -> bool:
        """Whether the table can say anything but `fine` of the part: a cheap first look."""
        script = spot.atom.script
        if script not in ("latin", "cyrillic"):
            return False
        if script != (spot.running or "cyrillic"):
            return spot.running != "" or script == "cyrillic"
        if script == "latin":
            return False
        letters = self._around.letters(spot.atom)
        shape = self._folder.shape(letters)
        return (
            len(letters) == 1
            or self._around.digits(spot) != "none"
            or shape == UPPER
            or (shape == MIXED and len(spot.atom.text) == 2)  # рН
        )

    def judge(self, spot: Spot, fallback: Sequence[str]) -> StrayVerdict | None:
        """The verdict on the part, None where no row fits."""
        features = self._features(spot)
        row = self._table.decide(features)
        if row is None:
            return None
        replacement = None if row.verdict == "fine" else self._repair(row.repair, spot, fallback)
        return StrayVerdict(row, None if replacement == spot.atom.text else replacement, features)

    def _features(self, spot: Spot) -> Features:
        atom, script = spot.atom, spot.atom.script
        other = "latin" if script == "cyrillic" else "cyrillic"
        letters = self._around.letters(atom)
        lone = len(letters) == 1
        fold = self._folds.fold(atom.text, other, (), ("strong",))
        twin = self._folds.letter(letters[0], other, (), ("strong",)) if lone else None
        return Features(
            {
                "script": lambda: script,
                "running": lambda: spot.running if spot.running in ("latin", "cyrillic") else "none",
                "meant": lambda: flag(spot.meant),
                "listed": lambda: flag(self._lexis.is_listed(atom.text)),
                "place": lambda: flag(spot.place or (script == "latin" and fold and self._is_place(fold))),
                "designator": lambda: found.form if (found := self._designation(spot)) else "none",
                "glossary": lambda: flag(self._lexis.established(atom.text)),
                "skeleton": lambda: flag(
                    any(
                        self._folds.scripts(form)[0] == other
                        for form in self._lexis.alike(atom.text, strong=True)
                    )
                ),
                "lookalike": lambda: flag(
                    self._lexis.is_lookalike_word(fold if script == "cyrillic" and fold else atom.text)
                ),
                "roman": lambda: flag(
                    script == "cyrillic" and _NUMERAL.fullmatch(self._folds.roman(atom.text) or "")
                ),
                "lone": lambda: flag(lone),
                "lone_twin": lambda: flag(twin),
                "lone_word": lambda: flag(twin and self._around.is_one_letter_word(twin, spot.languages)),
                "capital": lambda: flag(self._folder.is_upper(letters[0])),
                "numeral": lambda: flag(self._is_numeral(spot, lone)),
                "numbered": lambda: flag(self._is_numeral(spot, lone, told=True)),
                "digits": lambda: self._around.digits(spot),
                "number_first": lambda: flag(self._around.number_first(spot)),
                "number_last": lambda: flag(atom.text[-1].isdecimal()),
                "shape": lambda: self._folder.shape(letters),
                "length": lambda: "1" if lone else "2-3" if len(letters) < 4 else "4+",
                "before_latin": lambda: flag(self._around.before_latin(spot)),
                "joined": lambda: flag(self._around.joined(spot)),
                "after_other": lambda: flag(self._around.after_other(spot)),
                "beside_latin": lambda: flag(any(self._around.is_latin_word(spot, step) for step in (-1, 1))),
                "clause_start": lambda: flag(self._around.starts_clause(spot)),
                "maths": lambda: flag(lone and self._around.maths(spot)),
                "label": lambda: flag(lone and self._around.is_label(spot)),
                "metalinguistic": lambda: flag(self._around.metalinguistic(spot)),
                "informal": lambda: flag(self._around.informal(spot)),
                "unit_position": lambda: flag(self._around.after_number(spot)),
                "degree": lambda: flag(self._around.touches_signal(spot, "lone-prefix", -1)),
                "between_words": lambda: flag(self._around.between_words(spot)),
                "variable": lambda: flag(lone and letters in spot.variables()),
                "wrapped": lambda: flag(self._around.is_wrapped(spot)),
                "prepositions": lambda: flag(twin and self._around.are_prepositions(spot, twin)),
                "document": lambda: spot.document or "none",
                "suffix_sign": lambda: flag(self._around.touches_signal(spot, "lone-suffix", 1)),
            }
        )

    def _is_numeral(self, spot: Spot, lone: bool, told: bool = False) -> bool:
        """Whether a Roman numeral stands where numerals do; if `told`, a capital before it does not tell."""
        numeral = self._folds.roman(spot.atom.text)
        if numeral is None or (lone and numeral not in LONE_NUMERALS):
            return False
        return self._around.is_numbered(spot, told)

    def _repair(self, repair: str, spot: Spot, fallback: Sequence[str]) -> str | None:
        text, script = spot.atom.text, spot.atom.script
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
                return self._romanize(text, fallback)
            case _:
                return None

    def _designation(self, spot: Spot) -> Designation | None:
        before, letters, after = number_parts(spot.atom.text)
        number = after or self._around.hyphened(spot, 2)
        digits = number[: len(number) - len(number.lstrip("0123456789"))]
        if not letters or not (digits or before):
            return None
        script = spot.atom.script
        return self._designators.of(letters, script, digits, between=bool(before and digits))

    def _designator_repair(self, spot: Spot) -> str | None:
        before, _, after = number_parts(spot.atom.text)
        designation = self._designation(spot)
        if designation is None:
            return None
        other = "latin" if spot.atom.script == "cyrillic" else "cyrillic"
        tail = self._folds.fold(after, other)
        return None if tail is None else before + designation.repair + tail
