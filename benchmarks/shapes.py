"""An input in the shape in which an engine takes it, fresh for every repetition."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.engines import NotInstalledError
from benchmarks.inputs import Input


class Shaper:
    """Gives an input, or its beginning, in a shape. `close` removes the files that it wrote."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._directory = tempfile.TemporaryDirectory(prefix="benchmarks-")

    def close(self) -> None:
        self._directory.cleanup()

    def fresh(self, shape: str, size: int) -> Callable[[], Any]:
        """How to get the first `size` bytes in a shape. Raises `NotInstalledError` without its library.

        A str is decoded anew each time: CPython keeps the UTF-8 of a str that was once asked for it.
        """
        if shape == "path":
            path = self._path(size)
            return lambda: path
        data = self._source.data[:size]
        if shape == "bytes":
            return lambda: data
        if shape == "halves":
            border = data.find(b"\n\n", len(data) // 2)
            halves = [data[: border + 2], data[border + 2 :]] if border >= 0 else [data, b""]
            return lambda: halves
        if shape == "str":
            return data.decode
        if shape == "lines":
            return lambda: data.decode().split("\n")
        if shape == "strings":
            return lambda: data.decode().splitlines()
        try:
            pyarrow: Any = import_module("pyarrow")
        except ModuleNotFoundError:
            raise NotInstalledError("pyarrow is not installed") from None
        array = pyarrow.array(
            data.decode().split("\n") if data.endswith(b"\n\n") else data.decode().splitlines()
        )
        return lambda: array

    def _path(self, size: int) -> Path:
        if size == self._source.note.bytes:
            return self._source.path
        path = Path(self._directory.name) / f"{size}.txt"
        if not path.exists():
            path.write_bytes(self._source.data[:size])
        return path
