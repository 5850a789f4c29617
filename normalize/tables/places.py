"""Loading `tables/places/`: typed rows, and the mistakes that a single row can make."""

from __future__ import annotations

import re
from pathlib import Path

from normalize.errors import TableError
from normalize.tables.place_rows import (
    CueRow,
    DesignationRow,
    FormerRow,
    FrameRow,
    FrozenRow,
    JudgementRow,
    LookupOnlyRow,
    NameRow,
    PlaceRow,
    PlaceTables,
    RejectRow,
    StemRow,
)
from normalize.tables.source import Row, read_tsv

SETTLEMENTS = ("city", "town", "village", "district", "plant", "club")
REGIONS = ("oblast", "raion", "hromada", "republic", "krai", "okrug", "province", "country", "region")
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
_MORE_FILES = {  # tables that a directory may have besides, each joined to the rows of another
    "names-raions.tsv": "names.tsv",
    "names-geonames.tsv": "names.tsv",
    "former-settlements.tsv": "former.tsv",
    "raion-stems.tsv": "oblast-stems.tsv",
    "lookup-names.tsv": "",
    "lookup-only.tsv": "",
    "names-abroad.tsv": "names.tsv",
    "lookup-names-abroad.tsv": "lookup-names.tsv",
    "lookup-only-abroad.tsv": "",
    "coordinates.tsv": "",
}
_LOOKUP_ONLY = ("lookup-only.tsv", "lookup-only-abroad.tsv")


def load_places(directory: Path, extend: tuple[Path, ...] = ()) -> PlaceTables:
    """Load every table of `directory` and the user tables `extend`.

    Raises `TableError` for the first row that is not what the grammar says.
    """
    tables = {name: list(read_tsv(directory / name, columns).rows) for name, columns in _OTHER_FILES.items()}
    for name, joined in _MORE_FILES.items():
        columns = _columns(name, joined)
        rows = read_tsv(directory / name, columns).rows if (directory / name).is_file() else ()
        tables.setdefault(joined or name, []).extend(rows)
    places: list[PlaceRow] = []
    for path in sorted(directory.glob("*.tsv")):
        if path.name not in _OTHER_FILES and path.name not in _MORE_FILES:
            places.extend(_place(row) for row in read_tsv(path, _PLACE_COLUMNS).rows)
    names = [_name(row) for row in tables["names.tsv"]]
    lookup_names = [_name(row) for row in tables["lookup-names.tsv"]]
    judgements = [_judgement(row) for row in tables["judgements.tsv"]]
    for path in extend:
        _extend(path, places, names, judgements)
    _known_places(
        places, [*names, *lookup_names], [*tables["former.tsv"], *tables["coordinates.tsv"]], judgements
    )
    return PlaceTables(
        places=tuple(places),
        stems=tuple(_stem(row) for row in tables["oblast-stems.tsv"]),
        names=tuple(names),
        former=tuple(_former(row) for row in tables["former.tsv"]),
        judgements=tuple(judgements),
        cues=tuple(CueRow(row, row["group"], row["phrase"]) for row in tables["cues.tsv"]),
        frames=tuple(_frame(row) for row in tables["frames.tsv"]),
        frozen=tuple(FrozenRow(row, row["phrase"], row["reason"]) for row in tables["frozen.tsv"]),
        rejects=tuple(RejectRow(row, row["name"], row["reason"]) for row in tables["rejects.tsv"]),
        designations=tuple(_designation(row) for row in tables["designations.tsv"]),
        lookup_names=tuple(lookup_names),
        lookup_only=_lookup_only(tables["lookup-only.tsv"]),
        lookup_only_abroad=_lookup_only(tables["lookup-only-abroad.tsv"]),
        coordinates={row["place"]: _coordinates(row) for row in tables["coordinates.tsv"]},
    )


def _columns(name: str, joined: str) -> tuple[str, ...]:
    """The columns that a further table must have: `joined` is the one whose rows it adds to."""
    if name == "coordinates.tsv":
        return ("place", "latitude", "longitude")
    return _OTHER_FILES[
        "rejects.tsv" if name in _LOOKUP_ONLY else joined if joined in _OTHER_FILES else "names.tsv"
    ]


def _lookup_only(rows: list[Row]) -> tuple[LookupOnlyRow, ...]:
    return tuple(LookupOnlyRow(row["name"], row["reason"]) for row in rows)


def _coordinates(row: Row) -> tuple[float, float]:
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        raise row.error("a latitude or longitude that is no number", "write degrees: 50.45") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise row.error("a latitude or longitude that is none on Earth", "write -90 to 90 and -180 to 180")
    return latitude, longitude


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
        row["name"] if row["language"] else "",
        row["language"],
        row["native"],
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
    places: list[PlaceRow], names: list[NameRow], others: list[Row], judgements: list[JudgementRow]
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
    referring += [(row, row["place"]) for row in others]
    referring += [(judgement.row, judgement.place) for judgement in judgements if judgement.place]
    for row, identity in referring:
        if identity not in ids:
            raise row.error(f"no place has the id {identity!r}", "add the place, or correct the id")
