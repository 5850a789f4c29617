"""What a `Normalizer` works with: an engine, the levels of the rules, and the words that are allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from normalize.arrow import ArrowSource, rewritten, texts
from normalize.model import Applicability, Explanation, Finding, Mention, Place
from normalize.offsets import Edit, apply_edits
from normalize.reference.engine import ReferenceEngine
from normalize.reference.toponyms import to_place
from normalize.result import Result, applied
from normalize.ruleset.reader import Ruleset
from normalize.rulesets import opened
from normalize.scheme import Transliterator
from normalize.suppression import Suppressions

_STRENGTH = {"safe": 0, "unsafe": 1, "none": 2}
Text = TypeVar("Text", str, bytes)


class Worker(Protocol):
    """The work of a `Normalizer`, whose methods say what each of these gives.

    Callers have checked `fixes`. A LookupError for a scheme that is not there.
    """

    name: str
    profile: str
    sha256: str

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset as Python reads it."""
        ...

    def normalize(self, text: Text, fixes: str, /) -> Text: ...
    def normalize_batch(self, texts: Iterable[str], /) -> list[str]: ...
    def find(self, text: str | bytes, /) -> list[Finding]: ...
    def apply(self, text: Text, fixes: str, /) -> Result[Text]: ...
    def mentions(self, text: str | bytes, /) -> list[Mention]: ...
    def explain(self, text: str | bytes, /) -> list[Explanation]: ...
    def lookup(self, name: str, /) -> list[Place]: ...
    def transliterate(self, text: Text, scheme: str, reverse: bool, /) -> Text: ...
    def transliterate_batch(self, texts: Iterable[str], scheme: str, reverse: bool, /) -> list[str]: ...
    def normalize_arrow(self, array: ArrowSource, fixes: str, threads: int | None, /) -> Any: ...
    def find_arrow(
        self, array: ArrowSource, threads: int | None, /
    ) -> list[tuple[int, str, list[Finding]]]: ...
    def transliterate_arrow(
        self, array: ArrowSource, scheme: str, reverse: bool, threads: int | None, /
    ) -> Any: ...


class ReferenceWorker:
    """The reference engine at work."""

    name = "reference"

    def __init__(self, ruleset: Ruleset | str, rules: Mapping[str, str], allow: frozenset[str]) -> None:
        self._ruleset = ruleset = opened(ruleset)
        self.profile, self.sha256 = ruleset.profile, ruleset.sha256
        self._engine = _engine(ruleset)
        self._levels, self._allow = {**ruleset.levels, **rules}, allow

    @property
    def ruleset(self) -> Ruleset:
        return self._ruleset

    def normalize(self, text: Text, fixes: str, /) -> Text:
        return self.apply(text, fixes).text

    def normalize_batch(self, texts: Iterable[str], /) -> list[str]:
        return [self.normalize(text, "safe") for text in texts]

    def find(self, text: str | bytes, /) -> list[Finding]:
        return self._find(decoded(text))

    def apply(self, text: Text, fixes: str, /) -> Result[Text]:
        source = decoded(text)
        found = MadeFound(self._find(source), fixes)
        edits = found.edits()
        target = text if not edits else encoded(apply_edits(source, edits), text)
        return Result(text, target, fixes, found)

    def mentions(self, text: str | bytes, /) -> list[Mention]:
        return self._engine.mentions(decoded(text))

    def explain(self, text: str | bytes, /) -> list[Explanation]:
        explained = self._engine.explain(decoded(text))
        return [
            replace(one, finding=self._levelled(one.finding) if one.finding else None) for one in explained
        ]

    def lookup(self, name: str, /) -> list[Place]:
        return [to_place(option.place) for option in self._engine.look_up(name)]

    def transliterate(self, text: Text, scheme: str, reverse: bool, /) -> Text:
        source = decoded(text)
        result = self._transliterator(scheme, reverse).transliterate(source)
        return text if result == source else encoded(result, text)

    def transliterate_batch(self, texts: Iterable[str], scheme: str, reverse: bool, /) -> list[str]:
        transliterator = self._transliterator(scheme, reverse)
        return [transliterator.transliterate(text) for text in texts]

    def normalize_arrow(self, array: ArrowSource, fixes: str, threads: int | None, /) -> Any:  # noqa: ARG002
        return rewritten(array, lambda text: self.normalize(text, fixes))

    def find_arrow(
        self,
        array: ArrowSource,
        threads: int | None,  # noqa: ARG002
        /,
    ) -> list[tuple[int, str, list[Finding]]]:
        found = ((at, text, self.find(text)) for at, text in texts(array))
        return [row for row in found if row[2]]

    def transliterate_arrow(
        self,
        array: ArrowSource,
        scheme: str,
        reverse: bool,
        threads: int | None,  # noqa: ARG002
        /,
    ) -> Any:
        transliterator = self._transliterator(scheme, reverse)
        return rewritten(array, transliterator.transliterate)

    def _transliterator(self, scheme: str, reverse: bool) -> Transliterator:
        return self._engine.transliterator(scheme, reverse=reverse)

    def _find(self, source: str) -> list[Finding]:
        findings = (self._levelled(finding) for finding in self._engine.find(source))
        kept = [finding for finding in findings if finding is not None]
        suppressed = Suppressions.scan(source) if kept else None
        if suppressed is None:
            return kept
        return [one for one in kept if not suppressed.covers(one.start, one.end, one.rule)]

    def _levelled(self, finding: Finding) -> Finding | None:
        """The finding as the rules' levels and the allowed words leave it; None where they drop it."""
        level = self._levels.get(finding.rule, "safe")
        if level == "off" or finding.text in self._allow:
            return None
        if _STRENGTH[level] > _STRENGTH[finding.applicability.value]:
            return replace(finding, applicability=Applicability(level))
        return finding


@dataclass(frozen=True, slots=True)
class MadeFound:
    """Findings that are there already, as `Result` asks for them."""

    all: list[Finding]
    fixes: str

    def findings(self) -> list[Finding]:
        return list(self.all)

    def edits(self) -> list[Edit]:
        return [Edit(one.start, one.end, one.replacement or "") for one in applied(self.all, self.fixes)]


@lru_cache(maxsize=16)
def _engine(ruleset: Ruleset) -> ReferenceEngine:
    """An engine costs more to make than the rest of a normalizer."""
    return ReferenceEngine(ruleset)


def decoded(text: str | bytes) -> str:
    return text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text


def encoded(text: str, like: Text) -> Text:
    return text.encode("utf-8", "surrogateescape") if isinstance(like, bytes) else text  # type: ignore[return-value]
