"""Commands, start included. Each gets the path of a directory, or of a file for its standard input.

They are run in the root directory, where no configuration lies: that of this checkout is not theirs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.engines.kinds import Job, NotInstalledError, Outcome, Ready
from benchmarks.vocabulary import ROOT


def program(name: str) -> str:
    """The path of a command: of this environment, or of the system. Raises `NotInstalledError`."""
    own = Path(sys.executable).parent / name
    found = str(own) if own.is_file() else shutil.which(name)
    if found is None:
        raise NotInstalledError(f"{name} is not installed")
    return found


def ours(*arguments: str) -> list[str]:
    """Our command: as it is installed, or as a module of this checkout."""
    own = Path(sys.executable).parent / "normalize"
    return [str(own), *arguments] if own.is_file() else [sys.executable, "-m", "normalize", *arguments]


def environment(job: Job) -> dict[str, str]:
    """The environment with the job's engine, and this checkout first on Python's path.

    Python may keep its bytecode, as it does for packages that are installed: ours is a checkout.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    changed = {"NORMALIZE_ENGINE": job.engine, "PYTHONPATH": os.pathsep.join(paths)}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | changed


def filter_normalize(job: Job) -> Ready:
    """Our filter."""
    return _from_file(ours(), job)


def translit_normalize(job: Job) -> Ready:
    """Our transliterating filter."""
    return _from_file(ours("translit", job.scheme), job)


def filter_cat(job: Job) -> Ready:
    """What a process costs that only copies."""
    return _from_file([program("cat")], job)


def python_pass(job: Job) -> Ready:
    """What an interpreter costs that does nothing."""
    return _from_file([sys.executable, "-c", "pass"], job)


def translit_uconv(job: Job) -> Ready:
    """ICU's command with ICU's rules."""
    rules = {"uk": "Ukrainian-Latin/BGN", "ru": "Russian-Latin/BGN"}[job.scheme.split("-")[0]]
    return _from_file([program("uconv"), "-f", "utf-8", "-t", "utf-8", "-x", rules], job)


def translit_uklatn(job: Job) -> Ready:
    """uklatn's command."""
    return _from_file([sys.executable, "-m", "uklatn", "-t", "KMU_55", "-f", "-"], job, needs="uklatn")


def pipe_normalize(job: Job) -> Ready:
    """Our filter between two pipes."""
    return _between_pipes(ours(), job)


def pipe_cat(job: Job) -> Ready:
    """`cat` between two pipes."""
    return _between_pipes([program("cat")], job)


def pipe_sed(job: Job) -> Ready:
    """`sed` between two pipes, with one string to replace."""
    return _between_pipes([program("sed"), "s/Kiev/Kyiv/g"], job)


def check_normalize(job: Job) -> Ready:
    """`normalize check` on a directory: a line each finding. As of its peers, no configuration is read."""
    return _on_directory([*ours("check"), "--no-config", "--format", "concise"], job, r":\d+:\d+: ")


def typos(job: Job) -> Ready:
    """A line each finding; it takes as many threads as it likes."""
    return _on_directory([program("typos"), "--format", "brief", "--isolated"], job, r":\d+:\d+: ")


def codespell(job: Job) -> Ready:
    """A line each finding."""
    return _on_directory([program("codespell")], job, r" ==> ")


def ruff_confusables(job: Job) -> Ready:
    """Ruff's three rules for confusable letters, without its cache."""
    rules = "RUF001,RUF002,RUF003"
    command = [
        program("ruff"),
        "check",
        "--isolated",
        "--no-cache",
        "--select",
        rules,
        "--output-format",
        "concise",
    ]
    return _on_directory(command, job, r": RUF\d+ ")


def _from_file(command: Sequence[str], job: Job, needs: str = "") -> Ready:
    if needs:
        __import__(needs)
    return Ready(_runner(command, job, subprocess.DEVNULL), _output(command, job))


def _between_pipes(command: Sequence[str], job: Job) -> Ready:
    """`cat FILE | COMMAND | cat >/dev/null`."""
    cat = program("cat")

    def run(path: Path) -> int:
        with subprocess.Popen([cat, str(path)], stdout=subprocess.PIPE) as source:
            middle = subprocess.Popen(
                command, stdin=source.stdout, stdout=subprocess.PIPE, env=environment(job), cwd=os.sep
            )
            if source.stdout:
                source.stdout.close()
            with middle, subprocess.Popen([cat], stdin=middle.stdout, stdout=subprocess.DEVNULL) as sink:
                if middle.stdout:
                    middle.stdout.close()
                sink.wait()
                return middle.wait()

    return Ready(run, _output(command, job))


def _on_directory(command: Sequence[str], job: Job, mark: str) -> Ready:
    """`COMMAND DIRECTORY`; lines of its report that have a match of `mark` are findings."""
    finding = re.compile(mark)

    def run(path: Path) -> str:
        done = subprocess.run(
            [*command, str(path)],
            capture_output=True,
            check=False,
            env=environment(job),
            cwd=os.sep,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode not in (0, 1, 2, 65):
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
        return done.stdout

    return Ready(run, lambda _path, report: sum(bool(finding.search(line)) for line in report.split("\n")))


def _runner(command: Sequence[str], job: Job, output: int) -> Callable[[Path], int]:
    def run(path: Path) -> int:
        with path.open("rb") as handle:
            return subprocess.run(
                command, stdin=handle, stdout=output, check=True, env=environment(job), cwd=os.sep
            ).returncode

    return run


def _output(command: Sequence[str], job: Job) -> Callable[[Path, int], Outcome]:
    """What the command writes for the file: asked for once, when it is compared."""

    def outcome(path: Path, _code: int) -> bytes:
        with path.open("rb") as handle:
            return subprocess.run(
                command, stdin=handle, stdout=subprocess.PIPE, check=True, env=environment(job), cwd=os.sep
            ).stdout

    return outcome
