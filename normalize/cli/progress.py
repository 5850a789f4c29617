"""One line of progress on standard error, only on a terminal and only when the work is long."""

from __future__ import annotations

import sys
from time import monotonic

_PATIENCE = 2.0
_INTERVAL = 0.2


class Progress:
    """Counts, and shows the count after two seconds, five times a second."""

    def __init__(self, verb: str, unit: str, quiet: bool = False) -> None:
        self._verb, self._unit = verb, unit
        self._shows = not quiet and sys.stderr.isatty()
        self._done = 0.0
        self._next = monotonic() + _PATIENCE
        self._shown = False

    def advance(self, amount: float = 1) -> None:
        self._done += amount
        if self._shows and (now := monotonic()) >= self._next:
            self._next = now + _INTERVAL
            self._shown = True
            sys.stderr.write(f"\r\x1b[Knormalize: {self._verb} {self._done:,.0f} {self._unit}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away, before anything else is written or at the end."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
