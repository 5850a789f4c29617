"""Places of other countries: known by their names, so that they are not taken for places at home.

A text is searched for their official names only: the English one, and those in their own language, in
Russian and in Ukrainian with their case forms. A name that a place at home is spelled by, or that is a word,
is for look-ups only, and so are all other spellings, unless the profile rewrites the names of the country.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from normalize.compiler.gazetteer import CANONICAL, NATIVE, SHORTEST_FOUND, WELL_KNOWN, GazetteerCompiler
from normalize.compiler.parts import Parts
from normalize.compiler.spellings import Spellings
from normalize.ruleset.kinds import NAME_KINDS, number
from normalize.ruleset.lexicon import LexiconWriter
from normalize.tables.places import NameRow, PlaceRow
from normalize.tables.profiles import Profile

SHORTEST = 3  # letters of a well known name
DIVISION = "oblast"  # the kind whose designations tell a division of any country
TRANSLIT, RUSSIAN_DERIVED = (number(NAME_KINDS, kind) for kind in ("translit", "russian-derived"))
Forms = Mapping[str, int]


class AbroadCompiler:
    """Adds places abroad to `lexicon` and `gazetteer`; `name` adds a place to the rows of names.

    `not_in_text` are keys for which no text is searched, `is_borne` tells whether words spell another place
    already, `suffixes` are the words that may stand for `Oblast` in the name of a division, as keys.
    """

    def __init__(
        self,
        lexicon: LexiconWriter,
        gazetteer: GazetteerCompiler,
        spellings: Spellings,
        profile: Profile,
        key: Callable[[str], str],
        name: Callable[[PlaceRow], int],
        not_in_text: Collection[str],
        is_borne: Callable[[Sequence[str], PlaceRow], bool],
        suffixes: Collection[str],
    ) -> None:
        self._lexicon, self._gazetteer, self._spellings, self._key = lexicon, gazetteer, spellings, key
        self._name, self._not_in_text, self._is_borne = name, not_in_text, is_borne
        self._countries, self._suffixes = frozenset(profile.countries), suffixes

    def add(self, place: PlaceRow, canonical: str, own: Sequence[NameRow], row: int) -> None:
        """A place by its names: those that a text may have, and all of them for look-ups."""
        latin, native, ru, uk = map(self._words, (canonical, place.native, place.ru, place.uk))
        self._look_up(latin, native, ru, uk, own, row)
        written = [
            [{word: CANONICAL} for word in latin],
            [{word: TRANSLIT if word < "\u0250" else NATIVE} for word in native],
            *(
                [self._cases(word, language) for word in words]
                for words, language in ((ru, "ru"), (uk, "uk"))
            ),
        ]
        if place.country in self._countries:
            kind = TRANSLIT if place.language == "ru" else RUSSIAN_DERIVED
            written.append([self._spelled(word, kind) for word in ru])
            written += [
                [{word: number(NAME_KINDS, name.kind)} for word in self._words(name.name)] for name in own
            ]
        found = [forms for forms in (self._found(forms, place) for forms in written if all(forms)) if forms]
        if not found:
            return
        payload = self._name(place)
        for size in sorted({len(forms) for forms in found}):
            same = [forms for forms in found if len(forms) == size]
            components = [self._component([forms[at] for forms in same], at == 0) for at in range(size)]
            self._lexicon.phrase(components, payload)

    def _words(self, name: str) -> tuple[str, ...]:
        return tuple(map(self._key, Parts.of(name).words)) if name else ()

    def _cases(self, word: str, language: str) -> Forms:
        return dict.fromkeys(self._spellings.native_forms(word, language), NATIVE)

    def _spelled(self, word: str, kind: int) -> Forms:
        return {self._key(form): kind for form in self._spellings.of(word, "ru")}

    def _found(self, forms: Sequence[Forms], place: PlaceRow) -> list[Forms]:
        """The forms of a name of one word for which texts are searched; a longer name wholly or not."""
        if len(forms) == 1:
            kept = {form: kind for form, kind in forms[0].items() if self._is_found((form,), place)}
            return [kept] if kept else []
        first = [next(iter(one)) for one in forms]
        if not first or first[0] in self._not_in_text or len(first[1]) < SHORTEST:
            return []  # each text with a Mary would be read for the Mary Region, and each `districts of`
        return list(forms) if self._is_found(first, place) else []

    def _is_found(self, words: Sequence[str], place: PlaceRow) -> bool:
        name = " ".join(words)
        least = SHORTEST if place.prominence >= WELL_KNOWN else SHORTEST_FOUND
        return len(name) >= least and name not in self._not_in_text and not self._is_borne(words, place)

    def _component(self, forms: Sequence[Forms], is_first: bool) -> int:
        """The component of a word in all its forms; of `Oblast` and the like with all words for it, unless it
        is the first: no name is to be expected after each `province`."""
        kinds: dict[str, int] = {}
        for one in forms:
            for form, kind in one.items():
                kinds[form] = min(kind, kinds.get(form, kind))
        if not is_first and not kinds.keys().isdisjoint(self._suffixes):
            kinds = {**dict.fromkeys(self._suffixes, CANONICAL), **kinds}
        component, new = self._lexicon.component(("abroad", *sorted(kinds.items())))
        if new:
            for form, kind in kinds.items():
                self._lexicon.spell(component, form, kind)
        return component

    def _look_up(
        self,
        latin: Sequence[str],
        native: Sequence[str],
        ru: Sequence[str],
        uk: Sequence[str],
        own: Iterable[NameRow],
        row: int,
    ) -> None:
        size = len(latin)
        same = [words if len(words) == size else ("",) * size for words in (uk, ru)]
        self._gazetteer.add(list(zip(*same, latin, strict=True)), row)
        if len(ru) not in (0, size):
            self._gazetteer.add([("", word, "") for word in ru], row)
        if len(uk) not in (0, size):
            self._gazetteer.add([(word, "", "") for word in uk], row)
        for name in (" ".join(native), *(name.name for name in own)):
            if name:
                self._gazetteer.add_spelled(name, row)
        if size > 1 and latin[-1] in self._suffixes:
            for suffix in self._suffixes:
                self._gazetteer.add_spelled(" ".join((*latin[:-1], suffix)), row)
