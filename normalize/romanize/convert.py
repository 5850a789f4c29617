"""From one scheme to another, by way of the original."""

from __future__ import annotations

from typing import TypeVar

from normalize.errors import ConfigError
from normalize.romanize.choose import check_scheme
from normalize.worker import Worker

Text = TypeVar("Text", str, bytes)
ALL = "mul"
"""The language of schemes for every Cyrillic alphabet."""


def convert(worker: Worker, text: Text, from_scheme: str, to_scheme: str, lossy: bool = False) -> Text:
    """What `Normalizer.convert` says."""
    check_scheme(worker.ruleset, from_scheme, True, lossy)
    check_scheme(worker.ruleset, to_scheme, False)
    one, other = (worker.ruleset.schemes[scheme].language for scheme in (from_scheme, to_scheme))
    if one != other and ALL not in (one, other):
        raise ConfigError(
            f"{from_scheme} is for the language {one!r} and {to_scheme} for {other!r}; "
            f"use a scheme of the same language"
        )
    return worker.transliterate(worker.transliterate(text, from_scheme, True), to_scheme, False)
