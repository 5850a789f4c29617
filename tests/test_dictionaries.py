"""Dictionaries of a user: read, named wrongly, and decisive where the script rules are not."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import edits_give_the_output, engines_here, findings_are_true, idempotent, maps_are_monotone

from normalize import ConfigError, MissingExtraError, Normalizer
from normalize.cli.main import main
from normalize.config_file import read_config
from normalize.dictionaries import sources
from normalize.dictionaries.hunspell import Hunspell

AFF = """\
SET UTF-8
IGNORE \u0301
ICONV 1
ICONV ’ '
NEEDAFFIX !
FORBIDDENWORD ?
PFX N Y 1
PFX N 0 не .
SFX A Y 3
SFX A 0 у [^аь] po:noun
SFX A а и а
SFX A ь і ь
SFX B N 1
SFX B 0 ся/C .
SFX C Y 1
SFX C ся сь ся
"""
DIC = """\
9
хор/A
Київ
вода/NA\tpo:noun
мити/BN
об'єкт/A
корін/!A
мийся/?
НАТО
а\\/б
"""
UKRAINIAN = [
    *("навчання", "хор", "Івана", "москва", "слово", "мах", "читати", "поле", "вода", "рука", "сон"),
    *("об'єкт", "ліс", "місто", "Іван", "НРК"),
]
ENGLISH = ["word", "cope", "Max", "choir", "text", "people", "city", "Kremlin"]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    directory = tmp_path_factory.mktemp("lists")
    uk = written(directory / "uk.txt", "# words\n" + "\n".join(UKRAINIAN))
    en = written(directory / "en.txt", "\n".join(ENGLISH))
    return [str(uk), str(en)]


def hunspell(tmp_path: Path, aff: str = AFF, dic: str = DIC) -> Hunspell:
    return Hunspell(written(tmp_path / "x.dic", dic), written(tmp_path / "x.aff", aff))


def told(found: Sequence[object]) -> list[tuple[str, str | None, str]]:
    return [(one.text, one.replacement, str(one.applicability)) for one in found]


@pytest.mark.parametrize(
    "word",
    [
        *("хор", "хору", "Київ", "вода", "води", "невода", "неводи", "мити", "митися", "митись", "немити"),
        *("об'єкт", "об’єкту", "коріну", "НАТО", "а/б", "хо\u0301р"),
    ],
)
def test_hunspell_has(tmp_path: Path, word: str) -> None:
    assert word in hunspell(tmp_path)


@pytest.mark.parametrize(
    "word",
    ["хори", "хоря", "київ", "воду", "нехор", "корін", "мийся", "нато", "немитися", "сь", "ся", "не", ""],
)
def test_hunspell_has_not(tmp_path: Path, word: str) -> None:
    assert word not in hunspell(tmp_path)


@pytest.mark.parametrize(
    ("aff", "dic", "yes", "no"),
    [
        ("FLAG long\nSFX Aa Y 1\nSFX Aa 0 s .", "1\ncat/ZzAa", "cats", "cat/"),
        ("FLAG num\nSFX 101 Y 1\nSFX 101 0 s .", "1\ncat/7,101", "cats", "catss"),
        ("AF 1\nAF AB\nSFX B Y 1\nSFX B y ies [^aeiou]y", "1\nfly/1", "flies", "flys"),
        ("SET KOI8-R\nSFX A Y 1\nSFX A 0 s .", "cat/A\n", "cats", "cat/A"),
        ("SET UTF-8\nSFX A Y 1\nSFX A 0 s [^-.]", "2\ncat/A\ne-/A", "cats", "e-s"),
    ],
)
def test_hunspell_formats(tmp_path: Path, aff: str, dic: str, yes: str, no: str) -> None:
    words = hunspell(tmp_path, aff, dic)
    assert yes in words
    assert no not in words


@pytest.mark.parametrize("engine", engines_here())
@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Де yавчання було", ("навчання", "unsafe"), ("навчання", "safe")),  # another keyboard
        ("Це народний xop, xop", ("хор", "unsafe"), ("хор", "safe")),  # a whole word in Latin letters
        ("Книга IІвана Франка", (None, "none"), ("Івана", "safe")),  # a letter too many
        ("Кажуть, lван читати пішов", ("Іван", "unsafe"), ("Іван", "safe")),  # misread
        ("The Kгemlin in the text", ("Kãemlin", "unsafe"), ("Kremlin", "safe")),  # misread, not by code page
        ("Працює HРК добре", ("НРК", "unsafe"), ("НРК", "unsafe")),  # one of the lists has the acronym
        ("Код `yавчання` тут", ("навчання", "unsafe"), ("навчання", "unsafe")),  # in code, only offered
        ("Повідомляє CityМісто", None, None),  # that both halves are words does not part them
        ("Peopleмістом", ("People містом", "unsafe"), ("People містом", "unsafe")),
        ("Mах", None, None),  # safe already (a name), or else a word of both lists
    ],
)
def test_ties(
    lists: list[str],
    engine: str,
    text: str,
    before: tuple[str | None, str] | None,
    after: tuple[str | None, str] | None,
) -> None:
    plain, deciding = Normalizer(engine=engine), Normalizer(engine=engine, dictionaries=lists)
    if before is None or after is None:
        assert deciding.find(text) == plain.find(text)
        return
    assert told(plain.find(text))[0][1:] == before
    assert told(deciding.find(text))[0][1:] == after
    if after != before:
        finding = deciding.find(text)[0]
        assert finding.message.endswith(f"of its readings, the dictionaries have only {after[0]}")
        expected = text.replace(finding.text, str(after[0]))
        assert deciding.normalize(text) == expected
        assert deciding.normalize(text.encode()) == expected.encode()
        assert deciding.normalize_batch([text, ""]) == [expected, ""]
        assert deciding.apply(text).text == expected
        assert deciding.apply(text).to_target(len(text)) == len(expected)
        assert deciding.normalize(expected) == expected
        assert any(one.finding == finding for one in deciding.explain(text))


@pytest.mark.parametrize("engine", engines_here())
def test_what_no_list_has_is_offered_as_what_one_has(lists: list[str], engine: str) -> None:
    plain, deciding = Normalizer(engine=engine), Normalizer(engine=engine, dictionaries=lists)
    assert told(plain.find("the cорe of it")) == [("cорe", "cope", "safe")]
    assert deciding.find("the cорe of it") == plain.find("the cорe of it")
    assert told(plain.find("the xоp of it")) == [("xоp", "xop", "safe")]
    assert told(deciding.find("the xоp of it")) == [("xоp", "хор", "unsafe")]
    assert told(deciding.find("the xоpхоx of it")) == told(plain.find("the xоpхоx of it"))
    assert Normalizer(engine=engine, dictionaries=lists[:1]).find("the xоp of it") == plain.find(
        "the xоp of it"
    )


def test_a_list_rules_out_only_what_it_would_know(lists: list[str]) -> None:
    text = "city cоре ліс"
    assert told(Normalizer().find(text)) == [("cоре", None, "none")]
    assert Normalizer(dictionaries=lists[1:]).find(text) == Normalizer().find(text)
    assert told(Normalizer(dictionaries=lists).find(text)) == [("cоре", "cope", "safe")]


def test_levels_and_marks_go_before_dictionaries(lists: list[str]) -> None:
    def found(text: str, **settings: object) -> list[tuple[str, str | None, str]]:
        return told(Normalizer(dictionaries=lists, **settings).find(text))  # type: ignore[arg-type]

    text = "Книга IІвана Франка"
    assert found(text, rules={"mixed-script-word": "unsafe"}) == [("IІвана", "Івана", "unsafe")]
    assert found(text, rules={"mixed-script-word": "none"}) == [("IІвана", None, "none")]
    assert found(text, rules={"mixed-script-word": "off"}) == []
    assert found(text, allow=["IІвана"]) == []
    assert found(f"{text} <!-- normalize: ignore -->") == []


words = st.sampled_from(
    [
        *(
            "навчання",
            "yавчання",
            "хор",
            "xop",
            "IІвана",
            "lван",
            "Kгemlin",
            "HРК",
            "Mах",
            "cоре",
            "Шeвченко",
        ),
        *("text", "people", "місто", "Sievierodonetsk", "Lvоv", "Київ", "the", "і", "B", "Киeв", "любов"),
        *("MOCKBA", "Mах"),
    ]
)
texts = st.lists(words | st.sampled_from([".", ",", "\n", "\n\n", "-", "`"]), max_size=14).map(" ".join)


@given(texts)
def test_dictionaries_only_add(lists: list[str], text: str) -> None:
    plain, deciding = Normalizer(), Normalizer(dictionaries=lists)
    before, after = plain.find(text), deciding.find(text)
    for was, now in zip(before, after, strict=True):
        assert (was.rule, was.start, was.end) == (now.rule, now.start, now.end)
        changes = was.applicability, now.applicability
        assert now == was or changes in (("unsafe", "safe"), ("none", "safe"), ("safe", "unsafe"))
    assert Normalizer(engine="reference", dictionaries=lists).find(text) == after
    for law in (idempotent, edits_give_the_output, findings_are_true, maps_are_monotone):
        law(deciding, text)


def test_arrow(lists: list[str]) -> None:
    pa = pytest.importorskip("pyarrow")
    nz = Normalizer(dictionaries=lists)
    array = pa.array(["Де yавчання було", None, "text"])
    assert pa.array(nz.normalize_arrow(array)).to_pylist() == ["Де навчання було", None, "text"]
    rows = [(at, told(found)) for at, _, found in nz.find_rows(array)]
    assert rows == [(0, [("yавчання", "навчання", "safe")])]


def test_normalizers_with_dictionaries_are_pickled_and_shared(lists: list[str], tmp_path: Path) -> None:
    nz = Normalizer(dictionaries=lists)
    assert pickle.loads(pickle.dumps(nz)).normalize("Де yавчання було") == "Де навчання було"
    assert Normalizer(dictionaries=lists)._worker is nz._worker
    own = written(tmp_path / "own.txt", "слово\n")
    before = Normalizer(dictionaries=[own])
    assert before.normalize("Де yавчання було") == "Де yавчання було"
    written(own, "навчання\n")
    assert Normalizer(dictionaries=[own]).normalize("Де yавчання було") == "Де навчання було"


def test_nothing_is_imported_where_none_is_named() -> None:
    code = (
        "import sys, normalize; normalize.Normalizer().find('xop');"
        "print([name for name in sys.modules if name.startswith('normalize.dictionaries')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("no/such.txt", ["no/such.txt is not a file", "correct the path"]),
        ("hunspell:no/such", ["no/such.dic is not a file", "correct the path"]),
        ("hunspell:xx_XX", ["install the dictionary (on Debian: hunspell-xx)", "write its path"]),
        ("hunspell:", ["names no dictionary", "hunspell:uk_UA"]),
        ("aspell:uk", ["no kind of dictionary is called 'aspell'", "pymorphy3:LANGUAGE"]),
    ],
)
def test_mistakes(source: str, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        Normalizer(dictionaries=[source])
    assert str(caught.value).startswith(f"{source}: ")
    for word in words:
        assert word in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin1.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(ConfigError, match="is not utf-8; save it as UTF-8"):
        Normalizer(dictionaries=[tmp_path / "latin1.txt"])
    written(tmp_path / "x.dic", "1\nword")
    with pytest.raises(ConfigError, match=r"x\.aff is not a file"):
        Normalizer(dictionaries=[f"hunspell:{tmp_path}/x"])
    written(tmp_path / "x.aff", "SET NO-SUCH")
    with pytest.raises(ConfigError, match=r"the \.aff file cannot be used"):
        Normalizer(dictionaries=[f"hunspell:{tmp_path}/x.dic"])


def test_system_dictionaries_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hunspell(tmp_path)
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert told(Normalizer(dictionaries=["hunspell:x"]).find("народний xop, xop"))[0][2] == "unsafe"
    assert "Київ" in sources.opened("hunspell:x", ()).words
    assert sources.opened("hunspell:x", ()).scripts == {"cyrillic"}


def test_pymorphy3() -> None:
    pytest.importorskip("pymorphy3_dicts_uk")
    nz = Normalizer(dictionaries=["pymorphy3:uk"])
    assert nz.normalize("Де yавчання було") == "Де навчання було"
    with pytest.raises(ConfigError, match="pip install pymorphy3-dicts-xx"):
        Normalizer(dictionaries=["pymorphy3:xx"])


def test_pymorphy3_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymorphy3", None)
    sources.opened.cache_clear()
    with pytest.raises(MissingExtraError, match=r"pip install 'normalize-translit\[pymorphy3\]'"):
        Normalizer(dictionaries=["pymorphy3:ru"])


def test_configuration(tmp_path: Path, lists: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path / "own.txt", "\n".join(UKRAINIAN))
    hunspell(tmp_path)
    body = f'dictionaries = ["own.txt", "hunspell:./x", {json.dumps(lists[1])}]'
    config = read_config(written(tmp_path / "normalize.toml", body))
    assert config is not None
    named = [str(tmp_path / "own.txt"), f"hunspell:{tmp_path / 'x'}", lists[1]]
    assert list(config.settings.dictionaries) == named
    text = written(tmp_path / "a.md", "Де yавчання було\n")
    assert main(["check", "--format", "concise", str(text)]) == 1
    assert "the dictionaries have only навчання" in capsys.readouterr().out
    assert main(["fix", str(text)]) == 0
    assert text.read_text(encoding="utf-8") == "Де навчання було\n"
