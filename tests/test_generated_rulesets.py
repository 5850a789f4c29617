"""The laws on rulesets made at random, and, where there are two engines, their agreement on them."""

from __future__ import annotations

import os

import laws
import pytest
from hypothesis import Phase, given, settings
from tiny_tables import Made, rulesets, rulesets_and_texts

ENGINES = laws.engines_here()
SHRINK = [Phase.shrink] if os.environ.get("NORMALIZE_SHRINK") else []
"""Making a failing ruleset smaller takes minutes, so it is done on request."""

few = settings(
    max_examples=max(8, int(os.environ.get("NORMALIZE_MAX_EXAMPLES", "30")) // 2),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, *SHRINK],
)


@few
@pytest.mark.parametrize("engine", ENGINES)
@given(case=rulesets_and_texts())
def test_laws(engine: str, case: tuple[Made, list[str]]) -> None:
    made, texts = case
    nz = made.normalizer(engine)
    for text in texts:
        for law in laws.LAWS:
            law(nz, text)


@few
@pytest.mark.skipif(len(ENGINES) < 2, reason="one engine is here, and it agrees with itself")
@given(case=rulesets_and_texts())
def test_engines_agree(case: tuple[Made, list[str]]) -> None:
    made, texts = case
    engines = [made.normalizer(name) for name in ENGINES]
    for text in texts:
        laws.same_findings(engines, text)


@few
@given(made=rulesets())
def test_every_word_of_a_ruleset_is_found_again(made: Made) -> None:
    """Compiling is total: each native name of a place is a name of that place."""
    nz = made.normalizer(ENGINES[0])
    ruleset = nz._worker.ruleset
    for number in range(len(ruleset.places)):
        place = ruleset.places[number]
        for native in filter(None, (place.uk, place.ru)):
            assert place.id in {found.id for found in nz.lookup(native)}, native
