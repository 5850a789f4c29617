"""Runs one benchmark: every engine is prepared, its result compared, then all take turns under the clock."""

from __future__ import annotations

import gc
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.definitions import Bench, Subject
from benchmarks.engines import OURS, Job, NotInstalledError, Ready, make_ready
from benchmarks.expected import OTHER, UNKNOWN, Verdict, judge
from benchmarks.inputs import SAMPLE, Cut, Input, Scale
from benchmarks.shapes import Shaper

COMPARED = 20 << 20
"""Bytes of a transliteration that are compared: the reference engine tells what is right, in its time."""


@dataclass(frozen=True)
class Settings:
    """How long to measure: seconds that one run may take before the text is cut, seconds for all runs of an
    engine, and how many repetitions at most."""

    engine: str
    scale: Scale
    run_seconds: float = 2.0
    engine_seconds: float = 30.0
    repetitions: int = 7


@dataclass
class Measurement:
    """What was measured of one engine in one benchmark.

    `samples` are seconds, or, where the unit is `bytes` or `ratio`, such values; `work` is the bytes, or
    the calls, of each. `status` is `measured`, `not installed` or `failed`; `detail` tells of the last two.
    """

    bench: str
    label: str
    use: str
    ours: bool
    unit: str
    status: str = "measured"
    detail: str = ""
    ready_seconds: float = 0.0
    work: int = 0
    whole: int = 0
    samples: list[float] = field(default_factory=list[float])
    result: str = UNKNOWN
    result_detail: str = ""


class _Turn:
    """An engine that takes its turns."""

    def __init__(self, subject: Subject, ready: Ready, record: Measurement) -> None:
        self.subject, self.ready, self.record = subject, ready, record
        self.cut = Cut(0, 0)
        self.fresh: Callable[[], Any] = lambda: None


def run_bench(
    bench: Bench, source: Input, rulesets: dict[str, Input], settings: Settings
) -> list[Measurement]:
    """Measure every engine of the benchmark. `rulesets` are the inputs that its engines name as `table`."""
    shaper = Shaper(source)
    try:
        return _run(bench, source, rulesets, settings, shaper)
    finally:
        shaper.close()


def _run(
    bench: Bench, source: Input, rulesets: dict[str, Input], settings: Settings, shaper: Shaper
) -> list[Measurement]:
    records: list[Measurement] = []
    turns: list[_Turn] = []
    for subject in bench.subjects:
        record = Measurement(bench.id, subject.label, subject.use, subject.use in OURS, bench.unit)
        records.append(record)
        try:
            turns.append(_prepared(bench, subject, record, source, rulesets, settings, shaper))
        except NotInstalledError as error:
            record.status, record.detail = "not installed", str(error)
        except Exception as error:
            record.status, record.detail = "failed", _told(error)
    _take_turns(bench, turns, settings)
    return records


def _prepared(
    bench: Bench,
    subject: Subject,
    record: Measurement,
    source: Input,
    rulesets: dict[str, Input],
    settings: Settings,
    shaper: Shaper,
) -> _Turn:
    """An engine that has shown its result and been given as much of the input as it can do in time."""
    table = rulesets.get(subject.options.get("table", ""))
    job = Job(
        bench.scheme,
        subject.shape,
        settings.engine,
        settings.scale,
        table.path if table else None,
        subject.options,
    )
    started = time.perf_counter()
    ready = make_ready(subject.use, job)
    record.ready_seconds = time.perf_counter() - started
    turn = _Turn(subject, ready, record)
    cut = turn.cut = source.note.cuts[-1]
    turn.fresh = lambda: source.path
    if not ready.measures:
        cut = _compared(bench, turn, source, settings, shaper)
        turn.cut, turn.fresh = cut, shaper.fresh(subject.shape, cut.bytes)
    record.whole = record.work = source.note.bytes
    if not ready.measures:
        record.work = cut.bytes
    if bench.unit == "call":
        record.work = len(turn.fresh())
    return turn


def _compared(bench: Bench, turn: _Turn, source: Input, settings: Settings, shaper: Shaper) -> Cut:
    """Run on ever longer beginnings, comparing what comes out, up to what can be done in `run_seconds`.

    The result that is told is that of the longest; once it is not right, it stays so. A command takes most
    of its time for its start, so that only trying tells whether it can do more.
    """
    record, cuts = turn.record, source.note.cuts
    for cut, following in zip(cuts, (*cuts[1:], None), strict=True):
        argument = shaper.fresh(turn.subject.shape, cut.bytes)()
        started = time.perf_counter()
        output = turn.ready.run(argument)
        seconds = time.perf_counter() - started
        is_short = bench.expect != "scheme" or cut.bytes <= COMPARED
        if is_short and (cut is cuts[0] or seconds < settings.run_seconds):
            outcome = turn.ready.outcome(argument, output)
            _tell(record, judge(bench, source, cut, outcome, settings.engine, turn.subject.another))
        if turn.ready.verify and cut.bytes <= 4 * SAMPLE:
            complaint = turn.ready.verify(source.data[: cut.bytes].decode("utf-8", "surrogateescape"))
            if complaint:
                _tell(record, Verdict(OTHER, complaint))
        is_command = turn.subject.shape == "path"
        longer = following.bytes / cut.bytes if following and not is_command else 1.0
        if not following or seconds * longer > settings.run_seconds:
            return cut
    return cuts[-1]


def _tell(record: Measurement, verdict: Verdict) -> None:
    """Put a verdict into the record, unless it would hide that an earlier one was bad."""
    if record.result != OTHER or verdict.kind == OTHER:
        record.result, record.result_detail = verdict.kind, verdict.detail


def _take_turns(bench: Bench, turns: Sequence[_Turn], settings: Settings) -> None:
    """Every engine once a round, another first in each, so that what disturbs the machine disturbs all."""
    rounds = min(bench.repetitions or settings.repetitions, 2 * settings.repetitions)
    waiting = list(turns)
    for number in range(rounds):
        for turn in waiting[number % max(1, len(waiting)) :] + waiting[: number % max(1, len(waiting))]:
            record = turn.record
            spent = 0.0 if turn.ready.measures else sum(record.samples)
            if record.status != "measured" or spent > settings.engine_seconds:
                continue
            try:
                record.samples.append(_sample(turn))
            except NotInstalledError as error:
                record.status, record.detail = "not installed", str(error)
            except Exception as error:
                record.status, record.detail = "failed", _told(error)


def _sample(turn: _Turn) -> float:
    """One value: the seconds that a run takes, or what the run itself says."""
    argument, run = turn.fresh(), turn.ready.run
    gc.collect()
    gc.disable()
    try:
        started = time.perf_counter()
        output = run(argument)
        seconds = time.perf_counter() - started
    finally:
        gc.enable()
    return float(output) if turn.ready.measures else seconds


def _told(error: Exception) -> str:
    """An error in one line."""
    if isinstance(error, subprocess.CalledProcessError):
        lines = str(error.stderr or error.stdout or "").strip().splitlines()
        return f"exit code {error.returncode}: {lines[-1] if lines else 'nothing said'}"
    return f"{type(error).__name__}: {error}".splitlines()[0]
