"""Looking up names that no text is searched for: those of villages, and uncertain names of larger places."""

from __future__ import annotations

import re

from normalize.model import Place
from normalize.ruleset.kinds import degrees_of
from normalize.ruleset.lexicon import ROOT, Lexicon
from normalize.ruleset.reader import Ruleset
from normalize.ruleset.records import PlaceEntry
from normalize.text.sounds import Sounds

LEXICON = "gazetteer"
SECTION = "gazetteer.sounds"
_QUOTE_INSIDE = re.compile(r"(?<=\w)(?:[\"\u201c\u201d\u2033]|'')(?=\w)")
_DOUBLE_PRIME = "\u02ba"
_SPLIT = re.compile(r"[\s-]+")


class Gazetteer:
    """The lexicon `gazetteer` of a ruleset: keys and sounds of names, and rows of `places`."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        container = ruleset.container
        self.lexicon = Lexicon(container, LEXICON) if container.has(f"{LEXICON}.words") else None
        rows = container.rows(SECTION) if container.has(SECTION) else []
        self._sounds = Sounds((container.string(one), container.string(other)) for one, other in rows)

    def sound(self, key: str) -> str:
        """What a comparison key sounds like, as the lexicon has it; a key in other letters as it is."""
        return self._sounds.fold(key)

    def with_primes(self, name: str) -> str:
        """A name with quotation marks between its letters as what they often stand for: a double prime."""
        return _QUOTE_INSIDE.sub(_DOUBLE_PRIME, name)

    def look_up(self, name: str) -> list[Place]:
        """The places that a name can mean, the most prominent first."""
        lexicon = self.lexicon
        if lexicon is None:
            return []
        nodes = {ROOT}
        for word in _SPLIT.split(name.strip()):
            key = self._ruleset.folder.key(word)
            spelled = {component for form in (key, self.sound(key)) for component, _ in lexicon.spelled(form)}
            steps = (lexicon.step(node, component) for node in nodes for component in spelled)
            nodes = {node for node in steps if node is not None}
        rows = sorted({row for node in nodes if node != ROOT for row in lexicon.payloads(node)})
        entries = [self._ruleset.places[row] for row in rows]
        entries.sort(key=lambda entry: -entry.prominence)
        return [to_place(entry) for entry in entries]


def to_place(entry: PlaceEntry) -> Place:
    """A place of the ruleset as the public API shows it."""
    names = ((entry.language, entry.native), ("uk", entry.uk), ("ru", entry.ru))
    return Place(
        entry.id,
        entry.name,
        entry.kind,
        entry.country,
        {language: name for language, name in names if name},
        entry.ids,
        entry.part_of or None,
        degrees_of(entry.latitude),
        degrees_of(entry.longitude),
    )
