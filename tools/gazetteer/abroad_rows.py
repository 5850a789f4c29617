"""Rows of places abroad: their ids, prominence and divisions, other spellings, and names that are words."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from normalize.compiler.build import Tables
from normalize.tables.places import PlaceTables
from normalize.text.sounds import Sounds
from tools.gazetteer.abroad_names import Named, Namer, plain
from tools.gazetteer.alternates import SHORTEST, SHORTEST_VARIANT, is_plain
from tools.gazetteer.geonames import Entry, read_geonames
from tools.gazetteer.report import Report
from tools.gazetteer.words import Words

CITIES, DIVISIONS = "cities-abroad", "divisions-abroad"
COLUMNS = (
    *("id", "kind", "country", "uk", "ru", "prominence", "part_of", "ids"),
    *("name", "language", "native"),
)
LEAST, STEP, CAPITAL, MOST = 10, 20, 15, 85  # prominence: at the cut, for ten times the people, of a capital
FOUND_BY_CAPITALS = 39  # the prominence up to which a name is not looked for in small letters
PERSON = "a personal name"
WORDS = ("an English word", "a Ukrainian word", "a Russian word", PERSON)
MANY = 100_000  # people in a city whose Latin name is looked for although someone is called so
TEXT, ADJECTIVE = "abroad.toml", "an adjective"


@dataclass(frozen=True, slots=True)
class City:
    """A city with all that is known of it; `text` tells whether texts are searched for its name, if said."""

    id: str
    entry: Entry
    named: Named
    prominence: int
    part_of: str
    ids: tuple[str, ...]
    text: bool | None
    is_much_named: bool

    def row(self) -> tuple[str, ...]:
        one = self.named
        return (
            *(self.id, "city", self.entry.country, one.uk, one.ru, str(self.prominence), self.part_of),
            *(" ; ".join(self.ids), one.name, one.language, one.native),
        )


class Cities:
    """The cities of GeoNames that are large enough, with the divisions that they belong to."""

    def __init__(self, data: Path, namer: Namer, hand: PlaceTables, pycountry: Path, report: Report) -> None:
        self._namer, self._report = namer, report
        entries = [one for one in read_geonames(data) if one.country in namer.countries]
        self._entries = sorted(entries, key=lambda one: (one.country, -one.population, one.id))
        self._divisions = [place for place in hand.places if place.row.path.stem == DIVISIONS]
        self._check_divisions(pycountry)

    def _check_divisions(self, pycountry: Path) -> None:
        """Report codes of ISO 3166-2 that no place has, and those that are not there."""
        found = sorted(pycountry.rglob("iso3166-2.json"))
        codes = {one["code"] for one in json.loads(found[0].read_text("utf-8"))["3166-2"]}
        known = {code[4:] for place in self._divisions for code in place.ids if code.startswith("iso:")}
        known |= {
            code[4:]
            for one in self._entries
            for code in self._namer.exception(one).get("ids", ())
            if code.startswith("iso:")
        }
        for code in sorted(known - codes):
            self._report.add("ISO 3166-2 has no such code", code)
        countries = {place.country for place in self._divisions if place.kind != "region"}
        for code in sorted(codes - known):
            if code[:2] in countries and code[:2] not in ("MD", "RS"):
                self._report.add("ISO 3166-2: no division has the code", code)

    def rows(self) -> list[City]:
        named = [(one, self._namer.named(one)) for one in self._entries if self._is_listed(one)]
        natives = {(one.country, names.native): one.admin for one, names in reversed(named) if names}
        natives |= {
            (one.country, names.ru): one.admin for one, names in reversed(named) if names and names.ru
        }
        part_of = {
            (place.country, natives[place.country, seat]): place.id
            for place in self._divisions
            if (seat := place.row["seat"]) and (place.country, seat) in natives
        }
        for place in self._divisions:
            if place.row["seat"] and (place.country, place.row["seat"]) not in natives:
                self._report.add("no city is the seat of a division", f"{place.id}: {place.row['seat']}")
        slugs = Counter(_slug(one, names) for one, names in named if names)
        return [
            self._city(one, names, slugs, part_of.get((one.country, one.admin), ""))
            for one, names in named
            if names is not None
        ]

    def _is_listed(self, entry: Entry) -> bool:
        if self._namer.is_part(entry):
            if entry.population >= self._namer.least_people:
                self._report.add("GeoNames: a part of a city", entry.name)
            return False
        return entry.population >= self._namer.least_people or bool(self._namer.exception(entry))

    def _city(self, entry: Entry, names: Named, slugs: Counter[str], part_of: str) -> City:
        own = self._namer.exception(entry)
        slug = _slug(entry, names)
        people = max(entry.population, self._namer.least_people)
        prominence = LEAST + STEP * math.log10(people / self._namer.least_people)
        prominence += CAPITAL if own.get("capital") else 0
        most = FOUND_BY_CAPITALS if own.get("text") is True else MOST  # in small letters it is a word
        return City(
            slug if slugs[slug] == 1 else f"{slug}-{entry.id}",
            entry,
            names,
            min(most, round(prominence)),
            part_of,
            (f"geonames:{entry.id}", *own.get("ids", ())),
            own.get("text"),
            entry.population >= self._namer.much_named,
        )


def _slug(entry: Entry, names: Named) -> str:
    words = (plain(word) for word in re.split(r"[\s-]+", names.name))
    return f"city-{entry.country.lower()}-{'-'.join(word for word in words if word)}"


def alternates(city: City, tables: Tables, words: Words, report: Report) -> Iterator[tuple[str, bool]]:
    """Names of GeoNames that are not the city's own, each with whether it sounds as these do."""
    key, sound = tables.folder.key, _sound(tables)
    one = city.named
    own = {key(name) for name in (one.name, one.native, one.ru, one.uk) if name}
    sounds = {sound(name) for name in (one.name, _latin_of(tables, one.ru)) if name}
    given = city.entry.latin + city.entry.cyrillic
    for name in dict.fromkeys(given):
        is_name = name[:1].isupper() and not name.isupper() and len(name) >= SHORTEST and is_plain(name)
        if not is_name or key(name) in own:
            continue
        own.add(key(name))
        reason = words.reason(key(name))
        if reason in WORDS and reason != PERSON:
            report.add(f"GeoNames: an alternate that is {reason}", name)
        elif not reason and name.isascii() and len(name) >= SHORTEST_VARIANT and sound(name) in sounds:
            yield name, True
        elif city.is_much_named:
            yield name, False


