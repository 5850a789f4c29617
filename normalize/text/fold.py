"""Foldings of words for comparison, and carrying the case of one word to another.

What is folded here is compared, never reported: findings keep the text as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from normalize.text.characters import CharacterClasses

Shape = str
LOWER, UPPER, TITLE, MIXED = "lower", "upper", "title", "mixed"

APOSTROPHE = "'"
KEYS_KEPT = 1 << 15  # texts repeat their words, so keys are worth keeping; but not without bound
GRAVE, ACUTE = "\u0300", "\u0301"  # printed over a stressed vowel; never part of a spelling
STRESS_MARKS = GRAVE + ACUTE


class Folder:
    """Composition, lower case, comparison keys and shapes of words.

    `case` holds (upper, lower) pairs; of several capitals of a letter the first counts.
    `compositions` holds (base, mark, composed); with an empty mark, base is a double of composed.
    Immutable and picklable.
    """

    def __init__(
        self,
        case: Iterable[tuple[str, str]],
        compositions: Iterable[tuple[str, str, str]],
        classes: CharacterClasses,
    ) -> None:
        self.classes = classes
        self._lower = dict(case)
        self._upper: dict[str, str] = {}
        for upper, lower in self._lower.items():
            self._upper.setdefault(lower, upper)
        self._lowering = str.maketrans(self._lower)
        self._uppering = str.maketrans(self._upper)
        self._pairs: dict[str, dict[str, str]] = {}
        self._unstressed: dict[str, str] = {}
        doubles: dict[str, str] = {}
        for base, mark, composed in compositions:
            if not mark:
                doubles[base] = composed
                continue
            self._pairs.setdefault(mark, {})[base] = composed
            if mark == GRAVE and classes.of(base) == "cyrillic":
                self._unstressed[composed] = base
        self._doubles = str.maketrans(doubles)
        self._keys: dict[str, str] = {}
        self._joining = frozenset(self._pairs)

    def compose(self, text: str) -> str:
        """Each letter joined with the marks that directly follow it, where Unicode has one for both."""
        text = text.translate(self._doubles)
        if self._joining.isdisjoint(text):
            return text
        out: list[str] = []
        for char in text:
            pairs = self._pairs.get(char)
            composed = pairs.get(out[-1]) if pairs and out else None
            if composed is None:
                out.append(char)
            else:
                out[-1] = composed
        return "".join(out)

    def lower(self, text: str) -> str:
        """Lower case by simple pairs: one character stays one character, whatever the locale."""
        return text.translate(self._lowering)

    def upper(self, text: str) -> str:
        """Capitals by simple pairs; a letter without a capital stays."""
        return text.translate(self._uppering)

    def key(self, word: str) -> str:
        """What words are compared by.

        Composed, in lower case, with one sort of apostrophe, without the stress marks of Cyrillic
        letters and without invisible characters.
        """
        known = self._keys.get(word)
        if known is None:
            if len(self._keys) >= KEYS_KEPT:
                self._keys.clear()
            known = self._keys[word] = self._key(word)
        return known

    def _key(self, word: str) -> str:
        if word.isascii():
            return self.lower(word).replace("`", APOSTROPHE)
        of = self.classes.of
        out: list[str] = []
        for char in self.lower(self.compose(self.visible(word))):
            name = of(char)
            if name == "apostrophe":
                out.append(APOSTROPHE)
            elif name == "cyrillic":
                out.append(self._unstressed.get(char, char))
            elif not (char in STRESS_MARKS and out and of(out[-1]) == "cyrillic"):
                out.append(char)
        return self.compose("".join(out))  # a dropped stress mark may have kept a letter from its own

    def visible(self, text: str) -> str:
        """The text without its invisible characters and signs of direction."""
        of = self.classes.of
        return "".join(char for char in text if of(char) not in ("invisible", "bidi"))

    def is_upper(self, char: str) -> bool:
        return char in self._lower

    def shape(self, word: str) -> Shape:
        """`lower`, `upper`, `title` or `mixed`; a single capital is `title`, no letters is `lower`."""
        letters = [char for char in word if self.classes.is_letter(char)]
        capitals = [self.is_upper(char) for char in letters]
        if not any(capitals):
            return LOWER
        if len(letters) > 1 and all(capitals):
            return UPPER
        return TITLE if capitals[0] and not any(capitals[1:]) else MIXED

    def reshape(self, text: str, shape: Shape) -> str:
        """`text` in the given shape; `mixed` leaves it as it is.

        `title` raises the first letter only: what follows keeps the case that the text has.
        """
        if shape == LOWER:
            return self.lower(text)
        if shape == UPPER:
            return self.upper(text)
        if shape == TITLE:
            for index, char in enumerate(text):
                if self.classes.is_letter(char):
                    return text[:index] + self.upper(char) + text[index + 1 :]
        return text
