"""Words that a name of a little known place may also be: common words, personal names, towns abroad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from normalize.dictionaries.hunspell import Affix, Affixes
from tools.gazetteer.geonames import Entry

WELL_KNOWN_ABROAD = 15_000  # people in a town abroad whose name alone is taken for it


@dataclass(frozen=True, slots=True)
class Words:
    """Comparison keys of words, each set with the reason that it stands for."""

    sets: Mapping[str, frozenset[str]]

    def reason(self, key: str) -> str:
        """Why the key is no sure name of a place; "" if nothing is known against it."""
        return next((reason for reason, words in self.sets.items() if key in words), "")


def plain_words(path: Path) -> Iterator[str]:
    """The words of a list that has one a line."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            yield line.strip()


def census_names(directory: Path) -> Iterator[str]:
    """Given names and surnames of the PyPI package `names` (United States Census, 1990)."""
    for path in sorted(directory.glob("dist.*")):
        for line in plain_words(path):
            if line:
                yield line.split()[0]


def hunspell_words(dictionary: Path, affixes: Path) -> Iterator[str]:
    """All forms of a hunspell dictionary's words that its suffix rules make."""
    read = Affixes.read(affixes)
    rules: dict[str, list[Affix]] = defaultdict(list)
    for suffixes in read.suffixes.values():
        for suffix in suffixes:
            rules[suffix.flag].append(suffix)
    for word, flags in read.entries(dictionary):
        yield word
        for flag in read.flags(flags):
            for suffix in rules.get(flag, ()):
                if suffix.follows(word):
                    yield word[: len(word) - len(suffix.taken)] + suffix.added


def abroad(entries: Iterable[Entry]) -> tuple[set[str], set[str]]:
    """Names of towns outside Ukraine: of well known ones, and of all others."""
    known: set[str] = set()
    other: set[str] = set()
    for entry in entries:
        if entry.country != "UA":
            names = known if entry.population >= WELL_KNOWN_ABROAD else other
            names.update((entry.name, *(one for one in entry.alternates if len(one) > 2)))
    return known, other


def keys(words: Iterable[str], key: Callable[[str], str], *, small_only: bool = False) -> frozenset[str]:
    """Comparison keys of words; with `small_only` of those that are written small."""
    return frozenset(key(word) for word in words if word and (not small_only or word[:1].islower()))


def listed(sources: Path, key: Callable[[str], str], given: Iterable[str]) -> Words:
    """Words and personal names of the lists in `sources`, and given names besides; without places."""
    ukrainian = list(plain_words(sources / "wukrainian" / "dict" / "ukrainian"))
    hunspell = sources / "hunspell-ru" / "hunspell"
    russian = list(hunspell_words(hunspell / "ru_RU.dic", hunspell / "ru_RU.aff"))
    english = list(plain_words(sources / "wamerican-large" / "american-english-large"))
    census = census_names(sources / "names-0.3.0" / "names")
    return Words(
        {
            "an English word": keys(english, key, small_only=True),
            "a Ukrainian word": keys(ukrainian, key, small_only=True),
            "a Russian word": keys(russian, key, small_only=True),
            "a personal name": keys((*census, *given), key),
            "a Ukrainian name": keys(ukrainian, key),
            "a Russian name": keys(russian, key),
        }
    )
