"""Words that the reference engine finds wherever they are planted, one finding each; names that it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random

from benchmarks.variants import Variants
from benchmarks.vocabulary import TABLES, cyrillic, settlements
from normalize import Normalizer
from normalize.rulesets import open_ruleset

_SEED = 7
_CARRIERS = {
    "en": ("Buses to {}, and from {} too, were late.", 2),
    "uk": ("Це було так, що {} є тут.", 1),
    "ru": ("Это было так, что {} есть тут.", 1),
}
"""Sentences in which a word is tried, and how often each holds it."""
_SHARES = {"ascii": 0.9, "latin": 0.05, "cyrillic": 0.05}
"""In which letters names are written, and how many of them: English texts have few in others than ASCII."""


@cache
def names_rewritten(count: int) -> tuple[str, ...]:
    """`count` variants of names that are always rewritten, drawn from all that the ruleset knows."""
    variants = Variants(open_ruleset("uk-national")).rewritten
    random = Random(_SEED)
    random.shuffle(variants)
    chosen: list[str] = []
    for letters, share in _SHARES.items():
        fitting = (name for name in variants if _letters(name) == letters)
        chosen += _first(fitting, round(share * count), "en", safe=True)
    return tuple(sorted(chosen))


@cache
def names_in_place() -> tuple[str, ...]:
    """Canonical names in which nothing is found, the most prominent first."""
    reference = _reference()
    names = [reference.lookup(row[3])[0].name for row in settlements()[:150] if row[2] == "UA"]
    carrier, _ = _CARRIERS["en"]
    return tuple(name for name in dict.fromkeys(names) if not reference.find(carrier.replace("{}", name)))


@cache
def damaged_words(language: str) -> tuple[str, ...]:
    """Words of Ukrainian (`uk`) or Russian (`ru`) in which one letter is its Latin look-alike."""
    random = Random(_SEED)
    twins = _strong_twins()
    words = [word for word in cyrillic(language)["noun"].words if len(word) > 5]
    random.shuffle(words)
    damaged: list[str] = []
    for word in words:
        places = [index for index, letter in enumerate(word) if letter in twins]
        if len(places) > 1:
            at = random.choice(places)
            damaged.append(word[:at] + twins[word[at]] + word[at + 1 :])
    return tuple(_first(damaged, 800, language))


def _first(words: Iterable[str], count: int, language: str, safe: bool = False) -> list[str]:
    """The first `count` words that are exactly what is found in the carrier."""
    carrier, times = _CARRIERS[language]
    found: list[str] = []
    for word in words:
        findings = _reference().find(carrier.replace("{}", word))
        right = [one.text for one in findings] == [word] * times
        if right and all(one.applicability == "safe" for one in findings if safe):
            found.append(word)
            if len(found) == count:
                break
    return found


@cache
def _reference() -> Normalizer:
    return Normalizer(engine="reference")


def _letters(name: str) -> str:
    if name.isascii():
        return "ascii"
    return "latin" if all(char < "\u0370" or char > "\u1cff" for char in name) else "cyrillic"


def _strong_twins() -> dict[str, str]:
    """Small Cyrillic letters, each with the small Latin letter that is the same picture."""
    lines = (TABLES / "scripts" / "lookalikes.tsv").read_text(encoding="utf-8").splitlines()
    lines += (TABLES / "scripts" / "lookalikes-extra.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {
        row[1]: row[0]
        for row in rows
        if len(row) > 2 and row[2] == "strong" and row[0].isascii() and row[0].islower() and row[1].isalpha()
    }
