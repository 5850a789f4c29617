"""Whether foreign letters are meant: glosses, quotations, alternatives, and whole foreign passages.

What is meant is left in its script. Each test looks at a *run*: foreign words with nothing but marks
and numbers between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from normalize.reference.segment import Atom
from normalize.ruleset.records import GlossSign
from normalize.text.fold import Folder

PASSAGE_WORDS = 3  # so many foreign words in a row are a passage and no slip
COUNTERPART_REACH = 2  # running-script words on either side that may be the same word in the other script
VOWELS = "aeiouyj'"  # what spellings of one name differ in


@dataclass(frozen=True, slots=True)
class Run:
    """Atoms `first` to `last` (both parts), with `words` the indexes of its parts."""

    first: int
    last: int
    words: tuple[int, ...]


class MeantJudge:
    """Tells for each run of foreign words why it is meant, "" if nothing says so."""

    def __init__(self, signs: Sequence[GlossSign], folder: Folder, romanize: Callable[[str], str]) -> None:
        self._folder = folder
        self._romanize = romanize
        self._labels = frozenset(folder.key(sign.first) for sign in signs if sign.role == "label")
        self._joiners = frozenset(folder.key(sign.first) for sign in signs if sign.role == "joiner")
        self._closing: dict[str, set[str]] = {}
        for sign in signs:
            if sign.role == "pair":
                self._closing.setdefault(sign.first, set()).add(sign.second)

    def why(self, atoms: Sequence[Atom], run: Run, same_place: bool = False) -> str:
        """Why the run is meant: `passage`, `label`, `enclosed`, `counterpart`, or ""."""
        if len({atoms[index].word for index in run.words}) >= PASSAGE_WORDS:
            return "passage"
        if self._labelled(atoms, run.first):
            return "label"
        if self._enclosed(atoms, run):
            return "enclosed"
        if same_place or self._has_counterpart(atoms, run):
            return "counterpart"
        return ""

    def _labelled(self, atoms: Sequence[Atom], first: int) -> bool:
        """`Ukrainian: …`, `укр. …`, `{{lang|uk|…`: a label, perhaps with a mark, directly before."""
        index = first - 1
        marks = 0
        while index >= 0 and not atoms[index].is_part and marks < 3:
            index, marks = index - 1, marks + 1
        return index >= 0 and atoms[index].is_part and self._folder.key(atoms[index].reading) in self._labels

    def _enclosed(self, atoms: Sequence[Atom], run: Run) -> bool:
        """Between paired marks whose inside holds only foreign words, labels and numbers."""
        script = atoms[run.first].script
        opening = self._walk(atoms, run.first, -1, script)
        closing = self._walk(atoms, run.last, 1, script)
        inside = {atom.text for atom in closing}
        return any(inside & self._closing.get(atom.text, set()) for atom in opening)

    def _walk(self, atoms: Sequence[Atom], index: int, step: int, script: str) -> list[Atom]:
        """The marks from `index` on until a word of another script that is no label."""
        marks: list[Atom] = []
        index += step
        while 0 <= index < len(atoms):
            atom = atoms[index]
            if not atom.is_part:
                marks.append(atom)
            elif atom.script not in (script, "") and self._folder.key(atom.reading) not in self._labels:
                break
            index += step
        return marks

    def _has_counterpart(self, atoms: Sequence[Atom], run: Run) -> bool:
        """Whether a word beside the run is one of its words in the running script."""
        wanted = {
            bones
            for index in run.words
            if len(bones := self._bones(self._romanize(self._folder.key(atoms[index].reading)))) > 1
        }
        if not wanted:
            return False
        beside = [*self._beside(atoms, run.first, -1), *self._beside(atoms, run.last, 1)]
        return any(self._bones(self._folder.key(atom.reading)) in wanted for atom in beside)

    def _beside(self, atoms: Sequence[Atom], index: int, step: int) -> list[Atom]:
        found: list[Atom] = []
        index += step
        while 0 <= index < len(atoms) and len(found) < COUNTERPART_REACH:
            atom = atoms[index]
            if atom.is_part and self._folder.key(atom.reading) not in (self._joiners | self._labels):
                found.append(atom)
            index += step
        return found

    def _bones(self, latin: str) -> str:
        """A romanized word without what spellings differ in."""
        return "".join(char for char in self._folder.key(latin) if char not in VOWELS)


def runs_of(atoms: Sequence[Atom], script: str) -> list[Run]:
    """The runs of words of a script among the atoms; words of another script end a run."""
    found: list[Run] = []
    words: list[int] = []
    for index, atom in enumerate(atoms):
        if atom.script == script:
            words.append(index)
        elif atom.script and words:
            found.append(Run(words[0], words[-1], tuple(words)))
            words = []
    if words:
        found.append(Run(words[0], words[-1], tuple(words)))
    return found
