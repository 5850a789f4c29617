"""What a city abroad is called: in its own language, in Russian and Ukrainian, and in English."""

from __future__ import annotations

import sqlite3
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalize.compiler.build import Tables
from normalize.scheme import Transliterator
from tools.gazetteer.codifier import tidy
from tools.gazetteer.geonames import Entry
from tools.gazetteer.letters import is_name_in
from tools.gazetteer.report import Report

PART_OF_CITY = "PPLX"
HISTORICAL = "PPLH"


@dataclass(frozen=True, slots=True)
class Tagged:
    """What pycities knows of a place: its Russian and Ukrainian names, and its code of kind in GeoNames."""

    ru: str
    uk: str
    feature: str


@dataclass(frozen=True, slots=True)
class Named:
    """All names of a city; `native` is the official one of `language`."""

    name: str
    language: str
    native: str
    uk: str
    ru: str


def read_tagged(path: Path) -> dict[int, Tagged]:
    """The places of pycities by GeoNames id."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute("select geonames_id, name_ru, name_uk, feature_code from city")
        return {number: Tagged(ru or "", uk or "", feature or "") for number, ru, uk, feature in rows}


def plain(name: str) -> str:
    """A name without marks: its Latin letters in small."""
    letters = unicodedata.normalize("NFD", name).lower().replace("đ", "d").replace("ı", "i")
    return "".join(char for char in letters if char.isascii() and char.isalpha())


class Namer:
    """Names cities by `abroad.toml`."""

    def __init__(self, path: Path, tables: Tables, tagged: Mapping[int, Tagged], report: Report) -> None:
        facts = tomllib.loads(path.read_text("utf-8"))
        self.least_people: int = facts["least_people"]
        self.much_named: int = facts["much_named"]
        self.adjectives = tuple(facts["adjectives"])
        self.countries: dict[str, dict[str, Any]] = facts["countries"]
        self._cities: dict[int, dict[str, Any]] = {int(key): value for key, value in facts["cities"].items()}
        self._tagged, self._report = tagged, report
        self._latin = {
            country: Transliterator.forward(tables.schemes[one["scheme"]], tables.case).transliterate
            for country, one in self.countries.items()
            if "scheme" in one
        }

    def exception(self, entry: Entry) -> dict[str, Any]:
        """What abroad.toml says of the city; empty if nothing."""
        return self._cities.get(entry.id, {})

    def is_part(self, entry: Entry) -> bool:
        """Whether the entry is a quarter of a city, or a place that is no more."""
        known = self._tagged.get(entry.id)
        return known is not None and known.feature in (PART_OF_CITY, HISTORICAL)

    def named(self, entry: Entry) -> Named | None:
        """The names of a city; None where its official name is not known."""
        country, own = self.countries[entry.country], self.exception(entry)
        language: str = country["language"]
        known = self._tagged.get(entry.id, Tagged("", "", ""))
        ru = own.get("ru") or _if_name(known.ru, "ru")
        uk = own.get("uk") or _if_name(known.uk, "uk")
        if entry.country not in self._latin:
            native: str = own.get("native") or entry.name
            return Named(own.get("name") or entry.name, language, native, uk, ru)
        if language == "ru":
            native = own.get("native") or ru or self._native(entry)
            ru = native
        else:
            native = own.get("native") or self._native(entry, ru)
        if not native:
            self._report.add("GeoNames: no alternate is the official name", f"{entry.country} {entry.name}")
            return None
        given: str = own.get("name") or self.by_standard(native, entry.country)
        if plain(given) != plain(entry.name):
            why = own.get("why") or country["scheme"]
            self._report.add(
                "GeoNames has another name", f"{entry.country} {native}: {given} ({why}), not {entry.name}"
            )
        return Named(given, language, native, uk, ru)

    def by_standard(self, native: str, country: str) -> str:
        """An official name as the country's standard spells it, as English prints have it."""
        one = self.countries[country]
        spelled = self._latin[country](native)
        for sign in one.get("drop", ""):
            spelled = spelled.replace(sign, "")
        if one.get("plain"):
            bare = unicodedata.normalize("NFD", spelled)
            spelled = "".join(char for char in bare if not unicodedata.combining(char) and char not in "’”'ʼ")
        return spelled

    def _native(self, entry: Entry, russian: str = "") -> str:
        """The alternate that the country's standard spells as GeoNames does, or as another alternate does.

        One that is not the Russian name goes before it.
        """
        written = [tidy(one.replace("\u0301", "")) for one in entry.alternates]
        cyrillic = [one for one in written if one[:1].isupper() and _is_cyrillic(one)]
        cyrillic.sort(key=lambda one: one == russian)
        wanted = [{plain(entry.name)}, {plain(one) for one in entry.latin}]
        for accepted in wanted:
            for name in cyrillic:
                spelled = self.by_standard(name, entry.country)
                if plain(spelled) in accepted and not any("CYRILLIC" in _name(char) for char in spelled):
                    return name
        return ""


def _if_name(name: str, language: str) -> str:
    name = tidy(name)
    return name if is_name_in(name, language) else ""


def _is_cyrillic(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and all("CYRILLIC" in _name(char) for char in letters)


def _name(char: str) -> str:
    return unicodedata.name(char, "")
