"""Texts for every scheme, in its own letters: words that the tables have of its language, and made ones.

Of Ukrainian and Russian there are words enough. Of most languages the tables have a few frequent words and
some names of cities, of many none: what is missing up to `WORDS` are random syllables of the letters that the
scheme has rules for, all equally likely, so that rare letters, and what rules say of them, come more often
than in any real text. Everything else is the same for all: how often each word comes, capitals, punctuation,
figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from random import Random

from benchmarks.vocabulary import TABLES, Pool, cyrillic, interleaved, languages
from normalize.rulesets import open_ruleset
from normalize.scheme import SchemeRules

WORDS = 4000
"""Distinct words of a text."""
SEED = 2026
FIXED = "iso9-1995"
"""The scheme that tells vowels: one letter with marks for each letter of all Cyrillic alphabets."""
VOWELS = "aeiouyæ"
OTHER_IDS = {"bxr": "bua", "mul": ""}
"""Languages that have another name in `tables/scripts/languages.toml`."""
SIGNS = 0.05
"""How often a consonant has a sign behind it that is no letter in Latin, as the soft sign."""
_KINDS = ("noun", "adjective", "verb", "place")
_NATIVE = ("cities-abroad", "divisions-abroad")
_PLAIN = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


@dataclass(frozen=True)
class Letters:
    """The letters of a scheme by what they are in a syllable; `consonants` may be several letters each."""

    vowels: tuple[str, ...]
    consonants: tuple[str, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class SchemeText:
    """A text, of how many distinct words of the tables it was made, and how many were made up."""

    data: bytes = field(repr=False)
    known: int
    made: int


def scheme_text(scheme: str, size: int, typed: bool = False) -> SchemeText:
    """Text of about `size` bytes for a scheme of the default ruleset; the same each time. Raises KeyError.

    With `typed`, letters that the scheme says to be typed otherwise all are: by the sign that it names first.
    """
    rules = open_ruleset("uk-national").scheme(scheme)
    language = open_ruleset("uk-national").schemes[scheme].language
    letters = letters_of(rules, language)
    made = _text(language, letters, tuple(word for word, _ in rules.words), size)
    if not typed:
        return made
    text = made.data.decode()
    for letter, sign, *_ in rules.typed:
        text = text.replace(letter, sign).replace(letter.upper(), sign)
    return replace(made, data=text.encode())


def is_typed(scheme: str) -> bool:
    """Whether letters of a scheme are typed by other signs, as the palochka mostly is."""
    return bool(open_ruleset("uk-national").scheme(scheme).typed)


@cache
def _text(language: str, letters: Letters, exceptions: tuple[str, ...], size: int) -> SchemeText:
    random = Random(f"{SEED} {language} {letters}")
    frequent, known = known_words(language)
    first = [word for word in frequent if _is_written(word, letters)]
    rest = [word for word in (*known, *exceptions) if _is_written(word, letters)]
    rest = list(dict.fromkeys(rest))[: WORDS - len(first)]
    made = list(islice(made_words(random, letters), WORDS - len(first) - len(rest)))
    pool = Pool.of(first + interleaved([rest, made]))
    paragraphs: list[str] = []
    written = 0
    while written < size:
        paragraphs.append(_paragraph(random, pool))
        written += len(paragraphs[-1].encode()) + 2
    text = "".join(f"{paragraph}\n\n" for paragraph in paragraphs)
    return SchemeText(text.encode(), len(first) + len(rest), len(made))


def letters_of(rules: SchemeRules, language: str) -> Letters:
    """The letters that a scheme has rules for; what they are is told by `FIXED`, or by their own targets."""
    fixed = {rule.source: rule.target for rule in open_ruleset("uk-national").scheme(FIXED).forward}
    targets: dict[str, str] = {}
    for rule in rules.forward:
        if len(rule.source) == 1 and unicodedata.category(rule.source) == "Ll":
            targets.setdefault(rule.source, rule.target)
    vowels: list[str] = []
    consonants = [
        cluster for cluster in _language(language).get("clusters", ()) if set(cluster) <= set(targets)
    ]
    signs: list[str] = []
    for letter, target in sorted(targets.items()):
        plain = unicodedata.normalize("NFD", fixed.get(letter, target))
        latin = [char for char in plain if unicodedata.category(char) == "Ll"]
        if not latin:
            signs.append(letter)
        else:
            (vowels if latin[-1] in VOWELS else consonants).append(letter)
    return Letters(tuple(vowels), tuple(consonants), tuple(signs))


def known_words(language: str) -> tuple[list[str], list[str]]:
    """The words that the tables, and those of benchmarks, have of a language: frequent ones, and others."""
    frequent = list(_language(language).get("words", ()))
    names = [row[10] for row in _native() if row[9] == language]
    if language in ("uk", "ru"):
        pools = cyrillic(language)
        names = interleaved([names, *(list(pools[kind].words) for kind in _KINDS)])
    return frequent, [part for name in names for part in _PLAIN.findall(name)]


@cache
def _native() -> list[list[str]]:
    files = ((TABLES / "places" / f"{name}.tsv").read_text(encoding="utf-8") for name in _NATIVE)
    rows = [line.split("\t") for text in files for line in text.splitlines() if not line.startswith("#")]
    return [row for row in rows if len(row) > 10]


def _language(language: str) -> dict[str, list[str]]:
    name = OTHER_IDS.get(language, language)
    known = languages()
    return known.get(f"{name}-Cyrl") or known.get(name) or {}


def _is_written(word: str, letters: Letters) -> bool:
    """Whether the scheme has rules for all letters of a word."""
    alphabet = {
        char for group in (letters.vowels, letters.consonants, letters.signs) for one in group for char in one
    }
    return all(char in alphabet for char in word.lower() if char.isalpha())


def made_words(random: Random, letters: Letters) -> Iterator[str]:
    """Endless distinct words of one to five syllables."""
    known: set[str] = set()
    while True:
        count = random.choice((1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5))
        word = "".join(_syllable(random, letters) for _ in range(count))
        if word not in known:
            known.add(word)
            yield word


def _syllable(random: Random, letters: Letters) -> str:
    shape = random.choice(("cv", "cv", "cv", "cv", "cvc", "cvc", "v", "vc", "ccv"))
    parts: list[str] = []
    for one in shape:
        parts.append(random.choice(letters.consonants if one == "c" else letters.vowels))
        if one == "c" and letters.signs and random.random() < SIGNS:
            parts.append(random.choice(letters.signs))
    return "".join(parts)


def _paragraph(random: Random, pool: Pool) -> str:
    return " ".join(_sentence(random, pool) for _ in range(random.randint(3, 6)))


def _sentence(random: Random, pool: Pool) -> str:
    """Four to sixteen words: one in ten with a capital, few in capitals; figures, quotes, dashes, hyphens."""
    words = pool.take(random, random.randint(4, 16))
    words[0] = _titled(words[0])
    out: list[str] = []
    for index, word in enumerate(words):
        chance = random.random()
        for share, change in _DRESSES:
            if chance < share:
                word = change(random, word)
                break
            chance -= share
        out.append(word)
        if index + 1 < len(words):
            out.append(random.choices((" ", ", ", " — ", "; "), (86, 11, 2, 1))[0])
    return "".join(out) + random.choices((".", "?", "!", ":"), (90, 4, 3, 3))[0]


def _titled(word: str) -> str:
    return word[0].upper() + word[1:]


_DRESSES: Sequence[tuple[float, Callable[[Random, str], str]]] = (
    (0.1, lambda _, word: _titled(word)),
    (0.01, lambda _, word: word.upper()),
    (0.02, lambda _, word: f"«{_titled(word)}»"),
    (0.02, lambda random, _: str(random.randint(1, 2025))),
    (0.01, lambda _, word: f"{word}-{word}"),
    (0.005, lambda _, word: f"({word})"),
)
"""What becomes of a word, and how often."""
