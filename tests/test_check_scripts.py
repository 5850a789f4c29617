"""Every message of the checks of `tables/scripts`, provoked by one mistake in a copy of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from normalize.tables.check_scripts import check_scripts
from normalize.tables.patterns import problem
from normalize.tables.scripts import load_scripts

TABLES = Path(__file__).parent.parent / "tables"
LAST_MIXED = '[[mixed]]\nid = "no-reading"\n'


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    for name in ("scripts", "unicode"):
        shutil.copytree(TABLES / name, tmp_path / name)
    return tmp_path / "scripts"


def messages(directory: Path) -> str:
    return "\n".join(str(error) for error in check_scripts(directory))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_tables_are_right() -> None:
    assert messages(TABLES / "scripts") == ""


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("words.tsv", "USB\tacronym\t\t\tx", "USB stands already in line"),
        ("words.tsv", "ZZZ\tacronym\t\t\t", "has no source"),
        ("words.tsv", "ZZZ\tnonsense\t\t\tx", "unknown class 'nonsense'"),
        ("words.tsv", "кмl\tunit\t\t\tx", "mixes scripts"),
        ("words.tsv", "БЫЛ\tacronym\tuk\t\tx", "has Ы (U+042B), which Ukrainian does not write"),
        ("words.tsv", "USA\tacronym\tuk\t\tx", "which Ukrainian does not write"),
        ("words.tsv", "ZZZ\tacronym\tqq\t\tx", "unknown language 'qq'"),
        ("words.tsv", "ОК\tacronym\tru\t\tx", "'ОК' looks like the listed 'OK'"),
        ("words.tsv", "ZZZ\tacronym\t\t\tx\ty", "has 6 cells for 5 columns"),
        ("glossary.tsv", "НАТО\tNATO\t\t\tx", "НАТО stands already"),
        ("glossary.tsv", "ЖЖЖ\t\t\t\tx", "to is empty"),
        ("glossary.tsv", "НАТO\tNATO\t\t\tx", "from 'НАТO' mixes scripts (U+041D, U+0410, U+0422)"),
        ("designators.tsv", "Ж\t\tZh\tnonsense\tЖ-1\tx", "unknown kind 'nonsense'"),
        ("signals.tsv", "nonsense\tx\tx", "unknown signal 'nonsense'"),
        ("lookalikes-extra.tsv", "q\tЯ\tnonsense\t\tx", "unknown tier 'nonsense'"),
        ("lookalikes-extra.tsv", "q\t\tstrong\t\tx", "a letter is missing"),
        ("one-letter-words.tsv", "а\tuk", "а uk stands already"),
    ],
)
def test_a_bad_row_is_named(scripts: Path, file: str, row: str, message: str) -> None:
    append(scripts / file, row + "\n")
    lines = (scripts / file).read_text(encoding="utf-8").count("\n")
    found = messages(scripts)
    assert message in found
    assert f"{scripts / file}:{lines}:" in found or "looks like" in message


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(?=x)y", "has a look-around"),
        ("(?<!x)y", "has a look-around"),
        (r"(x)\1", "has a back-reference"),
        ("(x+)+", "repeats a repetition"),
        ("(?:a|b{2,})*", "repeats a repetition"),
        ("(?:(?:x*)y){3}", "repeats a repetition"),
        ("x++", "possessive"),
        ("(x", "does not compile"),
        (r"x\Z", "an anchor of one library"),
    ],
)
def test_a_pattern_outside_the_shared_subset_is_named(scripts: Path, pattern: str, message: str) -> None:
    append(scripts / "zones.toml", f'\n[[zone]]\nid = "bad"\npattern = \'{pattern}\'\neffect = "skip"\n')
    assert f"bad: the pattern {problem(pattern)}" in messages(scripts)
    assert message in messages(scripts)


@pytest.mark.parametrize(
    "pattern", ["[+*]+x", "(?:ab?)?", "(?:x+)?", "a{2,3}?", r"\(+\[", "(?:ab|cd)+", "[]*]+", "{x}"]
)
def test_a_pattern_of_the_shared_subset_is_fine(pattern: str) -> None:
    assert problem(pattern) is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            'when = { caps = true, roman = true }\nverdict = "fine"\nrepair = "none"',
            "looks: can never be reached: roman-",
        ),
        ('when = { nonsense = true }\nverdict = "fine"\nrepair = "none"', "unknown feature 'nonsense'"),
        ('when = { fold = "greek" }\nverdict = "fine"\nrepair = "none"', "fold cannot be 'greek'"),
        ('when = { caps = "true" }\nverdict = "fine"\nrepair = "none"', "caps cannot be 'true'"),
        ('when = { glued = true }\nverdict = "wrong"\nrepair = "none"', "unknown verdict 'wrong'"),
        ('when = { glued = true }\nverdict = "fine"\nrepair = "magic"', "unknown repair 'magic'"),
        ('when = { glued = true }\nverdict = "mixed"\nrepair = "none"', "message is missing"),
    ],
)
def test_a_bad_verdict_is_named(scripts: Path, row: str, message: str) -> None:
    bad = f'[[mixed]]\nid = "looks"\n{row}\napplicability = "none"\nexample = "x"\n\n'
    replace(scripts / "verdicts.toml", LAST_MIXED, bad + LAST_MIXED)
    assert message in messages(scripts)


def test_a_table_must_decide_every_case_and_only_repair_where_it_says_so(scripts: Path) -> None:
    replace(scripts / "verdicts.toml", LAST_MIXED + "when = {}", LAST_MIXED + "when = { caps = true }")
    replace(
        scripts / "verdicts.toml", 'verdict = "fine"\nrepair = "none"', 'verdict = "fine"\nrepair = "roman"'
    )
    found = messages(scripts)
    assert "[[mixed]] does not decide every case" in found
    assert "mixed-listed: the repair does not go with the verdict" in found


def test_sources_ids_and_letters_of_toml(scripts: Path) -> None:
    replace(scripts / "zones.toml", "source = ", "sauce = ")
    replace(scripts / "zones.toml", 'effect = "report"\nsource = ', 'effect = "report"\nsauce = ')
    append(scripts / "zones.toml", '\n[[zone]]\nid = "url"\npattern = \'x\'\neffect = "skip"\nsource = "x"\n')
    replace(scripts / "languages.toml", 'words = ["і"', 'words = ["i"')
    replace(scripts / "languages.toml", 'spelling_of = "ru"', 'spelling_of = "rus"')
    replace(scripts / "glosses.toml", '"Ukrainian"', '"Ukrаinian"')
    found = messages(scripts)
    assert "url: has no source" in found
    assert "url: the id is used twice" in found
    assert "uk: 'i' has i (U+0069), which is not in the alphabet" in found
    assert "ru-petr1708: spelling_of names 'rus'" in found
    assert "the label mixes scripts" in found


def test_a_broken_file_is_reported_alone(scripts: Path) -> None:
    (scripts / "signals.tsv").write_text("signal\ttext\n", encoding="utf-8")
    (scripts / "zones.toml").write_text("[[zone]\n", encoding="utf-8")
    found = messages(scripts)
    assert "signals.tsv:1: has no column 'source'" in found
    assert "zones.toml:1: is not TOML" in found


def test_loading_gives_every_table() -> None:
    tables = load_scripts(TABLES / "scripts")
    assert {row.tier for row in tables.lookalikes} == {
        "strong",
        "accent",
        "weak",
        "ocr",
        "keyboard",
        "codepage",
    }
    assert tables.glosses.brackets[0] == ("(", ")")
    assert all(getattr(tables, name) for name in tables.__slots__)
