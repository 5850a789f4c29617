"""PySpark: frames by `mapInArrow`, and single columns by a function for `select`.

The profile is named in the work that is sent, and opened once by each worker of Python that Spark keeps. A
worker with other tables than the driver's refuses the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from normalize.api import Normalizer
from normalize.columns.batches import BatchMap
from normalize.columns.found import FIELDS
from normalize.columns.kinds import missing
from normalize.errors import ColumnError
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Unit
from normalize.romanize.extras import extra

_types: Any = extra("pyspark.sql.types", "spark", "normalize.hosts.spark")
_FIELD_TYPES = {"string": "StringType", "int64": "LongType", "bool": "BooleanType"}


def findings_type() -> Any:
    """The type of a column of findings in Spark."""
    fields = [
        _types.StructField(name, getattr(_types, _FIELD_TYPES[kind])()) for name, kind in FIELDS.items()
    ]
    return _types.ArrayType(_types.StructType(fields))


def normalized(
    frame: Any,
    columns: str | Iterable[str],
    *,
    normalizer: Normalizer | None = None,
    into: str | None = None,
    findings: str | None = None,
    fixes: str = "safe",
    unit: Unit | str = Unit.CODE_POINTS,
) -> Any:
    """The frame with columns of text normalized, by `mapInArrow`; see `BatchMap` for the arguments.

    Raises `ColumnError` at once where a column is missing or holds no text.
    """
    nz = chosen(normalizer)
    work = nz.for_batches(columns, into=into, findings=findings, fixes=fixes, unit=unit, threads=1)
    return frame.mapInArrow(_Partition(work), _schema(frame.schema, work))


class _Partition:
    """The function that `mapInArrow` wants, which is small when it is sent."""

    def __init__(self, work: BatchMap) -> None:
        self._work = work

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        return map(self._work, batches)


def _schema(schema: Any, work: BatchMap) -> Any:
    """The schema of what `work` makes of a frame."""
    made = _types.StructType(list(schema.fields))
    for column in work.columns:
        if column not in schema.names:
            raise missing(column, schema.names)
        kind = schema[column].dataType
        if not isinstance(kind, _types.StringType):
            raise ColumnError(f"column {column!r} holds {kind.simpleString()} and no text; cast it to string")
        names = work.new_columns(column)
        for name, new in zip(names, (kind, findings_type()), strict=False):
            fields = [one for one in made.fields if one.name != name]
            if len(fields) == len(made.fields):
                made = made.add(name, new)
    return made


def text_function(normalizer: Normalizer | None = None, fixes: str = "safe") -> Any:
    """A function from a column to the column normalized: `frame.select(text_function()("text"))`.

    An Arrow UDF from Spark 4.1 on, and a pandas UDF before.
    """
    work = _Column(chosen(normalizer), fixes)
    functions: Any = import_module("pyspark.sql.functions")
    if hasattr(functions, "arrow_udf"):
        pa: Any = import_module("pyarrow")

        def arrow(column: Any) -> Any:
            return work(column)

        arrow.__annotations__ = {"column": pa.Array, "return": pa.Array}
        return functions.arrow_udf(arrow, "string")
    pd: Any = import_module("pandas")

    def pandas(column: Any) -> Any:
        return pd.Series(work(import_module("pyarrow").array(column, "string")).to_pandas())

    pandas.__annotations__ = {"column": pd.Series, "return": pd.Series}
    return functions.pandas_udf(pandas, "string")


class _Column:
    """Normalizes an array of pyarrow."""

    def __init__(self, normalizer: Normalizer, fixes: str) -> None:
        self._normalizer, self._fixes = normalizer, fixes

    def __call__(self, column: Any) -> Any:
        nz: Any = self._normalizer
        return import_module("pyarrow").array(nz.normalize_arrow(column, self._fixes, threads=1))
