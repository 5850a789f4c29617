"""What the command asks of the native engine: the same as without it, whatever the threads do."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import Normalizer
from normalize.cli.blocks import slow_cut, slow_has_mark
from normalize.cli.judges import ReferenceJudge, native_judge
from normalize.cli.options import FORMATS
from normalize.config import Settings
from normalize.reports.concise import Concise
from normalize.reports.locate import advance
from normalize.reports.located import Located
from normalize.reports.style import Style
from normalize.reports.summary import Summary

native = pytest.importorskip("normalize._native")
ROOT = Path(__file__).parent.parent.parent
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}

PIECES = [
    *(
        "Kiev ",
        "Seversky Донец ",
        "D\u043enetsk",
        "Odessa, Texas ",
        "\u0421-300 ",
        "a\u200bb ",
        "\u202e",
        "word ",
    ),
    *(
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        ". ",
        "\t",
        "e\u0301 ",
        "\u8a9e ",
        "\U0001f600 ",
        "\udcff",
        "\U0010ffff",
        "\0",
    ),
    *(
        "normalize: ignore\n",
        "normalize: off\n",
        "normalize: on\n",
        "[sic] ",
        "x" * 500,
        "\u0416" * 450,
        ", ",
        "'",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@given(st.one_of(st.binary(max_size=80), TEXTS.map(encoded)), st.integers(0, 90), st.integers(1, 90))
def test_blocks_end_at_the_same_places(data: bytes, first: int, size: int) -> None:
    buffer = bytearray(data)
    assert native.end_of_block(buffer, first, first + size) == slow_cut(buffer, first, first + size)
    assert native.end_of_block(buffer, len(buffer) // 2, len(buffer)) == slow_cut(
        buffer, len(buffer) // 2, len(buffer)
    )
    assert native.has_mark(data) == slow_has_mark(data)


@given(TEXTS, st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9)))
def test_pieces_of_a_file_end_at_the_same_places(text: str, origin: tuple[int, int, int, int]) -> None:
    assert native.origin_after(encoded(text), origin) == advance(origin, text)


def shown(one: Located) -> dict[str, Any]:
    """All that a report can ask of a finding."""
    names = [*Located.__slots__, "is_safe", "is_repairable"]
    values = {name: getattr(one, name) for name in names if name != "lines"}
    lines = [[getattr(line, name) for name in line.__slots__] for line in one.lines]
    return values | {"lines": lines}


SETTINGS = [
    Settings(),
    Settings(allow=("Kiev",), rules=(("mixed-script-word", "none"), ("toponym-ambiguous", "off"))),
    Settings(profile="ap"),
]
JUDGES = [
    (
        native_judge(settings),
        ReferenceJudge(
            Normalizer(
                settings.profile or "uk-national",
                engine="reference",
                allow=settings.allow,
                rules=dict(settings.rules),
            )
        ),
    )
    for settings in SETTINGS
]


@given(TEXTS, st.sampled_from(JUDGES), st.sampled_from([(0, 0, 1, 1), (1, 3, 1, 1), (70, 90, 8, 7)]))
def test_findings_are_the_same(text: str, judges: Any, origin: tuple[int, int, int, int]) -> None:
    data = encoded(text)
    ours, theirs = (judge.found(data, "a.md", origin) for judge in judges)
    assert [shown(one) for one in ours] == [shown(one) for one in theirs]
    for fixes in ("safe", "unsafe", "none"):
        ours, theirs = (judge.repaired(data, fixes) for judge in judges)
        assert ours == theirs
        assert (ours is data) == (ours == data)


@given(TEXTS, st.sampled_from(JUDGES), st.booleans())
def test_lines_of_a_file_are_those_of_its_findings(text: str, judges: Any, colour: bool) -> None:
    """What is put together at once is what is put together finding by finding."""
    found = judges[0].found(encoded(text), "a\u202eb.md", (0, 0, 1, 1))
    if not found:
        return
    whole, each = (Concise(StringIO(), Style(colour)) for _ in range(2))
    summary = Summary()
    for one in found:
        each.finding(one)
        summary.add(one)
    assert whole.whole(found) == (summary.safe, summary.unsafe)
    assert cast("StringIO", whole.out).getvalue() == cast("StringIO", each.out).getvalue()
    assert whole.whole(judges[1].found(encoded(text), "a.md", (0, 0, 1, 1))) is None


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of every kind of file, with more of them than are looked into at a time."""
    root = tmp_path_factory.mktemp("tree")
    odd = {
        "bom.md": b"\xef\xbb\xbfKiev and Kiev",
        "empty.md": b"",
        "image.png": b"\x89PNG\0\0",
        "latin1.md": b"caf\xe9, the fall of D\xd0\xbenetsk\r\n\xff",
        "late.bin": b"Kiev " + b"x" * 9000 + b"\0",
        "long.txt": b"Kiev and Kiev. " * 600,
        "plain.txt": b"nothing here\n" * 2000,
        "utf16.txt": "Kiev".encode("utf-16"),
    }
    for name, data in odd.items():
        (root / name).write_bytes(data)
    for number in range(300):
        directory = root / f"d{number % 7}"
        directory.mkdir(exist_ok=True)
        text = "The fall of D\u043enetsk.\n" if number % 5 == 0 else "Nothing at all.\n"
        (directory / f"{number}.txt").write_text("plain\n" * number + text, encoding="utf-8")
    (root / "d3" / "normalize.toml").write_text('exclude = ["*5.txt"]\nallow = ["D\u043enetsk"]\n')
    (root / "link.txt").symlink_to("bom.md")
    return root


