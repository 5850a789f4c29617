"""A name cut into its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPLIT = re.compile(r"[ -]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A name cut into its words, with what stands between them."""

    words: tuple[str, ...]
    separators: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> Parts:
        words = tuple(word for word in _SPLIT.split(name) if word)
        return cls(words, tuple(_SPLIT.findall(name))[: max(0, len(words) - 1)])
