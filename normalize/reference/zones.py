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
    """The zones of a ruleset: those within paragraphs, and those that reach across them."""

    def __init__(self, rules: Sequence[ZoneRule]) -> None:
        self._within = [
            (rule, _compiled(rule.needs), _compiled(rule.pattern)) for rule in rules if not rule.close
        ]
        self._across = [
            (rule, _compiled(rule.pattern), _compiled(rule.close)) for rule in rules if rule.close
        ]

    def across(self, text: str) -> list[Zone]:
        """The zones that may span paragraphs."""
        zones: list[Zone] = []
        for rule, opening, closing in self._across:
            start = opening.search(text)
            while start is not None:
                end = closing.search(text, start.end())
                if end is None:
                    break
                zones.append(Zone(start.start(), end.end(), rule.id, rule.effect))
                start = opening.search(text, end.end())
        return zones

    def within(self, text: str, start: int, end: int) -> list[Zone]:
        """The zones inside the paragraph `text[start:end]`."""
        return [
            Zone(match.start(), match.end(), rule.id, rule.effect)
            for rule, needs, pattern in self._within
            if needs.search(text, start, end)
            for match in pattern.finditer(text, start, end)
            if match.end() > match.start()
        ]


class Zones:
    """Zones to be asked of. Where they overlap, `skip` is stronger than `report`."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        ordered = sorted(zones, key=lambda zone: (zone.start, -zone.end))
        self._skip = _Cover([zone for zone in ordered if zone.effect == SKIP])
        self._report = _Cover([zone for zone in ordered if zone.effect != SKIP])

    def effect(self, start: int, end: int) -> str:
        """`skip`, `report` or `` for a span: a zone that touches it counts."""
        if self._skip.touches(start, end):
            return SKIP
        return REPORT if self._report.touches(start, end) else ""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


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
