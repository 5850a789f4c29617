"""Parquet, by pyarrow: the schema, its metadata and the compression of each column stay what they are."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from normalize.columns.found import findings_of_rows, findings_type, pyarrow
from normalize.columns.kinds import kind_of
from normalize.corpus.batches import Batch, CorpusFileError, New, Wishes
from normalize.errors import ColumnError

SIZE = 1 << 25
"""About how many bytes a batch has once it is decoded."""
DOCUMENTS = 1 << 17
"""How many documents it has at most."""


class ParquetBatch:
    """A batch of a file: a record batch of pyarrow."""

    def __init__(self, batch: Any, schema: Any, wishes: Wishes) -> None:
        self._batch, self._schema, self._wishes = batch, schema, wishes
        self._kind = kind_of(batch)
        self.documents: int = batch.num_rows

    def texts(self, column: str) -> Any:
        return self._kind.text(self._batch, column)

    def written(self, new: Mapping[str, New]) -> Any:
        pa = pyarrow("Parquet")
        columns = dict(zip(self._batch.schema.names, self._batch.columns, strict=True))
        for column, made in new.items():
            old = self.texts(column)
            columns[self._wishes.new_text(column)] = _with_texts(pa, old, made.texts)
            if name := self._wishes.new_findings(column):
                columns[name] = findings_of_rows(old, made.rows, self._wishes.fixes, self._wishes.unit)
        arrays = [
            columns[field.name]
            if columns[field.name].type == field.type
            else columns[field.name].cast(field.type)
            for field in self._schema
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)


def _with_texts(pa: Any, array: Any, texts: Mapping[int, str]) -> Any:
    """An array with other texts at some places: the same array where there are none."""
    if not texts:
        return array
    if pa.types.is_dictionary(array.type):
        values: list[Any] = array.to_pylist()
        for at, text in texts.items():
            values[at] = text
        return pa.array(values, array.type.value_type).dictionary_encode().cast(array.type)
    if str(array.type) == "string_view":  # which Arrow cannot take from
        return _with_texts(pa, array.cast(pa.large_string()), texts).cast(array.type)
    # Indices into the old values and the new ones after them: only what changed becomes Python's.
    order = list(range(len(array)))
    for number, at in enumerate(texts):
        order[at] = len(array) + number
    both = pa.concat_arrays([array, pa.array(list(texts.values()), array.type)])
    return both.take(pa.array(order, pa.int64()))


class ParquetReader:
    """A Parquet file that is open."""

    def __init__(self, path: Path, wishes: Wishes) -> None:
        self._wishes = wishes
        parquet: Any = import_module("pyarrow.parquet")
        with _told():
            # Without buffering ahead, memory holds some pages of each column and not the row group.
            self.file: Any = parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)
        self._done = 0
        try:
            self.schema = self._new_schema()
        except BaseException:
            self.close()
            raise

    def batches(self) -> Iterator[Batch]:
        metadata = self.file.metadata
        for group in range(metadata.num_row_groups):
            there = metadata.row_group(group)
            rows = SIZE * there.num_rows // max(there.total_byte_size, 1)
            for batch in self._read(group, min(max(rows, 64), DOCUMENTS)):
                yield ParquetBatch(batch, self.schema, self._wishes)
                self._done += batch.num_rows

    def _read(self, group: int, rows: int) -> Iterator[Any]:
        with _told():
            yield from self.file.iter_batches(rows, row_groups=[group])

    def _new_schema(self) -> Any:
        """The schema of what is written, which also tells whether the columns are there."""
        pa = pyarrow("Parquet")
        schema: Any = self.file.schema_arrow
        empty = schema.empty_table()
        kind = kind_of(empty)
        for column in self._wishes.columns:
            array = kind.text(empty, column)
            field: Any = schema.field(column)
            if str(field.type) == "null":
                schema = schema.set(
                    schema.get_field_index(column), pa.field(column, pa.string(), True, field.metadata)
                )
            new = [] if self._wishes.into is None else [pa.field(self._wishes.new_text(column), array.type)]
            if name := self._wishes.new_findings(column):
                new.append(pa.field(name, findings_type(pa)))
            for one in new:
                if one.name in schema.names:
                    raise ColumnError(f"there is a column {one.name!r} already; name another")
                schema = schema.append(one)
        return schema

    def share(self) -> float:
        return self._done / max(self.file.metadata.num_rows, 1)

    def close(self) -> None:
        self.file.close()

    def compressions(self) -> dict[str, str]:
        """By the path of each column of values how it is compressed."""
        metadata = self.file.metadata
        if not metadata.num_row_groups:
            return {}
        columns = [metadata.row_group(0).column(at) for at in range(metadata.num_columns)]
        return {
            one.path_in_schema: "none" if one.compression == "UNCOMPRESSED" else one.compression.lower()
            for one in columns
        }


class ParquetWriter:
    """A Parquet file that is being written."""

    def __init__(self, file: BinaryIO, reader: ParquetReader) -> None:
        parquet: Any = import_module("pyarrow.parquet")
        compressions = reader.compressions()
        most = max(set(compressions.values()), key=list(compressions.values()).count, default="snappy")
        given: Any = most if len(set(compressions.values())) < 2 else compressions
        self._writer: Any = parquet.ParquetWriter(file, reader.schema, compression=given)

    def write(self, written: Any) -> None:
        self._writer.write_batch(written)

    def close(self) -> None:
        self._writer.close()


class Parquet:
    """Parquet."""

    def reader(self, path: Path, wishes: Wishes) -> ParquetReader:
        pyarrow("Parquet")
        return ParquetReader(path, wishes)

    def writer(self, file: BinaryIO, reader: Any) -> ParquetWriter:
        return ParquetWriter(file, reader)


@contextmanager
def _told() -> Generator[None]:
    """Errors of pyarrow in one line."""
    pa = pyarrow("Parquet")
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        what = str(error).strip().splitlines()
        raise CorpusFileError(
            f"is no Parquet file that can be read ({what[0] if what else error!r})"
        ) from error
