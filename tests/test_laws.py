"""The laws on the shipped rulesets, by every engine that is here, and the engines' agreement on them."""

from __future__ import annotations

from functools import cache
from typing import Any

import laws
import pytest
from generate.seeds import vector_texts
from generate.words import as_bytes_carry_it
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import letters, settings_of_users, strings, texts

from normalize import Normalizer, schemes
from normalize.rulesets import open_ruleset

ENGINES = laws.engines_here()
needs_two = pytest.mark.skipif(len(ENGINES) < 2, reason="one engine is here, and it agrees with itself")
SCHEMES = [(one.id, False) for one in schemes()]
SCHEMES += [(one.id, True) for one in schemes() if one.reversible != "no"]
LETTERS = "Щука щУКА сё'э́ ї й ѐ Їжак ӏ l1I\u0301 ьЯ-я Ǆ ßﬁ İi ıI n’j \udcff\0\r\n"


@pytest.fixture(scope="module", params=ENGINES)
def nz(request: pytest.FixtureRequest) -> Normalizer:
    return Normalizer(engine=request.param)


@cache
def engines(profile: str = "uk-national") -> list[Normalizer]:
    return [Normalizer(profile, engine=name) for name in ENGINES]


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


@needs_two
@pytest.mark.parametrize("profile", ["uk-national", "ap"])
@given(text=strings())
def test_engines_agree(profile: str, text: str) -> None:
    laws.same_answers(engines(profile), text)


@needs_two
@given(text=strings())
def test_engines_agree_on_offsets(text: str) -> None:
    laws.same_maps(engines(), text)


@needs_two
@given(data=st.data(), text=texts())
def test_engines_agree_as_a_user_sets_them(data: st.DataObject, text: str) -> None:
    chosen: dict[str, Any] = data.draw(settings_of_users(text))
    laws.same_answers([Normalizer(engine=name, **chosen) for name in ENGINES], text)


@needs_two
@given(data=st.data())
def test_engines_agree_on_letters(data: st.DataObject) -> None:
    scheme, reverse = data.draw(st.sampled_from(SCHEMES))
    for _ in range(8):
        laws.same_scripts(
            engines(),
            data.draw(letters(open_ruleset("uk-national"), scheme, reverse) | strings()),
            scheme,
            reverse,
        )


@needs_two
@pytest.mark.parametrize("reverse", [False, True])
def test_engines_agree_in_every_scheme(reverse: bool) -> None:
    """A sample for each scheme, so that none is left to chance."""
    sample = LETTERS + as_bytes_carry_it(" ".join(vector_texts()[::7]))
    for scheme, back in SCHEMES:
        if back == reverse:
            laws.same_scripts(engines(), sample, scheme, reverse)
