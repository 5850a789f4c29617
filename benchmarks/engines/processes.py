"""What is measured in a process of its own: memory, and opening a ruleset."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines.commands import environment, ours, program
from benchmarks.engines.kinds import Job, NotInstalledError, Ready
from benchmarks.inputs import Scale

_WAIT = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
print(usage.ru_maxrss, file=sys.stderr)
raise SystemExit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command and tells its peak memory in KB. A process counts the memory of the one that
it was split from, so this is one that has next to none."""
_OPENING = """
import sys, time
from importlib import import_module
from normalize.engines import make_worker
path, engine = sys.argv[1:]
import_module("normalize.native" if engine == "native" else "normalize.worker")
started = time.perf_counter()
made = make_worker(path, engine)
print(time.perf_counter() - started)
"""


def opening(job: Job) -> Ready:
    """Seconds from a path to an engine, told by a process that has done its imports."""
    if job.ruleset is None:
        raise ValueError("needs a table")
    path = str(job.ruleset)

    def run(_path: Path) -> float:
        return float(_told([sys.executable, "-c", _OPENING, path, job.engine], job))

    return Ready(run, _nothing, measures=True)


def batch_memory(job: Job) -> Ready:
    """Peak memory of a batch over what its input and its output take, told by `benchmarks.batch_memory`."""
    entry = str(job.options["entry"])

    def run(path: Path) -> float:
        told = json.loads(
            _told(
                [sys.executable, "-m", "benchmarks.batch_memory", entry, str(path), job.engine, job.scheme],
                job,
            )
        )
        if "lacks" in told:
            raise NotInstalledError(told["lacks"])
        return float(told["ratio"])

    return Ready(run, _nothing, measures=True)


def stream_memory(job: Job) -> Ready:
    """Peak memory in bytes of our filter, which is fed `scale.stream` bytes: the input, again and again."""
    return Ready(lambda path: _peak(ours(), path, job.scale, job) * 1024.0, _nothing, measures=True)


def stream_memory_cat(job: Job) -> Ready:
    """The same of `cat`."""
    command = [program("cat")]
    return Ready(lambda path: _peak(command, path, job.scale, job) * 1024.0, _nothing, measures=True)


def _peak(command: Sequence[str], path: Path, scale: Scale, job: Job) -> int:
    """The peak memory in KB of a command that reads `path` until it has had `scale.stream` bytes."""
    data = path.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-S", "-E", "-c", _WAIT, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(job),
    ) as process:

        def feed() -> None:
            with process.stdin as pipe:  # type: ignore[union-attr]
                for _ in range(max(1, scale.stream // len(data))):
                    pipe.write(data)

        feeder = threading.Thread(target=feed)
        feeder.start()
        told = process.stderr.read() if process.stderr else b""
        feeder.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), None, told)
    return int(told.split()[-1])


def _told(command: Sequence[str], job: Job) -> str:
    done = subprocess.run(command, capture_output=True, check=False, env=environment(job), encoding="utf-8")
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, list(command), done.stdout, done.stderr)
    return done.stdout


def _nothing(_path: Any, _out: Any) -> None:
    return None
