"""The kinds of batches that hosts give, each with its way to read a column of text and to put columns in.

No host is imported: whoever hands over a frame of polars has polars.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Protocol

from normalize.columns.found import pyarrow
from normalize.errors import ColumnError

TEXT = ("string", "large_string", "string_view")


class Kind(Protocol):
    """What is done with a batch of one kind."""

    def text(self, batch: Any, column: str) -> Any:
        """A column as an Arrow array of strings. Raises `ColumnError`."""
        ...

    def like(self, values: Any, batch: Any, column: str) -> Any:
        """New values in the form that a column of the batch has."""
        ...

    def made(self, values: Any, batch: Any) -> Any:
        """An array of pyarrow in the form that a new column of the batch takes."""
        ...

    def with_columns(self, batch: Any, new: dict[str, Any]) -> Any:
        """The batch with these columns instead of those of their names, and the others at its end."""
        ...


def kind_of(batch: Any) -> Kind:
    """The kind of a batch. Raises TypeError for what is none."""
    home = type(batch).__module__.partition(".")[0]
    name = type(batch).__name__
    if home == "pyarrow" and name in ("Table", "RecordBatch"):
        return _Arrow()
    if home == "polars" and name == "DataFrame":
        return _Polars()
    if home == "pandas" and name == "DataFrame":
        return _Pandas()
    if isinstance(batch, Mapping):
        return _Mapping()
    if hasattr(batch, "keys") and hasattr(batch, "__getitem__"):  # LazyBatch of datasets
        return _Mapping()
    raise TypeError(
        "expected a batch (a table or record batch of pyarrow, a frame of polars or pandas, or a dict of "
        f"columns), not {type(batch).__qualname__}"
    )


def missing(column: str, columns: Any) -> ColumnError:
    """There is no column of that name."""
    there = [str(name) for name in columns]
    shown = ", ".join(repr(name) for name in there[:12]) + (" …" if len(there) > 12 else "")
    return ColumnError(
        f"there is no column {column!r}; there are {shown}"
        if there
        else f"there is no column {column!r}, nor any other"
    )


def checked(array: Any, column: str) -> Any:
    """The array of pyarrow, if it is one of text. A column of nothing but nulls is one."""
    kind = array.type
    values = kind.value_type if hasattr(kind, "value_type") and str(kind).startswith("dictionary") else kind
    if str(values) == "null":
        return array.cast(pyarrow("a column").string())
    if str(values) not in TEXT:
        raise ColumnError(f"column {column!r} holds {kind} and no text; name a column of strings, or cast it")
    return array


def array_of(values: Any, column: str) -> Any:
    """A sequence as an array of pyarrow. Raises `ColumnError`, which tells where no text is."""
    if hasattr(values, "__arrow_c_array__") or hasattr(values, "__arrow_c_stream__"):
        pa = pyarrow("a column")
        chunked = not hasattr(values, "__arrow_c_array__")
        return checked(pa.chunked_array(values) if chunked else pa.array(values), column)
    return _of_list(values.tolist() if hasattr(values, "tolist") else list(values), column)


def _of_list(listed: list[Any], column: str) -> Any:
    for at, value in enumerate(listed):
        if isinstance(value, str) or value is None:
            continue
        if type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value):
            listed[at] = None  # what numpy and pandas take for a null
            continue
        kind = type(value).__name__
        raise ColumnError(f"column {column!r} holds {kind} in row {at}, not only text; convert it to strings")
    return text_array(pyarrow("a batch of lists"), listed, column)


def text_array(pa: Any, listed: list[str | None], column: str) -> Any:
    """Strings and None as an array. Raises `ColumnError` for a text that UTF-8 cannot hold."""
    try:
        made = pa.array(
            listed, pa.large_string() if sum(map(len, filter(None, listed))) >> 29 else pa.string()
        )
    except UnicodeEncodeError as error:
        at = next(at for at, value in enumerate(listed) if value and not _is_utf8(value))
        raise ColumnError(
            f"column {column!r} holds a lone surrogate in row {at}, which is no text; repair the decoding"
        ) from error
    return made


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Arrow:
    def text(self, batch: Any, column: str) -> Any:
        names = batch.schema.names
        if column not in names:
            raise missing(column, names)
        if names.count(column) > 1:
            raise ColumnError(f"there are {names.count(column)} columns {column!r}; rename all but one")
        return checked(batch.column(names.index(column)), column)

    def like(self, values: Any, batch: Any, column: str) -> Any:  # noqa: ARG002
        pa = pyarrow("a table")
        return pa.array(values) if hasattr(values, "__arrow_c_array__") else pa.chunked_array(values)

    def made(self, values: Any, batch: Any) -> Any:  # noqa: ARG002
        return values

    def with_columns(self, batch: Any, new: dict[str, Any]) -> Any:
        pa = pyarrow("a table")
        for name, values in new.items():
            at = batch.schema.get_field_index(name)
            if at < 0:
                batch = batch.append_column(name, values)
            else:
                field: Any = batch.schema.field(at)
                batch = batch.set_column(at, pa.field(name, values.type, True, field.metadata), values)
        return batch


class _Polars:
    def text(self, batch: Any, column: str) -> Any:
        if column not in batch.columns:
            raise missing(column, batch.columns)
        series = batch.get_column(column)
        pl: Any = sys.modules["polars"]
        if series.dtype == pl.Null:
            return series.cast(pl.String)
        if series.dtype not in (pl.String, pl.Categorical, pl.Enum):
            raise ColumnError(f"column {column!r} holds {series.dtype} and no text; cast it to String")
        return series

    def like(self, values: Any, batch: Any, column: str) -> Any:  # noqa: ARG002
        return sys.modules["polars"].Series(values)

    def made(self, values: Any, batch: Any) -> Any:  # noqa: ARG002
        return sys.modules["polars"].Series(values)

    def with_columns(self, batch: Any, new: dict[str, Any]) -> Any:
        return batch.with_columns(**new)


class _Pandas:
    def text(self, batch: Any, column: str) -> Any:
        if column not in batch.columns:
            raise missing(column, batch.columns)
        return series_text(batch[column], column)

    def like(self, values: Any, batch: Any, column: str) -> Any:
        return series_like(batch[column], values)

    def made(self, values: Any, batch: Any) -> Any:
        return arrow_series(values, batch.index)

    def with_columns(self, batch: Any, new: dict[str, Any]) -> Any:
        return batch.assign(**new)


def series_text(series: Any, column: str) -> Any:
    """A series of pandas as an array of pyarrow. Raises `ColumnError`."""
    if getattr(series, "ndim", 1) != 1:
        raise ColumnError(f"there are {series.shape[1]} columns {column!r}; rename all but one")
    if series.dtype == object:
        return _of_list(series.tolist(), column)
    return checked(pyarrow("a series of pandas").array(series), column)


def series_like(series: Any, values: Any) -> Any:
    """New values as a series like another: its type, index and name, and its own nulls."""
    pd: Any = sys.modules["pandas"]
    pa = pyarrow("a series of pandas")
    array = pa.array(values) if hasattr(values, "__arrow_c_array__") else pa.chunked_array(values)
    if series.dtype == object:
        listed: list[Any] = series.tolist()
        new = [
            old if value is None or value == old else value
            for old, value in zip(listed, array.to_pylist(), strict=True)
        ]
        return pd.Series(new, index=series.index, name=series.name, dtype=object)
    if isinstance(series.dtype, pd.CategoricalDtype):
        whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        made = pd.Categorical.from_codes(
            whole.indices.fill_null(-1).to_numpy(zero_copy_only=False),
            whole.dictionary.to_pylist(),
            ordered=series.dtype.ordered,
        )
    else:
        made = series.dtype.__from_arrow__(array)
    return pd.Series(made, index=series.index, name=series.name)


def arrow_series(values: Any, index: Any) -> Any:
    """An array of pyarrow as a series that is backed by it."""
    pd: Any = sys.modules["pandas"]
    return pd.Series(pd.arrays.ArrowExtensionArray(values), index=index)


class _Mapping:
    def text(self, batch: Any, column: str) -> Any:
        names = list(batch.keys())
        if column not in names:
            raise missing(column, names)
        return array_of(batch[column], column)

    def like(self, values: Any, batch: Any, column: str) -> Any:
        old = batch[column]
        if hasattr(old, "__arrow_c_array__") or hasattr(old, "__arrow_c_stream__"):
            return _Arrow().like(values, batch, column)
        return self._in_form(list(values), old)

    def made(self, values: Any, batch: Any) -> Any:
        first: Any = next(iter(batch.values()), None)
        if hasattr(first, "__arrow_c_array__") or hasattr(first, "__arrow_c_stream__"):
            return values
        return self._in_form(values.to_pylist(), first)

    def _in_form(self, listed: list[Any], like: Any) -> Any:
        numpy = sys.modules.get("numpy")
        if numpy is None or not isinstance(like, numpy.ndarray):
            return listed
        made: Any = numpy.empty(len(listed), dtype=object)
        made[:] = listed
        return made

    def with_columns(self, batch: Any, new: dict[str, Any]) -> Any:
        return {**{name: batch[name] for name in batch}, **new}
