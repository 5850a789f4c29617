"""`normalize corpus` as a command: many files, killed and started again, refusals, and the summary."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from documents import documents

from normalize import Normalizer
from normalize.corpus.counts import Counts

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[corpus]'")
import pyarrow.parquet as pq  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
FILES = 8


def environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "normalize", "corpus", *map(str, arguments), "--no-config"]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, env=environment(), check=False, timeout=300
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of three formats, one of them below."""
    directory = tmp_path_factory.mktemp("corpus") / "in"
    (directory / "below").mkdir(parents=True)
    for number in range(FILES):
        texts = documents(4000, seed=number)
        if number % 2:
            path = directory / f"{number}.jsonl.gz"
            with pa.output_stream(str(path), compression="gzip") as out:
                for text in texts:
                    out.write(json.dumps({"text": text}).encode() + b"\n")
        else:
            pq.write_table(
                pa.table({"text": texts}), directory / "below" / f"{number}.parquet", row_group_size=999
            )
    (directory / "notes.md").write_text("Kiev")
    (directory / ".hidden.txt").write_text("Kiev")
    return directory


@pytest.fixture(scope="module")
def unbroken(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    target = tmp_path_factory.mktemp("unbroken") / "out"
    done = run(source, target)
    assert done.returncode == 0, done.stderr
    return contents(target), done.stdout


def contents(directory: Path) -> dict[str, bytes]:
    """All files but the journal."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name != ".normalize-corpus.jsonl"
    }


def test_many_files(source: Path, unbroken: tuple[dict[str, bytes], str], tmp_path: Path) -> None:
    files, summary = unbroken
    assert sorted(files) == sorted(
        [f"{n}.jsonl.gz" for n in (1, 3, 5, 7)] + [f"below/{n}.parquet" for n in (0, 2, 4, 6)]
    )
    nz, total = Normalizer(), Counts()
    for number in range(FILES):
        for text in documents(4000, seed=number):
            result = nz.apply(text or "")
            applied = {id(one) for one in result.applied}
            for finding in result.findings:
                total.add(finding, id(finding) in applied)
            total.changed += result.text != (text or "")
        total.documents += 4000
    lines = summary.splitlines()
    assert lines[0] == (
        f"8 files, {total.documents:,} documents, {total.changed:,} of them changed, "
        f"{total.findings:,} findings"
    )
    table = [line.split() for line in lines]
    for rule, count in total.rules.items():
        assert [rule, f"{count:,}", f"{total.applied[rule]:,}"] in table
    for place, count in total.places.items():
        assert [place, *total.names[place].split(), f"{count:,}"] in table
    assert lines[-1] == "1 files of other formats were passed over."
    report = tmp_path / "report.json"
    assert run(source, tmp_path / "out", "--report", report, "--quiet", "-j", "1").stdout == ""
    assert contents(tmp_path / "out") == files
    record = json.loads(report.read_text("utf-8"))
    assert record["rules"] == {
        rule: {"findings": count, "applied": total.applied[rule]} for rule, count in total.rules.items()
    }
    assert (record["files"], record["errors"]) == (8, [])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
@pytest.mark.parametrize("finished", [0, 1, 4])
def test_killed_and_started_again(
    finished: int, source: Path, unbroken: tuple[dict[str, bytes], str], tmp_path: Path
) -> None:
    target = tmp_path / "out"
    files, summary = unbroken
    process = subprocess.Popen(
        command(source, target), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        # names alone: a file may get its final name at any moment
        names = [path.name for path in target.rglob("*") if path.is_file()] if target.exists() else []
        partial = [name for name in names if ".normalize-partial" in name]
        if partial and len([name for name in names if ".normalize-" not in name]) >= finished:
            break
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    left = contents(target)
    half = [name for name in left if ".normalize-partial" in name]
    whole = {name: data for name, data in left.items() if name not in half}
    assert len(whole) < FILES
    assert whole == {name: files[name] for name in whole}, "a file under its final name is whole"
    journal = target / ".normalize-corpus.jsonl"
    with journal.open("ab") as out:  # killed while it wrote the journal
        out.write(b'{"name": "cut o')
    before = {name: (target / name).stat().st_mtime_ns for name in whole}
    again = run(source, target)
    assert again.returncode == 0, again.stderr
    assert contents(target) == files
    assert again.stdout == summary
    kept = [name for name in whole if (target / name).stat().st_mtime_ns == before[name]]
    assert len(kept) >= len(whole) - 1, "only the last may have been finished without the journal knowing"
    assert ("by an earlier run" in again.stderr) == bool(kept)


def test_a_second_run_does_nothing_and_a_changed_file_is_done_again(tmp_path: Path) -> None:
    data = tmp_path / "in"
    data.mkdir()
    (data / "a.txt").write_text("Kiev\n")
    (data / "b.txt").write_text("Kharkov\n")
    target = tmp_path / "out"
    first = run(data, target)
    state = {path.name: path.stat().st_mtime_ns for path in target.glob("*.txt")}
    assert run(data, target).stdout == first.stdout
    assert {path.name: path.stat().st_mtime_ns for path in target.glob("*.txt")} == state
    (data / "b.txt").write_text("Odessa, Ukraine\n")
    (target / "a.txt").write_text("someone was here\n")
    assert "1 of them by an earlier run" not in run(data, target).stderr
    assert contents(target) == {"a.txt": b"Kyiv\n", "b.txt": b"Odesa, Ukraine\n"}


def test_other_settings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kiev\n")
    target = tmp_path / "b.txt"
    assert run(tmp_path / "a.txt", target).returncode == 0
    other = run(tmp_path / "a.txt", target, "--fixes", "none")
    assert other.returncode == 2
    assert "was begun with fixes 'safe', now it is 'none'; use --overwrite" in other.stderr
    profile = run(tmp_path / "a.txt", target, "--profile", "ap")
    assert "was begun with ruleset" in profile.stderr
    assert target.read_text() == "Kyiv\n"
    assert run(tmp_path / "a.txt", target, "--fixes", "none", "--overwrite").returncode == 0
    assert target.read_text() == "Kiev\n"


def test_one_mistake_does_not_keep_other_files(tmp_path: Path) -> None:
    data = tmp_path / "in"
    data.mkdir()
    (data / "a.jsonl").write_text('{"text": "Kiev"}\n{"body": "Kiev"}\n')
    (data / "b.jsonl").write_text('{"text": "Kiev"}\n')
    (data / "c.parquet").write_bytes(b"PAR1")
    done = run(data, tmp_path / "out")
    assert done.returncode == 2
    errors = [line for line in done.stderr.splitlines() if ": error: " in line]
    assert len(errors) == 2
    assert (
        errors[0] == f"normalize: error: {data / 'a.jsonl'}: line 2 has no column 'text'; its columns: 'body'"
    )
    assert errors[1].startswith(f"normalize: error: {data / 'c.parquet'}: is no Parquet file")
    assert contents(tmp_path / "out") == {"b.jsonl": b'{"text": "Kyiv"}\n'}
    assert done.stdout.startswith("1 files, 1 documents, 1 of them changed")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["in"], "corpus needs where from and where to"),
        (["none", "out"], "none: there is no such file or directory"),
        (["in/a.md", "out.md"], "in/a.md: its name tells no known format; known are .parquet"),
        (["in/a.md", "out/"], "in/a.md: its name tells no known format"),
        (["in/a.txt", "in/a.txt"], "in/a.txt: would be written over while it is read"),
        (["in", "in"], "would be written over while it is read"),
        (["in/a.txt", "out.jsonl"], "out.jsonl: has another format than in/a.txt"),
        (["in/a.txt", "there.txt"], "there.txt: is there already; use --overwrite"),
        (["in", "there.txt"], "there.txt: is a file, and several files need a directory"),
        (["in/a.txt", "more/a.txt", "out"], "would both become out/a.txt"),
        (["empty", "out"], "empty: holds no file of a known format"),
        (["in", "out", "--delimiter", "ab"], "--delimiter takes one character, not 'ab'"),
        (
            ["in", "out", "--column", "a", "--column", "b", "--into", "c"],
            "--into names one column for several",
        ),
        (["in", "out", "--fixes", "all"], "invalid choice: 'all'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refusals(arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in/a.txt", "more/a.txt", "in/a.md", "there.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Kiev\n")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "there.txt").read_text() == "Kiev\n"
    assert not (tmp_path / "out").exists() or not contents(tmp_path / "out")


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    fcntl: Any = pytest.importorskip("fcntl", reason="files are not locked here")
    (tmp_path / "a.txt").write_text("Kiev\n")
    journal = tmp_path / "out" / ".normalize-corpus.jsonl"
    journal.parent.mkdir()
    with journal.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = run(tmp_path / "a.txt", tmp_path / "out")
    assert done.returncode == 2
    assert "another run is writing there" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_memory_is_bounded(tmp_path: Path) -> None:
    """Four times the corpus takes no more memory."""
    peaks = {}
    for times in (1, 4):
        path = tmp_path / f"{times}.jsonl"
        line = json.dumps({"text": "A clean sentence about nothing at all. " * 40 + "Kiev"}) + "\n"
        path.write_text(line * (25_000 * times))  # 40 MB, 160 MB
        code = (
            "import sys; from normalize.cli.main import main; code = main(sys.argv[1:]);"
            "status = open('/proc/self/status').read();"
            "print(status.split('VmHWM:')[1].split()[0]); sys.exit(code)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, "corpus", path, tmp_path / f"out-{times}.jsonl", "--quiet"],
            capture_output=True, text=True, env=environment(), check=True,
        )  # fmt: skip
        peaks[times] = int(done.stdout) / 1024
    assert peaks[4] < peaks[1] + 32, peaks
