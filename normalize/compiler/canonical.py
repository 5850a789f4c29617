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
        self._stems = {stem.oblast: stem for stem in tables.stems}
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
        is_home = place.country == HOME_COUNTRY and (self._profile.spell != "ru" or not place.ru)
        if is_home or not place.ru:
            return self._transliterate(place.uk, "uk")
        return self._transliterate(place.ru, "ru")

    def _division(self, place: str, rows: Sequence[NameRow]) -> str:
        """A division by the Russian name that its stem has, with the word that its English name has."""
        english = next((row.name for row in rows if row.kind == "canonical"), rows[0].name)
        stem = self._stems[place].city_ru
        return f"{self.russian(stem)} {english.split()[-1]}" if stem else english

    def _find(self, place: PlaceRow) -> str:
        if place.id in self._profile.names:
            return self._profile.names[place.id]
        rows: Sequence[NameRow] = self._own.get(place.id, ())
        if self._profile.spell == "native-uk" and place.uk and not place.is_abroad:
            return place.uk
        if self._profile.spell == "ru" and place.id in self._stems and rows:
            return self._division(place.id, rows)
        for kind in (*self._profile.prefer, "canonical"):
            for row in rows:
                if row.kind == kind:
                    return row.name
        return place.name or self.by_scheme(place)
