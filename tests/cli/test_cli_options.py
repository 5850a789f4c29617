"""Plain calls are read without a parser, and as the parser would read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.cli.errors import UsageError
from normalize.cli.files import tidy
from normalize.cli.options import APOSTROPHES, UNITS, decoded, plain_options
from normalize.cli.parser import parse
from normalize.offsets import Unit
from normalize.scheme.styles import STYLES

WORDS = [
    *("check", "fix", "-", "--", "a.md", "docs/", "", "-1", "--format", "--format=json", "--format=", "json"),
    *("concise", "--exit-zero", "--exit-zero=1", "--diff", "--unsafe-fixes", "--profile", "--profile=ap"),
    *("--config", "--no-config", "--fixes", "--fixes=none", "safe", "unsafe", "all", "--line-buffered"),
    *("--color", "always", "--stdin-filename", "-h", "--help", "--version", "--forma", "explain", "translit"),
]


@given(
    st.sampled_from([[], ["check"], ["fix"]]),
    st.lists(st.sampled_from(WORDS), max_size=5),
)
def test_plain_calls_are_read_as_the_parser_reads_them(command: list[str], rest: list[str]) -> None:
    plain = plain_options([*command, *rest])
    if plain is not None:
        assert vars(plain) == vars(parse([*command, *rest]))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-"],
        ["--fixes", "none"],
        ["--profile=ap", "--line-buffered", "--no-config"],
        ["check"],
        ["check", "a", "b"],
        ["check", "--format", "concise", "a"],
        ["check", "a", "--exit-zero"],
        ["fix", "--diff", "--unsafe-fixes", "docs"],
        ["check", "--stdin-filename", "a.md", "-"],
    ],
)
def test_the_usual_calls_are_plain(arguments: list[str]) -> None:
    assert plain_options(arguments) is not None


@pytest.mark.parametrize(
    "arguments",
    [["chekc"], ["check", "--nonsense"], ["--fixes", "all"], ["fix", "--line-buffered"], ["a.md"]],
)
def test_mistakes_are_left_to_the_parser(arguments: list[str]) -> None:
    assert plain_options(arguments) is None
    with pytest.raises(UsageError):
        parse(arguments)


def test_arguments_are_utf8_whatever_the_locale() -> None:
    assert decoded("a.md") == "a.md"
    assert decoded("\u0414.md") == "\u0414.md"
    assert decoded("\udcd0\udc94\udcff.md") == "\u0414\udcff.md"


@given(st.text(alphabet="a./b", max_size=12))
def test_paths_are_written_as_pathlib_writes_them(path: str) -> None:
    assert tidy(path) == str(Path(path))


def test_choices_are_those_of_the_library() -> None:
    assert tuple(STYLES) == APOSTROPHES
    assert tuple(Unit) == UNITS
