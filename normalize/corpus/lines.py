"""Plain text: each line is a document, or each file; and what all formats of lines share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from normalize.corpus.batches import Batch, New, Wishes
from normalize.corpus.streams import ByteReader, ByteWriter
from normalize.errors import ColumnError

SIZE = 1 << 22
"""About how many bytes a batch has."""
DOCUMENTS = 1 << 14
"""How many documents it has at most."""
BOM = b"\xef\xbb\xbf"


def decoded(data: bytes) -> str:
    """Bytes as text; those that are no UTF-8 go through unharmed."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


class LineBatch:
    """Documents of which each stands on a line of its own."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._ends = [len(line) - len(line.rstrip("\r\n")) for line in lines]
        self.documents = len(lines)

    def texts(self, column: str) -> list[str | None]:  # noqa: ARG002
        return [line[: len(line) - end] for line, end in zip(self._lines, self._ends, strict=True)]

    def written(self, new: Mapping[str, New]) -> bytes:
        lines = list(self._lines)
        for column in new.values():
            for at, text in column.texts.items():
                line = lines[at]
                lines[at] = text + line[len(line) - self._ends[at] :]
        return encoded("".join(lines))


class WholeBatch:
    """One document: a file."""

    documents = 1

    def __init__(self, data: bytes) -> None:
        self._mark = BOM if data.startswith(BOM) else b""
        self._text = decoded(data[len(self._mark) :])

    def texts(self, column: str) -> list[str | None]:  # noqa: ARG002
        return [self._text]

    def written(self, new: Mapping[str, New]) -> bytes:
        text = self._text
        for column in new.values():
            text = column.texts.get(0, text)
        return self._mark + encoded(text)


class LineReader:
    """A file that is read line by line."""

    def __init__(self, path: Path, wishes: Wishes) -> None:
        self._bytes, self._wishes = ByteReader(path), wishes

    def batches(self) -> Iterator[Batch]:
        if self._wishes.whole:
            yield WholeBatch(self._bytes.read())
            return
        for lines, _ in in_batches(self._bytes.lines()):
            yield LineBatch(lines)

    def share(self) -> float:
        return self._bytes.share()

    def close(self) -> None:
        self._bytes.close()


def in_batches(lines: Iterator[bytes]) -> Iterator[tuple[list[str], int]]:
    """Lines as text, some at a time, with the number of the first, counted from 1."""
    taken: list[str] = []
    size, first = 0, 1
    for line in lines:
        taken.append(decoded(line))
        size += len(line)
        if size >= SIZE or len(taken) >= DOCUMENTS:
            yield taken, first
            first += len(taken)
            taken, size = [], 0
    if taken:
        yield taken, first


class Lines:
    """Plain text."""

    def reader(self, path: Path, wishes: Wishes) -> LineReader:
        refuse_columns(wishes, "plain text")
        return LineReader(path, wishes)

    def writer(self, file: BinaryIO, reader: Any) -> ByteWriter:  # noqa: ARG002
        return ByteWriter(file, Path(file.name).suffix)


def refuse_columns(wishes: Wishes, what: str) -> None:
    """Raises `ColumnError` where new columns are wished for that a format cannot hold."""
    for option, value in (("--findings", wishes.findings), ("--into", wishes.into)):
        if value is not None:
            raise ColumnError(f"{what} has no place for the new column {value!r}; leave out {option}")
