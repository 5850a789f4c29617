"""Bytes in and out of files that may be compressed. What is written depends on nothing but what is put in."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from normalize.columns.found import pyarrow
from normalize.corpus.batches import CorpusFileError

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
"""By the last part of a file's name."""


class ByteReader:
    """The lines of a file, decompressed, and how far it has been read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size = max(path.stat().st_size, 1)
        self._raw = path.open("rb")
        kind = COMPRESSIONS.get(path.suffix)
        if kind == "gzip":
            self._bytes: Any = gzip.GzipFile(fileobj=self._raw)
        elif kind == "zstd":
            pa = pyarrow("zstd")
            whole = pa.CompressedInputStream(pa.PythonFile(self._raw, "r"), "zstd")
            self._bytes = io.BufferedReader(_Raw(whole), 1 << 20)
        else:
            self._bytes = self._raw

    def lines(self) -> Iterator[bytes]:
        """Lines with their ends. Raises `CorpusFileError` where the file is broken."""
        with _told():
            yield from self._bytes

    def read(self) -> bytes:
        """All of it."""
        with _told():
            return self._bytes.read()

    def share(self) -> float:
        return 1.0 if self._raw.closed else min(self._raw.tell() / self._size, 1.0)

    def close(self) -> None:
        self._bytes.close()
        self._raw.close()


@contextmanager
def _told() -> Generator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CorpusFileError(f"is broken, or was cut off ({error})") from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise CorpusFileError(f"is broken, or was cut off ({str(error).splitlines()[0]})") from error


class _Raw(io.RawIOBase):
    """A stream of pyarrow as one of Python, whose lines it does not give itself."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class ByteWriter:
    """Bytes into an open file, compressed if `suffix` is `.gz` or `.zst`."""

    def __init__(self, file: BinaryIO, suffix: str) -> None:
        kind = COMPRESSIONS.get(suffix)
        if kind == "gzip":
            # without a name and a time, so that equal content makes equal files
            self._bytes: Any = gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6)
        elif kind == "zstd":
            pa = pyarrow("zstd")
            self._bytes = pa.CompressedOutputStream(pa.PythonFile(_Open(file), "w"), "zstd")
        else:
            self._bytes = None
        self._file = file

    def write(self, written: bytes) -> None:
        (self._bytes or self._file).write(written)

    def close(self) -> None:
        """Writes what is left; the file itself stays open."""
        if self._bytes is not None:
            self._bytes.close()


class _Open:
    """A file that whoever writes to it cannot close."""

    closed = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: Any) -> int:
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        pass
