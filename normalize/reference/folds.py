"""Replacing look-alike letters: what a word reads as if all its letters were of one script.

The letter facts are directed rows `from -> to` of a tier; `strong` and `accent` rows may repair any
word, `weak` and `ocr` rows only lead to a word that is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalize.ruleset.records import Lookalike
from normalize.text.characters import SCRIPTS
from normalize.text.fold import Folder

REPAIRING = ("strong", "accent")
MISREADING = ("strong", "accent", "weak", "ocr")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


class Folds:
    """Folding words into one script by a ruleset's look-alike rows."""

    def __init__(self, rows: Iterable[Lookalike], folder: Folder) -> None:
        self._folder = folder
        self._script = folder.classes.script
        self._rows: dict[str, dict[str, list[Lookalike]]] = {script: {} for script in SCRIPTS}
        self._skeleton: dict[str, str] = {}
        self._strong_skeleton: dict[str, str] = {}
        for row in rows:
            target = self._script(row.target[0]) or ""
            if target not in self._rows:
                continue
            self._rows[target].setdefault(row.source, []).append(row)
            if target == "latin" and not row.languages:
                if row.tier == "strong":
                    self._strong_skeleton[row.source] = row.target
                if row.tier == "strong" or (row.tier in ("weak", "ocr") and row.source not in self._skeleton):
                    self._skeleton[row.source] = row.target

    def scripts(self, text: str) -> list[str]:
        """The script of each letter, in order; marks, digits and the rest are left out."""
        return [script for char in text if (script := self._script(char))]

    def strangers(self, text: str, script: str) -> list[str]:
        """The letters of a word that are not of `script`, each once."""
        return list(
            dict.fromkeys(c for c in self._folder.compose(text) if self._script(c) not in (script, None))
        )

    def fold(
        self, text: str, script: str, languages: Sequence[str] = (), tiers: Sequence[str] = REPAIRING
    ) -> str | None:
        """The word with every letter of another script replaced, or None where one has no counterpart.

        Invisible characters are dropped and decomposed letters composed. A row that is bound to
        languages serves only if `languages` holds one of them, and then comes first.
        """
        out: list[str] = []
        for char in self._folder.compose(self._folder.visible(text)):
            own = self._script(char)
            meant = char if own is None or own == script else self.letter(char, script, languages, tiers)
            if meant is None:
                return None
            out.append(meant)
        return self._folder.compose("".join(out))

    def letter(
        self, char: str, script: str, languages: Sequence[str] = (), tiers: Sequence[str] = REPAIRING
    ) -> str | None:
        """What one letter was meant as in `script`, or None."""
        rows = [
            row
            for row in self._rows.get(script, {}).get(char, ())
            if row.tier in tiers and (not row.languages or any(one in languages for one in row.languages))
        ]
        rows.sort(key=lambda row: (not row.languages, tiers.index(row.tier)))
        return rows[0].target if rows else None

    def skeleton(self, text: str, *, strong: bool = False) -> str:
        """What words that look alike share, weak and misread letters included unless `strong`.

        For comparing only: nothing is ever repaired to a skeleton.
        """
        table = self._strong_skeleton if strong else self._skeleton
        visible = self._folder.compose(self._folder.visible(text))
        return "".join(table.get(char, char) for char in visible)

    def roman(self, text: str) -> str | None:
        """The Latin letters of a Roman numeral, if the word is one in whatever script."""
        latin = self.fold(text, "latin")
        return latin if latin and _ROMAN.fullmatch(latin) else None


def runs(scripts: Sequence[str]) -> list[tuple[str, int]]:
    """Lengths of the runs of letters of one script: `[("cyrillic", 6), ("latin", 4)]`."""
    found: list[tuple[str, int]] = []
    for script in scripts:
        if found and found[-1][0] == script:
            found[-1] = script, found[-1][1] + 1
        else:
            found.append((script, 1))
    return found
