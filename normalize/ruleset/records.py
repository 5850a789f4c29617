"""The rows of a ruleset as engines read them: plain, immutable data, and how each becomes u32 columns.

A field of type `str` is a string id, `int` and `bool` are themselves, `tuple[str, ...]` and
`tuple[int, ...]` are lists. The columns of a section are the fields of its record, in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

from normalize.ruleset.container import Container, Writer


@dataclass(frozen=True, slots=True)
class Lookalike:
    """`source`, an intruding letter, was meant as `target` (one letter, or a letter and its stress)."""

    source: str
    target: str
    tier: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Letters and words by which a language is told; `presumed` ones need no telling letter.

    One that is a `spelling_of` another is told by its letters alone, and has the words of the other.
    """

    id: str
    script: str
    alphabet: str
    exclusive: str
    beats: tuple[str, ...]
    words: tuple[str, ...]
    clusters: tuple[str, ...]
    never_initial: tuple[str, ...]
    presumed: bool
    spelling_of: str


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word with one right spelling: a unit, an acronym, a brand."""

    word: str
    group: str
    language: str


@dataclass(frozen=True, slots=True)
class LanguageWord:
    """A word and its language: an English word of look-alike letters, or a word of one letter."""

    word: str
    language: str


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A Cyrillic acronym or word, and its established Latin form."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its symbols in Latin and in Cyrillic letters, as many in each."""

    latin: str
    cyrillic: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A named character reference of HTML, and its letter."""

    name: str
    letter: str


@dataclass(frozen=True, slots=True)
class Designator:
    """Letters before or between digits: in Russian, in Ukrainian, and their official Latin form."""

    cyrillic: str
    native_uk: str
    latin: str
    kind: str


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """One kind of zone, and what may still be said inside it (`skip` or `report`).

    A zone is a match of `pattern` in a paragraph, looked for only where `needs` is found; or, with
    `close`, all from a match of `pattern` to the next match of `close` in the document.
    """

    id: str
    pattern: str
    close: str
    needs: str
    effect: str


@dataclass(frozen=True, slots=True)
class GlossSign:
    """A sign that foreign letters are meant: a `label`, a `pair` of marks, or a `joiner`."""

    role: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A word or sign that tells how a text speaks."""

    signal: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row of a decision table: if all of `when` holds, this is decided.

    A condition is `feature=value` or `feature=value|value`.
    """

    id: str
    when: tuple[str, ...]
    verdict: str
    repair: str
    applicability: str
    message: str


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place: `name` is canonical under the ruleset's profile, `uk` and `ru` are native names.

    A place abroad has its own `language` too, and its `native` name in that. `latitude` and `longitude` are
    numbers of `normalize.ruleset.kinds`. Latin spellings of one that `is_kept` are left as they are.
    """

    id: str
    kind: str
    country: str
    name: str
    uk: str
    ru: str
    ids: tuple[str, ...]
    prominence: int
    part_of: str
    language: str
    native: str
    latitude: int
    longitude: int
    is_kept: bool


@dataclass(frozen=True, slots=True)
class NameEntry:
    """What a phrase of the place lexicon stands for, and the words that replace it.

    `place` is a row of `places`; `kind` and `separators` are numbers of `normalize.ruleset.kinds`; bit
    i of `keep` says that word i stays as it is written if it is Latin (`region` in `Kharkov region`).
    """

    place: int
    kind: int
    words: tuple[str, ...]
    separators: tuple[int, ...]
    keep: int
    until: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far a name may be believed; `place` is a row of `places` plus one, 0 for any place."""

    key: str
    place: int
    behaviour: str
    cues: tuple[str, ...]
    counter_cues: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CueGroup:
    """What a phrase of the cue lexicon means; with `capitals` it counts only when written so."""

    group: str
    capitals: bool


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


@dataclass(frozen=True, slots=True)
class SchemeHead:
    """The facts of a transliteration scheme; its rules are rows of `scheme.rules`."""

    id: str
    language: str
    title: str
    authority: str
    year: int
    url: str
    reversible: str
    lossy: tuple[str, ...]
    apostrophe: str
    stress: str
    dotted: bool
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeRule:
    """One rule of a scheme: `scheme` is a row of `schemes`, `backward` tells the direction.

    A rule of whole words has `whole`.
    """

    scheme: int
    backward: bool
    whole: bool
    source: str
    target: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_edge: bool
    right_edge: bool


Record = TypeVar("Record")


def schema() -> str:
    """A digest of the records' columns: rulesets of another release may have other ones."""
    kinds = sorted(
        (kind for kind in globals().values() if isinstance(kind, type) and is_dataclass(kind)),
        key=lambda kind: kind.__name__,
    )
    columns = [f"{kind.__name__} {field.name} {field.type}" for kind in kinds for field in fields(kind)]
    text = ";".join(columns)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_records(writer: Writer, section: str, kind: type[Record], rows: Iterable[Record]) -> None:
    """Add a section of records. Raises TypeError for a field that no column can hold."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    writer.table(
        section, len(names), [[_encode(writer, getattr(row, name)) for name in names] for row in rows]
    )


def read_records(container: Container, section: str, kind: type[Record]) -> list[Record]:
    """The records of a section, read out."""
    return [read_record(container, row, kind) for row in container.rows(section)]


def read_record(container: Container, row: Sequence[int], kind: type[Record]) -> Record:
    """One record from its columns."""
    columns = zip(_decoders(kind), row, strict=True)
    return kind(*[decode(container, number) for decode, number in columns])


@cache
def _decoders(kind: type[Record]) -> tuple[Callable[[Container, int], Any], ...]:
    """How each column of a record is read; a field's type says so."""
    return tuple(_DECODERS[str(field.type)] for field in fields(kind))  # type: ignore[arg-type]


def _encode(writer: Writer, value: object) -> int:
    if isinstance(value, str):
        return writer.string(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, tuple):
        return writer.list(_encode(writer, item) for item in cast("tuple[object, ...]", value))
    raise TypeError(f"no column can hold {value!r}")


def _number(_: Container, number: int) -> int:
    return number


def _flag(_: Container, number: int) -> bool:
    return bool(number)


_DECODERS: dict[str, Callable[[Container, int], Any]] = {
    "str": Container.string,
    "int": _number,
    "bool": _flag,
    "tuple[str, ...]": Container.strings,
    "tuple[int, ...]": Container.list,
}
