"""Ray Data: a dataset with columns of text normalized, batch by batch, in tables of Arrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from normalize.api import Normalizer
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Unit
from normalize.romanize.extras import extra

_data: Any = extra("ray.data", "ray", "normalize.hosts.ray")


def normalized(
    dataset: Any,
    columns: str | Iterable[str],
    *,
    normalizer: Normalizer | None = None,
    into: str | None = None,
    findings: str | None = None,
    fixes: str = "safe",
    unit: Unit | str = Unit.CODE_POINTS,
    **options: Any,
) -> Any:
    """The dataset with columns of text normalized; see `BatchMap` for the arguments.

    `options` go to `Dataset.map_batches`, such as `batch_size` or `num_cpus`. A missing column, or one of no
    text, is a `ColumnError` when the dataset is read, as Ray shows errors of its workers.
    """
    nz = chosen(normalizer)
    work = nz.for_batches(columns, into=into, findings=findings, fixes=fixes, unit=unit, threads=1)

    def normalize_batch(table: Any) -> Any:  # Ray wants a function
        return work(table)

    return dataset.map_batches(normalize_batch, batch_format="pyarrow", zero_copy_batch=True, **options)
