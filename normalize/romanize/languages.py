"""Each Cyrillic word of a text by the profile's scheme for its language."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from normalize.reference.folds import Folds
from normalize.reference.languages import LanguageChooser
from normalize.reference.lexis import Languages
from normalize.ruleset.reader import Ruleset
from normalize.scheme.styles import in_style
from normalize.worker import Worker

Text = TypeVar("Text", str, bytes)


def by_language(worker: Worker, text: Text, apostrophe: str | None = None) -> Text:
    """The text with each word transliterated as its language asks; the text is one document."""
    source = text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text
    chooser = _chooser(worker.ruleset)
    counts = chooser.counted(source)
    if not counts:
        return text
    schemes = chooser.schemes(counts, chooser.of_document(counts))
    named = {scheme: in_style(scheme, apostrophe) for scheme in schemes.values()}
    if len(named) == 1:
        return worker.transliterate(text, next(iter(named.values())), False)
    places, wanted = zip(*chooser.changes(source, schemes), strict=True)
    parts = zip(places, (*places[1:], len(source)), wanted, strict=True)
    target = "".join(
        worker.transliterate(source[start:end], named[scheme], False) for start, end, scheme in parts
    )
    if target == source:
        return text
    return target.encode("utf-8", "surrogateescape") if isinstance(text, bytes) else target  # type: ignore[return-value]


@lru_cache(maxsize=16)
def _chooser(ruleset: Ruleset) -> LanguageChooser:
    folds = Folds(ruleset.lookalikes, ruleset.folder)
    return LanguageChooser(ruleset, Languages(ruleset.languages, folds, ruleset.folder))
