"""Separated values (CSV, TSV), with a header. Every field but a changed one stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from normalize.corpus.batches import Batch, CorpusFileError, New, Wishes
from normalize.corpus.lines import BOM, DOCUMENTS, SIZE, decoded, encoded, refuse_columns
from normalize.corpus.streams import ByteReader, ByteWriter
from normalize.errors import ColumnError

LONGEST = 1 << 28
"""How many characters a quoted field may have; a quote that is never closed would swallow the file."""
_CLOSE = re.compile(r'(?:[^"]+|"")*+"')

Span = tuple[int, int]


class Dialect:
    """How fields are divided: by one delimiter, and quoted as RFC 4180 has it."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        self._rest = re.compile(f"[^{re.escape(delimiter)}\r\n]*")

    def fields(self, record: str) -> list[Span]:
        """Where the fields of a whole record stand, quotes included."""
        spans: list[Span] = []
        at = 0
        while True:
            start = at
            if record[at : at + 1] == '"' and (close := _CLOSE.match(record, at + 1)):
                at = close.end()
            at = self._end(record, at)
            spans.append((start, at))
            if record[at : at + 1] != self.delimiter:
                return spans
            at += 1

    def is_open(self, line: str, was_open: bool) -> bool:
        """Whether a quoted field goes on after a line, if one did before it or not."""
        at = 0
        while True:
            if was_open or line[at : at + 1] == '"':
                close = _CLOSE.match(line, at if was_open else at + 1)
                if close is None:
                    return True
                at, was_open = close.end(), False
            at = self._end(line, at)
            if line[at : at + 1] != self.delimiter:
                return False
            at += 1

    def _end(self, record: str, at: int) -> int:
        found = self._rest.match(record, at)
        end = found.end() if found else at
        if record[end : end + 1] == "\r" and record[end : end + 2] != "\r\n" and end + 1 < len(record):
            raise CorpusFileError(
                "has lines that end with a lone carriage return; convert them to line feeds"
            )
        return end

    def value(self, field: str) -> str:
        """The text of a field."""
        if field.startswith('"') and (close := _CLOSE.match(field, 1)):
            return field[1 : close.end() - 1].replace('""', '"') + field[close.end() :]
        return field

    def field(self, value: str, like: str) -> str:
        """A text as a field, quoted if the other one is or if it must be."""
        if (
            like.startswith('"')
            or any(char in value for char in (self.delimiter, "\r", "\n"))
            or value.startswith('"')
        ):
            return '"' + value.replace('"', '""') + '"'
        return value


class SeparatedBatch:
    """Records, each with the fields that the header names."""

    def __init__(
        self, records: Sequence[tuple[int, str]], places: Mapping[str, int], dialect: Dialect, head: str
    ) -> None:
        self._records, self._places, self._dialect, self._head = records, places, dialect, head
        self._at: list[int] = []
        self._spans: list[dict[str, Span]] = []
        for at, (line, record) in enumerate(records):
            if not record.strip("\r\n"):
                continue
            spans = dialect.fields(record)
            for column, place in places.items():
                if place >= len(spans):
                    raise ColumnError(f"line {line} has {len(spans)} fields, and none for column {column!r}")
            self._at.append(at)
            self._spans.append({column: spans[place] for column, place in places.items()})
        self.documents = len(self._at)

    def texts(self, column: str) -> list[str | None]:
        value = self._dialect.value
        texts: list[str | None] = []
        for at, spans in zip(self._at, self._spans, strict=True):
            start, end = spans[column]
            texts.append(value(self._records[at][1][start:end]))
        return texts

    def written(self, new: Mapping[str, New]) -> bytes:
        records = [record for _, record in self._records]
        changed = sorted({at for column in new.values() for at in column.texts})
        for at in changed:
            record = records[self._at[at]]
            spans = sorted((self._spans[at][column], column) for column in new if at in new[column].texts)
            for (start, end), column in reversed(spans):  # from the end, so that spans stay true
                field = self._dialect.field(new[column].texts[at], record[start:end])
                record = record[:start] + field + record[end:]
            records[self._at[at]] = record
        return encoded(self._head + "".join(records))


class SeparatedReader:
    """A file of records."""

    def __init__(self, path: Path, wishes: Wishes, delimiter: str) -> None:
        self._bytes, self._wishes = ByteReader(path), wishes
        self._dialect = Dialect(delimiter)

    def batches(self) -> Iterator[Batch]:
        records = self._records()
        _, head = next(records, (1, ""))
        places = self._columns(head)
        taken: list[tuple[int, str]] = []
        size = 0
        for record in records:
            taken.append(record)
            size += len(record[1])
            if size >= SIZE or len(taken) >= DOCUMENTS:
                yield SeparatedBatch(taken, places, self._dialect, head)
                taken, size, head = [], 0, ""
        if taken or head:
            yield SeparatedBatch(taken, places, self._dialect, head)

    def _records(self) -> Iterator[tuple[int, str]]:
        """Records with the number of the line at which each begins."""
        lines: list[str] = []
        begun, length, is_open = 1, 0, False
        for number, data in enumerate(self._bytes.lines(), 1):
            line = decoded(data)
            if not lines:
                begun = number
            lines.append(line)
            length += len(line)
            if is_open or '"' in line or "\r" in line:
                content = line.removeprefix(decoded(BOM)) if number == 1 else line
                is_open = self._dialect.is_open(content, is_open)
            if is_open:
                if length > LONGEST:
                    break
                continue
            yield begun, "".join(lines)
            lines, length = [], 0
        if lines:
            raise CorpusFileError(
                f"line {begun} opens a quoted field that is not closed; close it, or double the quote"
            )

    def _columns(self, head: str) -> dict[str, int]:
        if not head:
            raise ColumnError("is empty, and a header should name the columns")
        content = head.removeprefix(decoded(BOM))
        names = [self._dialect.value(content[start:end]) for start, end in self._dialect.fields(content)]
        for column in self._wishes.columns:
            if column not in names:
                there = ", ".join(map(repr, names[:12])) + (" …" if len(names) > 12 else "")
                raise ColumnError(f"there is no column {column!r} in the header; there are {there}")
            if names.count(column) > 1:
                raise ColumnError(f"there are {names.count(column)} columns {column!r}; rename all but one")
        return {column: names.index(column) for column in self._wishes.columns}

    def share(self) -> float:
        return self._bytes.share()

    def close(self) -> None:
        self._bytes.close()


class Separated:
    """CSV or TSV."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter

    def reader(self, path: Path, wishes: Wishes) -> SeparatedReader:
        refuse_columns(wishes, "a file of separated values")
        return SeparatedReader(path, wishes, wishes.delimiter or self._delimiter)

    def writer(self, file: BinaryIO, reader: Any) -> ByteWriter:  # noqa: ARG002
        return ByteWriter(file, Path(file.name).suffix)