def run(tree: Path, *arguments: str, engine: str = "native") -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "normalize", *arguments],
        capture_output=True,
        cwd=tree,
        env=ENV | {"NORMALIZE_ENGINE": engine},
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout, done.stderr


PATHS = ("d0", "none.txt", "image.png", ".", "utf16.txt", "./d1//3.txt")


@pytest.fixture(scope="module")
def expected(tree: Path) -> dict[str, tuple[int, bytes, bytes]]:
    return {
        name: run(tree, "check", "--format", name, *PATHS, engine="reference")
        for name in ("jsonl", "full", "github")
    }


@pytest.mark.parametrize("threads", [0, 1, 2, 7])
@pytest.mark.parametrize("name", ["jsonl", "full", "github"])
def test_reports_do_not_depend_on_threads(
    tree: Path, expected: dict[str, tuple[int, bytes, bytes]], name: str, threads: int
) -> None:
    assert name in FORMATS
    found = run(tree, "check", "--format", name, "--threads", str(threads), *PATHS)
    assert found == expected[name]
    assert found[0] == 2  # one path is missing
    assert found[1].count(b"toponym-variant") > 1_000


def test_an_error_comes_after_the_files_before_it(tree: Path) -> None:
    (tree / "d5" / "normalize.toml").write_text('profile = "nonsense"\n')
    try:
        ours, theirs = (
            run(tree, "check", "--format", "concise", engine=one) for one in ("native", "reference")
        )
    finally:
        (tree / "d5" / "normalize.toml").unlink()
    assert ours == theirs
    assert ours[0] == 2
    assert b"no profile 'nonsense'" in ours[2]
    assert b"d4/" in ours[1]
    assert b"d6/" not in ours[1]


def test_unreadable_files_are_complained_of(tmp_path: Path) -> None:
    looks = native.Looks(2)
    judge = native_judge(Settings())
    (tmp_path / "a").write_bytes(b"Kiev")
    looks.put(judge, [str(tmp_path / name) for name in ("a", "none", "a")])
    kind, found = looks.take("the name")
    assert (kind, [one.file for one in found]) == ("text", ["the name"])
    with pytest.raises(FileNotFoundError):
        looks.take("none")
    assert looks.take("a")[0] == "text"
    with pytest.raises(ValueError, match="no file is left"):
        looks.take("a")


def test_fixes_are_the_same(tree: Path, tmp_path: Path) -> None:
    trees: list[dict[str, bytes]] = []
    for engine in ("native", "reference"):
        copy = tmp_path / engine
        subprocess.run(["cp", "-a", tree, copy], check=True)
        shown = run(copy, "fix", "--diff", "d1", "bom.md", "latin1.md", engine=engine)
        code, out, err = run(copy, "fix", "--format", "concise", engine=engine)
        contents = {
            str(path.relative_to(copy)): path.read_bytes() for path in copy.rglob("*") if path.is_file()
        }
        trees.append(contents | {"code": bytes([code]), "out": out, "err": err, "diff": shown[1]})
    assert trees[0] == trees[1]
    assert trees[0]["bom.md"] == b"\xef\xbb\xbfKyiv and Kyiv"
    assert b"+The fall of Donetsk." in trees[0]["diff"]


def test_streams_are_checked_the_same() -> None:
    text = ("plain \u201cwords\u201d\n" * 9_000 + "The fall of D\u043enetsk.\n") * 4
    found = [
        subprocess.run(
            [sys.executable, "-m", "normalize", *arguments],
            input=b"\xef\xbb\xbf" + text.encode(),
            capture_output=True,
            env=ENV | {"NORMALIZE_ENGINE": engine},
            check=False,
        )
        for arguments in (("check", "--format", "jsonl", "-"), ("fix", "-"), ())
        for engine in ("native", "reference")
    ]
    for ours, theirs in zip(found[::2], found[1::2], strict=True):
        assert (ours.returncode, ours.stdout, ours.stderr) == (
            theirs.returncode,
            theirs.stdout,
            theirs.stderr,
        )
    assert found[0].stdout.count(b"\n") == 4
    assert found[4].stdout == b"\xef\xbb\xbf" + text.replace("\u043e", "o").encode()
