"""Whole texts that are worth to be varied: those of the vectors, and the examples of the decision tables."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from normalize.tables.source import read_toml

ROOT = Path(__file__).resolve().parent.parent.parent
_MARKS = re.compile("[\u27e6\u27e7]")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")


@cache
def vector_texts() -> tuple[str, ...]:
    """The texts of all vectors of findings, and the examples; escaped bytes are left as they are written."""
    found: list[str] = []
    for folder in ("scripts", "places", "sentences", "controls"):
        for path in sorted((ROOT / "tests" / "vectors" / folder).glob("*.tsv")):
            rows = [line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#")]
            found += [row.split("\t")[0] for row in rows[1:]]
    verdicts = read_toml(ROOT / "tables" / "scripts" / "verdicts.toml")
    found += [row["example"] for table in ("mixed", "stray") for row in verdicts[table]]
    return tuple(dict.fromkeys(map(_plain, found)))


def _plain(cell: str) -> str:
    text = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), _MARKS.sub("", cell))
    return text.replace(r"\r", "\r").replace(r"\n", "\n")
