"""Cases: a text under a ruleset, made from a seed and a number, so that any of them can be made again.

Cases come in blocks that share a ruleset. Most blocks are of the shipped rulesets, with levels and allowed
words of their own; every fourth is of a ruleset made at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from random import Random

from generate.letters import SchemeLetters
from generate.pools import Pools
from generate.rulesets import tiny_ruleset
from generate.seeds import vector_texts
from generate.texts import Texts
from generate.words import LONE

from normalize.model import LEVELS, RULES
from normalize.ruleset.container import Container
from normalize.ruleset.reader import Ruleset
from normalize.rulesets import open_ruleset
from tools.differential.engines import Difference, Pair

BLOCK = 500
"""Cases that share a ruleset."""


@dataclass(frozen=True)
class Case:
    """What is asked of both engines: the text as it is, and words in a scheme's letters."""

    number: int
    text: str
    letters: str
    scheme: str
    reverse: bool
    name: str


@dataclass(frozen=True)
class Found:
    """A case whose answers differ, and how its ruleset is made."""

    number: int
    setting: str
    text: str
    difference: Difference


@dataclass
class Tally:
    """What a block had in it, so that it shows how much the comparison says."""

    cases: int = 0
    with_findings: int = 0
    findings: int = 0
    safe: int = 0
    mentions: int = 0
    characters: int = 0

    def add(self, other: Tally) -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


class Block:
    """The cases of one block, and the engines that judge them."""

    def __init__(self, seed: int, number: int) -> None:
        self._seed, self._number = seed, number
        random = Random(f"{seed} block {number}")
        kind = ("uk-national", "uk-national", "ap" if number % 8 == 2 else "uk-national", "tiny")[number % 4]
        if kind == "tiny":
            ruleset = Ruleset(Container(tiny_ruleset(random, wild=random.randrange(4) > 0).data))
            self._texts = Texts(Pools(ruleset))
        else:
            ruleset, self._texts = _shipped(kind)
        levels, allow = dict(ruleset.levels), frozenset[str]()
        if random.randrange(4) == 0:
            levels |= {random.choice(RULES): random.choice(LEVELS) for _ in range(3)}
            allow = frozenset(self._texts.token(random) for _ in range(40))
        self.setting = f"ruleset {kind}, levels {levels}, {len(allow)} allowed words"
        self.pair = Pair(ruleset, levels, allow)
        self._schemes = [
            (name, reverse)
            for name, head in sorted(ruleset.schemes.items())
            for reverse in (False, True)
            if not reverse or head.reversible != "no"
        ]
        self._letters = _letters if kind != "tiny" else cache(_letters.__wrapped__)

    def cases(self) -> Iterator[Case]:
        for number in range(self._number * BLOCK, (self._number + 1) * BLOCK):
            yield self.case(number)

    def case(self, number: int) -> Case:
        random = Random(f"{self._seed} case {number}")
        text = self._texts.text(random)
        if random.randrange(60) == 0:  # what only a `str` can hold
            at = random.randrange(len(text) + 1)
            text = text[:at] + random.choice(LONE) + text[at:]
        scheme, reverse = random.choice(self._schemes)
        letters = self._letters(self.pair.ruleset, scheme, reverse).text(random)
        words = text.split()
        return Case(number, text, letters, scheme, reverse, random.choice(words) if words else "")

    def difference(self, case: Case, tally: Tally) -> Found | None:
        """What the engines answer differently, if anything."""
        judged = self.pair.difference(case.text)
        if isinstance(judged, Difference):
            return Found(case.number, self.setting, case.text, judged)
        for text, entry in (
            (case.text, "transliterate"),
            (case.letters, "transliterate"),
            (case.name, "lookup"),
        ):
            difference = self._other(text, entry, case)
            if difference is not None:
                return Found(case.number, self.setting, text, difference)
        tally.cases += 1
        tally.findings += len(judged.findings)
        tally.with_findings += bool(judged.findings)
        tally.safe += sum(one.applicability.value == "safe" for one in judged.findings)
        tally.mentions += len(judged.mentions)
        tally.characters += len(case.text)
        return None

    def differs(self, text: str, entry: str, case: Case) -> Difference | None:
        """The difference at the same entry for another text."""
        if entry.startswith(("transliterate", "lookup")):
            return self._other(text, entry, case)
        found = self.pair.difference(text)
        return found if isinstance(found, Difference) and found.entry == entry else None

    def _other(self, text: str, entry: str, case: Case) -> Difference | None:
        """The difference at an entry that does not say what is in the text."""
        if entry == "lookup":
            return self.pair.lookup_difference(text)
        return self.pair.scheme_difference(text, case.scheme, case.reverse)


@cache
def _shipped(profile: str) -> tuple[Ruleset, Texts]:
    ruleset = open_ruleset(profile)
    return ruleset, Texts(Pools(ruleset), vector_texts())


@cache
def _letters(ruleset: Ruleset, scheme: str, reverse: bool) -> SchemeLetters:
    return SchemeLetters(ruleset.scheme(scheme), reverse)
