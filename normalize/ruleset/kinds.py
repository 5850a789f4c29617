"""The numbers that stand for names of things in a ruleset, shared by its writer and its readers.

Numbers are part of the file format: append, never reorder, or raise the container's version.
"""

from __future__ import annotations

NAME_KINDS = (
    "canonical",
    "native",
    "conventional",
    "translit",
    "russian-derived",
    "misspelling",
    "exonym",
    "former",
)
"""How a name is written, the most regular first: of the kinds of its words a name has the last."""

BEHAVIOURS = ("always", "unless", "only")
EFFECTS = ("keep", "person", "foreign", "support")
SEPARATORS = (" ", "-")

FOUND_SMALL = 40
"""The prominence from which on a place's name is found in small letters too; filters are made by it."""


def number_of_place(row: int | None) -> int:
    """A row of `places` as a column holds it: plus one, so that 0 is no place."""
    return 0 if row is None else row + 1


DEGREE = 100_000
"""Steps of a degree in which columns hold positions: a metre."""
_ZERO = 180 * DEGREE + 1


def number_of_degrees(degrees: float | None) -> int:
    """Degrees as a column holds them, so that 0 is unknown."""
    return 0 if degrees is None else round(degrees * DEGREE) + _ZERO


def degrees_of(number: int) -> float | None:
    """The degrees that a column holds."""
    return (number - _ZERO) / DEGREE if number else None


def number(names: tuple[str, ...], name: str) -> int:
    """The number of `name`. Raises ValueError for a name that the format does not know."""
    return names.index(name)
