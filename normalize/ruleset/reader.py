"""A ruleset opened for an engine: every section read when it is first asked for, and only then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Generic

from normalize.errors import RulesetError
from normalize.ruleset.container import Container
from normalize.ruleset.lexicon import Lexicon
from normalize.ruleset.records import (
    CueGroup,
    Designation,
    Designator,
    Entity,
    Frame,
    GlossaryEntry,
    GlossSign,
    Judgement,
    Language,
    LanguageWord,
    ListedWord,
    Lookalike,
    NameEntry,
    PlaceEntry,
    Record,
    SchemeHead,
    SchemeRule,
    Signal,
    Unit,
    Verdict,
    ZoneRule,
    read_record,
    read_records,
    schema,
)
from normalize.scheme import CaseTable, Rule, SchemeRules
from normalize.text.characters import CLASSES, CharacterClasses
from normalize.text.fold import Folder


class Rows(Generic[Record]):
    """A large section of records, each read out when it is asked for by number."""

    def __init__(self, container: Container, section: str, kind: type[Record]) -> None:
        self._container, self._kind = container, kind
        self._columns = container.columns(section)
        self._numbers = container.numbers(section)

    def __len__(self) -> int:
        return len(self._numbers) // self._columns

    def __getitem__(self, number: int) -> Record:
        if not 0 <= number < len(self):
            raise IndexError(number)
        at = number * self._columns
        return read_record(self._container, self._numbers[at : at + self._columns], self._kind)

    def where(self, field: str, values: Collection[str]) -> Iterator[Record]:
        """The records whose text `field` is one of `values`; the others are not read out."""
        names = [one.name for one in fields(self._kind)]  # type: ignore[arg-type]
        column = self._numbers[names.index(field) :: self._columns]
        wanted = {text for text in set(column) if self._container.string(text) in values}
        return (self[number] for number, text in enumerate(column) if text in wanted)


class Ruleset:
    """Tables and a profile, compiled. Immutable and named by `sha256`."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self.sha256 = container.sha256
        if self.meta.get("schema") != schema():
            raise RulesetError(f"{container.origin}: was built by another release; build it again")

    @classmethod
    def open(cls, path: Path) -> Ruleset:
        """Map a ruleset file. Raises `RulesetError` if it is missing or not a ruleset."""
        return cls(Container.open(path))

    @cached_property
    def meta(self) -> dict[str, str]:
        string = self.container.string
        return {string(key): string(value) for key, value in self.container.rows("meta")}

    @property
    def profile(self) -> str:
        return self.meta["profile"]

    def words_of(self, key: str) -> tuple[str, ...]:
        """A meta value that holds several words."""
        return tuple(self.meta.get(key, "").split())

    @cached_property
    def levels(self) -> dict[str, str]:
        """The most that each rule may claim under the profile."""
        return {key[6:]: value for key, value in self.meta.items() if key.startswith("level.")}

    @cached_property
    def profile_schemes(self) -> dict[str, str]:
        """The profile's scheme for each language."""
        return {key[7:]: value for key, value in self.meta.items() if key.startswith("scheme.")}

    @cached_property
    def classes(self) -> CharacterClasses:
        return CharacterClasses((a, b, CLASSES[number]) for a, b, number in self.container.rows("characters"))

    @cached_property
    def _case(self) -> list[tuple[str, str]]:
        return [(chr(upper), chr(lower)) for upper, lower in self.container.rows("case")]

    @cached_property
    def _compositions(self) -> list[tuple[str, str, str]]:
        rows = self.container.rows("compositions")
        return [(chr(base), chr(mark) if mark else "", chr(composed)) for base, mark, composed in rows]

    @cached_property
    def folder(self) -> Folder:
        return Folder(self._case, self._compositions, self.classes)

    @cached_property
    def case_table(self) -> CaseTable:
        return CaseTable.from_pairs(self._case, [row for row in self._compositions if row[1]])

    @cached_property
    def schemes(self) -> dict[str, SchemeHead]:
        return {head.id: head for head in read_records(self.container, "schemes", SchemeHead)}

    @cached_property
    def _rules_of(self) -> list[list[int]]:
        """Where the rules of each scheme begin among the numbers of `scheme.rules`."""
        columns = self.container.columns("scheme.rules")
        numbers = self.container.numbers("scheme.rules")
        rules: list[list[int]] = [[] for _ in self.schemes]
        for at in range(0, len(numbers), columns):
            rules[numbers[at]].append(at)
        return rules

    def scheme(self, scheme_id: str) -> SchemeRules:
        """The rules of a scheme. Raises KeyError for an unknown id."""
        head = self.schemes[scheme_id]
        columns = self.container.columns("scheme.rules")
        numbers = self.container.numbers("scheme.rules")
        rules: dict[bool, list[Rule]] = {False: [], True: []}
        words: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
        for at in self._rules_of[list(self.schemes).index(scheme_id)]:
            row = read_record(self.container, numbers[at : at + columns], SchemeRule)
            if row.whole:
                words[row.backward].append((row.source, row.target))
            else:
                rules[row.backward].append(
                    Rule(row.source, row.target, row.left, row.right, row.left_edge, row.right_edge)
                )
        return SchemeRules(
            head.id,
            head.language,
            head.title,
            head.authority,
            head.year,
            head.url,
            head.reversible,
            head.lossy,
            head.apostrophe,
            head.stress,
            tuple(rules[False]),
            tuple(rules[True]),
            tuple(words[False]),
            tuple(words[True]),
            head.dotted,
            head.typed,
        )

    @cached_property
    def lookalikes(self) -> list[Lookalike]:
        return read_records(self.container, "lookalikes", Lookalike)

    @cached_property
    def languages(self) -> list[Language]:
        return read_records(self.container, "languages", Language)

    @cached_property
    def words(self) -> list[ListedWord]:
        return read_records(self.container, "words", ListedWord)

    @cached_property
    def lookalike_words(self) -> list[LanguageWord]:
        return read_records(self.container, "lookalike_words", LanguageWord)

    @cached_property
    def one_letter_words(self) -> list[LanguageWord]:
        return read_records(self.container, "one_letter_words", LanguageWord)

    @cached_property
    def glossary(self) -> list[GlossaryEntry]:
        return read_records(self.container, "glossary", GlossaryEntry)

    @cached_property
    def units(self) -> list[Unit]:
        return read_records(self.container, "units", Unit)

    @cached_property
    def entities(self) -> list[Entity]:
        return read_records(self.container, "entities", Entity)

    @cached_property
    def designators(self) -> list[Designator]:
        return read_records(self.container, "designators", Designator)

    @cached_property
    def zones(self) -> list[ZoneRule]:
        return read_records(self.container, "zones", ZoneRule)

    @cached_property
    def glosses(self) -> list[GlossSign]:
        return read_records(self.container, "glosses", GlossSign)

    @cached_property
    def signals(self) -> list[Signal]:
        return read_records(self.container, "signals", Signal)

    @cached_property
    def mixed_verdicts(self) -> list[Verdict]:
        return read_records(self.container, "verdicts.mixed", Verdict)

    @cached_property
    def stray_verdicts(self) -> list[Verdict]:
        return read_records(self.container, "verdicts.stray", Verdict)

    @cached_property
    def places(self) -> Rows[PlaceEntry]:
        return Rows(self.container, "places", PlaceEntry)

    @cached_property
    def names(self) -> Rows[NameEntry]:
        return Rows(self.container, "names", NameEntry)

    @cached_property
    def place_lexicon(self) -> Lexicon:
        return Lexicon(self.container, "places")

    @cached_property
    def cue_lexicon(self) -> Lexicon:
        return Lexicon(self.container, "cues")

    @cached_property
    def frozen_lexicon(self) -> Lexicon:
        return Lexicon(self.container, "frozen")

    @cached_property
    def cue_groups(self) -> list[CueGroup]:
        return read_records(self.container, "cue.groups", CueGroup)

    @cached_property
    def frames(self) -> list[Frame]:
        return read_records(self.container, "frames", Frame)

    @cached_property
    def designations(self) -> list[Designation]:
        return read_records(self.container, "designations", Designation)

    @cached_property
    def _judged(self) -> Lexicon:
        return Lexicon(self.container, "judged")

    @cached_property
    def _judgements(self) -> Rows[Judgement]:
        return Rows(self.container, "judgements", Judgement)

    def judgements(self, key: str) -> list[Judgement]:
        """The judgements on a name by its comparison key, or on all names of a place by `* ID`."""
        return [self._judgements[number] for number in self._judged.whole(key)]
