"""Reading the vectors: `tests/vectors/README.md` says what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

VECTORS = Path(__file__).resolve().parent / "vectors"
OPEN, CLOSE = "\u27e6", "\u27e7"
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([nrt0\\]))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\"}

Found = tuple[str, int, int, str | None, str]
"""Rule, start, end, replacement, applicability."""


@dataclass(frozen=True)
class Case:
    """A text, what becomes of it, and what is found in it (None: not compared)."""

    text: str
    expected: str
    findings: list[Found] | None
    profile: str


@dataclass(frozen=True)
class OffsetCase:
    text: str
    expected: str
    unit: str
    to_target: list[tuple[int, int]]
    to_source: list[tuple[int, int]]


def unescape(cell: str) -> str:
    def char(match: re.Match[str]) -> str:
        short, long, byte, plain = match.groups()
        if byte:
            return chr(0xDC00 + int(byte, 16))
        return _PLAIN[plain] if plain else chr(int(short or long, 16))

    return _ESCAPE.sub(char, cell)


def rows(path: Path) -> Iterator[tuple[int, dict[str, str], str]]:
    """Line number, cells by column, and profile of each row."""
    columns: list[str] = []
    profile = "uk-national"
    for line, raw in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if raw.startswith("#"):
            profile = raw.removeprefix("# profile:").strip() if raw.startswith("# profile:") else profile
        elif not columns:
            columns = raw.split("\t")
        elif raw:
            cells = raw.split("\t")
            assert len(cells) == len(columns), f"{path}:{line}: {len(cells)} cells for {len(columns)} columns"
            yield line, dict(zip(columns, cells, strict=True)), profile


def case_of(cells: dict[str, str], profile: str) -> Case:
    pieces = re.split(f"[{OPEN}{CLOSE}]", cells["text"])
    spans: list[tuple[int, int]] = []
    text = ""
    for index, piece in enumerate(pieces):
        plain = unescape(piece)
        if index % 2:
            spans.append((len(text), len(text) + len(plain)))
        text += plain
    expected = text if cells["expected"] == "=" else unescape(cells["expected"])
    if cells["findings"] in ("", "-"):
        return Case(text, expected, [] if cells["findings"] else None, profile)
    findings: list[Found] = []
    for (start, end), item in zip(spans, cells["findings"].split(" ; "), strict=True):
        rule, applicability, *rest = item.split(" ", 2)
        replacement = None if not rest else "" if rest[0] == '""' else unescape(rest[0])
        findings.append((rule, start, end, replacement, applicability))
    return Case(text, expected, findings, profile)


def cases(path: Path, *, failing: bool = False) -> list[object]:
    """The rows of a file as parameters of a test; where they are known to fail, as expected failures."""
    found: list[object] = []
    for line, cells, profile in rows(path):
        marks = [pytest.mark.xfail(strict=True, reason=cells["reason"])] if failing else []
        name = f"{path.parent.name}/{path.stem}:{line}" if not failing else f"{path.stem}:{line}"
        found.append(pytest.param(case_of(cells, profile), id=name, marks=marks))
    return found


def offset_cases(path: Path) -> list[object]:
    found: list[object] = []
    for line, cells, _ in rows(path):
        pairs = {
            column: [(int(a), int(b)) for a, b in (pair.split(">") for pair in cells[column].split())]
            for column in ("to_target", "to_source")
        }
        case = OffsetCase(
            unescape(cells["text"]),
            unescape(cells["expected"]),
            cells["unit"],
            pairs["to_target"],
            pairs["to_source"],
        )
        found.append(pytest.param(case, id=f"{path.stem}:{line}"))
    return found
