"""What a `Normalizer` does with columns."""

from __future__ import annotations

from normalize.errors import ConfigError
from normalize.rules import FIXES

TYPE_CHECKING = False  # see normalize.api
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, overload

    from normalize.arrow import ArrowArray, ArrowChunkedArray, HasArray, HasStream
    from normalize.columns.batches import BatchMap
    from normalize.model import Finding
    from normalize.worker import Worker


class Columns:
    """The methods of a `Normalizer` that take Arrow arrays and batches."""

    if TYPE_CHECKING:
        _worker: Worker

        @property
        def ruleset_sha256(self) -> str: ...
        def _check_scheme(self, scheme: str, reverse: bool) -> None: ...

    if TYPE_CHECKING:

        @overload
        def normalize_arrow(
            self, array: HasArray, fixes: str = ..., *, threads: int | None = ...
        ) -> ArrowArray: ...
        @overload
        def normalize_arrow(
            self, array: HasStream, fixes: str = ..., *, threads: int | None = ...
        ) -> ArrowChunkedArray: ...

    def normalize_arrow(self, array: Any, fixes: str = "safe", *, threads: int | None = None) -> Any:
        """`normalize` for each value of an Arrow array of strings, such as a series of polars or pandas.

        `array` is any object with `__arrow_c_array__` or `__arrow_c_stream__`, of type string, large
        string, string view or a dictionary of these. The result is one of the same type, chunk for chunk:
        `pyarrow.array`, `polars.Series` and `pandas.Series.from_arrow` take it as it is. Memory is shared
        where nothing changes. At most `threads` threads work, by default one for each processor; the
        result never depends on it. Raises TypeError for other types.
        """
        if fixes not in FIXES:
            raise unknown_fixes(fixes)
        _check_threads(threads)
        return self._worker.normalize_arrow(array, fixes, threads)

    def find_arrow(
        self,
        array: HasArray | HasStream,
        fixes: str = "safe",
        *,
        unit: str = "code-points",
        threads: int | None = None,
    ) -> Any:
        """`find` for each value of an Arrow array of strings: lists of findings as an array of pyarrow.

        A value's list is empty where nothing is found, and null where the value is. The fields of a finding
        are those of `normalize.columns.found.FIELDS`: offsets count in `unit` (`code-points`, `utf-8` or
        `utf-16`), and `applied`, `target_start` and `target_end` tell of the text that `normalize_arrow`
        gives for the same `fixes`; `normalize.Spans` goes by them from one text to the other. Chunks stay
        chunks. Raises TypeError for other types, and `MissingExtraError` without pyarrow.
        """
        if fixes not in FIXES:
            raise unknown_fixes(fixes)
        _check_threads(threads)
        from normalize.columns.found import findings_column

        return findings_column(array, lambda made: self._worker.find_arrow(made, threads), fixes, unit)

    def find_rows(
        self, array: HasArray | HasStream, *, threads: int | None = None
    ) -> list[tuple[int, str, list[Finding]]]:
        """The values of an Arrow array in which something is found: number, text and findings of each.

        Numbers go on from chunk to chunk. What holds nothing costs nothing here. Raises TypeError for what is
        no array of strings, and `MissingExtraError` without pyarrow.
        """
        _check_threads(threads)
        from normalize.columns.found import plain, pyarrow

        return self._worker.find_arrow(plain(pyarrow("find_rows"), array), threads)

    def for_batches(
        self,
        columns: str | Iterable[str],
        *,
        into: str | None = None,
        findings: str | None = None,
        fixes: str = "safe",
        unit: str = "code-points",
        threads: int | None = None,
    ) -> BatchMap:
        """A function from a batch of any host to the same batch with these columns normalized.

        For `Dataset.map(…, batched=True)` of datasets, `Dataset.map_batches` of Ray, `map_partitions` of
        Dask and the like; see `BatchMap` for what the arguments mean. Raises `ConfigError`.
        """
        from normalize.columns.batches import BatchMap

        _check_threads(threads)
        return BatchMap(self, columns, into=into, findings=findings, fixes=fixes, unit=unit, threads=threads)

    for_datasets = for_batches

    if TYPE_CHECKING:

        @overload
        def transliterate_arrow(
            self, array: HasArray, scheme: str, reverse: bool = ..., *, threads: int | None = ...
        ) -> ArrowArray: ...
        @overload
        def transliterate_arrow(
            self, array: HasStream, scheme: str, reverse: bool = ..., *, threads: int | None = ...
        ) -> ArrowChunkedArray: ...

    def transliterate_arrow(
        self, array: Any, scheme: str, reverse: bool = False, *, threads: int | None = None
    ) -> Any:
        """`transliterate` for each value of an Arrow array; see `normalize_arrow`."""
        _check_threads(threads)
        if reverse:
            self._check_scheme(scheme, reverse)
        try:
            return self._worker.transliterate_arrow(array, scheme, reverse, threads)
        except LookupError:
            self._check_scheme(scheme, reverse=False)
            raise


def unknown_fixes(fixes: str) -> ConfigError:
    """The error for a value of `fixes` that there is not."""
    return ConfigError(f"unknown fixes {fixes!r}; use one of {', '.join(FIXES)}")


def _check_threads(threads: int | None) -> None:
    if threads is not None and threads < 1:
        raise ConfigError(f"threads is {threads}; use 1 or more, or None for one on each processor")
