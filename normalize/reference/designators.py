"""Designators: letters beside digits in names of weapons, vehicles, aircraft, roads.

The letters have an official form in the other script, which need not look alike. A row with digits is
one model and goes before the rows of letters alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.reference.folds import Folds
from normalize.ruleset.records import Designator

INDEX = "index"  # the kind whose letters stand between digits: 9M133
SCRIPTS = ("cyrillic", "latin")


@dataclass(frozen=True, slots=True)
class Designation:
    """How a designator is written (`native`, `official`, `lookalike`), and its right letters."""

    form: str
    repair: str


class Designators:
    """The designators of a ruleset by script, by model and by letters."""

    def __init__(self, rows: Sequence[Designator], folds: Folds) -> None:
        self._folds = folds
        self._models: dict[str, dict[str, str]] = {script: {} for script in SCRIPTS}
        self._letters: dict[str, dict[tuple[str, bool], str]] = {script: {} for script in SCRIPTS}
        for row in rows:
            cyrillic = row.cyrillic or row.native_uk
            for script, cell, other in (
                ("cyrillic", row.cyrillic, row.latin),
                ("cyrillic", row.native_uk, row.latin),
                ("latin", row.latin, cyrillic),
            ):
                if not cell:
                    continue
                if any(char.isdecimal() for char in cell):
                    self._models[script].setdefault(cell.replace("-", ""), _letters(other) or _letters(cell))
                else:
                    self._letters[script].setdefault((cell, row.kind == INDEX), other or cell)

    def of(self, letters: str, script: str, number: str, *, between: bool) -> Designation | None:
        """What letters of `script` beside digits are; None where no designator is written or looks so.

        `number` is the digits that follow; `between` tells that digits also stand before.
        """
        other = "latin" if script == "cyrillic" else "cyrillic"
        own = "native" if script == "cyrillic" else "official"
        twin = self._folds.fold(letters, other, (), ("strong",)) or ""
        if letters + number in self._models[script]:
            return Designation(own, self._models[script][letters + number])
        if twin and twin + number in self._models[other]:
            return Designation("lookalike", twin)
        if (letters, between) in self._letters[script] and (number or between):
            return Designation(own, self._letters[script][letters, between])
        if (twin, between) in self._letters[other] and (number or between):
            return Designation("lookalike", twin)
        return None


def _letters(cell: str) -> str:
    return "".join(char for char in cell if char.isalpha())
