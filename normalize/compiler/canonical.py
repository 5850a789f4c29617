"""Canonical names: what a place is called under a profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from normalize.tables.places import NameRow, PlaceRow, PlaceTables
from normalize.tables.profiles import Profile

HOME_COUNTRY = "UA"
Transliterate = Callable[[str, str], str]
"""(text, language) to Latin letters, by the profile's scheme for the language."""


class Canonical:
    """The canonical Latin name of every place.

    The profile's own `names` go first, then the first kind of `profile.prefer` that names.tsv has for the
    place; without one it is the English name that a table of places abroad has, or else the official native
    name by the profile's scheme.
    """

    def __init__(self, tables: PlaceTables, profile: Profile, transliterate: Transliterate) -> None:
        self._profile, self._transliterate = profile, transliterate
        self._own: dict[str, list[NameRow]] = {}
        for name in tables.names:
            self._own.setdefault(name.place, []).append(name)
        self._names = {place.id: self._find(place) for place in tables.places}

    def name(self, place: PlaceRow) -> str:
        return self._names[place.id]

    def by_id(self, place_id: str) -> str:
        return self._names[place_id]

    def russian(self, name: str) -> str:
        """A Russian name by the profile's scheme."""
        return self._transliterate(name, "ru")

    def by_scheme(self, place: PlaceRow) -> str:
        """The name that the scheme alone gives; "" where the place has no native name."""
        if place.country == HOME_COUNTRY or not place.ru:
            return self._transliterate(place.uk, "uk")
        return self._transliterate(place.ru, "ru")

    def _find(self, place: PlaceRow) -> str:
        if place.id in self._profile.names:
            return self._profile.names[place.id]
        rows: Sequence[NameRow] = self._own.get(place.id, ())
        for kind in (*self._profile.prefer, "canonical"):
            for row in rows:
                if row.kind == kind:
                    return row.name
        return place.name or self.by_scheme(place)
