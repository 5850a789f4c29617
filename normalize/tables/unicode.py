"""Loading `tables/unicode/`: classes of characters, case pairs and compositions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from normalize.tables.source import Row, read_tsv
from normalize.text.characters import CLASSES, CharacterClasses, Range
from normalize.text.fold import Folder

DIRECTORY = "unicode"


def load_ranges(tables: Path) -> tuple[Range, ...]:
    """`(first, last, class)` of `characters.tsv`."""
    return tuple(_ranges(tables / DIRECTORY / "characters.tsv"))


def load_case(tables: Path) -> tuple[tuple[str, str], ...]:
    """`(upper, lower)` of `case.tsv`."""
    table = read_tsv(tables / DIRECTORY / "case.tsv", ("upper", "lower"))
    return tuple((_char(row, "upper"), _char(row, "lower")) for row in table.rows)


def load_compositions(tables: Path) -> tuple[tuple[str, str, str], ...]:
    """`(base, mark, composed)` of `compositions.tsv`; the mark of a mere double is empty."""
    table = read_tsv(tables / DIRECTORY / "compositions.tsv", ("base", "mark", "composed"))
    return tuple(
        (_char(row, "base"), _char(row, "mark") if row["mark"] else "", _char(row, "composed"))
        for row in table.rows
    )


def load_folder(tables: Path) -> Folder:
    """A `Folder` (and its classes) straight from the tables."""
    return Folder(load_case(tables), load_compositions(tables), CharacterClasses(load_ranges(tables)))


def _ranges(path: Path) -> Iterator[Range]:
    end = -1
    for row in read_tsv(path, ("first", "last", "class")).rows:
        first, last, name = _code(row, "first"), _code(row, "last"), row["class"]
        if name not in CLASSES:
            raise row.error(f"unknown class {name!r}", f"use one of {', '.join(CLASSES)}")
        if not end < first <= last:
            raise row.error("the ranges overlap or are out of order", "generate the table anew")
        end = last
        yield first, last, name


def _char(row: Row, column: str) -> str:
    return chr(_code(row, column))


def _code(row: Row, column: str) -> int:
    try:
        code = int(row[column], 16)
        chr(code)
    except (ValueError, OverflowError):
        raise row.error(f"{column} {row[column]!r} is not a code point", "write it in hexadecimal") from None
    return code
