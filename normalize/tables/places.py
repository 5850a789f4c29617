"""Loading `tables/places/`: typed rows, and the mistakes that a single row can make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from normalize.errors import TableError
from normalize.tables.source import Row, TsvTable, read_tsv

SETTLEMENTS = ("city", "town", "village", "district", "plant", "club")
REGIONS = ("oblast", "raion", "republic", "country", "region")
WATERS = ("river", "sea", "lake", "bay", "reservoir")
LANDS = ("island", "peninsula", "mountain", "other")
PLACE_KINDS = frozenset((*SETTLEMENTS, *REGIONS, *WATERS, *LANDS))
NAME_KINDS = frozenset(
    ["canonical", "conventional", "exonym", "translit", "russian-derived", "misspelling", "native", "former"]
)
BEHAVIOURS = frozenset(("always", "unless", "only"))
EFFECTS = frozenset(("keep", "person", "foreign", "support"))
ROLES = frozenset(("suffix", "prefix", "abbreviation"))
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


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
class DesignationRow:
    row: Row
    word: str
    kind: str
    language: str
    role: str


@dataclass(frozen=True, slots=True)
class PlaceTables:
    """All rows of `tables/places/`, user tables included."""

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


_PLACE_COLUMNS = ("id", "kind", "country", "uk", "ru", "prominence")
_OTHER_FILES = {
    "names.tsv": ("place", "name", "kind"),
    "former.tsv": ("place", "uk", "ru", "names", "from", "until"),
    "rejects.tsv": ("name", "reason"),
    "judgements.tsv": ("name", "place", "behaviour", "cues", "counter_cues"),
    "cues.tsv": ("group", "phrase"),
    "frames.tsv": ("id", "before", "after", "effect", "example"),
    "frozen.tsv": ("phrase", "reason"),
    "designations.tsv": ("word", "kind", "language", "role"),
    "oblast-stems.tsv": ("oblast", "city_uk", "city_ru", "adjective_uk", "adjective_ru"),
}


def load_places(directory: Path, extend: tuple[Path, ...] = ()) -> PlaceTables:
    """Load every table of `directory` and the user tables `extend`.

    Raises `TableError` for the first row that is not what the grammar says.
    """
    tables = {name: read_tsv(directory / name, columns) for name, columns in _OTHER_FILES.items()}
    places: list[PlaceRow] = []
    for path in sorted(directory.glob("*.tsv")):
        if path.name not in _OTHER_FILES:
            places.extend(_place(row) for row in read_tsv(path, _PLACE_COLUMNS).rows)
    names = [_name(row) for row in tables["names.tsv"].rows]
    judgements = [_judgement(row) for row in tables["judgements.tsv"].rows]
    for path in extend:
        _extend(path, places, names, judgements)
    _known_places(places, names, tables["former.tsv"], judgements)
    return PlaceTables(
        places=tuple(places),
        stems=tuple(_stem(row) for row in tables["oblast-stems.tsv"].rows),
        names=tuple(names),
        former=tuple(_former(row) for row in tables["former.tsv"].rows),
        judgements=tuple(judgements),
        cues=tuple(CueRow(row, row["group"], row["phrase"]) for row in tables["cues.tsv"].rows),
        frames=tuple(_frame(row) for row in tables["frames.tsv"].rows),
        frozen=tuple(FrozenRow(row, row["phrase"], row["reason"]) for row in tables["frozen.tsv"].rows),
        rejects=tuple(RejectRow(row, row["name"], row["reason"]) for row in tables["rejects.tsv"].rows),
        designations=tuple(_designation(row) for row in tables["designations.tsv"].rows),
    )


def _extend(path: Path, places: list[PlaceRow], names: list[NameRow], judgements: list[JudgementRow]) -> None:
    """A user's table: `name`, `variants`, and optionally all columns of a place row and a judgement."""
    table = read_tsv(path, ("name", "variants"))
    allowed = {
        "name",
        "variants",
        "id",
        "kind",
        "country",
        "uk",
        "ru",
        "prominence",
        "part_of",
        "ids",
        "behaviour",
        "cues",
        "counter_cues",
        "source",
        "note",
    }
    for column in table.columns:
        if column not in allowed:
            raise TableError(path, 1, f"unknown column {column!r}", f"use {', '.join(sorted(allowed))}")
    for row in table.rows:
        if not row["name"]:
            raise row.error("a place without a name", "fill the column `name` with the canonical name")
        kind = row["kind"] or "other"
        slug = re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-") or "place"
        identity = row["id"] or f"user-{slug}"
        cells = {**row.cells, "id": identity, "kind": kind, "country": row["country"] or "UA"}
        if not cells.get("prominence"):
            cells["prominence"] = "50"
        places.append(_place(Row(row.path, row.line, cells)))
        names.append(NameRow(row, identity, row["name"], "canonical"))
        for variant in row.many("variants"):
            names.append(NameRow(row, identity, variant, "translit"))
            if row["behaviour"]:
                judgement = {**row.cells, "name": variant, "place": identity}
                judgements.append(_judgement(Row(row.path, row.line, judgement)))


