"""Transliteration: what peers do with a str. Each takes the standard that it has nearest to the job's."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.engines.kinds import Job, NotInstalledError, Ready
from benchmarks.engines.ours import normalizer
from benchmarks.vocabulary import cyrillic_letters


def _each(function: Callable[[Any], Any]) -> Ready:
    return Ready(function, lambda _text, out: out)


def _language(job: Job) -> str:
    return job.scheme.split("-")[0]


def _of(job: Job, known: dict[str, Any]) -> Any:
    """What a peer has for the job's language."""
    language = _language(job)
    if language not in known:
        raise NotInstalledError(f"has nothing for the language {language}")
    return known[language]


def disarm(job: Job) -> Ready:
    """Its tables per language."""
    module: Any = import_module("disarm")
    function, language = module.transliterate, _language(job)
    return _each(lambda text: function(text, lang=language))


def uklatn(job: Job) -> Ready:
    """Rules of ICU compiled to regular expressions; Ukrainian only."""
    module: Any = import_module("uklatn")
    table = _of(job, {"uk": module.KMU_55})
    return _each(lambda text: module.encode(text, table))


def pyicu(job: Job) -> Ready:
    """ICU's rules, line by line: it is quadratic on long texts."""
    module: Any = import_module("icu")
    rules = module.Transliterator.createInstance(
        _of(job, {"ru": "Russian-Latin/BGN", "uk": "Ukrainian-Latin/BGN"})
    )
    function = rules.transliterate
    return Ready(lambda lines: [function(line) for line in lines], lambda _lines, out: "\n".join(out))


def unidecode(_job: Job) -> Ready:
    """A letter at a time, no standard."""
    return _each(import_module("unidecode").unidecode)


def text_unidecode(_job: Job) -> Ready:
    """A letter at a time, no standard."""
    return _each(import_module("text_unidecode").unidecode)


def anyascii(_job: Job) -> Ready:
    """A letter at a time, no standard."""
    return _each(import_module("anyascii").anyascii)


def cyrtranslit(job: Job) -> Ready:
    """Its own table of the language."""
    module: Any = import_module("cyrtranslit")
    language = _of(job, {"ru": "ru", "uk": "ua"})
    return _each(lambda text: module.to_latin(text, language))


def iuliia(job: Job) -> Ready:
    """BGN/PCGN; Russian only."""
    module: Any = import_module("iuliia")
    schema = _of(job, {"ru": module.BGN_PCGN})
    return _each(lambda text: module.translate(text, schema=schema))


def translitua(job: Job) -> Ready:
    """The same standard for Ukrainian; for Russian, which it has without contexts, ICAO's."""
    module: Any = import_module("translitua")
    table = _of(job, {"uk": module.UkrainianKMU, "ru": module.RussianICAO})
    return _each(lambda text: module.translit(text, table))


def str_translate(job: Job) -> Ready:
    """`str.translate` with what our scheme gives for each letter alone: no contexts, no case model."""
    made = normalizer("reference")
    letters = cyrillic_letters(_language(job))
    table = {ord(letter): made.transliterate(letter, job.scheme) for letter in letters + letters.upper()}
    return _each(lambda text: text.translate(table))
