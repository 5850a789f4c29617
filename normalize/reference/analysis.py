"""One document, read: its paragraphs with repaired readings, running scripts and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from normalize.model import Finding
from normalize.offsets import Edit, apply_edits
from normalize.reference.document import (
    RUNNING_SHARE,
    Document,
    Paragraph,
    paragraph_bounds,
    running_script,
    script_counts,
)
from normalize.reference.judge import Candidate
from normalize.reference.lexis import Languages
from normalize.reference.mixed import Judged, MixedJudge
from normalize.reference.segment import MIXED, Atom, Chunk, Segmenter
from normalize.reference.toponyms import Toponyms
from normalize.reference.zones import SKIP, ZoneFinder
from normalize.text.characters import CharacterClasses

STRETCHES_KEPT, LONGEST_KEPT = 1 << 16, 64  # how many stretches are remembered, and of what length
TELLING = frozenset(("cyrillic", "greek", "mark", "invisible", "bidi"))  # classes that call for a closer look


@dataclass(slots=True)
class Analysis:
    """What was read of a document: only paragraphs in which anything may have to be said."""

    document: Document
    paragraphs: dict[int, Paragraph]
    mixed: dict[int, list[tuple[Atom, Chunk, Judged]]] = field(
        default_factory=dict[int, list[tuple[Atom, Chunk, Judged]]]
    )
    names: dict[int, list[Candidate]] = field(default_factory=dict[int, list[Candidate]])
    """The names in each paragraph."""
    languages: list[str] = field(default_factory=list[str])
    """The Cyrillic languages that words of the document tell of, the likeliest first."""


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
        self._plain = re.compile(rf"[\x00-\x7f{classes.inside('latin')}]*")
        self._known: dict[str, bool] = {}

    def analyse(self, text: str) -> Analysis | None:
        """Read a document; None where no word of it needs a thought."""
        bounds = paragraph_bounds(text)
        numbers = [number for number, (start, end) in enumerate(bounds) if self._concerns(text[start:end])]
        if not numbers:
            return None
        return self._analysis(Document(text, bounds, self._segmenter, self._zones), numbers)

    def read_all(self, text: str) -> Analysis:
        """Read a document, every paragraph of it."""
        document = Document(text, paragraph_bounds(text), self._segmenter, self._zones)
        return self._analysis(document, range(len(document)))

    def _analysis(self, document: Document, numbers: Sequence[int]) -> Analysis:
        analysis = Analysis(document, {number: document.paragraph(number) for number in numbers})
        analysis.languages = self._languages.of_text(self._cyrillic_words(analysis))
        for number, paragraph in analysis.paragraphs.items():
            self._read(analysis, number, paragraph)
        self._toponyms.decide(document, [name for names in analysis.names.values() for name in names])
        return analysis

    def _concerns(self, paragraph: str) -> bool:
        """Whether a name may begin, a foreign letter or an invisible character stand in a paragraph.

        Looked at by what stands between spaces, since texts repeat their words.
        """
        known = self._known
        if len(known) > STRETCHES_KEPT:
            known.clear()
        for stretch in set(paragraph.split()):
            concerns = known.get(stretch)
            if concerns is None:
                concerns = self._is_concern(stretch)
                if len(stretch) <= LONGEST_KEPT:
                    known[stretch] = concerns
            if concerns:
                return True
        return False

    def _is_concern(self, stretch: str) -> bool:
        if not self._plain.fullmatch(stretch) and any(
            self._classes.of(char) in TELLING for char in stretch if not char.isascii()
        ):
            return True
        return any(self._toponyms.begins(part) for part in self._segmenter.parts(stretch))

    def _cyrillic_words(self, analysis: Analysis) -> list[str]:
        words: dict[str, None] = {}
        for paragraph in analysis.paragraphs.values():
            for atom in paragraph.atoms:
                if atom.script == "cyrillic" and not atom.zone:
                    words[atom.text] = None
        return list(words)

    def _read(self, analysis: Analysis, number: int, paragraph: Paragraph) -> None:
        fallback: Sequence[str] = analysis.languages
        paragraph.running = self._running(paragraph, fallback)
        for atom in paragraph.atoms:
            if atom.script == MIXED and atom.zone != SKIP:
                self._repair(analysis, number, atom, paragraph.running, fallback)
        analysis.names[number] = self._toponyms.candidates(analysis.document, number)

    def _running(self, paragraph: Paragraph, fallback: Sequence[str]) -> str:
        counts = script_counts(paragraph.atoms, lambda atom: self._owner(atom, fallback))
        paragraph.letters, paragraph.most = sum(counts.values()), max(counts.values(), default=0)
        running = running_script(counts)
        return "" if running == "latin" and self._has_function_word(paragraph) else running

    def stays(self, analysis: Analysis, paragraph: Paragraph, repairs: Sequence[Finding]) -> bool:
        """Whether the paragraph is still written in the same script once it is repaired."""
        changed = gained = hidden = 0
        for repair in repairs:
            before, _ = self._segmenter.scripts(repair.text)
            after, _ = self._segmenter.scripts(repair.replacement or "")
            if {*after} != {paragraph.running}:
                changed += len(repair.text) + len(repair.replacement or "")
                continue
            gained += len(after) - len(before)
            if {*before} != {paragraph.running}:
                hidden += len(before)  # the word may have become part of a zone
        most, letters = paragraph.most, paragraph.letters
        if (
            paragraph.running
            and most + gained - changed > RUNNING_SHARE * (letters + gained + changed)
            and most - hidden - changed > RUNNING_SHARE * (letters - hidden + changed)
        ):
            return True
        text = analysis.document.text[paragraph.start : paragraph.end]
        after_text = repaired(analysis.document.text, paragraph, repairs)
        before = self._running_alone(text, analysis.languages)
        after = self._running_alone(after_text, analysis.languages)
        return before == after

    def scripts(self, text: str) -> set[str]:
        """The scripts of the letters of a text."""
        return set(self._segmenter.scripts(text)[0])

    def _running_alone(self, text: str, fallback: Sequence[str]) -> str:
        document = Document(text, [(0, len(text))], self._segmenter, self._zones)
        return self._running(document.paragraph(0), fallback)

    def _has_function_word(self, paragraph: Paragraph) -> bool:
        """Whether a Cyrillic function word stands there: then it is prose full of Latin names.

        Words of one letter, and words that could be a Latin one in disguise, do not tell; nor do parts
        that a hyphen joins to others (`Як-130`).
        """
        atoms = paragraph.atoms
        return any(
            atom.script == "cyrillic"
            and self._languages.is_function_word(atom.text)
            and not any(
                other.word == atom.word
                for other in (*atoms[max(index - 2, 0) : index], *atoms[index + 1 : index + 3])
            )
            for index, atom in enumerate(atoms)
        )

    def _owner(self, atom: Atom, fallback: Sequence[str]) -> str:
        """The script that a part is meant in, wherever it stands; "" if that depends on the place."""
        judged = [self._mixed.judge(chunk.text, "", fallback) for chunk in self._segmenter.chunks(atom)]
        owners = {one.script for one in judged if one is not None}
        return owners.pop() if len(owners) == 1 else ""

    def _repair(
        self, analysis: Analysis, number: int, atom: Atom, running: str, fallback: Sequence[str]
    ) -> None:
        """Judge the chunks of a part; what is surely misspelled is read as it is meant."""
        reading = atom.text
        for chunk in reversed(self._segmenter.chunks(atom)):
            judged = self._mixed.judge(chunk.text, running, fallback)
            if judged is None:
                continue
            analysis.mixed.setdefault(number, []).append((atom, chunk, judged))
            if judged.replacement is not None and judged.verdict.applicability == "safe":
                start = chunk.start - atom.start
                reading = reading[:start] + judged.replacement + reading[start + len(chunk.text) :]
        atom.reading = reading
        atom.script = self._segmenter.scripts(reading)[1]


def repaired(text: str, paragraph: Paragraph, repairs: Sequence[Finding]) -> str:
    """A paragraph of the text with repairs made."""
    start = paragraph.start
    edits = [Edit(one.start - start, one.end - start, one.replacement or "") for one in repairs]
    return apply_edits(text[start : paragraph.end], edits)
