"""Writes `docs/benchmarks.md` out of the results: figures, method, machine, bias and limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import schemes
from benchmarks.definitions import Bench, Group
from benchmarks.results import Judged, Results, Run, judge_bars
from benchmarks.table import HEADS, markdown, rows
from benchmarks.vocabulary import HERE, ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = HERE / "results" / "latest.svg"
METHOD = HERE / "method.md"


def page(groups: Sequence[Group], results: Results) -> str:
    """The whole page."""
    parts = [
        "# Benchmarks",
        "Written by `python -m benchmarks report` from `benchmarks/results/latest.jsonl`; do not edit.",
    ]
    if results.measured:
        parts += list(_figures(groups, results))
    else:
        parts.append("No full run is recorded yet, so this page tells the method only.")
    parts += list(_schemes())
    parts.append(METHOD.read_text(encoding="utf-8").strip())
    return "\n\n".join(parts) + "\n"


def write(groups: Sequence[Group], results: Results, path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(page(groups, results), encoding="utf-8", newline="\n")


def _figures(groups: Sequence[Group], results: Results) -> Iterator[str]:
    if PICTURE.exists():
        yield "![Speeds of normalize and its peers, by benchmark](../benchmarks/results/latest.svg)"
    judged = [
        (bench, one if _is_full(results.run_of(bench)) else replace(one, met=None))
        for group in groups
        for bench in group.benches
        for one in judge_bars(bench, results.of(bench))
    ]
    met = sum(one.met is True for _, one in judged)
    unknown = sum(one.met is None for _, one in judged)
    yield "## What was asked"
    yield (
        f"Of {len(judged)} bars that were set before the native engine was written, {met} are met, "
        f"{len(judged) - met - unknown} are not, and of {unknown} it cannot be told: they were not "
        "measured, or not on full inputs."
    )
    yield markdown(
        ("benchmark", "what", "asked", "measured", "met"), [_bar_row(bench, one) for bench, one in judged]
    )
    yield "## Where"
    yield from _where(results.runs.values())
    yield "## All figures"
    yield (
        "`ratio` is how many times faster the first of ours is than the row. `ready in` is what building the "
        "engine took, which is not part of the other figures. A slow engine is measured on the beginning "
        "of the input, as far as it gets in two seconds."
    )
    for group in groups:
        shown = [bench for bench in group.benches if results.of(bench)]
        if shown:
            yield f"### {group.name}"
            yield group.about
        for bench in shown:
            size = _bytes(bench, results.run_of(bench))
            yield f"**{bench.id}**: {bench.about} Input: `{bench.input}`{size}."
            yield markdown(HEADS, rows(bench, results.of(bench)))


def _schemes() -> Iterator[str]:
    """The last run of `python -m benchmarks.schemes`, if there was one."""
    run, speeds = schemes.read()
    if not speeds:
        return
    machine = run["machine"]
    yield "### every scheme"
    yield (
        "Every scheme of the ruleset, from UTF-8 bytes to Latin, on one thread, each on text of its own of "
        f"{speeds[0].bytes / 1e6:.0f} MB: `python -m benchmarks.schemes`. The words are those that tables "
        f"have of the language, as far as they go, and made ones up to {speeds[0].known + speeds[0].made:,}. "
        "`as typed` is a text of a language with a palochka, which is typed as a capital everywhere. "
        f"Run {run['run']}, commit {machine['commit'] or 'unknown'}, engine `{machine['engine']}`, "
        f"{machine['cpu']}, load at the start {machine['load']}."
    )
    yield schemes.summary(speeds)
    yield "The slowest, and the fastest:"
    heads = ("scheme", "speed", "times slower than the fastest", "words of tables + made")
    yield markdown(heads, schemes.table(speeds, schemes.SLOWEST))


def _is_full(run: Run | None) -> bool:
    """Whether bars can be held against a run: small inputs and a user's own text are other tasks."""
    return run is not None and run.scale == "full" and not run.corpus


def _bytes(bench: Bench, run: Run | None) -> str:
    known = run.inputs.get(bench.input) if run else None
    return f", {known['bytes']:,} bytes" if known else ""


def _bar_row(bench: Bench, judged: Judged) -> tuple[str, ...]:
    met = {True: "yes", False: "**no**", None: "?"}[judged.met]
    return bench.id, judged.what, judged.asked, judged.value, met


def _where(runs: Iterable[Run]) -> Iterator[str]:
    """Each machine once, with the runs that were made on it."""
    made: dict[str, list[str]] = {}
    for run in runs:
        made.setdefault(_machine(run), []).append(_run(run))
    for machine, those in made.items():
        yield f"{machine}\n- runs:\n" + "\n".join(f"  - {one}" for one in those)


def _run(run: Run) -> str:
    machine = run.machine
    corpus = f"; a user's own corpus took the place of texts: {run.corpus}" if run.corpus else ""
    return (
        f"{run.id}, scale `{run.scale}`, commit {machine['commit'] or 'unknown'}, "
        f"engine `{machine['engine']}`, ruleset {machine['ruleset']}, "
        f"load at the start {machine['load']}{corpus}"
    )


def _machine(run: Run) -> str:
    machine = run.machine
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    gil = "" if machine["gil"] else ", without the GIL"
    return (
        f"- processor: {machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB of memory\n"
        f"- system: {machine['system']}\n"
        f"- Python: {machine['python']}, {machine['compiler']}{gil}\n"
        f"- versions: {versions}"
    )
