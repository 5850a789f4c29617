"""Probes of a scheme: words of its own letters in every guise that a text can give them.

What a letter becomes is the table's business; that its capital, its stressed, decomposed or hyphenated form
becomes the same is a law of every scheme, and a table that breaks it has a mistake.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from normalize.scheme.apply import Transliterator
from normalize.scheme.casing import CaseTable
from normalize.scheme.rules import KEEP, Rule
from normalize.scheme.word import ACUTE, APOSTROPHE, APOSTROPHES, is_transparent
from normalize.tables.schemes import SchemeTable

LATIN_VOWELS = tuple("aeiouy")
Probe = tuple[str, str]
"""A source text that is rendered wrongly, and in what way."""


def probes(table: SchemeTable, case: CaseTable) -> Iterator[Probe]:
    """Every probe that fails."""
    forth = Transliterator.forward(table.rules, case)
    case = case.dotted() if table.rules.dotted else case
    words = _words(table, case)
    exceptions = {case.lower(word) for word, _ in table.rules.words}
    for word in words:
        if word not in exceptions:
            yield from _of_case(word, forth, case)
            yield from _of_form(word, forth)
    yield from _of_alphabet(table, forth, case)
    yield from _of_apostrophes(table, forth, case, words)
    yield from _of_edges(table, forth)


def _words(table: SchemeTable, case: CaseTable) -> list[str]:
    """Words in small letters: those of the examples and tests, and each letter between others."""
    letters = {char for rule in table.rules.forward for char in rule.source}
    texts = " ".join(table.examples | table.tests)
    shown = {word for word in case.lower(texts).replace("-", " ").split() if len(word) > 1}
    shown = {word for word in shown if letters.issuperset(word)}
    a, *_ = sorted(char for char in letters if char.isalpha() and case.is_cased(char))
    made = {a + char + a for char in letters if not is_transparent(char)}
    return sorted(shown | made)


def _of_case(word: str, forth: Transliterator, case: CaseTable) -> Iterator[Probe]:
    """All capitals give all capitals, and a capital at the beginning gives one."""
    plain = forth.transliterate(word)
    if forth.transliterate(case.upper(word)) != case.upper(plain):
        yield case.upper(word), "is not what its small letters give, in capitals"
    titled = case.upper(word[0]) + word[1:]
    first = forth.edits(word)[:1]
    if case.is_cased(word[0]) and first and first[0][2] and first[0][0] == 0:
        found = forth.transliterate(titled)
        if found != case.title(plain):
            yield titled, f"becomes {found!r}, which does not begin with the capital of {plain!r}"


def _of_form(word: str, forth: Transliterator) -> Iterator[Probe]:
    """Decomposed, stressed, and behind a hyphen, a word is the same."""
    plain = forth.transliterate(word)
    decomposed = forth.transliterate(unicodedata.normalize("NFD", word))
    if _composed(decomposed) != _composed(plain):
        yield word, f"becomes {decomposed!r} when it is written with combining marks"
    at = next((at for at in range(1, len(word)) if _is_vowel(word, at, forth)), 0)
    if at:
        stressed = forth.transliterate(word[:at] + ACUTE + word[at:])
        if _unstressed(stressed) != _unstressed(plain):
            yield word[:at] + ACUTE + word[at:], f"becomes {stressed!r}: stress changes a letter"
    if forth.transliterate(f"{word}-{word}") != f"{plain}-{plain}":
        yield f"{word}-{word}", "is not the same before and behind a hyphen"


def _of_alphabet(table: SchemeTable, forth: Transliterator, case: CaseTable) -> Iterator[Probe]:
    """Nothing comes out that the rules do not write."""
    targets = "".join(rule.target for rule in table.rules.forward) + table.rules.apostrophe
    written = set(case.lower(targets)) | set(unicodedata.normalize("NFD", case.lower(targets)))
    for rule in table.rules.forward:
        for source in (rule.source, case.upper(rule.source)):
            output = case.lower(forth.transliterate(source))
            odd = {char for char in output if char not in written and char not in source}
            if odd:
                yield source, f"becomes {output!r}, and no rule writes {min(odd)!r}"


def _of_apostrophes(
    table: SchemeTable, forth: Transliterator, case: CaseTable, words: list[str]
) -> Iterator[Probe]:
    """All styles of apostrophe are one, unless the scheme leaves them or gives them to other letters."""
    letters = {char for rule in table.rules.forward for char in rule.source}
    styles = [sign for sign in APOSTROPHES if sign not in letters or sign == APOSTROPHE]
    joined = [f"{one}{APOSTROPHE}{other}" for one, other in pairwise(words)]
    joined = [word for word in joined if case.is_cased(word[word.index(APOSTROPHE) + 1])]
    for word in joined[:20]:
        plain = forth.transliterate(word)
        for sign in styles:
            other = forth.transliterate(word.replace(APOSTROPHE, sign))
            kept = other.replace(sign, APOSTROPHE) if table.rules.apostrophe == KEEP else other
            if kept != plain:
                yield word.replace(APOSTROPHE, sign), f"becomes {other!r}, and with {APOSTROPHE} {plain!r}"


def _of_edges(table: SchemeTable, forth: Transliterator) -> Iterator[Probe]:
    """What holds at the beginning of a word holds behind a hyphen, and not behind an apostrophe."""
    for rule in table.rules.forward:
        if rule.left_edge and not rule.left and not rule.right and not rule.right_edge:
            letter = _inner(table, rule)
            behind = f"{letter}-{rule.source}"
            inside = f"{letter}{APOSTROPHE}{rule.source}"
            if rule not in forth.rules_used(behind):
                yield behind, f"does not begin with {rule.target!r} behind the hyphen"
            if rule in forth.rules_used(inside):
                yield inside, f"has {rule.target!r} behind an apostrophe, which is inside a word"


def _inner(table: SchemeTable, rule: Rule) -> str:
    """A letter of the scheme that begins no rule of several letters with this one."""
    letters = sorted(one.source for one in table.rules.forward if len(one.source) == 1 and one.target)
    return next(letter for letter in letters if letter.isalpha() and letter != rule.source)


def _is_vowel(word: str, at: int, forth: Transliterator) -> bool:
    """Whether a vowel ends at `at`, which no rule joins with the letter behind it."""
    plain = unicodedata.normalize("NFD", forth.transliterate(word[at - 1]))
    joined = any(word[at - 1 : at + 1] in rule.source for rule in forth.rules_used(word))
    return plain[:1] in LATIN_VOWELS and word[at - 1].isalpha() and word[at].isalpha() and not joined


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _unstressed(text: str) -> str:
    return unicodedata.normalize("NFD", text).replace(ACUTE, "")
