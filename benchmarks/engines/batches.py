"""Many short texts: lists of str, Arrow arrays, and single calls."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.engines.kinds import Job, NotInstalledError, Ready
from benchmarks.engines.ours import normalizer


def normalize_batch(job: Job) -> Ready:
    """`Normalizer.normalize_batch` on a list of str."""
    made = normalizer(job.engine, job.ruleset)
    return Ready(made.normalize_batch, _changed)


def transliterate_batch(job: Job) -> Ready:
    """`Normalizer.transliterate_batch` on a list of str."""
    batch = normalizer(job.engine, job.ruleset).transliterate_batch
    return Ready(lambda texts: batch(texts, job.scheme), _joined)


def normalize_arrow(job: Job) -> Ready:
    """`Normalizer.normalize_arrow` on an array that speaks Arrow's PyCapsule protocol."""
    method, threads = _arrow_method(job, "normalize_arrow"), job.options.get("threads", 1)

    def outcome(array: Any, out: Any) -> int:
        return _changed(array.to_pylist(), _as_pyarrow(out).to_pylist())

    return Ready(lambda array: method(array, threads=threads), outcome)


def transliterate_arrow(job: Job) -> Ready:
    """`Normalizer.transliterate_arrow`."""
    method, threads = _arrow_method(job, "transliterate_arrow"), job.options.get("threads", 1)
    return Ready(
        lambda array: method(array, job.scheme, threads=threads),
        lambda array, out: _joined(array, _as_pyarrow(out).to_pylist()),
    )


def call(job: Job) -> Ready:
    """`normalize` called on each of many strings, as a loop in Python does it."""
    function = normalizer(job.engine, job.ruleset).normalize
    return Ready(lambda texts: [function(text) for text in texts], _changed)


def empty_call(_job: Job) -> Ready:
    """The cheapest function of a PyO3 module in the same loop: `is_ascii` of disarm, on an empty string.

    Called with no text of the input, so that it reads nothing and keeps nothing.
    """
    function = import_module("disarm").is_ascii
    return Ready(lambda texts: [function("") for _ in texts], lambda _texts, _out: None)


def disarm_batch(job: Job) -> Ready:
    """Its own batch, of which a call takes at most 100,000 str."""
    function, language = import_module("disarm").transliterate, job.scheme.split("-")[0]

    def run(texts: list[str]) -> list[str]:
        parts = (texts[at : at + 100_000] for at in range(0, len(texts), 100_000))
        return [made for part in parts for made in function(part, lang=language)]

    return Ready(run, _joined)


def _arrow_method(job: Job, name: str) -> Any:
    import_module("pyarrow")
    method = getattr(normalizer(job.engine, job.ruleset), name, None)
    if method is None:
        raise NotInstalledError(f"this release has no {name}")
    return method


def _as_pyarrow(array: Any) -> Any:
    return array if hasattr(array, "to_pylist") else import_module("pyarrow").array(array)


def _changed(texts: list[str], out: list[str]) -> int:
    """How many texts came out otherwise than they went in."""
    return sum(old != new for old, new in zip(texts, out, strict=True))


def _joined(_texts: Any, out: list[str]) -> str:
    return "\n".join(out)
