"""Classes of characters: those of the shipped table, and the sets made of them."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from normalize.tables.unicode import load_ranges
from normalize.text.characters import CLASSES, PUNCTUATION, CharacterClasses

CLASSES_OF = CharacterClasses(load_ranges(Path(__file__).parent.parent / "tables"))


@pytest.mark.parametrize(
    ("chars", "name"),
    [
        ("aZéÿłßəŋıK\u212a\u212b\uff21", "latin"),
        ("аЯїґѣӏӀҐԝꙋᲀ", "cyrillic"),
        ("αΩάὦ\u2126", "greek"),
        ("あ漢עربա\u10d0", "letter"),
        ("\u0301\u0308\u0483\ufe0f\u20dd", "mark"),
        ("09٣₂", "digit"),
        ("'’ʼ‘`´ʹʺʻ′", "apostrophe"),
        ("-\u2010\u2011", "hyphen"),
        ("\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e", "invisible"),
        ("\u200e\u200f\u061c\u202a\u202e\u2066\u2069", "bidi"),
        (" \t\u00a0\u2009\u202f\u3000", "space"),
        ("\n\r\x0b\x0c\x85\u2028\u2029", "newline"),
        ("🇺♥😀☎🏽", "symbol"),
        (".,–—№°µªº²½«»|₴\x00\ud800\u0378", PUNCTUATION),
    ],
)
def test_a_character_is_of_its_class(chars: str, name: str) -> None:
    assert {char: CLASSES_OF.of(char) for char in chars} == dict.fromkeys(chars, name)


def test_every_class_occurs_and_no_other() -> None:
    assert {name for _, _, name in CLASSES_OF.ranges} == set(CLASSES)


def test_only_letters_have_a_script() -> None:
    assert [CLASSES_OF.script(char) for char in "aщω漢1\u0301"] == [
        "latin",
        "cyrillic",
        "greek",
        "letter",
        None,
        None,
    ]


def test_a_set_matches_exactly_its_class() -> None:
    text = "".join(chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)
    expected: dict[str, list[str]] = {name: [] for name in CLASSES}
    for char in text:
        expected.setdefault(CLASSES_OF.of(char), []).append(char)
    for name in CLASSES:
        assert re.findall(CLASSES_OF.charset(name), text) == expected[name], name


def test_adjacent_ranges_of_a_joined_set_are_one() -> None:
    classes = CharacterClasses([(0x61, 0x63, "latin"), (0x64, 0x66, "digit"), (0x2D, 0x2D, "hyphen")])
    assert classes.inside("latin", "digit", "hyphen") == r"\x2da-f"
    assert classes.inside("mark") == ""


def test_order_does_not_matter_and_overlaps_are_refused() -> None:
    classes = CharacterClasses([(0x430, 0x44F, "cyrillic"), (0x61, 0x7A, "latin")])
    assert [classes.of(char) for char in "zа`"] == ["latin", "cyrillic", PUNCTUATION]
    with pytest.raises(ValueError, match=r"U\+0062"):
        CharacterClasses([(0x61, 0x62, "latin"), (0x62, 0x63, "digit")])


def test_a_copy_by_pickle_is_equal() -> None:
    assert pickle.loads(pickle.dumps(CLASSES_OF)).ranges == CLASSES_OF.ranges
