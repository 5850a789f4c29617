"""The ruleset file: what is written is read, what is damaged is refused, nothing is read before its time."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_tables import HEADERS, ROOT, Row, write_tables

from normalize.compiler.build import Tables, compile_ruleset
from normalize.errors import RulesetError, TableError
from normalize.ruleset.container import MAGIC, VERSION, Container, Writer
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import Frame, NameEntry, read_records, write_records
from normalize.rulesets import DATA, shipped_profiles

U32 = st.integers(0, 2**32 - 1)
TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.just("\udc80")


@given(
    st.dictionaries(
        st.sampled_from(["a", "b.c", "twenty-characters-xx"]),
        st.integers(1, 4).flatmap(
            lambda width: st.tuples(st.just(width), st.lists(st.tuples(*[U32] * width), max_size=9))
        ),
    ),
    st.lists(TEXT, max_size=9),
    st.lists(st.lists(U32, max_size=5), max_size=5),
)
def test_what_is_written_is_read(
    tables: dict[str, tuple[int, list[tuple[int, ...]]]], texts: list[str], lists: list[list[int]]
) -> None:
    writer = Writer()
    ids = [writer.string(text) for text in texts]
    places = [writer.list(items) for items in lists]
    for name, (width, rows) in tables.items():
        writer.table(name, width, rows)
    container = Container(writer.to_bytes())
    assert container.verify()
    assert [container.string(number) for number in ids] == texts
    assert [list(container.list(place)) for place in places] == lists
    for name, (width, rows) in tables.items():
        assert container.has(name)
        assert container.columns(name) == width
        assert container.rows(name) == rows


def test_equal_strings_and_lists_stand_once() -> None:
    writer = Writer()
    assert writer.string("one") == writer.string("one") != writer.string("two")
    assert writer.list([1, 2]) == writer.list((1, 2)) != writer.list([2, 1])
    assert (writer.string(""), writer.list([])) == (0, 0)
    assert writer.to_bytes().count(b"one") == 1


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="3 cells in a table of 2"):
        Writer().table("x", 2, [(1, 2, 3)])


def test_records_come_back() -> None:
    writer = Writer()
    frames = [Frame("one", ("a", "b"), (), "keep"), Frame("", (), ("c",), "person")]
    names = [NameEntry(1, 2, ("Krivoy", "Rog"), (0,), 3, "2016")]
    write_records(writer, "frames", Frame, frames)
    write_records(writer, "names", NameEntry, names)
    container = Container(writer.to_bytes())
    assert read_records(container, "frames", Frame) == frames
    assert read_records(container, "names", NameEntry) == names


def _damaged() -> dict[str, tuple[bytes, str]]:
    good = Writer().to_bytes()
    wrong_version = MAGIC + (VERSION + 1).to_bytes(4, "little") + good[12:]
    return {
        "empty": (b"", "empty"),
        "short": (good[:20], "too short"),
        "cut": (good[:-1], "cut short"),
        "longer": (good + b"\0", "bytes of"),
        "foreign": (b"%PDF-1.7" + good[8:], "not a ruleset"),
        "version": (wrong_version, f"version {VERSION + 1}"),
    }


@pytest.mark.parametrize(("data", "said"), _damaged().values(), ids=_damaged())
def test_damaged_files_are_refused_with_name_and_cure(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "damaged.nzr"
    path.write_bytes(data)
    with pytest.raises(RulesetError) as caught:
        Ruleset.open(path)
    message = str(caught.value)
    assert said in message
    assert str(path) in message
    assert "build it" in message
    assert "\n" not in message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesetError, match=r"no\.nzr: cannot be opened"):
        Ruleset.open(tmp_path / "no.nzr")


def test_a_section_past_the_end_is_refused() -> None:
    writer = Writer()
    writer.table("rows", 1, [(7,)] * 4)
    data = bytearray(writer.to_bytes())
    at = data.index(b"rows\0") + 24
    data[at : at + 8] = (10**6).to_bytes(8, "little")
    with pytest.raises(RulesetError, match="past the end"):
        Container(bytes(data))


def test_a_missing_section_is_named() -> None:
    with pytest.raises(RulesetError, match="no section 'places'"):
        Container(Writer().to_bytes(), "some file").numbers("places")


def test_verify_sees_a_changed_byte() -> None:
    writer = Writer()
    writer.table("rows", 1, [(7,)] * 4)
    data = bytearray(writer.to_bytes())
    assert Container(bytes(data)).verify()
    data[-1] ^= 1
    assert not Container(bytes(data)).verify()


@pytest.mark.parametrize("profile", shipped_profiles())
def test_shipped_rulesets_are_whole(profile: str) -> None:
    ruleset = Ruleset.open(DATA / f"{profile}.nzr")
    assert ruleset.container.verify()
    assert ruleset.profile == profile
    assert len(ruleset.places) > 1000


def test_opening_reads_no_section(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is opened is mapped, and a section is read when it is first asked for."""
    asked: list[str] = []
    numbers = Container.numbers

    def counting(self: Container, name: str) -> object:
        asked.append(name)
        return numbers(self, name)

    monkeypatch.setattr(Container, "numbers", counting)
    ruleset = Ruleset.open(DATA / "uk-national.nzr")
    assert isinstance(ruleset.container._view.obj, mmap.mmap)
    assert ruleset.sha256
    assert set(asked) <= {"text.offsets", "lists", "meta"}
    asked.clear()
    assert ruleset.frames
    assert asked == ["frames"]


