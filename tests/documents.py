"""Documents for the tests of hosts and corpora: clean ones, odd ones, null ones, and those with findings."""

from __future__ import annotations

import random

PIECES = (
    "The road from Kharkov to Dоnetsk was closed.",
    "Nothing here names a place.",
    "😀 The River Seversky Донец, and then Kiev.",
    "Місто Сіверськ лежить на сході.",
    'A "quoted", comma\'d line with Lvov in it;\tand a tab.',
    "Odessa, Texas is far from Odessa.",
    "Chicken Kiev for dinner.",
)


def documents(count: int, seed: int = 7) -> list[str | None]:
    """Documents of one to six sentences, with some that are null and some that are empty."""
    chance = random.Random(seed)
    made: list[str | None] = []
    for number in range(count):
        sentences = [chance.choice(PIECES) for _ in range(chance.randint(1, 6))]
        made.append(None if number % 97 == 5 else "" if number % 89 == 3 else " ".join(sentences))
    return made
