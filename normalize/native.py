"""The native engine at work: a thin layer over the extension module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from normalize._native import Engine
from normalize.errors import RulesetError
from normalize.result import Result
from normalize.ruleset.reader import Ruleset

if TYPE_CHECKING:
    from normalize.model import Explanation
    from normalize.worker import ReferenceWorker

Text = TypeVar("Text", str, bytes)


class NativeWorker:
    """Texts go straight to the extension module; only explanations are left to the reference engine."""

    name = "native"

    def __init__(self, ruleset: Ruleset, levels: Mapping[str, str], allow: frozenset[str]) -> None:
        self.ruleset = ruleset
        self._levels, self._allow = levels, allow
        self._engine = engine = _engine(ruleset).with_rules(list(levels.items()), list(allow))
        # Bound once: a call goes from the caller to the extension without a frame of Python between.
        self.normalize = engine.normalize
        self.normalize_batch = engine.normalize_batch
        self.find = engine.find
        self.mentions = engine.mentions
        self.lookup = engine.lookup
        self.transliterate = engine.transliterate
        self.normalize_arrow = engine.normalize_arrow
        self.transliterate_arrow = engine.transliterate_arrow

    def apply(self, text: Text, fixes: str, /) -> Result[Text]:
        target, found = self._engine.apply(text, fixes)
        return Result(text, target, fixes, found)

    def explain(self, text: str | bytes, /) -> list[Explanation]:
        return self._reference.explain(text)

    @cached_property
    def _reference(self) -> ReferenceWorker:
        from normalize.worker import ReferenceWorker

        return ReferenceWorker(self.ruleset, self._levels, self._allow)


@lru_cache(maxsize=16)
def _engine(ruleset: Ruleset) -> Engine:
    """The ruleset opened by the extension: mapped from its file, if that is still the one that was opened."""
    container = ruleset.container
    try:
        if Path(container.origin).is_file():
            engine = Engine(container.origin)
            if engine.sha256 == ruleset.sha256:
                return engine
        return Engine(bytes(container.data))
    except ValueError as error:
        raise RulesetError(str(error)) from None
