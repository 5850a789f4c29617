"""The benchmarks: definitions that can be run, inputs that are the same each time, results that are compared.

No speed is asserted here.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import engines, plot, report, results  # noqa: E402
from benchmarks.__main__ import main  # noqa: E402
from benchmarks.definitions import Bench, DefinitionError, Group, load  # noqa: E402
from benchmarks.engines import search  # noqa: E402
from benchmarks.expected import agreement, judge  # noqa: E402
from benchmarks.grown import grown_ruleset, spellings_in  # noqa: E402
from benchmarks.inputs import SCALES, Input, corpus  # noqa: E402
from benchmarks.make_inputs import InputError, check, make  # noqa: E402
from benchmarks.measure import Measurement, Settings, run_bench  # noqa: E402
from benchmarks.results import Results, Run, judge_bars  # noqa: E402
from benchmarks.vocabulary import Pool, english, gerund, past, plural  # noqa: E402
from benchmarks.words_found import names_native, names_rewritten  # noqa: E402

TINY = SCALES["tiny"]
SETTINGS = Settings("reference", TINY, run_seconds=0.2, engine_seconds=0.4, repetitions=2)
DEFINED = """
about = "A test."

[[bench]]
name = "names"
about = "Names to rewrite."
input = "names-20"
shape = "str"
expect = "planted"
engines = ["apply", "normalize", "re", "empty", { use = "re", label = "words", another = "words" }]
bars = [{ ours = "apply", over = "re", at_least = 1e9 }, { ours = "apply", over = "empty", at_least = 1 }]

