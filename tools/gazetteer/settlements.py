"""Settlements that no table written by hand holds: rows of `towns.tsv` and `villages.tsv`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from normalize.tables.places import PlaceTables
from tools.gazetteer.codifier import CITY, SETTLEMENTS, SMALL_TOWN, Unit
from tools.gazetteer.divisions import slug
from tools.gazetteer.geonames import Entry, by_native, regions, russian_of
from tools.gazetteer.letters import are_letters_of
from tools.gazetteer.report import Report
from tools.gazetteer.russian import Russian

KATOTTG, GEONAMES = "katottg:", "geonames:"
COLUMNS = ("id", "kind", "country", "uk", "ru", "prominence", "part_of", "ids")
TOWN_PROMINENCE, LARGE_PROMINENCE = 8, 6
LARGE = 2500  # people in a village that is no longer a small one
VILLAGE_STEPS = ((1000, 4), (500, 3))  # people, prominence; a smaller village, or one of unknown size, has 1
Transliterate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement with all that is known of it."""

    unit: Unit
    kind: str
    ru: str
    prominence: int
    part_of: str
    entry: Entry | None

    @property
    def ids(self) -> str:
        own = [KATOTTG + self.unit.code]
        if self.entry is not None:
            own.append(f"{GEONAMES}{self.entry.id}")
        return " ; ".join(own)

    def row(self, transliterate: Transliterate) -> tuple[str, ...]:
        identity = slug(self.kind, transliterate(self.unit.name), self.unit.code)
        return (
            identity,
            self.kind,
            "UA",
            self.unit.name,
            self.ru,
            str(self.prominence),
            self.part_of,
            self.ids,
        )


class Gazetteer:
    """The codifier held against GeoNames and the tables that are written by hand."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        before: Mapping[str, Unit],
        entries: Iterable[Entry],
        tables: PlaceTables,
        report: Report,
    ) -> None:
        self._units, self._before, self._report = units, before, report
        self.known = {
            code[len(KATOTTG) :]: place
            for place in tables.places
            for code in place.ids
            if code.startswith(KATOTTG)
        }
        self._matched_ids = {
            int(code[len(GEONAMES) :])
            for place in tables.places
            for code in place.ids
            if code.startswith(GEONAMES)
        }
        self.entries = list(entries)
        self.oblasts = {
            code[:4]: place.id
            for code, place in self.known.items()
            if code in units and units[code].category in "OK"
        }
        self._matches = self._match()

    def _match(self) -> dict[str, Entry]:
        oblast_of: dict[int, str] = {}
        for code, place in self.known.items():
            for one in place.ids:
                if one.startswith(GEONAMES):
                    oblast_of[int(one[len(GEONAMES) :])] = code[:4]
        admins, native = regions(self.entries, oblast_of), by_native(self.entries)
        settled = [unit for unit in self._units.values() if unit.category in SETTLEMENTS]
        same = Counter((unit.oblast, unit.name) for unit in settled)
        found: dict[str, Entry] = {}
        for unit in settled:
            if unit.code in self.known:
                continue
            fitting = {
                entry.id: entry
                for entry in native.get((admins.get(unit.oblast, ""), unit.name), ())
                if entry.id not in self._matched_ids
            }
            if not fitting:
                continue
            if len(fitting) > 1 or same[unit.oblast, unit.name] > 1:
                self._report.add("GeoNames: several settlements of one name in an oblast", unit.name)
            else:
                found[unit.code] = next(iter(fitting.values()))
        return found

    def russian_pairs(self, tables: PlaceTables) -> list[tuple[str, str]]:
        """Names in both languages: of hand-made rows, and of GeoNames where it matches."""
        pairs = [(place.uk, place.ru) for place in tables.places if place.uk and place.ru]
        for code, entry in self._matches.items():
            russian = russian_of(entry, self._units[code].name)
            if russian:
                pairs.append((self._units[code].name, russian))
        return pairs

    def settlements(self, russian: Russian) -> list[Settlement]:
        """All settlements without a row of their own, by code."""
        found: list[Settlement] = []
        for code, unit in sorted(self._units.items()):
            if unit.category not in SETTLEMENTS or code in self.known:
                continue
            if not are_letters_of(unit.name, "uk"):
                self._report.add("codifier: a name that is not in Ukrainian letters", f"{code} {unit.name}")
                continue
            entry = self._matches.get(code)
            was_town = code in self._before and self._before[code].category == SMALL_TOWN
            kind = "city" if unit.category == CITY else "town" if was_town else "village"
            attested = russian_of(entry, unit.name) if entry else ""
            ru = attested or russian.name(unit.name)
            if not ru:
                self._report.add("Russian: a word of the name is not certain", unit.name)
            people = entry.population if entry else 0
            prominence = (
                TOWN_PROMINENCE
                if kind != "village"
                else LARGE_PROMINENCE
                if people >= LARGE
                else next((value for least, value in VILLAGE_STEPS if people >= least), 1)
            )
            found.append(Settlement(unit, kind, ru, prominence, self.oblasts[unit.oblast], entry))
        return found
