"""The hooks in the hands of the real pre-commit, which installs the checkout with pip, without a network.

What pip needs for that (setuptools to build with) is packed into wheels out of the environment that
runs this test. The native engine is left out: to build it takes a minute, and other tests do.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = {"setuptools": 77, "setuptools-rust": 1, "semantic-version": 2}
"""Distributions, and the least major version that pyproject.toml asks for."""

TEXT = "The fall of Dоnetsk\n"  # with a Cyrillic о
FIXED = "The fall of Donetsk\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


def missing() -> str:
    """What keeps this test from running, in words; empty where nothing does."""
    if shutil.which("git") is None:
        return "there is no git here"
    if not (ROOT / ".git").exists():
        return "this is not a git checkout, so pre-commit cannot clone it"
    for name in ("pre_commit", *NEEDED):
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return f"{name} is not installed here, and without a network it cannot be fetched"
        if int(version.split(".")[0]) < NEEDED.get(name, 0):
            return f"{name} {version} is too old to build the package with"
    return ""


def pack_wheel(name: str, directory: Path) -> None:
    """A wheel out of the installed files of a distribution."""
    distribution = importlib.metadata.distribution(name)
    tags = re.findall(r"^Tag: *(\S+)", distribution.read_text("WHEEL") or "", re.MULTILINE)
    parts = zip(*(tag.split("-") for tag in tags), strict=True)
    tag = "-".join(".".join(dict.fromkeys(part)) for part in parts)
    file_name = f"{name.replace('-', '_')}-{distribution.version}-{tag}.whl"
    with zipfile.ZipFile(directory / file_name, "w") as wheel:
        for file in distribution.files or ():
            if file.suffix != ".pyc" and ".." not in file.parts and distribution.locate_file(file).is_file():  # pyright: ignore
                wheel.write(str(distribution.locate_file(file)), str(file))


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A scratch repository that uses both hooks from a clone, and a way to run commands in it."""
    if reason := missing():
        pytest.skip(reason)
    scratch = tmp_path_factory.mktemp("hook")
    wheels, clone, project = scratch / "wheels", scratch / "clone", scratch / "project"
    wheels.mkdir()
    for name in NEEDED:
        pack_wheel(name, wheels)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PRE_COMMIT", "PIP_", "PYTHON", "NORMALIZE_"))
    }
    env = kept | {
        "NORMALIZE_NO_NATIVE": "1",
        "PRE_COMMIT_HOME": str(scratch / "home"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{who}_{what}": "nobody@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def run(*command: str, cwd: Path = project, check: bool = False) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=cwd, env=env, check=check, capture_output=True, encoding="utf-8", timeout=600
        )

    # The files as they stand, committed or not, in a repository of their own.
    listed = run("git", "ls-files", "-co", "--exclude-standard", "-z", cwd=ROOT, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    project.mkdir()
    for directory in (clone, project):
        run("git", "init", "-q", cwd=directory, check=True)
    run("git", "add", "-A", cwd=clone, check=True)
    run("git", "commit", "-q", "-m", "all", cwd=clone, check=True)
    revision = run("git", "rev-parse", "HEAD", cwd=clone, check=True).stdout.strip()
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {clone}\n  rev: {revision}\n"
        "  hooks:\n  - id: normalize-check\n  - id: normalize-fix\n"
    )
    return project, run


def pre_commit(run: Run, hook: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pre_commit", "run", hook, "--all-files", "--color=never")


def test_check_then_fix(hooked: tuple[Path, Run]) -> None:
    project, run = hooked
    text, clean, binary = project / "notes with spaces.md", project / "clean.txt", project / "a.bin"
    text.write_text(TEXT, encoding="utf-8")
    clean.write_text("Kyiv\n", encoding="utf-8")
    binary.write_bytes(b"\0\1\2")
    run("git", "add", "-A", check=True)

    checked = pre_commit(run, "normalize-check")
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert "normalize (check)" in checked.stdout
    assert "notes with spaces.md:1:13: mixed-script-word" in checked.stdout
    assert "U+043E CYRILLIC SMALL LETTER O" in checked.stdout
    assert text.read_text(encoding="utf-8") == TEXT

    fixed = pre_commit(run, "normalize-fix")
    assert fixed.returncode == 1, fixed.stdout + fixed.stderr  # pre-commit fails where a hook changed files
    assert "files were modified by this hook" in fixed.stdout
    assert text.read_text(encoding="utf-8") == FIXED
    assert clean.read_text(encoding="utf-8") == "Kyiv\n"

    run("git", "add", "-A", check=True)
    for hook in ("normalize-check", "normalize-fix"):
        again = pre_commit(run, hook)
        assert again.returncode == 0, again.stdout + again.stderr
