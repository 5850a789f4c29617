"""Zones: spans where nothing is rewritten, found by the patterns of `tables/scripts/zones.toml`.

The patterns are of the subset that Python's `re` and Rust's `regex` share, so both engines run the
same ones. A zone with the effect `skip` is not looked at; in one with `report`, script errors are
reported and never repaired without asking.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.ruleset.records import ZoneRule

SKIP, REPORT = "skip", "report"


@dataclass(frozen=True, slots=True)
class Zone:
    start: int
    end: int
    id: str
    effect: str


class ZoneFinder:
    def __init__(self, rules: Sequence[ZoneRule]) -> None:
        self._rules = [
            (rule, re.compile(rule.pattern, re.MULTILINE | (re.DOTALL if rule.multiline else 0)))
            for rule in rules
        ]

    def find(self, text: str) -> Zones:
        zones = [
            Zone(match.start(), match.end(), rule.id, rule.effect)
            for rule, pattern in self._rules
            for match in pattern.finditer(text)
            if match.end() > match.start()
        ]
        return Zones(zones)


class Zones:
    """The zones of one text. Where zones overlap, `skip` is stronger than `report`."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        ordered = sorted(zones, key=lambda zone: (zone.start, -zone.end))
        self._skip = _Cover([zone for zone in ordered if zone.effect == SKIP])
        self._report = _Cover([zone for zone in ordered if zone.effect != SKIP])

    def effect(self, start: int, end: int) -> str:
        """`skip`, `report` or `` for a span: a zone that touches it counts."""
        if self._skip.touches(start, end):
            return SKIP
        return REPORT if self._report.touches(start, end) else ""


class _Cover:
    """Merged spans, searched by bisection."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for zone in zones:
            if self._ends and zone.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], zone.end)
            else:
                self._starts.append(zone.start)
                self._ends.append(zone.end)

    def touches(self, start: int, end: int) -> bool:
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start
