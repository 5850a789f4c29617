"""Columns of text: findings as a column, spans through them, and functions on batches of every kind."""

from __future__ import annotations

import pickle
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import BatchMap, ColumnError, ConfigError, Normalizer, RulesetError, Spans, Unit
from normalize.columns.found import FIELDS, findings_type, records
from normalize.engines import ENGINES, why_no_native

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[arrow-test]'")

PIECES = (
    "from Kharkov ",
    "Dоnetsk",
    " Kyiv",
    "😀",
    "Сіверськ і ",
    "Seversky Донец",
    "zero\u00adwidth",
    "\u202e",
    "x",
)
VALUES = ["from Kharkov to Dоnetsk, 😀 Kiev", None, "nothing here", "", "😀 Kharkov", None]
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=5)
columns = st.lists(st.none() | texts, max_size=8)
units = st.sampled_from(list(Unit))


def normalizer(engine: str) -> Normalizer:
    if engine == "native" and (reason := why_no_native()):
        pytest.skip(f"the native engine is not installed: {reason}")
    return Normalizer(engine=engine)


@pytest.fixture
def nz() -> Normalizer:
    return Normalizer()


# Findings


@pytest.mark.parametrize("engine", ENGINES)
@given(
    chunks=st.lists(columns, max_size=3),
    kind=st.sampled_from([pa.string(), pa.large_string(), pa.string_view()]),
    fixes=st.sampled_from(["safe", "unsafe", "none"]),
    threads=st.sampled_from([None, 1, 3]),
)
def test_findings_are_those_of_find(
    engine: str, chunks: list[list[str | None]], kind: Any, fixes: str, threads: int | None
) -> None:
    nz = normalizer(engine)
    array = pa.chunked_array(chunks, kind)
    found = nz.find_arrow(array, fixes, threads=threads)
    found.validate(full=True)
    assert found.type == findings_type(pa)
    assert [len(chunk) for chunk in found.chunks] == [len(chunk) for chunk in chunks]
    for text, rows in zip(array.to_pylist(), found.to_pylist(), strict=True):
        if text is None:
            assert rows is None
            continue
        result = nz.apply(text, fixes)
        assert [(row["rule"], row["start"], row["end"], row["text"], row["replacement"]) for row in rows] == [
            (one.rule, one.start, one.end, one.text, one.replacement) for one in result.findings
        ]
        assert [row["message"] for row in rows] == [one.message for one in result.findings]
        assert [row["applicability"] for row in rows] == [one.applicability for one in result.findings]
        assert [row["place"] for row in rows] == [one.place and one.place.id for one in result.findings]
        for row in rows:
            shown = result.text[row["target_start"] : row["target_end"]]
            assert shown == (row["replacement"] if row["applied"] else row["text"])


@given(text=texts, fixes=st.sampled_from(["safe", "unsafe"]), unit=units)
def test_offsets_count_in_their_unit(text: str, fixes: str, unit: Unit) -> None:
    nz = Normalizer()
    result = nz.apply(text, fixes)
    encoding = {Unit.UTF8: "utf-8", Unit.UTF16: "utf-16-le", Unit.CODE_POINTS: "utf-32-le"}[unit]
    width = {Unit.UTF8: 1, Unit.UTF16: 2, Unit.CODE_POINTS: 4}[unit]
    source, target = text.encode(encoding), result.text.encode(encoding)
    for row in records(text, result.findings, fixes, unit):
        assert source[row["start"] * width : row["end"] * width].decode(encoding) == row["text"]
        shown = target[row["target_start"] * width : row["target_end"] * width].decode(encoding)
        assert shown == (row["replacement"] if row["applied"] else row["text"])


def test_dictionaries_and_slices(nz: Normalizer) -> None:
    plain = pa.array(VALUES)
    wanted = nz.find_arrow(plain).to_pylist()
    assert nz.find_arrow(plain.dictionary_encode()).to_pylist() == wanted
    assert nz.find_arrow(plain.slice(3)).to_pylist() == wanted[3:]
    assert nz.find_arrow(pa.chunked_array([], pa.string())).to_pylist() == []
    assert [None if row is None else len(row) for row in wanted] == [3, None, 0, 0, 1, None]
    assert list(wanted[0][0]) == list(FIELDS)


