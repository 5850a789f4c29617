"""Which files the paths of a command line mean, and what stands in them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from normalize.cli.errors import FileError, reason, warn
from normalize.cli.normalizers import Normalizers
from normalize.config import Settings
from normalize.reports.located import START, Origin

_HEAD = 8192
_SKIPPED = {"node_modules", "__pycache__"}
_WHY_NOT = {
    "binary": "holds NUL bytes, so it was taken for binary and skipped; to force it use `normalize < {}`",
    "utf-16": "is UTF-16, so it was skipped; convert it: iconv -f UTF-16 -t UTF-8 {}",
}


class Target(NamedTuple):
    """A file to judge, or standard input (`path` None), the name it is reported by, and how to judge it."""

    path: Path | None
    name: str
    settings: Settings


class Document(NamedTuple):
    """A file's text (invalid bytes by `surrogateescape`), without its byte order mark."""

    bom: bytes
    text: str
    origin: Origin

    def encoded(self, text: str) -> bytes:
        """The bytes of the file with this text in place of its own."""
        return self.bom + text.encode("utf-8", "surrogateescape")


def document(data: bytes) -> Document:
    """A file's bytes as a document."""
    if data.startswith(b"\xef\xbb\xbf"):
        # The mark has a code point and bytes of its own, but editors do not count it as a column.
        return Document(data[:3], data[3:].decode("utf-8", "surrogateescape"), Origin(point=1, byte=3))
    return Document(b"", data.decode("utf-8", "surrogateescape"), START)


def targets(
    paths: list[str], normalizers: Normalizers, complain: Callable[[Exception], None], stdin_name: str | None
) -> Iterator[Target]:
    """The files that the paths mean, in order and each once; what cannot be had is complained of."""
    seen: set[str] = set()
    for given in paths:
        if given == "-":
            yield Target(None, stdin_name or "-", normalizers.settings(Path(stdin_name or "-")))
            continue
        path = Path(given)
        try:
            mode = path.stat().st_mode
            found = _Walk(path, normalizers, complain) if stat.S_ISDIR(mode) else _single(path, normalizers)
            for target in found:
                if target.name not in seen:
                    seen.add(target.name)
                    yield target
        except FileNotFoundError:
            complain(FileError(f"{given}: no such file or directory; check the path"))
        except OSError as error:
            complain(_unreadable(given, error))
        except FileError as error:
            complain(error)


def _single(path: Path, normalizers: Normalizers) -> Iterator[Target]:
    """A file that was named; binary ones are skipped with a warning, excluded ones in silence."""
    if normalizers.config(path).excludes(path):
        return
    if path.is_file() and (kind := _kind(path)) != "text":
        warn(f"{path}: {_WHY_NOT[kind].format(path)}")
        return
    yield Target(path, str(path), normalizers.settings(path))


class _Walk:
    """The text files below a directory, in order, without hidden ones, links and what is excluded."""

    def __init__(self, root: Path, normalizers: Normalizers, complain: Callable[[Exception], None]) -> None:
        self.root, self.normalizers, self.complain = root, normalizers, complain
        self.any_text = self.any_excluded = False

    def __iter__(self) -> Iterator[Target]:
        yield from self.below(self.root)
        if not self.any_text and not self.any_excluded:
            raise FileError(f"{self.root}: holds no text file; name a directory or file with text")

    def below(self, directory: Path) -> Iterator[Target]:
        try:
            with os.scandir(directory) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            self.complain(_unreadable(str(directory), error))
            return
        config = self.normalizers.config(directory / "file")
        for entry in entries:
            path = directory / entry.name
            is_directory = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") or not (is_directory or entry.is_file(follow_symlinks=False)):
                continue
            if is_directory and entry.name in _SKIPPED:
                continue
            if config.excludes(path):
                self.any_excluded = True
            elif is_directory:
                yield from self.below(path)
            elif self.is_text(path):
                self.any_text = True
                yield Target(path, str(path), self.normalizers.settings(path))

    def is_text(self, path: Path) -> bool:
        try:
            return _kind(path) == "text"
        except OSError as error:
            self.complain(_unreadable(str(path), error))
            return False


def _unreadable(name: str, error: OSError) -> FileError:
    return FileError(f"{name}: cannot be read ({reason(error)}); check its permissions")


def _kind(path: Path) -> str:
    """`text`, `binary` or `utf-16`, as its first 8 KiB tell."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"\0" not in head:
        return "text"
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "binary"
