"""dolma: a tagger, found by `dolma tag --tagger_modules normalize.hosts.dolma --taggers normalize_v1`.

A span for each finding, of the type of its rule. The score is 1 where the finding has a safe replacement, 0.5
where it has another one and 0 where it has none. The mixer of dolma can only replace all spans by one and the
same text: `normalize corpus` rewrites the documents.
"""

from __future__ import annotations

from typing import Any

from normalize.hosts.settings import normalizer as chosen
from normalize.model import Applicability, Finding
from normalize.romanize.extras import extra

_what = "normalize.hosts.dolma"
_types: Any = extra("dolma.core.data_types", "dolma", _what)
_registry: Any = extra("dolma.core.registry", "dolma", _what)
_taggers: Any = extra("dolma.core.taggers", "dolma", _what)
_Tagger: Any = _taggers.BaseTagger


@_registry.TaggerRegistry.add("normalize_v1")
class NormalizeTagger(_Tagger):
    """What the default profile finds. A change of what is found gets the name of a next version."""

    def __init__(self) -> None:
        self._normalizer = chosen()

    def predict(self, doc: Any) -> Any:
        """The findings of a document."""
        found = self._normalizer.find(doc.text)
        spans = [_types.Span(one.start, one.end, one.rule, _score(one)) for one in found]
        return _types.DocResult(doc=doc, spans=spans)


def _score(finding: Finding) -> float:
    if finding.replacement is None:
        return 0.0
    return 1.0 if finding.applicability is Applicability.SAFE else 0.5
