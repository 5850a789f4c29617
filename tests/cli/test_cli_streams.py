"""The command's manners on pipes: no byte lost, bounded memory, and quiet when either end goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep

import pytest

from normalize.engines import chosen_engine

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "normalize"]
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}


def filtered(data: bytes, *arguments: str, **env: str) -> bytes:
    done = subprocess.run(
        [*COMMAND, *arguments], input=data, capture_output=True, env=ENV | env, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return done.stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf", b"\n"),
        (b"", b""),
        (b"\xff\xfe ", b" \xc3\n"),
        (b"one\r\n", b"\r\ntwo\r\n"),
        (b"one\r", b"\rtwo"),
        (b"\0 ", b" \0\0"),
        (b"\xed\xa0\x80 ", b" \xf4\x90\x80\x80"),
        ("e\u0301 \u2028".encode(), "\u2029 \U0001f600\n".encode()),
    ],
)
@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1", "C.UTF-8"])
def test_every_other_byte_stays(before: bytes, after: bytes, locale: str) -> None:
    text = "The fall of D\u043enetsk".encode()
    assert filtered(before + text + after, LC_ALL=locale) == before + b"The fall of Donetsk" + after


def test_a_text_without_findings_comes_back() -> None:
    every_byte = bytes(range(256)) * 3
    assert filtered(every_byte, "--fixes", "none") == every_byte
    assert filtered(b"") == b""


def chunks(unit: bytes, megabytes: int) -> Iterator[bytes]:
    chunk = unit * (100_000 // len(unit))
    for _ in range(megabytes * 1_000_000 // len(chunk)):
        yield chunk


_PEAK = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(unit: bytes, megabytes: int, *arguments: str) -> float:
    """The most memory, in MB, that the command takes for a stream of this unit, again and again."""
    command = [sys.executable, "-c", _PEAK, *COMMAND, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENV) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for chunk in chunks(unit, megabytes):
            process.stdin.write(chunk)
        process.stdin.close()
        code, size = process.stdout.read().split()
    assert code == b"0"
    return int(size) / (1_000_000 if sys.platform == "darwin" else 1_000)


@pytest.mark.parametrize(
    "unit", [b"A plain line of text.\n", b"one endless line, ", b"x"], ids=["lines", "line", "word"]
)
@pytest.mark.parametrize("arguments", [(), ("check", "-")], ids=["filter", "check"])
def test_memory_is_bounded(unit: bytes, arguments: tuple[str, ...]) -> None:
    little, much = peak(unit, 1, *arguments), peak(unit, 30, *arguments)
    assert much < 150
    assert much - little < 15


def test_the_reader_goes_away() -> None:
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        with suppress(BrokenPipeError):
            for chunk in chunks(b"A plain line of text.\n", 30):
                process.stdin.write(chunk)
        with suppress(BrokenPipeError):
            process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("arguments", [(), ("check", "-"), ("fix", "-"), ("translit", "uk-kmu-2010")])
def test_ctrl_c(arguments: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENV,
        # tests that run in the background of a shell are told to ignore the signal, and so are their children
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        for chunk in chunks(b"A plain line of text.\n", 1):  # when all of this is taken, it is at work
            process.stdin.write(chunk)
        process.stdin.flush()
        while process.poll() is None:  # a signal between Python's check and its next read waits for another
            process.send_signal(signal.SIGINT)
            sleep(0.2)
        assert process.stderr.read() == b""
    assert process.returncode == 130


def test_line_buffered_answers_at_once() -> None:
    with subprocess.Popen(
        [*COMMAND, "--line-buffered"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENV
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write("D\u043enetsk fell\n".encode())
            process.stdin.flush()
            assert process.stdout.readline() == b"Donetsk fell\n"
        process.stdin.close()
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            COMMAND, input=b"text", stdout=full, stderr=subprocess.PIPE, env=ENV, check=False
        )
    assert done.returncode == 2
    assert done.stderr == b"normalize: error: no space left on device; nothing more was written\n"


def test_standard_output_is_closed() -> None:
    command = f"exec {' '.join(COMMAND)} >&-"
    done = subprocess.run(command, input=b"text", stderr=subprocess.PIPE, shell=True, env=ENV, check=False)
    assert done.returncode == 2
    assert done.stderr == b"normalize: error: standard output is closed; give it a file or a pipe\n"


HEAVY = {
    *(
        "argparse",
        "ast",
        "collections",
        "contextlib",
        "dataclasses",
        "difflib",
        "enum",
        "functools",
        "hashlib",
    ),
    *("importlib.metadata", "inspect", "json", "pathlib", "re", "shutil", "tempfile", "tomllib", "typing"),
    *("unicodedata", "urllib.parse"),
}
"""Modules of Python that take long to import: the interpreter starts in the time of the first three."""


def imported(code: str, directory: Path = ROOT, text: str = "") -> set[str]:
    """The modules that code imports in an interpreter without site-packages, which gets a text to read."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); before = {{*sys.modules}}\n{code}\n"
    code += "print('\\n', *sorted({*sys.modules} - before), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        input=text,
        capture_output=True,
        check=True,
        cwd=directory,
        encoding="utf-8",
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", ["", "check .", "check --format concise", "fix --diff"])
def test_start_is_light(arguments: str, tmp_path: Path) -> None:
    """A plain call imports nothing heavy before it has a text to judge."""
    modules = imported(
        "import normalize.cli.main\n"
        "from normalize.cli.options import plain_options\n"
        f"options = plain_options({arguments.split()})\n"
        "run = __import__(f'normalize.cli.{options.module}', fromlist=['run']).run\n"
        "from normalize.cli.normalizers import Normalizers\n"
        "Normalizers(options).settings('-')\n",
        tmp_path,
    )
    assert "normalize.cli.normalizers" in modules
    assert not HEAVY & modules


@pytest.mark.skipif(chosen_engine() != "native", reason="the reference engine is not light")
@pytest.mark.parametrize(
    ("arguments", "text", "allowed"),
    [
        ("", "Kiev and D\u043enetsk\n", {"unicodedata"}),
        ("check .", "", set[str]()),
        ("check --format concise Kiev.md", "", set[str]()),
        ("check -", "plain\n", set[str]()),
        ("fix plain.md", "", set[str]()),
        ("fix -", "Kiev\n", {"re", "enum", "functools", "collections"}),
    ],
)
def test_runs_are_light(arguments: str, text: str, allowed: set[str], tmp_path: Path) -> None:
    """What a plain call needs to judge is in the extension module; only reports of odd letters need more."""
    (tmp_path / "plain.md").write_text("Nothing here.\n")
    (tmp_path / "Kiev.md").write_text("Kiev\n" if "Kiev" in arguments else "")
    modules = imported(f"from normalize.cli.main import main; main({arguments.split()})", tmp_path, text)
    assert "normalize._native" in modules
    assert not (HEAVY & modules) - allowed


def test_the_parser_is_light() -> None:
    modules = imported(
        "import argparse; before |= {*sys.modules}\nfrom normalize.cli.parser import parse; parse(['fix'])"
    )
    assert "normalize.cli.help" in modules
    assert not HEAVY & modules


def test_the_library_is_imported_when_it_is_used() -> None:
    assert imported("import normalize") <= {"normalize", "__future__"}
