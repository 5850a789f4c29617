"""What a transliteration scheme is, as plain data: nothing but str, int, bool and tuples of them."""

from __future__ import annotations

from dataclasses import dataclass

KEEP = "keep"
"""As `apostrophe` or `stress` of a scheme: leave the sign as it stands."""
DROP = "drop"
"""As `stress` of a scheme: remove the mark."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One letter, or several, and what they become, perhaps only in some neighbourhoods.

    `source` and `target` are in lower case. `left` and `right` are the strings of which one must stand
    directly before or after, in lower case and without stress marks; an apostrophe in them is U+2019.
    `left_edge` and `right_edge` say that the beginning or the end of a word will do as well. A side
    with neither strings nor edge asks nothing.
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
        if (self.left or self.left_edge) and not (before.endswith(self.left) if before else self.left_edge):
            return False
        if self.right or self.right_edge:
            return after.startswith(self.right) if after else self.right_edge
        return True


@dataclass(frozen=True, slots=True)
class SchemeRules:
    """One transliteration standard, dated, with everything that its application needs.

    `reversible` is `exact`, `except` (exact but for the source spans in `lossy`) or `no`; `reverse` is
    empty with `no`. `apostrophe` is what an apostrophe between two letters becomes (`keep` leaves it),
    `stress` is `keep` or `drop`. `words` and `reverse_words` are exceptions, (word, rendering) in
    lower case. The order of rules and words means nothing.
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
