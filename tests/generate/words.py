"""Signs, and what can befall a word: a twin of a letter, a lost space, an odd character, another case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from random import Random

SPACES = [*[" "] * 14, "\n", "\r\n", "\u00a0", "\u202f", "  ", "\t", "", "\r", "\u2009", "\u3000", "\x0b"]
BLANKS = [
    "\n\n",
    "\n\n",
    "\r\n\r\n",
    "\r\r",
    "\n \t\n",
    "\n> \n",
    "\n>\n>\n",
    "\n\r\n",
    "\n\n\n\n",
    "\r\n \r\n",
]
APOSTROPHES = ["'", "\u2019", "\u02bc", "\u2018", "`", "\u02b9", "\u2032", "\u00b4", "\u0301"]
HYPHENS = ["-", "-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212"]
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f"]
BIDI = ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u061c"]
COMBINING = ["\u0301", "\u0308", "\u0306", "\u0300", "\u0327", "\u20dd", "\ufe0f", "\u0304"]
ESCAPED = ["\udcff", "\udc80", "\udcd0", "\udce2"]
LONE = ["\ud800", "\udbff", "\udc00", "\udfff", "\ud83d"]
ASTRAL = [
    "\U0001f1fa\U0001f1e6",
    "\U0001d400",
    "\U0001f600",
    "\U00010400",
    "\U00020000",
    "\U0001e900",
    "\U000e0041",
]
ODD = [
    "\0",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\u0000\u0000",
    "\ufffd",
    "\ufffe",
    "\u05d0",
    "\u4e00",
]
SIGNS = [
    *(
        ", ",
        ". ",
        "; ",
        ": ",
        " (",
        ") ",
        " [",
        "] ",
        "/",
        "|",
        "!",
        "?",
        "\u2026",
        "...",
        '"',
        '" ',
        "\u00ab",
    ),
    *(
        "\u00bb",
        "\u201e",
        "\u201c",
        "\u201d",
        "\u2018",
        "\u2019",
        "'",
        "'s ",
        "\u2019s ",
        "s' ",
        "*",
        "**",
        "_",
    ),
    *(
        "#",
        "@",
        "`",
        "``",
        "```",
        "~~~",
        "+",
        "=",
        "\u2260",
        "<",
        ">",
        "->",
        "\u2192",
        "&",
        "%",
        "\u00b0",
        "$",
    ),
    *(
        "\u2116",
        "\u00a7",
        "^",
        "\\",
        "{",
        "}",
        " - ",
        " \u2014 ",
        "\u2022 ",
        "1. ",
        "- ",
        "> ",
        "\u00b7",
        "~",
    ),
]
SUPPRESSIONS = [
    *("[sic]", " [sic]", " (sic!)", " [*sic*]", '" [sic]', "\u00bb (sic)", "[SIC!]", "\u201d [sic]", "[sic"),
    *("# normalize: ignore", "normalize: ignore[toponym-variant]\n", "<!-- normalize: off -->\n"),
    *("<!-- normalize: on -->\n", "normalize: ignore-next-line\n", "normalize: off[bidi-control, x]\n"),
    *("\nnormalize: off", "// normalize: ignore [stray-script-word,mixed-script-word]", "denormalize: off\n"),
]
ZONES = [
    *(
        "https://example.org/{}",
        "http://{}.com/a?b={}",
        "www.{}.ua",
        "{}@example.com",
        "@{}",
        "#{}",
        "{}.com",
    ),
    *("/usr/share/{}/x", "C:\\{}\\y", "{}.txt", "`{}`", "``{} x``", "\n```\n{}\n```\n", "\n~~~\n{}\n~~~\n"),
    *(
        "print('{}')",
        'name="{}"',
        "{}_b",
        "a_{}_c",
        "Europe/{}",
        "--{}=1",
        "\\textbf{{{}}}",
        "\\{}",
        "%({})s",
    ),
    *("%s {}", "{{{}}}", "${}", "${{{}}}", "{{{{{}}}}}", "{{% {} %}}", "<b>{}</b>", "<{}>", "<!-- {} -->"),
    *(
        "<span lang='uk'>{}</span>",
        "<code>{}</code>",
        "&{};",
        "[[{}|{}]]",
        "[[{}]]",
        "[x]({})",
        "\n[{}]: y\n",
    ),
    *("<mailto:{}>", "§a{}", "${}$", "10.1234/{}", "urn:{}", "doi:10.1/{}", "{{one {}}}", "%{}", "<pre>{}"),
]


def titled(word: str) -> str:
    """The word with a capital first; not `str.title`, which knows words of its own."""
    return word[:1].upper() + word[1:]


def cased(random: Random, words: Sequence[str]) -> list[str]:
    """The words of a name in a case, mostly that of names."""
    how = random.randrange(12)
    if how == 0:
        return list(words)
    if how == 1:
        return [word.upper() for word in words]
    if how == 2:
        return [titled(words[0]), *words[1:]] if words else []
    if how == 3:
        return [random.choice([word.upper(), word.swapcase(), titled(word)]) for word in words]
    return [titled(word) for word in words]


def joined(random: Random, words: Sequence[str]) -> str:
    """The words of a name, mostly with spaces between them."""
    return "".join(word + _between(random) for word in words[:-1]) + "".join(words[-1:])


def _between(random: Random) -> str:
    how = random.randrange(10)
    if how == 0:
        return random.choice(HYPHENS)
    if how == 1:
        return random.choice(["\n", "\r\n", "\u00a0", "  ", "\n    ", "\u00ad", "\n> ", "-\n"])
    return " "


def damaged(random: Random, word: str, twins: Mapping[str, Sequence[str]], times: int = 1) -> str:
    """The word after some accidents, as typists, scanners and programs cause them."""
    for _ in range(times):
        how = random.randrange(12)
        at = random.randrange(len(word) + 1)
        if how < 5:
            places = [place for place, char in enumerate(word) if char in twins]
            if places:
                at = random.choice(places)
                word = word[:at] + random.choice(twins[word[at]]) + word[at + 1 :]
        elif how == 5:
            word = random.choice([word.upper(), word.lower(), titled(word), word.swapcase()])
        elif how == 6:
            odd = random.choice(_INSERTED)
            word = word[:at] + random.choice(odd) + word[at:]
        elif how == 7:
            word = word[:at] + random.choice([" ", "\n", "-", "\u00a0", "\r\n", "'", ""]) + word[at:]
        elif how == 8:
            word = word[:at] + word[at + 1 :]
        elif how == 9:
            word = unicodedata.normalize(random.choice(["NFD", "NFC", "NFKC"]), word)
        elif how == 10:
            for sign in APOSTROPHES[:3]:
                word = word.replace(sign, random.choice(APOSTROPHES))
        else:
            word = everywhere(random, word, twins)
    return word


_INSERTED = [INVISIBLE, INVISIBLE, COMBINING, COMBINING, ESCAPED, ASTRAL, ODD, SIGNS, APOSTROPHES, BIDI]


def everywhere(random: Random, word: str, twins: Mapping[str, Sequence[str]]) -> str:
    """Each letter exchanged for a twin, so that the word looks the same in another script."""
    return "".join(random.choice(twins[char]) if char in twins else char for char in word)


def to_bytes(text: str) -> bytes:
    """UTF-8, with the bytes that escaped ones stand for; a surrogate that stands for none becomes U+FFFD."""
    return _NO_BYTE.sub("\ufffd", text).encode("utf-8", "surrogateescape")


def as_bytes_carry_it(text: str) -> str:
    """The text as it comes back from UTF-8 bytes: so bytes that are none stand in it one by one."""
    return to_bytes(text).decode("utf-8", "surrogateescape")


_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
