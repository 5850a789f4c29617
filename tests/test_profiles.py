"""House styles: the shipped ones, a user's own file and tables, and the cache that compiles them once."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from tiny_tables import ROOT, Row, write_tables

from normalize import Normalizer, TableError
from normalize.errors import RulesetError
from normalize.rulesets import cache_directory, shipped_profiles

HOUSE = """
id = "house"
extends = "uk-national"
source = "a test"

[places]
keep = ["city-kyiv"]

[rules]
"toponym-former" = "unsafe"
"""
OWN = "name\tvariants\tkind\nKoroliv Stan\tKorolev Stan ; Королёв Стан\tvillage\n"


ROWS: dict[str, list[Row]] = {
    "settlements": [
        ("city-kyiv", "city", "UA", "Київ", "Киев", "99", "", "", ""),
        ("city-kharkiv", "city", "UA", "Харків", "Харьков", "90", "", "", ""),
        ("city-dnipro", "city", "UA", "Дніпро", "Днепр", "90", "", "", ""),
    ],
    "former": [("city-dnipro", "Дніпропетровськ", "Днепропетровск", "", "1926", "2016", "")],
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and tables of three places, so that compiling them is quick."""
    tables = tmp_path / "tables"
    write_tables(tables / "places", ROWS)
    for part in ("unicode", "schemes", "scripts", "profiles"):
        (tables / part).symlink_to(ROOT / part)
    (tables / "places" / "spellings.toml").symlink_to(ROOT / "places" / "spellings.toml")
    monkeypatch.setattr("normalize.rulesets.tables_directory", lambda: tables)
    path = tmp_path / "cache"
    monkeypatch.setenv("NORMALIZE_CACHE_DIR", str(path))
    return path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE, "utf-8")
    return path


def test_shipped() -> None:
    assert {"uk-national", "ap"} <= set(shipped_profiles())


def test_national_and_press_style_differ_in_conventional_names() -> None:
    national, press = Normalizer("uk-national"), Normalizer("ap")
    both = "Boats crossed the Dnieper River near Kiev."
    assert national.normalize(both) == "Boats crossed the Dnipro River near Kyiv."
    assert press.normalize(both) == "Boats crossed the Dnieper River near Kyiv."
    assert national.lookup("Київ")[0].name == press.lookup("Київ")[0].name == "Kyiv"


def test_a_file_of_ones_own(cache: Path, house: Path) -> None:
    nz = Normalizer(str(house))
    assert nz.profile == "house"
    assert nz.normalize("Kiev, Kharkov") == "Kiev, Kharkiv"
    assert nz.normalize("They left Dnepropetrovsk.") == "They left Dnepropetrovsk."
    assert nz.normalize("They left Dnepropetrovsk.", "unsafe") == "They left Dnipro."
    (built,) = cache.iterdir()
    written = built.stat().st_mtime_ns
    again = pickle.loads(pickle.dumps(Normalizer(str(house))))
    assert again.ruleset_sha256 == nz.ruleset_sha256
    assert [path.stat().st_mtime_ns for path in cache.iterdir()] == [written]


def test_a_changed_file_is_compiled_anew(cache: Path, house: Path) -> None:
    assert Normalizer(str(house)).normalize("Kiev") == "Kiev"
    house.write_text(HOUSE.replace('keep = ["city-kyiv"]', "keep = []"), "utf-8")
    assert Normalizer(str(house)).normalize("Kiev") == "Kyiv"
    assert len(list(cache.iterdir())) == 2


def test_a_table_of_ones_own(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(OWN, "utf-8")
    nz = Normalizer(extend=[path])
    assert nz.normalize("on the road to Korolev Stan") == "on the road to Koroliv Stan"
    assert nz.lookup("Korolev Stan")[0].kind == "village"
    assert nz.normalize("Kiev") == "Kyiv"
    assert Normalizer().lookup("Korolev Stan") == []
    (built,) = cache.iterdir()
    written = built.stat().st_mtime_ns
    assert Normalizer(extend=[str(path)]).ruleset_sha256 == nz.ruleset_sha256
    assert [one.stat().st_mtime_ns for one in cache.iterdir()] == [written]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("variants\nx\n", 1, "no column 'name'"),
        ("name\tvariants\tcolour\n", 1, "unknown column 'colour'"),
        ("name\tvariants\n\tKorolev\n", 2, "without a name"),
        ("name\tvariants\tkind\nA\tB\tmetropolis\n", 2, "unknown kind 'metropolis'"),
        ("name\tvariants\tprominence\nA\tB\tmuch\n", 2, "not a number"),
        ("name\tvariants\tbehaviour\nA\tB\tperhaps\n", 2, "unknown behaviour 'perhaps'"),
        ("name\tvariants\n# a comment\nA\tB\tC\n", 3, "3 cells for 2 columns"),
        ("", 0, "no header line"),
    ],
)
def test_mistakes_in_ones_own_table(cache: Path, tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(TableError, match=said) as caught:
        Normalizer(extend=[path])
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert caught.value.cure
    assert not cache.exists() or not list(cache.iterdir())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"', "unknown key 'colour'"),
        ('[places]\ncolour = "red"', "unknown key 'colour' in"),
        ('[places]\nprefer = ["nickname"]', "unknown kind of name 'nickname'"),
        ('[rules]\n"toponym" = "off"', "unknown rule 'toponym'"),
        ('[rules]\n"toponym-variant" = "on"', "unknown level 'on'"),
        ("[rules", "not TOML"),
        ('extends = "{path}"', "extends itself"),
        ('[schemes]\nuk = "uk-kmu-1066"', "unknown scheme 'uk-kmu-1066'"),
    ],
)
def test_mistakes_in_ones_own_profile(cache: Path, house: Path, text: str, said: str) -> None:  # noqa: ARG001
    house.write_text(text.replace("{path}", house.as_posix()), "utf-8")
    with pytest.raises(TableError, match=said) as caught:
        Normalizer(str(house))
    assert Path(caught.value.path).name == "house.toml"
    assert "\n" not in str(caught.value)


def test_a_missing_table_of_ones_own(cache: Path, tmp_path: Path) -> None:  # noqa: ARG001
    with pytest.raises(TableError, match=r"no\.tsv.*cannot be read"):
        Normalizer(extend=[tmp_path / "no.tsv"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may write everywhere is not hindered")
def test_a_cache_that_cannot_be_written(cache: Path, house: Path) -> None:
    cache.mkdir(mode=0o500)
    with pytest.raises(RulesetError, match="NORMALIZE_CACHE_DIR"):
        Normalizer(str(house))


def test_a_cache_that_is_a_file(cache: Path, house: Path) -> None:
    cache.write_text("in the way")
    with pytest.raises(RulesetError, match="NORMALIZE_CACHE_DIR"):
        Normalizer(str(house))


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NORMALIZE_CACHE_DIR", raising=False)
    assert cache_directory().name == "normalize-translit"
