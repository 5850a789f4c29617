"""Which language each Cyrillic word of a text is of, and so which scheme of the profile writes it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from normalize.reference.lexis import Languages
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import Language

SHARE = 5
"""One word of so many at least must tell of a language that is not presumed, if a document is to be in it."""
OLD_SHARE = 20
"""The same of an older spelling: its letters stand in fewer words, and can be of nothing else."""
WORDS_KEPT = 1 << 17
"""How many different words a chooser remembers."""
EVERY_LANGUAGE = "mul"
"""In a profile, the language whose scheme writes words of languages that the profile does not name."""
_WORD_CLASSES = ("latin", "cyrillic", "greek", "letter", "mark", "apostrophe", "hyphen", "invisible")


@dataclass(frozen=True, slots=True)
class Choice:
    """The language of a word, its scheme, and `why`: what told the language."""

    language: str
    scheme: str
    why: str


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word by itself, and of many others with it.

    `told` are the languages that it tells of, `writers` those with all its letters; `listed` says that it is
    a listed word, `shared` that it has a letter that tells presumed languages apart.
    """

    told: tuple[str, ...]
    writers: frozenset[str]
    listed: bool
    shared: bool


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
        apart = (chr(code) for code in (*range(0x100), *range(0x2000, 0x2070)))
        between = "".join(re.escape(char) for char in apart if not self._word.match(char))
        self._piece = re.compile(f"[^{between}]+")  # far faster than the exact class, which tells words in it
        self._pieces: dict[str, tuple[tuple[int, str], ...]] = {}
        self._words: dict[str, Word | None] = {}
        self._kinds: dict[frozenset[str], Word] = {}
        self._same, self._plain = self._letters_alike(ruleset, cyrillic)

    def _letters_alike(
        self, ruleset: Ruleset, languages: Sequence[Language]
    ) -> tuple[dict[int, str], re.Pattern[str]]:
        """For each letter one that is the same to all languages; and a pattern of words of such letters.

        Only letters in plain spelling are in it: with others a word is compared by another key.
        """
        clusters = {cluster for language in languages for cluster in language.clusters}
        first: dict[tuple[tuple[bool, bool], ...], str] = {}
        same: dict[int, str] = {}
        for letter in sorted({letter for language in languages for letter in language.alphabet}):
            tells = tuple((letter in one.alphabet, letter in one.exclusive) for one in languages)
            alike = first.setdefault(tells, letter)
            for written in {letter, letter.upper()}:
                if len(written) == 1 and ruleset.folder.key(written) == letter:
                    same[ord(written)] = alike
        ahead = f"(?!.*(?:{'|'.join(map(re.escape, sorted(clusters)))}))" if clusters else ""
        letters = "".join(re.escape(chr(code)) for code in same)
        return same, re.compile(f"{ahead}[{letters}]+", re.IGNORECASE)

    def counted(self, text: str) -> dict[str, int]:
        """The different words with a Cyrillic letter, and how often each stands in the text."""
        counts: dict[str, int] = {}
        for piece, count in Counter(self._piece.findall(text)).items():
            for _, word in self._inside(piece):
                counts[word] = counts.get(word, 0) + count
        return counts

    def words(self, text: str) -> list[tuple[int, int]]:
        """Where the words with a Cyrillic letter stand; a compound with hyphens is one."""
        return [match.span() for match in self._word.finditer(text) if self._known(match[0])]

    def _inside(self, piece: str) -> tuple[tuple[int, str], ...]:
        """The words with a Cyrillic letter in a part of a text without common signs, and their places."""
        try:
            return self._pieces[piece]
        except KeyError:
            if len(self._pieces) >= WORDS_KEPT:
                self._pieces.clear()
            matches = () if piece.isascii() else self._word.finditer(piece)
            found = tuple((match.start(), match[0]) for match in matches if self._known(match[0]))
            self._pieces[piece] = found
            return found

    def _known(self, word: str) -> Word | None:
        """What is known of a word by itself; None without a Cyrillic letter."""
        try:
            return self._words[word]
        except KeyError:
            if len(self._words) >= WORDS_KEPT:
                self._words.clear()
            known = self._words[word] = self._asked(word)
            return known

    def _asked(self, word: str) -> Word | None:
        if word.isascii():
            return None
        if not self._plain.fullmatch(word) or word.lower() in self._languages.listed:
            is_cyrillic = self._classes.script
            return self._made(word) if any(is_cyrillic(char) == "cyrillic" for char in word) else None
        kind = frozenset(word.translate(self._same))
        known = self._kinds.get(kind)
        if known is None:
            known = self._kinds[kind] = self._made(word)
        return known

    def _made(self, word: str) -> Word:
        letters = self._languages.letters(word)
        return Word(
            tuple(sorted(self._languages.of(word), key=lambda one: self._order.get(one, len(self._order)))),
            frozenset(language for language, alphabet in self._alphabets.items() if letters <= alphabet),
            self._languages.lists(word),
            bool(letters & self._telling),
        )

    def is_cyrillic(self, text: str) -> bool:
        """Whether the letters of a text are Cyrillic, all of them."""
        return {self._classes.script(char) for char in text} - {None} == {"cyrillic"}

    def of_document(self, words: Mapping[str, int]) -> list[str]:
        """The languages that the words of a text can be of, the likeliest first. `words` are `counted`."""
        points = dict.fromkeys(self._alphabets, 0)
        told = dict.fromkeys(self._alphabets, 0)
        kinds: dict[Word, int] = {}
        total = 0
        for word, count in words.items():
            known = self._known(word)
            if known is not None:
                kinds[known] = kinds.get(known, 0) + count
                total += count
        for word, count in kinds.items():
            for language in word.writers.union(word.told):
                writes, tells = language in word.writers, language in word.told
                base = self._spelling_of.get(language)
                is_of_base = writes and base in word.told
                # letters of a language in a word that it cannot write tell of its older spelling
                told[language] += count * (tells or (is_of_base and base not in word.writers))
                tells = tells or is_of_base or (writes and word.shared and language in self._presumed)
                points[language] += count * (writes + tells)
        possible = [
            language
            for language in self._alphabets
            if points[language]
            and (
                language in self._presumed
                or told[language] * (OLD_SHARE if language in self._spelling_of else SHARE) > total
            )
        ]
        return sorted(possible, key=lambda language: (-points[language], self._order[language]))

    def choose(self, word: str, document: Sequence[str]) -> Choice:
        """The choice for one word of a document in these languages, the likeliest first."""
        known = self._known(word) or self._made(word)
        return self._chosen(known, tuple(document))

    def schemes(self, words: Iterable[str], document: Sequence[str]) -> dict[str, str]:
        """The scheme of each of these words, which are words with a Cyrillic letter."""
        order = tuple(document)
        by_kind: dict[Word, str] = {}
        schemes: dict[str, str] = {}
        for word in words:
            known = self._known(word) or self._made(word)
            scheme = by_kind.get(known)
            if scheme is None:
                scheme = by_kind[known] = self._chosen(known, order).scheme
            schemes[word] = scheme
        return schemes

    def changes(self, text: str, schemes: Mapping[str, str]) -> Iterator[tuple[int, str]]:
        """Where in a text another scheme than before is to be used, and which; the first from the start."""
        pieces = self._piece.findall(text)
        wanted = {piece: {schemes[word] for _, word in self._inside(piece)} for piece in set(pieces)}
        main = Counter(scheme for some in wanted.values() for scheme in some).most_common(1)[0][0]
        odd = {piece for piece, some in wanted.items() if some - {main}}
        last, before, end = main, -1, 0
        yield 0, main
        is_odd = list(map(odd.__contains__, pieces))
        for number, match in compress(enumerate(self._piece.finditer(text)), is_odd):
            if number > before + 1 and last != main:
                yield end, main
                last = main
            for at, word in self._inside(match[0]):
                if schemes[word] != last:
                    last = schemes[word]
                    yield match.start() + at, last
            before, end = number, match.end()
        if last != main:
            yield end, main

    def _chosen(self, word: Word, document: tuple[str, ...]) -> Choice:
        told = list(word.told)
        writers = [one for one in document if one in word.writers]
        if not told and not writers:
            return self._choice(next(iter(self._schemes)), "profile")
        first = document[0] if document else ""
        rank = {language: place for place, language in enumerate(document)}
        if word.listed and writers and not any(one in rank for one in told):
            told = []  # a short word is listed for many languages, of which none is at hand
        if not told or (first in writers and (not word.listed or self._spelling_of.get(first) in told)):
            likely = (one for one in writers if one == first or one in self._presumed)
            return self._choice(next(likely, writers[0]), "letters" if first in told else "document")
        return self._choice(min(told, key=lambda one: rank.get(one, len(rank))), "letters")

    def _choice(self, language: str, why: str) -> Choice:
        schemes = self._schemes
        scheme = schemes.get(language) or schemes.get(EVERY_LANGUAGE) or next(iter(schemes.values()))
        return Choice(language, scheme, why)
