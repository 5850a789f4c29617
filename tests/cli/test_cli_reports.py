"""Findings in their files: positions, what a terminal shows of them, and diffs that `patch` accepts."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.cli.options import FORMATS
from normalize.model import Applicability, Finding
from normalize.reports.choose import report
from normalize.reports.diff import unified_diff
from normalize.reports.display import clipped, odd_characters, visible, width
from normalize.reports.full import _PLAIN
from normalize.reports.locate import locate
from normalize.reports.located import START, Located, Origin
from normalize.reports.style import Style
from normalize.reports.summary import Summary

NAME = "Dоnetsk"  # with a Cyrillic о


def finding(text: str, start: int, end: int, replacement: str | None = "X") -> Finding:
    return Finding("toponym-variant", start, end, text[start:end], replacement, Applicability.SAFE, "because")


def located(text: str, word: str, replacement: str | None = "X", origin: Origin = START) -> Located:
    start = text.index(word)
    return next(
        locate("a.md", text, [finding(text, start, start + len(word), replacement)], "0" * 64, origin)
    )


def shown(name: str, *all_located: Located, columns: int = 60) -> str:
    out, summary = io.StringIO(), Summary(files=1, files_with_findings=1)
    made = report(name, out, Style(colour=False), columns)
    for one in all_located:
        summary.add(one)
        made.finding(one)
    made.end(summary)
    return out.getvalue()


@given(
    st.lists(st.sampled_from(["a", "é", "Д", "語", "\n", "\r\n", "\r", "\U0001f600", "\udcff"]), max_size=40),
    st.data(),
)
def test_positions(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    spans = [
        span
        for span in spans
        if "\r\n" not in (text[span[0] - 1 : span[0] + 1], text[span[1] - 1 : span[1] + 1])
    ]
    for one in locate("a", text, [finding(text, *span) for span in spans], ""):
        before = text[: one.start]
        assert one.start_byte == len(before.encode("utf-8", "surrogateescape"))
        assert one.end_byte == len(text[: one.end].encode("utf-8", "surrogateescape"))
        lines = re.split(r"\r\n|\n|\r", before)
        assert (one.line, one.column) == (len(lines), len(lines[-1]) + 1)
        lines = re.split(r"\r\n|\n|\r", text[: one.end])
        assert (one.end_line, one.end_column) == (len(lines), len(lines[-1]) + 1)
        assert one.lines[0].text == re.split(r"\r\n|\n|\r", text)[one.line - 1]
        at_line_end = one.end_line > one.line and one.end_column == 1  # the next line shows nothing of it
        assert len(one.lines) == one.end_line - one.line + 1 - at_line_end


def test_positions_in_a_later_block() -> None:
    one = located("and Kiev", "Kiev", origin=(100, 150, 3, 20))
    assert (one.start, one.start_byte, one.line, one.column) == (104, 154, 3, 24)


@pytest.mark.parametrize(
    ("text", "under"),
    [
        (f"in {NAME} now", "   ~^~~~~~"),
        (f"日本語 {NAME} now", "       ~^~~~~~"),
        (f"e\u0301e\u0301 {NAME} now", "   ~^~~~~~"),
        (f"\t{NAME} now", "    ~^~~~~~"),
        (f"a\u200bb {NAME}", "           ~^~~~~~"),
        ("f\u200bg", None),
    ],
)
def test_the_line_is_underlined_where_it_shows(text: str, under: str | None) -> None:
    if under is None:
        assert "f<U+200B>g\n    |  ^^^^^^^^\n    | U+200B ZERO WIDTH SPACE\n" in shown(
            "full", located(text, "\u200b")
        )
        return
    lines = shown("full", located(text, NAME, "Donetsk")).splitlines()
    assert lines[2] == f"    | {under}"
    assert lines[3] == "    | о is U+043E CYRILLIC SMALL LETTER O"
    assert lines[4] == "    | fix: Donetsk"


def test_a_long_line_is_cut_around_the_finding() -> None:
    text = "語" * 300 + f" {NAME} " + "word " * 300
    lines = shown("full", located(text, NAME, "Donetsk"), columns=60).splitlines()
    assert all(width(line) <= 60 for line in lines[1:3])
    assert NAME in lines[1]
    assert lines[1].startswith("  1 | …")
    assert lines[1].endswith("…")
    prefix = lines[1][: lines[1].index(NAME)]
    assert lines[2].index("~") == width(prefix)


def test_two_lines() -> None:
    text = "the River Seversky\r\nДонец and"
    out = shown("full", located(text, "Seversky\r\nДонец", "Siverskyi\r\nDonets"))
    assert out.splitlines()[1:7] == [
        "  1 | the River Seversky",
        "    |           ~~~~~~~~",
        "  2 | Донец and",
        "    | ^^^^^",
        "    | Донец is in Cyrillic letters",
        "    | fix: Siverskyi Donets",
    ]


@pytest.mark.parametrize(
    ("text", "replacement", "odd"),
    [
        (NAME, "Donetsk", [1]),
        ("Донец", "Donets", [0, 1, 2, 3, 4]),
        ("Seversky Донец", "Siverskyi Donets", [9, 10, 11, 12, 13]),
        ("Kiev", "Kyiv", []),
        ("ІT", None, []),
        ("ІTT", None, [0]),
        ("С-300", "S-300", [0]),
        ("a\u200bb", "ab", [1]),
        ("a\r\nb", "a\r\nc", []),
    ],
)
def test_odd_characters(text: str, replacement: str | None, odd: list[int]) -> None:
    assert odd_characters(text, replacement) == odd


def test_plain_characters_are_shown_as_they_are() -> None:
    plain = [chr(code) for code in range(0x110000) if _PLAIN.fullmatch(chr(code))]
    assert len(plain) > 1000
    assert all(visible(f"{character}a{character}") == f"{character}a{character}" for character in plain)
    assert all(width(character) == 1 for character in plain)


def test_visible() -> None:
    assert visible("a\x1b[31m\u202eb\tc\r\nd\udcff\U0001f468\u200d\U0001f469") == (
        "a<U+001B>[31m<U+202E>b    c d<FF>\U0001f468\u200d\U0001f469"
    )
    assert clipped("日本語", 5) == "日本…"
    assert clipped("日本", 4) == "日本"


def test_programs_can_read_it() -> None:
    one = located(f"\udcff\u202e {NAME}\udcfe", f"{NAME}\udcfe", "Donetsk")
    (record,) = json.loads(shown("json", one))
    assert json.loads(shown("jsonl", one)) == record
    assert record["text"] == f"{NAME}\ufffd"
    assert (record["start"], record["end"], record["start_byte"], record["end_byte"]) == (3, 11, 5, 14)
    assert json.loads(shown("json")) == []
    assert shown("jsonl") == ""
    sarif = json.loads(shown("sarif", one, one))
    results = sarif["runs"][0]["results"]
    assert results[0]["locations"][0]["physicalLocation"]["region"]["startColumn"] == 4
    assert results[0]["partialFingerprints"] != results[1]["partialFingerprints"]
    assert shown("github", one).startswith("::error file=a.md,line=1,endLine=1,col=4,endColumn=12,title=")


def test_no_format_lets_control_characters_through() -> None:
    for name in FORMATS:
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\u200b\u202e]", shown(name, located("\x1b\u202e\u200bKiev\x07", "\u200bKiev"))
        )


LINES = st.lists(st.sampled_from(["Kiev", "and Kiev or", "plain", "", "Kiev\r", "Kiev Kiev"]), max_size=30)


@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no `patch` here to try diffs with")
@given(lines=LINES, last=st.booleans(), new=st.sampled_from(["Kyiv", "", "K\nyiv"]))
def test_patch_accepts_the_diff(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], last: bool, new: str
) -> None:
    source = "\n".join(lines) + ("\n" if last else "")
    spans = [found.span() for found in re.finditer("Kiev", source)]
    target = source.replace("Kiev", new)
    if not spans:
        return

    def to_target(at: int) -> int:
        return at + sum(len(new) - 4 for _, end in spans if end <= at)

    directory: Path = tmp_path_factory.mktemp("patch")
    (directory / "a.md").write_bytes(source.encode())
    diff = "".join(unified_diff("a.md", source, target, spans, to_target))
    command = ["patch", "--binary", "-s", "a.md"]
    subprocess.run(command, input=diff.encode(), cwd=directory, check=True)
    assert (directory / "a.md").read_bytes() == target.encode() or not target
