"""Reading TSV and TOML table files, with the position of every row.

The grammar is `tables/README.md`. Nothing here knows what a row means.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalize.errors import TableError

SEPARATOR = " ; "


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a TSV table: its cells by column name, and where it stands."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, separated by ` ; `."""
        cell = self[column]
        return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())

    def error(self, problem: str, cure: str) -> TableError:
        return TableError(self.path, self.line, problem, cure)


@dataclass(frozen=True, slots=True)
class TsvTable:
    """A TSV file: its head (`# key: value` lines), its columns and its rows."""

    path: Path
    head: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def source_of(self, row: Row) -> str:
        """The row's own source, or the one that the head names for the whole file."""
        return row["source"] or self.head.get("source", "")


@dataclass(slots=True)
class _Reading:
    head: dict[str, str] = field(default_factory=dict[str, str])
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list[Row])


def read_bytes(path: Path) -> bytes:
    """The file's bytes; a file that cannot be read is a `TableError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise TableError(path, 0, f"cannot be read ({error.strerror})", "give a readable file") from None


def read_text(path: Path) -> str:
    """The file's text; a missing file or one that is not UTF-8 is a `TableError`."""
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableError(path, line, "is not UTF-8", "save the table as UTF-8") from None


def read_tsv(path: Path, required: tuple[str, ...] = ()) -> TsvTable:
    """Read a TSV table.

    `required` names the columns that must stand in it. Raises `TableError` for a missing column, a
    row with more cells than columns, and for text that is not NFC.
    """
    reading = _Reading()
    for line, text in _lines(path):
        if text.startswith("#"):
            if not reading.columns:
                key, _, value = text.lstrip("# ").partition(":")
                reading.head[key.strip()] = value.strip()
            continue
        if not text.strip():
            continue
        cells = text.split("\t")
        if not reading.columns:
            reading.columns = tuple(cell.strip() for cell in cells)
            missing = [name for name in required if name not in reading.columns]
            if missing:
                raise TableError(
                    path,
                    line,
                    f"has no column {missing[0]!r}",
                    f"add it: the columns are {', '.join(required)}",
                )
            continue
        if len(cells) > len(reading.columns):
            raise TableError(
                path,
                line,
                f"has {len(cells)} cells for {len(reading.columns)} columns",
                "remove the surplus tabs",
            )
        if not unicodedata.is_normalized("NFC", text):
            raise TableError(path, line, "is not in NFC", "write the letters composed")
        values = {name: cell.strip() for name, cell in zip(reading.columns, cells, strict=False)}
        reading.rows.append(Row(path, line, values))
    if not reading.columns:
        raise TableError(
            path, 0, "has no header line", "name the columns in the first line, separated by tabs"
        )
    return TsvTable(path, reading.head, reading.columns, tuple(reading.rows))


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML table; a syntax error becomes a `TableError` with its line."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = 0
        if "(at line " in message:
            message, _, rest = message.partition(" (at line ")
            line = int(rest.split(",")[0])
        raise TableError(path, line, f"is not TOML: {message}", "mend the syntax") from None


def line_of(path: Path, needle: str) -> int:
    """The first line of `path` that holds `needle`, counted from 1; 0 where none does.

    TOML values carry no positions, so errors in them find their line by their text.
    """
    for line, text in _lines(path):
        if needle in text:
            return line
    return 0


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(read_text(path).split("\n"), start=1):
        yield line, text.rstrip("\r")
