"""Choosing the engine: the fastest that is installed, unless the caller or the environment says otherwise."""

from __future__ import annotations

import os

from normalize import shipped
from normalize.errors import EngineError

TYPE_CHECKING = False  # `typing` takes as long to import as the rest of this
if TYPE_CHECKING:
    from collections.abc import Mapping

    from normalize.ruleset.reader import Ruleset
    from normalize.worker import Worker

VARIABLE = "NORMALIZE_ENGINE"
REQUIRE = "NORMALIZE_REQUIRE_NATIVE"
"""Where this is set, a missing native engine is an error, as it is when the package is built."""
ENGINES = ("reference", "native")


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


def ruleset_file(profile: str, extend: tuple[str | os.PathLike[str], ...] = ()) -> str:
    """The file of a profile's ruleset: the one built with the package, else compiled if need be.

    Raises as `rulesets.open_ruleset` does.
    """
    if not extend and (path := shipped.shipped_ruleset(profile)):
        return path  # most often, and then nothing has to be imported for it
    from pathlib import Path

    from normalize.rulesets import ruleset_path

    return str(ruleset_path(profile, tuple(Path(table) for table in extend)))


known: list[str] = []
"""What `why_no_native` found out, once it has: `functools` would be most of what starting takes."""


def why_no_native() -> str:
    """Why the native engine is not here, in a few words; empty if it is."""
    if not known:
        known.append(_why_no_native())
    return known[0]


def _load() -> None:
    import normalize._native  # noqa: F401 # pyright: ignore[reportUnusedImport]


def _why_no_native() -> str:
    try:
        _load()
    except ModuleNotFoundError:
        return shipped.why_no_native() or "it was not built"
    except ImportError as error:
        return f"it cannot be loaded ({error})"
    return ""


def make_worker(
    ruleset: Ruleset | str,
    engine: str | None = None,
    rules: Mapping[str, str] | None = None,
    allow: frozenset[str] = frozenset(),
) -> Worker:
    """An engine at work on a ruleset, opened or as the path of its file.

    `rules` are levels for rules that are to claim less than the ruleset's profile lets them, `allow`
    words that are never reported. Raises `EngineError` as `chosen_engine` does, and `RulesetError`.
    """
    if chosen_engine(engine) == "native":
        from normalize.native import NativeWorker

        return NativeWorker(ruleset, rules or {}, allow)
    from normalize.worker import ReferenceWorker

    return ReferenceWorker(ruleset, rules or {}, allow)
