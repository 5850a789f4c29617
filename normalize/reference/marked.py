"""Findings on words of mixed scripts that markup cuts into pieces."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from normalize.model import Applicability, Finding
from normalize.reference.analysis import Analysis
from normalize.reference.document import Paragraph
from normalize.reference.markup import MarkedWord, Markup
from normalize.reference.mixed import Judged, MixedJudge
from normalize.reference.segment import Atom, Chunk
from normalize.reference.zones import REPORT, SKIP
from normalize.ruleset.reader import Ruleset

MakeFinding = Callable[[Atom, Chunk, Judged, str], Finding | None]


class MarkedWords:
    """Judges such words as they read; `mixed_finding` says what is to be said of one."""

    def __init__(self, ruleset: Ruleset, mixed: MixedJudge, mixed_finding: MakeFinding) -> None:
        self._markup, self._mixed, self._finding = Markup(ruleset), mixed, mixed_finding

    def findings(self, analysis: Analysis, paragraph: Paragraph) -> list[Finding]:
        """The findings of a paragraph; in one without Cyrillic letters such words are not sought."""
        if not any("cyrillic" in atom.scripts or len(set(atom.scripts)) > 1 for atom in paragraph.atoms):
            return []
        words = self._markup.words(analysis.document.text, paragraph.start, paragraph.end)
        found = [self._of(analysis, paragraph, word) for word in words]
        return [finding for finding in found if finding is not None]

    def _of(self, analysis: Analysis, paragraph: Paragraph, word: MarkedWord) -> Finding | None:
        text, reads = analysis.document.text, word.reads
        judged = self._mixed.judge(reads, paragraph.running, analysis.languages)
        letters = word.written()
        atoms = paragraph.atoms
        first = bisect_left(atoms, word.start, key=lambda atom: atom.start)
        last = bisect_left(atoms, word.end, key=lambda atom: atom.start)
        zones = [atom.zone for atom in atoms[first:last] if atom.is_part and atom.start in letters]
        if judged is None or SKIP in zones:
            return None
        atom = Atom(word.start, word.end, text[word.start : word.end], zone=REPORT if REPORT in zones else "")
        finding = self._finding(atom, Chunk(word.start, word.end, reads), judged, atom.text)
        if finding is None:
            return None
        repair = None if judged.replacement is None else word.repaired(text, judged.replacement)
        level = Applicability.NONE if repair is None else finding.applicability
        return replace(finding, text=atom.text, replacement=repair, applicability=level)
