"""Places to sections: the lexicon of all spellings, and what each name means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from normalize.compiler.abroad import DIVISION, AbroadCompiler
from normalize.compiler.canonical import Canonical
from normalize.compiler.gazetteer import (
    LEAST_VARIANTS,
    LITTLE_KNOWN,
    SEVERAL,
    WELL_KNOWN,
    GazetteerCompiler,
)
from normalize.compiler.judgements import JudgementCompiler
from normalize.compiler.parts import Parts
from normalize.compiler.place_rows import write_places
from normalize.compiler.spellings import Spellings
from normalize.compiler.villages import VillageCompiler
from normalize.ruleset.container import Writer
from normalize.ruleset.kinds import FOUND_SMALL, NAME_KINDS, SEPARATORS, number
from normalize.ruleset.lexicon import LexiconWriter
from normalize.tables.places import FormerRow, NameRow, PlaceRow, PlaceTables
from normalize.tables.profiles import Profile
from normalize.text.fold import Folder

SHORTEST_GENERATED = 4  # a shorter spelling is a variant only if it is attested in names.tsv


class PlaceCompiler:
    """Writes the place sections of a ruleset.

    `places`: see `place_rows`
    `names`: place, kind, words of the canonical name, separators, positions kept if Latin, former until
    """

    def __init__(
        self,
        tables: PlaceTables,
        profile: Profile,
        canonical: Canonical,
        spellings: Spellings,
        folder: Folder,
        sounds: Mapping[str, str],
    ) -> None:
        self._tables, self._profile = tables, profile
        self._canonical, self._spellings, self._folder = canonical, spellings, folder
        self._lexicon = LexiconWriter("places")
        self._numbers = {place.id: index for index, place in enumerate(tables.places)}
        self._rejects = {self._key(reject.name) for reject in tables.rejects}
        not_in_text = self._rejects | {self._phrase_key(row.name) for row in tables.lookup_only}
        self._gazetteer = GazetteerCompiler(
            spellings, sounds, canonical.russian, self._key, not_in_text, self._is_taken
        )
        self._names: list[tuple[int, ...]] = []
        self._namesakes = Counter(canonical.name(place) for place in tables.places)
        self._not_found: dict[int, list[str]] = {}  # forms of a component that only a look-up knows
        self._villages = VillageCompiler(self._lexicon, self._gazetteer, self._key, self._village_name)
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
        home = [place for place in self._tables.places if not place.is_abroad]
        for place in home:  # the better known first: the rest must not take their names
            if place.prominence >= LITTLE_KNOWN:
                self._place(place, own.get(place.id, []))
        shared = self._bearers()
        late: list[FormerRow] = []
        for former in self._tables.former:
            if self._is_lookup_only(former, shared):
                late.append(former)
            else:
                self._former(former)
        for names in own.values():
            for name in names:
                if name.place in self._stems and name.kind != "canonical":
                    self._attested(name)
        for place in home:
            if LEAST_VARIANTS <= place.prominence < LITTLE_KNOWN:
                self._place(place, own.get(place.id, []))
        for place in home:
            if place.prominence < LEAST_VARIANTS:
                self._villages.add(place, self._canonical.name(place), self._numbers[place.id])
        self._abroad(own)
        for former in late:
            self._villages.add_former(former, self._numbers[former.place])
        for name in self._tables.lookup_names:
            self._gazetteer.add_spelled(name.name, self._numbers[name.place])
        is_well_known = [place.prominence >= FOUND_SMALL for place in self._tables.places]
        self._lexicon.write(writer, is_found_small=lambda name: is_well_known[self._names[name][0]])
        self._gazetteer.write(writer)
        write_places(writer, self._tables, self._profile, self._canonical)
        writer.table("names", 6, self._names)
        JudgementCompiler(self._tables, self._canonical, self._spellings, self._key).write(writer)

    def _abroad(self, own: Mapping[str, Sequence[NameRow]]) -> None:
        """Places of other countries, which leave to those at home every name that these have."""
        abroad = [place for place in self._tables.places if place.is_abroad]
        abroad.sort(key=lambda place: (place.kind != "city", -place.prominence))
        compiler = AbroadCompiler(
            self._lexicon,
            self._gazetteer,
            self._spellings,
            self._profile,
            self._key,
            self._village_name,
            {row.name for row in self._tables.lookup_only_abroad},
            self._is_borne,
            tuple(map(self._key, self._suffixes.get(DIVISION, ()))),
        )
        for place in abroad:
            row = self._numbers[place.id]
            compiler.add(place, self._canonical.name(place), own.get(place.id, ()), row)

    def _is_borne(self, words: Sequence[str], place: PlaceRow) -> bool:
        """Whether the words spell a place at home, or another one abroad that is called otherwise."""
        found = (self._tables.places[self._names[payload][0]] for payload in self._lexicon.find(words))
        own = self._canonical.name(place)
        return any(not other.is_abroad or self._canonical.name(other) != own for other in found)

    def _place(self, place: PlaceRow, own: Sequence[NameRow]) -> None:
        if place.id in self._stems:
            self._oblast(place)
        else:
            self._settlement(place, own)

    def _bearers(self) -> Mapping[str, int]:
        """How many places of different names today bear or bore a Ukrainian name."""
        bearers = {(self._key(place.uk), self._canonical.name(place)) for place in self._tables.places}
        for row in self._tables.former:
            bearers.add((self._key(row.uk), self._canonical.by_id(row.place)))
        return Counter(uk for uk, _ in bearers)

    def _is_lookup_only(self, former: FormerRow, bearers: Mapping[str, int]) -> bool:
        """Whether a former name says too little: a small village's, or one that several places had."""
        if former.is_attested:
            return False
        place = self._tables.places[self._numbers[former.place]]
        return place.prominence < LEAST_VARIANTS or bearers[self._key(former.uk)] > 1

    def _village_name(self, place: PlaceRow) -> int:
        return self._name(place.id, "canonical")

    def _is_taken(self, words: Sequence[str], place: PlaceRow) -> bool:
        """Whether the words are a name of a place that is better known by it, or far better known at all."""
        own = self._canonical.name(place)
        least = WELL_KNOWN if self._namesakes[own] >= SEVERAL else LITTLE_KNOWN
        for payload in self._lexicon.find(words):
            other = self._tables.places[self._names[payload][0]]
            is_namesake = self._canonical.name(other) == own
            if other.prominence >= (WELL_KNOWN if is_namesake else least):
                return True
        return False

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
        is_little = place.prominence < LITTLE_KNOWN
        for index in range(size):
            uk = native_uk.words[index] if native_uk.words else ""
            ru = native_ru.words[index] if native_ru.words and aligned_ru else ""
            latin = canonical.words[index] if len(canonical.words) == size else ""
            components.append(self._component(uk, ru, latin, place if is_little and size == 1 else None))
        self._lexicon.phrase(components, payload)
        for name in (place.uk, place.ru):
            if self._key(name) in self._rejects:  # then a look-up still knows it
                self._gazetteer.add_spelled(name, self._numbers[place.id])
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
        kind = "former" if former.until else "translit"  # without an end: a later name, under `as_of`
        payload = self._name(former.place, kind, until=former.until)
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
        is_latin = (
            self._profile.spell != "native-uk"
        )  # or else an English word would stand in a Ukrainian name
        kept = 1 << (len(canonical) - 1) if is_latin else 0
        for uk, ru, latin, keep in (
            (stem.city_uk, stem.city_ru, canonical[:-1], kept),
            (stem.adjective_uk, stem.adjective_ru, (), 0),
        ):
            components = self._stem(Parts.of(uk).words, Parts.of(ru).words, latin)
            self._lexicon.phrase([*components, designation], self._name(place.id, "canonical", keep))

    def _stem(self, uk: Sequence[str], ru: Sequence[str], latin: Sequence[str]) -> list[int]:
        size = max(len(uk), len(ru))
        same = [words if len(words) == size else ("",) * size for words in (uk, ru, latin)]
        return [self._component(one, two, three) for one, two, three in zip(*same, strict=True)]

    def _component(self, uk: str, ru: str, latin: str, little: PlaceRow | None = None) -> int:
        """The component of a native word in both languages: the same words share one.

        With `little`, the name is that of a little known place, found in texts only by what is sure.
        """
        identity = ("native", self._key(uk), self._key(ru), self._key(latin))
        if little is not None and not self._lexicon.has(identity):
            identity = ("little", *identity[1:])
        component, new = self._lexicon.component(identity)
        if new:
            kinds: dict[str, int] = {}
            if latin:
                kinds[self._key(latin)] = number(NAME_KINDS, "canonical")
            for native, language in ((uk, "uk"), (ru, "ru")):
                for form, kind in self._spelled(native, language):
                    kinds[form] = min(kind, kinds.get(form, kind))
            if little is not None:
                found = {form for form in kinds if self._gazetteer.is_found(form, little)}
                self._not_found[component] = [form for form in kinds if form not in found]
                kinds = {form: kind for form, kind in kinds.items() if form in found}
            for form, kind in kinds.items():
                self._lexicon.spell(component, form, kind)
        if little is not None:
            self._gazetteer.add_forms(self._not_found.get(component, ()), self._numbers[little.id])
        return component

    def _only_uk(self, word: str) -> int:
        return self._component(word, "", "")

    def _only_ru(self, word: str) -> int:
        return self._component("", word, "")

    def _word(self, word: str, kind: str) -> int:
        component, _ = self._lexicon.component(("word", self._key(word), kind))
        self._lexicon.spell(component, self._key(word), number(NAME_KINDS, kind))
        return component

    def _spelled(self, native: str, language: str) -> Iterator[tuple[str, int]]:
        """The case forms of a native word and its spellings, with their kinds."""
        if not native:
            return
        key = self._key(native)
        for written in self._spellings.native_forms(key, language):
            if written not in self._rejects:
                yield written, number(NAME_KINDS, "native")
        for spelling in self._spellings.of(key, language):
            folded = self._key(spelling)
            if len(folded) >= SHORTEST_GENERATED and folded not in self._rejects:
                yield folded, number(NAME_KINDS, self._spellings.kind(language))

    def _phrase_key(self, name: str) -> str:
        return " ".join(self._key(word) for word in Parts.of(name).words)

    def _key(self, word: str) -> str:
        return self._folder.key(word)
