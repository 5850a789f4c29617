"""Transliteration: the rules of a scheme, and the reference interpreter of them.

A leaf of the import graph: it knows nothing of table files or rulesets, and holds no letter of any
alphabet. What a letter becomes is data that is passed in.
"""

from __future__ import annotations

from normalize.scheme.apply import Edit, Transliterator, apply_edits
from normalize.scheme.casing import CaseTable
from normalize.scheme.reverse import derive_reverse, lost_spans, round_trip_failures
from normalize.scheme.rules import Rule, SchemeRules

__all__ = [
    "CaseTable",
    "Edit",
    "Rule",
    "SchemeRules",
    "Transliterator",
    "apply_edits",
    "derive_reverse",
    "lost_spans",
    "round_trip_failures",
]
