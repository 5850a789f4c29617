"""What a run ran on: processor, cores, memory, system, and the versions of everything that was measured."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.vocabulary import HERE, ROOT

_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==", re.MULTILINE)
_COMMANDS = {"uconv": ["uconv", "--version"], "cat": ["cat", "--version"], "sed": ["sed", "--version"]}


def describe(engine: str) -> dict[str, Any]:
    """Everything that a reader needs to judge the figures of a run."""
    from normalize import Normalizer

    made = Normalizer(engine=engine)
    return {
        "cpu": _of("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_gb": round(int(_of("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0) / 1e6, 1),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "compiler": platform.python_compiler(),
        "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
        "engine": made.engine,
        "commit": commit(),
        "ruleset": made.ruleset_sha256[:12],
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """The versions of all peers of `requirements.txt` and of the commands; or `not installed`."""
    found: dict[str, str] = {"normalize": _version("normalize-translit")}
    for name in _PINNED.findall((HERE / "requirements.txt").read_text(encoding="utf-8")):
        found[name] = _version(name)
    for name, command in _COMMANDS.items():
        found[name] = _first_line(command)
    return found


def commit() -> str:
    """The short hash of the checked out commit, `+` if files were changed since; or an empty string."""
    git = shutil.which("git")
    if git is None:
        return ""
    told = [
        subprocess.run(
            [git, "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
        ).stdout.strip()
        for arguments in (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
    ]
    return told[0] + ("+" if told[1] else "")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "from the checkout" if name == "normalize-translit" else "not installed"


def _first_line(command: list[str]) -> str:
    path = shutil.which(command[0])
    if path is None:
        return "not installed"
    told = subprocess.run([path, *command[1:]], capture_output=True, text=True, check=False)
    return next(iter((told.stdout or told.stderr).splitlines()), "")


def _of(path: str, pattern: str) -> str:
    """The first match of a pattern in a file, or an empty string."""
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found else ""
