"""Formats of files: what in them is prose, held against the parsers of the formats themselves."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.cli.main import main
from normalize.formats import format_of
from normalize.formats.json import documents
from normalize.formats.markdown import verbatim as in_markdown
from normalize.formats.rst import verbatim as in_rst
from normalize.spans import Span

DOCUMENTS = 3000
"""So many made documents are held against a parser."""

MARKDOWN = [
    *("text", "- item", "  more", "    four", "\ttab", "", "    ", "- ", "1. one", "10) ten", "   three"),
    *("     five", "      six", "        eight", "```", "~~~", "# head", "---", "* star", "  - nested"),
    *("> quote", "-     code in item", "text\n    lazy"),
]
RST = [
    *("W text W", "", "  W in W", "    W further", "W ends::", "  W ends::", "\n::\n", "> W", "1. one W"),
    *("Heading W\n=========", "- item W", "- item W::", ".. note:: W\n\n   W inside", ".. note::\n   W"),
    *(".. code-block:: python\n\n   W = W", "see W_ and `W W`_ now", "|W| W", ">>> W = 1\nW", "[W]_ W"),
    *(".. _W: https://W.x", "term W\n    definition W", ".. raw:: html\n\n   <W>"),
    "- a W\n\n  para W\n\n  W::\n\n      lit W\n\n  back W",
]


def lines_in(text: str, spans: list[Span]) -> set[int]:
    """The lines that are not blank and that spans begin with."""
    return {text.count("\n", 0, start) for start, end in spans if text[start:end].strip()}


def made(seed: int, parts: list[str], joint: str) -> str:
    choice = random.Random(seed)
    return joint.join(choice.choice(parts) for _ in range(choice.randint(1, 7))) + "\n"


def test_code_in_markdown_is_what_a_parser_says() -> None:
    parser = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed").MarkdownIt(
        "commonmark"
    )
    for seed in range(DOCUMENTS):
        text = made(seed, MARKDOWN, "\n")
        lines = text.split("\n")
        code = [token.map for token in parser.parse(text) if token.type in ("code_block", "fence")]
        expected = {
            line
            for start, end in code
            for line in range(start, end)
            if "".join(lines[line : line + 1]).strip()
        }
        assert lines_in(text, list(in_markdown(text))) == expected, text


def test_prose_in_rst_is_what_a_parser_says() -> None:
    docutils: Any = pytest.importorskip("docutils.core", reason="docutils is not installed")
    settings = {"report_level": 5, "halt_level": 6, "warning_stream": False, "raw_enabled": True}
    for seed in range(DOCUMENTS // 10):
        number = iter(range(10, 100))
        text = re.sub("W", lambda _: f"w{next(number)}", made(seed, RST, "\n\n"))  # noqa: B023
        spans = in_rst(text)
        ours = {
            word[0]
            for word in re.finditer(r"w\d\d", text)
            if not any(start <= word.start() < end for start, end in spans)
        }
        tree = docutils.publish_doctree(text, settings_overrides=settings)
        assert ours == prose_words(tree), text


def prose_words(tree: Any) -> set[str]:
    from docutils import nodes

    other = (
        *(nodes.literal_block, nodes.doctest_block, nodes.raw, nodes.system_message, nodes.problematic),
        *(nodes.reference, nodes.substitution_reference, nodes.citation_reference, nodes.footnote_reference),
    )
    words: set[str] = set()
    for leaf in tree.findall(nodes.Text):
        node = leaf.parent
        while node is not None and not isinstance(node, other):
            node = node.parent
        if node is None:
            words.update(re.findall(r"w\d\d", leaf.astext()))
    return words


RST_CASES = [
    (".. _Kiev: x\n", ""),
    (".. |Kiev| replace:: the city of Kiev\n", "the city of Kiev"),
    (".. image:: Kiev.png\n   :name: Kiev\n   :alt: Kiev\n", "Kiev"),
    (":ref:`Kiev <kiev>` and `Kiev`_, Kiev_ and |Kiev|; `Kiev <https://x.y>`_\n", "`Kiev <https://x.y>`_"),
    (".. toctree::\n\n   Kiev\n\nKiev\n", "Kiev"),
    ("| Kiev | Lviv |\n", "| Kiev | Lviv |"),
]


@pytest.mark.parametrize(("text", "prose"), RST_CASES)
def test_names_in_rst_stay_where_they_are_used(text: str, prose: str) -> None:
    kept = {at for start, end in in_rst(text) for at in range(start, end)}
    left = "".join(letter if at not in kept else "\0" for at, letter in enumerate(text))
    assert prose in left
    assert left.count("Kiev") == prose.count("Kiev")


@given(st.recursive(st.text() | st.none() | st.floats(allow_nan=False) | st.booleans(),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
                    max_leaves=12), st.sampled_from([None, 2]), st.booleans())  # fmt: skip
def test_documents_of_json_are_its_strings(value: object, indent: int | None, ascii_only: bool) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    spans = documents(data)
    assert spans is not None
    found = [json.loads(b'"' + data[start:end] + b'"', strict=False) for start, end in spans]
    assert found == strings(value)


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [one for inner in value.values() for one in strings(inner)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return [one for inner in value for one in strings(inner)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    "data", [b'{"a": "b', b"{'a': 'b'}", b'{"a": "b\nc"}', b'// Kiev\n{"a": "b"}', b"\xff"]
)
def test_what_is_no_json_is_plain_text(data: bytes) -> None:
    assert documents(data) is None


@pytest.mark.parametrize("scan", [in_markdown, in_rst])
@given(text=st.text(st.sampled_from("aЖ \t\n-.:_`|[]>~#1)\r\u2028")))
def test_spans_are_inside(scan: Callable[[str], list[Span]], text: str) -> None:
    assert all(0 <= start <= end <= len(text) for start, end in scan(text))


def test_endings_tell_the_format() -> None:
    assert all(format_of(name) for name in ("docs/README.MD", "a.rst", "uk.json"))
    assert not any(format_of(name) for name in ("a.txt", "md", "-"))


FILES = {
    "page.md": ("Kiev\n\n    Kiev = 1\n\n- Kiev\n", "Kyiv\n\n    Kiev = 1\n\n- Kyiv\n"),
    "page.rst": (
        ".. _Kiev:\n\nKiev::\n\n   Kiev\n\nKiev_ in Kiev\n",
        ".. _Kiev:\n\nKyiv::\n\n   Kiev\n\nKiev_ in Kyiv\n",
    ),
    "uk.json": (
        '{"Kiev": "Kiev",\n "b": ["Text\\nD\u043enetsk, \\\\nothing, Nova\\nKakhovka\\tLvov"]}',
        '{"Kiev": "Kyiv",\n "b": ["Text\\nDonetsk, \\\\nothing, Nova\\nKakhovka\\tLviv"]}',
    ),
    "bad.json": ("[1,\nKiev;\n", "[1,\nKyiv;\n"),
}


@pytest.mark.parametrize("engine", ["native", "reference"])
@pytest.mark.parametrize("name", FILES)
def test_fix_leaves_what_is_no_prose(
    name: str,
    engine: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from normalize.engines import why_no_native

    if engine == "native" and why_no_native():
        pytest.skip(f"the native engine is not here: {why_no_native()}")
    monkeypatch.setenv("NORMALIZE_ENGINE", engine)
    monkeypatch.chdir(tmp_path)
    source, target = FILES[name]
    Path(name).write_text("\ufeff" + source, encoding="utf-8", newline="")
    assert main(["check", "--format", "jsonl", name]) == 1
    for line in capsys.readouterr().out.splitlines():
        one = json.loads(line)
        span = one["start"], one["end"]
        assert ("\ufeff" + source)[span[0] : span[1]] == one["text"]
    main(["check", "--format", "full", "--color", "never", name])
    lines = {line.partition(" | ")[2] for line in capsys.readouterr().out.splitlines() if " | " in line}
    assert any(line and line in source for line in lines)
    assert not any(";" in line for line in lines) or ";" in source
    assert main(["fix", name]) in (0, 1)
    assert Path(name).read_text(encoding="utf-8") == "\ufeff" + target
