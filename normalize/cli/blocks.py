"""A stream of any length, cut into blocks that are judged one by one.

A stream of less than one block is one block. Of a longer one, each block ends at the last good
place in its second half: after a blank line, else after a line, else after a sentence, else after
a space, else after a sign that separates values. Where all that is missing, an endless word
(an embedded picture, perhaps) is under way: its bytes are handed on as opaque, not to be judged.
The blocks depend on the bytes alone, and not on how a pipe delivers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

SIZE = 256 * 1024
"""Bytes of one block."""

_PLACES = (
    (b"\n\n", b"\n\r\n"),
    (b".\n", b"!\n", b"?\n", b".\r\n", b"!\r\n", b"?\r\n"),
    (b"\n",),
    (b". ", b"! ", b"? "),
    (b" ", b"\t", b"\r"),
    (b'"', b",", b";", b"|", b"<", b">", b"(", b")", b"[", b"]", b"{", b"}", b"\0"),
)
_BREAKERS = re.compile(rb'[\s",;|<>()\[\]{}\0]')


class Block(NamedTuple):
    """Bytes of a stream; `opaque` where they are the inside of an endless word."""

    data: bytes
    opaque: bool = False


class Source(Protocol):
    """What standard input offers: both may return less than was asked for, and nothing at the end."""

    def read(self, size: int, /) -> bytes: ...

    def readline(self, size: int, /) -> bytes: ...


def blocks(source: Source, size: int = SIZE, by_line: bool = False) -> Iterator[Block]:
    """The blocks of a stream; with `by_line` every line is a block of its own."""
    buffer, endless = b"", False
    while True:
        buffer, ended = _filled(source, buffer, size, by_line)
        if endless:
            found = _BREAKERS.search(buffer)
            at = found.start() if found else len(buffer)
            if at:
                yield Block(buffer[:at], opaque=True)
            buffer, endless = buffer[at:], not found
            if not ended:
                continue
        if ended:
            if buffer:
                yield Block(buffer)
            return
        if by_line and buffer.endswith(b"\n"):
            at = len(buffer)
        elif not (at := _cut(buffer, size // 2, size)):
            at = max((found.end() for found in _BREAKERS.finditer(buffer)), default=0)
        if at:
            yield Block(buffer[:at])
            buffer = buffer[at:]
        else:
            endless = True


def pieces(source: Source, size: int = SIZE) -> Iterator[bytes]:
    """The blocks of a stream of which nothing is opaque: an endless word is cut between two characters."""
    rest = b""
    for block in blocks(source, size):
        data = rest + block.data
        at = _border(data) if block.opaque else len(data)
        rest = data[at:]
        if at:
            yield data[:at]
    if rest:
        yield rest


def _filled(source: Source, buffer: bytes, size: int, by_line: bool) -> tuple[bytes, bool]:
    """The buffer with as much more as it may hold, and whether the stream has ended."""
    parts, length = [buffer], len(buffer)
    while length < size:
        piece = source.readline(size - length) if by_line else source.read(size - length)
        parts.append(piece)
        length += len(piece)
        if not piece:
            return b"".join(parts), True
        if by_line and piece.endswith(b"\n"):
            break
    return b"".join(parts), False


def _cut(buffer: bytes, first: int, last: int) -> int:
    """The best place to cut between two positions; 0 without one."""
    for signs in _PLACES:
        # A carriage return at the very end may be half of a line's end: the last byte is not looked at.
        found = max(
            (at + len(sign) for sign in signs if (at := buffer.rfind(sign, first, last - 1)) >= 0), default=0
        )
        if found:
            return found
    return 0


def _border(data: bytes) -> int:
    """The last place that is not inside a character: before the last lead byte, or after plain ASCII."""
    at = len(data)
    while at and at > len(data) - 4 and 0x80 <= data[at - 1] < 0xC0:
        at -= 1
    if at and data[at - 1] >= 0xC0:
        return at - 1
    return len(data)
