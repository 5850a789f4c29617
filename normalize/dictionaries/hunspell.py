"""Dictionaries in the format of hunspell: words (`.dic`), and the endings that they may take (`.aff`).

Read are prefixes, suffixes, suffixes on suffixes, the signs of words that are none, and conversions of
input, as hunspell(5) describes them; compounds are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PREFIX, SUFFIX = "PFX", "SFX"
_WHOLE_WORD = "."  # the condition that every word meets
_NONE = ("NEEDAFFIX", "FORBIDDENWORD", "ONLYINCOMPOUND")
_PLAIN = re.compile(r"[^\[\]^.\w]")  # what stands for itself in a condition, and not in a pattern
_FIELDS = re.compile(r"\s+[a-z]{2}:")  # morphological description after a word


@cache
def _condition(pattern: str) -> re.Pattern[str]:
    """Compiled when it is first asked: a file has thousands, and a text needs few."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Affix:
    """One line of a rule: `taken` off the word, `added` to it, where the word meets `condition`.

    `also` are the flags of what comes of it; `crosses` lets a prefix stand with a suffix.
    """

    flag: str
    taken: str
    added: str
    condition: str
    also: frozenset[str]
    crosses: bool

    def follows(self, word: str) -> bool:
        """Whether the word may take this suffix."""
        return word.endswith(self.taken) and (
            not self.condition or _condition(f"(?:{self.condition})\\Z").search(word) is not None
        )

    def precedes(self, word: str) -> bool:
        """Whether the word may take this prefix."""
        return word.startswith(self.taken) and (
            not self.condition or _condition(self.condition).match(word) is not None
        )


@dataclass(slots=True)
class Affixes:
    """An `.aff` file. `suffixes` and `prefixes` are by what they add, `none` by what the flags mean."""

    encoding: str = "utf-8"
    style: str = ""
    suffixes: dict[str, list[Affix]] = field(default_factory=dict[str, list[Affix]])
    prefixes: dict[str, list[Affix]] = field(default_factory=dict[str, list[Affix]])
    none: dict[str, str] = field(default_factory=dict[str, str])
    input: dict[str, str] = field(default_factory=dict[str, str])
    ignored: str = ""
    aliases: list[str] = field(default_factory=list[str])

    @classmethod
    def read(cls, path: Path) -> Affixes:
        """Reads a file. Raises OSError, UnicodeDecodeError, LookupError (no such encoding), re.error."""
        raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        found = re.search(rb"^SET[ \t]+([^\s]+)", raw, re.MULTILINE)
        affixes = cls(encoding=found[1].decode("ascii") if found else "iso8859-1")
        crossing: dict[tuple[str, str], bool] = {}
        for line in raw.decode(affixes.encoding).splitlines():
            affixes._take(line.split(), crossing)
        return affixes

    def _take(self, cells: list[str], crossing: dict[tuple[str, str], bool]) -> None:
        match cells:
            case ["FLAG", style, *_]:
                self.style = style
            case ["AF", flags, *_]:
                self.aliases.append(flags)  # the first is the number of them, and flags count from 1
            case ["IGNORE", letters, *_]:
                self.ignored = letters
            case ["ICONV", source, target, *_]:
                self.input[source] = target
            case [("NEEDAFFIX" | "PSEUDOROOT" | "FORBIDDENWORD" | "ONLYINCOMPOUND") as name, flag, *_]:
                self.none["NEEDAFFIX" if name == "PSEUDOROOT" else name] = flag
            case [("PFX" | "SFX") as kind, flag, ("Y" | "N") as crosses, _] if cells[3].isdecimal():
                crossing[kind, flag] = crosses == "Y"
            case [("PFX" | "SFX") as kind, flag, taken, added, *rest]:
                self._add(kind, flag, taken, added, rest, crossing.get((kind, flag), False))
            case _:
                pass

    def _add(self, kind: str, flag: str, taken: str, added: str, rest: list[str], crosses: bool) -> None:
        taken = "" if taken == "0" else taken
        added, _, also = added.partition("/")
        added = "" if added == "0" else added
        pattern = rest[0] if rest and not _FIELDS.match(f" {rest[0]}") else _WHOLE_WORD
        condition = "" if pattern in (_WHOLE_WORD, taken) else _PLAIN.sub(r"\\\g<0>", pattern)
        table = self.suffixes if kind == SUFFIX else self.prefixes
        affix = Affix(flag, taken, added, condition, frozenset(self.flags(also)), crosses)
        table.setdefault(added, []).append(affix)

    def flags(self, written: str) -> Iterable[str]:
        """The flags that a string of them holds, in its style."""
        if not written:
            return ()
        if self.aliases and written.isdecimal() and 0 < int(written) < len(self.aliases):
            written = self.aliases[int(written)]
        if self.style == "long":
            return (written[at : at + 2] for at in range(0, len(written), 2))
        return written.split(",") if self.style == "num" else written

    def entries(self, path: Path) -> Iterator[tuple[str, str]]:
        """The words of a `.dic` file, each with its flags as they are written."""
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode(self.encoding).splitlines()
        for line in lines[1:] if lines and lines[0].strip().isdecimal() else lines:
            if "\t" in line or " " in line:
                line = _FIELDS.split(line.split("\t")[0], maxsplit=1)[0]
            word, _, flags = line.strip().partition("/")
            while word.endswith("\\"):  # a slash that belongs to the word
                more, _, flags = flags.partition("/")
                word = f"{word[:-1]}/{more}"
            if word:
                yield word, flags


