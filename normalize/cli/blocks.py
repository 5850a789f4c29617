"""A stream of any length, cut into blocks that are judged one by one.

A stream of less than one block is one block. Of a longer one, each block ends at the last good
place in its second half: after a blank line, else after a line, else after a sentence, else after
a space, else after a sign that separates values. Where all that is missing, an endless word
(an embedded picture, perhaps) is under way: its bytes are handed on as opaque, not to be judged.
The blocks depend on the bytes alone, and not on how a pipe delivers them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Source(Protocol):
        """What standard input offers: both may give less than was asked for, and nothing at the end."""

        def readinto(self, room: memoryview, /) -> int: ...

        def readline(self, size: int, /) -> bytes: ...


SIZE = 256 * 1024
"""Bytes of one block."""
Block = tuple[bytes, bool]
"""Bytes of a stream, and whether they are opaque: the inside of an endless word."""

_PLACES = (
    (b"\n\n", b"\n\r\n"),
    (b".\n", b"!\n", b"?\n", b".\r\n", b"!\r\n", b"?\r\n"),
    (b"\n",),
    (b". ", b"! ", b"? "),
    (b" ", b"\t", b"\r"),
    (b'"', b",", b";", b"|", b"<", b">", b"(", b")", b"[", b"]", b"{", b"}", b"\0"),
)
_BREAKERS = rb'[\s",;|<>()\[\]{}\0]'
_NEWLINE = ord("\n")
_MARK = b"normalize:"


def slow_cut(buffer: bytearray, first: int, last: int, /) -> int:
    """The best place to cut between two positions; 0 without one."""
    for signs in _PLACES:
        # A carriage return at the very end may be half of a line's end: the last byte is not looked at.
        found = max(
            (at + len(sign) for sign in signs if (at := buffer.rfind(sign, first, last - 1)) >= 0), default=0
        )
        if found:
            return found
    return 0


def slow_has_mark(data: bytes, /) -> bool:
    """Whether a mark may stand in these bytes that switches findings off or on."""
    return _MARK in data


try:
    from normalize._native import end_of_block as cut
    from normalize._native import has_mark as has_mark
except ImportError:
    cut, has_mark = slow_cut, slow_has_mark


def blocks(source: Source, size: int = SIZE, by_line: bool = False) -> Iterator[Block]:
    """The blocks of a stream; with `by_line` every line is a block of its own."""
    buffer = bytearray(size)
    room = memoryview(buffer)
    length, ended, endless = 0, False, False
    while length or not ended:
        if not ended:
            length, ended = _filled(source, room, length, by_line)
        opaque = endless
        if endless:
            end, endless = _first_breaker(buffer, length)
        elif ended:
            end = length
        else:
            end = _end_of_block(buffer, length, by_line)
            endless = not end
        if end:
            yield bytes(room[:end]), opaque
            length -= end
            room[:length] = room[end : end + length]


def pieces(source: Source, size: int = SIZE) -> Iterator[bytes]:
    """The blocks of a stream of which nothing is opaque: an endless word is cut between two characters."""
    rest = b""
    for block, opaque in blocks(source, size):
        data = rest + block
        at = _border(data) if opaque else len(data)
        rest = data[at:]
        if at:
            yield data[:at]
    if rest:
        yield rest


def _filled(source: Source, room: memoryview, length: int, by_line: bool) -> tuple[int, bool]:
    """Reads what there is room for. Returns how many bytes there are, and whether the stream has ended."""
    while length < len(room):
        if by_line:
            line = source.readline(len(room) - length)
            count = len(line)
            room[length : length + count] = line
        else:
            count = source.readinto(room[length:])
        length += count
        if not count:
            return length, True
        if by_line and room[length - 1] == _NEWLINE:
            break
    return length, False


def _first_breaker(buffer: bytearray, length: int) -> tuple[int, bool]:
    """Where an endless word ends, and whether it goes on after these bytes."""
    import re

    found = re.compile(_BREAKERS).search(buffer, 0, length)
    return (found.start(), False) if found else (length, True)


def _end_of_block(buffer: bytearray, length: int, by_line: bool) -> int:
    """Where the block ends that begins with the first byte; 0 if an endless word is all there is."""
    if by_line and buffer[length - 1] == _NEWLINE:
        return length
    if end := cut(buffer, len(buffer) // 2, len(buffer)):
        return end
    import re

    return max((found.end() for found in re.compile(_BREAKERS).finditer(buffer, 0, length)), default=0)


def _border(data: bytes) -> int:
    """The last place that is not inside a character: before the last lead byte, or after plain ASCII."""
    at = len(data)
    while at and at > len(data) - 4 and 0x80 <= data[at - 1] < 0xC0:
        at -= 1
    if at and data[at - 1] >= 0xC0:
        return at - 1
    return len(data)
