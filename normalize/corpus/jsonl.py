"""JSON Lines: an object on each line. All but the text that changes stays byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from json import JSONDecodeError
from pathlib import Path
from typing import Any, BinaryIO, cast

from normalize.columns.found import records
from normalize.corpus.batches import Batch, CorpusFileError, New, Wishes
from normalize.corpus.lines import encoded, in_batches
from normalize.corpus.streams import ByteReader, ByteWriter
from normalize.errors import ColumnError

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"
_MARK = "\ufeff"


class JsonBatch:
    """Objects, each on its line; an empty line is none."""

    def __init__(self, lines: list[str], first: int, wishes: Wishes) -> None:
        self._lines, self._wishes = lines, wishes
        self._texts: dict[str, list[str | None]] = {column: [] for column in wishes.columns}
        self._at: list[int] = []
        for number, line in enumerate(lines):
            if line.isspace() or not line:
                continue
            record = _object(line, first + number)
            for column, texts in self._texts.items():
                texts.append(_text(record, column, first + number))
            for column in wishes.columns:
                for name in _new_fields(wishes, column):
                    if name in record:
                        raise ColumnError(f"line {first + number} has a field {name!r} already; name another")
            self._at.append(number)
        self.documents = len(self._at)

    def texts(self, column: str) -> list[str | None]:
        return self._texts[column]

    def written(self, new: Mapping[str, New]) -> bytes:
        lines = list(self._lines)
        for column, changed in new.items():
            if self._wishes.into is None:
                for at, text in changed.texts.items():
                    lines[self._at[at]] = _replaced(lines[self._at[at]], column, text)
            else:
                name = self._wishes.new_text(column)
                for at, text in enumerate(self._texts[column]):
                    line = lines[self._at[at]]
                    lines[self._at[at]] = _added(line, name, changed.texts.get(at, text))
            if name := self._wishes.new_findings(column):
                found = {
                    at: records(text, rows, self._wishes.fixes, self._wishes.unit)
                    for at, text, rows in changed.rows
                }
                for at, text in enumerate(self._texts[column]):
                    value = None if text is None else found.get(at, [])
                    lines[self._at[at]] = _added(lines[self._at[at]], name, value)
        return encoded("".join(lines))


def _new_fields(wishes: Wishes, column: str) -> list[str]:
    text = [] if wishes.into is None else [wishes.new_text(column)]
    return [*text, wishes.new_findings(column)] if wishes.findings is not None else text


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line.removeprefix(_MARK))
    except (JSONDecodeError, RecursionError) as error:
        raise CorpusFileError(f"line {number} is no JSON ({error}); repair or remove it") from error
    if not isinstance(record, dict):
        raise CorpusFileError(
            f"line {number} holds no object, but {type(record).__name__}; see jsonlines.org"
        )
    return cast("dict[str, Any]", record)


def _text(record: Mapping[str, Any], column: str, number: int) -> str | None:
    try:
        value = record[column]
    except KeyError:
        names = ", ".join(map(repr, list(record)[:12])) or "none"
        raise ColumnError(f"line {number} has no column {column!r}; its columns: {names}") from None
    if value is not None and not isinstance(value, str):
        raise ColumnError(f"line {number}: column {column!r} holds {type(value).__name__} and no text")
    return value


def _replaced(line: str, key: str, value: str) -> str:
    """The line with another value for a key of its object: the last one of the name, which counts."""
    span = (0, 0)
    at = _skip(line, line.index("{") + 1)
    while line[at] != "}":
        name, at = _DECODER.raw_decode(line, at)
        at = _skip(line, _skip(line, at) + 1)  # past the colon
        _, end = _DECODER.raw_decode(line, at)
        if name == key:
            span = (at, end)
        at = _skip(line, end)
        if line[at] == ",":
            at = _skip(line, at + 1)
    start, end = span
    return line[:start] + _dumped(value, line[start:end]) + line[end:]


def _dumped(value: Any, like: str) -> str:
    """JSON with letters as they are, unless the line spells them out, or they are none."""
    spelled = like.isascii() and "\\u" in like
    text = json.dumps(value, ensure_ascii=spelled)
    try:
        encoded(text)
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def _added(line: str, key: str, value: Any) -> str:
    """The line with one more key at the end of its object."""
    end = line.rindex("}")
    before = line[:end].rstrip(_SPACE)
    comma = "" if before.endswith("{") else ", "
    return f"{before}{comma}{_dumped(key, line)}: {_dumped(value, line)}{line[end:]}"


def _skip(line: str, at: int) -> int:
    while line[at] in _SPACE:
        at += 1
    return at


class JsonReader:
    """A file of objects."""

    def __init__(self, path: Path, wishes: Wishes) -> None:
        self._bytes, self._wishes = ByteReader(path), wishes

    def batches(self) -> Iterator[Batch]:
        for lines, first in in_batches(self._bytes.lines()):
            yield JsonBatch(lines, first, self._wishes)

    def share(self) -> float:
        return self._bytes.share()

    def close(self) -> None:
        self._bytes.close()


class JsonLines:
    """JSON Lines."""

    def reader(self, path: Path, wishes: Wishes) -> JsonReader:
        return JsonReader(path, wishes)

    def writer(self, file: BinaryIO, reader: Any) -> ByteWriter:  # noqa: ARG002
        return ByteWriter(file, Path(file.name).suffix)
