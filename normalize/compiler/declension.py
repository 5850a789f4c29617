"""Case forms of native names, by the endings that `tables/places/declension.toml` lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from normalize.errors import TableError
from normalize.tables.source import line_of, read_toml

LENGTHEN, SHORTEN = "+", "-"  # before an ending: it follows the whole word, or each `-` takes one letter off
SHORTEST_STEM, SHORTEST_FORM = 1, 3  # letters that must be left of a word, and that a form must have


class Declension:
    """Declines words by their last letters. `rules` maps a language to endings and their other forms."""

    def __init__(self, rules: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._rules = rules
        self._longest = max((len(ending) for own in rules.values() for ending in own), default=0)

    def forms(self, word: str, language: str) -> list[str]:
        """The case forms of a nominative in lower case, itself left out; [] where no rule fits."""
        own = self._rules.get(language, {})
        for length in range(min(self._longest, len(word)), 0, -1):
            ending = word[-length:]
            if ending in own and len(word) - length >= SHORTEST_STEM:
                made = [_apply(word, ending, form) for form in own[ending]]
                return [form for form in dict.fromkeys(made) if form != word and len(form) >= SHORTEST_FORM]
        return []


def _apply(word: str, ending: str, form: str) -> str:
    if form.startswith(LENGTHEN):
        return word + form[1:]
    rest = form.lstrip(SHORTEN)
    taken = len(form) - len(rest)
    return (word[:-taken] if taken else word[: -len(ending)]) + rest


def load_declension(path: Path) -> Declension:
    """Load `declension.toml`. Raises `TableError` for a rule that is not what the grammar says."""
    rules: dict[str, dict[str, list[str]]] = {}
    for entry in read_toml(path).get("rule", []):
        language, endings, forms = _rule(path, entry)
        for ending in endings:
            rules.setdefault(language, {}).setdefault(ending, []).extend(forms)
    return Declension(rules)


def _rule(path: Path, entry: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    language, endings, forms = entry.get("language"), entry.get("from"), entry.get("to")
    if not isinstance(language, str) or not isinstance(endings, list) or not isinstance(forms, list):
        raise TableError(
            path, line_of(path, "[[rule]]"), "a rule needs language, from and to", "give lists of endings"
        )
    return language, [str(one) for one in endings], [str(one) for one in forms]  # pyright: ignore
