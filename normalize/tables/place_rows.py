"""The rows of `tables/places/` as they are read."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.tables.source import Row


@dataclass(frozen=True, slots=True)
class PlaceRow:
    row: Row
    id: str
    kind: str
    country: str
    uk: str
    ru: str
    prominence: int
    part_of: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StemRow:
    """How an oblast's name is spelled before `Oblast`: as its city, or as an adjective."""

    oblast: str
    city_uk: str
    city_ru: str
    adjective_uk: str
    adjective_ru: str


@dataclass(frozen=True, slots=True)
class NameRow:
    row: Row
    place: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class FormerRow:
    row: Row
    place: str
    uk: str
    ru: str
    names: tuple[str, ...]
    since: str
    until: str

    @property
    def is_attested(self) -> bool:
        """Whether the row was written by hand, and not found by comparing registers."""
        return self.row.path.name != "former-settlements.tsv"


@dataclass(frozen=True, slots=True)
class JudgementRow:
    row: Row
    name: str
    place: str
    behaviour: str
    cues: tuple[str, ...]
    counter_cues: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CueRow:
    row: Row
    group: str
    phrase: str


@dataclass(frozen=True, slots=True)
class FrameRow:
    row: Row
    id: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    effect: str
    example: str


@dataclass(frozen=True, slots=True)
class FrozenRow:
    row: Row
    phrase: str
    reason: str


@dataclass(frozen=True, slots=True)
class RejectRow:
    row: Row
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LookupOnlyRow:
    """A word that is a name of little known places too; `reason` says what else it is."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class DesignationRow:
    row: Row
    word: str
    kind: str
    language: str
    role: str


@dataclass(frozen=True, slots=True)
class PlaceTables:
    """All rows of `tables/places/`, user tables included.

    `lookup_names` are names that only a look-up knows, `lookup_only` words that no text is taken to mean a
    little known place by.
    """

    places: tuple[PlaceRow, ...]
    stems: tuple[StemRow, ...]
    names: tuple[NameRow, ...]
    former: tuple[FormerRow, ...]
    judgements: tuple[JudgementRow, ...]
    cues: tuple[CueRow, ...]
    frames: tuple[FrameRow, ...]
    frozen: tuple[FrozenRow, ...]
    rejects: tuple[RejectRow, ...]
    designations: tuple[DesignationRow, ...]
    lookup_names: tuple[NameRow, ...] = ()
    lookup_only: tuple[LookupOnlyRow, ...] = ()
