"""Dask: the same as serial, on threads and on processes."""

from __future__ import annotations

from typing import Any

import pytest

from hosts.conftest import briefs
from normalize import ColumnError, Normalizer

dd: Any = pytest.importorskip("dask.dataframe", reason="Dask is not installed: pip install '.[dask]'")
pd: Any = pytest.importorskip("pandas")
pa: Any = pytest.importorskip("pyarrow")
from dask.base import tokenize  # noqa: E402

from normalize.hosts.dask import normalized  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.mark.parametrize("scheduler", ["sync", "threads", "processes"])
def test_the_same_as_serial(
    scheduler: str, texts: list[str | None], wanted: list[str | None], found: list[Any]
) -> None:
    frame = dd.from_pandas(pd.DataFrame({"id": range(len(texts)), "text": texts}), npartitions=5)
    lazy = normalized(frame, "text", into="new", findings="found")
    made = lazy.compute(scheduler=scheduler)
    assert list(lazy.columns) == list(made.columns) == ["id", "text", "new", "found"]
    assert (lazy.dtypes == made.dtypes).all()
    assert [None if pd.isna(text) else text for text in made["new"]] == wanted
    assert briefs(pa.array(made["found"]).to_pylist()) == found


def test_equal_work_has_an_equal_name() -> None:
    frame = dd.from_pandas(pd.DataFrame({"text": ["Kiev"]}), npartitions=1)
    assert normalized(frame, "text")._name == normalized(frame, "text", normalizer=Normalizer())._name
    assert normalized(frame, "text")._name != normalized(frame, "text", normalizer=Normalizer("ap"))._name
    assert tokenize(Normalizer().for_batches("text")) == tokenize(Normalizer().for_batches("text"))


def test_wrong_columns_are_named_at_once() -> None:
    frame = dd.from_pandas(pd.DataFrame({"id": [1], "text": ["Kiev"]}), npartitions=1)
    with pytest.raises(ColumnError, match="there is no column 'body'; there are 'id', 'text'"):
        normalized(frame, "body")
    with pytest.raises(ColumnError, match="column 'id' holds int64 and no text"):
        normalized(frame, "id")
