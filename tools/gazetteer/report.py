"""What a builder leaves out, by reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

SHOWN = 5


class Report:
    def __init__(self) -> None:
        self._items: dict[str, list[str]] = defaultdict(list)

    def add(self, reason: str, item: str) -> None:
        self._items[reason].append(item)

    def summary(self) -> Iterator[str]:
        """One line a reason: how many, and the first of them."""
        for reason, items in sorted(self._items.items()):
            yield f"{len(items):6} {reason}: {', '.join(items[:SHOWN])}{' …' if len(items) > SHOWN else ''}"

    def full(self) -> Iterator[str]:
        """One line an item, as TSV: reason, item."""
        for reason, items in sorted(self._items.items()):
            for item in items:
                yield f"{reason}\t{item}"
