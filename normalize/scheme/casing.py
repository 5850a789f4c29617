"""Upper and lower case, and the composition of letters with marks, from explicit tables.

Both engines take these from the same data, so that they agree whatever Unicode version the host knows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_CASED_BLOCKS = (
    (0x0041, 0x024F),
    (0x0370, 0x052F),
    (0x1C80, 0x1C8F),
    (0x1E00, 0x1FFF),
    (0x2C60, 0x2C7F),
    (0xA640, 0xA69F),
    (0xA720, 0xA7FF),
)
_MARKS = (0x0300, 0x036F)


def _mapping() -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class CaseTable:
    """Simple case pairs, and canonical compositions of a letter and one mark.

    `lowers` maps capitals to small letters and `uppers` the other way; `composed` maps a base and a
    mark, as one string of two code points, to the composed letter, and `decomposed` the other way.
    """

    lowers: Mapping[str, str] = field(default_factory=_mapping)
    uppers: Mapping[str, str] = field(default_factory=_mapping)
    composed: Mapping[str, str] = field(default_factory=_mapping)
    decomposed: Mapping[str, str] = field(default_factory=_mapping)

    @classmethod
    def from_pairs(
        cls, pairs: Iterable[tuple[str, str]], compositions: Iterable[tuple[str, str, str]] = ()
    ) -> CaseTable:
        """A table of `(capital, small)` pairs and `(base, mark, composed)` triples.

        Where a small letter has several capitals, the first pair gives its capital.
        """
        lowers: dict[str, str] = {}
        uppers: dict[str, str] = {}
        for upper, lower in pairs:
            lowers[upper] = lower
            uppers.setdefault(lower, upper)
        uppers.setdefault("ı", "I")  # Unicode's capital of it too, though I is first that of i
        composed = {base + mark: letter for base, mark, letter in compositions}
        return cls(lowers, uppers, composed, {letter: pair for pair, letter in composed.items()})

    @classmethod
    def default(cls) -> CaseTable:
        """A table made from the Unicode data of the running Python: for tests, not for engines."""
        letters = [chr(code) for first, last in _CASED_BLOCKS for code in range(first, last + 1)]
        pairs = [(char, char.lower()) for char in letters if char.lower() != char and len(char.lower()) == 1]
        marks = [chr(code) for code in range(_MARKS[0], _MARKS[1] + 1)]
        triples: list[tuple[str, str, str]] = []
        for letter in letters:
            parts = unicodedata.decomposition(letter).split()
            if len(parts) == 2 and not parts[0].startswith("<"):
                base, mark = (chr(int(part, 16)) for part in parts)
                if mark in marks and unicodedata.normalize("NFC", base + mark) == letter:
                    triples.append((base, mark, letter))
        return cls.from_pairs(pairs, triples)

    def dotted(self) -> CaseTable:
        """The same with the capitals of the Turkic alphabets: İ of i, and I of ı."""
        return CaseTable(
            {**self.lowers, "I": "ı", "İ": "i"},
            {**self.uppers, "i": "İ", "ı": "I"},
            {**self.composed, "ı\u0307": "i"},
            self.decomposed,
        )

    def is_cased(self, char: str) -> bool:
        """Whether `char` is a letter that has the other case, if need be in two code points."""
        return char in self.lowers or char in self.uppers or self.decomposed.get(char, " ")[0] in self.uppers

    def is_upper(self, char: str) -> bool:
        return char in self.lowers

    def lower(self, text: str) -> str:
        """`text` with every capital replaced by its small letter; as many code points as before."""
        lowers = self.lowers
        return "".join(lowers.get(char, char) for char in text)

    def upper(self, text: str) -> str:
        """`text` in capitals; a composed letter without a capital is taken apart first."""
        return "".join(self._upper_letter(char) for char in text)

    def title(self, text: str) -> str:
        """`text` with its first cased letter as a capital."""
        for index, char in enumerate(text):
            if self.is_cased(char):
                return text[:index] + self._upper_letter(char) + text[index + 1 :]
        return text

    def _upper_letter(self, char: str) -> str:
        upper = self.uppers.get(char)
        if upper is None and char not in self.lowers and char in self.decomposed:
            base, mark = self.decomposed[char]
            return self.uppers.get(base, base) + mark
        return upper or char
