"""Characters and sets of them as ICU's rules write them."""

from __future__ import annotations

from collections.abc import Iterable


def one_of(chars: Iterable[str]) -> str:
    found = sorted(set(chars))
    return _literal(found[0]) if len(found) == 1 else f"[{ranges(found)}]"


def ranges(chars: Iterable[str]) -> str:
    """The inside of a set, with ranges."""
    parts: list[str] = []
    codes = sorted({ord(char) for char in chars})
    at = 0
    while at < len(codes):
        end = at
        while end + 1 < len(codes) and codes[end + 1] == codes[end] + 1:
            end += 1
        first, last = _literal(chr(codes[at])), _literal(chr(codes[end]))
        parts.append(first if end == at else f"{first}-{last}" if end > at + 1 else first + last)
        at = end + 1
    return "".join(parts)


def literal(text: str) -> str:
    return "".join(map(_literal, text))


def _literal(char: str) -> str:
    return char if char.isalnum() else f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
