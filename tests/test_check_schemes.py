"""Every message of the linter of schemes, provoked by one mistake in a small table."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.tables.check_schemes import check_schemes

ROOT = Path(__file__).parent.parent
HEAD = """\
id = "xx-test-2000"
language = "xx"
title = "A test"
authority = "Nobody"
year = 2000
url = "https://example.org"
source = "Nowhere, table 1"
reversible = "no"
apostrophe = ""
"""
LETTERS = """\
[letters]
"а" = "a"
"б" = "b"
"ж" = "zh"
"""
TESTS = """\
[tests]
"аб жаб" = "ab zhab"
"""
SOUND = HEAD + LETTERS + TESTS
EXACT = SOUND.replace('"no"', '"exact"').replace('apostrophe = ""', 'apostrophe = "keep"')


def messages(directory: Path, *tables: str) -> list[str]:
    for number, table in enumerate(tables):
        name = "xx-test-2000" if number == 0 else f"xx-other-{number}"
        (directory / f"{name}.toml").write_text(table, encoding="utf-8")
    return [str(error) for error in check_schemes(directory)]


def rule(source: str, target: str, **contexts: list[str]) -> str:
    sides = "".join(f"{side} = {items!r}\n".replace("'", '"') for side, items in contexts.items())
    return f'[[rules]]\nfrom = "{source}"\nto = "{target}"\n{sides}'


def test_the_tables_of_the_project_are_sound() -> None:
    assert check_schemes(ROOT / "tables" / "schemes") == []


def test_sound_tables(tmp_path: Path) -> None:
    assert messages(tmp_path, SOUND) == []


def test_a_sound_reversible_table(tmp_path: Path) -> None:
    assert messages(tmp_path, EXACT) == []


def test_an_apostrophe_that_is_not_written_is_a_lossy_span(tmp_path: Path) -> None:
    table = EXACT.replace("exact", "except").replace('"keep"', '""')
    assert messages(tmp_path, table.replace("[letters]", 'lossy = ["’"]\n[letters]')) == []


def test_errors_of_several_files_are_collected(tmp_path: Path) -> None:
    found = messages(tmp_path, "id = ", "id = 1")
    assert len(found) == 2


BROKEN = {
    "is not TOML": "id = ",
    "has no 'authority'": SOUND.replace('authority = "Nobody"\n', ""),
    "'source' is empty": SOUND.replace("Nowhere, table 1", ""),
    "'title' is not text": SOUND.replace('"A test"', "7"),
    "has no 'year'": SOUND.replace("year = 2000\n", ""),
    "unknown key 'yeer'": SOUND.replace("year", "yeer"),
    "has the url 'example.org'": SOUND.replace("https://", ""),
    "'reversible' is 'yes'": SOUND.replace('"no"', '"yes"'),
    "extends 'xx-nothing'": SOUND.replace("reversible", 'extends = "xx-nothing"\nreversible'),
    "extends 'xx-test-2000'": SOUND.replace("reversible", 'extends = "xx-test-2000"\nreversible'),
    "has the id 'xx-tset-2000'": SOUND.replace("xx-test", "xx-tset"),
    "names a class 'edge'": SOUND.replace("[letters]", '[classes]\nedge = "а"\n[letters]'),
    "'lossy' is not a list of texts": SOUND.replace("[letters]", 'lossy = "а"\n[letters]'),
    "[letters] is not a table of texts": SOUND.replace('"zh"', "7"),
    "the context 'vowels' is no class": SOUND + rule("а", "aa", left=["vowels"]),
    "the rule for 'а' has no context": SOUND + rule("а", "aa"),
    "lacks 'to'": SOUND + '[[rules]]\nfrom = "а"\nleft = ["б"]\n',
    "has the unknown key 'before'": SOUND + rule("а", "aa", before=["б"]),
    "[reverse] has the unknown key 'letter'": SOUND + "[reverse]\nletter = {}\n",
    "'reverse' is not a table": SOUND.replace("[letters]", "reverse = 7\n[letters]"),
    "'words' is not a list of tables": SOUND.replace("[letters]", "words = 7\n[letters]"),
    "writes the apostrophe of": SOUND + rule("а", "aa", left=["ʼ"]),
    "has a rule for nothing": SOUND.replace('"ж"', '""'),
    "holds 'a', U+0061 LATIN SMALL LETTER A": SOUND.replace('"а" =', '"a" ='),
    "the output 'а' holds 'а', U+0430 CYRILLIC SMALL LETTER A": SOUND.replace('"a"', '"а"'),
    "the rule for 'б' holds 'o', U+006F": SOUND + rule("б", "bb", left=["o"]),
    "the example 'жaб' holds 'a', U+0061": SOUND.replace("жаб", "жaб"),
    "the output 'ab zhаb' holds 'а'": SOUND.replace("zhab", "zhаb"),
    "writes 'Ж' in capitals": SOUND.replace('"ж"', '"Ж"'),
    "writes 'Zh' in capitals": SOUND.replace('"zh"', '"Zh"'),
    "decomposed": SOUND.replace('"ж"', '"и\u0306"'),
    "never matches alone: another covers it": SOUND
    + rule("а", "e", left=["б", "ж"])
    + rule("а", "i", left=["б"]),
    "and to 'i' tie": SOUND + rule("а", "e", left=["б"]) + rule("а", "i", right=["б"]),
    "never matches: a longer source always wins": SOUND.replace("[tests]", '"аб" = "ab"\n[tests]')
    + rule("а", "e", right=["б"]),
    "no example or test shows the rule from 'ж' to 'zh'": SOUND.replace("жаб", "баб").replace("zhab", "bab"),
    "has neither examples nor tests": HEAD + LETTERS,
    "'аб жаб' becomes 'ab zhab', not 'ab zab'": SOUND.replace("zhab", "zab"),
    "the exception 'жаба' is what the rules give": SOUND + '[[words]]\nfrom = "жаба"\nto = "zhaba"\n',
    "'а' and 'э' both become 'a'": EXACT.replace("[tests]", '"э" = "a"\n[tests]\n"э" = "a"'),
    "reversible = 'exact', but 'ь' becomes ''": EXACT.replace("[tests]", '"ь" = ""\n[tests]\n"ь" = ""'),
    "'except' with 0 lossy spans": EXACT.replace("exact", "except"),
    "the lossy span 'ж' does come back": EXACT.replace("exact", "except").replace(
        "[letters]", 'lossy = ["ж"]\n[letters]'
    ),
    "'zh' comes back as 'зх', not 'ж'": EXACT.replace(
        TESTS, '[reverse.letters]\n"zh" = "зх"\n[tests]\n"ж" = "zh"'
    ),
    "'жа́ж' becomes 'zhezh': stress changes a letter": SOUND.replace(
        "[tests]", '"а\u0301" = "e"\n[tests]\n"жа\u0301ж" = "zhezh"\n"жаж" = "zhazh"'
    ),
    "'zhab' comes back as 'жаб', not 'бажа'": EXACT + '[reverse.tests]\n"zhab" = "бажа"\n',
}


@pytest.mark.parametrize("message", BROKEN)
def test_broken(message: str, tmp_path: Path) -> None:
    found = messages(tmp_path, BROKEN[message])
    assert any(message in each for each in found), found


def test_errors_tell_the_line(tmp_path: Path) -> None:
    (found,) = messages(tmp_path, SOUND.replace("zhab", "zab"))
    assert found.startswith(f"{tmp_path}/xx-test-2000.toml:15: ")
    assert "; mend the rules or the example" in found


CHILD = HEAD.replace("xx-test-2000", "xx-other-1") + 'extends = "xx-test-2000"\n'


def test_a_scheme_that_extends_replaces_all_rules_of_a_source(tmp_path: Path) -> None:
    base = SOUND.replace("аб жаб", "аб жаб ба").replace("zhab", "zhab be") + rule("а", "e", right=["edge"])
    child = CHILD + '[letters]\n"а" = "o"\n[tests]\n"аба" = "obo"\n'
    assert messages(tmp_path, base, child) == []


def test_a_scheme_that_extends_must_test_what_it_adds(tmp_path: Path) -> None:
    (found,) = messages(tmp_path, SOUND, CHILD + '[letters]\n"ш" = "sh"\n[tests]\n"жаба" = "zhaba"\n')
    assert "no example or test shows the rule from 'ш' to 'sh'" in found


def test_schemes_that_extend_each_other(tmp_path: Path) -> None:
    first = SOUND.replace("reversible", 'extends = "xx-other-1"\nreversible')
    found = messages(tmp_path, first, CHILD + TESTS)
    assert len(found) == 2
    assert all("which is no other scheme" in each for each in found)
