"""Texts of any length that ask much of an engine: what is repeated, left open, nested, or never ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from .texts import Texts
from .words import APOSTROPHES, BIDI, BLANKS, COMBINING, HYPHENS, INVISIBLE

Monster = Callable[[int], str]
"""A text of about so many code points."""


def repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def nested(opening: str, inside: str, closing: str, length: int) -> str:
    depth = length // (len(opening) + len(closing))
    return opening * depth + inside + closing * depth


def ended(unit: str, end: str, length: int) -> str:
    """What is repeated, and something at the very end that may change how all of it is meant."""
    return repeated(unit, length) + end


def numbered(unit: str, length: int) -> str:
    """What is repeated, each time with another number in it, so that no two are the same."""
    count = length // (len(unit) + 4) + 1
    return "".join(unit.replace("#", str(number)) for number in range(count))[:length]


_UNITS: Mapping[str, str] = {
    # names
    "one name": "Kiev ",
    "names": "Kiev Kharkov, Lvov; Odessa and Seversky Донец near Krivoy Rog. ",
    "names without spaces": "KievKharkovLvovOdessa",
    "names joined by hyphens": "Kiev-",
    "names joined by apostrophes": "Kiev'",
    "possessives": "Kiev's's ",
    "beginnings of names": "Krivoy ",
    "beginnings of names, joined": "Krivoy-",
    "words of a name in turn": "Novaya Kakhovka Novaya ",
    "names over line ends": "Krivoy\nRog\n",
    "names in capitals": "KIEV, KHARKOV AND LVOV ",
    "names in small letters": "kiev kharkov ",
    "names in Cyrillic": "Киев Харьков Львов Донец ",
    "names in both scripts": "Seversky Донец Kiev Київ ",
    "names in columns": "Kiev\tКиїв\tКиев\n",
    "judged names": "Odessa, Lvov, Nikolaev, Seversk, Liman ",
    "judged names, one a paragraph": "Odessa was there.\n\n",
    "names between frames": "Mr Lvov formerly Kiev chicken Kiev ",
    "beginnings of frozen phrases": "chicken chicken Battle of the ",
    "oblasts": "Kharkov region, Lviv oblast, River Don ",
    "years and numbers before names": "1943 12 Kiev 2022 ",
    "names among Polish words": "w Kijowie i we Lwowie, Kiev i Lvov nie są ",
    "names in quotation marks": '"Kiev" ',
    "names after an opening quotation mark": '"Kiev ',
    # letters
    "mixed words": "Dоnetsk Kиїв ",
    "mixed words without spaces": "Dоnetsk",
    "mixed letters": "aя",
    "mixed and Greek letters": "aяω",
    "words in turn": "word слово ",
    "Latin words in Cyrillic text": "це слово і ще одне слово Lviv тут ",
    "Cyrillic words in Latin text": "this is the text and this is слово here ",
    "one Latin letter": "a",
    "one Cyrillic letter": "я",
    "one letter of a third script": "\u0917",
    "English": "the quick brown fox jumps over the lazy dog and runs away ",
    "Ukrainian": "швидка руда лисиця стрибає через ледачого пса і тікає геть ",
    "lone letters": "с а о і ",
    "labels": "a) b) с) ",
    "labels without spaces": "с)",
    "equations": "x = а + b = с ",
    "units": "20 С 5 кm 30 км ",
    "degrees": "°С+С",
    "Roman numerals": "XІХ-го ХХ ",
    "designators": "С-300 Т-72 C-300 ",
    "digits and letters": "1а2b",
    "letters that are spoken of": "the letter а ",
    "informal lines": "ахах с lol :) ",
    "acronyms": "НАТО USВ ТСОУ ",
    "glosses": "Kiev (Ukrainian: Київ) ",
    "open glosses": "Kiev (Ukrainian: ",
    "alternatives": "Київ / Kyiv = Киев | ",
    # signs
    "spaces": " ",
    "line ends": "\n",
    "carriage returns": "\r",
    "line ends of two": "\r\n",
    "lines of spaces": " \n",
    "quoted lines": "> \n>\n",
    "quoted names": "> Kiev\n>\n",
    "hyphens": "-",
    "apostrophes": "'",
    "letters and apostrophes": "l'",
    "letters and hyphens": "а-",
    "combining marks": "\u0301",
    "letters with marks": "а\u0301\u0308",
    "a letter with many marks": "Kiev\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "invisible characters": "\u200b",
    "letters and invisible characters": "a\u200b",
    "soft hyphens": "Ki\u00adev ",
    "signs of direction": "\u202e",
    "signs of direction in pairs": "\u202aKiev\u202c ",
    "isolates": "\u2067\u2069",
    "emoji": "\U0001f600",
    "flags": "\U0001f1fa\U0001f1e6",
    "astral letters": "\U0001d400\U00010400",
    "NUL": "\0",
    "bytes that are no text": "\udcff",
    "bytes that are no text, and names": "Kiev\udcd0 ",
    # zones
    "addresses": "http://a.b/Kiev ",
    "addresses without spaces": "http://",
    "mail addresses": "a@b.c ",
    "mail addresses without spaces": "a@",
    "dots": "a.",
    "slashes": "/a",
    "backslashes": "\\a",
    "underscores": "a_",
    "hashes": "#a",
    "www": "www.",
    "braces": "{",
    "braces in pairs": "{a}",
    "brackets": "[[",
    "links": "[a](b",
    "tags": "<a ",
    "tags in pairs": "<b>Kiev</b> ",
    "comments left open": "<!-- ",
    "comments": "<!-- Kiev --> ",
    "elements of code left open": "<code>",
    "fences": "```\n",
    "fences of one kind, then the other": "```\nKiev\n~~~\n",
    "code": "`Kiev` ",
    "code left open": " `Kiev ",
    "double code": "``",
    "literals": 'a="',
    "calls": "f('",
    "formats": "%s %(a)s ",
    "entities": "&amp",
    "maths": "$a ",
    "options": " --a=",
    "identifiers of documents": "10.1234/",
    "one long token": "A7+/",
    "references": "\n[a]: ",
    # marks
    "switched off": "normalize: off\n",
    "switched off and on": "normalize: off\nKiev\nnormalize: on\n",
    "ignored lines": "Kiev normalize: ignore\n",
    "ignored on one line": "Kiev normalize: ignore ",
    "ignored next lines": "normalize: ignore-next-line\n",
    "ignored rules": "Kiev normalize: ignore[toponym-variant, a]\n",
    "sic": "Kiev [sic] ",
    "sic alone": "[sic]",
    "sic after capitals": "Kiev Kharkov Lvov ",
    "sic after quotations": '"Kiev" [sic]',
}
_PAIRS = (
    "()",
    "[]",
    "{}",
    "\u00ab\u00bb",
    "\u201e\u201c",
    "\u201c\u201d",
    "''",
    '""',
    "<>",
    "``",
    "**",
    "__",
)


def monsters() -> dict[str, Monster]:
    """All of them, by name."""
    found: dict[str, Monster] = {name: partial(repeated, unit) for name, unit in _UNITS.items()}
    for opening, closing in _PAIRS:
        found[f"nested {opening}{closing}"] = partial(nested, opening, "Kiev", closing)
        found[f"nested {opening}{closing} with words"] = partial(
            nested, opening + "а ", "Kiev", " b" + closing
        )
        found[f"open {opening}"] = partial(repeated, f"{opening}Kiev слово ")
    for name in ("names", "English", "one Latin letter", "judged names", "words in turn"):
        for end in ("Texas", " [sic]", "я"):
            found[f"{name}, and {end.strip()!r} at the end"] = partial(ended, _UNITS[name], end)
    for unit in ("Kiev# ", "слово# ", "word#\n\n", "Lvov-#\n", "a#Kiev, "):
        found[f"numbered {unit.strip()}"] = partial(numbered, unit)
    return found


def random_monster(random: Random, texts: Texts) -> tuple[str, str]:
    """A unit to be repeated, and an end: words of the tables with something between them."""
    joint = random.choice(
        [" ", " ", "", *HYPHENS, *APOSTROPHES, *BLANKS, *INVISIBLE, *COMBINING, *BIDI, "_", "/", "."]
    )
    tokens = [texts.token(random) for _ in range(random.choice([1, 1, 1, 2, 2, 3, 5]))]
    unit = joint.join([*tokens, ""])
    return unit or " ", texts.token(random) if random.randrange(3) == 0 else ""
