"""Text as a terminal can show it: nothing invisible, nothing that steers, and its width in columns."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_HIDDEN = (
    r"\r\n|[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ud800-\udfff"
    r"\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_FIRST_HIDDEN_BUT_PRINTABLE = "\u034f"
_scripts: dict[str, str] = {}
_hiddenness: dict[str, bool] = {}
_EMOJI_JOINERS = "\u200d\ufe0f"


def visible(text: str) -> str:
    """The text in one line, its control, bidirectional and invisible characters spelled out: `<U+200B>`."""
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_HIDDEN_BUT_PRINTABLE):
        return text
    return _hidden().sub(_spelled, text)


def is_hidden(character: str) -> bool:
    """Whether a terminal would show nothing for it."""
    hidden = _hiddenness.get(character)
    if hidden is None:
        hidden = _hiddenness[character] = character not in "\r\n\t" and bool(_hidden().match(character))
    return hidden


def _hidden() -> re.Pattern[str]:
    import re  # most messages hold nothing that needs it

    return re.compile(_HIDDEN)


def _spelled(found: re.Match[str]) -> str:
    character = found[0]
    if character in ("\n", "\r", "\r\n"):
        return " "
    if character == "\t":
        return "    "
    if character in _EMOJI_JOINERS and found.start() and ord(found.string[found.start() - 1]) > 0x2190:
        return character
    if "\udc80" <= character <= "\udcff":
        return f"<{ord(character) - 0xDC00:02X}>"
    return f"<U+{ord(character):04X}>"


def width(text: str) -> int:
    """Columns that the (visible) text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """The text with spaces after it up to this width."""
    return text + " " * max(0, columns - width(text))


def clipped(text: str, columns: int) -> str:
    """The text, cut with an ellipsis where it is wider than this."""
    if width(text) <= columns:
        return text
    room, kept = columns - 1, 0
    for at, character in enumerate(text):
        kept += _columns(character)
        if kept > room:
            return text[:at] + "…"
    return text


def code_point(character: str) -> str:
    """`U+043E CYRILLIC SMALL LETTER O`."""
    import unicodedata

    name = unicodedata.name(character, "") or _CONTROL.get(ord(character), "unnamed")
    return f"U+{ord(character):04X} {name}"


_CONTROL = {0: "NULL", 8: "BACKSPACE", 27: "ESCAPE", 127: "DELETE"}


def script(character: str) -> str:
    """`Latin`, `Cyrillic`, `Greek` …: the first word of a letter's name; empty for what is no letter."""
    known = _scripts.get(character)
    if known is None:
        import unicodedata

        name = unicodedata.name(character, "") if character.isalpha() else ""
        known = _scripts[character] = name.split(" ", 1)[0].capitalize()
    return known


def odd_characters(text: str, replacement: str | None) -> list[int]:
    """Which characters of a finding do not belong: hidden ones, or letters of the wrong script.

    The wrong scripts are those that the replacement does not have; without a replacement, the ones
    that fewer letters have. Empty where all letters are of one script, and rightly so.
    """
    if text.isascii() and text.isprintable() and (replacement is None or replacement.isascii()):
        return []
    if hidden := [at for at, character in enumerate(text) if is_hidden(character)]:
        return hidden
    scripts = [script(character) for character in text]
    counts: dict[str, int] = {}
    for name in filter(None, scripts):
        counts[name] = counts.get(name, 0) + 1
    right = {name for name in map(script, replacement or "") if name}
    if not right or right >= counts.keys():
        most = max(counts.values(), default=0)
        right = {name for name, count in counts.items() if count == most}
        if len(right) != 1:
            return []
    return [at for at, name in enumerate(scripts) if name and name not in right]
