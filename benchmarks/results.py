"""Raw results as JSON lines: one line a run, then one for each engine in each benchmark of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.definitions import Bar, Bench, Group
from benchmarks.measure import Measurement
from benchmarks.vocabulary import HERE

LATEST = HERE / "results" / "latest.jsonl"
PARTIAL = HERE / "results" / "partial.jsonl"


@dataclass(frozen=True)
class Run:
    """One run: when, at which scale, the machine. `inputs` are sha256 and bytes of each input by name."""

    id: str
    scale: str
    corpus: str
    machine: dict[str, Any]
    inputs: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Results:
    """Runs, and what was measured in them: (id of the run, measurement)."""

    runs: dict[str, Run]
    measured: list[tuple[str, Measurement]]

    def of(self, bench: Bench) -> list[Measurement]:
        """The measurements of a benchmark, in the order of its engines."""
        order = {subject.label: index for index, subject in enumerate(bench.subjects)}
        found = [one for _, one in self.measured if one.bench == bench.id and one.label in order]
        return sorted(found, key=lambda one: order[one.label])

    def run_of(self, bench: Bench) -> Run | None:
        """The run in which a benchmark was measured."""
        return next((self.runs[run] for run, one in self.measured if one.bench == bench.id), None)

    def updated(self, newer: Results) -> Results:
        """These results with each benchmark that `newer` has taken from there, whole."""
        again = {one.bench for _, one in newer.measured}
        measured = [pair for pair in self.measured if pair[1].bench not in again] + newer.measured
        used = {run for run, _ in measured}
        return Results({id: run for id, run in {**self.runs, **newer.runs}.items() if id in used}, measured)

    def write(self, path: Path) -> None:
        """Write all as JSON lines."""
        lines = [json.dumps({"run": asdict(run)}, ensure_ascii=False) for run in self.runs.values()]
        lines += [
            json.dumps({"of": run, **_rounded(asdict(one))}, ensure_ascii=False) for run, one in self.measured
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path) -> Results:
    """The results in a file; none where it is missing."""
    results = Results({}, [])
    if not path.exists():
        return results
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if "run" in record:
            run = Run(**record["run"])
            results.runs[run.id] = run
        else:
            results.measured.append((record.pop("of"), Measurement(**record)))
    return results


def _rounded(record: dict[str, Any]) -> dict[str, Any]:
    """Ten digits after the point are more than a clock knows."""
    return {**record, "samples": [round(value, 10) for value in record["samples"]]}


def middle(one: Measurement) -> float:
    """The median of the values; of calls, for one of them."""
    return median(one.samples) / (one.work if one.unit == "call" else 1)


def best(one: Measurement) -> float:
    """The smallest of the values; of calls, for one of them."""
    return min(one.samples) / (one.work if one.unit == "call" else 1)


def speed(one: Measurement) -> float:
    """Bytes a second, by the median; for other units than speed, runs a second."""
    return (one.work if one.unit == "speed" else 1) / middle(one)


@dataclass(frozen=True)
class Judged:
    """A bar, what was asked, and the value that was measured; `met` is None where it cannot be told."""

    bar: Bar
    what: str
    asked: str
    value: str
    met: bool | None


def judge_bars(bench: Bench, measured: Iterable[Measurement]) -> list[Judged]:
    """Every bar of a benchmark, by medians."""
    known = {one.label: one for one in measured}
    return [_judged(bench, bar, known.get(bar.ours), known.get(bar.over)) for bar in bench.bars]


def _judged(bench: Bench, bar: Bar, ours: Measurement | None, over: Measurement | None) -> Judged:
    what = f"{bar.ours} / {bar.over}" if bar.over else bar.ours
    missing = next((one for one in (ours, over) if one and not one.samples), None)
    lacks = ours is None or missing is not None or (over is None and bool(bar.over))
    said = f"{missing.label}: {missing.detail}" if missing else "not measured"
    if bar.at_least is not None:
        asked = f"at least {bar.at_least:g} ×"
        if lacks or ours is None or over is None:
            return Judged(bar, what, asked, said, None)
        ratio = speed(ours) / speed(over)
        return Judged(bar, what, asked, f"{ratio:.2f} ×", ratio >= bar.at_least and ours.result != "other")
    if bar.times is not None:
        asked = f"at most {bar.times:g} × and {shown(bar.plus, bench.unit)}"
        if lacks or ours is None or over is None:
            return Judged(bar, what, asked, said, None)
        value, limit = middle(ours), bar.times * middle(over) + bar.plus
        return Judged(
            bar, what, asked, f"{shown(value, bench.unit)} of {shown(limit, bench.unit)}", value <= limit
        )
    limit = bar.at_most or 0.0
    asked = f"at most {shown(limit, bench.unit)}" + (" more" if bar.over else "")
    if lacks or ours is None:
        return Judged(bar, f"{bar.ours} - {bar.over}" if bar.over else what, asked, said, None)
    value = middle(ours) - (middle(over) if over else 0.0)
    name = f"{bar.ours} - {bar.over}" if bar.over else what
    return Judged(bar, name, asked, shown(value, bench.unit), value <= limit)


def shown(value: float, unit: str) -> str:
    """A value as a reader likes it: of `seconds` and `call` a time, of `bytes` MB."""
    if unit == "bytes":
        return f"{value / 1e6:.1f} MB"
    if unit == "ratio":
        return f"{value:.2f} ×"
    for factor, name in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if abs(value) >= factor:
            return f"{value / factor:.3g} {name}"
    return f"{value / 1e-9:.3g} ns"


def shown_speed(value: float) -> str:
    """Bytes a second."""
    for factor, name in ((1e9, "GB/s"), (1e6, "MB/s")):
        if value >= factor:
            return f"{value / factor:.3g} {name}"
    return f"{value / 1e3:.3g} KB/s"


def wrong(groups: Sequence[Group], results: Results) -> list[str]:
    """Benchmarks in which ours failed or gave another result than the right one: benchmarks are tests."""
    return [
        f"{bench.id}: {one.label}: {one.detail or one.result_detail}"
        for group in groups
        for bench in group.benches
        for one in results.of(bench)
        if one.ours and (one.status == "failed" or one.result == "other")
    ]
