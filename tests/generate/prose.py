"""Paragraphs of one Cyrillic language, in which hardly anything is to be found."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .words import SIGNS, SPACES, titled

MARKS = (", ", ". ", " – ", " — ", "; ", ": ", "! ", "? ", "…\n", ".\r\n", " «", "» ", " (", ") ", " „", "“ ")
APOSTROPHES = ("'", "\u2019", "\u02bc")


def prose(random: Random, words: Sequence[str], signals: Sequence[str]) -> str:
    """A paragraph of such words and of what may stand beside them: lone letters, capitals, numbers."""
    pieces: list[str] = []
    for _ in range(random.choice([3, 6, 12, 25])):
        word = random.choice(words)
        how = random.randrange(20)
        if how < 8:
            word = _varied(random, word)
        elif how == 8 and signals:
            word = random.choice(signals)
        elif how < 12:
            word = titled(word)
        space = random.choice(MARKS) if random.randrange(5) == 0 else " "
        pieces += [word, random.choice([*SPACES, *SIGNS]) if random.randrange(20) == 0 else space]
    return "".join(pieces)


def _varied(random: Random, word: str) -> str:
    """A word as a look at letters alone could mistake it."""
    first, rest, apostrophe = word[:1], word[1:], random.choice(APOSTROPHES)
    number, joint = str(random.randrange(2100)), random.choice(["-", "-", "", " ", "'", "--"])
    part = random.choice([first, word[:2], word[:2].upper(), word])
    numeral = "".join(random.choices("ІХІХ" + first.upper(), k=random.choice([1, 1, 2, 3])))
    return random.choice(
        [
            first,
            first.upper() + random.choice(["", "", ".", "#", "++", "'", "\u0301"]),
            word.upper(),
            first + rest[:1].upper(),
            word[:2] + "\u0301" + word[2:],
            first + apostrophe + rest,
            first.upper() + apostrophe + rest.upper(),
            f"{word}-{word[::-1]}",
            number + joint + part,
            part + joint + number,
            numeral + random.choice(["", "", "-", "\u2013", "\u0301"]),
            numeral + random.choice(["-", ""]) + word[-1:],
        ]
    )
