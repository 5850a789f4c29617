"""Names of little known places: which of them are looked for in texts, and which only a look-up knows.

A village may be called as a word is, or as a town far better known is spelled. So a place of less
prominence than `LITTLE_KNOWN` is found in a text only by names that nothing speaks against, and one of
less than `LEAST_VARIANTS` only by the official names themselves. All its other names go to the lexicon
`gazetteer`, whose payloads are rows of `places`: no text is searched for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from normalize.compiler.spellings import Spellings
from normalize.ruleset.container import Writer
from normalize.ruleset.gazetteer import LEXICON, SECTION
from normalize.ruleset.kinds import NAME_KINDS, number
from normalize.ruleset.lexicon import LexiconWriter
from normalize.tables.places import PlaceRow
from normalize.text.sounds import Sounds

LITTLE_KNOWN = 10  # the prominence from which on a place is found by all its names
WELL_KNOWN = 40  # the prominence from which on a place keeps its variants, whoever else is called so
SEVERAL = 3  # settlements of a name that are more likely to be meant by it than a variant of another
LEAST_VARIANTS = 5  # the prominence from which on spellings of a place's names are found, with evidence
SHORTEST_FOUND = 4  # letters that a name of a little known place must have to be looked for

CANONICAL, NATIVE = (number(NAME_KINDS, kind) for kind in ("canonical", "native"))


class GazetteerCompiler:
    """Collects the names that only a look-up knows, and tells which names of a place a text may have."""

    def __init__(
        self,
        spellings: Spellings,
        sounds: Mapping[str, str],
        latin_of_russian: Callable[[str], str],
        key: Callable[[str], str],
        not_in_text: Collection[str],
        is_taken: Callable[[Sequence[str], PlaceRow], bool],
    ) -> None:
        self._spellings, self._key, self._latin_of_russian = spellings, key, latin_of_russian
        self._pairs, self._sounds = sorted(sounds.items()), Sounds(sounds.items())
        self._not_in_text, self._is_taken = not_in_text, is_taken
        self._lexicon = LexiconWriter(LEXICON)

    def is_found(self, form: str, place: PlaceRow) -> bool:
        """Whether a comparison key may stand for the place in a text."""
        return (
            len(form) >= SHORTEST_FOUND
            and form not in self._not_in_text
            and not self._is_taken(form.split(), place)
        )

    def _forms(self, uk: str, ru: str, latin: str) -> Iterator[str]:
        """The case forms of a word of a name, and how it sounds in Latin letters."""
        for native, language in ((self._key(uk), "uk"), (self._key(ru), "ru")):
            if native:
                yield from self._spellings.native_forms(native, language)
        if ru:
            yield self._sounds.fold(self._key(self._latin_of_russian(ru)))
        if latin:
            yield self._sounds.fold(self._key(latin))

    def own_forms(self, uk: str, latin: str) -> dict[str, int]:
        """The official name of one word: in Ukrainian with its case forms, and in Latin letters."""
        forms = dict.fromkeys(self._spellings.native_forms(self._key(uk), "uk") if uk else (), NATIVE)
        return {self._key(latin): CANONICAL} | forms if latin else forms

    def add(self, words: Sequence[tuple[str, str, str]], payload: int) -> None:
        """Let a look-up know a place by the words of its names: (Ukrainian, Russian, Latin) each."""
        components: list[int] = []
        for uk, ru, latin in words:
            component, new = self._lexicon.component((uk, ru, latin))
            if new:
                for form in self._forms(uk, ru, latin):
                    self._lexicon.spell(component, form, NATIVE)
            components.append(component)
        self._lexicon.phrase(components, payload)

    def add_spelled(self, name: str, payload: int) -> None:
        """Let a look-up know a place by a name as it stands."""
        components: list[int] = []
        for word in map(self._key, name.replace("-", " ").split()):
            form = self._sounds.fold(word)
            component, _ = self._lexicon.component(("word", form))
            self._lexicon.spell(component, form, NATIVE)
            components.append(component)
        self._lexicon.phrase(components, payload)

    def add_forms(self, forms: Iterable[str], payload: int) -> None:
        """Let a look-up know a place by each of some forms of one word."""
        for form in forms:
            self.add_spelled(form, payload)

    def write(self, writer: Writer) -> None:
        self._lexicon.write(writer, starts=False)
        writer.table(SECTION, 2, [(writer.string(one), writer.string(other)) for one, other in self._pairs])
