"""Judgements to sections: every spelling that a row judges, looked up like a name.

A row in Cyrillic judges every Latin spelling and case form of that native name which has no row of its
own, and `*` every name of its place but the canonical one; the lexicon `judged` holds all of them, the
latter under `* ID`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product

from normalize.compiler.canonical import Canonical
from normalize.compiler.gazetteer import LEAST_VARIANTS, LITTLE_KNOWN
from normalize.compiler.spellings import Spellings
from normalize.ruleset.container import Writer
from normalize.ruleset.kinds import number_of_place
from normalize.ruleset.lexicon import LexiconWriter
from normalize.ruleset.records import Judgement, write_records
from normalize.tables.places import JudgementRow, PlaceTables

ANY_NAME = "*"
ABROAD = "russia-region"  # the cue group of regions whose places bear the same names most often
MOST_SPELLINGS = 4096  # of a name of several words, whose spellings multiply
Key = Callable[[str], str]


class JudgementCompiler:
    """Expands the rows of judgements.tsv to keys."""

    def __init__(self, tables: PlaceTables, canonical: Canonical, spellings: Spellings, key: Key) -> None:
        self._tables, self._canonical, self._spellings, self._key = tables, canonical, spellings, key
        self._rows = (*tables.judgements, *_of_little_known(tables))
        self._numbers = {place.id: index for index, place in enumerate(tables.places)}
        self._languages = dict(self._native_names())

    def keys(self) -> dict[str, list[int]]:
        """The rows that judge each key, by their numbers; a row of its own before derived ones."""
        rows = self._rows
        keys: dict[str, list[int]] = {}
        for index, row in enumerate(rows):
            keys.setdefault(self._own_key(row), []).append(index)
        own = {key: {rows[index].place for index in indexes} for key, indexes in keys.items()}
        for index, row in enumerate(rows):
            name = self._own_key(row)
            for language in sorted(self._languages.get((row.place, name), ())):
                for spelling in self._spelled(name, language):
                    is_canonical = spelling == self._phrase(self._canonical.by_id(row.place))
                    if not is_canonical and row.place not in own.get(spelling, ()):
                        keys.setdefault(spelling, []).append(index)
        for key in self._village_names() - keys.keys():
            keys[key] = [len(rows)]
        return keys

    def _village_names(self) -> set[str]:
        """The Latin names of villages that no better known place is called by.

        They are judged by a row of their own: alone they are no evidence of a country.
        """
        names: dict[bool, set[str]] = {True: set(), False: set()}
        for place in self._tables.places:
            if place.is_abroad:
                continue  # one that a village is called like is not looked for
            names[place.prominence < LEAST_VARIANTS].add(self._phrase(self._canonical.name(place)))
        return names[True] - names[False]

    def write(self, writer: Writer) -> None:
        rows = [
            Judgement(
                self._own_key(row),
                number_of_place(self._numbers.get(row.place)),
                row.behaviour,
                row.cues,
                row.counter_cues,
                row.note,
            )
            for row in self._rows
        ]
        rows.append(Judgement("", 0, "only", (), (), "a village"))
        write_records(writer, "judgements", Judgement, rows)
        lexicon = LexiconWriter("judged")
        for key, indexes in sorted(self.keys().items()):
            component, _ = lexicon.component(key)
            lexicon.spell(component, key, 0)
            for index in dict.fromkeys(indexes):
                lexicon.phrase([component], index)
        lexicon.write(writer)

    def _own_key(self, row: JudgementRow) -> str:
        return f"{ANY_NAME} {row.place}" if row.name == ANY_NAME else self._phrase(row.name)

    def _phrase(self, name: str) -> str:
        return " ".join(self._key(word) for word in name.replace("-", " ").split())

    def _native_names(self) -> Iterator[tuple[tuple[str, str], set[str]]]:
        names: dict[tuple[str, str], set[str]] = {}
        natives = [(place.id, place.uk, place.ru) for place in self._tables.places]
        natives += [(former.place, former.uk, former.ru) for former in self._tables.former]
        for place, uk, ru in natives:
            for language, name in (("uk", uk), ("ru", ru)):
                if name:
                    names.setdefault((place, self._phrase(name)), set()).add(language)
        yield from names.items()

    def _spelled(self, name: str, language: str) -> Iterator[str]:
        words = [
            [*self._spellings.of(word, language), *self._spellings.native_forms(word, language)]
            for word in name.split()
        ]
        for combined in islice(product(*words), MOST_SPELLINGS):
            yield " ".join(self._key(word) for word in combined)


def _of_little_known(tables: PlaceTables) -> Iterator[JudgementRow]:
    """What goes without saying: spellings of little known places, and former names that stand in no hand-made
    row, need evidence, and another country's region speaks against them."""
    starred = {row.place for row in tables.judgements if row.name == ANY_NAME}
    counter = tuple(group for group in (ABROAD,) if group in {cue.group for cue in tables.cues})
    prominence = {place.id: place.prominence for place in tables.places}
    for place in tables.places:
        if LEAST_VARIANTS <= place.prominence < LITTLE_KNOWN and place.id not in starred:
            yield JudgementRow(place.row, ANY_NAME, place.id, "only", (), counter, "a little known place")
    judged = {(row.name, row.place) for row in tables.judgements}
    for former in tables.former:
        is_generated = not former.is_attested and prominence[former.place] >= LITTLE_KNOWN
        if is_generated and (former.uk, former.place) not in judged:
            yield JudgementRow(former.row, former.uk, former.place, "only", (), counter, "a former name")
