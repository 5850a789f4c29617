"""pyarrow: functions in the manner of `pyarrow.compute`, and by name inside Arrow's own engine.

    from normalize.hosts.arrow import findings, normalize_text
    normalize_text(table["text"])

After `register()`, expressions of datasets and of Acero can call `normalize_text`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from normalize.api import Normalizer
from normalize.columns.found import pyarrow
from normalize.columns.kinds import checked
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Unit

TEXT, LARGE = "normalize_text", "normalize_large_text"


def normalize_text(
    array: Any, *, normalizer: Normalizer | None = None, fixes: str = "safe", threads: int | None = None
) -> Any:
    """An `Array` or `ChunkedArray` of strings with each value normalized; of the same type and chunks.

    Raises `ColumnError` for another type.
    """
    pa = pyarrow("normalize_text")
    made = cast("Any", chosen(normalizer)).normalize_arrow(checked(array, "array"), fixes, threads=threads)
    return pa.chunked_array(made) if isinstance(array, pa.ChunkedArray) else pa.array(made)


def findings(
    array: Any,
    *,
    normalizer: Normalizer | None = None,
    fixes: str = "safe",
    unit: Unit | str = Unit.CODE_POINTS,
    threads: int | None = None,
) -> Any:
    """For each value the list of its findings; see `Normalizer.find_arrow`. Raises `ColumnError`."""
    made = chosen(normalizer)
    return made.find_arrow(checked(array, "array"), fixes, unit=unit, threads=threads)


def register(normalizer: Normalizer | None = None, fixes: str = "safe", prefix: str = "") -> list[str]:
    """Makes `normalize_text` (of `string`) and `normalize_large_text` (of `large_string`) functions of Arrow.

    `pyarrow.compute.call_function`, filters and projections of datasets, and Acero know them by name then;
    `prefix` goes before the names, for a second normalizer. Gives the names. Raises `pyarrow.ArrowKeyError`
    where a function of the name is registered already.
    """
    pa = pyarrow("register")
    compute: Any = import_module("pyarrow.compute")
    made = chosen(normalizer)

    def work(context: Any, array: Any) -> Any:  # noqa: ARG001
        if isinstance(array, pa.Scalar):
            value: str | None = array.as_py()
            return array if value is None else pa.scalar(made.normalize(value, fixes), array.type)
        return pa.array(made.normalize_arrow(array, fixes))

    for name, kind in ((TEXT, pa.string()), (LARGE, pa.large_string())):
        what = {"summary": "Normalize place names and mixed scripts", "description": repr(made)}
        compute.register_scalar_function(work, prefix + name, what, {"text": kind}, kind)
    return [prefix + TEXT, prefix + LARGE]