def _place(row: Row) -> PlaceRow:
    if not _ID.match(row["id"]):
        raise row.error(f"id {row['id']!r} is not a slug", "write it in a-z, 0-9 and hyphens: city-kharkiv")
    if row["kind"] not in PLACE_KINDS:
        raise row.error(f"unknown kind {row['kind']!r}", f"use one of {', '.join(sorted(PLACE_KINDS))}")
    try:
        prominence = int(row["prominence"])
    except ValueError:
        raise row.error(f"prominence {row['prominence']!r} is not a number", "write 0 to 100") from None
    if not 0 <= prominence <= 100:
        raise row.error(f"prominence {prominence} is out of range", "write 0 to 100")
    return PlaceRow(
        row,
        row["id"],
        row["kind"],
        row["country"],
        row["uk"],
        row["ru"],
        prominence,
        row["part_of"],
        row.many("ids"),
    )


def _stem(row: Row) -> StemRow:
    return StemRow(row["oblast"], row["city_uk"], row["city_ru"], row["adjective_uk"], row["adjective_ru"])


def _name(row: Row) -> NameRow:
    if row["kind"] not in NAME_KINDS:
        raise row.error(f"unknown kind {row['kind']!r}", f"use one of {', '.join(sorted(NAME_KINDS))}")
    if not row["name"]:
        raise row.error("a name that is empty", "fill the column `name` or remove the row")
    return NameRow(row, row["place"], row["name"], row["kind"])


def _former(row: Row) -> FormerRow:
    return FormerRow(row, row["place"], row["uk"], row["ru"], row.many("names"), row["from"], row["until"])


def _judgement(row: Row) -> JudgementRow:
    if row["behaviour"] not in BEHAVIOURS:
        raise row.error(
            f"unknown behaviour {row['behaviour']!r}", f"use one of {', '.join(sorted(BEHAVIOURS))}"
        )
    return JudgementRow(
        row,
        row["name"],
        row["place"],
        row["behaviour"],
        row.many("cues"),
        row.many("counter_cues"),
        row["note"],
    )


def _frame(row: Row) -> FrameRow:
    if row["effect"] not in EFFECTS:
        raise row.error(f"unknown effect {row['effect']!r}", f"use one of {', '.join(sorted(EFFECTS))}")
    before, after = tuple(row["before"].split()), tuple(row["after"].split())
    if not before and not after:
        raise row.error("a frame without words", "fill `before`, `after` or both")
    return FrameRow(row, row["id"], before, after, row["effect"], row["example"])


def _designation(row: Row) -> DesignationRow:
    if row["role"] not in ROLES:
        raise row.error(f"unknown role {row['role']!r}", f"use one of {', '.join(sorted(ROLES))}")
    return DesignationRow(row, row["word"], row["kind"], row["language"], row["role"])


def _known_places(
    places: list[PlaceRow], names: list[NameRow], former: TsvTable, judgements: list[JudgementRow]
) -> None:
    ids: dict[str, PlaceRow] = {}
    for place in places:
        other = ids.setdefault(place.id, place)
        if other is not place:
            raise place.row.error(
                f"id {place.id!r} stands already at {other.row.path}:{other.row.line}",
                "give each place an id of its own",
            )
    referring = [(name.row, name.place) for name in names]
    referring += [(row, row["place"]) for row in former.rows]
    referring += [(judgement.row, judgement.place) for judgement in judgements if judgement.place]
    for row, identity in referring:
        if identity not in ids:
            raise row.error(f"no place has the id {identity!r}", "add the place, or correct the id")
