"""The log of a run: what was compared, how far it came, and what was found, one JSON object a line.

A log belongs to one build of both engines and one seed; a run with the same log goes on where it ended.
"""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, cast

from normalize.rulesets import DATA
from tools.differential.cases import Tally

ROOT = Path(__file__).resolve().parent.parent.parent


def build() -> dict[str, str]:
    """What is compared: the commit, and digests of the extension module, the reference and the rulesets."""
    import normalize._native as native

    rulesets = sorted(DATA.glob("*.nzr"))
    sources = sorted((ROOT / "normalize").rglob("*.py")) + sorted((ROOT / "tests" / "generate").glob("*.py"))
    return {
        "commit": _commit(),
        "native": _digest([Path(str(native.__file__))]),
        "rulesets": _digest(rulesets),
        "reference": _digest(sources),
        "python": platform.python_version(),
    }


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Journal:
    """A log on disk, or only in memory without a path. Raises ValueError for one of another build or seed."""

    def __init__(self, path: Path | None, seed: int) -> None:
        self._path = path
        self.block = 0
        self.seconds = 0.0
        self.tally = Tally()
        head = {"seed": seed, **build()}
        if path is not None and path.is_file():
            self._resume(path, head)
        else:
            self._write({"event": "begin", **head})

    def _resume(self, path: Path, head: dict[str, Any]) -> None:
        lines = [cast("dict[str, Any]", json.loads(line)) for line in path.read_text("utf-8").splitlines()]
        for key, value in head.items():
            if lines[0].get(key) != value:
                raise ValueError(f"{path}: its {key} is {lines[0].get(key)}, not {value}; use another log")
        done = [line for line in lines if "block" in line]
        if done:
            last = done[-1]
            self.block, self.seconds = int(last["block"]), float(last["seconds"])
            self.tally = Tally(**{field.name: int(last[field.name]) for field in fields(Tally)})

    def progress(self, block: int, seconds: float, event: str = "progress") -> None:
        """Note that every block before this one is done, after so many seconds of this run."""
        self.block = block
        total = self.seconds + seconds
        rate = round(self.tally.cases / total, 1) if total else 0.0
        self._write(
            {"event": event, "block": block, "seconds": round(total, 1), "rate": rate, **asdict(self.tally)}
        )

    def difference(self, told: dict[str, Any]) -> None:
        """Note a difference."""
        self._write({"event": "difference", **told})

    def _write(self, line: dict[str, Any]) -> None:
        if self._path is not None:
            stamp = time.strftime("%Y-%m-%dT%H:%M:%S%z")
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"time": stamp, **line}, ensure_ascii=True) + "\n")