def test_many_values_on_several_threads(nz: Normalizer) -> None:
    array = pa.array(["to Kharkov " * 30, None, "clear " * 50, "x" * 70_000] * 400)
    one, many = (nz.find_arrow(array, threads=threads) for threads in (1, 4))
    assert one.equals(many)
    assert sum(map(len, filter(None, one.to_pylist()))) == 400 * 30


def test_findings_of_other_types_are_refused(nz: Normalizer) -> None:
    for wrong in (pa.array([1]), pa.array([b"Kiev"]), pa.chunked_array([[1.5]])):
        with pytest.raises(TypeError, match="expected an Arrow array"):
            nz.find_arrow(wrong)
    with pytest.raises(TypeError, match="not list"):
        nz.find_arrow(["Kiev"])  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="unknown fixes"):
        nz.find_arrow(pa.array(["Kiev"]), "all")
    with pytest.raises(ValueError, match="furlongs"):
        nz.find_arrow(pa.array(["Kiev"]), unit="furlongs")


# Spans


@given(text=texts, unit=units, data=st.data())
def test_spans_go_both_ways(text: str, unit: Unit, data: st.DataObject) -> None:
    nz = Normalizer()
    result = nz.apply(text)
    rows = records(text, result.findings, "safe", unit)
    spans = Spans(rows)
    length = {
        Unit.CODE_POINTS: len,
        Unit.UTF8: lambda text: len(text.encode()),
        Unit.UTF16: lambda text: len(text.encode("utf-16-le")) // 2,
    }[unit]
    source, target = length(text), length(result.text)
    for end, there, go in ((target, source, spans.to_source), (source, target, spans.to_target)):
        start = data.draw(st.integers(0, end))
        stop = data.draw(st.integers(start, end))
        new = go(start, stop)
        assert 0 <= new[0] <= new[1] <= there
        if end:
            assert go(0, end) == (0, there) or any(
                row["start"] == row["end"] or not row["replacement"] for row in rows
            )
        for before, after in pairwise(range(min(end, 30) + 1)):
            assert go(before, end)[0] <= go(after, end)[0]
            assert go(0, before)[1] <= go(0, after)[1]
    for row in rows:
        if row["applied"] and row["replacement"]:
            assert spans.to_source(row["target_start"], row["target_end"]) == (row["start"], row["end"])
            assert spans.to_target(row["start"], row["end"]) == (row["target_start"], row["target_end"])
            if row["target_end"] - row["target_start"] > 2:  # within a replacement: all that was replaced
                inside = spans.to_source(row["target_start"] + 1, row["target_end"] - 1)
                assert inside == (row["start"], row["end"])


def test_what_touches_a_span_is_no_part_of_it() -> None:
    spans = Spans([{"start": 2, "end": 3, "applied": True, "target_start": 2, "target_end": 2}])  # a deletion
    assert spans.to_source(0, 2) == (0, 2)
    assert spans.to_source(2, 4) == (3, 5)
    assert spans.to_source(0, 4) == (0, 5)
    assert spans.to_target(2, 3) == (2, 2)
    assert Spans(None).to_source(1, 5) == (1, 5)
    with pytest.raises(ValueError, match="is no span"):
        spans.to_source(4, 2)


# Batches


def test_batches_come_back_as_what_they_were(nz: Normalizer) -> None:
    function = nz.for_batches("text", findings="{column}_found")
    new = [value and nz.normalize(value) for value in VALUES]
    table = pa.table({"id": pa.array(range(6)), "text": VALUES})
    found = nz.find_arrow(table["text"]).to_pylist()
    for batch in (table, table.to_batches()[0]):
        made = function(batch)
        assert type(made) is type(batch)
        assert made.schema.names == ["id", "text", "text_found"]
        assert made.to_pydict() == {"id": list(range(6)), "text": new, "text_found": found}
    made = function(table.to_pydict())
    assert made == {"id": list(range(6)), "text": new, "text_found": found}


def test_other_types_of_text_stay(nz: Normalizer) -> None:
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        field = pa.field("text", kind, metadata={"a": "b"})
        dictionary = pa.types.is_dictionary(kind)
        values = pa.array(VALUES).dictionary_encode() if dictionary else pa.array(VALUES, kind)
        table = pa.table([values], schema=pa.schema([field]))
        made = nz.for_batches("text")(table)
        assert made.schema.field("text").equals(field, check_metadata=True)
    nothing = pa.table({"text": pa.nulls(3)})
    assert nz.for_batches("text")(nothing)["text"].to_pylist() == [None] * 3


