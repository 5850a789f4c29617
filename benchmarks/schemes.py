"""`python -m benchmarks.schemes`: how fast every scheme is, beside the fastest.

Each scheme transliterates text of its own (`benchmarks/scheme_texts.py`), UTF-8 bytes to Latin, on one
thread. Those of languages with a palochka have a second text, in which it is typed as a capital everywhere,
as it mostly is. Before that, a sample of what it gives is held against the reference engine; if any differs,
the exit code is 1. All schemes take turns. A turn is three calls, of which the fastest counts, for before it
another scheme's tables are in the caches; of all turns the median counts. Time is the processor's, of this
thread.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from benchmarks.inputs import SAMPLE
from benchmarks.machine import describe
from benchmarks.results import shown_speed
from benchmarks.scheme_texts import SchemeText, is_typed, scheme_text
from benchmarks.vocabulary import HERE
from normalize import Normalizer, schemes

RESULTS = HERE / "results" / "schemes.jsonl"
WITHIN = 2.0
"""Every scheme shall be so many times slower than the fastest, at most."""
CALLS = 3
SIZE = 1 << 20
ROUNDS = 9
SLOWEST = 10


@dataclass
class SchemeSpeed:
    """One scheme: the bytes of its text, how many words of it tables had, and the seconds of each turn.

    `result` tells what of the sample differs from the reference engine's; nothing, if it does not. `typed`
    says that letters of the text are typed by other signs.
    """

    scheme: str
    bytes: int
    known: int
    made: int
    result: str
    samples: list[float] = field(default_factory=list[float])
    typed: bool = False

    @property
    def name(self) -> str:
        """The scheme, and which of its texts."""
        return f"{self.scheme}, as typed" if self.typed else self.scheme

    @property
    def speed(self) -> float:
        """Bytes a second, by the median."""
        return self.bytes / median(self.samples)


def measure(ids: Sequence[str], engine: str, size: int, rounds: int) -> list[SchemeSpeed]:
    """The speeds of these schemes, in the order of their names. Raises KeyError for an unknown scheme."""
    made, reference = Normalizer(engine=engine), Normalizer(engine="reference")
    texts: dict[str, SchemeText] = {}
    speeds: list[SchemeSpeed] = []
    for scheme in sorted(ids):
        for typed in (False, True) if is_typed(scheme) else (False,):
            text = scheme_text(scheme, size, typed)
            result = difference(made, reference, scheme, text.data)
            speeds.append(SchemeSpeed(scheme, len(text.data), text.known, text.made, result, typed=typed))
            texts[speeds[-1].name] = text
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            start = number * len(speeds) // rounds
            for one in speeds[start:] + speeds[:start]:
                one.samples.append(_turn(made.transliterate, texts[one.name].data, one.scheme))
    finally:
        gc.enable()
    return speeds


def _turn(run: Callable[[bytes, str], object], text: bytes, scheme: str) -> float:
    """The processor's seconds of the fastest of a few calls: what else runs on the machine does not count."""
    times: list[float] = []
    for _ in range(CALLS):
        started = time.thread_time()
        run(text, scheme)
        times.append(time.thread_time() - started)
    return min(times)


class Transliterates(Protocol):
    """As much of a `Normalizer` as is asked here."""

    def transliterate(self, text: bytes, scheme: str) -> bytes: ...


def difference(made: Transliterates, reference: Transliterates, scheme: str, text: bytes) -> str:
    """The first word of the text's beginning that the reference engine writes in another way; or nothing."""
    sample = text[: text.find(b"\n", SAMPLE) + 1] or text
    expected = reference.transliterate(sample, scheme).decode()
    # as part of a text that is long enough for the compiled tables
    whole = made.transliterate(text, scheme)
    given = whole.decode()[: len(expected)]
    if given == expected:
        return ""
    pairs = zip(given.split(), expected.split(), strict=False)
    return next((f"{one} instead of {other}" for one, other in pairs if one != other), "another length")


def table(speeds: Iterable[SchemeSpeed], count: int) -> list[tuple[str, ...]]:
    """The slowest schemes, and the fastest: name, speed, how many times slower than the fastest, words."""
    ordered = sorted(speeds, key=lambda one: one.speed)
    fastest = ordered[-1].speed
    shown = ordered[:count] + ([] if count >= len(ordered) else ordered[-1:])
    return [
        (
            one.name,
            shown_speed(one.speed),
            f"{fastest / one.speed:.2f}",
            f"{one.known:,} + {one.made:,}",
        )
        for one in shown
    ]


def summary(speeds: Sequence[SchemeSpeed]) -> str:
    """How many schemes are how fast, in a sentence."""
    fastest = max(one.speed for one in speeds)
    schemes = {one.scheme for one in speeds}
    within = len(schemes - {one.scheme for one in speeds if fastest > WITHIN * one.speed})
    half = median(one.speed for one in speeds)
    return (
        f"{within} of {len(schemes)} schemes ({100 * within / len(schemes):.1f} %) are within {WITHIN:g} "
        f"times of the fastest, which makes {shown_speed(fastest)}; half of all make {shown_speed(half)} "
        "and more."
    )


def write(speeds: Sequence[SchemeSpeed], machine: dict[str, Any], path: Path = RESULTS) -> None:
    """Write a run as JSON lines: when and where, then one line for each scheme."""
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [json.dumps({"run": when, "machine": machine}, ensure_ascii=False)]
    for one in speeds:
        rounded = [round(value, 8) for value in one.samples]
        lines.append(json.dumps({**asdict(one), "samples": rounded}, ensure_ascii=False))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path = RESULTS) -> tuple[dict[str, Any], list[SchemeSpeed]]:
    """A run that was written: its first line, and the schemes; nothing where the file is missing."""
    if not path.exists():
        return {}, []
    first, *rest = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return first, [SchemeSpeed(**one) for one in rest]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 if a result differs from the reference engine's, 2 for a pattern that fits no scheme."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schemes", description=__doc__)
    parser.add_argument("--filter", default="", metavar="PATTERN", help="a regular expression for the names")
    parser.add_argument("--engine", choices=("reference", "native"), default="native")
    parser.add_argument("--size", type=int, default=SIZE, help=f"bytes of each text; default: {SIZE}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"turns of each; default: {ROUNDS}")
    parser.add_argument("--slowest", type=int, default=SLOWEST, help=f"how many to show; default: {SLOWEST}")
    parser.add_argument("--update", action="store_true", help=f"write results/{RESULTS.name} for the page")
    options = parser.parse_args(argv)
    ids = [one.id for one in schemes() if re.search(options.filter, one.id)]
    if not ids:
        print(
            f"benchmarks: no scheme fits {options.filter!r}; `normalize schemes` tells them", file=sys.stderr
        )
        return 2
    machine = describe(options.engine)
    speeds = measure(ids, options.engine, options.size, options.rounds)
    rows = [("scheme", "speed", "slower", "words, known + made"), *table(speeds, options.slowest)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(summary(speeds))
    if options.update:
        write(speeds, machine)
    wrong = [one for one in speeds if one.result]
    for one in wrong:
        print(f"benchmarks: WRONG: {one.scheme}: {one.result}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
