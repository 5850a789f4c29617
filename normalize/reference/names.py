"""What a phrase can mean: its options, each a place with the way it is written and its replacement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.reference.phrases import Phrase
from normalize.reference.segment import Atom
from normalize.ruleset.kinds import NAME_KINDS, SEPARATORS
from normalize.ruleset.reader import Rows
from normalize.ruleset.records import NameEntry, PlaceEntry
from normalize.text.fold import LOWER, MIXED, UPPER, Folder


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a phrase; `number` is the place's row in the ruleset."""

    number: int
    place: PlaceEntry
    kind: str
    until: str
    replacement: str


def options(
    text: str,
    atoms: Sequence[Atom],
    phrase: Phrase,
    names: Rows[NameEntry],
    places: Rows[PlaceEntry],
    folder: Folder,
) -> list[Option]:
    """The readings of a phrase: the most regular way of writing first, then the most prominent place."""
    found: list[tuple[int, Option]] = []
    for payload, word_kind in phrase.hits:
        name = names[payload]
        kind = max(word_kind, name.kind)
        option = Option(
            name.place,
            places[name.place],
            NAME_KINDS[kind],
            name.until,
            replacement(text, atoms, phrase, name, folder),
        )
        found.append((kind, option))
    found.sort(key=lambda item: (item[0], -item[1].place.prominence, item[1].number))
    unique: dict[tuple[int, str], Option] = {}
    for _, option in found:
        unique.setdefault((option.number, option.replacement), option)
    return list(unique.values())


def replacement(text: str, atoms: Sequence[Atom], phrase: Phrase, name: NameEntry, folder: Folder) -> str:
    """The canonical name in the shape of the phrase: its case by word, its spaces and line breaks."""
    parts = [atoms[index] for index in phrase.parts]
    shapes = [folder.shape(part.reading) for part in parts]
    whole = shapes[0] if set(shapes) in ({UPPER}, {LOWER}) else MIXED
    if len(parts) != len(name.words):
        return folder.reshape(_join(name.words, [SEPARATORS[number] for number in name.separators]), whole)
    words = list(name.words)
    for index, part in enumerate(parts):
        if name.keep >> index & 1 and folder.classes.script(part.text[0]) == "latin":
            words[index] = text[part.start : min(part.end, phrase.end)]
        elif shapes[index] == UPPER or whole == LOWER:
            words[index] = folder.reshape(words[index], shapes[index])
    separators: list[str] = []
    for index, (left, right) in enumerate(pairwise(parts)):
        written = text[left.end : right.start]
        wanted = SEPARATORS[name.separators[index]]
        separators.append(written if written.isspace() == wanted.isspace() else wanted)
    return _join(words, separators)


def _join(words: Sequence[str], separators: Sequence[str]) -> str:
    return "".join(part for pair in zip(words, [*separators, ""], strict=True) for part in pair)
