"""The laws on the shipped rulesets, by every engine that is here."""

from __future__ import annotations

import laws
import pytest
from hypothesis import example, given, settings
from strategies import texts

from normalize import Normalizer

ENGINES = laws.engines_here()


@pytest.fixture(scope="module", params=ENGINES)
def nz(request: pytest.FixtureRequest) -> Normalizer:
    return Normalizer(engine=request.param)


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
@given(text=texts())
@example(text="")
@example(text="\0")
@example(text="\r\n")
@example(text="\udcff")
@example(text="Kiev\udcd0 and Хаrkov\r\n\r\nна Kиїв\u200bі")
def test_law(nz: Normalizer, law: laws.Law, text: str) -> None:
    law(nz, text)


@pytest.mark.parametrize("law", [laws.pickled_is_equal, laws.threads_agree], ids=lambda law: law.__name__)
@settings(max_examples=15)
@given(text=texts())
def test_law_of_shipped_rulesets(nz: Normalizer, law: laws.Law, text: str) -> None:
    law(nz, text)


@given(text=texts())
def test_idempotent_under_the_other_profile(text: str) -> None:
    laws.idempotent(Normalizer("ap"), text)


@pytest.mark.skipif(len(ENGINES) < 2, reason="one engine is here, and it agrees with itself")
@given(text=texts())
def test_engines_agree(text: str) -> None:
    laws.same_findings([Normalizer(engine=name) for name in ENGINES], text)
