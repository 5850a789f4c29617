"""Names that are written in a language's letters, as `tables/scripts/languages.toml` has them."""

from __future__ import annotations

import re
from pathlib import Path

from normalize.tables.scripts import load_languages

_LANGUAGES = Path(__file__).parents[2] / "tables" / "scripts" / "languages.toml"
_ALPHABETS = {language.id: language.alphabet for language in load_languages(_LANGUAGES)}
APOSTROPHES = {"uk": "’", "ru": ""}
"""What stands among the letters of names besides."""


def are_letters_of(name: str, *languages: str) -> bool:
    """Whether a name has nothing but letters of these languages, apostrophes, spaces and hyphens."""
    return set(name.lower()) <= {" ", "-", *(char for one in languages for char in _letters(one))}


def is_name_in(name: str, language: str) -> bool:
    """Whether a name is words of a language's letters, of which the first begins with its only capital."""
    small = re.escape(_letters(language))
    capital = re.escape(_ALPHABETS[language].upper())
    return bool(re.fullmatch(f"[{capital}][{small}]*(?:[ -][{capital}{small}]+)*", name))


def _letters(language: str) -> str:
    return _ALPHABETS[language] + APOSTROPHES[language]
