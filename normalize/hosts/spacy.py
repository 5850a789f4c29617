"""spaCy: the pipeline component `normalize`, found by its entry point.

    nlp.add_pipe("normalize")

The text and its tokens are never altered. Places that the text names become spans in
`doc.spans["normalize"]`, with their id as `kb_id_`; tokens of what is misspelled get the repaired form as
`norm_`, which matchers and models may go by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from normalize.columns.found import records
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Edit, apply_edits
from normalize.romanize.extras import extra

_language: Any = extra("spacy.language", "spacy", "normalize.hosts.spacy")
_tokens: Any = extra("spacy.tokens", "spacy", "normalize.hosts.spacy")

_CONFIG: dict[str, Any] = {
    "profile": "uk-national",
    "extend": [],
    "allow": [],
    "rules": {},
    "fixes": "safe",
    "spans_key": "normalize",
    "label": "PLACE",
    "set_norm": True,
}


def _normalized(doc: Any) -> str:
    edits = [Edit(one["start"], one["end"], one["replacement"]) for one in doc._.findings if one["applied"]]
    return apply_edits(doc.text, edits)


def _set_extensions() -> None:
    _tokens.Doc.set_extension("findings", default=[], force=True)
    _tokens.Doc.set_extension("normalized", getter=_normalized, force=True)
    _tokens.Span.set_extension("canonical", default=None, force=True)
    _tokens.Span.set_extension("mention_kind", default=None, force=True)


_set_extensions()


@_language.Language.factory(
    "normalize",
    default_config=_CONFIG,
    assigns=["doc.spans", "token.norm", "doc._.findings", "doc._.normalized", "span._.canonical"],
)
def make(
    nlp: Any,
    name: str,  # noqa: ARG001 - the factory's signature is spaCy's
    profile: str,
    extend: Iterable[str],
    allow: Iterable[str],
    rules: Mapping[str, str],
    fixes: str,
    spans_key: str,
    label: str,
    set_norm: bool,
) -> Component:
    """The component by its settings: those of `Normalizer`; `fixes` says which findings count as applied.

    `spans_key` is where the spans go, `label` what they are called, and `set_norm` whether norms are set.
    """
    return Component(nlp, chosen(None, profile, extend, allow, rules), fixes, spans_key, label, set_norm)


class Component:
    """Finds, and writes down what it found; see the module."""

    def __init__(self, nlp: Any, normalizer: Any, fixes: str, key: str, label: str, set_norm: bool) -> None:
        self._tokenizer, self._normalizer, self._fixes = nlp.tokenizer, normalizer, fixes
        self._key, self._label, self._set_norm = key, label, set_norm

    def __call__(self, doc: Any) -> Any:
        text = doc.text
        spans: list[Any] = []
        for mention in self._normalizer.mentions(text):
            place = mention.place
            span = doc.char_span(
                mention.start,
                mention.end,
                label=self._label,
                kb_id=place.id if place else "",
                alignment_mode="expand",
            )
            span._.canonical = place.name if place else None
            span._.mention_kind = mention.kind
            spans.append(span)
        doc.spans[self._key] = spans
        found = self._normalizer.find(text)
        doc._.findings = records(text, found, self._fixes, "code-points")
        if self._set_norm:
            for finding in doc._.findings:
                if finding["applied"]:
                    self._norms(
                        doc.char_span(finding["start"], finding["end"], alignment_mode="expand"), finding
                    )
        return doc

    def _norms(self, span: Any, finding: Mapping[str, Any]) -> None:
        """The norms of the tokens of a finding, where the repaired text has as many tokens."""
        before = span.doc.text[span.start_char : finding["start"]]
        after = span.doc.text[finding["end"] : span.end_char]
        words = [
            token.norm_
            for token in self._tokenizer(before + finding["replacement"] + after)
            if not token.is_space
        ]
        tokens = [token for token in span if not token.is_space]
        if len(words) == len(tokens):
            for token, norm in zip(tokens, words, strict=True):
                token.norm_ = norm
