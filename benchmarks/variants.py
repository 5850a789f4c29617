"""What the shipped ruleset knows, written out as strings, so that peers can search for the same names.

A ruleset holds names by component (see docs/ruleset.md), so the spellings of a name of several words are a
product. Names of one word are written out in full, of longer names at most `COMBINATIONS` spellings each:
all of them together would be 3 million strings, with which the peers are slower or do not start at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from math import prod
from random import Random

from normalize.ruleset.kinds import NAME_KINDS, SEPARATORS
from normalize.ruleset.lexicon import ROOT
from normalize.ruleset.reader import Ruleset

COMBINATIONS = 32
_SEED = 3


class Variants:
    """The names of a ruleset as a text may write them."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset

    @cached_property
    def rewritten(self) -> list[str]:
        """Every spelling of a kind that the profile rewrites, with capitals, sorted."""
        wanted = {kind for kind in self._ruleset.words_of("rewrite") if kind in NAME_KINDS}
        found: set[str] = set()
        for components, payloads in self._phrases(ROOT, ()):
            separators = self._ruleset.names[payloads[0]].separators
            found.update(self._written(components, separators, wanted))
        return sorted(found - self.canonical)

    @cached_property
    def canonical(self) -> set[str]:
        """The names that stay as they are."""
        return {self._ruleset.places[number].name for number in range(len(self._ruleset.places))}

    @cached_property
    def _spellings(self) -> dict[int, list[tuple[str, str]]]:
        """Of each component its spellings and their kinds."""
        found: dict[int, list[tuple[str, str]]] = {}
        for word in sorted(self._ruleset.place_lexicon.words()):
            for component, kind in self._ruleset.place_lexicon.spelled(word):
                found.setdefault(component, []).append((word, NAME_KINDS[kind]))
        return found

    @cached_property
    def _edges(self) -> dict[int, list[tuple[int, int]]]:
        numbers = self._ruleset.container.numbers("places.edges")
        found: dict[int, list[tuple[int, int]]] = {}
        for at in range(0, len(numbers), 3):
            found.setdefault(numbers[at], []).append((numbers[at + 1], numbers[at + 2]))
        return found

    def _phrases(self, node: int, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        payloads = self._ruleset.place_lexicon.payloads(node)
        if path and payloads:
            yield path, payloads
        for component, following in self._edges.get(node, ()):
            yield from self._phrases(following, (*path, component))

    def _written(
        self, components: tuple[int, ...], separators: tuple[int, ...], wanted: set[str]
    ) -> Iterator[str]:
        options = [self._spellings.get(component, []) for component in components]
        if len(options) > 1 and prod(map(len, options)) > COMBINATIONS:
            random = Random(f"{_SEED} {components}")
            taken = [[random.choice(spellings) for spellings in options] for _ in range(COMBINATIONS)]
        else:
            taken = [list(spellings) for spellings in product(*options)]
        joints = [SEPARATORS[number] for number in separators] + [" "] * len(components)
        for spellings in taken:
            if any(kind in wanted for _, kind in spellings):
                words = [capital(word) for word, _ in spellings]
                yield "".join(
                    word + (joints[index] if index + 1 < len(words) else "")
                    for index, word in enumerate(words)
                )


def capital(word: str) -> str:
    """`word` with its first letter a capital, one character for one."""
    upper = word[:1].upper()
    return (upper if len(upper) == 1 else word[:1]) + word[1:]
