"""Which originals a Latin word can have under a scheme, and so which scheme a text was written by.

A scheme fits a word if some string of its own letters becomes that word; the fewer letters say it, the
better it fits (the shortest description wins).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from heapq import heappop, heappush
from itertools import islice
from math import inf

from normalize.scheme.rules import KEEP, Rule, SchemeRules
from normalize.scheme.word import APOSTROPHE, APOSTROPHES, MARK_RANGES

Forward = Callable[[str], str]
TRIED = 60
"""How many originals of one word are tried, the likeliest first."""
UNEXPLAINED = 16.0
"""Bits for each letter of a word that no original explains: about three times what a letter costs."""
LETTER = 5.0
"""Bits that a letter costs in any alphabet: alphabets differ by less than they tell."""
FOREIGN = 6.0
"""Bits that a letter costs more if the language does not write it."""
UNREAD = 8.0
"""Bits for a sign at the end of a word that is taken for a quotation mark."""
RETYPED = 2.0
"""Bits for a sign that is typed in another style than the scheme's, such as an apostrophe for a prime."""
DOUBLE = "\u201d"
_FOLD = str.maketrans(dict.fromkeys(APOSTROPHES, APOSTROPHE) | dict.fromkeys('"\u02ba\u2033\u201c', DOUBLE))
_INNER = re.escape(APOSTROPHES + "`\u00b7\u02ba\u2033\u201d")
_WORD = re.compile(f"[^\\W\\d_][{MARK_RANGES}\\w{_INNER}]*")
_TAIL = APOSTROPHES + "`\u201d\u02ba\u2033\u00b7"


def latin_words(text: str) -> list[str]:
    """The words of a text as they stand, with signs inside and behind them that can stand for letters."""
    return _WORD.findall(text)


class Decoder:
    """Finds originals of Latin words, which are in lower case.

    `forward`, which its methods take, is the scheme from its own letters to Latin. `alphabet` are the
    letters of the scheme's language, without which all letters of the scheme are as likely.
    """

    def __init__(self, scheme: SchemeRules, alphabet: str = "") -> None:
        letters = set("".join(rule.source for rule in scheme.forward))
        own = letters & set(alphabet) or letters
        self._bits = {letter: LETTER if letter in own else LETTER + FOREIGN for letter in letters}
        self._bits.setdefault(APOSTROPHE, LETTER)
        self._by_target: dict[str, list[tuple[float, Rule]]] = {}
        rules = list(scheme.forward)
        rules += [Rule(word, rendering) for word, rendering in scheme.words if letters.issuperset(word)]
        if scheme.apostrophe:
            sign = APOSTROPHE if scheme.apostrophe == KEEP else scheme.apostrophe
            rules.append(Rule(APOSTROPHE, sign))
        for rule in rules:
            if rule.target:
                seen = replace(rule, right=(), right_edge=False)
                self._by_target.setdefault(_folded(rule.target), []).append((self._price(rule.source), seen))
        self._longest = max(map(len, self._by_target), default=0)
        self._alphabet = frozenset("".join(self._by_target))

    def cost(self, word: str, forward: Forward) -> float:
        """The bits that the likeliest original of `word` takes; infinite where there is none.

        A sign at the end that the scheme does not know is taken for a quotation mark.
        """
        found, unread = self._cost(word, forward), 0
        while found == inf and word[-1] in _TAIL:
            word, unread = word[:-1], unread + 1
            found = self._cost(word, forward)
        return found + unread * UNREAD

    def original(self, word: str, forward: Forward) -> str | None:
        """The likeliest original of `word`; None where there is none."""
        wanted = _folded(word)
        if not self._alphabet.issuperset(wanted):
            return None
        tried = islice(self._candidates(wanted), TRIED)
        return next((one for one in tried if _folded(forward(one)) == wanted), None)

    def _cost(self, word: str, forward: Forward) -> float:
        original = self.original(word, forward)
        if original is None:
            return inf
        pairs = zip(forward(original), word, strict=False)
        return self._price(original) + RETYPED * sum(one != other for one, other in pairs)

    def _candidates(self, wanted: str) -> Iterator[str]:
        """Strings that become `wanted` where contexts to the right allow it, the cheapest first."""
        rest = self._rests(wanted)
        if rest[0] == inf:
            return
        queue: list[tuple[float, str, int, float]] = [(rest[0], "", 0, 0.0)]
        while queue:
            _, source, at, spent = heappop(queue)
            if at == len(wanted):
                yield source
                continue
            for end in range(at + 1, min(len(wanted), at + self._longest) + 1):
                if rest[end] == inf:
                    continue
                for price, rule in self._by_target.get(wanted[at:end], ()):
                    if rule.holds(source, ""):
                        total = spent + price
                        heappush(queue, (total + rest[end], source + rule.source, end, total))

    def _rests(self, wanted: str) -> list[float]:
        """For each place in `wanted`, what the rest of it costs at the least."""
        rest = [inf] * len(wanted) + [0.0]
        for at in range(len(wanted) - 1, -1, -1):
            for end in range(at + 1, min(len(wanted), at + self._longest) + 1):
                rules = self._by_target.get(wanted[at:end])
                if rules and rest[end] < inf:
                    rest[at] = min(rest[at], rest[end] + min(price for price, _ in rules))
        return rest

    def _price(self, original: str) -> float:
        return sum(self._bits[letter] for letter in original)


def _folded(text: str) -> str:
    return text.translate(_FOLD)
