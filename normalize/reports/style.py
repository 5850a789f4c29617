"""Colour, where it is wanted."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


class Style:
    """Wraps words in ANSI colours, or leaves them as they are."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def _paint(self, codes: str, text: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and text else text

    def bold(self, text: str) -> str:
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        return self._paint("2", text)

    def bad(self, text: str) -> str:
        return self._paint("1;31", text)

    def good(self, text: str) -> str:
        return self._paint("32", text)

    def mark(self, text: str) -> str:
        return self._paint("36", text)


def wants_colour(choice: str, stream: TextIO) -> bool:
    """`always` and `never` as they say; `auto` for a terminal, unless NO_COLOR or TERM=dumb forbid."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
