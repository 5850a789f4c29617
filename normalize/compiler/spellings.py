"""How a native name is spelled in Latin letters in practice: the products of spelling families.

`tables/places/spellings.toml` lists for each letter or ending the alternatives in use. One choice is
made per family and word, so a writer who puts `ye` once puts it everywhere: that keeps the products
few and plausible. Families of a style (`german`: w, sch, ch, j) are chosen together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from normalize.compiler.declension import Declension, load_declension
from normalize.errors import TableError
from normalize.tables.source import line_of, read_toml

FULL_PRODUCT = 512
MOST_DEVIATIONS = 3


@dataclass(frozen=True, slots=True)
class Family:
    """The alternatives for `source` where its contexts hold; the first alternative is the usual one."""

    language: str
    source: str
    targets: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: str
    style: str

    @property
    def has_context(self) -> bool:
        return bool(self.left or self.right)


class Spellings:
    """Spells native words by families."""

    def __init__(
        self,
        families: Sequence[Family],
        classes: Mapping[str, str],
        native: Mapping[str, str] | None = None,
        declension: Declension | None = None,
    ) -> None:
        self._classes, self._native = classes, dict(native or {})
        self._declension = declension or Declension({})
        self._known: dict[tuple[str, str], list[str]] = {}
        self._forms: dict[tuple[str, str], list[str]] = {}
        self._kinds: dict[str, str] = {}
        self._styles: dict[str, dict[str, dict[str, list[Family]]]] = {}
        for language in dict.fromkeys(family.language for family in families):
            own = [family for family in families if family.language == language]
            self._kinds[language] = own[0].kind
            styles = dict.fromkeys(["", *(family.style for family in own)])
            self._styles[language] = {
                style: self._by_source([family for family in own if family.style in ("", style)], style)
                for style in styles
            }

    @staticmethod
    def _by_source(families: Iterable[Family], style: str) -> dict[str, list[Family]]:
        by_source: dict[str, list[Family]] = {}
        for family in families:
            by_source.setdefault(family.source, []).append(family)
        for own in by_source.values():
            own.sort(key=lambda family: (family.style != style, not family.has_context))
        return by_source

    def kind(self, language: str) -> str:
        """The kind of variant that spelling from this language gives."""
        return self._kinds[language]

    def native_forms(self, word: str, language: str) -> list[str]:
        """A native word in lower case as it may stand in text: in its cases, and without rare letters."""
        known = self._forms.get((word, language))
        if known is None:
            forms = [word, *self._declension.forms(word, language)]
            known = list(dict.fromkeys(written for form in forms for written in (form, self._plain(form))))
            self._forms[word, language] = known
        return known

    def _plain(self, word: str) -> str:
        for letter, other in self._native.items():
            word = word.replace(letter, other)
        return word

    def of(self, word: str, language: str) -> list[str]:
        """All spellings of a native word in lower case, each once, the usual ones first.

        A letter that no family names stays as it is, and a spelling that keeps one is left out.
        """
        known = self._known.get((word, language))
        if known is None:
            known = self._known[word, language] = self._spell(word, language)
        return known

    def _spell(self, word: str, language: str) -> list[str]:
        found: dict[str, None] = {}
        for by_source in self._styles.get(language, {}).values():
            pieces = list(self._pieces(word, by_source))
            if all(isinstance(piece, Family) or not piece.isalpha() or piece.isascii() for piece in pieces):
                for spelling in _products(pieces):
                    if spelling.replace("'", "").isalpha():
                        found.setdefault(spelling)
        return list(found)

    def _pieces(self, word: str, by_source: Mapping[str, list[Family]]) -> Iterator[Family | str]:
        longest = max(map(len, by_source), default=1)
        at = 0
        while at < len(word):
            for length in range(min(longest, len(word) - at), 0, -1):
                family = self._fitting(by_source.get(word[at : at + length], ()), word, at, at + length)
                if family is not None:
                    yield family
                    at += length
                    break
            else:
                yield word[at]
                at += 1

    def _fitting(self, families: Iterable[Family], word: str, start: int, end: int) -> Family | None:
        for family in families:
            if self._holds(family.left, word[:start], before=True) and self._holds(
                family.right, word[end:], before=False
            ):
                return family
        return None

    def _holds(self, context: Sequence[str], rest: str, *, before: bool) -> bool:
        if not context:
            return True
        for item in context:
            if item == "edge":
                if not rest:
                    return True
            elif item in self._classes:
                if rest and (rest[-1] if before else rest[0]) in self._classes[item]:
                    return True
            elif rest.endswith(item) if before else rest.startswith(item):
                return True
        return False


def _products(pieces: Sequence[Family | str]) -> Iterator[str]:
    families = list(dict.fromkeys(piece for piece in pieces if isinstance(piece, Family)))
    size = 1
    for family in families:
        size *= len(family.targets)
    if size <= FULL_PRODUCT:
        choices: Iterable[tuple[str, ...]] = product(*(family.targets for family in families))
    else:
        choices = _few_deviations(families)
    # Families are told apart once, and not for each of the products.
    numbers = {family: number for number, family in enumerate(families)}
    shape = [numbers[piece] if isinstance(piece, Family) else piece for piece in pieces]
    for choice in choices:
        yield "".join([choice[piece] if isinstance(piece, int) else piece for piece in shape])


def _few_deviations(families: Sequence[Family]) -> Iterator[tuple[str, ...]]:
    usual = [family.targets[0] for family in families]
    for count in range(MOST_DEVIATIONS + 1):
        for changed in combinations(range(len(families)), count):
            for others in product(*(families[index].targets[1:] for index in changed)):
                choice = list(usual)
                for index, target in zip(changed, others, strict=True):
                    choice[index] = target
                yield tuple(choice)


def load_spellings(path: Path) -> Spellings:
    """Load `spellings.toml`, and `declension.toml` beside it.

    Raises `TableError` for a family or rule that is not what the grammar says.
    """
    values = read_toml(path)
    classes: dict[str, str] = values.get("classes", {})
    families = [_family(path, entry) for entry in values.get("family", [])]
    if not families:
        raise TableError(path, 0, "has no families", "add [[family]] entries")
    native: dict[str, str] = values.get("native", {})
    beside = path.with_name("declension.toml")
    declension = load_declension(beside) if beside.is_file() else None
    return Spellings(families, classes, native, declension)


def load_sounds(path: Path) -> dict[str, str]:
    """Load `sounds.toml`; {} where there is none. Raises `TableError` for anything but pairs of letters."""
    if not path.is_file():
        return {}
    pairs: dict[str, Any] = read_toml(path).get("sounds", {})
    for one, other in pairs.items():
        if not one or not isinstance(other, str) or not f"{one}{other}".isascii():
            raise TableError(
                path, line_of(path, f'"{one}"'), f"no sound {one!r}", "write pairs of Latin letters"
            )
    return pairs


def _family(path: Path, entry: dict[str, Any]) -> Family:
    source = str(entry.get("from", ""))
    targets = tuple(str(target) for target in entry.get("to", ()))
    if not source or not targets or "language" not in entry:
        raise TableError(
            path,
            line_of(path, f'from = "{source}"'),
            "a family needs language, from and to",
            "fill all three",
        )
    return Family(
        language=str(entry["language"]),
        source=_key(source),
        targets=targets,
        left=tuple(map(_key, entry.get("left", ()))),
        right=tuple(map(_key, entry.get("right", ()))),
        kind=str(entry.get("kind", "translit")),
        style=str(entry.get("style", "")),
    )


def _key(letters: str) -> str:
    """Letters as they stand in comparison keys, which know one apostrophe."""
    return letters.replace("\u2019", "'")
