"""A scheme as transform rules of ICU, which then do what our interpreter does.

What stands before a letter is, for ICU, what it has already written, and contexts of a scheme see the source.
So first passes only add private signs: where words begin and end, which rule with contexts holds, which
capital becomes several capitals. The pass after them replaces each letter by its signs alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from normalize.scheme.casing import CaseTable
from normalize.scheme.icu_text import literal, one_of, ranges
from normalize.scheme.rules import DROP, EDGE_MARK, KEEP, NEAREST, Rule, SchemeRules
from normalize.scheme.word import (
    ACUTE,
    APOSTROPHE,
    APOSTROPHES,
    GRAVE,
    INVISIBLE,
    LOOSE_APOSTROPHES,
    is_transparent,
)

_START, _END, _CAPITALS, _GAP = (f"\\U000F000{number}" for number in range(4))
_SIGNS = {"start": _START, "end": _END, "capitals": _CAPITALS, "gap": _GAP}
"""As variables they are sets: of one character beyond U+FFFF, ICU matches only a half in some places."""
_FIRST_SIGN = 0xF0100
_PASS = "::Null;"
_STRESSES = f"[\\u{ord(GRAVE):04X}\\u{ord(ACUTE):04X}]"


class NotExpressibleError(ValueError):
    """The scheme needs what ICU's rules cannot say."""


def icu_rules(scheme: SchemeRules, case: CaseTable) -> str:
    """The scheme from its own letters to Latin, as a text that ICU compiles.

    Raises `NotExpressibleError` where signs are typed for a letter that alone stays as it is: ICU would not
    give back which sign it was.
    """
    alone = {rule.source for rule in scheme.forward}
    for letter in (typed[0] for typed in scheme.typed):
        if letter not in alone:
            raise NotExpressibleError(
                f"{scheme.id} leaves {letter} as it was typed where it stands alone, which ICU's rules cannot"
            )
    return _Export(scheme, case.dotted() if scheme.dotted else case).text()


