"""Loading profiles: house styles as data, each able to extend another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalize.errors import TableError, UnknownProfileError
from normalize.model import LEVELS, RULES
from normalize.tables.places import NAME_KINDS
from normalize.tables.source import line_of, read_toml

_KEYS = {"id", "title", "extends", "source", "shipped", "schemes", "places", "rules"}
_PLACE_KEYS = {"prefer", "rewrite", "keep", "languages", "names", "as_of", "countries", "spell"}
SPELLS = ("uk", "ru", "native-uk")
HOME_COUNTRY = "UA"
_DATE = re.compile(r"\d{4}(-\d\d-\d\d)?\Z")


@dataclass(frozen=True, slots=True)
class Profile:
    """A house style.

    `levels` gives the most that each rule may claim; `languages` are those in Latin letters whose text
    is rewritten: names in a Polish sentence are left as Polish writes them. `names` are the house's own
    canonical names, by place id. With `as_of`, a year or an ISO date, places have the names of that day.
    `countries` are those whose names are rewritten: of others the official names are known, and stay as they
    are written in Latin letters. `spell` tells of which native name the canonical one is made: of the
    Ukrainian (`uk`), of the Russian (`ru`), or that it is the Ukrainian one as it stands (`native-uk`). The
    rulesets of `shipped` profiles are built with the package, those of others on first use.
    """

    id: str
    title: str
    source: str
    schemes: dict[str, str]
    prefer: tuple[str, ...]
    rewrite: tuple[str, ...]
    keep: tuple[str, ...]
    names: dict[str, str]
    languages: tuple[str, ...]
    levels: dict[str, str]
    as_of: str = ""
    countries: tuple[str, ...] = (HOME_COUNTRY,)
    spell: str = "uk"
    shipped: bool = False


def profile_ids(directory: Path) -> list[str]:
    """The ids of the profiles that stand in `directory`."""
    return sorted(path.stem for path in directory.glob("*.toml"))


def load_profile(name: str, directory: Path) -> Profile:
    """Load a profile by id, or by path where `name` ends in `.toml`.

    Raises `UnknownProfileError` if there is none, `TableError` if it is not what the grammar says.
    """
    values = _merged(name, directory, ())
    places: dict[str, Any] = values.get("places", {})
    levels: dict[str, str] = {**dict.fromkeys(RULES, "safe"), **values.get("rules", {})}
    return Profile(
        id=str(values.get("id", Path(name).stem)),
        title=str(values.get("title", "")),
        source=str(values.get("source", "")),
        schemes=dict(values.get("schemes", {})),
        prefer=tuple(places.get("prefer", ())),
        rewrite=tuple(places.get("rewrite", ())),
        keep=tuple(places.get("keep", ())),
        names=dict(places.get("names", {})),
        languages=tuple(places.get("languages", ("en",))),
        levels=levels,
        as_of=str(places.get("as_of", "")),
        countries=tuple(places.get("countries", (HOME_COUNTRY,))),
        spell=str(places.get("spell", "uk")),
        shipped=bool(values.get("shipped", False)),
    )


def _merged(name: str, directory: Path, seen: tuple[str, ...]) -> dict[str, Any]:
    path = Path(name) if name.endswith(".toml") else directory / f"{name}.toml"
    if not path.is_file():
        raise UnknownProfileError(
            f"no profile {name!r}; use one of {', '.join(profile_ids(directory))}, or the path of a .toml"
        )
    values = read_toml(path)
    _check(path, values)
    parent = values.get("extends")
    if parent is None:
        return values
    if parent in seen:
        raise TableError(path, line_of(path, "extends"), "extends itself", "break the circle")
    base = _merged(str(parent), directory, (*seen, name))
    merged = {**base, "shipped": False, **values}
    for section in ("schemes", "places", "rules"):
        merged[section] = {**base.get(section, {}), **values.get(section, {})}
    return merged


def _check(path: Path, values: dict[str, Any]) -> None:
    for key in values:
        if key not in _KEYS:
            raise _error(path, key, f"unknown key {key!r}", f"use {', '.join(sorted(_KEYS))}")
    for key in values.get("places", {}):
        if key not in _PLACE_KEYS:
            raise _error(
                path, key, f"unknown key {key!r} in [places]", f"use {', '.join(sorted(_PLACE_KEYS))}"
            )
    date = values.get("places", {}).get("as_of", "")
    if date and not _DATE.match(str(date)):
        raise _error(path, "as_of", f"{date!r} is no date", 'write a year or a date: as_of = "2015-12-31"')
    spell = values.get("places", {}).get("spell", SPELLS[0])
    if spell not in SPELLS:
        raise _error(path, "spell", f"unknown spelling {spell!r}", f"use one of {', '.join(SPELLS)}")
    for key in ("prefer", "rewrite"):
        for kind in values.get("places", {}).get(key, ()):
            if kind not in NAME_KINDS:
                raise _error(
                    path, kind, f"unknown kind of name {kind!r}", f"use {', '.join(sorted(NAME_KINDS))}"
                )
    for rule, level in values.get("rules", {}).items():
        if rule not in RULES:
            raise _error(path, rule, f"unknown rule {rule!r}", f"use one of {', '.join(RULES)}")
        if level not in LEVELS:
            raise _error(path, rule, f"unknown level {level!r}", f"use one of {', '.join(LEVELS)}")


def _error(path: Path, needle: str, problem: str, cure: str) -> TableError:
    return TableError(path, line_of(path, needle), problem, cure)
