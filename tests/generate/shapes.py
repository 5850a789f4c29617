"""Texts of odd shapes: no spaces, one endless word, brackets in brackets, a candidate at every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from .words import APOSTROPHES, BIDI, BLANKS, COMBINING, HYPHENS, INVISIBLE, SUPPRESSIONS

Token = Callable[[Random], str]
Shape = Callable[[Random, Token], str]
SIZES = (2, 3, 5, 8, 13, 21, 40)


def _several(random: Random, token: Token) -> list[str]:
    """Few different tokens, many times: much like what real monsters are made of."""
    few = [token(random) for _ in range(random.choice([1, 1, 2, 3]))]
    return [random.choice(few) for _ in range(random.choice(SIZES))]


def _joined_by(signs: Sequence[str]) -> Shape:
    def shape(random: Random, token: Token) -> str:
        sign = random.choice(signs)
        return sign.join(_several(random, token))

    return shape


def _nested(random: Random, token: Token) -> str:
    opening, closing = random.choice(
        ["()", "[]", "{}", "\u00ab\u00bb", "\u201e\u201c", "<>", '""', "''", "**", "``"]
    )
    depth = random.choice(SIZES)
    inside = "".join(opening + random.choice(["", word + " "]) for word in _several(random, token))
    return opening * depth + inside + token(random) + closing * random.choice([depth, depth, 1, 0])


def _long_word(random: Random, token: Token) -> str:
    letter = random.choice(["a", "я", "І", "c", "с", "X"])
    word = token(random)
    return random.choice(["", word]) + letter * random.choice([40, 49, 64, 65, 255, 257]) + word


def _lines(random: Random, token: Token) -> str:
    """A list, a table, quoted mail."""
    mark = random.choice(["- ", "> ", "1. ", "| ", "* ", "", "a) ", "# "])
    end = random.choice(["\n", "\r\n", "\r", " |\n"])
    return "".join(mark + one + end for one in _several(random, token))


def _marked(random: Random, token: Token) -> str:
    marks = random.choice([COMBINING, INVISIBLE, BIDI, APOSTROPHES])
    word = token(random)
    return "".join(char + random.choice(marks) * random.randrange(3) for char in word)


def _switched(random: Random, token: Token) -> str:
    """Suppression marks between lines."""
    pieces = [
        one + random.choice([" ", "\n", ""]) + random.choice(SUPPRESSIONS) for one in _several(random, token)
    ]
    return "\n".join(pieces)


SHAPES: Sequence[Shape] = (
    _joined_by([" ", " ", ", ", ""]),
    _joined_by(HYPHENS),
    _joined_by(APOSTROPHES),
    _joined_by(BLANKS),
    _joined_by(["/", "|", ".", "_", "\u200b", "\u00ad", " \u2014 ", ";"]),
    _nested,
    _long_word,
    _lines,
    _marked,
    _switched,
)
