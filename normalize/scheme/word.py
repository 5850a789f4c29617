"""A word as rules see it: small letters, composed, with marks kept apart, and where each stood.

One `Word` is made per word of the text; all indexes into `text` of the word are units, and `starts`
maps them to code points of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from normalize.scheme.casing import CaseTable

APOSTROPHE = "\u2019"
"""The apostrophe as rules write it."""
APOSTROPHES = "'\u2019\u02bc\u2018\u02b9\u2032\u00b4"
"""Signs that are the same apostrophe when they stand between two letters."""
LOOSE_APOSTROPHES = "`"
"""Signs that hold a word together like an apostrophe, but stay as they are: they are also mark-up."""
GRAVE, ACUTE = "\u0300", "\u0301"
"""Marks of secondary and main stress."""
INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"
"""Soft hyphen and joiners: they may stand in a word and mean nothing to its rules."""
MARK_RANGES = "\u0300-\u036f\u0483-\u0489"
_ALL_APOSTROPHES = APOSTROPHES + LOOSE_APOSTROPHES
_TRANSPARENT = re.compile(f"[{MARK_RANGES}{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Word:
    """The units of one word.

    `text` has one code point a unit: small letters, marks, invisible signs, and every apostrophe as
    U+2019 (a loose one as itself). `starts` has the source position of each unit and, last, the end of
    the word. `capitals` tells which units were capitals, `letters` is `text` without what contexts look
    through, and `before` the number of such letters before each unit (and, last, their number).
    """

    text: str
    starts: tuple[int, ...]
    capitals: tuple[bool, ...]
    letters: str
    before: tuple[int, ...]


def is_transparent(char: str) -> bool:
    """Whether contexts look through `char`: a combining mark or an invisible sign."""
    return _TRANSPARENT.match(char) is not None


class WordReader:
    """Finds the words of a text and reads them for a given alphabet.

    `alphabet` holds the small letters, and signs, that the sources of rules are made of. A letter that
    is written with a mark is read as the composed letter, except with a mark of `accents`, which is read
    apart (even where it stands composed) unless the alphabet has that very letter. Each of `typed` is a
    letter and the signs that are typed for it: directly after a letter of the alphabet, or before two of
    them at the beginning of a word (but no digit there), they are read as it.
    """

    __slots__ = ("_accents", "_alphabet", "_case", "_split", "_touched", "_typed", "_words")

    def __init__(
        self, alphabet: Iterable[str], case: CaseTable, accents: str = GRAVE, typed: Iterable[str] = ()
    ) -> None:
        self._alphabet = frozenset(
            char for char in alphabet if char != APOSTROPHE and not is_transparent(char)
        )
        self._case = case
        self._accents = accents
        self._split = {
            letter: pair
            for letter, pair in case.decomposed.items()
            if pair[1] in accents and case.lowers.get(letter, letter) not in self._alphabet
        }
        self._typed = {sign: one[0] for one in typed for sign in one[1:]}
        letters = {*self._alphabet, *case.lowers, *case.uppers, *self._typed}
        letter, mark = _set(letters), f"[{MARK_RANGES}{INVISIBLE}]"
        apostrophe = _set(char for char in _ALL_APOSTROPHES if char not in self._alphabet)
        self._words = re.compile(f"{letter}{mark}*(?:{apostrophe}?{letter}{mark}*)*")
        small, known = case.lowers.get, self._alphabet
        touched = {char for char in letters if small(char, char) in known}
        touched |= {char for char, (base, _) in self._split.items() if small(base, base) in known}
        bases = {pair[0] for pair, letter in case.composed.items() if small(letter, letter) in known}
        self._touched = re.compile(_set(touched | bases))

    @property
    def alphabet(self) -> frozenset[str]:
        return self._alphabet

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The words of `text` with a letter that the rules may change, as code points."""
        if not self._touched.search(text):
            return []
        return [
            match.span()
            for match in self._words.finditer(text)
            if self._touched.search(text, match.start(), match.end())
        ]

    def read(self, text: str, start: int, end: int) -> Word:
        """The word that stands at `start` to `end` of `text`."""
        chars: list[str] = []
        starts: list[int] = []
        capitals: list[bool] = []
        case, alphabet = self._case, self._alphabet
        base = 0
        for index in range(start, end):
            char = text[index]
            small = case.lowers.get(char, char)
            capital = char in case.lowers
            if char in self._typed and self._beside(char, chars, text[index + 1 : min(index + 3, end)]):
                small, base = self._typed[char], len(chars)
                if chars:  # such a sign tells nothing of case: the next letter does, or the one before
                    after = text[index + 1 : min(index + 2, end)]
                    capital = case.is_upper(after) if case.is_cased(after) else capitals[-1]
            elif is_transparent(char):
                alone = all(mark in GRAVE + ACUTE for mark in chars[base + 1 :])
                joined = case.composed.get(chars[base] + char) if alone else None
                if joined and (joined in alphabet or char not in self._accents):
                    chars[base] = joined
                    continue
            else:
                base = len(chars)
                if char in self._split:
                    letter, accent = case.decomposed[char]
                    chars += (case.lowers.get(letter, letter), accent)
                    starts += (index, index + 1)
                    capitals += (letter in case.lowers, False)
                    continue
                if char in APOSTROPHES and char not in alphabet:
                    small = APOSTROPHE
            chars.append(small)
            starts.append(index)
            capitals.append(capital)
        seen = [not is_transparent(char) for char in chars]
        before = [0]
        for one in seen:
            before.append(before[-1] + one)
        letters = "".join(self._plain(char) for char, one in zip(chars, seen, strict=True) if one)
        return Word("".join(chars), (*starts, end), tuple(capitals), letters, tuple(before))

    def _beside(self, sign: str, chars: list[str], following: str) -> bool:
        """Whether a sign between `chars`, already read, and `following` stands for a letter."""
        if chars:
            return chars[-1] in self._alphabet
        small = [char for char in self._case.lower(following) if char in self._alphabet]
        return len(small) > 1 and not sign.isdigit()

    def _plain(self, char: str) -> str:
        """What contexts see of a unit: a loose apostrophe as any other, unless it is itself a letter."""
        return APOSTROPHE if char in LOOSE_APOSTROPHES and char not in self._alphabet else char


def _set(chars: Iterable[str]) -> str:
    return "[" + re.escape("".join(sorted(chars))) + "]"
