"""The vectors: every engine gives for each text the findings and the repair that stand there."""

from __future__ import annotations

from functools import cache

import laws
import pytest
from vector_files import VECTORS, Case, cases

from normalize import Normalizer

CLASSES = ("scripts", "places", "sentences", "controls")
FILES = [path for name in CLASSES for path in sorted((VECTORS / name).glob("*.tsv"))]
CASES = [case for path in FILES for case in cases(path)]
FAILING = cases(VECTORS / "known-failures.tsv", failing=True)


@cache
def normalizer(profile: str, engine: str) -> Normalizer:
    return Normalizer(profile, engine=engine)


@pytest.mark.parametrize("engine", laws.engines_here())
@pytest.mark.parametrize("case", CASES + FAILING)
def test_vector(case: Case, engine: str) -> None:
    nz = normalizer(case.profile, engine)
    result = nz.apply(case.text)
    found = [(f.rule, f.start, f.end, f.replacement, f.applicability.value) for f in result.findings]
    assert result.text == case.expected, found
    if case.findings is not None:
        assert found == case.findings


@pytest.mark.parametrize("case", CASES)
def test_every_law_holds_for_every_vector(case: Case) -> None:
    nz = normalizer(case.profile, laws.engines_here()[0])
    for law in laws.LAWS:
        law(nz, case.text)
        law(nz, case.expected)


def test_vectors_are_many_and_differ() -> None:
    texts = [(case.values[0].text, case.values[0].profile) for case in CASES]  # type: ignore[attr-defined]
    assert len(texts) > 250
    assert len(set(texts)) == len(texts)