class _Export:
    """The passes of one scheme."""

    def __init__(self, scheme: SchemeRules, case: CaseTable) -> None:
        self._scheme, self._case = scheme, case
        self._rules = sorted(scheme.forward, key=lambda rule: (-len(rule.source), not rule.contextual))
        placed = [rule for rule in self._rules if rule.contextual or _is_inside(rule.source[0])]
        self._signs = {rule: f"\\U{_FIRST_SIGN + at:08X}" for at, rule in enumerate(placed)}
        self._names: dict[str, str] = {}
        self._alphabet = {char for rule in scheme.forward for char in rule.source} - {APOSTROPHE}

    def text(self) -> str:
        scheme = self._scheme
        passes = (
            self._composed(),
            self._typed(),
            self._edges(),
            self._words(),
            self._contexts(),
            self._capitals(),
            self._outputs(),
            self._stress(),
        )
        written = [list(lines) for lines in passes]
        named = [f"{name} = {pattern};" for pattern, name in self._names.items()]
        written.insert(0, [*self._variables(), *named])
        body = f"\n{_PASS}\n".join("\n".join(lines) for lines in written if lines)
        return f"# {scheme.id}: {scheme.title}\n# {scheme.authority}, {scheme.year}; {scheme.url}\n{body}\n"

    # ---------------------------------------------------------------------------------------------- passes

    def _variables(self) -> Iterator[str]:
        case = self._case
        letters = {*case.lowers, *case.uppers, *self._alphabet, *"".join(self._scheme.typed)}
        uppers = {char for char in letters if case.is_upper(char)}
        lowers = {char for char in letters if case.is_cased(char)} - uppers
        yield from (f"${name} = [{sign}];" for name, sign in _SIGNS.items())
        yield f"$letter = {one_of(letters)};"
        yield f"$upper = {one_of(uppers)};"
        yield f"$lower = {one_of(lowers)};"
        yield f"$own = {one_of(self._forms(self._alphabet))};"
        yield f"$mark = [\\u0300-\\u036F\\u0483-\\u0489{ranges(INVISIBLE)}];"
        yield "$marks = $mark*;"
        yield "$maybe = $capitals?;"
        yield f"$apostrophe = {one_of(set(APOSTROPHES + LOOSE_APOSTROPHES) - self._alphabet)};"
        yield f"$sign = [{_CAPITALS}\\U{_FIRST_SIGN:08X}-\\U000FFFFD];"
        yield "$through = [$mark $sign];"
        yield f"$uncased = [$mark $sign $apostrophe {_GAP}{ranges(letters - uppers - lowers)}];"

    def _composed(self) -> Iterator[str]:
        """Letters that are written with a mark behind them, and stress that is written in the letter."""
        case = self._case
        for letter in self._forms(self._alphabet):
            if letter in case.decomposed:
                yield f"{literal(''.join(case.decomposed[letter]))} > {literal(letter)};"
        for letter, (base, mark) in sorted(case.decomposed.items()):
            if (
                mark == GRAVE
                and case.lower(base) in self._alphabet
                and case.lower(letter) not in self._alphabet
            ):
                yield f"{literal(letter)} > {literal(base + mark)};"

    def _typed(self) -> Iterator[str]:
        """Signs that are typed for a letter: behind a letter in the case around, else in their own."""
        for small, *signs in self._scheme.typed:
            capital = (self._capitals_of.get(small) or [small])[0]
            key = one_of(signs)
            yield f"$own {{ {key} }} $upper > {capital};"
            yield f"$own {{ {key} }} $lower > {small};"
            yield f"[$own & $upper] {{ {key} > {capital};"
            yield f"$own {{ {key} > {small};"
            for sign in signs:
                if not sign.isdigit():
                    output = capital if self._case.is_upper(sign) else small
                    yield f"[^$letter $mark $apostrophe] {{ {literal(sign)} }} $own $own > {output};"

    def _edges(self) -> Iterator[str]:
        """A sign where a word begins, and one where it ends."""
        inside, onward = "$letter $mark* $apostrophe? {", "} $apostrophe? $letter"
        yield f"{inside} ($letter $mark*) {onward} > $1;"
        yield f"{inside} ($letter $mark*) > $1 {_END};"
        yield f"($letter $mark*) {onward} > {_START} $1;"
        yield f"($letter $mark*) > {_START} $1 {_END};"

    def _words(self) -> Iterator[str]:
        """Whole words that are exceptions: as they stand, then in any case."""
        case, exact = self._case, {word for word, _ in self._scheme.words if word != self._case.lower(word)}
        words = sorted(self._scheme.words, key=lambda pair: pair[0] not in exact)
        for word, rendering in words:
            if word in exact:
                yield f"$start {literal(word)} $end > {literal(rendering)};"
                continue
            first, *rest = (self._forms(char) for char in word)
            written = [(first[:1], rest, rendering), (first[1:], rest, case.title(rendering))]
            if any(len(forms) > 1 and self._case.is_cased(forms[0]) for forms in rest):
                capitals = [forms[1:] if case.is_cased(forms[0]) else forms for forms in rest]
                written.append((first[1:], capitals, case.upper(rendering)))
            for head, tail, output in reversed(written):
                if head:
                    key = " $marks ".join(self._one(forms) for forms in (head, *tail))
                    yield f"$start {key} $marks $end > {literal(output)};"

    def _contexts(self) -> Iterator[str]:
        """A sign before what a rule with contexts is for."""
        for rule in self._rules:
            key = f"({self._key(rule.source)})"
            if rule.contextual:
                for left in self._side(rule.left, rule.left_edge, "$start", before=True):
                    for right in self._side(rule.right, rule.right_edge, "$end", before=False):
                        yield f"{left}{key}{right} > {self._signs[rule]} $1;"
            elif rule in self._signs:
                onward = " } $letter" if rule.source == APOSTROPHE else ""
                yield f"$letter $through* {{ {key}{onward} > {self._signs[rule]} $1;"
            elif len(rule.source) > 1:
                yield f"{key} > $1;"
        taken = any(rule.source == APOSTROPHE and not rule.contextual for rule in self._rules)
        if self._scheme.apostrophe != KEEP and not taken:
            yield f"$own $through* {{ {one_of(set(APOSTROPHES) - self._alphabet)} }} $own > {_GAP};"

    def _capitals(self) -> Iterator[str]:
        """A sign before a capital that becomes several capitals, and before a sign that becomes one."""
        cased = self._case.is_cased
        several = {
            char
            for rule in self._rules
            if sum(map(cased, rule.source)) == 1 and sum(map(cased, rule.target)) > 1
            for char in rule.source
            if cased(char)
        }
        capitals = [form for letter in several for form in self._forms(letter)[1:]]
        if capitals:
            key = f"({one_of(capitals)})"
            yield f"{key} }} $uncased* $upper > {_CAPITALS} $1;"
            yield f"{key} }} $uncased* $lower > $1;"
            yield f"[$upper $lower] $uncased* {{ {key} > {_CAPITALS} $1;"
        for source in sorted({rule.source for rule in self._rules if self._is_sign(rule)}):
            key = f"({self._key(source)})"
            yield f"$upper $uncased* {{ {key} }} $uncased* $upper > {_CAPITALS} $1;"
            yield f"$lower $uncased* {{ {key} > $1;"
            yield f"{key} }} $uncased* $lower > $1;"
            yield f"$upper $uncased* $upper $uncased* {{ {key} > {_CAPITALS} $1;"
            yield f"{key} }} $uncased* $upper $uncased* $upper > {_CAPITALS} $1;"

    def _outputs(self) -> Iterator[str]:
        """Each letter by its signs; then nothing is left of these."""
        for rule in self._rules:
            sign = self._name(f"[{self._signs[rule]}]") + " " if rule in self._signs else ""
            for key, output in self._written(rule):
                yield from self._stressed(sign + key, output)
        if self._scheme.apostrophe != KEEP:
            yield f"$gap > {literal(self._scheme.apostrophe)};"
        yield "[$start $end $sign] > ;"

    def _stress(self) -> Iterator[str]:
        """Stress that follows a letter is written in it, where there is such a letter."""
        case = self._case
        letters = {char for rule in self._rules for char in rule.target}
        for letter in self._forms(letters):
            for mark in GRAVE + ACUTE:
                if letter + mark in case.composed:
                    yield f"{literal(letter + mark)} > {literal(case.composed[letter + mark])};"

    # -------------------------------------------------------------------------------------------- contexts

    def _side(self, items: tuple[str, ...], edge: bool, edge_sign: str, *, before: bool) -> list[str]:
        """The contexts of one side of a rule, one of which must hold, each with its brace."""
        single = "".join(item for item in items if len(item) == 1 and item != EDGE_MARK)
        found = [edge_sign] if edge else []
        found += [self._set(single)] if single else []
        found += [self._context(item, before=before) for item in items if len(item) > 1]
        if not found:
            return [""]
        return [f"{one} $through* {{ " if before else f" }} $through* {one}" for one in found]

    def _context(self, item: str, *, before: bool) -> str:
        wanted, nearest, kind = item.partition(NEAREST)
        if not nearest:
            edge = "$start" if before else "$end"
            return " $through* ".join(edge if char == EDGE_MARK else self._set(char) for char in item)
        others = self._name(f"[^{ranges(self._forms(kind))}{_START}{_END}]") + "*"
        found = self._set(wanted) if wanted else ("$start" if before else "$end")
        return f"{found} {others}" if before else f"{others} {found}"

    # --------------------------------------------------------------------------------------------- letters

    def _written(self, rule: Rule) -> Iterator[tuple[str, str]]:
        """How the source of a rule can be written, and what each becomes."""
        case, target = self._case, rule.target
        cased = [char for char in rule.source if case.is_cased(char)]
        if not any(map(case.is_cased, target)):
            yield self._key(rule.source, maybe=True), target
        elif not cased:
            yield f"$capitals {self._key(rule.source)}", case.upper(target)
            yield self._key(rule.source), target
        elif len(cased) == 1:
            capital = self._key(rule.source, "upper")
            if len(self._forms(cased[0])) > 1:
                yield f"$capitals {capital}" if rule.source[0] == cased[0] else capital, case.upper(target)
                yield capital, case.title(target)
            yield self._key(rule.source, "lower"), target
        else:
            yield self._key(rule.source, "upper", maybe=True), case.upper(target)
            yield self._key(rule.source, "title", maybe=True), case.title(target)
            yield self._key(rule.source, "any", maybe=True), target

    def _key(self, source: str, shape: str = "any", *, maybe: bool = False) -> str:
        """The letters of a source in a shape; with `maybe`, signs of capitals may stand between."""
        parts: list[str] = []
        first = True
        for char in source:
            forms = self._forms(char)
            if self._case.is_cased(char):
                if shape == "upper" or (shape == "title" and first):
                    forms = forms[1:] or forms
                elif shape == "lower":
                    forms = forms[:1]
                first = False
            parts.append(self._one(forms))
        return "$maybe " + " $maybe ".join(parts) if maybe else " ".join(parts)

    def _stressed(self, key: str, output: str) -> Iterator[str]:
        """The rule for a key, and for stress behind it that goes to another place than the end."""
        if self._scheme.stress == DROP:
            yield f"{key} {_STRESSES}* > {literal(output)};"
            return
        last = max((at for at, char in enumerate(output) if self._case.is_cased(char)), default=-1) + 1
        if 0 < last < len(output):
            yield f"{key} ({_STRESSES}+) > {literal(output[:last])} $1 {literal(output[last:])};"
        yield f"{key} > {literal(output)};"

    def _is_sign(self, rule: Rule) -> bool:
        cased = self._case.is_cased
        return not any(map(cased, rule.source)) and any(map(cased, rule.target))

    @cached_property
    def _capitals_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for upper, lower in self._case.lowers.items():
            found.setdefault(lower, []).append(upper)
        return found

    def _forms(self, letters: Iterable[str]) -> list[str]:
        """Each letter and behind it its capitals; an apostrophe in all its styles."""
        found: list[str] = []
        for letter in letters if isinstance(letters, str) else sorted(letters):
            if letter == APOSTROPHE:
                found += [sign for sign in APOSTROPHES if sign not in self._alphabet]
            else:
                found += [letter, *self._capitals_of.get(letter, ())]
        return found

    def _set(self, letters: str) -> str:
        """One of these letters in any case, as contexts see them."""
        forms = self._forms(letters)
        if APOSTROPHE in letters:
            return self._name(f"[{ranges([*forms, *LOOSE_APOSTROPHES])}{_GAP}]")
        return self._one(forms)

    def _one(self, chars: Iterable[str]) -> str:
        """One of these characters."""
        found = one_of(chars)
        return self._name(found) if found.startswith("[") else found

    def _name(self, pattern: str) -> str:
        """A variable for the set: ICU has room for two thousand sets, and rules write the same ones."""
        return self._names.setdefault(pattern, f"$set{len(self._names)}")


def _is_inside(char: str) -> bool:
    """Whether the character is a letter of the scheme inside a word only: a mark, or the apostrophe."""
    return char == APOSTROPHE or is_transparent(char)
