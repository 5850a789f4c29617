"""The way back from Latin: how it follows from the rules, and the proof of what it loses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from normalize.scheme.apply import Transliterator
from normalize.scheme.casing import CaseTable
from normalize.scheme.rules import KEEP, Rule, SchemeRules
from normalize.scheme.word import APOSTROPHE, APOSTROPHES

TRIPLES_UP_TO = 60
"""Alphabets of more letters are proved over all pairs, not over all triples."""
_FOLD = str.maketrans(dict.fromkeys(APOSTROPHES, APOSTROPHE))


@dataclass(frozen=True, slots=True)
class Failure:
    """A string that does not come back: it became `latin`, and that became `back`."""

    source: str
    latin: str
    back: str


def derive_reverse(forward: Iterable[Rule], explicit: Sequence[Rule]) -> tuple[Rule, ...]:
    """The reverse rules: what each scheme says itself, and the inverse of its rules without context.

    An explicit rule without context for some Latin string replaces the derived one. A Latin string that
    several letters share is left out: only the scheme can say what it means (see `shared_outputs`).
    """
    return (*(Rule(target, source) for target, source in _inverse(forward, explicit).items()), *explicit)


def guess_reverse(forward: Sequence[Rule], explicit: Sequence[Rule]) -> tuple[Rule, ...]:
    """Reverse rules for a scheme that has no way back: a likely original, without any promise.

    As `derive_reverse`, but a Latin string that several letters share is the one that the scheme lists
    first, and one that only rules with contexts write is what they write it for (at an edge of the word,
    if they write it only there).
    """
    inverse = {
        target: Rule(target, sources[0]) for target, sources in _sources_by_target(forward).items() if target
    }
    for rule in forward:
        if rule.contextual and rule.target:
            start, end = rule.left_edge and not rule.left, rule.right_edge and not rule.right
            back = Rule(rule.target, rule.source, left_edge=start, right_edge=end)
            inverse.setdefault(rule.target, back)
    own = {rule.source for rule in explicit if not rule.contextual}
    return (*(rule for target, rule in inverse.items() if target not in own), *explicit)


def _inverse(forward: Iterable[Rule], explicit: Iterable[Rule]) -> dict[str, str]:
    own = {rule.source for rule in explicit if not rule.contextual}
    return {
        target: sources[0]
        for target, sources in _sources_by_target(forward).items()
        if target and len(sources) == 1 and target not in own
    }


def shared_outputs(forward: Iterable[Rule], reverse: Iterable[Rule]) -> dict[str, list[str]]:
    """Latin strings that several letters become and that no reverse rule without context explains."""
    known = {rule.source for rule in reverse if not rule.contextual}
    shared = _sources_by_target(forward).items()
    return {target: sources for target, sources in shared if len(sources) > 1 and target not in known}


def losses(scheme: SchemeRules) -> list[str]:
    """What the rules of a scheme lose, each as a few words: letters that become the same, or nothing."""
    by_target: dict[str, list[str]] = {}
    for rule in scheme.forward:
        if rule.source not in by_target.setdefault(rule.target, []):
            by_target[rule.target].append(rule.source)
    dropped = by_target.pop("", [])
    shared = sorted(by_target.items(), key=lambda pair: -len(pair[1]))
    told = [f"{_listed(sources)} become {target}" for target, sources in shared if len(sources) > 1]
    if dropped:
        told.append(f"{_listed(dropped)} can be dropped")
    if not scheme.apostrophe:
        told.append("apostrophes are dropped")
    return told or ["letters run together"]


def _listed(letters: Sequence[str]) -> str:
    return ", ".join(letters[:-1]) + " and " + letters[-1] if len(letters) > 1 else letters[0]


def round_trip_failures(
    scheme: SchemeRules, case: CaseTable, longest: int | None = None
) -> Iterator[Failure]:
    """Every string over the scheme's alphabet, up to `longest` letters, that does not come back.

    The alphabet is that of the sources, with the apostrophe (inside a word) unless the scheme leaves it
    alone. The default `longest` is 3: a rule sees its neighbours, so a letter between two others
    decides; alphabets above `TRIPLES_UP_TO` letters, which only tables without contexts have, are
    proved with 2. Two styles of apostrophe count as the same.
    """
    letters = _alphabet(scheme)
    if longest is None:
        longest = 3 if len(letters) <= TRIPLES_UP_TO else 2
    strings = (
        "".join(parts) for length in range(1, longest + 1) for parts in product(letters, repeat=length)
    )
    return _failures(scheme, case, strings)


def lost_spans(
    scheme: SchemeRules, case: CaseTable, failures: Iterable[Failure]
) -> tuple[list[Failure], list[str]]:
    """Failures that no span in `lossy` explains, and the spans that lose nothing after any letter.

    A span that ends with an apostrophe is tried before every letter too: no word ends with one.
    """
    unexplained = [f for f in failures if not any(span in f.source for span in scheme.lossy)]
    letters = ["", *_alphabet(scheme)]
    idle = [span for span in scheme.lossy if not any(_failures(scheme, case, _in_words(span, letters)))]
    return unexplained, idle


def _alphabet(scheme: SchemeRules) -> list[str]:
    letters = sorted({rule.source for rule in scheme.forward})
    return letters if scheme.apostrophe == KEEP or APOSTROPHE in letters else [*letters, APOSTROPHE]


def _in_words(span: str, letters: Sequence[str]) -> Iterator[str]:
    tails = letters if span.endswith(APOSTROPHE) else ("",)
    return (head + span + tail for head in letters for tail in tails)


def _failures(scheme: SchemeRules, case: CaseTable, strings: Iterable[str]) -> Iterator[Failure]:
    forth, back = Transliterator.forward(scheme, case), Transliterator.backward(scheme, case)
    for source in strings:
        if source[0] == APOSTROPHE or source[-1] == APOSTROPHE or APOSTROPHE * 2 in source:
            continue
        latin = forth.transliterate(source)
        returned = back.transliterate(latin)
        if not same_text(returned, source):
            yield Failure(source, latin, returned)


def same_text(one: str, other: str) -> bool:
    """Whether two texts are equal but for the style of their apostrophes."""
    return one.translate(_FOLD) == other.translate(_FOLD)


def _sources_by_target(forward: Iterable[Rule]) -> dict[str, list[str]]:
    sources: dict[str, list[str]] = {}
    for rule in forward:
        if not rule.contextual and rule.source not in sources.setdefault(rule.target, []):
            sources[rule.target].append(rule.source)
    return sources
