"""What a ruleset knows, as pools of words: by them a text is made in which something is to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from normalize.ruleset.lexicon import ROOT, Lexicon
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import CueGroup, Frame

US, YEAR, NUMBER = ("Texas", "Ohio", "U.S."), ("1943", "2022", "1654"), ("3", "12", "4,500", "80")
CAPITAL = ("Smith", "Treaty", "Юрій")


class Phrases:
    """The phrases of a lexicon: each a sequence of components, each of those with all its spellings."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.spellings: dict[int, list[str]] = {}
        for word in sorted(lexicon.words()):
            for component, _ in lexicon.spelled(word):
                self.spellings.setdefault(component, []).append(word)
        following: dict[int, list[tuple[int, int]]] = {}
        edges = lexicon._edges
        for at in range(0, len(edges), 3):
            following.setdefault(edges[at], []).append((edges[at + 1], edges[at + 2]))
        self.phrases: list[tuple[int, ...]] = []
        self.payloads: list[tuple[int, ...]] = []
        waiting: list[tuple[int, tuple[int, ...]]] = [(ROOT, ())]
        while waiting:
            node, path = waiting.pop()
            if path and lexicon.payloads(node) and all(one in self.spellings for one in path):
                self.phrases.append(path)
                self.payloads.append(lexicon.payloads(node))
            waiting += ((after, (*path, component)) for component, after in sorted(following.get(node, ())))

    def words(self, random: Random) -> list[str]:
        """The words of one phrase, each in a spelling of its own; empty where the lexicon is."""
        if not self.phrases:
            return []
        return [random.choice(self.spellings[component]) for component in random.choice(self.phrases)]


@dataclass(frozen=True)
class Judged:
    """A name that is believed only with, or unless, cues; a `key` that begins with `* ` is a place's id."""

    key: str
    cues: tuple[str, ...]


class Pools:
    """The words of one ruleset by what they do, each list in an order that is always the same."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset

    @cached_property
    def names(self) -> Phrases:
        return Phrases(self.ruleset.place_lexicon)

    @cached_property
    def frozen(self) -> Phrases:
        return Phrases(self.ruleset.frozen_lexicon)

    @cached_property
    def spelled(self) -> list[str]:
        """Names as they are written officially: canonical and native ones."""
        places = (self.ruleset.places[number] for number in range(len(self.ruleset.places)))
        return list(dict.fromkeys(name for one in places for name in (one.name, one.uk, one.ru) if name))

    @cached_property
    def right(self) -> list[str]:
        """Names as the ruleset's profile writes them."""
        return [self.ruleset.places[number].name for number in range(len(self.ruleset.places))]

    @cached_property
    def cues(self) -> dict[str, list[str]]:
        """Cue phrases by group, in capitals where they must be."""
        phrases = Phrases(self.ruleset.cue_lexicon)
        found: dict[str, list[str]] = {}
        for path, payloads in zip(phrases.phrases, phrases.payloads, strict=True):
            words = " ".join(phrases.spellings[component][0] for component in path)
            for payload in payloads:
                group: CueGroup = self.ruleset.cue_groups[payload]
                found.setdefault(group.group, []).append(words.upper() if group.capitals else words)
        return found

    @cached_property
    def all_cues(self) -> list[str]:
        return [cue for cues in self.cues.values() for cue in cues]

    @cached_property
    def judged(self) -> list[Judged]:
        rows = self.ruleset._judgements
        found = (rows[number] for number in range(len(rows)))
        by_id = {row.id: row for row in map(self.ruleset.places.__getitem__, range(len(self.ruleset.places)))}
        judged: list[Judged] = []
        for row in found:
            cues = (*row.cues, *row.counter_cues)
            key = row.key
            if key.startswith("* "):
                place = by_id.get(key[2:])
                key = (place.name if place else "").lower()
            if key:
                judged.append(Judged(key, cues))
        return judged

    @cached_property
    def frames(self) -> list[Frame]:
        return list(self.ruleset.frames)

    @cached_property
    def designations(self) -> list[tuple[str, str]]:
        """(word, role) pairs."""
        return [(one.word, one.role) for one in self.ruleset.designations]

    @cached_property
    def listed(self) -> list[str]:
        ruleset = self.ruleset
        words = [one.word for one in ruleset.words] + [one.source for one in ruleset.glossary]
        return words + [one.target for one in ruleset.glossary]

    @cached_property
    def disguised(self) -> list[str]:
        """Words that could be of either script: English words of look-alike letters, and of one letter."""
        ruleset = self.ruleset
        return [one.word for one in (*ruleset.lookalike_words, *ruleset.one_letter_words)]

    @cached_property
    def designators(self) -> list[str]:
        rows = self.ruleset.designators
        found = [cell for one in rows for cell in (one.cyrillic, one.native_uk, one.latin) if cell]
        return list(dict.fromkeys(found))

    @cached_property
    def labels(self) -> list[str]:
        return [one.first for one in self.ruleset.glosses if one.role == "label"]

    @cached_property
    def brackets(self) -> list[tuple[str, str]]:
        return [(one.first, one.second) for one in self.ruleset.glosses if one.role == "pair"]

    @cached_property
    def joiners(self) -> list[str]:
        return [one.first for one in self.ruleset.glosses if one.role == "joiner"]

    @cached_property
    def signals(self) -> list[str]:
        return [one.text for one in self.ruleset.signals]

    @cached_property
    def tails(self) -> list[str]:
        """Endings that are written after Roman numerals."""
        return [one.text for one in self.ruleset.signals if one.signal.startswith("numeral")]

    @cached_property
    def languages(self) -> dict[str, list[str]]:
        """Frequent words by language."""
        return {one.id: list(one.words) for one in self.ruleset.languages if one.words}

    @cached_property
    def alphabets(self) -> list[str]:
        return [one.alphabet for one in self.ruleset.languages if one.alphabet]

    @cached_property
    def twins(self) -> dict[str, list[str]]:
        """Letters that each letter is mistaken for, in either direction."""
        found: dict[str, list[str]] = {}
        for row in self.ruleset.lookalikes:
            found.setdefault(row.source, []).append(row.target)
            found.setdefault(row.target, []).append(row.source)
        return found

    def token(self, random: Random, token: str) -> str:
        """A token of a frame as it may be written: any word that a class of words stands for."""
        if not token.startswith("<"):
            return token
        classes: dict[str, Sequence[str]] = {
            "<year>": YEAR,
            "<number>": NUMBER,
            "<us>": US,
            "<capital>": CAPITAL,
        }
        words = classes.get(token) or self.cues.get(token[1:-1], [])
        return random.choice(words) if words else token
