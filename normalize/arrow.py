"""Arrow arrays in and out through the PyCapsule interface, for the reference engine, by pyarrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Protocol

from normalize.errors import EngineError


class ArrowArray(Protocol):
    """An array that any library takes which knows Arrow: `pyarrow.array(it)`, `polars.Series(it)`."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


class ArrowChunkedArray(Protocol):
    """The same in chunks: `pyarrow.chunked_array(it)`, `pandas.Series.from_arrow(it)`."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class HasArray(Protocol):
    """What an array is read from, such as one of pyarrow."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


class HasStream(Protocol):
    """What chunks are read from, such as a series of polars or pandas."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


ArrowSource = HasArray | HasStream


def rewritten(array: ArrowSource, change: Callable[[str], str]) -> Any:
    """An array of pyarrow with `change` made to each value: the same one where nothing changes.

    Raises TypeError for what is no Arrow array of text, and EngineError where pyarrow is not installed.
    """
    pa, whole = _imported(array)
    if isinstance(whole, pa.ChunkedArray):
        chunks = [_rewritten(pa, chunk, change) for chunk in whole.chunks]
        return pa.chunked_array(chunks, whole.type)
    return _rewritten(pa, whole, change)


def texts(array: ArrowSource) -> Iterator[tuple[int, str]]:
    """The values that are not null, with their numbers; errors as of `rewritten`."""
    _, whole = _imported(array)
    return ((at, value) for at, value in enumerate(whole.to_pylist()) if value is not None)


def _imported(array: ArrowSource) -> tuple[Any, Any]:
    """The module pyarrow, and the array as one of pyarrow."""
    try:
        pa: Any = import_module("pyarrow")
    except ModuleNotFoundError as error:
        raise EngineError(
            "the reference engine reads Arrow arrays with pyarrow, which is not installed; "
            "install pyarrow, or normalize with its native engine"
        ) from error
    if hasattr(array, "__arrow_c_array__"):
        return pa, _text(pa, pa.array(array))
    if hasattr(array, "__arrow_c_stream__"):
        try:
            return pa, _text(pa, pa.chunked_array(array))
        except pa.ArrowInvalid as error:  # a table without columns, for one
            raise TypeError(f"expected an Arrow array of strings: {error}") from error
    raise TypeError(
        "expected an Arrow array (an object with __arrow_c_array__ or __arrow_c_stream__, such as a pyarrow "
        f"array or a polars or pandas series), not {type(array).__qualname__}; pyarrow.array(…) makes one, "
        "and normalize_batch takes lists"
    )


def _text(pa: Any, array: Any) -> Any:
    """The array, if it is one of text."""
    values = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if str(values) not in ("string", "large_string", "string_view"):
        raise TypeError(
            "expected an Arrow array of string, large_string, string_view or a dictionary of them, "
            f"not {array.type}; cast it to a string type"
        )
    return array


def _rewritten(pa: Any, array: Any, change: Callable[[str], str]) -> Any:
    if pa.types.is_dictionary(array.type):
        dictionary = _rewritten(pa, array.dictionary, change)
        if dictionary is array.dictionary:
            return array
        values: list[str | None] = dictionary.to_pylist()
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        indices = [place if place is None else places[values[place]] for place in array.indices.to_pylist()]
        return pa.DictionaryArray.from_arrays(
            pa.array(indices, array.type.index_type),
            pa.array(list(places), array.type.value_type),
            ordered=array.type.ordered,
        )
    old: list[str | None] = array.to_pylist()
    new = [value if value is None else change(value) for value in old]
    return array if new == old else pa.array(new, array.type)
