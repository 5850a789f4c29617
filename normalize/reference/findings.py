"""Findings among themselves: which claims more, which goes before which."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

from normalize.model import Applicability, Finding

_RANK = {
    "mixed-script-word": 1,
    "toponym-ambiguous": 2,  # that a name is in doubt does not hide that it is misspelled
    "stray-script-word": 3,
    "invisible-character": 4,
    "bidi-control": 5,
}
_LEVELS = {"safe": 0, "unsafe": 1, "none": 2}


def is_safe(finding: Finding) -> bool:
    return finding.applicability is Applicability.SAFE and finding.replacement is not None


def weaker(one: Applicability, other: Applicability) -> Applicability:
    """The applicability of the two that claims less."""
    return max(one, other, key=lambda level: _LEVELS[level])


def disjoint(findings: Sequence[Finding]) -> list[Finding]:
    """Findings sorted, and where some overlap only the most telling: names before letters before marks."""
    kept: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in sorted(findings, key=lambda f: (0 if f.place else _RANK.get(f.rule, 0), f.start, -f.end)):
        at = bisect_right(taken, (finding.start, finding.end))
        is_free_before = at == 0 or taken[at - 1][1] <= finding.start
        if is_free_before and (at == len(taken) or finding.end <= taken[at][0]):
            insort(taken, (finding.start, finding.end))
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)
