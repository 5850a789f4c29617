"""No text costs the native engine more than it is long: `generate/monsters.py` and units made at random.

A speed says as much of the machine as of the program and is never asserted. What is asserted is how the time
grows: sixteen times the length may take 64 times as long, where linear is 16 and quadratic 256. It is the
processor's time of this thread, so other work does not count, and what looks steep is measured again and
again before it is believed. `python -m tools.cliffs` does the same at leisure, for more texts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from random import Random
from statistics import median

import laws
import pytest
from generate.letters import SchemeLetters
from generate.monsters import ended, monsters, random_monster, repeated
from strategies import shipped

from normalize import Normalizer
from normalize.rulesets import open_ruleset

LENGTH = 8_192
FACTOR = 16
STEEP = 64.0
"""Half way, by ratio, between linear and quadratic: larger memory alone was seen to cost three times."""
SHORT = 1e-3
"""Seconds that are too few to tell anything of a ratio."""
TIMES = 7
"""How often what looks steep is measured, before it is believed."""
SEARCHED = 40

pytestmark = pytest.mark.skipif("native" not in laws.engines_here(), reason="the native engine is not here")


@pytest.fixture(scope="module")
def nz() -> Normalizer:
    return Normalizer(engine="native")


def seconds(entry: Callable[[str], object], text: str) -> float:
    begin = time.thread_time()
    entry(text)
    return time.thread_time() - begin


def growth(entry: Callable[[str], object], make: Callable[[int], str]) -> float:
    """How many times longer the longer text takes: where that is steep, the median over several lengths.

    Some texts are of one kind or another by whether their length is even.
    """
    ratios: list[float] = []
    for length in range(LENGTH, LENGTH + TIMES):
        short, long = make(length), make(FACTOR * length)
        before, after = (min(seconds(entry, text) for _ in range(1 + len(ratios))) for text in (short, long))
        ratios.append(after / max(before, SHORT / STEEP))
        if len(ratios) == 1 and ratios[0] <= STEEP:
            break
    return median(ratios)


def test_a_cliff_would_be_seen() -> None:
    """The measure itself: counting from every 512th place is quadratic, from the first is not."""
    text = partial(repeated, "word ")
    assert growth(lambda text: [text.count("word", at) for at in range(0, len(text), 512)], text) > STEEP
    assert growth(lambda text: [text.count("word") for _ in range(32)], text) <= STEEP


@pytest.mark.parametrize("name", monsters())
def test_listed(nz: Normalizer, name: str) -> None:
    assert growth(nz.find, monsters()[name]) <= STEEP


@pytest.mark.parametrize("number", range(SEARCHED))
def test_made_at_random(nz: Normalizer, number: int) -> None:
    unit, end = random_monster(Random(f"cliff {number}"), shipped())
    assert growth((nz.find, nz.mentions)[number % 2], partial(ended, unit, end)) <= STEEP, (unit, end)


def test_words_without_end_by_schemes_that_look_far(nz: Normalizer) -> None:
    """Contexts of the nearest vowel, however far, harmony, and one of the usual schemes."""
    ruleset = open_ruleset("uk-national")
    for scheme, reverse in (("tt-bgnpcgn-2007", False), ("crh-latn-1997", True), ("uk-kmu-2010", False)):
        letters = SchemeLetters(ruleset.scheme(scheme), reverse)
        for number in range(4):
            unit = "".join(letters.text(Random(number)).split())
            entry = partial(nz.transliterate, scheme=scheme, reverse=reverse)
            assert growth(entry, partial(repeated, unit)) <= STEEP, (scheme, unit)
