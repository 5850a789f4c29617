"""JSON and JSON Lines: every string but the names of members is a text of its own (RFC 8259)."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.spans import Span

_TOKEN = re.compile(rb'[\s\[\]{},]+|:()|"((?:[^"\\\x00-\x1f]|\\.)*)"|[-+.0-9A-Za-z]+')
_COLON, _STRING = 1, 2
_ESCAPE = re.compile(rb"\\(?:([bfnrt])|.)")
_PAUSE = b"; "
"""What an escaped line break is judged as: a mark that no name goes on across, of as many bytes."""


def documents(data: bytes) -> Sequence[Span] | None:
    """The insides of the strings, escapes as they stand; None if the bytes are not the tokens of JSON."""
    found: list[Span] = []
    at, pending = 0, None
    for token in _TOKEN.finditer(data):
        if token.start() != at:
            return None
        at = token.end()
        if token.lastindex == _STRING:
            if pending is not None:
                found.append(pending)
            pending = token.span(_STRING)
        elif token.lastindex == _COLON:
            pending = None  # it was a name
        elif pending is not None and token[0].strip():
            found.append(pending)
            pending = None
    if pending is not None:
        found.append(pending)
    return found if at == len(data) else None


def read(text: bytes) -> bytes:
    """The inside of a string in which no letter of an escape stands before a word: `\\nKyiv` is no word."""
    if b"\\" not in text:
        return text
    return _ESCAPE.sub(lambda escape: _PAUSE if escape[1] else escape[0], text)
