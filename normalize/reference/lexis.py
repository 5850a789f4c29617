"""What is known of words apart from places: listed spellings, acronyms, numerals, languages."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from normalize.reference.folds import Folds
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import Language, Unit
from normalize.text.fold import Folder

ANY_CASE = "word"  # the class of listed words that are compared in any case


class Lexis:
    """Listed words by their exact form and by their skeleton."""

    def __init__(self, ruleset: Ruleset, folds: Folds) -> None:
        self._folds, self._folder = folds, ruleset.folder
        self._exact: set[str] = set()
        self._by_skeleton: dict[tuple[bool, str], dict[str, None]] = {}
        for word in ruleset.words:
            for form in self._forms(word.word) if word.group == ANY_CASE else (word.word,):
                self._exact.add(form)
                if len(set(folds.scripts(form))) == 1:
                    for strong in (False, True):
                        key = strong, folds.skeleton(form, strong=strong)
                        self._by_skeleton.setdefault(key, {})[form] = None
        self._lookalikes = frozenset(word.word for word in ruleset.lookalike_words)
        self._glossary = {entry.source: entry.target for entry in ruleset.glossary}
        self._units = ruleset.units
        pieces = "|".join(re.escape(one.text) for one in ruleset.signals if one.signal == "chess-piece")
        self._move = re.compile(f"(?:{pieces})?[a-h1-8]?x?[a-h][1-8](?:{pieces})?")
        self._indices = {one.text for one in ruleset.signals if one.signal == "quantity-index"}
        signals = {(signal.signal, signal.text) for signal in ruleset.signals}
        self._numeral_letters = {text for signal, text in signals if signal == "numeral-letter"}
        self._numeral_tails = {text for signal, text in signals if signal == "numeral-tail"}
        self._placeholders = {text for signal, text in signals if signal == "placeholder-letter"}
        self._vowels = {text for signal, text in signals if signal == "vowel"}

    def _forms(self, word: str) -> Sequence[str]:
        return (word, self._folder.reshape(word, "title"), self._folder.upper(word))

    def is_listed(self, text: str) -> bool:
        return text in self._exact

    def alike(self, text: str, *, strong: bool = False) -> list[str]:
        """Listed words of one script that look like `text`; by strong rows only, if asked."""
        found = self._by_skeleton.get((strong, self._folds.skeleton(text, strong=strong)), {})
        return [form for form in found if form != text]

    def is_lookalike_word(self, latin: str) -> bool:
        """Whether a Latin form is an English word that consists of look-alike letters only."""
        return latin in self._lookalikes

    def established(self, text: str) -> str | None:
        """The established Latin form of a Cyrillic acronym or word."""
        return self._glossary.get(text)

    def is_chess_move(self, text: str) -> bool:
        """Whether a chunk is a move in algebraic notation, with the initials of the pieces."""
        return self._move.fullmatch(text) is not None

    def is_quantity(self, text: str) -> bool:
        """Whether a chunk is the Latin symbol of a quantity with an abbreviation as its index."""
        return "A" <= text[:1] <= "Z" and text[1:] in self._indices

    def is_with_placeholder(self, text: str) -> bool:
        """Whether a chunk is a Cyrillic word and a letter to be filled in, where no ending has its twin."""
        word, last = text[:-1], text[-1:]
        if last not in self._placeholders or word[-1:] in self._vowels:
            return False
        scripts = self._folds.scripts(word)
        return len(scripts) > 2 and set(scripts) == {"cyrillic"}

    def unit(self, text: str) -> Unit | None:
        """The only unit of whose two symbols a chunk is a mixture, letter for letter.

        A letter that looks like the symbol's leaves in doubt which unit is meant, so it counts too.
        """
        found = [unit for unit in self._units if self._is_mixture(text, unit, twins=True)]
        return found[0] if len(found) == 1 and self._is_mixture(text, found[0], twins=False) else None

    def _is_mixture(self, text: str, unit: Unit, *, twins: bool) -> bool:
        return len(text) == len(unit.latin) and all(
            char in (latin, cyrillic)
            or (
                twins
                and (
                    self._folds.letter(char, "latin", (), ("strong",)) == latin
                    or self._folds.letter(char, "cyrillic", (), ("strong",)) == cyrillic
                )
            )
            for char, latin, cyrillic in zip(text, unit.latin, unit.cyrillic, strict=True)
        )

    def is_numeral_with_tail(self, text: str) -> bool:
        """Whether a Roman numeral in Latin letters is followed by a tail that numerals take."""
        for cut in range(1, len(text)):
            head, tail = text[:cut], text[cut:]
            is_tail = tail in self._numeral_letters or (cut > 1 and tail in self._numeral_tails)
            if is_tail and set(self._folds.scripts(head)) == {"latin"} and self._folds.roman(head) == head:
                return True
        return False


class Languages:
    """Tells the Cyrillic language of a word, from its letters and then from the text around it."""

    def __init__(self, languages: Sequence[Language], folds: Folds, folder: Folder) -> None:
        self._latin_words: dict[str, set[str]] = {}
        self._latin_letters: dict[str, set[str]] = {}
        for language in languages:
            if language.script == "latin":
                for word in language.words:
                    self._latin_words.setdefault(word, set()).add(language.id)
                for letter in language.exclusive:
                    self._latin_letters.setdefault(letter, set()).add(language.id)
        self._languages = [language for language in languages if language.script == "cyrillic"]
        self._by_id = {language.id: language for language in self._languages}
        self._folder = folder
        presumed = {letter for one in self._languages if one.presumed for letter in one.alphabet}
        self._telling_letters: dict[str, list[Language]] = {}
        for language in self._languages:
            for letter in language.exclusive:
                if language.presumed or letter not in presumed:
                    self._telling_letters.setdefault(letter, []).append(language)
        self._words: dict[str, list[Language]] = {}
        for language in self._languages:
            for word in language.words:
                listed = self._words.setdefault(word, [])
                if language not in listed:
                    listed.append(language)
        self._function_words = {
            word
            for language in self._languages
            if language.presumed
            for word in language.words
            if len(word) > 1 and folds.fold(word, "latin", (), ("strong",)) is None
        }
        self._known: dict[str, list[str]] = {}

    def of(self, word: str, fallback: Sequence[str] = ()) -> list[str]:
        """Languages that the word can be of, the likeliest first; `fallback` where nothing tells."""
        return self._telling(self._folder.key(word)) or list(fallback)

    def of_latin_text(self, words: Sequence[str]) -> frozenset[str]:
        """The languages in Latin letters that most words of a text tell of; empty where none does.

        A function word or a telling letter tells; words with a capital (names, mostly) are not asked.
        """
        counts: dict[str, int] = {}
        for word in words:
            told = self._latin_words.get(word, set[str]())
            if not word.isascii() and self._folder.key(word) == word:
                told = told.union(*(self._latin_letters.get(letter, ()) for letter in word))
            for language in told:
                counts[language] = counts.get(language, 0) + 1
        most = max(counts.values(), default=0)
        return frozenset(language for language, count in counts.items() if most and count == most)

    def of_mixed(self, word: str, fallback: Sequence[str] = ()) -> list[str]:
        """The same for a word with foreign letters: a presumed language of its own does not hinder.

        What tells of a presumed language may be left of a word of another, so then the first language
        of the document is asked too.
        """
        own = self._telling(self._folder.key(word))
        if any(not self._by_id[language].presumed for language in own):
            return own
        return [*fallback[:1], *own]

    @property
    def listed(self) -> Container[str]:
        """The listed words of all languages, as they are compared."""
        return self._words.keys()

    def lists(self, word: str) -> bool:
        """Whether the word is listed for a language."""
        return self._folder.key(word) in self._words

    def letters(self, word: str) -> frozenset[str]:
        """The different Cyrillic letters of the word, in lower case."""
        script = self._folder.classes.script
        return frozenset(char for char in self._folder.key(word) if script(char) == "cyrillic")

    def is_function_word(self, word: str) -> bool:
        """Whether a presumed language lists the word, and no Latin word can look like it."""
        return self._folder.key(word) in self._function_words

    def of_text(self, words: Iterable[str]) -> list[str]:
        """The languages of a text by its words, the one that most words tell of first."""
        counts: dict[str, int] = {}
        for word in words:
            for language in self._telling(self._folder.key(word)):
                counts[language] = counts.get(language, 0) + 1
        order = {language.id: (not language.presumed, n) for n, language in enumerate(self._languages)}
        return sorted(counts, key=lambda language: (-counts[language], order[language]))

    def never_begins(self, word: str, languages: Sequence[str]) -> bool:
        """Whether no word of these languages (or of any presumed one) begins as this does."""
        key = self._folder.key(word)
        asked = [self._by_id[one] for one in languages if one in self._by_id]
        asked = asked or [language for language in self._languages if language.presumed]
        return any(key.startswith(beginning) for language in asked for beginning in language.never_initial)

    def _telling(self, key: str) -> list[str]:
        known = self._known.get(key)
        if known is None:
            if len(self._known) > 1 << 15:
                self._known.clear()
            known = self._known[key] = self._find(key)
        return known

    def _find(self, key: str) -> list[str]:
        """By letters, where a language that has them beats its neighbours; and by listed words.

        Of the languages of its letters, a listed word is of those that list it; letters that only tell one
        presumed language from another tell less than a list.
        """
        by_letters = [one for letter in key for one in self._telling_letters.get(letter, ())]
        by_letters += [one for one in self._languages if any(cluster in key for cluster in one.clusters)]
        by_letters = list({one.id: one for one in by_letters}.values())
        by_letters = [language for language in by_letters if self._writes(language, key)] or by_letters
        beaten = {other for language in by_letters for other in language.beats}
        told = [language for language in by_letters if language.id not in beaten]
        listed = self._words.get(key, [])
        if not told or not listed:
            return [language.id for language in told or listed]
        both = [language for language in told if language in listed]
        if not both and all(language.presumed for language in told):
            both = [language for language in listed if self._writes(language, key)]
        return [language.id for language in both or told]

    def _writes(self, language: Language, key: str) -> bool:
        script = self._folder.classes.script
        return all(char in language.alphabet for char in key if script(char) == "cyrillic")
