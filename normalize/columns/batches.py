"""One function for the batches of every host: a table of Arrow, a frame of polars or pandas, a dict of lists.

The function names its ruleset and does not carry it, so that sending it to another process costs some hundred
bytes; there it is opened once, and has to be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from normalize.columns.kinds import ColumnError as ColumnError
from normalize.columns.kinds import kind_of
from normalize.errors import ConfigError, RulesetError
from normalize.offsets import Unit
from normalize.rules import FIXES

PLACE = "{column}"
"""What stands for the name of a column in the name of a new one."""


class Normalizing(Protocol):
    """What is needed of a `Normalizer`."""

    @property
    def ruleset_sha256(self) -> str: ...
    def normalize_arrow(self, array: Any, fixes: str = ..., *, threads: int | None = ...) -> Any: ...
    def find_arrow(
        self, array: Any, fixes: str = ..., *, unit: Unit | str = ..., threads: int | None = ...
    ) -> Any: ...


class BatchMap:
    """A function from a batch to the same batch with some columns normalized. Picklable, and small then.

    A batch is a `pyarrow.Table` or `RecordBatch`, a frame of polars or pandas, or a mapping from names to
    sequences (lists, numpy arrays, arrays of Arrow), and comes back as what it was. `columns` are the
    names of the columns of text. Their new text takes their place, or goes into a column named `into`;
    what was found goes into a column named `findings`, if that is given. In both, `{column}` stands for
    the name of the column. `fixes`, `unit` and `threads` are as of `Normalizer.find_arrow`.

    Calling it raises `ColumnError`, which names the column, where one is missing or is none of text.
    """

    def __init__(
        self,
        normalizer: Normalizing,
        columns: str | Iterable[str],
        *,
        into: str | None = None,
        findings: str | None = None,
        fixes: str = "safe",
        unit: Unit | str = Unit.CODE_POINTS,
        threads: int | None = None,
    ) -> None:
        self.normalizer = normalizer
        self.columns = (columns,) if isinstance(columns, str) else tuple(columns)
        self.into, self.findings, self.fixes, self.threads = into, findings, fixes, threads
        self.unit = Unit(unit)
        if not self.columns:
            raise ConfigError("no column is named; name at least one")
        if fixes not in FIXES:
            raise ConfigError(f"unknown fixes {fixes!r}; use one of {', '.join(FIXES)}")
        new = [name for column in self.columns for name in self.new_columns(column)]
        if twice := [name for name in dict.fromkeys(new) if new.count(name) > 1]:
            raise ConfigError(f"two new columns would be named {twice[0]!r}; write {PLACE} into the name")

    def new_columns(self, column: str) -> list[str]:
        """The columns that are made of a column: of text, and of findings if asked for."""
        names = [column if self.into is None else self.into.replace(PLACE, column)]
        return names if self.findings is None else [*names, self.findings.replace(PLACE, column)]

    def __call__(self, batch: Any) -> Any:
        kind = kind_of(batch)
        new: dict[str, Any] = {}
        for column in self.columns:
            array = kind.text(batch, column)
            names = self.new_columns(column)
            values = self.normalizer.normalize_arrow(array, self.fixes, threads=self.threads)
            new[names[0]] = kind.like(values, batch, column)
            if len(names) > 1:
                found = self.normalizer.find_arrow(array, self.fixes, unit=self.unit, threads=self.threads)
                new[names[1]] = kind.made(found, batch)
        return kind.with_columns(batch, new)

    def __repr__(self) -> str:
        return f"BatchMap({self.normalizer!r}, {', '.join(map(repr, self.columns))})"

    def __reduce__(self) -> tuple[Any, ...]:
        settings = {
            "into": self.into,
            "findings": self.findings,
            "fixes": self.fixes,
            "unit": self.unit.value,
            "threads": self.threads,
        }
        return _remake, (self.normalizer, self.normalizer.ruleset_sha256, self.columns, settings)

    def __dask_tokenize__(self) -> Any:
        maker, arguments = self.__reduce__()
        return maker.__qualname__, repr(arguments)


def _remake(
    normalizer: Normalizing, sha256: str, columns: tuple[str, ...], settings: Mapping[str, Any]
) -> BatchMap:
    """What a worker makes of the function that was sent to it.

    Raises `RulesetError` where the worker's tables are not those of the sender: texts would come out
    different from worker to worker.
    """
    if normalizer.ruleset_sha256 != sha256:
        raise RulesetError(
            f"this process has another ruleset ({normalizer.ruleset_sha256[:12]}) than the one that sent the "
            f"work ({sha256[:12]}); install the same version of normalize in both"
        )
    return BatchMap(normalizer, columns, **settings)
