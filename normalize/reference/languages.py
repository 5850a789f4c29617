"""Which language each Cyrillic word of a text is of, and so which scheme of the profile writes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalize.reference.lexis import Languages
from normalize.ruleset.reader import Ruleset

SHARE = 5
"""One word of so many at least must tell of a language that is not presumed, if a document is to be in it."""
OLD_SHARE = 20
"""The same of an older spelling: its letters stand in fewer words, and can be of nothing else."""
EVERY_LANGUAGE = "mul"
"""In a profile, the language whose scheme writes words of languages that the profile does not name."""
_WORD_CLASSES = ("latin", "cyrillic", "greek", "letter", "mark", "apostrophe", "hyphen", "invisible")


@dataclass(frozen=True, slots=True)
class Choice:
    """The language of a word, its scheme, and `why`: what told the language."""

    language: str
    scheme: str
    why: str


class LanguageChooser:
    """Chooses for each word by its letters, then by its document, then by the order of the profile.

    A document's language is the one that writes most of its words; each word that tells of a language
    counts once more for it, and a letter that tells two presumed languages from others counts for both.
    """

    def __init__(self, ruleset: Ruleset, languages: Languages) -> None:
        self._languages = languages
        self._schemes = ruleset.profile_schemes
        self._classes = ruleset.classes
        self._word = re.compile(f"[{ruleset.classes.inside(*_WORD_CLASSES)}]+")
        cyrillic = [language for language in ruleset.languages if language.script == "cyrillic"]
        self._alphabets = {language.id: frozenset(language.alphabet) for language in cyrillic}
        self._spelling_of = {one.id: one.spelling_of for one in cyrillic if one.spelling_of}
        self._presumed = [language.id for language in cyrillic if language.presumed]
        self._telling = frozenset("".join(one.exclusive for one in cyrillic if one.presumed))
        order = [*self._schemes, *self._alphabets]
        self._order = {language: place for place, language in reversed(list(enumerate(order)))}

    def words(self, text: str) -> list[tuple[int, int]]:
        """Where the words with a Cyrillic letter stand; a compound with hyphens is one."""
        is_cyrillic = self._classes.script
        return [
            match.span()
            for match in self._word.finditer(text)
            if any(is_cyrillic(char) == "cyrillic" for char in match[0])
        ]

    def is_cyrillic(self, text: str) -> bool:
        """Whether the letters of a text are Cyrillic, all of them."""
        return {self._classes.script(char) for char in text} - {None} == {"cyrillic"}

    def of_document(self, words: Iterable[str]) -> list[str]:
        """The languages that the words of a text can be of, the likeliest first."""
        points = dict.fromkeys(self._alphabets, 0)
        told = dict.fromkeys(self._alphabets, 0)
        counts = Counter(words)
        for word, count in counts.items():
            letters, own = self._languages.letters(word), self._languages.of(word)
            shared = bool(letters & self._telling)
            for language, alphabet in self._alphabets.items():
                writes, tells = letters <= alphabet, language in own
                told[language] += count * tells
                tells = tells or (writes and shared and language in self._presumed)
                tells = tells or (writes and self._spelling_of.get(language) in own)
                points[language] += count * (writes + tells)
        possible = [
            language
            for language in self._alphabets
            if points[language]
            and (
                language in self._presumed
                or told[language] * (OLD_SHARE if language in self._spelling_of else SHARE) > counts.total()
            )
        ]
        return sorted(possible, key=lambda language: (-points[language], self._order[language]))

    def choose(self, word: str, document: Sequence[str]) -> Choice:
        """The choice for one word of a document in these languages, the likeliest first."""
        told = self._languages.of(word)
        letters = self._languages.letters(word)
        writers = [one for one in document if letters <= self._alphabets[one]]
        if not told and not writers:
            return self._choice(next(iter(self._schemes)), "profile")
        first = document[0] if document else ""
        rank = {language: place for place, language in enumerate(document)}
        is_listed = self._languages.lists(word)
        if is_listed and writers and not any(one in rank for one in told):
            told = []  # a short word is listed for many languages, of which none is at hand
        if not told or (first in writers and (not is_listed or self._spelling_of.get(first) in told)):
            likely = (one for one in writers if one == first or one in self._presumed)
            return self._choice(next(likely, writers[0]), "letters" if first in told else "document")
        return self._choice(min(told, key=lambda one: rank.get(one, len(rank))), "letters")

    def _choice(self, language: str, why: str) -> Choice:
        schemes = self._schemes
        scheme = schemes.get(language) or schemes.get(EVERY_LANGUAGE) or next(iter(schemes.values()))
        return Choice(language, scheme, why)
