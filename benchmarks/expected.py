"""What counts as right, and whether an outcome is it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from benchmarks.definitions import Bench
from benchmarks.engines.kinds import Outcome
from benchmarks.inputs import Cut, Input

RIGHT, OTHER, ANOTHER, UNKNOWN = "right", "other", "another task", "not compared"


@dataclass(frozen=True)
class Verdict:
    """Whether a result is right (`kind`), and what to say of it."""

    kind: str
    detail: str


def judge(bench: Bench, source: Input, cut: Cut, outcome: Outcome, engine: str, another: str = "") -> Verdict:
    """Hold an outcome on the beginning of the input, up to `cut`, against what the definition expects.

    `engine` is the engine of ours that tells what is right where nobody planted it, in a user's own text;
    `another` is the other task that the engine does, if it does one.
    """
    if another:
        return Verdict(ANOTHER, f"{outcome} {another}")
    if outcome is None or bench.expect == "none":
        return Verdict(UNKNOWN, "")
    if bench.expect == "planted":
        expected = cut.planted if source.counted else _found(source, cut.bytes, engine)
        if outcome == expected:
            return Verdict(RIGHT, f"{expected:,}")
        return Verdict(
            OTHER, f"{outcome:,} instead of {expected:,}" if isinstance(outcome, int) else "a text"
        )
    data = source.data[: cut.bytes]
    if bench.expect == "same":
        same = outcome == data
        return Verdict(RIGHT, "the same bytes") if same else Verdict(OTHER, "other bytes")
    text = outcome.decode("utf-8", "replace") if isinstance(outcome, bytes) else str(outcome)
    return agreement(text, _transliterated(source, cut.bytes, bench.scheme))


def agreement(text: str, expected: str) -> Verdict:
    """How many words, split at white space, are those of the expected text."""
    words, wanted = text.split(), expected.split()
    same = sum(word == want for word, want in zip(words, wanted, strict=False))
    if words == wanted:
        return Verdict(RIGHT, "every word")
    share = 100 * same / max(len(words), len(wanted), 1)
    return Verdict(
        OTHER, f"{share:.1f} % of the words" if len(words) == len(wanted) else f"{share:.1f} %, other words"
    )


@lru_cache(maxsize=64)
def _found(source: Input, size: int, engine: str) -> int:
    from benchmarks.engines.ours import normalizer

    return len(normalizer(engine).find(source.data[:size]))


@lru_cache(maxsize=8)
def _transliterated(source: Input, size: int, scheme: str) -> str:
    from benchmarks.engines.ours import normalizer

    return normalizer("reference").transliterate(source.data[:size].decode("utf-8", "replace"), scheme)
