"""Batches: what each text becomes by itself, it becomes among others; widths and lengths may differ."""

from __future__ import annotations

import sys

import laws
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from normalize import Normalizer

ENGINES = laws.engines_here()
needs_native = pytest.mark.skipif("native" not in ENGINES, reason="the native engine is not here")

TEXTS = [
    "",
    "\n",
    "nothing to do",
    "Kiev",
    "café in Kiev, Dоnetsk",
    "from Kharkov “with” love – and Kiev\r\n",
    "Харків і Kharkov \U0001f600 Kiev",
    "the River Seversky\nДонец\n\nKiev\0Kharkov",
    "\udcff Kiev \udce9\udc80 Dоnetsk\udcff",
    "\ud83d",
    "Щ\udcff",
    "Щука\nі\n\nїжак",
    "Під’їзд і гора́",
    "slova i slova, a word’",
]


@pytest.mark.parametrize("engine", ENGINES)
def test_batches_keep_what_did_not_change(engine: str) -> None:
    nz = Normalizer(engine=engine)
    texts = [f"{text} {number}" for number in range(30) for text in TEXTS]
    made = nz.normalize_batch(iter(texts))
    assert made == [nz.normalize(text) for text in texts]
    for text, one in zip(texts, made, strict=True):
        assert (one is text) == (one == text)
    assert nz.normalize_batch([]) == []
    with pytest.raises((TypeError, AttributeError)):
        nz.normalize_batch(["Kiev", None])  # type: ignore[list-item]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scheme", ["uk-kmu-2010", "ru-iso9-1995"])
def test_batches_of_transliteration_are_single_calls(engine: str, scheme: str) -> None:
    nz = Normalizer(engine=engine)
    texts = [f"{text}{number}" for number in range(9) for text in TEXTS] + ["щ" * 9000]
    made = nz.transliterate_batch(iter(texts), scheme)
    assert made == [nz.transliterate(text, scheme) for text in texts]
    for text, one in zip(texts, made, strict=True):
        assert (one is text) == (one == text)
        assert sys.getsizeof(one) == sys.getsizeof("".join(list(one))) or one is text
    assert nz.transliterate_batch([], scheme) == []
    assert nz.transliterate_batch(("Щука",), scheme) == [nz.transliterate("Щука", scheme)]


@needs_native
@given(data=st.data())
def test_what_stands_beside_a_text_changes_nothing(data: st.DataObject) -> None:
    """The native engine works on short texts together."""
    nz = Normalizer(engine="native")
    texts = data.draw(st.lists(strategies.strings() | st.sampled_from(TEXTS), max_size=12))
    assert nz.normalize_batch(texts) == [nz.normalize(text) for text in texts]
    for scheme, reverse in (("uk-kmu-2010", False), ("uk-iso9-1995", True)):
        single = [nz.transliterate(text, scheme, reverse) for text in texts]
        assert nz.transliterate_batch(texts, scheme, reverse) == single
