"""Russian names of places from Ukrainian ones, word by word, only where the word is certain.

A word is certain if places that have both names attest it without a rival, or if an ending of the table
`endings` gives it and its stem has no letter whose Russian counterpart depends on the word's history.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

SHARE = 0.9  # of the attested pairs of a word that must agree
_SPLIT = re.compile(r"([ -])")


class Russian:
    """Words learnt from pairs of names; `endings` maps Ukrainian endings to Russian ones, `unsure` are
    letters that a stem must not have."""

    def __init__(
        self, pairs: Iterable[tuple[str, str]], endings: Mapping[str, str], unsure: Iterable[str]
    ) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for uk, ru in pairs:
            ours, theirs = _SPLIT.split(uk), _SPLIT.split(ru)
            if len(ours) == len(theirs):
                for one, other in zip(ours, theirs, strict=True):
                    if one.strip(" -"):
                        counts[one][other] += 1
        self.attested = dict(counts)
        self._endings = dict(sorted(endings.items(), key=lambda item: -len(item[0])))
        self._unsure = tuple(unsure)

    def name(self, uk: str) -> str:
        """The Russian name, or "" where a word of it is not certain."""
        parts = [part if part in " -" else self.word(part) for part in _SPLIT.split(uk) if part]
        return "".join(parts) if all(parts) else ""

    def word(self, uk: str) -> str:
        found = self.attested.get(uk)
        if found:
            best, count = found.most_common(1)[0]
            return best if count >= SHARE * found.total() else ""
        return self.by_rule(uk)

    def by_rule(self, uk: str) -> str:
        """By an ending and a stem of letters that both languages share; "" where that does not tell."""
        for ending, russian in self._endings.items():
            if uk.endswith(ending):
                stem = uk[: -len(ending)]
                if len(stem) < 2 or any(letter in stem.lower() for letter in self._unsure):
                    return ""
                return stem + russian
        return ""
