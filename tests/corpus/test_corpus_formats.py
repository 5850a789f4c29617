"""`normalize corpus`, format by format: the texts are the library's, and nothing else changes by a byte."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from documents import documents
from hypothesis import given
from hypothesis import strategies as st

from normalize import ColumnError, CorpusError, Normalizer, Unit
from normalize.corpus.batches import Wishes
from normalize.corpus.counts import Counts
from normalize.corpus.plan import plan
from normalize.corpus.run import Corpus
from normalize.corpus.separated import Dialect

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[corpus]'")
import pyarrow.parquet as pq  # noqa: E402

NZ = Normalizer()
TEXTS = documents(3000)
WANTED = [text if text is None else NZ.normalize(text) for text in TEXTS]


def normalized(source: Path, target: Path, **wishes: Any) -> Counts:
    """One run; a mistake in a file is an error of the test."""

    def fail(error: Exception) -> None:
        raise error

    corpus = Corpus(
        plan([source], target), NZ, Wishes(**{**wishes, "unit": Unit(wishes.get("unit", "code-points"))})
    )
    try:
        return corpus.run(lambda *_: None, fail)
    finally:
        corpus.close()


def through(path: Path, data: bytes, **wishes: Any) -> bytes:
    """What becomes of a file with this content."""
    path.write_bytes(data)
    target = path.with_name(f"new-{path.name}")
    normalized(path, target, **wishes)
    return target.read_bytes()


# JSON Lines


def json_lines(texts: list[str | None], **options: Any) -> bytes:
    lines = [
        json.dumps({"id": at, "text": text, "more": {"text": "Kiev"}}, **options)
        for at, text in enumerate(texts)
    ]
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.mark.parametrize(
    "options", [{}, {"ensure_ascii": False}, {"separators": (",", ":")}, {"indent": None}]
)
def test_json_lines(options: dict[str, Any], tmp_path: Path) -> None:
    made = through(tmp_path / "a.jsonl", json_lines(TEXTS, **options))
    assert [json.loads(line)["text"] for line in made.splitlines()] == WANTED
    assert made.count(b'"Kiev"') == len(TEXTS)
    if options.get("ensure_ascii") is False:
        assert made == json_lines(WANTED, **options)


def test_the_rest_of_a_line_stays(tmp_path: Path) -> None:
    lines = [
        b'\xef\xbb\xbf  {"n" : 1.50e3, "text":"Kiev" ,"text": "to Kharkov", "b": [1,  2]}  \r\n',
        b"\n",
        b'{"text": null}\n',
        b'{"text": "\\u041a, Kharkov"}\n',
        b'{"text": "clean", "bad": "\xff\xfe"}\n',
        b'{"text": "Kharkov \xff \\" \\ud83d\\ude00"}',
    ]
    made = through(tmp_path / "a.jsonl", b"".join(lines)).split(b"\n")
    assert made[0] == lines[0][:-1].replace(b"Kharkov", b"Kharkiv")
    assert made[1:3] == [b"", lines[2][:-1]]
    assert made[3] == b'{"text": "\\u041a, Kharkiv"}'
    assert made[4] == lines[4][:-1]
    assert made[5] == b'{"text": "Kharkiv \xff \\" \xf0\x9f\x98\x80"}'


@given(
    records=st.lists(
        st.dictionaries(
            st.text(max_size=3), st.none() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
        ),
        min_size=1,
        max_size=5,
    ),
    text=st.sampled_from(["Kiev", 'a "Kiev" \\ 😀', "clean", "\ud800 Kiev", "Kharkov\n\u2028"]),
    spelled=st.booleans(),
)
def test_any_json(records: list[dict[str, Any]], text: str, spelled: bool, tmp_path_factory: Any) -> None:
    records = [{**record, "text": text} for record in records]
    if not spelled and "\ud800" in text:
        spelled = True
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    data = "".join(json.dumps(record, ensure_ascii=spelled) + "\n" for record in records)
    made = through(path, data.encode("utf-8", "surrogatepass" if spelled else "strict"))
    wanted = [{**record, "text": NZ.normalize(text)} for record in records]
    assert [json.loads(line) for line in made.decode().split("\n")[:-1]] == wanted


def test_new_fields(tmp_path: Path) -> None:
    data = b'{"text": "to Kharkov"}\n{"text": null, "x": {}}\r\n{"text": "clean"} \n'
    made = through(tmp_path / "a.jsonl", data, into="{column}_new", findings="found")
    first, second, third = [json.loads(line) for line in made.splitlines()]
    assert (first["text"], first["text_new"], first["found"][0]["place"]) == (
        "to Kharkov",
        "to Kharkiv",
        "city-kharkiv",
    )
    assert second == {"text": None, "x": {}, "text_new": None, "found": None}
    assert third == {"text": "clean", "text_new": "clean", "found": []}
    assert made.splitlines(keepends=True)[1].endswith(b"}\r\n")


# Separated values


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_separated_values(name: str, tmp_path: Path) -> None:
    dialect: Any = "excel" if name == "a.csv" else "excel-tab"
    old = [f"{text}\nnext line" if at % 3 else text or "" for at, text in enumerate(TEXTS)]
    made = {}
    for key, texts in (("old", old), ("new", map(NZ.normalize, old))):
        out = io.StringIO()
        rows = csv.writer(out, dialect)
        rows.writerow(["id", "text", "note, or \t so"])
        rows.writerows([at, text, 'say "Kiev"'] for at, text in enumerate(texts))
        made[key] = out.getvalue().encode()
    assert through(tmp_path / name, made["old"]) == made["new"]


def test_the_rest_of_a_record_stays(tmp_path: Path) -> None:
    data = (
        b'\xef\xbb\xbf"text",n\r\nKiev,"a ""b"" c"\n"Kiev","1\n2"\r\n\r\n"to ""the"" Kiev", x \n'
        b'5" of Kiev,\xff\n"say ""a"" Kiev, twice"tail,1\nlast Kiev,'
    )
    wanted = data.replace(b"Kiev", b"Kyiv").replace(b'twice"tail', b'twicetail"')
    assert through(tmp_path / "a.csv", data) == wanted
    assert (
        through(tmp_path / "b.csv", b"id;text\n1;Kiev, Ukraine\n", delimiter=";")
        == b"id;text\n1;Kyiv, Ukraine\n"
    )
    two = through(tmp_path / "c.csv", b"a,b,c\nKiev,Kiev,Kiev\n", columns=("c", "a"))
    assert two == b"a,b,c\nKyiv,Kiev,Kyiv\n"
    assert through(tmp_path / "d.csv", b"text\n") == b"text\n"


@given(
    rows=st.lists(st.lists(st.text(alphabet='a",\n\r \t', max_size=5), min_size=2, max_size=4), max_size=4)
)
def test_fields_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    dialect = Dialect(",")
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    csv.writer(out).writerows([[value.replace("\r", "") for value in row] for row in rows])
    read: list[list[str]] = []
    record = ""
    for line in (
        out.getvalue().splitlines(keepends=True)
        if "\r\n" not in out.getvalue()
        else io.StringIO(out.getvalue(), newline="\n")
    ):
        record += line
        if not dialect.is_open(record, False):
            read.append([dialect.value(record[start:end]) for start, end in dialect.fields(record)])
            record = ""
    assert read == list(csv.reader(io.StringIO(out.getvalue(), newline="")))


# Plain text


def test_lines(tmp_path: Path) -> None:
    data = b"to Kharkov\r\n\r\nSeversky\nDonets \xff Kiev\n\x00Kiev"
    assert through(tmp_path / "a.txt", data) == b"to Kharkiv\r\n\r\nSeversky\nDonets \xff Kyiv\n\x00Kyiv"
    whole = through(tmp_path / "b.txt", b"\xef\xbb\xbfthe River Seversky\nDonets", whole=True)
    assert whole == b"\xef\xbb\xbfthe River Siverskyi\nDonets"
    assert through(tmp_path / "c.txt", b"") == b""


# Parquet


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd", "gzip"])
def test_parquet(compression: str, tmp_path: Path) -> None:
    table = pa.table(
        {"id": pa.array(range(3000), pa.int16()), "text": TEXTS, "tags": [["Kiev"]] * 3000},
    ).replace_schema_metadata({"made by": "us"})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=700, compression=compression)
    normalized(tmp_path / "a.parquet", tmp_path / "b.parquet")
    made = pq.read_table(tmp_path / "b.parquet")
    assert made.equals(table.set_column(1, "text", pa.array(WANTED)))
    assert made.schema.equals(pq.read_schema(tmp_path / "a.parquet"), check_metadata=True)
    group = pq.ParquetFile(tmp_path / "b.parquet").metadata.row_group(0)
    assert group.column(1).compression == ("UNCOMPRESSED" if compression == "none" else compression.upper())


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_parquet_types_and_new_columns(kind: Any, tmp_path: Path) -> None:
    values = pa.array(TEXTS).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array(TEXTS, kind)
    pq.write_table(pa.table({"text": values}), tmp_path / "a.parquet")
    normalized(tmp_path / "a.parquet", tmp_path / "b.parquet", into="new", findings="found", unit="utf-16")
    made = pq.read_table(tmp_path / "b.parquet")
    assert made["text"].to_pylist() == TEXTS
    assert made["new"].to_pylist() == WANTED
    assert made["found"].to_pylist() == NZ.find_arrow(pa.array(TEXTS), unit="utf-16").to_pylist()
    normalized(tmp_path / "a.parquet", tmp_path / "c.parquet")
    assert (
        pq.read_table(tmp_path / "c.parquet")["text"].type
        == pq.read_table(tmp_path / "a.parquet")["text"].type
    )


def test_parquet_of_nothing(tmp_path: Path) -> None:
    for name, values in (("a", pa.array([], pa.string())), ("b", pa.nulls(3))):
        pq.write_table(pa.table({"text": values}), tmp_path / f"{name}.parquet")
        normalized(tmp_path / f"{name}.parquet", tmp_path / f"new-{name}.parquet")
        assert pq.read_table(tmp_path / f"new-{name}.parquet")["text"].to_pylist() == values.to_pylist()


# Compression


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_compressed(name: str, tmp_path: Path) -> None:
    data = json_lines(TEXTS, ensure_ascii=False)
    pack, unpack = {
        ".gz": (gzip.compress, gzip.decompress),
        ".zst": (zstd, lambda data: pa.input_stream(pa.BufferReader(data), compression="zstd").read()),
    }[Path(name).suffix]
    half = data.index(b"\n", len(data) // 2) + 1
    for packed in (pack(data), pack(data[:half]) + pack(data[half:])):  # the second in two members
        made = through(tmp_path / name, packed)
        assert unpack(made) == json_lines(WANTED, ensure_ascii=False)
        (tmp_path / f"new-{name}").unlink()
        for journal in tmp_path.glob(".*.jsonl"):
            journal.unlink()
        assert through(tmp_path / name, packed) == made
        for left in (tmp_path / f"new-{name}", *tmp_path.glob(".*.jsonl")):
            left.unlink()


def zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


# Mistakes


MISTAKES: list[tuple[str, bytes, dict[str, Any], str]] = [
    ("a.jsonl", b'{"text": "x"}\n{"body": "x"}\n', {}, "line 2 has no column 'text'; its columns: 'body'"),
    ("a.jsonl", b'{"text": 5}\n', {}, "line 1: column 'text' holds int and no text"),
    ("a.jsonl", b'\n{"text": "x"\n', {}, "line 2 is no JSON"),
    ("a.jsonl", b'["x"]\n', {}, "line 1 holds no object, but list"),
    ("a.jsonl", b'{"text": "x", "f": 1}\n', {"findings": "f"}, "line 1 has a field 'f' already"),
    ("a.csv", b"id,body\n1,x\n", {}, "there is no column 'text' in the header; there are 'id', 'body'"),
    ("a.csv", b"id,text\n1,x\n2\n", {}, "line 3 has 1 fields, and none for column 'text'"),
    ("a.csv", b'id,text\n1,"x\ny\n', {}, "line 2 opens a quoted field that is not closed"),
    ("a.csv", b"text,text\n", {}, "there are 2 columns 'text'"),
    ("a.csv", b"", {}, "is empty, and a header should name the columns"),
    ("a.csv", b"text\rKiev\r", {}, "lone carriage return"),
    ("a.csv", b"text\n", {"findings": "f"}, "has no place for the new column 'f'; leave out --findings"),
    ("a.txt", b"x\n", {"into": "f"}, "has no place for the new column 'f'; leave out --into"),
    ("a.parquet", b"PAR1 nothing of the kind", {}, "is no Parquet file that can be read"),
    ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 999)[:-20], {}, "is broken, or was cut off"),
    ("a.jsonl.gz", b"no gzip at all", {}, "is broken, or was cut off"),
    ("a.jsonl.zst", b"no zstd at all", {}, "is broken, or was cut off"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "wishes", "told"), MISTAKES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_mistakes_name_the_file(
    name: str, data: bytes, wishes: dict[str, Any], told: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    with pytest.raises((CorpusError, ColumnError)) as caught:
        through(path, data, **wishes)
    assert str(caught.value).startswith(f"{path}: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [
        one.name for one in tmp_path.iterdir() if "new-" in one.name and ".normalize-corpus" not in one.name
    ] == []


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (pa.table({"body": ["x"]}), "there is no column 'text'; there are 'body'"),
        (pa.table({"text": [1]}), "column 'text' holds int64 and no text"),
        (pa.table({"text": [b"x"]}), "column 'text' holds binary and no text"),
        (pa.table({"text": ["x"], "f": [1]}), "there is a column 'f' already"),
    ],
    ids=["missing", "numbers", "bytes", "twice"],
)
def test_mistakes_in_parquet(table: Any, told: str, tmp_path: Path) -> None:
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(CorpusError, match=told):
        normalized(tmp_path / "a.parquet", tmp_path / "b.parquet", findings="f")
    assert not (tmp_path / "b.parquet").exists()


def test_a_parquet_file_cut_in_the_middle(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": TEXTS}), tmp_path / "a.parquet", row_group_size=500)
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    (tmp_path / "a.parquet").write_bytes(data)
    with pytest.raises(CorpusError, match=r"a\.parquet: is no Parquet file that can be read"):
        normalized(tmp_path / "a.parquet", tmp_path / "b.parquet")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        ".b.parquet.normalize-corpus.jsonl",
        "a.parquet",
    ]
