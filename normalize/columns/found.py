"""What is found in a column of text, as a column: a list of findings for each value.

The findings of a value hold all that is needed to go from its spans to those of the new text and back (see
`normalize.columns.spans`), so that neither text nor engine is needed later on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any

from normalize.arrow import ArrowSource
from normalize.errors import MissingExtraError
from normalize.model import Finding
from normalize.offsets import Unit
from normalize.result import APPLIED

FIELDS = {
    "rule": "string",
    "start": "int64",
    "end": "int64",
    "text": "string",
    "replacement": "string",
    "applicability": "string",
    "message": "string",
    "place": "string",
    "place_name": "string",
    "applied": "bool",
    "target_start": "int64",
    "target_end": "int64",
}
"""The fields of a finding, with their types in the words of Arrow.

`replacement` is null where there is none, `place` (the place's id) and `place_name` where no place was
recognised. `applied` says whether the replacement stands in the new text; `target_start` and `target_end` are
where the finding is there."""

Row = tuple[int, str, list[Finding]]
"""The number of a value, its text, and its findings, of which there are some."""


def pyarrow(what: str) -> Any:
    """The module `pyarrow`, which `what` needs. Raises `MissingExtraError`."""
    try:
        return import_module("pyarrow")
    except ModuleNotFoundError:
        raise MissingExtraError(
            f"{what} needs pyarrow; install it with `pip install 'normalize-translit[arrow]'`"
        ) from None


def findings_type(pa: Any) -> Any:
    """The Arrow type of a column of findings: lists of structs."""
    return pa.list_(
        pa.struct(
            [(name, getattr(pa, f"{kind}_" if kind == "bool" else kind)()) for name, kind in FIELDS.items()]
        )
    )


def plain(pa: Any, array: ArrowSource) -> Any:
    """The array as one of pyarrow, in chunks or not, and of plain strings: a dictionary is decoded.

    Raises TypeError for what is no array, or one of another type.
    """
    if hasattr(array, "__arrow_c_array__"):
        made = pa.array(array)
    elif hasattr(array, "__arrow_c_stream__"):
        made = pa.chunked_array(array)
    else:
        raise TypeError(
            f"expected an Arrow array, not {type(array).__qualname__}; pyarrow.array(…) makes one"
        )
    if not pa.types.is_dictionary(made.type):
        return made
    # Arrow has no cast from a dictionary of views, as polars has them, to plain strings.
    chunks = made.chunks if isinstance(made, pa.ChunkedArray) else [made]
    plain = [chunk.dictionary.cast(pa.large_string()).take(chunk.indices) for chunk in chunks]
    return pa.chunked_array(plain, pa.large_string()) if isinstance(made, pa.ChunkedArray) else plain[0]


def findings_column(
    array: ArrowSource, find: Callable[[Any], list[Row]], fixes: str, unit: Unit | str
) -> Any:
    """For each value its findings, null where the value is: an array of pyarrow, chunk for chunk.

    `find` gives what is found in an array of plain strings; `fixes` says which findings count as applied,
    and `unit` what their offsets count. Raises TypeError for other types, and `MissingExtraError`.
    """
    pa = pyarrow("a column of findings")
    made = plain(pa, array)
    rows = find(made)
    if not isinstance(made, pa.ChunkedArray):
        return _of_chunk(pa, made, rows, 0, fixes, Unit(unit))
    chunks: list[Any] = []
    first = at = 0
    for chunk in made.chunks:
        end = at
        while end < len(rows) and rows[end][0] < first + len(chunk):
            end += 1
        chunks.append(_of_chunk(pa, chunk, rows[at:end], first, fixes, Unit(unit)))
        first, at = first + len(chunk), end
    return pa.chunked_array(chunks, findings_type(pa))


def findings_of_rows(array: ArrowSource, rows: Sequence[Row], fixes: str, unit: Unit | str) -> Any:
    """The column of findings of an array that is not in chunks, of what was found in it already."""
    pa = pyarrow("a column of findings")
    return _of_chunk(pa, plain(pa, array), rows, 0, fixes, Unit(unit))


def _of_chunk(pa: Any, chunk: Any, rows: Sequence[Row], first: int, fixes: str, unit: Unit) -> Any:
    counts = [0] * len(chunk)
    columns: dict[str, list[Any]] = {name: [] for name in FIELDS}
    for at, text, findings in rows:
        counts[at - first] = len(findings)
        for name, values in _columns(text, findings, fixes, unit).items():
            columns[name] += values
    kind = findings_type(pa)
    fields = list(kind.value_type)
    arrays = [pa.array(columns[field.name], field.type) for field in fields]
    ends = pa.array(accumulate(counts, initial=0), pa.int32(), size=len(chunk) + 1)
    values = pa.StructArray.from_arrays(arrays, fields=fields)
    mask = chunk.is_null() if chunk.null_count else None
    return pa.ListArray.from_arrays(ends, values, type=kind, mask=mask)


def records(text: str, findings: Sequence[Finding], fixes: str, unit: Unit | str) -> list[dict[str, Any]]:
    """The findings of one text as plain values, as a column of findings holds them."""
    columns = _columns(text, findings, fixes, Unit(unit))
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _columns(text: str, findings: Sequence[Finding], fixes: str, unit: Unit) -> dict[str, list[Any]]:
    """By field the values of all findings."""
    places = [one.place for one in findings]
    starts, ends = _in_unit(text, findings, unit)
    applied = [one.replacement is not None and one.applicability.value in APPLIED[fixes] for one in findings]
    target_starts: list[int] = []
    target_ends: list[int] = []
    shift = 0
    for one, start, end, is_applied in zip(findings, starts, ends, applied, strict=True):
        target_starts.append(start + shift)
        if is_applied:
            shift += _length(one.replacement or "", unit) - (end - start)
        target_ends.append(end + shift)
    return {
        "rule": [one.rule for one in findings],
        "start": starts,
        "end": ends,
        "text": [one.text for one in findings],
        "replacement": [one.replacement for one in findings],
        "applicability": [one.applicability.value for one in findings],
        "message": [one.message for one in findings],
        "place": [place and place.id for place in places],
        "place_name": [place and place.name for place in places],
        "applied": applied,
        "target_start": target_starts,
        "target_end": target_ends,
    }


def _in_unit(text: str, findings: Sequence[Finding], unit: Unit) -> tuple[list[int], list[int]]:
    """Where findings, which are sorted, begin and end; the text is measured once."""
    if unit is Unit.CODE_POINTS or text.isascii():
        return [one.start for one in findings], [one.end for one in findings]
    starts: list[int] = []
    ends: list[int] = []
    point = position = 0
    for one in findings:
        position += _length(text[point : one.start], unit)
        starts.append(position)
        position += _length(text[one.start : one.end], unit)
        ends.append(position)
        point = one.end
    return starts, ends


def _length(text: str, unit: Unit) -> int:
    if unit is Unit.CODE_POINTS or text.isascii():
        return len(text)
    if unit is Unit.UTF8:
        return len(text.encode("utf-8", "surrogateescape"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
