"""Choosing the engine: the fastest that is installed, unless the caller or the environment says otherwise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from normalize.errors import EngineError
from normalize.rulesets import DATA

if TYPE_CHECKING:
    from normalize.ruleset.reader import Ruleset
    from normalize.worker import Worker

VARIABLE = "NORMALIZE_ENGINE"
REQUIRE = "NORMALIZE_REQUIRE_NATIVE"
"""Where this is set, a missing native engine is an error, as it is when the package is built."""
ENGINES = ("reference", "native")
_WHY_NOT = DATA / "no-native-engine.txt"


def chosen_engine(name: str | None = None) -> str:
    """The engine to use: `name`, or what `NORMALIZE_ENGINE` says, or the fastest that is installed.

    Raises `EngineError` for an unknown name, and for `native` where it is not installed.
    """
    asked = name or os.environ.get(VARIABLE)
    if not asked:
        required = os.environ.get(REQUIRE, "") not in ("", "0")
        asked = "native" if required or not why_no_native() else "reference"
    if asked not in ENGINES:
        raise EngineError(f"unknown engine {asked!r}; set {VARIABLE} to one of {', '.join(ENGINES)}")
    if asked == "native" and (reason := why_no_native()):
        setting = VARIABLE if name or os.environ.get(VARIABLE) else REQUIRE
        raise EngineError(
            f"the native engine is not part of this installation: {reason}; unset {setting} or use reference"
        )
    return asked


@cache
def why_no_native() -> str:
    """Why the native engine is not here, in a few words; empty if it is."""
    try:
        import_module("normalize._native")
    except ModuleNotFoundError:
        try:
            return _WHY_NOT.read_text("utf-8").strip()
        except OSError:
            return "it was not built"
    except ImportError as error:
        return f"it cannot be loaded ({error})"
    return ""


def make_worker(
    ruleset: Ruleset,
    name: str | None = None,
    levels: Mapping[str, str] | None = None,
    allow: frozenset[str] = frozenset(),
) -> Worker:
    """An engine at work on a ruleset, with the most that each rule may claim, and words never reported.

    Raises `EngineError` as `chosen_engine` does.
    """
    if chosen_engine(name) == "native":
        from normalize.native import NativeWorker

        return NativeWorker(ruleset, levels or {}, allow)
    from normalize.worker import ReferenceWorker

    return ReferenceWorker(ruleset, levels or {}, allow)
