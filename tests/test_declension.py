"""Case forms of native names: found by `lookup` and `mentions`, never rewritten in Cyrillic text."""

from __future__ import annotations

from pathlib import Path

import pytest

import normalize
from normalize.compiler.declension import load_declension
from normalize.errors import TableError

CASES = {
    "у Сіверську": "Siversk",
    "до Харкова": "Kharkiv",
    "під Києвом": "Kyiv",
    "з Миколаєва": "Mykolaiv",
    "у Полтаві": "Poltava",
    "за Макіївкою": "Makiivka",
    "під Черкасами": "Cherkasy",
    "у Хмельницькому": "Khmelnytskyi",
    "у Білій Церкві": "Bila Tserkva",
    "на березі Сіверського Дінця": "Siverskyi Donets",
    "под Северском": "Siversk",
    "из Харькова": "Kharkiv",
    "в Мариуполе": "Mariupol",
    "под Часовым Яром": "Chasiv Yar",
    "в Запорожье": "Zaporizhzhia",
}


@pytest.mark.parametrize(("text", "name"), CASES.items())
def test_a_case_form_is_a_mention(text: str, name: str) -> None:
    mentions = normalize.Normalizer().mentions(text)
    assert name in {place.name for mention in mentions for place in mention.candidates}
    assert normalize.normalize(text) == text


def test_a_common_word_in_small_letters_is_no_mention() -> None:
    text = "Мене турбує щастя, коли йдеться про гроші з великими сумами."
    assert normalize.Normalizer().mentions(text) == []


def test_rules_of_endings(tmp_path: Path) -> None:
    path = tmp_path / "declension.toml"
    path.write_text('[[rule]]\nlanguage = "uk"\nfrom = ["а"]\nto = ["у", "+х", "--о"]\n', encoding="utf-8")
    declension = load_declension(path)
    assert declension.forms("полтава", "uk") == ["полтаву", "полтавах", "полтао"]
    assert declension.forms("полтава", "ru") == []
    assert declension.forms("а", "uk") == [], "nothing would be left of the word"
    path.write_text('[[rule]]\nlanguage = "uk"\n', encoding="utf-8")
    with pytest.raises(TableError, match="needs language, from and to"):
        load_declension(path)
