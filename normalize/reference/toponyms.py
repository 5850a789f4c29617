"""Names of places in a document: candidates, what was decided of each, and the findings they give."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from normalize.model import Applicability, Finding
from normalize.reference.context import CueFinder, FrameMatcher, is_frozen, is_quoted_term
from normalize.reference.controls import named_letters
from normalize.reference.document import Document, Paragraph
from normalize.reference.judge import OTHER, PLACE, UNDECIDED, Candidate, Judge
from normalize.reference.lexis import Languages
from normalize.reference.names import Option, options
from normalize.reference.phrases import Phrase, PhraseFinder
from normalize.reference.segment import Atom, Segmenter
from normalize.ruleset.gazetteer import to_place
from normalize.ruleset.kinds import FOUND_SMALL
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import Frame
from normalize.text.fold import LOWER

KEEP = "keep"
FROZEN = Frame("frozen-phrase", (), (), KEEP)
QUOTED = Frame("quoted-term", (), (), KEEP)

HOW = {
    "native": "the native name of",
    "translit": "another spelling of",
    "russian-derived": "a Russian-derived spelling of",
    "misspelling": "a misspelling of",
    "exonym": "a foreign name of",
    "conventional": "a conventional name of",
    "former": "a former name of",
    "canonical": "a spelling of",
}


class Toponyms:
    """Finds and decides names, by the place sections of a ruleset."""

    def __init__(self, ruleset: Ruleset, languages: Languages) -> None:
        self._ruleset, self._folder = ruleset, ruleset.folder
        self._segmenter = Segmenter(ruleset.classes)
        self._finder = PhraseFinder(ruleset.place_lexicon, ruleset.folder)
        self._frozen = PhraseFinder(ruleset.frozen_lexicon, ruleset.folder)
        self._cues = CueFinder(ruleset.cue_lexicon, ruleset.cue_groups, ruleset.folder)
        self._frames = FrameMatcher(ruleset.frames, self._cues, ruleset.folder)
        self._judge = Judge(ruleset.judgements)
        self._rewrite = frozenset(ruleset.words_of("rewrite"))
        self._languages = languages
        self._spoken = frozenset(ruleset.words_of("languages"))
        self._keep = frozenset(ruleset.words_of("keep"))
        self._kinds: dict[str, dict[str, set[str]]] = {"suffix": {}, "prefix": {}}
        for designation in ruleset.designations:
            if designation.role in self._kinds:
                self._kinds[designation.role].setdefault(designation.word, set()).add(designation.kind)
        self._abbreviations = {d.word for d in ruleset.designations if d.role == "abbreviation"}

    def begins(self, word: str) -> bool:
        """Whether a name may begin with the word."""
        return self._finder.begins(word)

    def is_name(self, word: str) -> bool:
        """Whether a single word is a name of a place."""
        return bool(self.look_up(word))

    def look_up(self, name: str) -> list[Option]:
        """All readings of a whole name."""
        atoms = self._segmenter.atoms(name, 0, len(name))
        first = next((index for index, atom in enumerate(atoms) if atom.is_part), None)
        phrase = None if first is None else self._finder.at(name, atoms, first)
        if phrase is None or phrase.parts[-1] != max(i for i, atom in enumerate(atoms) if atom.is_part):
            return []
        return self._options(name, atoms, phrase)

    def candidates(self, document: Document, number: int) -> list[Candidate]:
        """The names in a paragraph, not yet decided."""
        text, atoms = document.text, document.paragraph(number).atoms
        found: list[Candidate] = []
        for phrase in self._finder.all(text, atoms):
            first, last = phrase.parts[0], phrase.parts[-1]
            kinds = self._told_kinds(atoms, first, last)
            readings = self._options(text, atoms, phrase)
            readings = [option for option in readings if option.place.kind in kinds] or readings
            if is_frozen(self._frozen, text, atoms, first, last):
                frame: Frame | None = FROZEN
            elif is_quoted_term(atoms, first, last):
                frame = QUOTED
            else:
                frame = self._frames.frame(text, atoms, first, last)
            found.append(Candidate(number, phrase, readings, frame))
        return found

    def decide(self, document: Document, candidates: Sequence[Candidate]) -> None:
        """Decide all names of the document; cues are only looked for if some name needs them."""
        for candidate in candidates:
            if self._is_common_word(document, candidate):
                candidate.verdict, candidate.settled, candidate.options = OTHER, True, []
        undecided = [candidate for candidate in candidates if candidate.options]
        needed = any(self._judge.needs_cues(candidate) for candidate in undecided)
        self._judge.decide(undecided, self._cues.in_document(document) if needed else [])

    def finding(
        self, document: Document, paragraph: Paragraph, candidate: Candidate, meant: bool
    ) -> Finding | None:
        """What is to be said of a decided name; `meant` tells that its foreign script is."""
        text, phrase = document.text, candidate.phrase
        if candidate.frame is not None and candidate.frame.effect == KEEP:
            return None
        scripts = self._scripts(paragraph, phrase)
        if "cyrillic" in scripts and (meant or paragraph.running == "cyrillic"):
            return None
        if scripts == {"cyrillic"} and paragraph.running != "latin":
            return None
        written = text[phrase.start : phrase.end]
        if not self._is_spoken(paragraph):
            return None
        if candidate.verdict == UNDECIDED:
            return self._ambiguous(candidate, written) if scripts == {"latin"} else None
        option = candidate.chosen
        if candidate.verdict != PLACE or option is None or not self._is_rewritten(option, written):
            return None
        start, replacement = phrase.start, option.replacement
        if scripts == {"cyrillic"}:
            start = self._abbreviation_start(text, paragraph, phrase)
        safe = paragraph.running == "latin" or (not paragraph.running and scripts == {"latin"})
        return Finding(
            rule=self._rule(paragraph, phrase, option, scripts),
            start=start,
            end=phrase.end,
            text=text[start : phrase.end],
            replacement=replacement,
            applicability=Applicability.SAFE if safe else Applicability.UNSAFE,
            message=self._message(written, paragraph, option, candidate),
            place=to_place(option.place),
        )

    def _options(self, text: str, atoms: Sequence[Atom], phrase: Phrase) -> list[Option]:
        return options(text, atoms, phrase, self._ruleset.names, self._ruleset.places, self._folder)

    def _told_kinds(self, atoms: Sequence[Atom], first: int, last: int) -> set[str]:
        """What the words beside a name say that it is: a river, in `the Dnepr River`."""
        kinds: set[str] = set()
        for role, index in (("prefix", first - 1), ("suffix", last + 1)):
            if 0 <= index < len(atoms) and atoms[index].is_part:
                kinds |= self._kinds[role].get(self._folder.key(atoms[index].text), set())
        return kinds

    def _is_common_word(self, document: Document, candidate: Candidate) -> bool:
        """A name in small letters that needs judgement, is little known or part of a longer word."""
        written = document.text[candidate.phrase.start : candidate.phrase.end]
        if self._folder.shape(written) != LOWER:
            return False
        if self._segmenter.scripts(written)[1] == "cyrillic":
            return True
        known = max(option.place.prominence for option in candidate.options)
        return (
            known < FOUND_SMALL or self._is_joined(document, candidate) or self._judge.is_doubtful(candidate)
        )

    @staticmethod
    def _is_joined(document: Document, candidate: Candidate) -> bool:
        """Whether a hyphen joins the name to more than itself, as in the name of a package."""
        parts = candidate.phrase.parts
        atoms = document.paragraph(candidate.paragraph).atoms
        beside = [index for index in (parts[0] - 2, parts[-1] + 2) if 0 <= index < len(atoms)]
        return any(atoms[index].word in (atoms[parts[0]].word, atoms[parts[-1]].word) for index in beside)

    def _is_rewritten(self, option: Option, written: str) -> bool:
        if option.replacement == self._folder.visible(written) or option.place.id in self._keep:
            return False  # canonical; invisible characters in it have a rule of their own
        if option.place.is_kept and self._segmenter.scripts(written)[1] == "latin":
            return False  # a place abroad
        return option.kind in self._rewrite or option.kind == "canonical"  # but for a separator

    def _scripts(self, paragraph: Paragraph, phrase: Phrase) -> set[str]:
        """The scripts of a name's letters, an ending that is not the name's left out."""
        parts = [paragraph.atoms[index] for index in phrase.parts]
        ending = max(0, parts[-1].end - phrase.end)
        read = "".join(part.reading for part in parts)
        script = self._ruleset.classes.script
        return {one for char in read[: len(read) - ending] if (one := script(char))}

    def _is_spoken(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph is in a language that the profile rewrites, or too short to tell."""
        if paragraph.running == "cyrillic":
            return True
        if paragraph.spoken is None:
            words = [atom.text for atom in paragraph.atoms if atom.is_part and not atom.zone]
            paragraph.spoken = self._languages.of_latin_text(words)
        return not paragraph.spoken or not paragraph.spoken.isdisjoint(self._spoken)

    def _rule(self, paragraph: Paragraph, phrase: Phrase, option: Option, scripts: set[str]) -> str:
        atoms = [paragraph.atoms[index] for index in phrase.parts]
        if any(atom.reading != atom.text for atom in atoms):
            return "mixed-script-word"
        if scripts == {"cyrillic"}:
            return "stray-script-word"
        return "toponym-former" if option.kind == "former" else "toponym-variant"

    def _abbreviation_start(self, text: str, paragraph: Paragraph, phrase: Phrase) -> int:
        """Where a Cyrillic abbreviation before the name (`г. Изюм`) begins: it goes with the name."""
        atoms, first = paragraph.atoms, phrase.parts[0]
        dot, word = first - 1, first - 2
        if word < 0 or atoms[dot].text != "." or not atoms[word].is_part:
            return phrase.start
        is_adjacent = atoms[word].end == atoms[dot].start and not text[atoms[dot].end : phrase.start].strip(
            " \u00a0"
        )
        key = self._folder.key(atoms[word].text)
        known = key in self._abbreviations or f"{key}." in self._abbreviations
        return atoms[word].start if known and is_adjacent else phrase.start

    def _message(self, written: str, paragraph: Paragraph, option: Option, candidate: Candidate) -> str:
        place, shown = option.place, " ".join(written.split())
        until = f" (until {option.until})" if option.until else ""
        reason = f"; {self._reason(candidate)}" if candidate.reason else ""
        odd = self._odd_letters(paragraph, candidate.phrase)
        if odd:
            return f"{shown} has {odd}; it is {place.name}, {place.kind}{reason}"
        return f"{shown} is {HOW[option.kind]} {place.name}{until}, {place.kind}{reason}"

    def _reason(self, candidate: Candidate) -> str:
        """Why a name was decided so, with a place for the cue group that is named after it."""
        head, _, cue = candidate.reason.rpartition(" ")
        return f"{head} {self._regions[cue]}" if cue in self._regions else candidate.reason

    @cached_property
    def _regions(self) -> dict[str, str]:
        regions = self._ruleset.places.where("kind", ("oblast", "republic", "region"))
        return {place.id: place.name for place in regions}

    def _odd_letters(self, paragraph: Paragraph, phrase: Phrase) -> str:
        """The letters that were repaired to read the name, by code point and name."""
        script = self._ruleset.classes.script
        odd: list[str] = []
        for atom in (paragraph.atoms[index] for index in phrase.parts):
            meant = {script(char) for char in atom.reading}
            odd += [char for char in atom.text if script(char) is not None and script(char) not in meant]
        return named_letters(dict.fromkeys(odd))

    def _ambiguous(self, candidate: Candidate, written: str) -> Finding | None:
        readings = [option for option in candidate.options if self._is_rewritten(option, written)]
        if self._judge.is_unheard(candidate) or not readings or len(readings) != len(candidate.options):
            return None
        names = ", ".join(
            dict.fromkeys(f"{option.place.name} ({option.place.kind})" for option in readings[:4])
        )
        return Finding(
            rule="toponym-ambiguous",
            start=candidate.phrase.start,
            end=candidate.phrase.end,
            text=written,
            replacement=None,
            applicability=Applicability.NONE,
            message=f"{' '.join(written.split())} may be {names}; {self._reason(candidate)}",
        )
