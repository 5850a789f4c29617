"""Which schemes could have produced a text, the likeliest first."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from normalize.model import Scheme, SchemeMatch
from normalize.scheme.detect import UNEXPLAINED, Decoder, latin_words

if TYPE_CHECKING:
    from normalize.ruleset.reader import Ruleset
    from normalize.worker import Worker

IN_CYRILLIC = "-Cyrl"
"""What the ids of languages end with that are written in Latin letters too."""
WORDS = 200
"""How many different words of a text are looked at."""


def detect_scheme(worker: Worker, text: str) -> list[SchemeMatch]:
    """What `Normalizer.detect_scheme` says."""
    ruleset, lower = worker.ruleset, worker.ruleset.case_table.lower
    script = ruleset.classes.script
    words = list(dict.fromkeys(lower(unicodedata.normalize("NFC", word)) for word in latin_words(text)))
    words = [word for word in words if {script(char) for char in word} - {None} == {"latin"}]
    words = words[:WORDS]
    letters = sum(map(len, words))
    ranked: list[tuple[float, SchemeMatch]] = []
    for name, head in ruleset.schemes.items() if words else ():
        decoder, forward = _decoder(ruleset, name), _forward(worker, name)
        costs = {word: decoder.cost(word, forward) for word in words}
        unexplained = tuple(word for word in words if costs[word] == inf)
        if len(unexplained) == len(words):
            continue
        bits = sum(len(word) * UNEXPLAINED if cost == inf else cost for word, cost in costs.items())
        share = 1 - sum(map(len, unexplained)) / letters
        scheme = Scheme(
            head.id, head.language, head.authority, head.year, head.reversible, head.url, head.title
        )
        ranked.append((bits, SchemeMatch(scheme, 0.0, share, unexplained)))
    house = ruleset.profile_schemes
    places = {language: place for place, language in enumerate(house)}

    def order(one: tuple[float, SchemeMatch]) -> tuple[float, int, bool, int, str]:
        scheme = one[1].scheme
        place = places.get(scheme.language, len(places))
        return round(one[0], 6), place, house.get(scheme.language) != scheme.id, -scheme.year, scheme.id

    ranked.sort(key=order)
    return [
        SchemeMatch(match.scheme, 2.0 ** (ranked[0][0] - bits), match.share, match.unexplained)
        for bits, match in ranked
    ]


@lru_cache(maxsize=512)
def _decoder(ruleset: Ruleset, name: str) -> Decoder:
    rules = ruleset.scheme(name)
    alphabets = {language.id.removesuffix(IN_CYRILLIC): language.alphabet for language in ruleset.languages}
    return Decoder(rules, alphabets.get(rules.language, ""))


def _forward(worker: Worker, name: str) -> Callable[[str], str]:
    return lambda original: worker.transliterate(original, name, False)
