"""Prose out of templates: sentences, paragraphs, and how many names were planted up to where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.vocabulary import Pool

_SLOT = re.compile(r"\{(\w+)\}")
_AN = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])")
_DRAWN = 4096
PLANTED = ("name", "odd", "native")
"""Slots for what shall be found."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph without its line end, and how many findings it was given."""

    text: str
    planted: int


class Writer:
    """Writes sentences of one language. Each word that a template asks for is drawn from its pool.

    A slot that begins with a capital (`{Noun}`) takes a word with one; `{number}` and `{year}` are digits.
    """

    def __init__(
        self, random: Random, pools: Mapping[str, Pool], planted: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._random = random
        self._draws: dict[str, Iterator[str]] = {name: self._endless(pool) for name, pool in pools.items()}
        self._draws["number"] = self._numbers(2, 900)
        self._draws["year"] = self._numbers(1985, 2025)
        for slot, words in (planted or {}).items():
            self._draws[slot] = self._equally(words)
        self._compiled: dict[str, list[str | tuple[Iterator[str], bool]]] = {}

    def sentence(self, template: str) -> tuple[str, int, int]:
        """A sentence, its number of words (roughly), and of planted ones."""
        parts = self._compiled.get(template)
        if parts is None:
            parts = self._compiled[template] = self._compile(template)
        out: list[str] = []
        for part in parts:
            if isinstance(part, str):
                out.append(part)
                continue
            draw, capital = part
            word = next(draw)
            out.append(word[0].upper() + word[1:] if capital else word)
        text = _AN.sub(r"\1n ", "".join(out))
        planted = sum(template.count(f"{{{slot}}}") for slot in PLANTED)
        return text, text.count(" ") + 1, planted

    def paragraphs(
        self, plain: Sequence[str], named: Sequence[str] = (), every: int = 0, own: Sequence[str] = ()
    ) -> Iterator[Paragraph]:
        """Endless paragraphs of three to six sentences.

        With `every`, a sentence of `named` comes as often as makes one planted word in so many; one in twenty
        is one with `{native}`, but not twice in a paragraph. Of `own`, sentences that are no template, one
        comes in a hundred.
        """
        due, random = 0.0, self._random
        foreign = [template for template in named if "{native}" in template]
        plain, named = ([one for one in templates if one not in foreign] for templates in (plain, named))
        while True:
            sentences: list[str] = []
            planted, is_foreign = 0, False
            for _ in range(random.randint(3, 6)):
                if own and random.random() < 0.01:
                    sentences.append(random.choice(own))
                    continue
                template = random.choice(plain)
                if every and due >= 1:
                    template = random.choice(named)
                    if foreign and not is_foreign and random.random() < 0.05:
                        template, is_foreign = random.choice(foreign), True
                text, words, names = self.sentence(template)
                due += (words / every if every else 0) - names
                sentences.append(text)
                planted += names
            yield Paragraph(" ".join(sentences), planted)

    def _compile(self, template: str) -> list[str | tuple[Iterator[str], bool]]:
        parts: list[str | tuple[Iterator[str], bool]] = []
        for index, part in enumerate(_SLOT.split(template)):
            if index % 2:
                parts.append((self._draws[part.lower()], part[0].isupper()))
            elif part:
                parts.append(part)
        return parts

    def _endless(self, pool: Pool) -> Iterator[str]:
        while True:
            yield from pool.take(self._random, _DRAWN)

    def _equally(self, words: Sequence[str]) -> Iterator[str]:
        while True:
            yield from self._random.choices(words, k=_DRAWN)

    def _numbers(self, first: int, last: int) -> Iterator[str]:
        while True:
            yield str(self._random.randint(first, last))


def taken(paragraphs: Iterator[Paragraph], size: int) -> list[Paragraph]:
    """Paragraphs until their UTF-8 fills `size` bytes, line ends and empty lines between them counted."""
    chosen: list[Paragraph] = []
    while size > 0:
        chosen.append(next(paragraphs))
        size -= len(chosen[-1].text.encode()) + 2
    return chosen


def pieces(text: str, longest: int, random: Random) -> Iterator[str]:
    """Endless strings of at most `longest` characters, from word to word, from anywhere in the text."""
    while True:
        start = text.index(" ", random.randrange(len(text) - 2 * longest)) + 1
        yield text[start : text.rindex(" ", start, start + longest + 1)]
