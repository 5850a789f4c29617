"""Dask: a frame with columns of text normalized, partition by partition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from normalize.api import Normalizer
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Unit
from normalize.romanize.extras import extra

_frames: Any = extra("dask.dataframe", "dask", "normalize.hosts.dask")


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
    """The frame of Dask with columns of text normalized; see `BatchMap` for the arguments.

    Raises `ColumnError` at once for a missing column and for one of a type that holds no text, and when it is
    computed for a column of objects that are not all text.
    """
    nz = chosen(normalizer)
    work = nz.for_batches(columns, into=into, findings=findings, fixes=fixes, unit=unit, threads=1)
    return frame.map_partitions(work, meta=work(frame._meta))
