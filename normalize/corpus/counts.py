"""What is counted on the way: documents, and findings by rule and by place."""

from __future__ import annotations

from collections import Counter
from typing import Any

from normalize.model import Finding


class Counts:
    """Counts of one file, or of many together.

    `characters` are those of the texts; the keys of `rules` and `applied` are rules, those of `places` ids
    of places, with their names in `names`.
    """

    def __init__(self) -> None:
        self.documents = self.changed = self.characters = 0
        self.rules: Counter[str] = Counter()
        self.applied: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.names: dict[str, str] = {}

    def add(self, finding: Finding, is_applied: bool) -> None:
        self.rules[finding.rule] += 1
        self.applied[finding.rule] += is_applied
        if finding.place is not None:
            self.places[finding.place.id] += 1
            self.names[finding.place.id] = finding.place.name

    def __iadd__(self, other: Counts) -> Counts:
        self.documents += other.documents
        self.changed += other.changed
        self.characters += other.characters
        self.rules += other.rules
        self.applied += other.applied
        self.places += other.places
        self.names |= other.names
        return self

    @property
    def findings(self) -> int:
        return self.rules.total()

    def record(self) -> dict[str, Any]:
        """The counts as plain values, the most frequent first."""
        return {
            "documents": self.documents,
            "changed": self.changed,
            "characters": self.characters,
            "rules": {
                rule: {"findings": count, "applied": self.applied[rule]}
                for rule, count in _ordered(self.rules)
            },
            "places": {
                place: {"name": self.names[place], "findings": count}
                for place, count in _ordered(self.places)
            },
        }

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> Counts:
        """The counts that `record` gave."""
        made = cls()
        made.documents, made.changed = record["documents"], record["changed"]
        made.characters = record["characters"]
        for rule, counts in record["rules"].items():
            made.rules[rule], made.applied[rule] = counts["findings"], counts["applied"]
        for place, counts in record["places"].items():
            made.places[place], made.names[place] = counts["findings"], counts["name"]
        return made


def _ordered(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
