"""Loading the tables of symbols: units in two scripts, and character references."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from normalize.tables.source import Row, read_tsv


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit by its two symbols of equal length: letter for letter a mixture of them is told apart."""

    row: Row
    latin: str
    cyrillic: str


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A named character reference of HTML, and its letter."""

    row: Row
    name: str
    letter: str


def load_units(path: Path) -> tuple[UnitRow, ...]:
    """The symbols of units; both of a row must have as many letters."""
    rows: list[UnitRow] = []
    for row in read_tsv(path, ("latin", "cyrillic", "source")).rows:
        unit = UnitRow(row, row["latin"], row["cyrillic"])
        if not unit.latin or len(unit.latin) != len(unit.cyrillic):
            raise row.error(
                f"{unit.latin} and {unit.cyrillic} differ in length",
                "give only units whose two symbols have as many letters",
            )
        rows.append(unit)
    return tuple(rows)


def load_entities(path: Path) -> tuple[EntityRow, ...]:
    rows: list[EntityRow] = []
    for row in read_tsv(path, ("name", "letter")).rows:
        entity = EntityRow(row, row["name"], row["letter"])
        if not entity.name or len(entity.letter) != 1:
            raise row.error(f"{entity.letter} is not one letter", "give references to one letter only")
        rows.append(entity)
    return tuple(rows)