def is_doubtful(
    city: City, tables: Tables, words: Words, adjectives: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """The names of the city, as comparison keys, for which no text is searched, with the reason."""
    if city.text is True:
        return
    key, spellings = tables.folder.key, tables.spellings
    one = city.named
    latin = {key(name) for name in (one.name, one.native) if name and name[0] < "\u0250"}
    if city.text is False:
        yield from ((name, TEXT) for name in latin)
    native: set[str] = set()
    for name, language in ((one.ru, "ru"), (one.uk, "uk")):
        if name and " " not in name and "-" not in name:
            native.update(spellings.native_forms(key(name), language))
    if one.native and one.native[0] > "\u0250":
        native.add(key(one.native))
    is_adjective = one.ru.endswith(adjectives) and city.prominence < FOUND_BY_CAPITALS
    for name in sorted(native):
        reason = TEXT if city.text is False else words.reason(name)
        if is_adjective and reason not in WORDS:
            reason = ADJECTIVE
        if reason in (*WORDS, TEXT, ADJECTIVE):
            yield name, reason
    for name in sorted(latin):
        reason = words.reason(name)
        if reason in WORDS and not (reason == PERSON and city.entry.population >= MANY):
            yield name, reason


def _sound(tables: Tables) -> Callable[[str], str]:
    sounds, key = Sounds(tables.sounds.items()), tables.folder.key
    return lambda name: " ".join(sounds.fold(key(word)) for word in name.replace("-", " ").split())


def _latin_of(tables: Tables, russian: str) -> str:
    from normalize.scheme import Transliterator

    return Transliterator.forward(tables.schemes["ru-bgnpcgn-simplified"], tables.case).transliterate(russian)
