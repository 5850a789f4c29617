"""Each Cyrillic word of a text by the profile's scheme for its language."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from normalize.reference.folds import Folds
from normalize.reference.languages import LanguageChooser
from normalize.reference.lexis import Languages
from normalize.ruleset.reader import Ruleset
from normalize.worker import Worker

Text = TypeVar("Text", str, bytes)


def by_language(worker: Worker, text: Text) -> Text:
    """The text with each word transliterated as its language asks; the text is one document."""
    source = text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text
    chooser = _chooser(worker.ruleset)
    spans = chooser.words(source)
    words = {source[start:end] for start, end in spans}
    document = chooser.of_document(source[start:end] for start, end in spans)
    schemes = {word: chooser.choose(word, document).scheme for word in words}
    parts: list[str] = []
    done, scheme = 0, ""
    for start, end in spans:
        wanted = schemes[source[start:end]]
        if wanted != scheme:
            if scheme:
                parts.append(worker.transliterate(source[done:start], scheme, False))
            else:
                parts.append(source[done:start])
            done, scheme = start, wanted
    if not scheme:
        return text
    parts.append(worker.transliterate(source[done:], scheme, False))
    target = "".join(parts)
    if target == source:
        return text
    return target.encode("utf-8", "surrogateescape") if isinstance(text, bytes) else target  # type: ignore[return-value]


@lru_cache(maxsize=16)
def _chooser(ruleset: Ruleset) -> LanguageChooser:
    folds = Folds(ruleset.lookalikes, ruleset.folder)
    return LanguageChooser(ruleset, Languages(ruleset.languages, folds, ruleset.folder))
