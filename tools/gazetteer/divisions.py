"""Raions and hromadas of the codifier: rows, English names, and the stems they are spelled from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tools.gazetteer.codifier import CITY, CITY_OBLAST, HROMADA, RAION, SETTLEMENTS, Unit
from tools.gazetteer.report import Report

RAION_PROMINENCE, HROMADA_PROMINENCE = 9, 2
LEAST_SHARED, LEAST_SHARED_TOWN = 0.6, 0.5  # of a centre's letters that the adjective must begin with
Transliterate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a division's full name: in both languages, and in English."""

    uk: str
    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Raion:
    """A raion, and the place that its name is made of, in both languages."""

    unit: Unit
    centre: str
    centre_ru: str
    adjective_ru: str

    def row(self, oblasts: Mapping[str, str], words: Words, identity: str) -> tuple[str, ...]:
        """A row of `raions.tsv`."""
        return (
            identity,
            "raion",
            "UA",
            f"{self.unit.name} {words.uk}",
            f"{self.adjective_ru} {words.ru}" if self.adjective_ru else "",
            str(RAION_PROMINENCE),
            oblasts[self.unit.oblast],
            f"katottg:{self.unit.code}",
        )


def raions(
    units: Mapping[str, Unit],
    centres: Mapping[str, str],
    russian_of: Callable[[Unit], str],
    adjective: Mapping[str, str],
    report: Report,
) -> Iterator[Raion]:
    """All raions; `centres` are those whose names are made of no town's, `adjective` as in russian.toml."""
    inside: dict[str, list[Unit]] = {}
    for unit in units.values():
        if unit.category in SETTLEMENTS:
            inside.setdefault(unit.raion, []).append(unit)
    for unit in units.values():
        if unit.category != RAION:
            continue
        if unit.name in centres:
            named = [one for one in inside[unit.raion] if one.name == centres[unit.name]]
            ru = russian_of(named[0]) if named else ""
            yield Raion(unit, centres[unit.name], ru, "")
            continue
        centre = _centre(unit.name, inside.get(unit.raion, ()))
        if centre is None:
            report.add("raion: no settlement that its name is made of", f"{unit.code} {unit.name}")
            continue
        ru = russian_of(centre)
        made = _russian_adjective(unit.name, centre.name, ru, adjective)
        if not made:
            report.add("raion: its Russian name is not certain", f"{unit.code} {unit.name}")
        yield Raion(unit, centre.name, ru, made)


def _russian_adjective(adjective: str, uk: str, ru: str, letters: Mapping[str, str]) -> str:
    """The Russian adjective: as much of the Russian name as of the Ukrainian one, and the same ending."""
    if adjective == uk:
        return ru
    at = _shared(adjective, uk)
    if not ru or len(uk) != len(ru) or at < len(uk) - 2:
        return ""
    return ru[:at] + "".join(letters.get(letter, letter) for letter in adjective[at:])


def hromadas(
    units: Mapping[str, Unit], oblasts: Mapping[str, str], words: Words, transliterate: Transliterate
) -> Iterator[tuple[str, ...]]:
    """Rows of `hromadas.tsv`."""
    for code, unit in sorted(units.items()):
        if unit.category == HROMADA:
            identity = slug("hromada", transliterate(unit.name), code)
            yield (
                identity,
                "hromada",
                "UA",
                f"{unit.name} {words.uk}",
                "",
                str(HROMADA_PROMINENCE),
                oblasts[unit.oblast],
                f"katottg:{code}",
            )


def _centre(adjective: str, settlements: list[Unit] | tuple[Unit, ...]) -> Unit | None:
    """The town of the raion, or else its village, whose name the adjective shares most of."""
    ranked: list[tuple[int, float, int, Unit]] = []
    for unit in settlements:
        shared = _shared(adjective.lower(), unit.name.lower())
        is_town = unit.category in (CITY, CITY_OBLAST)
        if shared >= (LEAST_SHARED_TOWN if is_town else LEAST_SHARED) * len(unit.name):
            ranked.append((int(is_town), shared / len(unit.name), len(unit.name), unit))
    return max(ranked, key=lambda item: item[:3])[3] if ranked else None


def _shared(one: str, other: str) -> int:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def slug(kind: str, name: str, code: str) -> str:
    """The id of a place: its kind, its name, and what is its own in its code."""
    return f"{kind}-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}-{code[-5:]}"
