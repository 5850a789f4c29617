"""datatrove: a step of a pipeline that normalizes the text of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from normalize.api import Normalizer
from normalize.columns.found import records
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Unit
from normalize.romanize.extras import extra

_base: Any = extra("datatrove.pipeline.formatters.base", "datatrove", "normalize.hosts.datatrove")
_Formatter: Any = _base.BaseFormatter


class NormalizeFormatter(_Formatter):
    """Puts the normalized text in the place of a document's text.

    `profile`, `extend`, `allow` and `rules` are as of `normalize.Normalizer`, or `normalizer` is one. What is
    found goes into the metadata under the name `findings`, if that is given, in `unit` and with
    the fields of `normalize.columns.found.FIELDS`. Statistics count changed documents and findings.
    """

    name = "📍 Normalize"

    def __init__(
        self,
        profile: str | None = None,
        *,
        normalizer: Normalizer | None = None,
        extend: Iterable[str] = (),
        allow: Iterable[str] = (),
        rules: Mapping[str, str] | None = None,
        fixes: str = "safe",
        findings: str | None = None,
        unit: Unit | str = Unit.CODE_POINTS,
    ) -> None:
        _Formatter.__init__(self)
        self.normalizer = chosen(normalizer, profile, extend, allow, rules)
        self.fixes, self.findings, self.unit = fixes, findings, Unit(unit)

    def format(self, text: str) -> str:
        """The text normalized."""
        return self.normalizer.normalize(text, self.fixes)

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:  # noqa: ARG002
        for document in data:
            self.stat_update("total")
            with self.track_time():
                result = self.normalizer.apply(document.text, self.fixes)
                for finding in result.findings:
                    self.stat_update(finding.rule)
                if self.findings is not None:
                    found = records(document.text, result.findings, self.fixes, self.unit)
                    document.metadata[self.findings] = found
                if result.text is not document.text:
                    self.stat_update("changed")
                    document.text = result.text
            yield document
