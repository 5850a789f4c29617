"""What is finished, so that a second run goes on where the first was killed.

A line is added when a file stands under its final name. A file without a line is done again, which gives the
same bytes; a line that was cut off does not count.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from normalize.corpus.counts import Counts
from normalize.corpus.plan import Task
from normalize.errors import CorpusError


class Journal:
    """The journal of one run, which nobody else writes to meanwhile.

    `settings` are what the result depends on; a journal of others is an error unless `overwrite` begins anew.
    Raises `CorpusError`.
    """

    def __init__(self, path: Path, settings: dict[str, Any], overwrite: bool = False) -> None:
        self.path = path
        self.done: dict[str, dict[str, Any]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self.is_new = overwrite or not path.exists()
        self._file = path.open("a+b")
        try:
            self._lock()
            if overwrite:
                self._file.truncate(0)
            self._read(settings)
        except BaseException:
            self._file.close()
            raise

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # Windows
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CorpusError(f"{self.path.parent}: another run is writing there; wait for it") from None

    def _read(self, settings: dict[str, Any]) -> None:
        self._file.seek(0)
        data = self._file.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._file.truncate(len(whole))
        lines = whole.decode("utf-8").splitlines()
        if not lines:
            self.is_new = True
            self._add({"settings": settings})
            return
        try:
            first, *rest = map(json.loads, lines)
            before = first["settings"]
            self.done = {entry["name"]: entry for entry in rest}
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(
                f"{self.path}: is no journal of this command; remove it, or use --overwrite"
            ) from error
        if other := [key for key in settings if before.get(key) != settings[key]]:
            key = other[0]
            raise CorpusError(
                f"{self.path.parent}: was begun with {key} {before.get(key)!r}, now it is {settings[key]!r}; "
                "use --overwrite to begin anew, or name another place"
            )

    def finished(self, task: Task) -> Counts | None:
        """What was counted in a file that is finished and whose source has not changed since; else None."""
        entry = self.done.get(task.name)
        if entry is None or not task.target.is_file():
            return None
        same = entry["source"] == state(task.source) and entry["size"] == task.target.stat().st_size
        return Counts.of_record(entry["counts"]) if same else None

    def add(self, task: Task, source: list[int], counts: Counts) -> None:
        """That a file is finished; `source` is the state that its source had when it was opened."""
        size = task.target.stat().st_size
        self._add({"name": task.name, "source": source, "size": size, "counts": counts.record()})

    def _add(self, entry: dict[str, Any]) -> None:
        self._file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def state(path: Path) -> list[int]:
    """By what a changed file is told: its size and the time of its last change."""
    there = path.stat()
    return [there.st_size, there.st_mtime_ns]
