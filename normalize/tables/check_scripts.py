"""Checks of `tables/scripts/` that need more than one row, or more than a row's grammar, to be made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from normalize.errors import TableError
from normalize.tables import scripts as loaders
from normalize.tables.entries import Entry, entries
from normalize.tables.patterns import problem
from normalize.tables.scripts import Language, ListedWord, LookalikeRow
from normalize.tables.source import Row, read_toml, read_tsv
from normalize.tables.symbols import load_entities, load_units
from normalize.tables.unicode import load_folder
from normalize.tables.verdicts import VerdictRow, load_verdicts
from normalize.text.characters import CharacterClasses

# What makes a row the same as another one, by file; columns of a file that is not named here: all but notes.
KEYS = {
    "lookalikes.tsv": ("from", "to", "tier"),
    "lookalikes-extra.tsv": ("from", "to", "tier"),
    "words.tsv": ("word",),
    "lookalike-words.tsv": ("word", "language"),
    "one-letter-words.tsv": ("word", "language"),
    "glossary.tsv": ("from",),
    "units.tsv": ("latin",),
    "entities.tsv": ("name",),
    "designators.tsv": ("cyrillic", "native_uk", "latin", "kind"),
    "signals.tsv": ("signal", "text"),
}
TOML_LISTS = {
    "languages.toml": ("language",),
    "zones.toml": ("zone",),
    "glosses.toml": ("label", "bracket", "joiner"),
    "verdicts.toml": ("mixed", "stray"),
}
MAY_MIX = ("brand",)  # classes of words that may be written in two scripts
LETTERS_OF_TWO = ("lookalikes.tsv", "lookalikes-extra.tsv")
LOADERS: dict[str, Callable[[Path], object]] = {
    "languages.toml": loaders.load_languages,
    "words.tsv": loaders.load_words,
    "lookalike-words.tsv": loaders.load_language_words,
    "one-letter-words.tsv": loaders.load_language_words,
    "glossary.tsv": loaders.load_glossary,
    "units.tsv": load_units,
    "entities.tsv": load_entities,
    "designators.tsv": loaders.load_designators,
    "zones.toml": loaders.load_zones,
    "glosses.toml": loaders.load_glosses,
    "signals.tsv": loaders.load_signals,
    "verdicts.toml": load_verdicts,
}


def check_scripts(directory: Path) -> list[TableError]:
    """All mistakes in the tables of `directory` (`tables/scripts`); `unicode` stands beside it.

    A file that cannot be loaded is reported by its first mistake and looked at no further.
    """
    broken = list(_unloadable(directory))
    if broken:
        return broken
    classes = load_folder(directory.parent).classes
    words = loaders.load_words(directory / "words.tsv")
    languages = {one.id: one for one in loaders.load_languages(directory / "languages.toml")}
    return [
        *_rows(directory, classes),
        *_sources_of_toml(directory),
        *_repeated_ids(directory),
        *_foreign_letters(words, languages, classes),
        *_languages(
            directory / "languages.toml",
            languages.values(),
            [word for group, _ in loaders.load_glosses(directory / "glosses.toml").labels for word in group],
            classes,
        ),
        *_unknown_languages(directory, languages),
        *_clashes(words, loaders.load_lookalikes(directory), classes),
        *_patterns(directory / "zones.toml"),
        *_verdicts(directory / "verdicts.toml"),
    ]


def _unloadable(directory: Path) -> Iterator[TableError]:
    tasks = [(directory / name, load) for name, load in LOADERS.items()]
    for path, load in [*tasks, (directory, loaders.load_lookalikes)]:
        try:
            load(path)
        except TableError as error:
            yield error


def _rows(directory: Path, classes: CharacterClasses) -> Iterator[TableError]:
    """Sources, doubles and words of two scripts in the TSV files."""
    word = re.compile(f"[{classes.inside('latin', 'cyrillic', 'mark')}]+")
    for name, columns in KEYS.items():
        table = read_tsv(directory / name)
        seen: dict[tuple[str, ...], int] = {}
        for row in table.rows:
            if not table.source_of(row):
                yield row.error("has no source", "name it in the column `source` or in the head of the file")
            key = tuple(row[column] for column in columns)
            if key in seen:
                yield row.error(
                    f"{' '.join(key).strip()} stands already in line {seen[key]}", "keep one of them"
                )
            seen.setdefault(key, row.line)
            if name not in LETTERS_OF_TWO and row["class"] not in MAY_MIX:
                yield from _mixtures(row, word, classes)


def _mixtures(row: Row, pattern: re.Pattern[str], classes: CharacterClasses) -> Iterator[TableError]:
    for column, cell in row.cells.items():
        for word in pattern.findall(cell):
            scripts = {classes.of(char) for char in word} - {"mark"}
            if len(scripts) > 1:
                strange = [f"U+{ord(char):04X}" for char in word if not char.isascii()]
                yield row.error(
                    f"{column} {word!r} mixes scripts ({', '.join(strange)})", "write the word in one script"
                )


def _sources_of_toml(directory: Path) -> Iterator[TableError]:
    for name, lists in TOML_LISTS.items():
        if read_toml(directory / name).get("source"):
            continue
        for key in lists:
            for values in entries(directory / name, key):
                entry = Entry(directory / name, values, _identity(values))
                if not values.get("source"):
                    yield entry.error("has no source", "give the entry or the whole file a `source`")


def _repeated_ids(directory: Path) -> Iterator[TableError]:
    for name, lists in TOML_LISTS.items():
        for key in lists:
            seen: set[str] = set()
            for values in entries(directory / name, key):
                if "id" not in values:
                    continue
                if str(values["id"]) in seen:
                    yield Entry(directory / name, values, "id").error(
                        "the id is used twice", "give it another id"
                    )
                seen.add(str(values["id"]))


def _identity(values: dict[str, object]) -> str:
    return next((key for key in ("id", "text", "open", "language") if key in values), "")


def _foreign_letters(
    words: Sequence[ListedWord], languages: dict[str, Language], classes: CharacterClasses
) -> Iterator[TableError]:
    """A word of a language holds only letters that the language writes: look-alikes show here."""
    for word in words:
        language = languages.get(word.language)
        if language is not None and word.kind not in MAY_MIX:
            for char in _strange(word.word, language, classes):
                yield word.row.error(
                    f"{word.word!r} has {char} (U+{ord(char):04X}), which {language.name} does not write",
                    "write the right letter, or name the right language",
                )


def _strange(text: str, language: Language, classes: CharacterClasses) -> list[str]:
    """The letters of a text that are not in a language's alphabet."""
    return [char for char in text if classes.is_letter(char) and char.lower() not in language.alphabet]


