"""What the runner and an engine say to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.inputs import Scale

Outcome = int | str | bytes | None
"""What came out: a number of findings, a text, or nothing that could be compared."""


class NotInstalledError(Exception):
    """The engine, or a part of it, cannot be had on this machine or in this release."""


@dataclass(frozen=True)
class Job:
    """What an engine is asked to do.

    `native` names our engine (`reference` or `native`); `ruleset` is the file of another ruleset than the
    shipped one; `options` are those of the definition.
    """

    scheme: str
    shape: str
    engine: str
    scale: Scale
    ruleset: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Ready:
    """An engine that only has to be called.

    `run` is timed; it gets the input in its shape. `outcome` tells, untimed, what came out, from the input
    and what `run` gave. `verify`, of ours only, compares the findings on a text, one by one, with those of
    the reference engine, and gives a complaint or nothing. `measures`: `run` gives the value itself.
    """

    run: Callable[[Any], Any]
    outcome: Callable[[Any, Any], Outcome]
    verify: Callable[[str], str] | None = None
    measures: bool = False


Engine = Callable[[Job], Ready]
