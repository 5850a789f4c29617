"""What a transliteration scheme is, as plain data: nothing but str, int, bool and tuples of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

KEEP = "keep"
"""As `apostrophe` or `stress` of a scheme: leave the sign as it stands."""
DROP = "drop"
"""As `stress` of a scheme: remove the mark."""
NO = "no"
"""As `reversible` of a scheme: its output can be read in several ways."""
EDGE_MARK = "^"
"""In a context, before or after letters: the end of the word."""
NEAREST = "/"
"""In a context, `WANTED/KIND`: the nearest letter of KIND on that side, however far, is one of WANTED.
Without WANTED: no letter of KIND stands on that side."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One letter, or several, and what they become, perhaps only in some neighbourhoods.

    `source` and `target` are in lower case. `left` and `right` are the strings of which one must stand
    directly before or after, in lower case and without stress marks; an apostrophe in them is U+2019, unless
    it is a letter of the scheme.
    A string may begin (on the left) or end (on the right) with `EDGE_MARK`, and one with `NEAREST` looks
    further than the next letters. `left_edge` and `right_edge` say that the beginning or the end of a word
    will do as well. A side with neither strings nor edge asks nothing.
    """

    source: str
    target: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    left_edge: bool = False
    right_edge: bool = False

    @property
    def contextual(self) -> bool:
        """Whether the rule asks anything of its neighbourhood."""
        return bool(self.left or self.right or self.left_edge or self.right_edge)

    def holds(self, before: str, after: str) -> bool:
        """Whether the rule's contexts hold between `before` and `after`, the rest of the word."""
        return (
            not (self.left or self.left_edge)
            or ((EDGE_MARK + before).endswith(self.left) if before else self.left_edge)
            or _near(self.left, before[::-1])
        ) and (
            not (self.right or self.right_edge)
            or ((after + EDGE_MARK).startswith(self.right) if after else self.right_edge)
            or _near(self.right, after)
        )


def _near(items: tuple[str, ...], letters: str) -> bool:
    """Whether a context with `NEAREST` holds for `letters`, which are read away from the source."""
    for wanted, kind in _nearest(items):
        found = next((char for char in letters if char in kind), "")
        if found in wanted if found else not wanted:
            return True
    return False


@cache
def _nearest(items: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    parts = (item.partition(NEAREST) for item in items)
    return tuple((wanted, kind) for wanted, slash, kind in parts if slash)


@dataclass(frozen=True, slots=True)
class SchemeRules:
    """One transliteration standard, dated, with everything that its application needs.

    `reversible` is `exact`, `except` (exact but for the source spans in `lossy`), `dictionary` (by rules
    and lists of words, without proof) or `no`, where `reverse` only guesses. `apostrophe` is what an
    apostrophe between two letters becomes (`keep` leaves it), `stress` is `keep` or `drop`. `words` and
    `reverse_words` are exceptions, (word, rendering) in lower case, or as they stand where they hold
    capitals. `dotted` says that the Latin capital of i is İ, and I that of ı. Each of `typed` is a letter
    of the source script and after it what is typed for it beside other letters. The order of rules and
    words means nothing.
    """

    id: str
    language: str
    title: str
    authority: str
    year: int
    url: str
    reversible: str
    lossy: tuple[str, ...]
    apostrophe: str
    stress: str
    forward: tuple[Rule, ...]
    reverse: tuple[Rule, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    reverse_words: tuple[tuple[str, str], ...] = ()
    dotted: bool = False
    typed: tuple[str, ...] = ()

    @property
    def has_way_back(self) -> bool:
        """Whether `reverse` gives originals, and not mere guesses."""
        return self.reversible != NO
