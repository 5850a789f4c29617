"""The section `places`: one row for each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from normalize.compiler.canonical import Canonical
from normalize.ruleset.container import Writer
from normalize.ruleset.kinds import number_of_degrees
from normalize.ruleset.records import PlaceEntry
from normalize.tables.places import PlaceTables
from normalize.tables.profiles import Profile

COLUMNS = fields(PlaceEntry)


def write_places(writer: Writer, tables: PlaceTables, profile: Profile, canonical: Canonical) -> None:
    """The fields of `PlaceEntry`, in the order of the tables."""
    string = writer.string
    rows: Sequence[tuple[int, ...]] = [
        (
            string(place.id),
            string(place.kind),
            string(place.country),
            string(canonical.name(place)),
            string(place.uk),
            string(place.ru),
            writer.strings(place.ids),
            place.prominence,
            string(place.part_of),
            string(place.language),
            string(place.native),
            *map(number_of_degrees, tables.coordinates.get(place.id, (None, None))),
            int(place.is_abroad and place.country not in profile.countries),
        )
        for place in tables.places
    ]
    writer.table("places", len(COLUMNS), rows)
