"""Which files the paths of a command line mean."""

from __future__ import annotations

import os
import stat

from normalize.cli.errors import FileError, reason
from normalize.cli.normalizers import Normalizers
from normalize.formats import format_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from normalize.config import Settings
    from normalize.formats import Format

    Event: TypeAlias = "Target | Walk | FileError"
    """A file to judge, a directory's end, or what could not be had."""

_SKIPPED = {"node_modules", "__pycache__"}


class Target:
    """A file to judge, or standard input (`path` None), the name it is reported by, and how to judge it.

    `walk` is the walk that found it, None for a path that was given; `regular` says that it is a file and
    no pipe or device.
    """

    __slots__ = ("name", "path", "regular", "settings", "walk")

    def __init__(
        self, path: str | None, name: str, settings: Settings, walk: Walk | None = None, regular: bool = True
    ) -> None:
        self.path = path
        self.name = name
        self.settings = settings
        self.walk = walk
        self.regular = regular

    @property
    def format(self) -> Format | None:
        """How it is read, as its name tells."""
        return format_of(self.name)


def targets(paths: list[str], normalizers: Normalizers, stdin_name: str | None) -> Iterator[Event]:
    """The files that the paths mean, in order and each once, and what is wrong with the others.

    After the files of a directory comes its `Walk`, so that it can be asked whether it held any text.
    """
    seen: set[str] = set()
    for given in paths:
        if given == "-":
            yield Target(None, stdin_name or "-", normalizers.settings(stdin_name or "-"), regular=False)
            continue
        try:
            mode = os.stat(given).st_mode
        except FileNotFoundError:
            yield FileError(f"{given}: no such file or directory; check the path")
            continue
        except OSError as error:
            yield unreadable(given, error)
            continue
        path = tidy(given)
        walk = Walk(path, normalizers) if stat.S_ISDIR(mode) else None
        for found in walk.files() if walk else _single(path, mode, normalizers):
            if isinstance(found, Target):
                if found.name in seen:
                    continue
                seen.add(found.name)
            yield found
        if walk:
            yield walk


def _single(path: str, mode: int, normalizers: Normalizers) -> Iterator[Target]:
    """A file that was named, unless it is excluded."""
    config = normalizers.config(path)
    if not config.excludes(path):
        yield Target(path, path, normalizers.settings(path, config), regular=stat.S_ISREG(mode))


class Walk:
    """The files below a directory, in order, without hidden ones, links and what is excluded.

    `has_text` is for the one that reads the files to set; `has_others` tells that some were passed over
    with good reason.
    """

    def __init__(self, root: str, normalizers: Normalizers) -> None:
        self.root, self.normalizers = root, normalizers
        self.has_text = self.has_others = False

    def files(self) -> Iterator[Target | FileError]:
        """All files, and the directories that cannot be read."""
        return self._below(self.root, "" if self.root == os.curdir else os.path.join(self.root, ""))

    def _below(self, directory: str, prefix: str) -> Iterator[Target | FileError]:
        try:
            with os.scandir(directory) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield unreadable(directory, error)
            return
        normalizers = self.normalizers
        config = normalizers.config_of_files_in(directory)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = prefix + entry.name
            is_directory = entry.is_dir(follow_symlinks=False)
            if is_directory:
                if entry.name in _SKIPPED:
                    continue
            elif not entry.is_file(follow_symlinks=False):
                continue
            if config.excludes(path):
                self.has_others = True
            elif is_directory:
                yield from self._below(path, f"{path}{os.sep}")
            else:
                yield Target(path, path, normalizers.settings(path, config), self)


def tidy(path: str) -> str:
    """The path without `./`, doubled slashes and a closing one, as pathlib writes it."""
    if os.sep != "/" or path.startswith("//"):
        from pathlib import Path

        return str(Path(path))
    root = "/" if path.startswith("/") else ""
    return root + "/".join(part for part in path.split("/") if part not in ("", ".")) or "."


def unreadable(name: str, error: OSError) -> FileError:
    """What is told of a file or directory that cannot be read."""
    return FileError(f"{name}: cannot be read ({reason(error)}); check its permissions")
