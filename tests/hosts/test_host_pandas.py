"""pandas: the same as the library, for every kind of column that holds text."""

from __future__ import annotations

from typing import Any

import pytest

from hosts.conftest import briefs
from normalize import ColumnError, Normalizer

pd: Any = pytest.importorskip("pandas", reason="pandas is not installed: pip install '.[pandas]'")
pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[pandas]'")
import normalize.hosts.pandas  # noqa: E402, F401

KINDS = ("object", "string", "str", "category", "string[pyarrow]", "string[python]", "arrow", "arrow-large")


def kind_named(name: str) -> Any:
    backed = {"arrow": pa.string(), "arrow-large": pa.large_string()}
    return pd.ArrowDtype(backed[name]) if name in backed else name


def listed(series: Any) -> list[Any]:
    return [None if pd.isna(value) else value for value in series]


@pytest.mark.parametrize("name", KINDS)
def test_the_kind_of_a_column_stays(
    name: str, texts: list[str | None], wanted: list[str | None], found: list[Any]
) -> None:
    series = pd.Series(texts, dtype=kind_named(name), name="text", index=range(10, 10 + len(texts)))
    made = series.normalize.text()
    assert listed(made) == wanted
    assert made.index.equals(series.index)
    assert made.name == "text"
    if name == "category":
        assert isinstance(made.dtype, pd.CategoricalDtype)
    else:
        assert made.dtype == series.dtype
    findings = series.normalize.findings()
    assert briefs(pa.array(findings).to_pylist()) == found
    assert (findings.name, list(findings.index[:2])) == ("text", [10, 11])


def test_nulls_of_objects_stay_what_they_are() -> None:
    values = ["Kharkov", None, float("nan"), pd.NA, "x"]
    made = pd.Series(values, dtype=object).normalize.text().tolist()
    assert made[0] == "Kharkiv"
    assert all(new is old for new, old in zip(made[1:], values[1:], strict=True))


def test_arguments(nz: Normalizer) -> None:
    values = ["Kiev", "Chernobyl"]
    series = pd.Series(values)
    assert series.normalize.text(normalizer=nz, threads=1).tolist() == nz.normalize_batch(
        ["Kiev", "Chernobyl"]
    )
    assert series.normalize.text(profile="ap").tolist() == Normalizer("ap").normalize_batch(
        ["Kiev", "Chernobyl"]
    )
    assert series.normalize.text(fixes="none").tolist() == ["Kiev", "Chernobyl"]
    assert pd.Series([], dtype=object).normalize.text().tolist() == []


def test_spans_of_rows() -> None:
    series = pd.Series(["in Seversky Донец", None], index=[5, 6])
    spans = series.normalize.findings(unit="utf-8").normalize.spans()
    assert list(spans.index) == [5, 6]
    assert spans[5].to_source(3, 19) == (3, 3 + len("Seversky Донец".encode()))
    assert spans[6].to_source(3, 19) == (3, 19)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([1, 2], "column 'n' holds int64 and no text"),
        (["Kiev", 5], "column 'n' holds int in row 1, not only text"),
        (["Kiev", b"x"], "column 'n' holds bytes in row 1"),
    ],
)
def test_other_types_are_refused_by_name(values: list[Any], told: str) -> None:
    with pytest.raises(ColumnError, match=told):
        pd.Series(values, name="n").normalize.text()
    with pytest.raises(ColumnError, match=told):
        pd.Series(values, name="n").normalize.findings()


def test_frames_as_batches(texts: list[str | None], wanted: list[str | None], nz: Normalizer) -> None:
    frame = pd.DataFrame({"text": texts, "id": range(len(texts))})
    made = nz.for_batches("text", findings="found")(frame)
    assert listed(made["text"]) == wanted
    assert list(made.columns) == ["text", "id", "found"]
    with pytest.raises(ColumnError, match="there is no column 'body'; there are 'text', 'id'"):
        nz.for_batches("body")(frame)
