"""Places to sections: the lexicon of all spellings, and what each name means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.compiler.canonical import Canonical
from normalize.compiler.judgements import JudgementCompiler
from normalize.compiler.spellings import Spellings
from normalize.ruleset.container import Writer
from normalize.ruleset.kinds import NAME_KINDS, SEPARATORS, number
from normalize.ruleset.lexicon import LexiconWriter
from normalize.tables.places import FormerRow, NameRow, PlaceRow, PlaceTables
from normalize.tables.profiles import Profile
from normalize.text.fold import Folder

SHORTEST_GENERATED = 4  # a shorter spelling is a variant only if it is attested in names.tsv
_SPLIT = re.compile(r"[ -]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A name cut into its words, with what stands between them."""

    words: tuple[str, ...]
    separators: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> Parts:
        words = tuple(word for word in _SPLIT.split(name) if word)
        return cls(words, tuple(_SPLIT.findall(name))[: max(0, len(words) - 1)])


class PlaceCompiler:
    """Writes the place sections of a ruleset.

    `places`: id, kind, country, canonical name, native uk, native ru, ids, prominence, part_of
    `names`: place, kind, words of the canonical name, separators, positions kept if Latin, former until
    """

    def __init__(
        self,
        tables: PlaceTables,
        profile: Profile,
        canonical: Canonical,
        spellings: Spellings,
        folder: Folder,
    ) -> None:
        self._tables, self._profile = tables, profile
        self._canonical, self._spellings, self._folder = canonical, spellings, folder
        self._lexicon = LexiconWriter("places")
        self._numbers = {place.id: index for index, place in enumerate(tables.places)}
        self._rejects = {self._key(reject.name) for reject in tables.rejects}
        self._names: list[tuple[int, ...]] = []
        self._stems = {stem.oblast: stem for stem in tables.stems}
        self._suffixes: dict[str, list[str]] = {}
        for designation in tables.designations:
            if designation.role == "suffix":
                self._suffixes.setdefault(designation.kind, []).append(designation.word)

    def write(self, writer: Writer) -> None:
        self._writer = writer
        own: dict[str, list[NameRow]] = {}
        for name in self._tables.names:
            own.setdefault(name.place, []).append(name)
        rows: list[tuple[int, ...]] = []
        for place in self._tables.places:
            rows.append(self._place_row(place))
            if place.id in self._stems:
                self._oblast(place)
            else:
                self._settlement(place, own.get(place.id, []))
        for former in self._tables.former:
            self._former(former)
        for names in own.values():
            for name in names:
                if name.place in self._stems and name.kind != "canonical":
                    self._attested(name)
        self._lexicon.write(writer)
        writer.table("places", 9, rows)
        writer.table("names", 6, self._names)
        JudgementCompiler(self._tables, self._canonical, self._spellings, self._key).write(writer)

    def _place_row(self, place: PlaceRow) -> tuple[int, ...]:
        string = self._writer.string
        return (
            string(place.id),
            string(place.kind),
            string(place.country),
            string(self._canonical.name(place)),
            string(place.uk),
            string(place.ru),
            self._writer.strings(place.ids),
            place.prominence,
            string(place.part_of),
        )

    def _name(self, place_id: str, kind: str, keep: int = 0, until: str = "") -> int:
        """Add a row of `names` and give its number, the payload of phrases."""
        canonical = Parts.of(self._canonical.by_id(place_id))
        separators = [SEPARATORS.index(separator) for separator in canonical.separators]
        self._names.append(
            (
                self._numbers[place_id],
                number(NAME_KINDS, kind),
                self._writer.strings(canonical.words),
                self._writer.list(separators),
                keep,
                self._writer.string(until),
            )
        )
        return len(self._names) - 1

    def _settlement(self, place: PlaceRow, own: Sequence[NameRow]) -> None:
        canonical = Parts.of(self._canonical.name(place))
        payload = self._name(place.id, "canonical")
        native_uk, native_ru = Parts.of(place.uk), Parts.of(place.ru)
        size = len(native_uk.words) or len(native_ru.words) or len(canonical.words)
        aligned_ru = len(native_ru.words) == size
        components: list[int] = []
        for index in range(size):
            uk = native_uk.words[index] if native_uk.words else ""
            ru = native_ru.words[index] if native_ru.words and aligned_ru else ""
            latin = canonical.words[index] if len(canonical.words) == size else ""
            components.append(self._component(uk, ru, latin))
        self._lexicon.phrase(components, payload)
        if native_ru.words and not aligned_ru:
            self._lexicon.phrase([self._component("", word, "") for word in native_ru.words], payload)
        if len(canonical.words) != size:
            self._lexicon.phrase([self._word(word, "canonical") for word in canonical.words], payload)
        for name in own:
            if name.kind != "canonical":
                self._attested(name, components)

    def _attested(self, name: NameRow, shared: Sequence[int] = ()) -> None:
        """A name from names.tsv: where a word already spells its component, the component is shared."""
        words = Parts.of(name.name).words
        components: list[int] = []
        for index, word in enumerate(words):
            known = len(shared) == len(words) and self._lexicon.spells(shared[index], self._key(word))
            components.append(shared[index] if known else self._word(word, name.kind))
        if tuple(components) != tuple(shared):
            self._lexicon.phrase(components, self._name(name.place, "canonical"))

    def _former(self, former: FormerRow) -> None:
        payload = self._name(former.place, "former", until=former.until)
        uk, ru = Parts.of(former.uk), Parts.of(former.ru)
        if len(uk.words) == len(ru.words):
            pairs = list(zip(uk.words, ru.words, strict=True))
            self._lexicon.phrase([self._component(a, b, "") for a, b in pairs], payload)
        else:
            for words, component in ((uk.words, self._only_uk), (ru.words, self._only_ru)):
                if words:
                    self._lexicon.phrase([component(word) for word in words], payload)
        for name in former.names:
            words = Parts.of(name).words
            self._lexicon.phrase([self._word(word, "former") for word in words], payload)

    def _oblast(self, place: PlaceRow) -> None:
        """`Kharkov region`, `Kharkivska oblast`: a spelling of the stem, then a word for `oblast`.

        After a city's name the English word stays as it is written; an adjective makes the phrase a
        romanized one, and all of it is replaced.
        """
        stem = self._stems[place.id]
        designation, new = self._lexicon.component(("suffix", place.kind))
        if new:
            for word in self._suffixes.get(place.kind, ()):
                self._lexicon.spell(designation, self._key(word), number(NAME_KINDS, "canonical"))
        canonical = Parts.of(self._canonical.name(place)).words
        kept = 1 << (len(canonical) - 1)
        for uk, ru, latin, keep in (
            (stem.city_uk, stem.city_ru, canonical[:-1], kept),
            (stem.adjective_uk, stem.adjective_ru, (), 0),
        ):
            components = self._stem(Parts.of(uk).words, Parts.of(ru).words, latin)
            self._lexicon.phrase([*components, designation], self._name(place.id, "canonical", keep))

    def _stem(self, uk: Sequence[str], ru: Sequence[str], latin: Sequence[str]) -> list[int]:
        size = max(len(uk), len(ru))
        rows = [[words[i] if len(words) == size else "" for words in (uk, ru, latin)] for i in range(size)]
        return [self._component(*row) for row in rows]

    def _component(self, uk: str, ru: str, latin: str) -> int:
        """The component of a native word in both languages: the same words share one."""
        component, new = self._lexicon.component(("native", self._key(uk), self._key(ru), self._key(latin)))
        if new:
            if latin:
                self._lexicon.spell(component, self._key(latin), number(NAME_KINDS, "canonical"))
            for native, language in ((uk, "uk"), (ru, "ru")):
                self._spell(component, native, language)
        return component

    def _only_uk(self, word: str) -> int:
        return self._component(word, "", "")

    def _only_ru(self, word: str) -> int:
        return self._component("", word, "")

    def _word(self, word: str, kind: str) -> int:
        component, _ = self._lexicon.component(("word", self._key(word), kind))
        self._lexicon.spell(component, self._key(word), number(NAME_KINDS, kind))
        return component

    def _spell(self, component: int, native: str, language: str) -> None:
        if not native:
            return
        key = self._key(native)
        for written in self._spellings.native_forms(key, language):
            if written not in self._rejects:
                self._lexicon.spell(component, written, number(NAME_KINDS, "native"))
        for spelling in self._spellings.of(key, language):
            folded = self._key(spelling)
            if len(folded) >= SHORTEST_GENERATED and folded not in self._rejects:
                self._lexicon.spell(component, folded, number(NAME_KINDS, self._spellings.kind(language)))

    def _key(self, word: str) -> str:
        return self._folder.key(word)
