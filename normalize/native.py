"""The native engine at work: a thin layer over the extension module."""

from __future__ import annotations

import os
from functools import cached_property, lru_cache

from normalize._native import Engine
from normalize.errors import RulesetError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeVar

    from normalize.model import Explanation
    from normalize.result import Result
    from normalize.ruleset.reader import Ruleset
    from normalize.worker import ReferenceWorker

    Text = TypeVar("Text", str, bytes)


class NativeWorker:
    """Texts go straight to the extension module; only explanations are left to the reference engine."""

    name = "native"

    def __init__(self, ruleset: Ruleset | str, rules: Mapping[str, str], allow: frozenset[str]) -> None:
        self._given, self._rules, self._allow = ruleset, rules, allow
        opened = _opened(ruleset)
        levels = {**opened.levels, **rules}
        self._engine = engine = opened.with_rules(list(levels.items()), list(allow))
        self.profile, self.sha256 = engine.profile, engine.sha256
        # Bound once: a call goes from the caller to the extension without a frame of Python between.
        self.normalize = engine.normalize
        self.normalize_batch = engine.normalize_batch
        self.find = engine.find
        self.mentions = engine.mentions
        self.lookup = engine.lookup
        self.transliterate = engine.transliterate
        self.transliterate_batch = engine.transliterate_batch
        self.normalize_arrow = engine.normalize_arrow
        self.find_arrow = engine.find_arrow
        self.transliterate_arrow = engine.transliterate_arrow

    def apply(self, text: Text, fixes: str, /) -> Result[Text]:
        from normalize.result import Result

        target, found = self._engine.apply(text, fixes)
        return Result(text, target, fixes, found)

    def explain(self, text: str | bytes, /) -> list[Explanation]:
        return self._reference.explain(text)

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset as Python reads it: the extension does its work without."""
        from normalize.rulesets import opened

        return opened(self._given)

    @cached_property
    def _reference(self) -> ReferenceWorker:
        from normalize.worker import ReferenceWorker

        return ReferenceWorker(self.ruleset, self._rules, self._allow)


def _opened(ruleset: Ruleset | str) -> Engine:
    """A ruleset opened by the extension: mapped from its file, if that is still the one that was opened."""
    try:
        if isinstance(ruleset, str):
            return _mapped(ruleset, os.stat(ruleset).st_mtime_ns)
        return _copied(ruleset)
    except OSError as error:
        raise RulesetError(f"{ruleset}: cannot be opened ({error.strerror}); build it again") from None
    except ValueError as error:
        raise RulesetError(str(error)) from None


@lru_cache(maxsize=16)
def _mapped(path: str, modified: int) -> Engine:  # noqa: ARG001 - a rebuilt file is another ruleset
    return Engine(path)


@lru_cache(maxsize=16)
def _copied(ruleset: Ruleset) -> Engine:
    container = ruleset.container
    if os.path.isfile(container.origin):
        engine = Engine(container.origin)
        if engine.sha256 == ruleset.sha256:
            return engine
    return Engine(bytes(container.data))
