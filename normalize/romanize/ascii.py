"""Whatever a transliteration left beyond ASCII, made ASCII, with an account of what that lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from normalize.romanize.extras import extra

EXTRA = "ascii"


@dataclass(slots=True)
class Ascii:
    """Makes texts ASCII by `unidecode`, and counts what they lost.

    `changed` counts the characters that were replaced by others, `dropped` those that nothing stands
    for. Raises `MissingExtraError` when it is made without the extra `ascii`.
    """

    changed: dict[str, int] = field(default_factory=dict[str, int])
    dropped: dict[str, int] = field(default_factory=dict[str, int])

    def __post_init__(self) -> None:
        extra("unidecode", EXTRA, "--ascii")

    def text(self, text: str) -> str:
        """The text in ASCII; surrogates, which stand for bytes that are no UTF-8, stay."""
        if text.isascii():
            return text
        return "".join(char if char.isascii() else self._char(char) for char in text)

    def data(self, data: bytes) -> bytes:
        """The same for UTF-8 bytes; bytes that are not stay."""
        if data.isascii():
            return data
        text = data.decode("utf-8", "surrogateescape")
        return self.text(text).encode("utf-8", "surrogateescape")

    def account(self) -> str:
        """What was lost, in one line; empty where nothing was."""
        told: list[str] = []
        if self.changed:
            told.append(f"{_counted(self.changed)} replaced")
        if self.dropped:
            told.append(f"{_counted(self.dropped)} dropped, for which ASCII has nothing")
        return "; ".join(told)

    def _char(self, char: str) -> str:
        if "\ud800" <= char <= "\udfff":
            return char
        replacement = str(extra("unidecode", EXTRA, "--ascii").unidecode(char))
        lost = self.changed if replacement else self.dropped
        lost[char] = lost.get(char, 0) + 1
        return replacement


def _counted(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    most = sorted(counts, key=lambda char: (-counts[char], char))
    shown = ", ".join(f"{_shown(char)} ({counts[char]})" for char in most[:8])
    more = f" and {len(most) - 8} more" if len(most) > 8 else ""
    return f"{total} character{'s' * (total != 1)} [{shown}{more}]"


def _shown(char: str) -> str:
    return char if char.isprintable() and not _is_mark(char) else f"U+{ord(char):04X}"


def _is_mark(char: str) -> bool:
    import unicodedata

    return unicodedata.combining(char) != 0
