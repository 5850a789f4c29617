"""Everything that is measured, by name: ours and its peers. A module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from benchmarks.engines.kinds import Engine, Job, NotInstalledError, Ready

OURS = (
    *("normalize", "apply", "find", "mentions", "transliterate", "call", "opening"),
    *("normalize_batch", "transliterate_batch", "normalize_arrow", "transliterate_arrow", "batch-memory"),
    *("command-normalize", "command-translit", "pipe-normalize", "check-normalize", "stream-memory"),
)
"""Engines that are this project; all others are peers."""

ENGINES: dict[str, str] = {
    "normalize": "ours:normalize",
    "apply": "ours:apply",
    "find": "ours:find",
    "mentions": "ours:mentions",
    "transliterate": "ours:transliterate",
    "normalize_batch": "batches:normalize_batch",
    "transliterate_batch": "batches:transliterate_batch",
    "normalize_arrow": "batches:normalize_arrow",
    "transliterate_arrow": "batches:transliterate_arrow",
    "call": "batches:call",
    "empty-call": "batches:empty_call",
    "disarm-batch": "batches:disarm_batch",
    "batch-memory": "processes:batch_memory",
    "opening": "processes:opening",
    "copy": "floors:copy",
    "encode": "floors:encode",
    "hyperscan": "search:hyperscan",
    "ahocorasick_rs": "search:ahocorasick_rs",
    "ahocorasick_rs-bytes": "search:ahocorasick_rs_bytes",
    "pyahocorasick": "search:pyahocorasick",
    "flashtext2": "search:flashtext2",
    "re": "search:re_module",
    "disarm": "translit:disarm",
    "uklatn": "translit:uklatn",
    "pyicu": "translit:pyicu",
    "unidecode": "translit:unidecode",
    "text-unidecode": "translit:text_unidecode",
    "anyascii": "translit:anyascii",
    "cyrtranslit": "translit:cyrtranslit",
    "iuliia": "translit:iuliia",
    "translitua": "translit:translitua",
    "str.translate": "translit:str_translate",
    "command-normalize": "commands:filter_normalize",
    "command-translit": "commands:translit_normalize",
    "command-cat": "commands:filter_cat",
    "command-uklatn": "commands:translit_uklatn",
    "uconv": "commands:translit_uconv",
    "python-pass": "commands:python_pass",
    "pipe-normalize": "commands:pipe_normalize",
    "pipe-cat": "commands:pipe_cat",
    "pipe-sed": "commands:pipe_sed",
    "check-normalize": "commands:check_normalize",
    "typos": "commands:typos",
    "codespell": "commands:codespell",
    "ruff-confusables": "commands:ruff_confusables",
    "stream-memory": "processes:stream_memory",
    "stream-memory-cat": "processes:stream_memory_cat",
}
"""Where each engine is: a module of this package, and a function of it."""


def make_ready(name: str, job: Job) -> Ready:
    """Prepare an engine for a job. Raises `NotInstalledError` where it cannot be had here."""
    module, _, function = ENGINES[name].partition(":")
    engine: Engine = getattr(import_module(f"benchmarks.engines.{module}"), function)
    try:
        return engine(job)
    except ModuleNotFoundError as error:
        raise NotInstalledError(f"{error.name} is not installed") from None


__all__ = ["ENGINES", "OURS", "Engine", "Job", "NotInstalledError", "Ready", "make_ready"]
