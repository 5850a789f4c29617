"""Standard input and output as bytes."""

from __future__ import annotations

import sys
from typing import BinaryIO

from normalize.cli.errors import FileError


def stdin() -> BinaryIO:
    """Standard input; on a terminal it says what it waits for."""
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise FileError("standard input is closed; give it a file or a pipe")
    if sys.stdin.isatty():
        sys.stderr.write("normalize: reading what you type; Ctrl-D ends it, `normalize --help` tells more\n")
    return sys.stdin.buffer


def output() -> BinaryIO:
    """Standard output."""
    return sys.stdout.buffer
