"""What files of every format are to the work: batches of documents, read and written one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from normalize.model import Finding
from normalize.offsets import Unit

Row = tuple[int, str, list[Finding]]
"""The number of a document in its batch, its text, and its findings, of which there are some."""


class CorpusFileError(Exception):
    """What is wrong with a file; whoever knows the file puts its name before it."""


@dataclass(frozen=True)
class Wishes:
    """What is to be done with each document.

    `columns` are the names of the columns of text, `into` and `findings` those of new columns, if there are
    to be any; `{column}` in these stands for the name of the column. `delimiter` is that of separated
    values, if it is not the usual one of the format, `whole` takes a text file as one document, `fixes` and
    `unit` are as of `Normalizer.find_arrow`.
    """

    columns: tuple[str, ...] = ("text",)
    into: str | None = None
    findings: str | None = None
    fixes: str = "safe"
    unit: Unit = Unit.CODE_POINTS
    delimiter: str | None = None
    whole: bool = False

    def new_text(self, column: str) -> str:
        """The column that the new text goes into."""
        return column if self.into is None else self.into.replace("{column}", column)

    def new_findings(self, column: str) -> str:
        """The column that the findings go into; empty if they are not wanted."""
        return "" if self.findings is None else self.findings.replace("{column}", column)


@dataclass(frozen=True)
class New:
    """What has become of a column in a batch: texts that changed, and findings, by number."""

    texts: Mapping[int, str]
    rows: Sequence[Row]


class Batch(Protocol):
    """Some documents, with all that stands beside them."""

    documents: int

    def texts(self, column: str) -> Any:
        """The texts of a column: an Arrow array, or a list with None for a null."""
        ...

    def written(self, new: Mapping[str, New]) -> Any:
        """The batch as `Format.write` takes it, with what has become of each column."""
        ...


class Reader(Protocol):
    """A file that is open."""

    def batches(self) -> Iterator[Batch]:
        """The batches, in their order. Raises `CorpusFileError` and `ColumnError`."""
        ...

    def share(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        ...

    def close(self) -> None: ...


class Writer(Protocol):
    """A file that is being written."""

    def write(self, written: Any) -> None: ...
    def close(self) -> None: ...


class Format(Protocol):
    """A format of files."""

    def reader(self, path: Path, wishes: Wishes) -> Reader: ...
    def writer(self, file: BinaryIO, reader: Any) -> Writer: ...
