"""The bytes of a ruleset: named sections of little-endian u32 columns and one pool of strings.

    header      8 bytes magic, u32 version, u32 section count, u64 file length, 32 bytes sha256
    directory   one entry of 40 bytes a section: 20 bytes name, u32 columns, u64 rows, u64 offset
    sections    each aligned to 8 bytes; a table is rows x columns of u32, row after row; the section
                `text` is UTF-8 bytes, `text.offsets` where each string in it starts
    lists       the section `lists` holds every list as its length followed by its items; a column that
                refers to a list holds the index of the length

The sha256 is over everything after the header, so a ruleset is named by its content. A reader skips
sections whose names it does not know; a change that an old reader would misread raises the version.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from normalize.errors import RulesetError

MAGIC = b"NZRULES\0"
VERSION = 1
_HEADER = struct.Struct("<8sIIQ32s")
_ENTRY = struct.Struct("<20sIQQ")
_U32 = next(code for code in "IL" if array(code).itemsize == 4)


class Writer:
    """Collects sections; strings and lists are interned, so each stands once in the file."""

    def __init__(self) -> None:
        self._tables: dict[str, tuple[int, array[int]]] = {}
        self._strings: dict[str, int] = {"": 0}
        self._lists: dict[tuple[int, ...], int] = {(): 0}
        self._list_items = array(_U32, [0])

    def string(self, text: str) -> int:
        """The id of a string; 0 is the empty one."""
        return self._strings.setdefault(text, len(self._strings))

    def list(self, items: Iterable[int]) -> int:
        """The index of a list of numbers; 0 is the empty one."""
        key = tuple(items)
        known = self._lists.get(key)
        if known is None:
            known = self._lists[key] = len(self._list_items)
            self._list_items.append(len(key))
            self._list_items.extend(key)
        return known

    def strings(self, texts: Iterable[str]) -> int:
        """The index of a list of strings."""
        return self.list(self.string(text) for text in texts)

    def table(self, name: str, columns: int, rows: Iterable[Sequence[int]]) -> None:
        """Add a section of u32 rows. Raises ValueError for a row of another width."""
        data: array[int] = array(_U32)
        for row in rows:
            if len(row) != columns:
                raise ValueError(f"{name}: a row of {len(row)} cells in a table of {columns} columns")
            data.extend(row)
        self._tables[name] = (columns, data)

    def to_bytes(self) -> bytes:
        offsets, pool = array(_U32, [0]), bytearray()
        for text in self._strings:
            pool += text.encode("utf-8", "surrogatepass")
            offsets.append(len(pool))
        sections: list[tuple[str, int, int, bytes]] = [
            ("text", 0, len(pool), bytes(pool)),
            ("text.offsets", 1, len(offsets), _little(offsets)),
            ("lists", 1, len(self._list_items), _little(self._list_items)),
        ]
        for name, (columns, data) in sorted(self._tables.items()):
            sections.append((name, columns, len(data) // columns if columns else 0, _little(data)))
        position = _HEADER.size + _ENTRY.size * len(sections)
        directory, body = bytearray(), bytearray()
        for name, columns, rows, data in sections:
            gap = -position % 8
            body += bytes(gap)
            position += gap
            directory += _ENTRY.pack(name.encode("ascii"), columns, rows, position)
            body += data
            position += len(data)
        content = bytes(directory + body)
        digest = hashlib.sha256(content).digest()
        return _HEADER.pack(MAGIC, VERSION, len(sections), position, digest) + content


class Container:
    """A ruleset opened for reading: nothing is parsed or copied until it is asked for."""

    def __init__(self, data: bytes | mmap.mmap, origin: str = "<memory>") -> None:
        if len(data) < _HEADER.size:
            raise RulesetError(f"{origin}: is too short to be a ruleset; build it again")
        magic, version, count, length, digest = _HEADER.unpack_from(data)
        if magic != MAGIC:
            raise RulesetError(f"{origin}: is not a ruleset; build it with `normalize tables build`")
        if version != VERSION:
            raise RulesetError(
                f"{origin}: has format version {version}, this release reads {VERSION}; build it again"
            )
        if length != len(data):
            raise RulesetError(
                f"{origin}: has {len(data)} bytes of {length}; it was cut short, build it again"
            )
        self.origin, self.sha256 = origin, digest.hex()
        self._view = memoryview(data)
        self._sections: dict[str, tuple[int, int, int]] = {}
        for index in range(count):
            name, columns, rows, offset = _ENTRY.unpack_from(data, _HEADER.size + index * _ENTRY.size)
            if offset + rows * (4 * columns or 1) > length:
                raise RulesetError(f"{origin}: section {name!r} runs past the end; build it again")
            self._sections[name.rstrip(b"\0").decode("ascii")] = (columns, rows, offset)
        self._offsets = self.numbers("text.offsets")
        self._lists = self.numbers("lists")
        self._text = self._sections["text"][2]

    @classmethod
    def open(cls, path: Path) -> Container:
        """Map the file into memory. Raises `RulesetError` if it is missing or not a ruleset."""
        try:
            with path.open("rb") as handle:
                data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is empty"
            raise RulesetError(f"{path}: cannot be opened ({reason}); build it again") from None
        return cls(data, str(path))

    @property
    def data(self) -> memoryview:
        """All bytes, in place."""
        return self._view

    def verify(self) -> bool:
        """Whether the content is what the header's sha256 says."""
        return hashlib.sha256(self._view[_HEADER.size :]).hexdigest() == self.sha256

    def has(self, name: str) -> bool:
        return name in self._sections

    def numbers(self, name: str) -> Sequence[int]:
        """All numbers of a section, row after row, in place."""
        try:
            columns, rows, offset = self._sections[name]
        except KeyError:
            raise RulesetError(f"{self.origin}: has no section {name!r}; build it again") from None
        raw = self._view[offset : offset + 4 * columns * rows]
        if sys.byteorder == "little":
            return raw.cast("I")
        swapped = array(_U32, bytes(raw))
        swapped.byteswap()
        return swapped

    def columns(self, name: str) -> int:
        """How many columns the section has; 0 if there is none of that name."""
        return self._sections[name][0] if name in self._sections else 0

    def rows(self, name: str) -> list[tuple[int, ...]]:
        """The rows of a small table, copied out."""
        columns, numbers = self.columns(name), self.numbers(name)
        return [tuple(numbers[at : at + columns]) for at in range(0, len(numbers), columns)]

    def string(self, index: int) -> str:
        return self.raw_string(index).decode("utf-8", "surrogatepass")

    def raw_string(self, index: int) -> bytes:
        start = self._text + self._offsets[index]
        return bytes(self._view[start : self._text + self._offsets[index + 1]])

    def list(self, index: int) -> tuple[int, ...]:
        count = self._lists[index]
        return tuple(self._lists[index + 1 : index + 1 + count])

    def strings(self, index: int) -> tuple[str, ...]:
        return tuple(self.string(item) for item in self.list(index))


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array(_U32, numbers)
        numbers.byteswap()
    return numbers.tobytes()
