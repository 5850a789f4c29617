"""Whether a text that is repaired stays as it is: no paragraph may be judged otherwise after its repairs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from normalize.model import Applicability, Finding
from normalize.offsets import Edit, OffsetMap
from normalize.reference.analysis import Analyser, Analysis, repaired
from normalize.reference.document import Paragraph
from normalize.reference.findings import is_safe


class Steadiness:
    """Asks for a second look where repairs may lead to others; `look` takes a first one."""

    def __init__(self, analyser: Analyser, look: Callable[[Analysis], list[Finding]]) -> None:
        self._analyser, self._look = analyser, look

    def kept(self, analysis: Analysis, findings: list[Finding]) -> list[Finding]:
        """The findings; of paragraphs that would not stay, the safe ones are only offered.

        Such are those whose repairs would change the script that they are written in, or lead to another
        repair that now is not safe.
        """
        unsteady: list[Paragraph] = []
        for paragraph in analysis.paragraphs.values():
            own = [one for one in findings if paragraph.start <= one.start < paragraph.end]
            repairs = [one for one in own if is_safe(one)]
            if repairs and not (
                self._analyser.stays(analysis, paragraph, repairs)
                and (
                    (len(own) == len(repairs) and not self._may_unsettle(analysis, paragraph, repairs))
                    or self._settles(analysis, paragraph, repairs)
                )
            ):
                unsteady.append(paragraph)
        return [
            replace(finding, applicability=Applicability.UNSAFE)
            if is_safe(finding) and any(one.start <= finding.start < one.end for one in unsteady)
            else finding
            for finding in findings
        ]

    def _settles(self, analysis: Analysis, paragraph: Paragraph, repairs: Sequence[Finding]) -> bool:
        """Whether a second look at the repaired paragraph finds nothing to repair.

        Names that a look at the paragraph alone would have repaired before do not count: it is the document
        around that keeps them.
        """
        text, start = analysis.document.text, paragraph.start
        more = self._safe(repaired(text, paragraph, repairs))
        if not more or any(one.place is None for one in more):
            return not more
        known = {(one.start, one.text) for one in self._safe(text[start : paragraph.end])}
        back = OffsetMap([Edit(one.start - start, one.end - start, one.replacement or "") for one in repairs])
        return all((back.to_source(one.start), one.text) in known for one in more)

    def _safe(self, text: str) -> list[Finding]:
        """What a first look at a text by itself would repair."""
        analysis = self._analyser.analyse(text)
        return [one for one in self._look(analysis) if is_safe(one)] if analysis else []

    def _may_unsettle(self, analysis: Analysis, paragraph: Paragraph, repairs: Sequence[Finding]) -> bool:
        """Whether repairs of all that was found may lead to another.

        They may where a zone begins behind one, as a path does behind an apostrophe; where only the letters
        of a word are repaired that may be a name; and where Cyrillic letters are left in text that is not
        Cyrillic.
        """
        atoms, names = paragraph.atoms, analysis.names[paragraph.number]
        for repair in repairs:
            after = bisect_left(atoms, repair.end, key=lambda atom: atom.start)
            if any(atom.zone for atom in atoms[after : after + 2]):
                return True
            name = bisect_right(names, repair.start, key=lambda one: one.phrase.end)
            if repair.place is None and any(one.phrase.start < repair.end for one in names[name : name + 1]):
                return True
        if paragraph.running == "cyrillic":
            return False
        starts = [repair.start for repair in repairs]
        for atom in atoms:
            if "cyrillic" in atom.scripts or len(set(atom.scripts)) > 1:
                at = bisect_right(starts, atom.start) - 1
                if at < 0 or atom.start >= repairs[at].end:
                    return True
        return any("cyrillic" in self._analyser.scripts(one.replacement or "") for one in repairs)
