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
    "latin": ("Buses to {}, and from {} too, were late.", 2),
    "stray": ("Buses to {}, on Monday too, were late.", 1),
    "uk": ("Це було так, що {} є тут.", 1),
    "ru": ("Это было так, что {} есть тут.", 1),
}
"""Sentences in which a word is tried, and how often each holds it."""
_NOT_ASCII = 0.05
"""How many names have letters beyond ASCII: English texts have few."""


@cache
def names_rewritten(count: int) -> tuple[str, ...]:
    """`count` names in Latin letters that are always rewritten, drawn from all that the ruleset knows."""
    names = _shuffled()
    beyond = round(_NOT_ASCII * count)
    chosen = _first((name for name in names if name.isascii()), count - beyond, "latin", safe=True)
    latin = (name for name in names if not name.isascii() and _scripts(name) == {"latin"})
    return tuple(sorted(chosen + _first(latin, beyond, "latin", safe=True)))


@cache
def names_native(count: int) -> tuple[str, ...]:
    """`count` names in Cyrillic letters that are rewritten in a text in English."""
    native = (name for name in _shuffled() if _scripts(name) == {"cyrillic"})
    return tuple(sorted(_first(native, count, "stray", safe=True)))


@cache
def _shuffled() -> list[str]:
    """All variants that the ruleset knows, in an order that does not change."""
    names = Variants(open_ruleset("uk-national")).rewritten
    Random(_SEED).shuffle(names)
    return names


def _is_judged(name: str) -> bool:
    """Whether a judgement stands on the name, or on all names of a place that it may mean."""
    ruleset = open_ruleset("uk-national")
    places = (f"* {place.id}" for place in _reference().lookup(name))
    return any(ruleset.judgements(key) for key in (ruleset.folder.key(name), *places))


@cache
def names_in_place() -> tuple[str, ...]:
    """Canonical names in which nothing is found, the most prominent first."""
    reference = _reference()
    names = [reference.lookup(row[3])[0].name for row in settlements()[:150] if row[2] == "UA"]
    carrier, _ = _CARRIERS["latin"]
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


def _first(words: Iterable[str], count: int, carrier: str, safe: bool = False) -> list[str]:
    """The first `count` words that are exactly what is found in the carrier, whatever else a text says."""
    sentence, times = _CARRIERS[carrier]
    found: list[str] = []
    for word in words:
        findings = _reference().find(sentence.replace("{}", word))
        right = [one.text for one in findings] == [word] * times
        if right and safe:
            right = all(one.applicability == "safe" for one in findings) and not _is_judged(word)
        if right:
            found.append(word)
            if len(found) == count:
                break
    return found


@cache
def _reference() -> Normalizer:
    return Normalizer(engine="reference")


def _scripts(name: str) -> set[str]:
    return {"cyrillic" if "\u0400" <= char <= "\u052f" else "latin" for char in name if char.isalpha()}


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
