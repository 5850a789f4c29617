"""Interpreting a decision table: the first row whose conditions all hold decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from normalize.ruleset.records import Verdict

YES, NO = "true", "false"


def flag(value: object) -> str:
    """A truth value as the tables write it."""
    return YES if value else NO


class Features:
    """Facts about a word by name, each found out when it is first asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], str]]) -> None:
        self._makers = makers
        self._known: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The value of a feature; None where no such feature is computed."""
        known = self._known.get(name)
        if known is None and name in self._makers:
            known = self._known[name] = self._makers[name]()
        return known

    def items(self) -> Iterator[tuple[str, str]]:
        """Every feature with its value."""
        for name in self._makers:
            yield name, self.get(name) or ""


class Table:
    """An ordered decision table, its conditions read once."""

    def __init__(self, rows: Sequence[Verdict]) -> None:
        self._rows = [(row, [_condition(condition) for condition in row.when]) for row in rows]

    def decide(self, features: Features) -> Verdict | None:
        """The first row that fits, or None. A feature that was not computed fits no condition."""
        value = features.get
        for row, conditions in self._rows:
            for feature, values in conditions:
                if value(feature) not in values:
                    break
            else:
                return row
        return None


def _condition(condition: str) -> tuple[str, frozenset[str]]:
    feature, _, values = condition.partition("=")
    return feature, frozenset(values.split("|"))
