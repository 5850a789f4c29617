"""The words of the public contract: what a finding, a mention, a place and a scheme are.

All positions are offsets into the source text in code points, end exclusive, unless a name says
otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from normalize.rules import FIXES as FIXES
from normalize.rules import LEVELS as LEVELS
from normalize.rules import RULES as RULES


class Applicability(StrEnum):
    """How far a finding's replacement may be trusted, in the sense that ruff gives the word."""

    SAFE = "safe"
    """Applied by default: exactly one reading exists."""
    UNSAFE = "unsafe"
    """Applied on request only: likely right, but a person should look."""
    NONE = "none"
    """Reported, never applied."""


@dataclass(frozen=True, slots=True)
class Place:
    """One real-world entity: a settlement, an oblast, a river.

    `id` is stable across releases; `ids` are its keys in public registers (`katottg:…`,
    `geonames:…`, `wikidata:…`). `name` is the canonical name under the profile that was asked,
    `native` maps a language code to the official native name, the place's own language first. `latitude` and
    `longitude` are degrees (WGS 84, from GeoNames), where they are known.
    """

    id: str
    name: str
    kind: str
    country: str
    native: dict[str, str]
    ids: tuple[str, ...]
    part_of: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the text, and what to do about it.

    `rule` is a stable id (`mixed-script-word`, `toponym-variant`, …), `start` and `end` are code
    points of the source, `text` is what stands there, `replacement` is what should (or None),
    `message` says why in one line, `place` is the place that was recognised, if one was.
    """

    rule: str
    start: int
    end: int
    text: str
    replacement: str | None
    applicability: Applicability
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in the text, canonical or not, in either script.

    `kind` says how it is written: `canonical`, `native`, `translit`, `russian-derived`, `former`,
    `exonym`, `misspelling`. `candidates` holds every place that the words can mean, the most likely
    first; `place` is the one that the context supports, or None where it supports no single one.
    """

    start: int
    end: int
    text: str
    kind: str
    place: Place | None
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One transliteration standard, dated.

    `reversible` is `exact`, `except` (exact but for listed spans), `dictionary` (without
    proof) or `no` (no way back).
    """

    id: str
    language: str
    authority: str
    year: int
    reversible: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SchemeMatch:
    """A scheme that could have produced a text.

    `score` is how likely it is beside the likeliest, which has 1.0; `share` is the part of the text's
    letters that stand in words that the scheme can produce, and `unexplained` are the other words, in
    lower case.
    """

    scheme: Scheme
    score: float
    share: float
    unexplained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a word was judged as it was.

    `script` is the word's own (`latin`, `cyrillic`, `mixed` …), `verdict` the row of the decision
    tables that decided, `reasons` what it was decided from, `finding` what came of it, if anything.
    """

    start: int
    end: int
    text: str
    script: str
    verdict: str
    reasons: tuple[str, ...]
    finding: Finding | None = None
