"""Foldings: composition, case, comparison keys, shapes."""

from __future__ import annotations

import pickle
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.tables.unicode import load_folder

FOLDER = load_folder(Path(__file__).parent.parent / "tables")
ACUTE, GRAVE, DIAERESIS, BREVE = "\u0301", "\u0300", "\u0308", "\u0306"
WORDS = st.text(st.sampled_from("абїйіeéäoKќ̀̈̆\u200b\u00ad'’ʼ-"), max_size=12)


@pytest.mark.parametrize(
    ("text", "composed"),
    [
        (f"Ки\u0456{DIAERESIS}в", "Київ"),
        (f"и{BREVE}", "й"),
        (f"е{DIAERESIS}", "ё"),
        (f"e{ACUTE}", "é"),
        (f"а{ACUTE}", f"а{ACUTE}"),
        ("a\u0323\u0302", "ậ"),
        ("\u212a\u2126\u212b", "KΩÅ"),
        ("Київ", "Київ"),
        (ACUTE, ACUTE),
    ],
)
def test_compose(text: str, composed: str) -> None:
    assert FOLDER.compose(text) == composed


@given(WORDS)
def test_composition_agrees_with_unicode(text: str) -> None:
    """Where each mark follows its letter directly, as here, it is the composition of NFC."""
    simple = "".join(char for char in text if not unicodedata.combining(char))
    assert FOLDER.compose(unicodedata.normalize("NFD", simple)) == simple


def test_lower_and_upper_keep_the_length() -> None:
    assert FOLDER.lower("ЇЄҐӀÄİΣ") == "їєґӏäiσ"
    assert FOLDER.upper("їєґӏäi") == "ЇЄҐӀÄI"


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Донéцьк", "донéцьк"),
        (f"Доне{ACUTE}цьк", "донецьк"),
        (f"е{GRAVE}\u0450", "ее"),
        ("\u045d", "и"),
        ("ѓќ", "ѓќ"),
        ("Слов’янськ", "слов'янськ"),
        ("Словʼянськ", "слов'янськ"),
        ("Sivers`k", "sivers'k"),
        ("Siversʹk", "sivers'k"),
        ("До\u00adнець\u200bк", "донецьк"),
        ("\u202aKyiv\u202c", "kyiv"),
        (f"Кі{DIAERESIS}в", "кїв"),
        (f"е{ACUTE}{DIAERESIS}", "ё"),
        ("", ""),
    ],
)
def test_key(word: str, key: str) -> None:
    assert FOLDER.key(word) == key


@given(WORDS)
def test_a_key_is_its_own_key(word: str) -> None:
    assert FOLDER.key(FOLDER.key(word)) == FOLDER.key(word)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("kyiv", "lower"),
        ("Kyiv", "title"),
        ("KYIV", "upper"),
        ("МіГ", "mixed"),
        ("iPhone", "mixed"),
        ("Я", "title"),
        ("12", "lower"),
        ("С-300П", "upper"),
        ("Ʒ'a", "title"),
    ],
)
def test_shape(word: str, shape: str) -> None:
    assert FOLDER.shape(word) == shape


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("kyiv", "KIEV", "KYIV"),
        ("Kyiv", "kiev", "kyiv"),
        ("kyiv", "Kiev", "Kyiv"),
        ("McDonald", "mcdonald’s", "mcdonald"),
        ("MiG", "Миг", "MiG"),
        ("MiG", "МиГ", "MiG"),
        ("'ayn", "Айн", "'Ayn"),
        ("", "KIEV", ""),
    ],
)
def test_reshape_carries_the_case_of_the_source(text: str, source: str, expected: str) -> None:
    assert FOLDER.reshape(text, FOLDER.shape(source)) == expected


def test_a_copy_by_pickle_folds_alike() -> None:
    assert pickle.loads(pickle.dumps(FOLDER)).key("КИЇВ") == "київ"
