"""An engine at work with a user's dictionaries, which may make a repair safe that else is in doubt.

It stands outside the engines, so that both have it, and does nothing but for texts in which a script rule
found a word. What the engine holds for safe stays so, unless no dictionary has it and one has another
reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from normalize.arrow import ArrowSource, rewritten
from normalize.dictionaries.readings import MIXED, STRAY, Readings, paragraph_at
from normalize.dictionaries.sources import opened
from normalize.model import Applicability, Explanation, Finding
from normalize.offsets import Edit, OffsetMap, apply_edits
from normalize.reference.controls import named_letters
from normalize.reference.document import paragraph_bounds
from normalize.reference.findings import is_safe
from normalize.result import Result
from normalize.ruleset.reader import Ruleset
from normalize.worker import MadeFound, Worker, decoded, encoded

Text = TypeVar("Text", str, bytes)
Sources = tuple[tuple[str, tuple[int, ...]], ...]
"""Dictionaries as a user names them, and when their files were written."""


class DictionaryWorker:
    """A worker, and dictionaries that decide where it does not."""

    def __init__(self, worker: Worker, sources: Sources, rules: Mapping[str, str]) -> None:
        self._worker = worker
        self.name, self.profile, self.sha256 = worker.name, worker.profile, worker.sha256
        levels = {**worker.ruleset.levels, **rules}
        self._levels = {
            rule: Applicability(level)
            for rule in (MIXED, STRAY)
            if (level := levels.get(rule, "safe")) in ("safe", "unsafe")
        }
        self._readings = Readings(worker.ruleset, [opened(source, times) for source, times in sources])
        self.mentions = worker.mentions
        self.lookup = worker.lookup
        self.transliterate = worker.transliterate
        self.transliterate_batch = worker.transliterate_batch
        self.transliterate_arrow = worker.transliterate_arrow

    @property
    def ruleset(self) -> Ruleset:
        return self._worker.ruleset

    def normalize(self, text: Text, fixes: str, /) -> Text:
        return self.apply(text, fixes).text

    def normalize_batch(self, texts: Iterable[str], /) -> list[str]:
        return [self.normalize(text, "safe") for text in texts]

    def find(self, text: str | bytes, /) -> list[Finding]:
        source = decoded(text)
        return self._decided(source, self._worker.find(source))

    def apply(self, text: Text, fixes: str, /) -> Result[Text]:
        source = decoded(text)
        found = MadeFound(self._decided(source, self._worker.find(source)), fixes)
        edits = found.edits()
        target = text if not edits else encoded(apply_edits(source, edits), text)
        return Result(text, target, fixes, found)

    def explain(self, text: str | bytes, /) -> list[Explanation]:
        explained = self._worker.explain(text)
        found = [one.finding for one in explained if one.finding]
        decided = {(one.start, one.rule): one for one in self._decided(decoded(text), found)}
        return [
            replace(one, finding=decided[one.finding.start, one.finding.rule]) if one.finding else one
            for one in explained
        ]

    def normalize_arrow(self, array: ArrowSource, fixes: str, threads: int | None, /) -> Any:  # noqa: ARG002
        return rewritten(array, lambda text: self.normalize(text, fixes))

    def find_arrow(self, array: ArrowSource, threads: int | None, /) -> list[tuple[int, str, list[Finding]]]:
        rows = self._worker.find_arrow(array, threads)
        return [(at, text, self._decided(text, found)) for at, text, found in rows]

    def _decided(self, text: str, findings: list[Finding]) -> list[Finding]:
        """The findings, with those that the dictionaries decide.

        A paragraph that would have further safe repairs once it is repaired so is left as it was.
        """
        chosen = self._chosen(text, findings)
        bounds = paragraph_bounds(text) if chosen else []
        while chosen:
            decided = [chosen.get(one.start, one) for one in findings]
            edits = [Edit(one.start, one.end, one.replacement or "") for one in decided if is_safe(one)]
            if not edits:
                return decided
            target = apply_edits(text, edits)
            again = self._worker.find(target)
            more = self._chosen(target, again)
            back = OffsetMap(edits)
            places = {
                paragraph_at(bounds, back.to_source(one.start))
                for one in (more.get(one.start, one) for one in again)
                if is_safe(one)
            }
            if not places:
                return decided
            steady = {at: one for at, one in chosen.items() if paragraph_at(bounds, at) not in places}
            chosen = steady if len(steady) < len(chosen) else {}
        return findings

    def _chosen(self, text: str, findings: list[Finding]) -> dict[int, Finding]:
        """What findings become by the dictionaries, where these have a say, by where they start."""
        asked = {
            one.start: one
            for one in findings
            if one.rule in self._levels
            and one.place is None
            and len(one.text) > 1
            and (one.rule == MIXED or not is_safe(one))
        }
        chosen = self._readings.chosen(text, asked.values())
        return {
            at: self._made(asked[at], reading)
            for at, reading in chosen.items()
            if not (is_safe(asked[at]) and reading == asked[at].replacement)
        }

    def _made(self, finding: Finding, reading: str) -> Finding:
        why = finding.message
        if reading != finding.replacement:
            why = f"{finding.text} has {named_letters(self._readings.strangers(finding, reading))}"
        message = f"{why}; of its readings, the dictionaries have only {reading}"
        level = Applicability.UNSAFE if is_safe(finding) else self._levels[finding.rule]
        return replace(finding, replacement=reading, applicability=level, message=message)


@lru_cache(maxsize=64)
def with_dictionaries(
    worker: Worker, sources: Sources, rules: tuple[tuple[str, str], ...]
) -> DictionaryWorker:
    """A worker that asks dictionaries; the same one for the same arguments; raises as `opened` does."""
    return DictionaryWorker(worker, sources, dict(rules))
