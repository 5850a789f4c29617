"""Strategies for property tests: texts and rulesets of `generate`, with hypothesis in charge of the chances.

A text is made of one draw of randomness, so it can be made smaller; a ruleset of a seed, since making it
smaller would take minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from random import Random

from generate.letters import SchemeLetters
from generate.pools import Pools
from generate.rulesets import tiny_ruleset
from generate.seeds import vector_texts
from generate.texts import Texts
from generate.words import LONE, as_bytes_carry_it
from hypothesis import strategies as st
from tiny_tables import Made

from normalize.model import LEVELS, RULES
from normalize.ruleset.reader import Ruleset
from normalize.rulesets import open_ruleset


@cache
def shipped() -> Texts:
    """Texts of what the default ruleset knows."""
    return Texts(Pools(open_ruleset("uk-national")), vector_texts())


def arbitrary() -> st.SearchStrategy[str]:
    """Any text that UTF-8 bytes, valid or not, can hold."""
    return st.text(st.characters(codec="utf-8"), max_size=60) | st.binary(max_size=40).map(
        lambda data: data.decode("utf-8", "surrogateescape")
    )


def texts(made: Texts | None = None) -> st.SearchStrategy[str]:
    """All sorts of text, each one that `str -> bytes -> str` keeps."""
    random = st.randoms(use_true_random=False)
    own = random.map((made or shipped()).text)
    return st.one_of(own, own, own, arbitrary()).map(as_bytes_carry_it)


@st.composite
def strings(draw: st.DrawFn) -> str:
    """Texts that may hold what only a `str` can: surrogates that no byte stands for."""
    text = draw(texts())
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(LONE)) + text[at:]
    return text


@st.composite
def settings_of_users(draw: st.DrawFn, text: str = "") -> dict[str, object]:
    """Levels by rule, and allowed words: some of them stand in the text."""
    levels = draw(st.dictionaries(st.sampled_from(RULES), st.sampled_from(LEVELS), max_size=4))
    words = st.sampled_from(text.split() or ["Kiev"]) | st.sampled_from(shipped().pools.spelled)
    return {"rules": levels, "allow": draw(st.lists(words, max_size=4))}


def letters(ruleset: Ruleset, scheme: str, reverse: bool) -> st.SearchStrategy[str]:
    """Words in the letters of a scheme."""
    return st.randoms(use_true_random=False).map(_letters(ruleset, scheme, reverse).text)


@lru_cache(maxsize=64)
def _letters(ruleset: Ruleset, scheme: str, reverse: bool) -> SchemeLetters:
    return SchemeLetters(ruleset.scheme(scheme), reverse)


def rulesets(*, wild: bool) -> st.SearchStrategy[Made]:
    """Small rulesets, compiled: with `wild`, such as no check of tables would pass."""
    return st.integers(0, 2**32 - 1).map(lambda seed: _made(seed, wild))


@lru_cache(maxsize=64)
def _made(seed: int, wild: bool) -> Made:
    tiny = tiny_ruleset(Random(seed), wild=wild)
    return Made(tiny.data, seed, tiny.told)


@st.composite
def rulesets_and_texts(draw: st.DrawFn, *, wild: bool) -> tuple[Made, Sequence[str]]:
    """A ruleset and texts of its words: compiling one costs more than judging many."""
    made = draw(rulesets(wild=wild))
    return made, draw(st.lists(texts(made.texts), min_size=1, max_size=12))
