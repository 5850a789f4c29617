"""The reference interpreter of transliteration rules: text in, text or edits out.

Each word is read once into small letters (`normalize.scheme.word`); at every place the longest source
wins, and at equal length a rule whose contexts hold beats one without contexts. Contexts see the source,
never the output. Case, stress and apostrophes are put back afterwards, the same way for every scheme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.scheme.casing import CaseTable
from normalize.scheme.rules import DROP, KEEP, Rule, SchemeRules
from normalize.scheme.word import ACUTE, APOSTROPHE, GRAVE, Word, WordReader

Edit = tuple[int, int, str]
"""Source code points from (inclusive) and to (exclusive), and what replaces them."""
REMEMBERED = 20_000
"""How many different words a `Transliterator` remembers the edits of."""


@dataclass(frozen=True, slots=True)
class Match:
    """One rule at work: which, on which units of its word, and what it writes there."""

    rule: Rule
    start: int
    end: int
    output: str


class Transliterator:
    """One direction of one scheme, ready to use. Immutable to its users, thread-safe and picklable.

    `words` maps whole words to their rendering, both in lower case; `apostrophe` is what an apostrophe
    between two letters of the scheme becomes, `keep` leaving it; `stress` is `keep` or `drop`; `accents`
    are the stress marks that are read apart from a composed letter, `typed` letters that are written in
    several ways (see `SchemeRules`).
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        words: Mapping[str, str],
        case: CaseTable,
        *,
        apostrophe: str = KEEP,
        stress: str = KEEP,
        accents: str = GRAVE,
        typed: Sequence[str] = (),
    ) -> None:
        self._case = case
        self._words = dict(words)
        self._apostrophe = apostrophe
        self._stress = stress
        self._known: dict[str, tuple[Edit, ...]] = {}
        self._by_source: dict[str, list[Rule]] = {}
        for rule in rules:
            self._by_source.setdefault(rule.source, []).append(rule)
        for candidates in self._by_source.values():
            candidates.sort(key=lambda rule: not rule.contextual)
        self._longest = max(map(len, self._by_source), default=0)
        self._reader = WordReader("".join(self._by_source), case, accents, typed)

    @classmethod
    def forward(cls, scheme: SchemeRules, case: CaseTable) -> Transliterator:
        """From the scheme's own script to Latin."""
        return cls(
            scheme.forward,
            dict(scheme.words),
            case.dotted() if scheme.dotted else case,
            apostrophe=scheme.apostrophe,
            stress=scheme.stress,
            typed=scheme.typed,
        )

    @classmethod
    def backward(cls, scheme: SchemeRules, case: CaseTable, *, lossy: bool = False) -> Transliterator:
        """From Latin back; `ValueError` where the scheme cannot be reversed, unless guesses will do."""
        if not scheme.reverse or not (lossy or scheme.has_way_back):
            raise ValueError(f"the scheme {scheme.id} has no way back")
        case = case.dotted() if scheme.dotted else case
        return cls(scheme.reverse, dict(scheme.reverse_words), case, accents=GRAVE + ACUTE)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_known": {}}

    def transliterate(self, text: str) -> str:
        """`text` in the other script; the same object when nothing changes."""
        return apply_edits(text, self.edits(text))

    def edits(self, text: str) -> list[Edit]:
        """What to replace in `text`: sorted, disjoint, and each a real change."""
        return [
            (start + first, start + last, output)
            for start, end in self._reader.spans(text)
            for first, last, output in self._edits_of(text[start:end])
        ]

    def rules_used(self, text: str) -> set[Rule]:
        """The rules that are at work in `text`."""
        words = (self._reader.read(text, *span) for span in self._reader.spans(text))
        return {match.rule for word in words for match in self._matches(word)}

    def _edits_of(self, text: str) -> tuple[Edit, ...]:
        """The edits of one word, counted from its beginning; remembered, for words come again."""
        known = self._known.get(text)
        if known is None and text in self._words:
            whole = self._words[text]
            known = ((0, len(text), whole),) if text != whole else ()
        if known is None:
            word = self._reader.read(text, 0, len(text))
            spans = (
                (word.starts[first], word.starts[last], output)
                for first, last, output in self._word_edits(word)
            )
            known = tuple(edit for edit in spans if text[edit[0] : edit[1]] != edit[2])
            if len(self._known) < REMEMBERED:
                self._known[text] = known
        return known

    def _word_edits(self, word: Word) -> Iterator[tuple[int, int, str]]:
        """Units from and to of the word, and what replaces them."""
        whole = self._words.get(word.letters)
        if whole is not None:
            yield 0, len(word.text), self._cased(word, 0, len(word.text), whole)
            return
        done = 0
        for match in self._matches(word):
            yield from self._gap(word, done, match.start)
            output, done = match.output, match.end
            while done < len(word.text) and word.text[done] in GRAVE + ACUTE:
                output = self._stressed(output, word.text[done])
                done += 1
            yield match.start, done, output
        yield from self._gap(word, done, len(word.text))

    def _gap(self, word: Word, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Apostrophes between two letters of the scheme, which no rule has taken."""
        if self._apostrophe == KEEP:
            return
        for unit in range(start, end):
            if word.text[unit] == APOSTROPHE:
                place = word.before[unit]
                around = word.letters[place - 1 : place] + word.letters[place + 1 : place + 2]
                if all(char in self._reader.alphabet for char in around):
                    yield unit, unit + 1, self._apostrophe

    def _matches(self, word: Word) -> Iterator[Match]:
        start = 0
        while start < len(word.text):
            rule = self._rule_at(word, start)
            if rule is None:
                start += 1
                continue
            end = start + len(rule.source)
            yield Match(rule, start, end, self._cased(word, start, end, rule.target))
            start = end

    def _rule_at(self, word: Word, start: int) -> Rule | None:
        before = word.letters[: word.before[start]]
        for length in range(min(self._longest, len(word.text) - start), 0, -1):
            candidates = self._by_source.get(word.text[start : start + length])
            if candidates:
                after = word.letters[word.before[start + length] :]
                for rule in candidates:
                    if not rule.contextual or rule.holds(before, after):
                        return rule
        return None

    def _stressed(self, output: str, mark: str) -> str:
        """`output` with the stress mark on its last letter; or at its end, where it has none."""
        if self._stress == DROP:
            return output
        for index in range(len(output) - 1, -1, -1):
            if self._case.is_cased(output[index]):
                stressed = output[index] + mark
                return output[:index] + self._case.composed.get(stressed, stressed) + output[index + 1 :]
        return output + mark

    def _cased(self, word: Word, start: int, end: int, target: str) -> str:
        """`target` in the case of the units `start` to `end` of the word.

        A capital that becomes several letters is a capital and small letters before a small letter
        (and alone), and all capitals before a capital or at the end of a longer word. A sign without
        case that becomes a letter is a capital among capitals.
        """
        case = self._case
        if True not in word.capitals:
            return target
        shape = [word.capitals[unit] for unit in range(start, end) if case.is_cased(word.text[unit])]
        if not shape:
            return case.upper(target) if self._among_capitals(word, start, end) else target
        if not shape[0]:
            return target
        if len(shape) > 1:
            return (case.upper if all(shape) else case.title)(target)
        following = self._next_case(word, range(end, len(word.text)))
        if following is None:
            alone = self._next_case(word, range(start - 1, -1, -1)) is None
            return (case.title if alone else case.upper)(target)
        return (case.upper if following else case.title)(target)

    def _next_case(self, word: Word, units: range) -> bool | None:
        """Whether the first cased letter of `units` is a capital; None where there is none."""
        for unit in units:
            if self._case.is_cased(word.text[unit]):
                return word.capitals[unit]
        return None

    def _among_capitals(self, word: Word, start: int, end: int) -> bool:
        """Whether a sign without case stands between capitals, or beside two at an end of the word."""
        is_cased, text = self._case.is_cased, word.text
        earlier = [word.capitals[unit] for unit in range(start - 1, -1, -1) if is_cased(text[unit])]
        later = [word.capitals[unit] for unit in range(end, len(text)) if is_cased(text[unit])]
        nearest = earlier[:1] + later[:1] if earlier and later else (earlier or later)[:2]
        return len(nearest) == 2 and all(nearest)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """`text` after `edits`, which are sorted and disjoint."""
    if not edits:
        return text
    parts: list[str] = []
    done = 0
    for start, end, replacement in edits:
        parts += (text[done:start], replacement)
        done = end
    parts.append(text[done:])
    return "".join(parts)
