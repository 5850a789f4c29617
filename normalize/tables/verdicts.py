"""Loading `tables/scripts/verdicts.toml`: the ordered decision tables, and the features they ask for.

A row's `when` maps features to a value or to a list of values of which any will do; a feature that
it does not name may be anything. The first row whose conditions all hold decides. What each feature
means is written down in the table's head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from normalize.tables.entries import Entry, entries

Value = str | bool
Domain = tuple[Value, ...]

_BOOL: Domain = (False, True)
_READINGS: Domain = ("none", "latin", "cyrillic", "both")
_SCRIPT: Domain = ("none", "latin", "cyrillic")

MIXED_FEATURES: Mapping[str, Domain] = {
    "listed": _BOOL,
    "skeleton": _READINGS,
    "roman": _BOOL,
    "fold": _READINGS,
    "ocr": _READINGS,
    "codepage": _SCRIPT,
    "codepage_known": _BOOL,
    "unit": _BOOL,
    "seam": ("none", "case", "tail", "suffix", "plain"),
    "majority": ("latin", "cyrillic", "tie"),
    "camel": _BOOL,
    "doubled": _BOOL,
    "odd": _BOOL,
    "chess": _BOOL,
    "quantity": _BOOL,
    "numeral_tail": _BOOL,
    "placeholder": _BOOL,
    "caps": _BOOL,
    "length": ("1", "2-3", "4+"),
    "running": _SCRIPT,
    "greek": _READINGS,
    "digits": _BOOL,
    "glued": _BOOL,
    "place_latin": _BOOL,
    "place_cyrillic": _BOOL,
}
STRAY_FEATURES: Mapping[str, Domain] = {
    "script": ("latin", "cyrillic"),
    "running": _SCRIPT,
    "meant": _BOOL,
    "listed": _BOOL,
    "place": _BOOL,
    "designator": ("none", "native", "official", "lookalike"),
    "glossary": _BOOL,
    "skeleton": _BOOL,
    "lookalike": _BOOL,
    "roman": _BOOL,
    "lone": _BOOL,
    "lone_twin": _BOOL,
    "lone_word": _BOOL,
    "capital": _BOOL,
    "shape": ("lower", "upper", "title", "mixed"),
    "length": ("1", "2-3", "4+"),
    "numeral": _BOOL,
    "numbered": _BOOL,
    "digits": ("none", "inside", "hyphen"),
    "number_first": _BOOL,
    "number_last": _BOOL,
    "before_latin": _BOOL,
    "joined": _BOOL,
    "after_other": _BOOL,
    "beside_latin": _BOOL,
    "clause_start": _BOOL,
    "maths": _BOOL,
    "label": _BOOL,
    "metalinguistic": _BOOL,
    "informal": _BOOL,
    "unit_position": _BOOL,
    "degree": _BOOL,
    "suffix_sign": _BOOL,
    "between_words": _BOOL,
    "variable": _BOOL,
    "wrapped": _BOOL,
    "prepositions": _BOOL,
    "document": _SCRIPT,
}
VERDICTS = frozenset(("mixed", "stray", "fine", "ambiguous"))
MIXED_REPAIRS = frozenset(
    (
        "fold-latin",
        "fold-cyrillic",
        "listed",
        "roman",
        "split",
        "keyboard",
        "ocr",
        "codepage",
        "unit",
        "place",
        "none",
    )
)
STRAY_REPAIRS = frozenset(("place", "designator", "glossary", "listed", "fold", "roman", "scheme", "none"))
APPLICABILITIES = frozenset(("safe", "unsafe", "none"))


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One row of a decision table: what holds, and what follows.

    `when` lists (feature, the values that satisfy it). `message` may hold {word}, {letters}, {repair}.
    """

    id: str
    when: tuple[tuple[str, frozenset[Value]], ...]
    verdict: str
    repair: str
    applicability: str
    message: str
    example: str

    def holds(self, features: Mapping[str, Value]) -> bool:
        return all(features[name] in values for name, values in self.when)


def load_verdicts(path: Path) -> tuple[tuple[VerdictRow, ...], tuple[VerdictRow, ...]]:
    """The rows `[[mixed]]` and `[[stray]]`, in order."""
    mixed = tuple(
        _row(Entry(path, entry, "id"), MIXED_FEATURES, MIXED_REPAIRS) for entry in entries(path, "mixed")
    )
    stray = tuple(
        _row(Entry(path, entry, "id"), STRAY_FEATURES, STRAY_REPAIRS) for entry in entries(path, "stray")
    )
    return mixed, stray


def _row(entry: Entry, features: Mapping[str, Domain], repairs: frozenset[str]) -> VerdictRow:
    verdict = entry.one_of("verdict", VERDICTS)
    return VerdictRow(
        id=entry.text("id"),
        when=_conditions(entry, features),
        verdict=verdict,
        repair=entry.one_of("repair", repairs),
        applicability=entry.one_of("applicability", APPLICABILITIES),
        message=entry.text("message", "" if verdict == "fine" else None),
        example=entry.text("example"),
    )


def _conditions(entry: Entry, features: Mapping[str, Domain]) -> tuple[tuple[str, frozenset[Value]], ...]:
    given: object = entry.values.get("when", {})
    if not isinstance(given, dict):
        raise entry.error("`when` is not a table", "write `when = { feature = value }`")
    conditions: list[tuple[str, frozenset[Value]]] = []
    for name, wanted in cast("dict[str, object]", given).items():
        if name not in features:
            raise entry.error(f"unknown feature {name!r}", f"use one of {', '.join(features)}")
        values = cast("list[object]", wanted) if isinstance(wanted, list) else [wanted]
        for value in values:
            if value not in features[name]:
                shown = ", ".join(str(allowed).lower() for allowed in features[name])
                raise entry.error(f"{name} cannot be {value!r}", f"use one of {shown}")
        conditions.append((name, frozenset(cast("list[Value]", values))))
    return tuple(conditions)
