"""Making a text smaller for as long as something still holds of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Holds = Callable[[str], bool]


def shrunk(text: str, holds: Holds) -> str:
    """A smaller text of which `holds` is true as well: without lines, words, letters of the given one."""
    for pattern in (r"[^\r\n]*[\r\n]*", r"\S*\s*", r"(?s:.)"):
        pieces = [piece for piece in re.findall(pattern, text) if piece]
        text = "".join(_without(pieces, holds))
    for at, char in enumerate(text):
        for plainer in ("a", "а"):
            simpler = text[:at] + plainer + text[at + 1 :]
            if char.isalpha() and char not in "aа" and holds(simpler):
                text = simpler
                break
    return text


def _without(pieces: Sequence[str], holds: Holds) -> list[str]:
    """The pieces without those that can be spared: many at a time first, then one by one."""
    kept = list(pieces)
    size = max(1, len(kept) // 2)
    while True:
        at, before = 0, len(kept)
        while at < len(kept):
            fewer = kept[:at] + kept[at + size :]
            if fewer and holds("".join(fewer)):
                kept = fewer
            else:
                at += size
        if size == 1 and len(kept) == before:
            return kept
        size = max(1, size // 2)
