"""Rulesets of tests' own: compiled ones behind the public API, and tables of places written as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generate.pools import Pools
from generate.texts import Texts

from normalize import Normalizer
from normalize.ruleset.container import Container
from normalize.ruleset.reader import Ruleset

ROOT = Path(__file__).resolve().parent.parent / "tables"
HEADERS = {
    "settlements": "id kind country uk ru prominence part_of ids source",
    "names": "place name kind source",
    "former": "place uk ru names from until source",
    "rejects": "name reason source",
    "judgements": "name place behaviour cues counter_cues note source",
    "cues": "group phrase source",
    "frames": "id before after effect example source",
    "frozen": "phrase reason source",
    "designations": "word kind language role source",
    "oblast-stems": "oblast city_uk city_ru adjective_uk adjective_ru source",
}
Row = tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Made:
    """A compiled ruleset, the seed that it was made from, and its tables for a reader."""

    data: bytes
    seed: int
    tables: str

    def __repr__(self) -> str:
        return f"Made(seed={self.seed})"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(repr(self))

    @cached_property
    def ruleset(self) -> Ruleset:
        return Ruleset(Container(self.data))

    @cached_property
    def texts(self) -> Texts:
        """Texts of what the ruleset knows."""
        return Texts(Pools(self.ruleset))

    def normalizer(self, engine: str, **settings: Any) -> Normalizer:
        """The public face of the ruleset under an engine."""
        with patch("normalize.api._ruleset", return_value=(self.ruleset, 0)):
            return Normalizer(engine=engine, **settings)


def write_tables(directory: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write tables of places, each with its header."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, header in HEADERS.items():
        lines = ["# source: a test", "\t".join(header.split())]
        lines += ["\t".join(row) for row in rows.get(name, ())]
        (directory / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
