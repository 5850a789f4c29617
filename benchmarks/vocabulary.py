"""The words that inputs are made of, from `benchmarks/words/` and from the project's own tables and texts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORDS = HERE / "words"
TABLES = ROOT / "tables"
_FILES = {"en": "english", "uk": "ukrainian", "ru": "russian"}
_VOWELS = "aeiou"
_SENTENCE = re.compile(r"(?<=[.:]) (?=[A-Z])")
_PLAIN = re.compile(r"[A-Z][a-z]+(?:,? [a-z]+(?:-[a-z]+)*)+[.]")


@dataclass(frozen=True)
class Pool:
    """Words and how often each is taken: the n-th in proportion to 1 / (n + 8), as in a language."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, words: list[str]) -> Pool:
        distinct = tuple(dict.fromkeys(words))
        return cls(distinct, tuple(accumulate(1 / (rank + 8) for rank in range(len(distinct)))))

    def take(self, random: Random, count: int) -> list[str]:
        """`count` words, drawn at random."""
        return random.choices(self.words, cum_weights=self.weights, k=count)


def english() -> dict[str, Pool]:
    """Pools of English words by part of speech; verbs by form too."""
    lists = {key: text.split() for key, text in _read("english").items() if isinstance(text, str)}
    verbs = lists.pop("verbs")
    nouns = lists["nouns"]
    pools = {key: Pool.of(words) for key, words in lists.items()}
    return pools | {
        "plurals": Pool.of([plural(noun) for noun in nouns]),
        "verbs": Pool.of(verbs),
        "verbs_s": Pool.of([plural(verb) for verb in verbs]),
        "verbs_ed": Pool.of([past(verb) for verb in verbs]),
        "verbs_ing": Pool.of([gerund(verb) for verb in verbs]),
    }


def cyrillic(language: str) -> dict[str, Pool]:
    """Pools of Ukrainian (`uk`) or Russian (`ru`) words by part of speech, in all their forms."""
    read = _read(_FILES[language])
    endings, stems = read["endings"], read["words"]
    lists = {key: text.split() for key, text in read["whole"].items()}
    forms = {
        kind: [stem + ending for stem in text.split() for ending in endings[kind]]
        for kind, text in stems.items()
    }
    nouns = [forms[kind] for kind in forms if kind.startswith(("masculine", "feminine", "neuter"))]
    adjectives = [forms[kind] for kind in forms if kind.startswith("adjective")]
    function = _of_tables(language)["words"]
    column = {"uk": 3, "ru": 4}[language]
    return {key: Pool.of(words) for key, words in lists.items()} | {
        "noun": Pool.of(interleaved(nouns)),
        "adjective": Pool.of(interleaved(adjectives)),
        "verb": Pool.of(forms["verb"]),
        "function": Pool.of(function),
        "place": Pool.of([row[column] for row in settlements() if row[column] and row[2] == "UA"]),
    }


def cyrillic_letters(language: str) -> str:
    """The small letters of the language."""
    return str(_of_tables(language)["alphabet"])


def cyrillic_vowels(language: str) -> str:
    """The small letters that may bear a stress mark."""
    return str(_read(_FILES[language])["vowels"])


def templates(language: str) -> dict[str, list[str]]:
    """The sentences of a language (`en`, `uk` or `ru`), by what they are for."""
    return {key: value for key, value in _read(_FILES[language]).items() if isinstance(value, list)}


def settlements() -> list[list[str]]:
    """The rows of `tables/places/settlements.tsv`, the most prominent places first."""
    lines = (TABLES / "places" / "settlements.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return sorted(rows, key=lambda row: -int(row[5] or 0))


def own_sentences() -> list[str]:
    """Plain English sentences out of the project's own documents, without code, names or figures."""
    found: list[str] = []
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md",
                 ROOT / "docs" / "ruleset.md", ROOT / "tables" / "README.md"):  # fmt: skip
        text = " ".join(path.read_text(encoding="utf-8").split())
        found += [sentence for sentence in _SENTENCE.split(text) if _PLAIN.fullmatch(sentence)]
    return list(dict.fromkeys(found))


def plural(word: str) -> str:
    """`cities`, `boxes`, `days`: the regular plural, and the third person of a verb."""
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def past(verb: str) -> str:
    """The regular past tense."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def gerund(verb: str) -> str:
    """The regular form in -ing."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe")):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    """`stop` as it stands before an ending: `stopp`. Only short verbs, where the rule is sure."""
    short = len(verb) <= 4 and sum(letter in _VOWELS for letter in verb) == 1
    closed = len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS
    return verb + verb[-1] if short and closed else verb


def interleaved(lists: list[list[str]]) -> list[str]:
    """One list of all, the members of each spread over it evenly."""
    placed = [(index / len(words), word) for words in lists for index, word in enumerate(words)]
    return [word for _, word in sorted(placed, key=lambda pair: pair[0])]


@cache
def languages() -> dict[str, dict[str, Any]]:
    """What `tables/scripts/languages.toml` says of each language, by its id."""
    tables = tomllib.loads((TABLES / "scripts" / "languages.toml").read_text(encoding="utf-8"))
    return {str(one["id"]): one for one in tables["language"]}


def _of_tables(language: str) -> dict[str, Any]:
    return languages()[language]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))
