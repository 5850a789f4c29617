"""Choosing the engine: one function, one environment variable."""

from __future__ import annotations

import os

from normalize.errors import EngineError
from normalize.reference.engine import ReferenceEngine
from normalize.ruleset.reader import Ruleset

VARIABLE = "NORMALIZE_ENGINE"
ENGINES = ("reference", "native")


def chosen_engine(name: str | None = None) -> str:
    """The engine to use: `name`, or what `NORMALIZE_ENGINE` says, or the fastest that is installed.

    Raises `EngineError` for an unknown name, and for `native` where it is not installed.
    """
    asked = name or os.environ.get(VARIABLE) or "reference"
    if asked not in ENGINES:
        raise EngineError(f"unknown engine {asked!r}; set {VARIABLE} to one of {', '.join(ENGINES)}")
    if asked == "native":
        raise EngineError(
            f"the native engine is not part of this installation; unset {VARIABLE} or use reference"
        )
    return asked


def make_engine(ruleset: Ruleset, name: str | None = None) -> ReferenceEngine:
    """An engine for a ruleset. Raises `EngineError` as `chosen_engine` does."""
    chosen_engine(name)
    return ReferenceEngine(ruleset)
