"""The place tables as they were on a day: places under the names that they bore then."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from normalize.tables.places import FormerRow, PlaceRow, PlaceTables

_PRESENT = ("canonical", "conventional")  # kinds of names.tsv that are names of today


def as_of(tables: PlaceTables, day: str) -> PlaceTables:
    """The tables with the names of `day` (a year or an ISO date) as the official ones; "" is today.

    A name that came later is another spelling of the one that the place had, unless another place bears it
    too, as the river Dnipro does; a former name whose beginning is not known counts from ever.
    """
    if not day:
        return tables
    day = _first_day(day)
    borne: dict[str, FormerRow] = {}
    for row in tables.former:
        is_borne = (not row.since or _first_day(row.since) <= day) and day < _first_day(row.until or "9999")
        if is_borne and (row.place not in borne or row.until < borne[row.place].until):
            borne[row.place] = row
    former = [row for row in tables.former if borne.get(row.place) is not row]
    bearers = Counter(place.uk for place in tables.places)
    places: list[PlaceRow] = []
    for place in tables.places:
        row = borne.get(place.id)
        if row is None:
            places.append(place)
        else:
            places.append(replace(place, uk=row.uk, ru=row.ru))
            if bearers[place.uk] == 1:
                former.append(replace(row, uk=place.uk, ru=place.ru, names=(), since=row.until, until=""))
    return replace(
        tables,
        places=tuple(places),
        former=tuple(former),
        names=tuple(name for name in tables.names if name.place not in borne or name.kind not in _PRESENT),
    )


def _first_day(date: str) -> str:
    """A year as its first day."""
    return date if "-" in date else f"{date}-01-01"
