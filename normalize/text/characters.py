"""Which class a character belongs to, and the same classes as sets for regular expressions.

The classes are those of `tables/unicode/characters.tsv`; what no range covers is punctuation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

PUNCTUATION = "punctuation"
CLASSES = (
    "latin",
    "cyrillic",
    "greek",
    "letter",
    "mark",
    "digit",
    "apostrophe",
    "hyphen",
    "invisible",
    "bidi",
    "space",
    "newline",
    "symbol",
)
SCRIPTS = ("latin", "cyrillic", "greek")
LETTERS = (*SCRIPTS, "letter")

Range = tuple[int, int, str]


class CharacterClasses:
    """The class of every character.

    Made from `(first, last, class name)` ranges of code points, both ends included, in any order and
    without overlaps. Immutable, safe to share between threads, and picklable.
    """

    __slots__ = ("_known", "_ranges", "_starts")

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._ranges: tuple[Range, ...] = tuple(sorted(ranges))
        self._starts = [first for first, _, _ in self._ranges]
        self._known: dict[str, str] = {}
        for (_, last, _), (first, _, _) in zip(self._ranges, self._ranges[1:], strict=False):
            if first <= last:
                raise ValueError(f"ranges of character classes overlap at U+{first:04X}")

    def __reduce__(self) -> tuple[type[CharacterClasses], tuple[tuple[Range, ...]]]:
        return CharacterClasses, (self._ranges,)

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The ranges, sorted by code point."""
        return self._ranges

    def of(self, char: str) -> str:
        """The class of one character: a name of `CLASSES`, or `PUNCTUATION`."""
        name = self._known.get(char)
        if name is None:
            name = self._known[char] = self._find(ord(char))
        return name

    def script(self, char: str) -> str | None:
        """`latin`, `cyrillic` or `greek` for a letter of one of these, `letter` for another, else None."""
        name = self.of(char)
        return name if name in LETTERS else None

    def is_letter(self, char: str) -> bool:
        return self.of(char) in LETTERS

    def inside(self, *names: str) -> str:
        """The inside of a bracketed set of all characters of these classes.

        Explicit ranges, so that an expression means the same whatever version of Unicode the
        library knows. Fit for `regex`, `re`, and Rust's `regex` alike.
        """
        wanted = [(first, last) for first, last, name in self._ranges if name in names]
        joined: list[tuple[int, int]] = []
        for first, last in wanted:
            if joined and first == joined[-1][1] + 1:
                joined[-1] = joined[-1][0], last
            else:
                joined.append((first, last))
        return "".join(_escape(a) if a == b else f"{_escape(a)}-{_escape(b)}" for a, b in joined)

    def charset(self, *names: str) -> str:
        """A bracketed set that matches one character of these classes."""
        return f"[{self.inside(*names)}]"

    def _find(self, code: int) -> str:
        index = bisect_right(self._starts, code) - 1
        if index >= 0 and code <= self._ranges[index][1]:
            return self._ranges[index][2]
        return PUNCTUATION


def _escape(code: int) -> str:
    """A code point as it may stand inside a bracketed set."""
    if code < 0x80 and not chr(code).isalnum():
        return f"\\x{code:02x}"
    return chr(code)
