"""The laws on rulesets made at random, and, where there are two engines, their agreement on them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import laws
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import letters, rulesets, rulesets_and_texts, settings_of_users, texts

if TYPE_CHECKING:
    from tiny_tables import Made

ENGINES = laws.engines_here()
needs_two = pytest.mark.skipif(len(ENGINES) < 2, reason="one engine is here, and it agrees with itself")
few = settings(max_examples=max(8, int(os.environ.get("NORMALIZE_MAX_EXAMPLES", "30")) // 2))


@few
@pytest.mark.parametrize("engine", ENGINES)
@given(case=rulesets_and_texts(wild=False))
def test_laws(engine: str, case: tuple[Made, Sequence[str]]) -> None:
    made, written = case
    nz = made.normalizer(engine)
    for text in written:
        for law in laws.LAWS:
            law(nz, text)


@few
@needs_two
@given(case=st.booleans().flatmap(lambda wild: rulesets_and_texts(wild=wild)), data=st.data())
def test_engines_agree(case: tuple[Made, Sequence[str]], data: st.DataObject) -> None:
    made, written = case
    for chosen in ({}, data.draw(settings_of_users(written[0]))):
        engines = [made.normalizer(name, **chosen) for name in ENGINES]
        for text in written:
            laws.same_answers(engines, text)
    for text in written[:2]:
        laws.same_maps(engines, text)


@few
@needs_two
@given(made=rulesets(wild=True), data=st.data())
def test_engines_agree_on_letters(made: Made, data: st.DataObject) -> None:
    """Schemes with rules that no authority has thought of."""
    engines = [made.normalizer(name) for name in ENGINES]
    for scheme in engines[0].schemes():
        for reverse in (False, True) if scheme.reversible != "no" else (False,):
            for text in data.draw(
                st.lists(texts(made.texts) | letters(made.ruleset, scheme.id, reverse), max_size=3)
            ):
                laws.same_scripts(engines, text, scheme.id, reverse)


@few
@given(made=rulesets(wild=False))
def test_every_word_of_a_ruleset_is_found_again(made: Made) -> None:
    """Compiling is total: each native name of a place is a name of that place."""
    nz = made.normalizer(ENGINES[0])
    for number in range(len(made.ruleset.places)):
        place = made.ruleset.places[number]
        for native in filter(None, (place.uk, place.ru)):
            assert place.id in {found.id for found in nz.lookup(native)}, native