def _languages(
    path: Path, languages: Iterable[Language], labels: Iterable[str], classes: CharacterClasses
) -> Iterator[TableError]:
    """What tells a language is written in its alphabet; the words of glosses are each of one script."""
    known = {language.id: language for language in languages}
    for language in known.values():
        entry = Entry(path, {"id": language.id}, "id")
        base = known.get(language.spelling_of)
        if language.spelling_of and (base is None or base.spelling_of or base is language):
            yield entry.error(
                f"spelling_of names {language.spelling_of!r}, which is no language here, or a spelling",
                "use the id of the language that is spelled so today",
            )
        for text in (language.exclusive, *language.words):
            for char in _strange(text, language, classes):
                yield entry.error(
                    f"{text!r} has {char} (U+{ord(char):04X}), which is not in the alphabet",
                    "write the right letter, or complete the alphabet",
                )
    for label in labels:
        if len({classes.script(char) for char in label} - {None}) > 1:
            yield Entry(path.parent / "glosses.toml", {"text": label}, "text").error(
                "the label mixes scripts", "write it in one script"
            )


def _unknown_languages(directory: Path, languages: Iterable[str]) -> Iterator[TableError]:
    known = {*languages, "en"}
    for name in KEYS:
        for row in read_tsv(directory / name).rows:
            for language in row.many("language"):
                if language not in known:
                    yield row.error(f"unknown language {language!r}", "use an id of languages.toml")


def _clashes(
    words: Sequence[ListedWord], lookalikes: Sequence[LookalikeRow], classes: CharacterClasses
) -> Iterator[TableError]:
    """Listed words of two scripts that look the same must say that this is known."""
    twins = {
        row.source: row.target
        for row in lookalikes
        if row.tier == "strong" and not row.languages and classes.of(row.source) == "cyrillic"
    }
    groups: dict[str, list[ListedWord]] = {}
    for word in words:
        groups.setdefault("".join(twins.get(char, char) for char in word.word), []).append(word)
    for group in groups.values():
        for word in group:
            others = [other.word for other in group if other.word != word.word]
            if others and not word.note:
                yield word.row.error(
                    f"{word.word!r} looks like the listed {others[0]!r}", "say so in its note, or remove one"
                )


def _patterns(path: Path) -> Iterator[TableError]:
    for values in entries(path, "zone"):
        for key in ("pattern", "open", "close", "needs"):
            found = problem(str(values[key])) if key in values else None
            if found:
                yield Entry(path, values, "id").error(
                    f"the {key} {found}", "write it in the subset that tables/README.md allows"
                )


def _verdicts(path: Path) -> Iterator[TableError]:
    for name, rows in zip(("mixed", "stray"), load_verdicts(path), strict=True):
        for index, row in enumerate(rows):
            entry = Entry(path, {"id": row.id}, "id")
            if (row.applicability == "safe" and row.repair == "none") or (
                row.verdict == "fine" and row.repair != "none"
            ):
                yield entry.error(
                    "the repair does not go with the verdict", "a safe row repairs, a fine one does not"
                )
            cover = next((earlier for earlier in rows[:index] if covers(earlier, row)), None)
            if cover is not None:
                yield entry.error(
                    f"can never be reached: {cover.id} decides all its cases", "move it up or remove it"
                )
        if rows and rows[-1].when:
            yield TableError(
                path, 0, f"[[{name}]] does not decide every case", "end it with a row `when = {}`"
            )


def covers(earlier: VerdictRow, later: VerdictRow) -> bool:
    """Whether every case that `later` wants has been decided by `earlier`."""
    wanted = dict(later.when)
    return all(name in wanted and wanted[name] <= values for name, values in earlier.when)
