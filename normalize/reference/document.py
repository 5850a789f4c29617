"""A document: one string, its paragraphs, and the script that each paragraph is written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from normalize.reference.segment import MIXED, Atom, Segmenter
from normalize.reference.zones import SKIP, ZoneFinder, Zones

BLANK_LINES = re.compile(r"(?:\r\n|\n|\r(?!\n))(?:[ \t>]*(?:\r\n|\n|\r(?!\n)))+")
RUNNING_SHARE = 0.55  # a script must have more than this of the letters to be what a paragraph is written in
LONG_DOCUMENT = 400  # letters from which a document tells what it is written in, though half of it is not
MUCH_CYRILLIC = 4  # one letter of so many is Cyrillic in such a document

Owner = Callable[[Atom], str]


@dataclass(slots=True)
class Paragraph:
    """A maximal run of lines without a blank one; `running` is "" where no script prevails.

    `spoken` are the languages in Latin letters that it may be in (empty: nothing tells), None before
    that was asked; `letters` counts its letters, `most` those of the script that has most.
    """

    number: int
    start: int
    end: int
    atoms: list[Atom]
    running: str = ""
    spoken: frozenset[str] | None = None
    letters: int = 0
    most: int = 0


class Document:
    """Paragraphs are split into atoms when they are asked for, so clean ones cost nothing."""

    def __init__(
        self, text: str, bounds: Sequence[tuple[int, int]], segmenter: Segmenter, zones: ZoneFinder
    ) -> None:
        self.text = text
        self._segmenter, self._bounds, self._zones = segmenter, bounds, zones
        self._across = zones.across(text)
        self._made: dict[int, Paragraph] = {}

    @cached_property
    def script(self) -> str:
        """The script of most letters of the document, "" where it has none.

        A long one with many Cyrillic letters is Cyrillic: a translation that is full of names and code.
        """
        counts = self._segmenter.letters_of(self.text)
        letters = sum(counts.values())
        if letters >= LONG_DOCUMENT and counts["cyrillic"] * MUCH_CYRILLIC >= letters:
            return "cyrillic"
        most = max(counts, key=lambda script: counts[script])
        return most if counts[most] else ""

    @cached_property
    def variables(self) -> frozenset[str]:
        """Latin letters that end a clause somewhere, alone: no word of one letter does that."""
        return frozenset(self._segmenter.last_letters(self.text))

    def __len__(self) -> int:
        return len(self._bounds)

    def paragraph(self, number: int) -> Paragraph:
        made = self._made.get(number)
        if made is None:
            start, end = self._bounds[number]
            atoms = self._segmenter.atoms(self.text, start, end)
            near = [zone for zone in self._across if zone.start < end and start < zone.end]
            zones = Zones([*near, *self._zones.within(self.text, start, end)])
            for atom in atoms:
                if atom.is_part:
                    atom.zone = zones.effect(atom.start, atom.end)
            made = self._made[number] = Paragraph(number, start, end, atoms)
        return made


def paragraph_bounds(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a text begin and end."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in BLANK_LINES.finditer(text):
        if match.start() > start:
            bounds.append((start, match.start()))
        start = match.end()
    if start < len(text):
        bounds.append((start, len(text)))
    return bounds


def script_counts(atoms: list[Atom], mixed_owner: Owner) -> dict[str, int]:
    """How many letters outside skipped zones are of each script.

    A word of mixed scripts counts, whole, for the script that `mixed_owner` says it is meant in, so
    that repairing it changes no verdict on its neighbours.
    """
    counts: dict[str, int] = {}
    for atom in atoms:
        if not atom.is_part or atom.zone == SKIP:
            continue
        owner = atom.script if atom.script != MIXED else mixed_owner(atom)
        if owner:
            counts[owner] = counts.get(owner, 0) + len(atom.scripts)
        else:
            for script in atom.scripts:
                counts[script] = counts.get(script, 0) + 1
    return counts


def running_script(counts: dict[str, int]) -> str:
    """The script with more than `RUNNING_SHARE` of the letters, or ""."""
    script = max(counts, key=lambda one: counts[one], default="")
    return script if script and counts[script] > RUNNING_SHARE * sum(counts.values()) else ""
