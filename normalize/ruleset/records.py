"""The rows of a ruleset as engines read them: plain, immutable data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lookalike:
    """`source`, an intruding letter, was meant as `target` (one letter, or a letter and its stress)."""

    source: str
    target: str
    tier: str
    language: str


@dataclass(frozen=True, slots=True)
class Language:
    """Letters and words by which a Cyrillic language is told."""

    id: str
    script: str
    alphabet: str
    exclusive: str
    beats: tuple[str, ...]
    presumed: bool
    words: tuple[str, ...]
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word with one right spelling: a unit, an acronym, a brand."""

    word: str
    group: str
    language: str


@dataclass(frozen=True, slots=True)
class Designator:
    """Letters before or between digits: Cyrillic, and their official Latin form."""

    cyrillic: str
    latin: str
    kind: str


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """One kind of zone: its pattern, and what may still be said inside it (`skip` or `report`)."""

    id: str
    pattern: str
    effect: str
    multiline: bool


@dataclass(frozen=True, slots=True)
class Glosses:
    """Signs that foreign letters are meant: language labels, paired marks, words between alternatives."""

    labels: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    joiners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row of a decision table: if all of `when` holds, this is decided."""

    id: str
    when: tuple[tuple[str, tuple[str, ...]], ...]
    verdict: str
    repair: str
    applicability: str
    message: str


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place: `name` is canonical under the ruleset's profile, `uk` and `ru` are native names."""

    number: int
    id: str
    kind: str
    country: str
    name: str
    uk: str
    ru: str
    ids: tuple[str, ...]
    prominence: int
    part_of: str


@dataclass(frozen=True, slots=True)
class NameEntry:
    """What a phrase of the place lexicon stands for, and the words that replace it.

    `kind` and `separators` are numbers of `normalize.ruleset.kinds`; bit i of `keep` says that word i
    stays as it is written if it is Latin (`region` in `Kharkov region`).
    """

    place: int
    kind: int
    words: tuple[str, ...]
    separators: tuple[int, ...]
    keep: int
    until: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far a name may be believed to mean a place (None: any place)."""

    place: int | None
    behaviour: str
    cues: tuple[str, ...]
    counter_cues: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Words directly before and after a name, and what they say of it."""

    id: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class Designation:
    """A word that tells the kind of a name: `oblast` (suffix), `River` (prefix), `г.` (abbreviation)."""

    word: str
    kind: str
    language: str
    role: str