[[bench]]
name = "letters"
about = "Transliteration."
input = "ukrainian"
shape = "str"
expect = "scheme"
scheme = "uk-kmu-2010"
engines = ["transliterate", "str.translate", "copy"]
bars = [{ ours = "transliterate", at_most = 1e9 }]
"""
MACHINE: dict[str, Any] = dict.fromkeys(("system", "python", "compiler", "commit", "ruleset"), "known") | {
    "cpu": "a CPU",
    "cores": 2,
    "memory_gb": 24.0,
    "load": 0.0,
    "gil": True,
    "engine": "reference",
    "versions": {"re": "of Python"},
}


def absent(_job: engines.Job) -> engines.Ready:
    raise ModuleNotFoundError("No module named 'absent'", name="absent")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Input]:
    directory = tmp_path_factory.mktemp("inputs")
    return {name: make(name, TINY, directory) for name in ("names-20", "ukrainian")}


@pytest.fixture(scope="module")
def measured(
    inputs: dict[str, Input], tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Group], Results]:
    """A run of two benchmarks with `re`, `str.translate` and a peer that is not installed."""
    directory = tmp_path_factory.mktemp("definitions")
    (directory / "01-test.toml").write_text(DEFINED, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(engines.ENGINES, "empty", "absent:absent")
        patch.setitem(sys.modules, "benchmarks.engines.absent", sys.modules[__name__])
        planted = names_rewritten(TINY.names) + names_native(10)
        patch.setattr(search, "variants", lambda _ruleset=None: planted)
        groups = load(directory)
        run = Run("2026-01-01T00:00:00Z", "tiny", "", MACHINE, {})
        found = [
            one for bench in groups[0].benches for one in run_bench(bench, inputs[bench.input], {}, SETTINGS)
        ]
    return groups, Results({run.id: run}, [(run.id, one) for one in found])


def by_label(measured: tuple[list[Group], Results], bench: int) -> dict[str, Measurement]:
    groups, found = measured
    return {one.label: one for one in found.of(groups[0].benches[bench])}


def test_definitions_can_be_read() -> None:
    groups = load()
    benches = [bench for group in groups for bench in group.benches]
    assert [group.name for group in groups] == [
        *("english", "cyrillic", "transliteration", "batches", "command", "tables")
    ]
    assert all(group.about and bench.about for group in groups for bench in group.benches)
    used = {subject.use for bench in benches for subject in bench.subjects}
    assert used == set(engines.ENGINES)
    assert any(bench.bars for bench in benches)


def test_engines_are_functions_of_their_modules() -> None:
    assert set(engines.OURS) <= set(engines.ENGINES)
    for where in engines.ENGINES.values():
        module, _, function = where.partition(":")
        source = (ROOT / "benchmarks" / "engines" / f"{module}.py").read_text(encoding="utf-8")
        assert f"\ndef {function}(" in source, where


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"re", "empty"', '"no-such-engine"', "unknown engine 'no-such-engine'"),
        ('input = "names-20"', 'input = "no-such"', "unknown input 'no-such'"),
        ('over = "re"', 'over = "absent"', "a bar for 'apply', 'absent'"),
        ("at_least = 1e9", "at_least = 2, at_most = 3", "asks for 2 things"),
        ('expect = "planted"', 'expect = "scheme"', "needs a scheme"),
        ('label = "words"', 'label = "re"', "two engines have one label"),
    ],
)
def test_a_wrong_definition_says_so(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    text = DEFINED.replace('"empty"', '"find"')
    assert old.replace('"empty"', '"find"') in text
    (tmp_path / "01-test.toml").write_text(
        text.replace(old.replace('"empty"', '"find"'), new), encoding="utf-8"
    )
    with pytest.raises(DefinitionError, match=complaint):
        load(tmp_path)


def test_inputs_are_the_same_each_time(inputs: dict[str, Input], tmp_path: Path) -> None:
    for name, known in inputs.items():
        again = make(name, TINY, tmp_path)
        assert again.data == known.data
        assert again.note == known.note


def test_what_was_planted_is_found(inputs: dict[str, Input]) -> None:
    names = inputs["names-20"]
    words = len(names.data.decode().split())
    assert 15 < words / names.note.planted < 25
    assert inputs["ukrainian"].note.planted == 0
    lied = replace(names.note, cuts=tuple(replace(cut, planted=1) for cut in names.note.cuts))
    with pytest.raises(InputError, match="and not 1 in its beginning"):
        check(replace(names, note=lied))


def test_words_have_their_forms() -> None:
    assert [plural(word) for word in ("day", "city", "box", "march")] == [
        "days",
        "cities",
        "boxes",
        "marches",
    ]
    assert [past(word) for word in ("hope", "stop", "try", "open", "show")] == [
        *("hoped", "stopped", "tried", "opened", "showed")
    ]
    assert [gerund(word) for word in ("hope", "plan", "tie", "agree")] == [
        "hoping",
        "planning",
        "tying",
        "agreeing",
    ]
    assert len({word for pool in english().values() for word in pool.words}) > 5000
    assert Pool.of(["a", "b", "a"]).words == ("a", "b")


def test_right_results_are_told_from_others(measured: tuple[list[Group], Results]) -> None:
    names, letters = by_label(measured, 0), by_label(measured, 1)
    for label in ("apply", "normalize", "re"):
        assert (names[label].status, names[label].result) == ("measured", "right"), names[label]
        assert names[label].samples
    assert names["words"].result == "another task"
    assert letters["transliterate"].result == "right"
    assert letters["str.translate"].result == "other"
    assert letters["str.translate"].result_detail.endswith(" % of the words")
    assert 80 < float(letters["str.translate"].result_detail.split()[0]) < 100


def test_a_peer_may_be_missing_or_fail(measured: tuple[list[Group], Results]) -> None:
    missing = by_label(measured, 0)["empty"]
    assert (missing.status, missing.detail) == ("not installed", "absent is not installed")
    failed = by_label(measured, 1)["copy"]  # it takes bytes, and this benchmark has a str
    assert failed.status == "failed"
    assert failed.detail.startswith("TypeError: ")


def test_bars_are_judged(measured: tuple[list[Group], Results]) -> None:
    groups, found = measured
    judged = [one for bench in groups[0].benches for one in judge_bars(bench, found.of(bench))]
    assert [one.met for one in judged] == [False, None, True]
    assert judged[1].value == "empty: absent is not installed"


def test_ours_must_be_right(measured: tuple[list[Group], Results]) -> None:
    groups, found = measured
    assert results.wrong(groups, found) == []
    bad = [(run, replace(one, result="other", result_detail="2 of 3")) for run, one in found.measured]
    assert results.wrong(groups, replace(found, measured=bad))[0] == "test/names: apply: 2 of 3"


def test_results_survive_a_file(measured: tuple[list[Group], Results], tmp_path: Path) -> None:
    _, found = measured
    path = tmp_path / "results.jsonl"
    found.write(path)
    again = results.read(path)
    assert again.runs == found.runs
    assert [(run, one.label, len(one.samples)) for run, one in again.measured] == [
        (run, one.label, len(one.samples)) for run, one in found.measured
    ]
    assert results.read(tmp_path / "absent.jsonl").measured == []
    newer = Results(
        {"later": replace(next(iter(found.runs.values())), id="later")}, [("later", found.measured[0][1])]
    )
    merged = found.updated(newer)
    assert {run for run, one in merged.measured if one.bench == "test/names"} == {"later"}
    assert {run for run, one in merged.measured if one.bench == "test/letters"} == {"2026-01-01T00:00:00Z"}


def test_page_and_picture_show_all(measured: tuple[list[Group], Results]) -> None:
    groups, found = measured
    page = report.page(groups, found)
    for shown in (
        "| test/names | apply / re | at least 1e+09 × |",
        "not installed",
        "OTHER: ",
        "a CPU",
        "## Bias",
    ):
        assert shown in page
    drawn = ElementTree.fromstring(plot.svg(groups, found))
    labels = {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert {"test/names", "test/letters", "re", "str.translate"} <= labels
    assert "No full run is recorded yet" in report.page(groups, Results({}, []))


def test_the_page_is_what_the_results_give() -> None:
    assert report.PAGE.read_text(encoding="utf-8") == report.page(load(), results.read(results.LATEST)), (
        "docs/benchmarks.md is old; run `python -m benchmarks report`"
    )


def test_words_are_compared_one_by_one() -> None:
    assert agreement("a b\nc", "a  b c").kind == "right"
    assert agreement("a x c d", "a b c d").detail == "75.0 % of the words"
    assert agreement("a b", "a b c d").detail == "50.0 %, other words"


def test_a_corpus_is_counted_by_the_engine(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("From Kiev to Lvov.\n" * 200, encoding="utf-8")
    own = corpus(path)
    assert [cut.bytes for cut in own.note.cuts] == [2033, 3800]
    bench: Bench = load()[0].benches[0]
    verdict = judge(bench, own, own.note.cuts[0], 214, "reference")
    assert (verdict.kind, verdict.detail) == ("right", "214")
    path.write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="is empty"):
        corpus(path)


def test_the_command_lists_and_complains(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "english/clean-bytes" in capsys.readouterr().out
    assert main(["run", "--scale", "tiny", "--filter", "no-such-benchmark"]) == 2
    assert "no benchmark fits" in capsys.readouterr().err


def test_a_ruleset_grows_to_the_size_that_is_asked_for() -> None:
    """The real places are left out, in whatever tables they stand."""
    assert spellings_in(grown_ruleset(2_000, seed=1)) == pytest.approx(2_000, rel=0.1)
