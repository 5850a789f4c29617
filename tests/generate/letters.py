"""Words of the letters that a transliteration scheme has rules for, and their contexts."""

from __future__ import annotations

from random import Random

from normalize.scheme import SchemeRules

from .words import APOSTROPHES, HYPHENS, titled

STRESSES = ("\u0301", "\u0300")
OTHER = (
    "a",
    "I",
    "1",
    "l",
    "ʼ",
    "\u0308",
    "\u0306",
    "\u00ad",
    "\u200d",
    "Э",
    "ӏ",
    "Ӏ",
    "\u0131",
    "\u0130",
    "'",
    "😀",
)
BREAKS = (" ", " ", " ", ", ", "\n", "_", "/", "«", "\udcd0", "...")


class SchemeLetters:
    """The pieces of one direction of a scheme."""

    def __init__(self, rules: SchemeRules, reverse: bool) -> None:
        own = rules.reverse if reverse else rules.forward
        self._sources = list(dict.fromkeys(rule.source for rule in own)) or ["a"]
        contexts = (context for rule in own for context in (*rule.left, *rule.right))
        self._contexts = list(dict.fromkeys(one.strip("^").partition("/")[0] for one in contexts))
        self._words = [word for word, _ in (rules.reverse_words if reverse else rules.words)]
        self._typed = [sign for group in rules.typed for sign in group]

    def text(self, random: Random) -> str:
        """A few words."""
        return "".join(
            self._word(random) + random.choice(BREAKS) for _ in range(random.choice([1, 1, 2, 3, 6]))
        )

    def _word(self, random: Random) -> str:
        if self._words and random.randrange(5) == 0:
            word = random.choice(self._words)
        else:
            word = "".join(self._piece(random) for _ in range(random.choice([1, 2, 3, 4, 6, 9, 20])))
        how = random.randrange(10)
        if how < 3:
            return titled(word)
        if how == 3:
            return word.upper()
        if how == 4:
            return "".join(random.choice([char, char.upper()]) for char in word)
        return word

    def _piece(self, random: Random) -> str:
        how = random.randrange(20)
        if how < 12:
            return random.choice(self._sources)
        if how < 15 and self._contexts:
            return random.choice(self._contexts)
        if how == 15 and self._typed:
            return random.choice(self._typed)
        if how == 16:
            return random.choice(STRESSES)
        if how == 17:
            return random.choice([*APOSTROPHES, *HYPHENS])
        if how == 18:
            return random.choice(OTHER)
        return random.choice(self._sources).upper()
