"""Standard input and output as bytes."""

from __future__ import annotations

import sys
from io import BufferedReader
from typing import BinaryIO, cast

from normalize.cli.errors import FileError


class Input:
    """Standard input, read so that Ctrl-C is noticed between any two reads of the system."""

    def __init__(self, buffer: BufferedReader) -> None:
        self.read = buffer.read1
        self.readline = buffer.readline
        self.read_all = buffer.read


def stdin() -> Input:
    """Standard input; on a terminal it says what it waits for."""
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise FileError("standard input is closed; give it a file or a pipe")
    if sys.stdin.isatty():
        sys.stderr.write("normalize: reading what you type; Ctrl-D ends it, `normalize --help` tells more\n")
    return Input(cast("BufferedReader", sys.stdin.buffer))


def output() -> BinaryIO:
    """Standard output."""
    return sys.stdout.buffer
