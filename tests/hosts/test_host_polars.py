"""polars: the same as the library, eager, lazy and streaming."""

from __future__ import annotations

from typing import Any

import pytest

from hosts.conftest import briefs
from normalize import ColumnError, Normalizer

pl: Any = pytest.importorskip("polars", reason="polars is not installed: pip install '.[polars]'")
pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[polars]'")
import normalize.hosts.polars as host  # noqa: E402


@pytest.fixture
def frame(texts: list[str | None]) -> Any:
    return pl.DataFrame({"id": range(len(texts)), "text": texts})


def test_eager(frame: Any, wanted: list[str | None], found: list[Any]) -> None:
    made = frame.with_columns(pl.col("text").normalize.text(), found=pl.col("text").normalize.findings())
    assert made["text"].to_list() == wanted
    assert briefs(made["found"].to_list()) == found
    assert made.schema == {"id": pl.Int64, "text": pl.String, "found": host.FINDINGS}


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_lazy(frame: Any, wanted: list[str | None], found: list[Any], engine: str) -> None:
    lazy = frame.lazy().with_columns(
        new=pl.col("text").normalize.text(), found=pl.col("text").normalize.findings()
    )
    assert lazy.collect_schema() == {
        "id": pl.Int64,
        "text": pl.String,
        "new": pl.String,
        "found": host.FINDINGS,
    }
    made = lazy.collect(engine=engine)
    assert made.schema == lazy.collect_schema()
    assert made["new"].to_list() == wanted
    assert briefs(made["found"].to_list()) == found


def test_streaming_from_file_to_file(frame: Any, wanted: list[str | None], tmp_path: Any) -> None:
    frame.write_parquet(tmp_path / "in.parquet", row_group_size=300)
    lazy = pl.scan_parquet(tmp_path / "in.parquet").with_columns(pl.col("text").normalize.text())
    lazy.sink_parquet(tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet")["text"].to_list() == wanted


def test_series_and_types(nz: Normalizer) -> None:
    for kind in (pl.String, pl.Categorical):
        series = pl.Series("town", ["Kharkov", None, "Kharkiv"], dtype=kind)
        made = series.normalize.text()
        assert (made.name, made.dtype, made.to_list()) == ("town", kind, ["Kharkiv", None, "Kharkiv"])
    found = pl.Series("town", ["Kharkov", None], dtype=pl.Categorical).normalize.findings(unit="utf-8")
    assert (found.name, found.dtype) == ("town", host.FINDINGS)
    assert pl.Series("town", [], dtype=pl.String).normalize.text().to_list() == []
    assert pl.Series("town", [None, None]).normalize.text().to_list() == [None, None]
    assert pl.Series(["Kiev"]).normalize.text(normalizer=nz).to_list() == ["Kyiv"]
    assert pl.Series(["Chernobyl"]).normalize.text(profile="ap").to_list() == [
        Normalizer("ap").normalize("Chernobyl")
    ]
    assert pl.Series(["Kiev"]).normalize.text(fixes="none").to_list() == ["Kiev"]


def test_groups(frame: Any, wanted: list[str | None]) -> None:
    grouped = frame.group_by(pl.col("id") % 7, maintain_order=True).agg(
        pl.col("id").alias("ids"), pl.col("text").normalize.text()
    )
    pairs = grouped.explode("ids", "text")
    assert dict(zip(pairs["ids"], pairs["text"], strict=True)) == dict(enumerate(wanted))


def test_spans_there_and_back() -> None:
    frame = pl.DataFrame({"text": ["😀 in Seversky Донец, Kiev", None, "Kiev"]})
    for unit, shift in (("code-points", 1), ("utf-8", 4), ("utf-16", 2)):
        found = frame.with_columns(
            new=pl.col("text").normalize.text(), found=pl.col("text").normalize.findings(unit=unit)
        )
        start = shift + 4
        spans = pl.Series(
            [[{"start": start, "end": start + len("Siverskyi Donets")}], None, []], dtype=host.SPANS
        )
        there = found.with_columns(model=spans).with_columns(
            source=pl.col("model").normalize.to_source("found")
        )
        back = there.with_columns(back=pl.col("source").normalize.to_target(pl.col("found")))
        width = len("Seversky Донец") if unit != "utf-8" else len("Seversky Донец".encode())
        assert there["source"].to_list() == [[{"start": start, "end": start + width}], None, []]
        assert back["back"].to_list() == back["model"].to_list()


def test_other_types_are_refused_by_name(frame: Any) -> None:
    with pytest.raises(ColumnError, match=r"column 'id' holds Int64 and no text; cast it to String"):
        pl.Series("id", [1]).normalize.text()
    for lazy in (
        frame.lazy().select(pl.col("id").normalize.text()),
        frame.lazy().select(pl.col("id").normalize.findings()),
    ):
        with pytest.raises(
            (ColumnError, pl.exceptions.ComputeError), match="column 'id' holds Int64 and no text"
        ):
            lazy.collect()
