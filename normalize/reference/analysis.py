"""One document, read: its paragraphs with repaired readings, running scripts and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from normalize.reference.document import Document, Paragraph, running_script
from normalize.reference.judge import Candidate
from normalize.reference.lexis import Languages
from normalize.reference.mixed import Judged, MixedJudge
from normalize.reference.segment import Atom, Segmenter
from normalize.reference.toponyms import Toponyms
from normalize.reference.zones import ZoneFinder
from normalize.text.characters import CharacterClasses


@dataclass(slots=True)
class Analysis:
    """What was read of a document: only paragraphs in which anything may have to be said."""

    document: Document
    paragraphs: dict[int, Paragraph]
    mixed: dict[int, list[tuple[Atom, int, Judged]]] = field(
        default_factory=dict[int, list[tuple[Atom, int, Judged]]]
    )
    candidates: list[Candidate] = field(default_factory=list[Candidate])
    words: list[str] = field(default_factory=list[str])
    """Cyrillic words of the document: they tell its language."""


class Analyser:
    def __init__(
        self,
        classes: CharacterClasses,
        zones: ZoneFinder,
        mixed: MixedJudge,
        languages: Languages,
        toponyms: Toponyms,
    ) -> None:
        self._classes, self._zones, self._mixed = classes, zones, mixed
        self._languages, self._toponyms = languages, toponyms
        self._segmenter = Segmenter(classes)
        letters = classes.inside(
            "latin", "cyrillic", "greek", "letter", "mark", "digit", "invisible", "apostrophe"
        )
        self._words = regex.compile(rf"[{letters}]+")
        self._latin_only = regex.compile(rf"[{classes.inside('latin', 'digit', 'mark', 'apostrophe')}]*")
        self._controls = regex.compile(rf"[{classes.inside('invisible', 'bidi')}]")
        self._interesting: dict[str, bool] = {}

    def analyse(self, text: str) -> Analysis | None:
        """Read a document; None where no word of it needs a thought."""
        starts = self._skim(text)
        if not starts:
            return None
        document = Document(text, self._segmenter, self._zones.find(text))
        return self._analysis(document, sorted({document.paragraph_at(start) for start in starts}))

    def read_all(self, text: str) -> Analysis:
        """Read a document, every paragraph of it."""
        document = Document(text, self._segmenter, self._zones.find(text))
        return self._analysis(document, range(len(document)))

    def _analysis(self, document: Document, numbers: Sequence[int]) -> Analysis:
        analysis = Analysis(document, {number: document.paragraph(number) for number in numbers})
        analysis.words = self._cyrillic_words(analysis)
        for number, paragraph in analysis.paragraphs.items():
            self._read(analysis, number, paragraph)
        self._toponyms.decide(document, analysis.candidates)
        return analysis

    def _skim(self, text: str) -> list[int]:
        """Where words stand that may be names or hold foreign letters, and invisible characters."""
        known = self._interesting
        if len(known) > 1 << 17:
            known.clear()
        starts: list[int] = []
        for match in self._words.finditer(text):
            word = match.group()
            interesting = known.get(word)
            if interesting is None:
                interesting = known[word] = self._is_interesting(word)
            if interesting:
                starts.append(match.start())
        starts += [match.start() for match in self._controls.finditer(text)]
        return starts

    def _is_interesting(self, word: str) -> bool:
        if not self._latin_only.fullmatch(word):
            return True
        return self._toponyms.begins(word) or any(
            self._toponyms.begins(part) for part in self._segmenter.parts(word)
        )

    def _cyrillic_words(self, analysis: Analysis) -> list[str]:
        words: dict[str, None] = {}
        for paragraph in analysis.paragraphs.values():
            for atom in paragraph.atoms:
                if atom.is_part and self._classes.of(atom.text[0]) == "cyrillic":
                    words[atom.text] = None
        return list(words)

    def _read(self, analysis: Analysis, number: int, paragraph: Paragraph) -> None:
        around: Sequence[str] = analysis.words
        paragraph.running = running_script(
            paragraph.atoms, self._classes, lambda atom: self._owner(atom, around)
        )
        for atom in paragraph.atoms:
            if atom.is_part and atom.zone != "skip":
                self._repair(analysis, number, atom, paragraph.running, around)
        analysis.candidates += self._toponyms.candidates(analysis.document, number)

    def _owner(self, atom: Atom, around: Sequence[str]) -> str:
        """The script that a part is meant in, wherever it stands; "" if that depends on the place."""
        owners = {
            judged.script for chunk in atom.chunks if (judged := self._mixed.judge(chunk.text, "", around))
        }
        return owners.pop() if len(owners) == 1 else ""

    def _repair(
        self, analysis: Analysis, number: int, atom: Atom, running: str, around: Sequence[str]
    ) -> None:
        """Judge the chunks of a part; what is surely misspelled is read as it is meant."""
        reading = atom.text
        for position, chunk in reversed(list(enumerate(atom.chunks))):
            judged = self._mixed.judge(chunk.text, running, around)
            if judged is None:
                continue
            analysis.mixed.setdefault(number, []).append((atom, position, judged))
            if judged.replacement is not None and judged.verdict.applicability == "safe":
                start = chunk.start - atom.start
                reading = reading[:start] + judged.replacement + reading[start + len(chunk.text) :]
        atom.reading = reading
