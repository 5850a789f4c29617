"""The rows of `tables/places/` as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from normalize.tables.source import Row


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place. `name`, `language` and `native` are of the tables of other countries: the name in English, and
    the official one in the country's own language."""

    row: Row
    id: str
    kind: str
    country: str
    uk: str
    ru: str
    prominence: int
    part_of: str
    ids: tuple[str, ...]
    name: str = ""
    language: str = ""
    native: str = ""

    @property
    def is_abroad(self) -> bool:
        """Whether the row is of a table of other countries: it tells the place's own language."""
        return bool(self.language)


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
    little known place by, `lookup_only_abroad` those by which it is not taken to mean a place abroad.
    `coordinates` are latitude and longitude in degrees by the place's id.
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
    lookup_only_abroad: tuple[LookupOnlyRow, ...] = ()
    coordinates: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
