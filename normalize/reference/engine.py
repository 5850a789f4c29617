"""The reference engine: from a text to its findings, mentions and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.model import Applicability, Explanation, Finding, Mention
from normalize.reference.analysis import Analyser, Analysis
from normalize.reference.controls import Controls, named_letters
from normalize.reference.document import Paragraph
from normalize.reference.explain import explanations
from normalize.reference.findings import disjoint, is_safe, weaker
from normalize.reference.folds import Folds
from normalize.reference.judge import OTHER, PLACE, Candidate
from normalize.reference.languages import LanguageChooser
from normalize.reference.lexis import Languages, Lexis
from normalize.reference.marked import MarkedWords
from normalize.reference.meant import MeantJudge, Run, runs_of
from normalize.reference.mixed import Judged, MixedJudge
from normalize.reference.names import Option
from normalize.reference.segment import MIXED, Atom, Chunk
from normalize.reference.spots import Spot
from normalize.reference.steady import Steadiness
from normalize.reference.stray import StrayJudge, StrayVerdict
from normalize.reference.toponyms import Toponyms, to_place
from normalize.reference.verdicts import Table
from normalize.reference.zones import REPORT, ZoneFinder
from normalize.ruleset.reader import Ruleset
from normalize.scheme import Transliterator
from normalize.scheme.styles import named

BESIDE = 4  # atoms between a foreign name and the same name in the running script


class ReferenceEngine:
    """Interprets one ruleset. Immutable after it is made, and safe to share between threads."""

    name = "reference"

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        folds = Folds(ruleset.lookalikes, ruleset.folder)
        lexis = Lexis(ruleset, folds)
        languages = Languages(ruleset.languages, folds, ruleset.folder)
        self._folds, self._languages = folds, languages
        self._toponyms = Toponyms(ruleset, languages)
        mixed = MixedJudge(
            Table(ruleset.mixed_verdicts), folds, lexis, languages, ruleset.folder, self._toponyms.is_name
        )
        stray = Table(ruleset.stray_verdicts)
        self._stray = StrayJudge(stray, ruleset, folds, lexis, self._toponyms.is_name, self._romanize)
        self._meant = MeantJudge(ruleset.glosses, ruleset.folder, self._romanize)
        self._marked = MarkedWords(ruleset, mixed, self.mixed_finding)
        self._controls = Controls(ruleset.classes)
        self._analyser = Analyser(
            ruleset.classes, ZoneFinder(ruleset.zones), mixed, languages, self._toponyms
        )
        self._steadiness = Steadiness(self._analyser, self._first_look)
        self._schemes: dict[tuple[str, bool], Transliterator] = {}

    # ------------------------------------------------------------------ entries

    def find(self, text: str) -> list[Finding]:
        """All findings, sorted and disjoint."""
        analysis = self._analyser.analyse(text)
        if analysis is None:
            return []
        return self._findings(analysis)

    def mentions(self, text: str) -> list[Mention]:
        """Every place that is named, in either script."""
        analysis = self._analyser.analyse(text)
        found: list[Mention] = []
        names = [name for names in analysis.names.values() for name in names] if analysis else []
        for candidate in names:
            if candidate.verdict == OTHER or not candidate.options:
                continue
            start, end = candidate.phrase.start, candidate.phrase.end
            chosen = candidate.chosen or candidate.options[0]
            place = to_place(chosen.place) if candidate.verdict == PLACE else None
            places = dict.fromkeys(option.number for option in candidate.options)
            entries = [self.ruleset.places[number] for number in places]
            found.append(
                Mention(start, end, text[start:end], chosen.kind, place, tuple(map(to_place, entries)))
            )
        return found

    def look_up(self, name: str) -> list[Option]:
        """The readings of a whole name, the most prominent place first."""
        options = self._toponyms.look_up(name)
        unique = {option.number: option for option in reversed(options)}
        return sorted(unique.values(), key=lambda option: (-option.place.prominence, option.number))

    def explain(self, text: str) -> list[Explanation]:
        """Why each word was judged as it was."""
        analysis = self._analyser.read_all(text)
        chooser = LanguageChooser(self.ruleset, self._languages)
        return explanations(analysis, self, chooser, self._findings(analysis))

    def transliterator(self, scheme: str, *, reverse: bool = False) -> Transliterator:
        """A direction of a scheme of the ruleset, made once. Raises KeyError for an unknown id."""
        made = self._schemes.get((scheme, reverse))
        if made is None:
            rules, case = named(scheme, reverse, self.ruleset.scheme), self.ruleset.case_table
            made = (
                Transliterator.backward(rules, case, lossy=True)  # callers have asked whether it may guess
                if reverse
                else Transliterator.forward(rules, case)
            )
            self._schemes[scheme, reverse] = made
        return made

    # ------------------------------------------------------------------ parts

    def _findings(self, analysis: Analysis) -> list[Finding]:
        return self._steadiness.kept(analysis, self._first_look(analysis))

    def _first_look(self, analysis: Analysis) -> list[Finding]:
        """What is to be said of each paragraph as it stands."""
        found: list[Finding] = list(self._controls.find(analysis.document.text))
        for number, paragraph in analysis.paragraphs.items():
            meant = self.meant_words(analysis, paragraph)
            named = self._named_words(analysis, number)
            for candidate in analysis.names[number]:
                is_meant = any(index in meant for index in candidate.phrase.parts)
                finding = self._toponyms.finding(analysis.document, paragraph, candidate, is_meant)
                if finding is not None:
                    found.append(self._as_stray(analysis, paragraph, candidate, named, finding))
            names = {paragraph.atoms[index].start for index in named if index not in meant}
            for atom, chunk, judged in analysis.mixed.get(number, ()):
                is_name = atom.start in names and len(chunk.text) == len(atom.text)
                finding = self.mixed_finding(atom, chunk, self._as_place(judged) if is_name else judged)
                if finding is not None:
                    found.append(finding)
            found += self._marked.findings(analysis, paragraph)
            strays = [
                finding
                for index, atom in enumerate(paragraph.atoms)
                if atom.script and not atom.zone and not self._is_at_home(atom, paragraph)
                if (finding := self.stray_finding(analysis, paragraph, index, meant.get(index, ""), named))
            ]
            found += self._in_company(paragraph, strays, found)
        return disjoint(found)

    def _as_place(self, judged: Judged) -> Judged:
        """A name that is to be written as its place is, not only in one script, if it means a single one."""
        if judged.verdict.repair != "place" or judged.replacement is None:
            return judged
        return replace(judged, replacement=self._place_name(judged.replacement) or judged.replacement)

    @staticmethod
    def _is_at_home(atom: Atom, paragraph: Paragraph) -> bool:
        """Whether a word is Latin in Latin text, or in text of a script that nothing is said of.

        Then a paragraph without Cyrillic, Greek and hidden characters needs no look but for names.
        """
        return atom.script == "latin" and paragraph.running in ("latin", "letter")

    @staticmethod
    def _in_company(paragraph: Paragraph, strays: list[Finding], others: list[Finding]) -> list[Finding]:
        """A lone Cyrillic letter beside Cyrillic words that stay may be meant: it is only offered."""
        if paragraph.running != "latin":
            return strays
        repaired = [one for one in (*others, *strays) if is_safe(one) and len(one.text) > 1]
        has_company = any(
            atom.script == "cyrillic" and len(atom.scripts) > 1 and not atom.zone
            for atom in paragraph.atoms
            if not any(one.start <= atom.start < one.end for one in repaired)
        )
        return [
            replace(one, applicability=Applicability.UNSAFE)
            if has_company and is_safe(one) and len(one.text) == 1
            else one
            for one in strays
        ]

    def _as_stray(
        self,
        analysis: Analysis,
        paragraph: Paragraph,
        candidate: Candidate,
        named: set[int],
        finding: Finding,
    ) -> Finding:
        """A name in a foreign script claims no more than the table allows a stray place to claim."""
        if finding.rule != "stray-script-word":
            return finding
        judged = self.stray_verdict(analysis, paragraph, candidate.phrase.parts[0], "", named)
        if judged is None or judged.verdict.repair != "place":
            return finding
        allowed = Applicability(judged.verdict.applicability)
        return replace(finding, applicability=weaker(finding.applicability, allowed))

    def meant_words(self, analysis: Analysis, paragraph: Paragraph) -> dict[int, str]:
        """Why words of a foreign script are meant, by atom."""
        foreign = {"latin": "cyrillic", "cyrillic": "latin"}.get(paragraph.running)
        if foreign is None:
            return {}
        meant: dict[int, str] = {}
        for run in runs_of(paragraph.atoms, foreign):
            same = self._is_named_beside(analysis, paragraph, run)
            why = self._meant.why(paragraph.atoms, run, same)
            if why:
                meant |= dict.fromkeys(run.words, why)
        return meant

    def _is_named_beside(self, analysis: Analysis, paragraph: Paragraph, run: Run) -> bool:
        """Whether the place that the run names is named beside it in the running script."""
        own: set[int] = set()
        beside: set[int] = set()
        for candidate in analysis.names[paragraph.number]:
            first, last = candidate.phrase.parts[0], candidate.phrase.parts[-1]
            numbers = {option.number for option in candidate.options}
            if run.first <= first and last <= run.last:
                own |= numbers
            elif 0 < run.first - last <= BESIDE or 0 < first - run.last <= BESIDE:
                beside |= numbers
        return bool(own & beside)

    @staticmethod
    def _named_words(analysis: Analysis, number: int) -> set[int]:
        """Atoms that belong to a name which is taken for a place."""
        return {
            index
            for candidate in analysis.names[number]
            if candidate.verdict == PLACE
            for index in candidate.phrase.parts
        }

    def mixed_finding(self, atom: Atom, chunk: Chunk, judged: Judged, word: str = "") -> Finding | None:
        """What is to be said of a chunk of mixed scripts, which may be written otherwise than it reads."""
        row = judged.verdict
        if row.verdict == "fine":
            return None
        script = judged.script or max(("latin", "cyrillic"), key=self._folds.scripts(chunk.text).count)
        level = Applicability(row.applicability)
        if judged.replacement is None:
            level = Applicability.NONE
        elif atom.zone == REPORT:
            level = weaker(level, Applicability.UNSAFE)
        letters = named_letters(self._folds.strangers(chunk.text, script))
        repair = judged.replacement or ""
        message = row.message.format(word=word or chunk.text, letters=letters, repair=repair)
        return Finding(
            "mixed-script-word", chunk.start, chunk.end, chunk.text, judged.replacement, level, message
        )

    def script_of(self, text: str) -> str:
        """The only script of a word's letters, "" without letters, or `mixed`."""
        scripts = set(self._folds.scripts(text))
        return MIXED if len(scripts) > 1 else next(iter(scripts), "")

    def stray_verdict(
        self, analysis: Analysis, paragraph: Paragraph, index: int, meant: str, named: set[int] | None = None
    ) -> StrayVerdict | None:
        """What the table says of a word that may be stray; None where it has no say."""
        spot = Spot(
            analysis.document.text,
            paragraph.atoms,
            index,
            paragraph.running,
            self._spoken(analysis, paragraph),
            meant,
            index in (named or ()),
            analysis.document.script,
            lambda: analysis.document.variables,
        )
        return self._stray.judge(spot, analysis.languages) if self._stray.concerns(spot) else None

    def _spoken(self, analysis: Analysis, paragraph: Paragraph) -> list[str]:
        """The languages that a paragraph may be in: told by its document, else all presumed ones."""
        if paragraph.running != "cyrillic":
            return ["en"]
        presumed = [language.id for language in self.ruleset.languages if language.presumed]
        return [language for language in analysis.languages[:1] if language in presumed] or [
            *analysis.languages[:1],
            *presumed,
        ]

    def stray_finding(
        self, analysis: Analysis, paragraph: Paragraph, index: int, meant: str, named: set[int]
    ) -> Finding | None:
        """What is to be said of a word in another script than its paragraph."""
        judged = self.stray_verdict(analysis, paragraph, index, meant, named)
        if judged is None or judged.verdict.verdict == "fine":
            return None
        row, atom = judged.verdict, paragraph.atoms[index]
        replacement = judged.replacement
        if row.repair == "place":
            replacement = self._place_name(atom.reading) or replacement
            if replacement == atom.text:
                return None  # a house style may write places so
        level = Applicability(row.applicability) if replacement is not None else Applicability.NONE
        letters = named_letters(
            list(dict.fromkeys(char for char in atom.text if self.ruleset.classes.is_letter(char)))
        )
        message = row.message.format(word=atom.text, letters=letters, repair=replacement or "")
        return Finding("stray-script-word", atom.start, atom.end, atom.text, replacement, level, message)

    def _place_name(self, name: str) -> str | None:
        names = {option.replacement for option in self._toponyms.look_up(name)}
        return names.pop() if len(names) == 1 else None

    def _romanize(self, text: str, fallback: Sequence[str] = ()) -> str:
        """A Cyrillic word by the profile's scheme for its language."""
        schemes = self.ruleset.profile_schemes
        languages = [language for language in self._languages.of(text, fallback) if language in schemes]
        scheme = schemes[(languages or list(schemes))[0]]
        return self.transliterator(scheme).transliterate(text)
