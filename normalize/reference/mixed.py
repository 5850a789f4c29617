"""Judging chunks that hold letters of more than one script.

Facts about the chunk become features, named and defined in the head of `verdicts.toml`; that table
decides; the repair that it names is carried out here. A repair that does not exist leaves the
finding without one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from normalize.reference.folds import MISREADING, Folds, runs
from normalize.reference.lexis import Languages, Lexis
from normalize.reference.verdicts import Features, Table, flag
from normalize.ruleset.records import Verdict
from normalize.text.characters import SCRIPTS
from normalize.text.fold import UPPER, Folder

GLUED_RUN = 4  # letters on both sides of a change of script that make two words run together
BOTH = ("latin", "cyrillic")


@dataclass(frozen=True, slots=True)
class Judged:
    """What was decided of a chunk: `script` is the one it is meant in, "" if that is not known."""

    verdict: Verdict
    replacement: str | None
    script: str
    features: Features


class MixedJudge:
    def __init__(
        self,
        table: Table,
        folds: Folds,
        lexis: Lexis,
        languages: Languages,
        folder: Folder,
        is_place: Callable[[str], bool],
    ) -> None:
        self._table, self._folds, self._lexis = table, folds, lexis
        self._languages, self._folder, self._is_place = languages, folder, is_place

    def is_mixed(self, text: str) -> bool:
        """Whether a chunk holds letters of two of Latin, Cyrillic and Greek."""
        return len({script for script in self._folds.scripts(text) if script in SCRIPTS}) > 1

    def judge(self, text: str, running: str, fallback: Sequence[str] = ()) -> Judged | None:
        """The verdict on a mixed chunk in a paragraph of script `running`; None for a pure one.

        `fallback` are the document's languages, for a chunk that does not tell its own.
        """
        if not self.is_mixed(text):
            return None
        chunk = _Chunk(text, self._folds, self._languages.of_mixed(text, fallback), self._folder)
        features = self._features(chunk, running)
        row = self._table.decide(features) or _FINE
        if row.verdict == "fine":
            return Judged(row, None, "", features)
        replacement = self._repair(row.repair, chunk, running)
        if replacement == text:
            replacement = None
        scripts = set(self._folds.scripts(replacement or ""))
        return Judged(row, replacement, scripts.pop() if len(scripts) == 1 else "", features)

    def _features(self, chunk: _Chunk, running: str) -> Features:
        folder, folds = self._folder, self._folds
        letters = chunk.letters
        return Features(
            {
                "listed": lambda: flag(self._lexis.is_listed(chunk.text)),
                "skeleton": lambda: _which(
                    {folds.scripts(word)[0] for word in self._lexis.alike(chunk.text)}
                ),
                "roman": lambda: flag(folds.roman(chunk.text)),
                "fold": lambda: _which({script for script in BOTH if chunk.folds[script]}),
                "ocr": lambda: _which({script for script in BOTH if chunk.fold(script, MISREADING)}),
                "codepage": lambda: next((script for script in BOTH if chunk.codepage(script)), "none"),
                "codepage_known": lambda: flag(
                    any(
                        self._lexis.is_listed(read) or self._is_place(read)
                        for script in BOTH
                        if (read := chunk.codepage(script))
                    )
                ),
                "unit": lambda: flag(self._lexis.unit(chunk.text)),
                "seam": chunk.seam,
                "majority": chunk.majority,
                "camel": lambda: flag(
                    len(letters) > 1
                    and chunk.stretches[0][1] == 1
                    and folder.is_upper(letters[1])
                    and not all(map(folder.is_upper, (letters[0], *letters[2:3])))
                ),
                "doubled": lambda: flag(chunk.doubled()),
                "odd": lambda: flag(self._is_odd(chunk)),
                "chess": lambda: flag(self._lexis.is_chess_move(chunk.text)),
                "quantity": lambda: flag(self._lexis.is_quantity(chunk.text)),
                "numeral_tail": lambda: flag(self._lexis.is_numeral_with_tail(chunk.text)),
                "placeholder": lambda: flag(self._lexis.is_with_placeholder(chunk.text)),
                "caps": lambda: flag(folder.shape("".join(letters)) == UPPER),
                "length": lambda: "1" if len(letters) == 1 else "2-3" if len(letters) < 4 else "4+",
                "running": lambda: running if running in BOTH else "none",
                "greek": lambda: _which(set(chunk.scripts)) if "greek" in chunk.scripts else "none",
                "digits": lambda: flag(any(folder.classes.of(char) == "digit" for char in chunk.text)),
                "glued": lambda: flag(
                    chunk.seam() != "case"
                    and len(chunk.stretches) == 2
                    and min(length for _, length in chunk.stretches) >= GLUED_RUN
                ),
                "place_latin": lambda: flag(chunk.folds["latin"] and self._is_place(chunk.folds["latin"])),
                "place_cyrillic": lambda: flag(
                    chunk.folds["cyrillic"] and self._is_place(chunk.folds["cyrillic"])
                ),
            }
        )

    def _is_odd(self, chunk: _Chunk) -> bool:
        """Whether the Cyrillic fold begins as no word of its language does, by a foreign letter."""
        fold = chunk.folds["cyrillic"]
        return (
            fold is not None
            and chunk.scripts[0] != "cyrillic"
            and self._languages.never_begins(fold, chunk.languages)
        )

    def _repair(self, repair: str, chunk: _Chunk, running: str) -> str | None:
        match repair:
            case "fold-latin":
                return chunk.folds["latin"]
            case "fold-cyrillic" | "place":
                return chunk.folds["cyrillic"]
            case "roman":
                return self._folds.roman(chunk.text)
            case "listed":
                forms = self._lexis.alike(chunk.text)
                own = [form for form in forms if self._folds.scripts(form)[0] == running]
                chosen = set(own or forms)
                return chosen.pop() if len(chosen) == 1 else None
            case "split":
                return chunk.split()
            case "ocr":
                scripts = [script for script in BOTH if chunk.fold(script, MISREADING)]
                wanted = running if running in scripts else scripts[0] if len(scripts) == 1 else ""
                return chunk.fold(wanted, MISREADING) if wanted else None
            case "codepage":
                return next((fixed for script in BOTH if (fixed := chunk.codepage(script))), None)
            case "unit":
                unit = self._lexis.unit(chunk.text)
                return None if unit is None else unit.latin if running == "latin" else unit.cyrillic
            case "keyboard":
                return chunk.on_other_keyboard()
            case _:
                return None


class _Chunk:
    """A chunk with what every feature asks of it."""

    def __init__(self, text: str, folds: Folds, languages: Sequence[str], folder: Folder) -> None:
        self._folds, self._folder = folds, folder
        self.text = folder.compose(folder.visible(text))
        self.languages = languages
        self.letters = [char for char in self.text if folder.classes.is_letter(char)]
        self.scripts = folds.scripts(self.text)
        self.stretches = runs(self.scripts)
        self.folds = {script: self.fold(script) for script in BOTH}

    def fold(self, script: str, tiers: Sequence[str] = ("strong", "accent")) -> str | None:
        return self._folds.fold(self.text, script, self.languages if script == "cyrillic" else (), tiers)

    def majority(self) -> str:
        """The script of most letters, `tie` where no single one has most."""
        counts = sorted((self.scripts.count(script), script) for script in SCRIPTS)
        return counts[-1][1] if counts[-1][0] > counts[-2][0] else "tie"

    def seam(self) -> str:
        """Where the one change of script falls: `case`, `tail`, `suffix`, `plain`, or `none`."""
        if len(self.stretches) != 2:
            return "none"
        cut = self.stretches[0][1]
        before, after = self.letters[:cut], self.letters[cut:]
        is_upper = self._folder.is_upper
        if len(before) > 1 and all(map(is_upper, before)) and not any(map(is_upper, after)):
            return "suffix"
        if len(before) > 1 and len(after) == 1 and is_upper(after[0]) and not is_upper(before[-1]):
            return "tail"
        if len(before) < 2 or len(after) < 2:
            return "none"
        if is_upper(after[0]) and (not is_upper(before[-1]) or not is_upper(after[1])):
            return "case"
        return "plain"

    def doubled(self) -> bool:
        """Whether the chunk begins with a letter and its twin of the same case."""
        if len(self.letters) < 2 or self.scripts[0] == self.scripts[1]:
            return False
        return self._folds.letter(self.letters[1], self.scripts[0], (), ("strong",)) == self.letters[0]

    def codepage(self, script: str) -> str | None:
        """The word with its one or two single strangers read in the right code page."""
        out: list[str] = []
        strangers = 0
        for index, char in enumerate(self.text):
            own = self._folder.classes.script(char)
            if own is None or own == script:
                out.append(char)
                continue
            before = self.text[index - 1 : index]
            if not before or self._folder.classes.script(before) != script or self._folder.is_upper(char):
                return None
            meant = self._folds.letter(char, script, (), ("codepage",))
            if meant is None:
                return None
            strangers += 1
            out.append(meant)
        return "".join(out) if 0 < strangers <= 2 else None

    def on_other_keyboard(self) -> str | None:
        """The first letter as the key that was meant, the others as look-alikes."""
        first = self._folds.letter(self.text[0], "cyrillic", self.languages, ("keyboard",))
        rest = self._folds.fold(self.text[1:], "cyrillic", self.languages)
        return None if first is None or rest is None else first + rest

    def split(self) -> str | None:
        """The two words that run together at the change of script."""
        classes = self._folder.classes
        own = classes.script(self.letters[0])
        for index, char in enumerate(self.text):
            if classes.is_letter(char) and classes.script(char) != own:
                return f"{self.text[:index]} {self.text[index:]}"
        return None


def _which(scripts: set[str]) -> str:
    wanted = scripts & set(BOTH)
    return "both" if len(wanted) == 2 else next(iter(wanted), "none")


_FINE = Verdict("no-row", (), "fine", "none", "none", "")