class Hunspell:
    """A dictionary to be asked whether a word, as it is written, is one of its own."""

    def __init__(self, words: Path, affixes: Path) -> None:
        """Reads both files; raises as `Affixes.read` does."""
        self._affixes = read = Affixes.read(affixes)
        self._flags: dict[str, str | tuple[str, ...]] = {}
        for word, flags in read.entries(words):
            known = self._flags.get(word)
            if known is None:
                self._flags[word] = flags
            else:
                self._flags[word] = (*((known,) if isinstance(known, str) else known), flags)
        self._longest = max(map(len, read.suffixes), default=0)
        self._longest_prefix = max(map(len, read.prefixes), default=0)
        self._ignored = dict.fromkeys(map(ord, read.ignored))
        inputs = sorted(read.input, key=len, reverse=True)
        self._input = re.compile("|".join(map(re.escape, inputs))) if inputs else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._flags)

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or not word:
            return False
        if self._input is not None:
            word = self._input.sub(lambda found: self._affixes.input[found[0]], word)
        word = word.translate(self._ignored)
        if any(self._is_none(flags, ("FORBIDDENWORD",)) for flags in self._entries(word)):
            return False
        if any(not self._is_none(flags, _NONE) for flags in self._entries(word)):
            return True
        return self._has_suffix(word, "", 2) or self._has_prefix(word)

    def _entries(self, word: str) -> Iterator[frozenset[str]]:
        """The flags of each entry of a word."""
        known = self._flags.get(word)
        for flags in () if known is None else (known,) if isinstance(known, str) else known:
            yield frozenset(self._affixes.flags(flags))

    def _is_none(self, flags: frozenset[str], signs: Iterable[str]) -> bool:
        return any(self._affixes.none.get(sign) in flags for sign in signs)

    def _has_suffix(self, word: str, needed: str, depth: int, prefix: str = "") -> bool:
        """Whether an entry and at most `depth` suffixes make the word.

        What comes of the last one must have the flag `needed`, and the entry may take `prefix`, if either
        is given.
        """
        for size in range(min(self._longest, len(word)) + 1):
            cut = len(word) - size
            for affix in self._affixes.suffixes.get(word[cut:], ()):
                if (needed and needed not in affix.also) or (prefix and not affix.crosses):
                    continue
                if not needed and self._is_none(affix.also, ("NEEDAFFIX", "ONLYINCOMPOUND")):
                    continue
                stem = word[:cut] + affix.taken
                if not stem or not affix.follows(stem):
                    continue
                if self._takes(stem, affix.flag, prefix):
                    return True
                if depth > 1 and self._has_suffix(stem, affix.flag, depth - 1, prefix):
                    return True
        return False

    def _has_prefix(self, word: str) -> bool:
        for size in range(min(self._longest_prefix, len(word)) + 1):
            for affix in self._affixes.prefixes.get(word[:size], ()):
                stem = affix.taken + word[size:]
                if not stem or not affix.precedes(stem):
                    continue
                if self._takes(stem, affix.flag):
                    return True
                if affix.crosses and self._has_suffix(stem, "", 2, affix.flag):
                    return True
        return False

    def _takes(self, stem: str, *flags: str) -> bool:
        """Whether an entry has all these flags, and may be part of a word."""
        return any(
            all(flag in own for flag in flags if flag)
            and not self._is_none(own, ("FORBIDDENWORD", "ONLYINCOMPOUND"))
            for own in self._entries(stem)
        )
