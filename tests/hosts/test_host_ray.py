"""Ray Data: the same as serial, on a cluster of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hosts.conftest import briefs

ray: Any = pytest.importorskip("ray", reason="Ray is not installed: pip install '.[ray]'")
pa: Any = pytest.importorskip("pyarrow")
pytest.importorskip("ray.data", reason="Ray Data is not installed: pip install '.[ray]'")
from normalize.hosts.ray import normalized  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield ray
    ray.shutdown()


def test_the_same_as_serial(
    cluster: Any, texts: list[str | None], wanted: list[str | None], found: list[Any]
) -> None:
    table = pa.table({"id": range(len(texts)), "text": texts})
    dataset = cluster.data.from_arrow(table).repartition(4)
    made = normalized(dataset, "text", into="new", findings="found", batch_size=300).take_all()
    made.sort(key=lambda row: row["id"])
    assert list(made[0]) == ["id", "text", "new", "found"]
    assert [row["new"] for row in made] == wanted
    assert briefs(row["found"] for row in made) == found


def test_a_missing_column_is_named(cluster: Any) -> None:
    dataset = cluster.data.from_arrow(pa.table({"text": ["Kiev"]}))
    with pytest.raises(Exception, match="there is no column 'body'; there are 'text'"):
        normalized(dataset, "body").take_all()
