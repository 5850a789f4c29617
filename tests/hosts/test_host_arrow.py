"""pyarrow: functions in the manner of its own, and by name within its engine."""

from __future__ import annotations

from typing import Any

import pytest

from hosts.conftest import briefs
from normalize import ColumnError, Normalizer

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[arrow]'")
import pyarrow.compute as pc  # noqa: E402
import pyarrow.dataset as ds  # noqa: E402

from normalize.hosts.arrow import findings, normalize_text, register  # noqa: E402


def test_functions(texts: list[str | None], wanted: list[str | None], found: list[Any]) -> None:
    for array in (pa.array(texts), pa.chunked_array([texts[:700], texts[700:]], pa.large_string())):
        made = normalize_text(array)
        assert type(made) is type(array)
        assert made.type == array.type
        assert made.to_pylist() == wanted
        assert briefs(findings(array).to_pylist()) == found
    with pytest.raises(ColumnError, match="column 'array' holds int64 and no text"):
        normalize_text(pa.array([1]))


def test_functions_by_name(
    texts: list[str | None], wanted: list[str | None], tmp_path: Any, nz: Normalizer
) -> None:
    small, large = register(nz, prefix="test_")
    assert pc.call_function(small, [pa.array(texts)]).to_pylist() == wanted
    assert pc.call_function(large, [pa.array(texts, pa.large_string())]).to_pylist() == wanted
    assert pc.call_function(small, [pa.scalar("Kiev")]).as_py() == "Kyiv"
    table = pa.table({"text": texts, "id": range(len(texts))})
    ds.write_dataset(table, tmp_path, format="parquet", max_rows_per_file=500, max_rows_per_group=500)
    field = pc.field("text")
    made = ds.dataset(tmp_path).to_table({"id": pc.field("id"), "new": pc.Expression._call(small, [field])})
    rows = dict(zip(made["id"].to_pylist(), made["new"].to_pylist(), strict=True))
    assert rows == dict(enumerate(wanted))
    with pytest.raises(pa.ArrowKeyError):
        register(nz, prefix="test_")
