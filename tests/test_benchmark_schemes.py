"""The benchmark of every scheme: texts in its letters, the same each time; results that are compared.

No speed is asserted here.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import schemes  # noqa: E402
from benchmarks.scheme_texts import WORDS, Letters, letters_of, made_words, scheme_text  # noqa: E402
from normalize import Normalizer  # noqa: E402
from normalize.rulesets import open_ruleset  # noqa: E402

if TYPE_CHECKING:
    import pytest

SIZE = 4096


def letters(scheme: str) -> Letters:
    ruleset = open_ruleset("uk-national")
    return letters_of(ruleset.scheme(scheme), ruleset.schemes[scheme].language)


def test_letters_are_what_they_are_in_a_syllable() -> None:
    known = letters("crh-latn-1997")
    assert {"а", "ю", "я"} <= set(known.vowels)
    assert {"б", "й", "щ", "къ"} <= set(known.consonants)
    assert set(known.signs) == {"ъ", "ь"}


def test_words_of_the_language_come_first() -> None:
    ukrainian, church = scheme_text("uk-kmu-2010", SIZE), scheme_text("cu-alalc-2022", SIZE)
    assert (ukrainian.known, ukrainian.made) == (WORDS, 0)
    assert (church.known, church.made) == (0, WORDS)
    assert scheme_text("tt-latn-2012", SIZE).known > 5
    for made in (ukrainian, church):
        assert SIZE <= len(made.data) < 2 * SIZE
        assert made.data.decode().endswith((".\n\n", "?\n\n", "!\n\n", ":\n\n"))


def test_made_words_are_the_same_each_time_and_of_the_letters() -> None:
    known = letters("kaa-alalc-2012")
    first = [word for word, _ in zip(made_words(Random(1), known), range(300), strict=False)]
    again = [word for word, _ in zip(made_words(Random(1), known), range(300), strict=False)]
    assert first == again
    assert len(set(first)) == 300
    assert set("".join(first)) <= set("".join((*known.vowels, *known.consonants, *known.signs)))


def test_palochkas_are_typed_as_capitals_in_a_text_of_their_own() -> None:
    text, typed = (scheme_text("lez-alalc-2012", SIZE, typed).data.decode() for typed in (False, True))
    assert text.count("ӏ") > 50
    assert "ӏ" not in typed
    assert typed.replace("Ӏ", "ӏ") == text.replace("Ӏ", "ӏ")
    speeds = schemes.measure(["lez-alalc-2012", "ru-bgnpcgn-1947"], "reference", SIZE, 1)
    assert [one.name for one in speeds] == [
        "lez-alalc-2012",
        "lez-alalc-2012, as typed",
        "ru-bgnpcgn-1947",
    ]
    assert not any(one.result for one in speeds)
    for one, seconds in zip(speeds, (1.0, 4.0, 1.0), strict=True):
        one.bytes, one.samples = 3_000_000, [seconds]
    assert schemes.summary(speeds).startswith("1 of 2 schemes (50.0 %) are within 2 times of the fastest")


def test_a_result_is_held_to_the_reference_engine() -> None:
    speeds = schemes.measure(["uk-kmu-2010", "ru-bgnpcgn-1947"], "reference", SIZE, 2)
    assert [one.scheme for one in speeds] == ["ru-bgnpcgn-1947", "uk-kmu-2010"]
    assert all(not one.result and len(one.samples) == 2 for one in speeds)
    reference = Normalizer(engine="reference")
    text = scheme_text("uk-kmu-2010", SIZE).data

    class Wrong:
        def transliterate(self, text: bytes, scheme: str) -> bytes:
            return reference.transliterate(text, scheme).replace(b"shch", b"sc")

    assert " instead of " in schemes.difference(Wrong(), reference, "uk-kmu-2010", text)


def test_the_slowest_are_shown_and_the_share_is_told(tmp_path: Path) -> None:
    speeds = schemes.measure(["uk-kmu-2010", "ru-bgnpcgn-1947", "be-instr-2007"], "reference", SIZE, 1)
    for one, seconds in zip(speeds, (4.0, 1.0, 1.5), strict=True):
        one.bytes, one.samples = 3_000_000, [seconds]
    rows = schemes.table(speeds, 1)
    assert [row[:3] for row in rows] == [
        ("be-instr-2007", "750 KB/s", "4.00"),
        ("ru-bgnpcgn-1947", "3 MB/s", "1.00"),
    ]
    assert schemes.summary(speeds).startswith("2 of 3 schemes (66.7 %) are within 2 times of the fastest")
    path = tmp_path / "schemes.jsonl"
    schemes.write(speeds, {"cpu": "a CPU"}, path)
    run, again = schemes.read(path)
    assert run["machine"] == {"cpu": "a CPU"}
    assert again == [replace(one) for one in speeds]
    assert schemes.read(tmp_path / "absent.jsonl") == ({}, [])


def test_the_command_complains(capsys: pytest.CaptureFixture[str]) -> None:
    assert schemes.main(["--filter", "no-such-scheme"]) == 2
    assert "no scheme fits 'no-such-scheme'" in capsys.readouterr().err
