"""The inputs of benchmarks as they lie on disk, and how large they are at each scale.

Each is a file `NAME.txt` (or a directory `NAME/`, or a ruleset `NAME.nzr`) and a note `NAME.json` beside it,
which says what it was made from and how many findings were planted up to where.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.vocabulary import HERE

INPUTS = HERE / "inputs"
SAMPLE = 1 << 16
"""Bytes of a text on which findings are compared one by one."""
SHORTEST = 1 << 11
"""Bytes of a text that the slowest engines are given."""


@dataclass(frozen=True)
class Scale:
    """Sizes: bytes of a text, of a dense one, of the stream; how many strings, files, variants, names."""

    name: str
    text: int
    dense: int
    strings: int
    files: int
    variants: tuple[int, int, int]
    stream: int
    names: int = 3000
    file_bytes: int = 15_000
    string_length: int = 100


SCALES = {
    "full": Scale("full", 16 << 20, 8 << 20, 1_000_000, 1000, (10_000, 100_000, 1_000_000), 1 << 30),
    "quick": Scale("quick", 256 << 10, 128 << 10, 5_000, 40, (1_000, 5_000, 20_000), 2 << 20),
    "tiny": Scale("tiny", 12 << 10, 8 << 10, 60, 4, (300, 400, 500), 1 << 20, 200, file_bytes=2_000),
}


@dataclass(frozen=True)
class Cut:
    """The end of a paragraph: how far it is in bytes, and how many findings were planted before it."""

    bytes: int
    planted: int


@dataclass(frozen=True)
class Note:
    """What is known of an input: what it was made from, its content, its size, and where it may be cut.

    `key` names everything that the input was made from; `bytes` counts all files of a directory, `items` are
    its files or a text's lines. `cuts` ends with the whole. `planted` is None where nobody counted.
    """

    key: str
    sha256: str
    bytes: int
    items: int
    cuts: tuple[Cut, ...]

    @property
    def planted(self) -> int:
        return self.cuts[-1].planted

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Note:
        read: dict[str, Any] = json.loads(text)
        cuts = tuple(Cut(**cut) for cut in read.pop("cuts"))
        return cls(cuts=cuts, **read)


@dataclass(frozen=True)
class Input:
    """An input that is there. `counted` is false for a user's own corpus, whose findings nobody planted."""

    name: str
    path: Path
    note: Note
    counted: bool = True

    @cached_property
    def data(self) -> bytes:
        """All bytes of a text."""
        return self.path.read_bytes()

    def sample(self) -> Cut:
        """The last cut that is not much further than `SAMPLE` bytes."""
        within = [cut for cut in self.note.cuts if cut.bytes < 3 * SAMPLE]
        return within[-1] if within else self.note.cuts[0]


def corpus(path: Path) -> Input:
    """A user's own text as an input; it is cut at line ends. Raises OSError or ValueError."""
    data = path.read_bytes()
    if not data:
        raise ValueError(f"{path}: is empty; give a file with text")
    ends = [data.rfind(b"\n", 0, size) + 1 for size in cut_sizes(len(data))]
    cuts = [Cut(end, 0) for end in dict.fromkeys(ends) if end] + [Cut(len(data), 0)]
    unique = tuple({cut.bytes: cut for cut in cuts}.values())
    lines = data.count(b"\n") + 1
    return Input(path.name, path, Note("a user's own", "", len(data), lines, unique), counted=False)


def cut_sizes(whole: int) -> list[int]:
    """About where a text may be cut: at 2 KB, 16 KB, 128 KB, 1 MB …"""
    sizes = [SHORTEST]
    while sizes[-1] * 8 < whole:
        sizes.append(sizes[-1] * 8)
    return [size for size in sizes if size < whole]
