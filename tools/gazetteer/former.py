"""Renamings of settlements: of two editions of the codifier, and of a list that has one a row."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.gazetteer.codifier import SETTLEMENTS, Unit, tidy
from tools.gazetteer.letters import are_letters_of
from tools.gazetteer.report import Report

KOATUU = "KOATUU:"


@dataclass(frozen=True, slots=True)
class Renaming:
    """A settlement's earlier name; `until` is the year in which it was given up."""

    code: str
    name: str
    until: str
    source: str


def of_editions(
    before: Mapping[str, Unit], now: Mapping[str, Unit], until: str, source: str
) -> Iterator[Renaming]:
    """Where the same code has another name in an older edition of the codifier."""
    for code, unit in now.items():
        old = before.get(code)
        if unit.category in SETTLEMENTS and old is not None and _differ(old.name, unit.name):
            yield Renaming(code, old.name, until, source)


def of_list(path: Path, now: Mapping[str, Unit], until: str, report: Report) -> Iterator[Renaming]:
    """A TSV with code, old_uk, new_uk, source; an older code (KOATUU) tells the oblast only."""
    oblasts = {unit.code[2:4]: unit.oblast for unit in now.values()}
    named: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in now.values():
        if unit.category in SETTLEMENTS:
            named[unit.oblast, unit.name.lower()].append(unit)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            old, new, code = _titled(row["old_uk"]), tidy(row["new_uk"]), row["code"]
            if code.startswith(KOATUU):
                # The first two digits of KOATUU are those of the oblast in KATOTTG.
                oblast = oblasts.get(code[len(KOATUU) :][:2], "")
                fitting = named.get((oblast, new.lower()), [])
                if len(fitting) != 1:
                    report.add("renaming: no single settlement of the new name in the oblast", f"{old} {new}")
                    continue
                code = fitting[0].code
            unit = now.get(code)
            if unit is None or unit.category not in SETTLEMENTS:
                report.add("renaming: not of a settlement of today", f"{code} {old}")
            elif not _differ(old, unit.name):
                report.add("renaming: the name of today", f"{code} {old}")
            elif not are_letters_of(old, "uk"):
                report.add("renaming: not in Ukrainian letters", f"{code} {old}")
            else:
                yield Renaming(code, old, until, row["source"])


def earliest_first(renamings: Iterable[Renaming]) -> list[Renaming]:
    """Each former name of a settlement once, from the source that comes first."""
    found: dict[tuple[str, str], Renaming] = {}
    for renaming in renamings:
        found.setdefault((renaming.code, renaming.name.lower()), renaming)
    return sorted(found.values(), key=lambda one: (one.code, one.until, one.name))


def _differ(one: str, other: str) -> bool:
    return one.lower() != other.lower()


def _titled(name: str) -> str:
    """A name whose later words may have lost their capitals."""
    return re.sub(
        r"(?:^|(?<=[ -]))\w{3,}", lambda word: word[0][:1].upper() + word[0][1:], tidy(name).lower()
    )
