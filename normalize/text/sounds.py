"""Folding of Latin spellings by sound: the spellings of one name in use become one key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

SOUND = "~"  # before a key that is a sound: no spelling of a text has it
_BARE = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ß": "ss", "ı": "i"})


class Sounds:
    """`pairs` are letters of a comparison key and the letters that they are folded into."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = dict(pairs)
        self._longest = max(map(len, self._pairs), default=1)

    def fold(self, key: str) -> str:
        """The sound of a key in Latin letters; any other key as it is."""
        decomposed = unicodedata.normalize("NFD", key.translate(_BARE))
        bare = "".join(char for char in decomposed if not unicodedata.combining(char))
        if not bare.isascii() or not bare:
            return key
        out, at = "", 0
        while at < len(bare):
            lengths = range(min(self._longest, len(bare) - at), 0, -1)
            taken = next((part for one in lengths if (part := bare[at : at + one]) in self._pairs), bare[at])
            written = self._pairs.get(taken, taken)
            out += written if written != out[-1:] else ""
            at += len(taken)
        return SOUND + out
