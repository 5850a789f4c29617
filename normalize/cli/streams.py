"""Standard input and output: as bytes, without Python's buffers between, and how wide a terminal is."""

from __future__ import annotations

import sys

from normalize.cli.errors import FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO, Protocol

    class Raw(Protocol):
        """What both ends have below Python's buffers; None says that a pipe was not ready."""

        def fileno(self) -> int: ...

        def readinto(self, room: memoryview, /) -> int | None: ...

        def write(self, data: bytes | memoryview, /) -> int | None: ...


_USUAL_PIPE = 64 * 1024
"""Bytes that a pipe holds on Linux if nobody asks for more."""
_WIDE_PIPE = 1024 * 1024
"""What any process may ask for (`/proc/sys/fs/pipe-max-size`): a third of the time that a clean text of
16 MB took went into waking up the neighbours in the pipe."""


class Input:
    """Standard input. Ctrl-C is noticed between any two reads of the system."""

    def __init__(self, buffer: BinaryIO) -> None:
        self._raw = _raw(buffer)
        self._is_tried = False
        self.readline = buffer.readline
        self.read_all = buffer.read

    def readinto(self, room: memoryview, /) -> int:
        """Reads once into the memory given. Returns how many bytes came; 0 at the end."""
        while (count := self._raw.readinto(room)) is None:
            _wait(self._raw.fileno(), reading=True)
        if count >= _USUAL_PIPE and not self._is_tried:
            self._is_tried = True
            _widen(self._raw)
        return count


class Output:
    """Standard output, each piece written at once."""

    def __init__(self, buffer: BinaryIO) -> None:
        self._raw = _raw(buffer)
        self._is_tried = False

    def write(self, data: bytes) -> None:
        """Writes all of it. Raises `OSError`, `BrokenPipeError` among them."""
        left = memoryview(data)
        if len(left) > _USUAL_PIPE and not self._is_tried:
            self._is_tried = True
            _widen(self._raw)
        while left:
            if (count := self._raw.write(left)) is None:
                _wait(self._raw.fileno(), reading=False)
            left = left[count or 0 :]


def stdin() -> Input:
    """Standard input; on a terminal it says what it waits for."""
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise FileError("standard input is closed; give it a file or a pipe")
    if sys.stdin.isatty():
        sys.stderr.write("normalize: reading what you type; Ctrl-D ends it, `normalize --help` tells more\n")
    return Input(sys.stdin.buffer)


def output() -> Output:
    """Standard output. What was written to `sys.stdout` before goes out first."""
    sys.stdout.flush()
    return Output(sys.stdout.buffer)


def columns() -> int:
    """The width to write for: the terminal's, but neither too narrow nor too wide to read."""
    if not sys.stdout.isatty():
        return 100
    import shutil

    return max(60, min(100, shutil.get_terminal_size((100, 24)).columns))


def _raw(buffer: BinaryIO) -> Raw:
    """What is below a buffer; with `python -u` there is none."""
    under: Any = buffer
    return getattr(under, "raw", under)


def _widen(raw: Raw) -> None:
    """Lets a pipe hold more, if this is one and the system lets us."""
    if sys.platform != "linux":
        return
    import fcntl

    try:
        fcntl.fcntl(raw.fileno(), fcntl.F_SETPIPE_SZ, _WIDE_PIPE)
    except (OSError, ValueError):
        return  # no pipe, or its user has too many wide ones


def _wait(descriptor: int, reading: bool) -> None:
    """Waits at a pipe that somebody has set to return at once."""
    from select import select

    select([descriptor] if reading else [], [] if reading else [descriptor], [])
