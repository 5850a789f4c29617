"""Words that markup cuts into pieces: character references and inline tags between their letters.

`Ки&iuml;в` and `<b>K</b>иїв` read as words of mixed scripts, though none of their pieces is one. Such a
word is judged as it reads, and repaired letter for letter in its place, the markup kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.ruleset.reader import Ruleset

LONGEST_TAG = 200  # code points from `<` to `>`
LONGEST_REFERENCE = 34  # code points from `&` to `;`
_NAME = re.compile("[A-Za-z0-9]+")
_IN_WORDS = frozenset(("latin", "cyrillic", "greek", "letter", "mark"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter as it reads and where it is written, or a tag, which reads as nothing."""

    start: int
    end: int
    reads: str


@dataclass(frozen=True, slots=True)
class MarkedWord:
    """A word that begins and ends with a letter and has markup inside, or a letter written as markup."""

    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def reads(self) -> str:
        return "".join(piece.reads for piece in self.pieces)

    def written(self) -> frozenset[int]:
        """Where its letters stand that are written as themselves."""
        return frozenset(piece.start for piece in self.pieces if piece.reads and piece.end - piece.start == 1)

    def repaired(self, text: str, replacement: str) -> str | None:
        """What is to be written for it to read as the replacement; None if the letters do not pair."""
        letters = iter(replacement)
        if len(replacement) != sum(bool(piece.reads) for piece in self.pieces):
            return None
        out = ""
        for piece in self.pieces:
            meant = next(letters) if piece.reads else ""
            out += text[piece.start : piece.end] if meant == piece.reads else meant
        return out


class Markup:
    """Finds such words, by the character references and inline tags of a ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._classes = ruleset.classes
        self._references = {entity.name: entity.letter for entity in ruleset.entities}
        self._tags = {signal.text for signal in ruleset.signals if signal.signal == "inline-tag"}

    def words(self, text: str, start: int, end: int) -> Iterator[MarkedWord]:
        """The words of `text[start:end]` that markup cuts, in order."""
        at = done = start
        while at < end:
            marks = [found for mark in "&<" if (found := text.find(mark, at, end)) >= 0]
            if not marks:
                return
            at = min(marks)
            if self._markup(text, at, end) is None:
                at += 1
                continue
            first = at
            while first > done and self._is_letter(text[first - 1]):
                first -= 1
            pieces, at = self._pieces(text, first, end)
            done = at
            word = _between_letters(pieces)
            if any(piece.end - piece.start > 1 for piece in word):
                yield MarkedWord(word)

    def _pieces(self, text: str, at: int, end: int) -> tuple[list[Piece], int]:
        pieces: list[Piece] = []
        while at < end:
            if self._is_letter(text[at]):
                piece = Piece(at, at + 1, text[at])
            elif text[at] not in "&<" or (piece := self._markup(text, at, end)) is None:
                break
            pieces.append(piece)
            at = piece.end
        return pieces, at

    def _markup(self, text: str, at: int, end: int) -> Piece | None:
        if text[at] == "&":
            return self._reference(text, at, end)
        return self._tag(text, at, end)

    def _reference(self, text: str, at: int, end: int) -> Piece | None:
        close = text.find(";", at, min(end, at + LONGEST_REFERENCE))
        if close < 0:
            return None
        name = text[at + 1 : close]
        letter = self._references.get(name, "")
        if name.startswith("#"):
            number = _number(name[1:])
            letter = "" if number is None else chr(number)
        return Piece(at, close + 1, letter) if letter and self._is_letter(letter) else None

    def _tag(self, text: str, at: int, end: int) -> Piece | None:
        close = text.find(">", at, min(end, at + LONGEST_TAG))
        if close < 0:
            return None
        inside = text[at + 1 : close].removeprefix("/")
        if any(sign in inside for sign in "<\n\r"):
            return None
        named = _NAME.match(inside)
        return Piece(at, close + 1, "") if named and named[0].lower() in self._tags else None

    def _is_letter(self, char: str) -> bool:
        return self._classes.of(char) in _IN_WORDS


def _between_letters(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces from the first letter to the last."""
    letters = [index for index, piece in enumerate(pieces) if piece.reads]
    return tuple(pieces[letters[0] : letters[-1] + 1]) if letters else ()


def _number(digits: str) -> int | None:
    """The code point of a numeric reference, without its `#`; None if there is none."""
    base, digits = (16, digits[1:]) if digits[:1] in ("x", "X") else (10, digits)
    allowed = "0123456789abcdefABCDEF" if base == 16 else "0123456789"
    if not digits or len(digits) > 7 or any(char not in allowed for char in digits):
        return None
    number = int(digits, base)
    return number if number < 0xD800 or 0xE000 <= number < 0x110000 else None