def test_batches_of_numpy(nz: Normalizer) -> None:
    numpy: Any = pytest.importorskip("numpy", reason="numpy is not installed: pip install '.[arrow-test]'")
    batch = {"id": numpy.arange(2), "text": numpy.array(["Kharkov", None], dtype=object)}
    made = nz.for_batches("text", findings="found")(batch)
    assert isinstance(made["text"], numpy.ndarray)
    assert made["text"].tolist() == ["Kharkiv", None]
    assert made["found"].dtype == object
    assert made["found"][0][0]["place"] == "city-kharkiv"


def test_several_columns_and_new_ones(nz: Normalizer) -> None:
    table = pa.table({"title": ["Kiev"], "body": ["Kharkov"]})
    made = nz.for_batches(["title", "body"], into="{column}_new")(table)
    assert made.to_pylist() == [
        {"title": "Kiev", "body": "Kharkov", "title_new": "Kyiv", "body_new": "Kharkiv"}
    ]
    with pytest.raises(ConfigError, match=r"two new columns would be named 'new'; write \{column\}"):
        nz.for_batches(["title", "body"], into="new")
    with pytest.raises(ConfigError, match="no column is named"):
        nz.for_batches([])
    with pytest.raises(ConfigError, match="unknown fixes"):
        nz.for_batches("text", fixes="all")


@pytest.mark.parametrize(
    ("batch", "told"),
    [
        (pa.table({"txt": ["Kiev"], "id": [1]}), "there is no column 'text'; there are 'txt', 'id'"),
        ({}, "there is no column 'text', nor any other"),
        ({"text": ["Kiev", 5]}, "column 'text' holds int in row 1, not only text"),
        ({"text": ["Kiev", b"Kiev"]}, "column 'text' holds bytes in row 1"),
        ({"text": ["Kiev", "\ud800"]}, "column 'text' holds a lone surrogate in row 1"),
        (pa.table({"text": [1]}), "column 'text' holds int64 and no text"),
        (pa.table({"text": [["a"]]}), "column 'text' holds list<"),
        (pa.Table.from_arrays([pa.array(["a"])] * 2, ["text"] * 2), "there are 2 columns 'text'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_columns_are_named(nz: Normalizer, batch: Any, told: str) -> None:
    with pytest.raises(ColumnError) as caught:
        nz.for_batches("text")(batch)
    assert str(caught.value).startswith(told)


def test_what_is_no_batch_is_refused(nz: Normalizer) -> None:
    with pytest.raises(TypeError, match=r"expected a batch .*, not list"):
        nz.for_batches("text")(["Kiev"])


# Sent to other processes


def test_a_function_is_small_and_names_its_ruleset(nz: Normalizer) -> None:
    function = nz.for_batches("text", into="new", findings="found", fixes="unsafe", unit="utf-8", threads=1)
    sent = pickle.dumps(function)
    assert len(sent) < 1000
    assert len(pickle.dumps(nz)) < 1000
    back: BatchMap = pickle.loads(sent)
    table = pa.table({"text": VALUES})
    assert back(table).equals(function(table))
    assert pickle.dumps(back) == sent
    with pytest.raises(RulesetError, match="install the same version"):
        pickle.loads(sent.replace(nz.ruleset_sha256.encode(), b"0" * 64))


def test_pickles_are_the_same_in_every_process() -> None:
    """Caches of datasets and Dask know a function by its pickle."""
    code = (
        "import hashlib, pickle, normalize;"
        "allow = {'Kiev', 'Lvov', 'Odessa', 'Kharkov'};"
        "nz = normalize.Normalizer(allow=allow, rules={'bidi-control': 'off'});"
        "print(hashlib.sha256(pickle.dumps(nz.for_batches('text'))).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(made) == 1


def test_opening_in_a_new_process_takes_no_time(nz: Normalizer) -> None:
    """Less than 20 ms of the processor's time, the import included; wall time depends on who else works."""
    if nz.engine != "native":
        pytest.skip("the reference engine reads the ruleset in Python")
    code = (
        "import pickle, sys, time; sent = sys.stdin.buffer.read(); begun = time.process_time();"
        "pickle.loads(sent); print(time.process_time() - begun)"
    )

    def seconds() -> float:
        done = subprocess.run(
            [sys.executable, "-c", code], input=pickle.dumps(nz), capture_output=True, check=True
        )
        return float(done.stdout)

    assert min(seconds() for _ in range(5)) < 0.020
