"""Villages: their official names in the lexicon of names, all others in the one for look-ups."""

from __future__ import annotations

from collections.abc import Callable

from normalize.compiler.gazetteer import GazetteerCompiler
from normalize.compiler.parts import Parts
from normalize.ruleset.lexicon import LexiconWriter
from normalize.tables.places import FormerRow, PlaceRow


class VillageCompiler:
    """Adds villages to `lexicon` and `gazetteer`; `name` adds a place to the rows of names."""

    def __init__(
        self,
        lexicon: LexiconWriter,
        gazetteer: GazetteerCompiler,
        key: Callable[[str], str],
        name: Callable[[PlaceRow], int],
    ) -> None:
        self._lexicon, self._gazetteer, self._key, self._name = lexicon, gazetteer, key, name
        self._found: dict[int, bool] = {}

    def add(self, place: PlaceRow, canonical: str, row: int) -> None:
        """A village by its official names, if nothing speaks against them; by all others for look-ups."""
        latin, uk, ru = (Parts.of(name).words for name in (canonical, place.uk, place.ru))
        size = len(uk)
        aligned = [words if len(words) == size else ("",) * size for words in (ru, latin)]
        self._gazetteer.add(list(zip(uk, *aligned, strict=True)), row)
        if len(ru) not in (0, size):
            self._gazetteer.add([("", word, "") for word in ru], row)
        if len(latin) != size:
            return
        if size == 1:
            component = self._word(uk[0], latin[0], place)
            if self._found[component]:
                self._lexicon.phrase([component], self._name(place))
        elif self._is_found(latin, place):  # or else a part of it might be taken for a name
            native = uk if self._is_found(uk, place) else ("",) * size
            components = [self._part(*words) for words in zip(native, latin, strict=True)]
            self._lexicon.phrase(components, self._name(place))

    def add_former(self, former: FormerRow, row: int) -> None:
        """A former name that only a look-up knows."""
        uk, ru = Parts.of(former.uk).words, Parts.of(former.ru).words
        same = ru if len(ru) == len(uk) else ("",) * len(uk)
        self._gazetteer.add([(one, other, "") for one, other in zip(uk, same, strict=True)], row)

    def _is_found(self, words: tuple[str, ...], place: PlaceRow) -> bool:
        return self._gazetteer.is_found(" ".join(map(self._key, words)), place)

    def _word(self, uk: str, latin: str, place: PlaceRow) -> int:
        """The component of a name of one word: of its forms those that are nothing else."""
        component, new = self._lexicon.component(("village", self._key(uk), self._key(latin)))
        if new:
            forms = self._gazetteer.own_forms(uk, latin)
            found = {form: kind for form, kind in forms.items() if self._gazetteer.is_found(form, place)}
            for form, kind in found.items():
                self._lexicon.spell(component, form, kind)
            self._found[component] = bool(found)
        return component

    def _part(self, uk: str, latin: str) -> int:
        """The component of a word in a longer name."""
        component, new = self._lexicon.component(("village part", self._key(uk), self._key(latin)))
        if new:
            for form, kind in self._gazetteer.own_forms(uk, latin).items():
                self._lexicon.spell(component, form, kind)
        return component
