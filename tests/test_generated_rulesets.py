"""The laws on rulesets made at random, and, where there are two engines, their agreement on them."""

from __future__ import annotations

import os

import laws
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_tables import Made, rulesets

ENGINES = laws.engines_here()
RULESETS = max(8, int(os.environ.get("NORMALIZE_MAX_EXAMPLES", "60")) // 2)
TEXTS = 12  # texts for each ruleset: compiling one costs more than judging many

few = settings(max_examples=RULESETS, suppress_health_check=list(HealthCheck))


def texts_of(made: Made, data: st.DataObject) -> list[str]:
    return data.draw(st.lists(made.texts(), min_size=1, max_size=TEXTS))


@few
@pytest.mark.parametrize("engine", ENGINES)
@given(made=rulesets(), data=st.data())
def test_laws(engine: str, made: Made, data: st.DataObject) -> None:
    nz = made.normalizer(engine)
    for text in texts_of(made, data):
        for law in laws.LAWS:
            law(nz, text)


@few
@pytest.mark.skipif(len(ENGINES) < 2, reason="one engine is here, and it agrees with itself")
@given(made=rulesets(), data=st.data())
def test_engines_agree(made: Made, data: st.DataObject) -> None:
    engines = [made.normalizer(name) for name in ENGINES]
    for text in texts_of(made, data):
        laws.same_findings(engines, text)


@few
@given(made=rulesets())
def test_every_word_of_a_ruleset_is_found_again(made: Made) -> None:
    """Compiling is total: each native name of a place is a name of that place."""
    nz = made.normalizer(ENGINES[0])
    ruleset = nz._engine.ruleset
    for number in range(len(ruleset.places)):
        place = ruleset.places[number]
        for native in filter(None, (place.uk, place.ru)):
            assert place.id in {found.id for found in nz.lookup(native)}, native