# --------------------------------------------------------------------------------------- tables to bytes

PLACES: dict[str, list[Row]] = {
    "settlements": [
        ("city-kharkiv", "city", "UA", "Харків", "Харьков", "90", "", "", ""),
        ("city-kryvyi-rih", "city", "UA", "Кривий Ріг", "Кривой Рог", "70", "", "", ""),
        ("town-lyman", "town", "UA", "Лиман", "Лиман", "40", "", "", ""),
    ],
    "names": [
        ("city-kharkiv", "Charkow", "exonym", ""),
        ("town-lyman", "Liman", "russian-derived", ""),
        ("town-lyman", "Lymann", "misspelling", ""),
    ],
    "cues": [("us", "Texas", ""), ("ukraine", "oblast", ""), ("us", "TX", "")],
    "judgements": [
        ("Liman", "", "only", "ukraine", "", "", ""),
        ("Charkow", "city-kharkiv", "unless", "", "us", "", ""),
    ],
    "frozen": [("chicken Kharkov", "a dish", ""), ("Liman gun", "a weapon", "")],
}


def compiled(directory: Path, rows: dict[str, list[Row]]) -> bytes:
    write_tables(directory / "places", rows)
    for part in ("unicode", "schemes", "scripts", "profiles"):
        (directory / part).symlink_to(ROOT / part)
    (directory / "places" / "spellings.toml").symlink_to(ROOT / "places" / "spellings.toml")
    tables = Tables(directory)
    return compile_ruleset(tables, tables.profile("uk-national"))


def findings(data: bytes, text: str) -> list[tuple[int, int, str | None]]:
    from normalize.engines import make_worker

    found = make_worker(Ruleset(Container(data))).find(text)
    return [(finding.start, finding.end, finding.replacement) for finding in found]


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert compiled(tmp_path / "one", PLACES) == compiled(tmp_path / "two", PLACES)


def test_the_order_of_rows_changes_no_result(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    turned = {name: rows[::-1] for name, rows in PLACES.items()}
    one, two = compiled(tmp_path / "one", PLACES), compiled(tmp_path / "two", turned)
    text = "Charkow, KRIVOY ROG, Liman and chicken Kharkov in an oblast; Texas. Харьков too, and Krivoy Ріг."
    assert findings(one, text) == findings(two, text) != []


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("settlements", ("Kharkiv!", "city", "UA", "Харків", "", "9", "", "", ""), "not a slug"),
        ("settlements", ("city-x", "metropolis", "UA", "Х", "", "9", "", "", ""), "unknown kind"),
        ("settlements", ("city-x", "city", "UA", "Х", "", "many", "", "", ""), "not a number"),
        ("settlements", ("city-x", "city", "UA", "Х", "", "101", "", "", ""), "out of range"),
        ("settlements", PLACES["settlements"][0], "stands already"),
        ("names", ("city-nowhere", "Nowhere", "exonym", ""), "no place has the id"),
        ("names", ("city-kharkiv", "Kharkiv", "nickname", ""), "unknown kind"),
        ("names", ("city-kharkiv", "", "exonym", ""), "empty"),
        ("judgements", ("Liman", "", "perhaps", "", "", "", ""), "unknown behaviour"),
        ("frames", ("f", "", "", "keep", "x", ""), "without words"),
        ("frames", ("f", "a", "", "drop", "x", ""), "unknown effect"),
        ("designations", ("Oblast", "oblast", "en", "infix", ""), "unknown role"),
        ("frozen", ("a", "b", "c", "d"), "cells for"),
        ("cues", ("us", "cafe\u0301", ""), "NFC"),
    ],
)
def test_mistakes_in_tables_are_told_with_place_and_cure(
    tmp_path: Path, table: str, row: Row, said: str
) -> None:
    rows = {**PLACES, table: [*PLACES.get(table, []), row]}
    with pytest.raises(TableError, match=said) as caught:
        compiled(tmp_path, rows)
    error = caught.value
    assert Path(error.path).name == f"{table}.tsv"
    assert error.line == 2 + len(rows[table])
    assert error.cure
    assert str(error) == f"{error.path}:{error.line}: {error.problem}; {error.cure}"


def test_every_table_has_a_header_here() -> None:
    """The list of headers of the generator is that of the real tables."""
    for name, header in HEADERS.items():
        lines = (ROOT / "places" / f"{name}.tsv").read_text("utf-8").splitlines()
        first = next(line for line in lines if not line.startswith("#"))
        assert set(header.split()) <= set(first.split("\t")), name
