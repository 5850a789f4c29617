"""What the documentation shows is what happens: its commands, its code, its files and its picture.

A `console` block holds commands (`$ …`) and all that they print; a line `…` stands for any lines. A
`python` block is a doctest. A `toml` or `tsv` block whose first line is `# examples/FILE` is that
file, one with the name of a configuration file is a configuration. The set-up commands (`sh` blocks)
are run by `.ci/run`; `tests/test_contributing.py` tries out what CONTRIBUTING.md adds to the tables.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from normalize.config_file import read_config

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```(?P<kind>[a-z]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^```(?:toml|tsv)\n# (?P<name>\S+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
_IMPORT = re.compile(r"^>>> import (\w+)", re.MULTILINE)
_SVG = "{http://www.w3.org/2000/svg}"


def blocks(*kinds: str) -> list[object]:
    """The code blocks of these kinds, each a test with the page and line it stands at."""
    found: list[object] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in _BLOCK.finditer(text):
            if block["kind"] in kinds:
                line = text.count("\n", 0, block.start()) + 1
                found.append(pytest.param(block["body"], id=f"{page.name}:{line}"))
    return found


def files(*beginnings: str) -> list[object]:
    """The files that are shown whole, under a first line `# NAME`: name and content."""
    found = [
        pytest.param(block["name"], block["body"], id=block["name"])
        for page in PAGES
        for block in _FILE.finditer(page.read_text(encoding="utf-8"))
        if block["name"].startswith(beginnings)
    ]
    assert found, f"nothing shown of {beginnings}"
    return found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the files that commands in the documentation read, to be changed at will."""
    directory = tmp_path_factory.mktemp("checkout")
    for name in ("examples", "tables"):
        shutil.copytree(ROOT / name, directory / name)
    return directory


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a shell in which `normalize` is the command under test."""
    scratch = tmp_path_factory.mktemp("shell")
    command = scratch / "normalize"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m normalize "$@"\n')
    command.chmod(0o755)
    return {
        "PATH": f"{scratch}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(path for path in (str(ROOT), os.environ.get("PYTHONPATH")) if path),
        "NORMALIZE_CACHE_DIR": str(scratch / "cache"),
        "HOME": str(scratch),
        "LC_ALL": "C",
    }


def run(command: str, directory: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=directory,
        env=environment,
        timeout=120,
        check=False,
    )
    return done.stdout.decode("utf-8")


def calls(session: str) -> list[tuple[str, str]]:
    """The commands of a terminal session, each with what it prints."""
    parts = re.split(r"^\$ (.*)\n?", session, flags=re.MULTILINE)
    assert not parts[0].strip(), "a session begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def assert_shown(shown: str, printed: str) -> None:
    """That the output is what is shown of it, in which a line `…` stands for any lines."""
    if "…" in (lines := shown.splitlines()):
        pattern = "".join("(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in lines)
        assert re.fullmatch(pattern, printed), printed
    else:
        assert printed == shown


@pytest.mark.skipif(shutil.which("bash") is None, reason="the sessions are written for bash")
@pytest.mark.parametrize("session", blocks("console"))
def test_commands_print_what_is_shown(session: str, checkout: Path, shell: dict[str, str]) -> None:
    if "$ normalize corpus" in session:
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[corpus]'")
    for command, shown in calls(session):
        assert_shown(shown, run(command, checkout, shell))


@pytest.mark.skipif(shutil.which("bash") is None, reason="the picture shows bash")
def test_picture_shows_what_is_printed(checkout: Path, shell: dict[str, str]) -> None:
    picture = ElementTree.parse(ROOT / "docs" / "terminal.svg").getroot()
    lines = ["".join(text.itertext()) for text in picture.iter(f"{_SVG}text")]
    for command, shown in calls("".join(f"{line}\n" for line in lines)):
        printed = run(command, checkout, shell).splitlines()
        for line in shown.splitlines():
            assert line == "…" or line in printed


@pytest.mark.parametrize("code", blocks("python"))
def test_code_gives_what_is_shown(code: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("NORMALIZE_CACHE_DIR", str(checkout / "cache"))
    for name in _IMPORT.findall(code):
        pytest.importorskip(name, reason=f"{name} is not installed: see docs/hosts/README.md")
    test = doctest.DocTestParser().get_doctest(code, {}, "documentation", None, None)
    assert test.examples, "a python block is a doctest"
    report: list[str] = []
    with warnings.catch_warnings():
        if set(_IMPORT.findall(code)) - {"normalize"}:
            warnings.simplefilter("ignore")  # what other libraries warn of is theirs
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert not report, "".join(report)


@pytest.mark.parametrize(("name", "text"), files("examples/"))
def test_shipped_files_are_what_is_shown(name: str, text: str) -> None:
    assert text == (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "text"), files("pyproject.toml", "normalize.toml"))
def test_configurations_are_understood(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in (".dic", ".aff"):
        (tmp_path / f"uk_UA{ending}").touch()
    monkeypatch.setenv("DICPATH", str(tmp_path))
    for example in (ROOT / "examples").iterdir():
        (tmp_path / example.name).symlink_to(example)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_config(path) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_hooks_are_those_that_exist() -> None:
    defined = set(re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE))
    shown = set(re.findall(r"- id: ([\w-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert shown <= defined


def test_set_up_is_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [block["body"].count("\n") for block in _BLOCK.finditer(text) if block["kind"] == "sh"] == [1, 1]
