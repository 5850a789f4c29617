"""This project, through its public interface."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.engines.kinds import Job, Outcome, Ready
from normalize import Normalizer


@lru_cache(maxsize=8)
def normalizer(engine: str, ruleset: Path | None = None) -> Normalizer:
    """The normalizer of the default profile, or of a ruleset file."""
    if ruleset is None:
        return Normalizer(engine=engine)
    with patch("normalize.api._ruleset", return_value=(str(ruleset), 0)):
        return Normalizer(engine=engine)


def normalize(job: Job) -> Ready:
    """Text to text. What it changed is counted by `find`, and must be what `apply` gives."""
    made = normalizer(job.engine, job.ruleset)

    def outcome(text: Any, out: Any) -> int:
        if out is text or out == text:
            return 0
        result = made.apply(text)
        return len(result.findings) if result.text == out else -1

    return _on_threads(Ready(made.normalize, outcome, verifier(made, job)), job)


def apply(job: Job) -> Ready:
    """Text to text, with all findings made."""
    made = normalizer(job.engine, job.ruleset)

    def run(text: Any) -> list[Any]:
        return list(made.apply(text).findings)

    return _on_threads(Ready(run, _counted, verifier(made, job)), job)


def find(job: Job) -> Ready:
    """Findings only."""
    made = normalizer(job.engine, job.ruleset)
    return _on_threads(Ready(made.find, _counted, verifier(made, job)), job)


def mentions(job: Job) -> Ready:
    """Every place that is named, right names too: there is no number to compare."""
    made = normalizer(job.engine, job.ruleset)
    return Ready(made.mentions, lambda _text, _found: None, verifier(made, job))


def transliterate(job: Job) -> Ready:
    """By the job's scheme."""
    made = normalizer(job.engine, job.ruleset)

    def run(text: Any) -> Any:
        return made.transliterate(text, job.scheme)

    return _on_threads(Ready(run, lambda _text, out: out), job)


def verifier(made: Normalizer, job: Job) -> Callable[[str], str] | None:
    """How to hold the findings to the reference engine's; None where the engine is the reference."""
    if made.engine == "reference":
        return None
    reference = normalizer("reference", job.ruleset)

    def verify(text: str) -> str:
        expected, found = reference.find(text), made.find(text)
        if expected == found:
            return ""
        at = next(
            (index for index, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), -1
        )
        return (
            f"finding {at} is another than the reference engine's ({len(found)} to {len(expected)} findings)"
        )

    return verify


def _counted(_text: Any, found: Any) -> int:
    return len(found)


def _on_threads(ready: Ready, job: Job) -> Ready:
    """With the option `threads`, the same for texts in halves: one after the other, or each on a thread."""
    threads = job.options.get("threads", 0)
    if not threads:
        return ready
    pool = ThreadPoolExecutor(threads)

    def outcome(halves: list[Any], out: list[Any]) -> Outcome:
        first, second = (ready.outcome(half, made) for half, made in zip(halves, out, strict=True))
        return first + second  # type: ignore[operator]  # both are numbers, or both texts

    return Ready(lambda halves: list(pool.map(ready.run, halves)), outcome, ready.verify)
