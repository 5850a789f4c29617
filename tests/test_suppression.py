"""Marks that drop findings: which places they cover, and which texts only look like marks."""

from __future__ import annotations

import pytest

from normalize.suppression import Suppressions, end_of_off, is_off_at_end


def covered(text: str, word: str, rule: str = "toponym-variant") -> bool:
    start = text.index(word)
    suppressions = Suppressions.scan(text)
    return suppressions is not None and suppressions.covers(start, start + len(word), rule)


@pytest.mark.parametrize(
    "line",
    [
        "Kiev  # normalize: ignore",
        "Kiev // normalize: ignore",
        "Kiev -- normalize: ignore",
        "Kiev ; normalize: ignore",
        "Kiev % normalize: ignore",
        "Kiev <!-- normalize: ignore -->",
        "Kiev /* normalize: ignore */",
        "Kiev {# normalize: ignore #}",
        "Kiev (* normalize: ignore *)",
        "Kiev REM normalize: ignore",
        "Kiev #normalize:ignore",
        "Kiev # noqa: E501 normalize: ignore the spelling of 1991",
        "normalize: ignore Kiev",
    ],
)
def test_any_comment_syntax(line: str) -> None:
    assert covered(f"one\n{line}\ntwo", "Kiev")


@pytest.mark.parametrize(
    "text",
    [
        "Kiev\n# normalize: ignore",
        "# normalize: ignore\nKiev",
        "# normalize: ignore\r\nKiev",
        "Kiev # denormalize: ignore",
        "Kiev # re-normalize: ignore",
        "Kiev # normalize: ignored",
        "Kiev # normalize: ignore-all",
        "Kiev # normalize ignore",
        "# normalize: ignore-next-line\n\nKiev",
        "ways to normalize: off-line work in Kiev",
        "how to normalize: off we go to Kiev",
        "Kiev\n# normalize: off",
        "# normalize: off\n# normalize: on\nKiev",
    ],
)
def test_not_covered(text: str) -> None:
    assert not covered(text, "Kiev")


def test_next_line() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"Lvov{end}# normalize: ignore-next-line{end}Kiev{end}Kharkov"
        assert covered(text, "Kiev")
        assert not covered(text, "Lvov")
        assert not covered(text, "Kharkov")


def test_rules() -> None:
    text = "Kiev # normalize: ignore[toponym-variant, bidi-control]"
    assert covered(text, "Kiev", "toponym-variant")
    assert covered(text, "Kiev", "bidi-control")
    assert not covered(text, "Kiev", "mixed-script-word")
    assert covered("Kiev # normalize: ignore[]", "Kiev", "mixed-script-word")


def test_block() -> None:
    text = "Lvov\n<!-- normalize: off -->\nKiev\n\nOdessa\n<!-- normalize: on -->\nKharkov\n"
    assert covered(text, "Kiev")
    assert covered(text, "Odessa")
    assert not covered(text, "Lvov")
    assert not covered(text, "Kharkov")


def test_block_without_end_and_with_rules() -> None:
    text = "# normalize: off[toponym-variant]\nKiev\n"
    assert covered(text, "Kiev")
    assert not covered(text, "Kiev", "stray-script-word")


def test_finding_across_two_lines_touches_either() -> None:
    text = "the Seversky # normalize: ignore\nDonets"
    suppressions = Suppressions.scan(text)
    assert suppressions is not None
    assert suppressions.covers(text.index("Sev"), len(text), "toponym-variant")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fled Kiev [sic] then", ["Kiev"]),
        ("fled Kiev (sic) then", ["Kiev"]),
        ("fled Kiev[sic] then", ["Kiev"]),
        ("fled Kiev [sic!] then", ["Kiev"]),
        ("fled Kiev [*sic*] then", ["Kiev"]),
        ("fled Kiev, [sic] then", ["Kiev"]),
        ("fled Kiev’s [sic] then", ["Kiev"]),
        ("the River Seversky Донец [sic].", ["Seversky", "Донец", "River Seversky Донец"]),
        ("the River Seversky\nДонец [sic].", ["Seversky", "Донец"]),
        ("he wrote “the city of Dоnetsk is big” [sic].", ["Dоnetsk"]),
        ("he wrote «the city of Dоnetsk is big» (sic).", ["Dоnetsk"]),
    ],
)
def test_sic(text: str, words: list[str]) -> None:
    for word in words:
        assert covered(text, word), word


@pytest.mark.parametrize(
    "text",
    ["Kiev was fine [sic]", "[sic] Kiev", "[sic]", "Kiev (basic) music", "Kiev. The [sic]", "sic Kiev sic!"],
)
def test_sic_elsewhere(text: str) -> None:
    assert Suppressions.scan(text) is None or "Kiev" not in text or not covered(text, "Kiev")


def test_nothing_to_do() -> None:
    assert Suppressions.scan("") is None
    assert Suppressions.scan("music, basic and classic (music) normalize") is None


def test_block_that_crosses_a_border() -> None:
    assert is_off_at_end("a\n# normalize: off\nb")
    assert not is_off_at_end("a\n# normalize: off\nb\n# normalize: on\n")
    assert not is_off_at_end("a")
    assert end_of_off("a\n# normalize: on\nb") == len("a\n# normalize: on\n")
    assert end_of_off("a # normalize: off\n") is None
    assert end_of_off("a") is None
