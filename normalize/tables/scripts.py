"""Loading `tables/scripts/`: typed rows, and the mistakes that a single row can make."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from normalize.tables.entries import Entry, entries
from normalize.tables.source import Row, read_toml, read_tsv
from normalize.tables.symbols import EntityRow, UnitRow, load_entities, load_units
from normalize.tables.verdicts import VerdictRow, load_verdicts

TIERS = ("strong", "accent", "weak", "ocr", "keyboard", "codepage", "never")
WORD_CLASSES = ("unit", "acronym", "brand", "ticker", "chemistry", "size", "word", "species")
DESIGNATOR_KINDS = (
    *("air-defence", "aircraft", "artillery", "fuel", "helicopter", "index"),
    *("missile", "other", "road", "ship", "vehicle", "weapon"),
)
SIGNALS = (
    "metalinguistic",
    "informal",
    "maths",
    "numbered",
    "numbered-short",
    "numeral-tail",
    "numeral-letter",
    "lone-prefix",
    "lone-suffix",
    "inline-tag",
    "chess-piece",
    "quantity-index",
    "preposition",
    "placeholder-letter",
    "vowel",
)
EFFECTS = ("skip", "report")
SCRIPT_NAMES = ("latin", "cyrillic")


@dataclass(frozen=True, slots=True)
class LookalikeRow:
    """`source`, an intruding letter, was meant as `target`, a letter or a letter and its stress mark."""

    row: Row
    source: str
    target: str
    tier: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """The letters and frequent words by which a language is told."""

    id: str
    name: str
    script: str
    alphabet: str
    exclusive: str
    beats: tuple[str, ...]
    words: tuple[str, ...]
    clusters: tuple[str, ...]
    never_initial: tuple[str, ...]
    presumed: bool
    spelling_of: str


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word with one right spelling. Class `word` compares in any case, the others as they stand."""

    row: Row
    word: str
    kind: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class LanguageWord:
    """A word and its language: of `lookalike-words.tsv` or `one-letter-words.tsv`."""

    row: Row
    word: str
    language: str


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """A Cyrillic acronym or word, and its established Latin form."""

    row: Row
    source: str
    target: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class Designator:
    """Letters before digits (kind `index`: between them): `cyrillic` or `native_uk`, officially `latin`.

    Without Cyrillic letters the designator is written in Latin ones in every language. With digits
    in it, it stands for that model only, and goes before a row of letters alone.
    """

    row: Row
    cyrillic: str
    native_uk: str
    latin: str
    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A span where nothing is rewritten: of `pattern`, or from `pattern` to the next `close`."""

    id: str
    pattern: str
    close: str
    needs: str
    effect: str
    source: str


@dataclass(frozen=True, slots=True)
class Glosses:
    """Signs that foreign letters are meant.

    `labels` are (words, language; empty for any), `brackets` are (open, close), `joiners` stand
    between alternatives.
    """

    labels: tuple[tuple[tuple[str, ...], str], ...]
    brackets: tuple[tuple[str, str], ...]
    joiners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """A word or sign that tells how a text speaks."""

    row: Row
    signal: str
    text: str


@dataclass(frozen=True, slots=True)
class ScriptTables:
    """All of `tables/scripts/`."""

    lookalikes: tuple[LookalikeRow, ...]
    languages: tuple[Language, ...]
    words: tuple[ListedWord, ...]
    lookalike_words: tuple[LanguageWord, ...]
    one_letter_words: tuple[LanguageWord, ...]
    glossary: tuple[GlossaryRow, ...]
    units: tuple[UnitRow, ...]
    entities: tuple[EntityRow, ...]
    designators: tuple[Designator, ...]
    zones: tuple[ZoneRow, ...]
    glosses: Glosses
    signals: tuple[Signal, ...]
    mixed: tuple[VerdictRow, ...]
    stray: tuple[VerdictRow, ...]


def load_scripts(directory: Path) -> ScriptTables:
    """Read every table of `directory` (`tables/scripts`); the first mistake is a `TableError`."""
    mixed, stray = load_verdicts(directory / "verdicts.toml")
    return ScriptTables(
        lookalikes=load_lookalikes(directory),
        languages=load_languages(directory / "languages.toml"),
        words=load_words(directory / "words.tsv"),
        lookalike_words=load_language_words(directory / "lookalike-words.tsv"),
        one_letter_words=load_language_words(directory / "one-letter-words.tsv"),
        glossary=load_glossary(directory / "glossary.tsv"),
        units=load_units(directory / "units.tsv"),
        entities=load_entities(directory / "entities.tsv"),
        designators=load_designators(directory / "designators.tsv"),
        zones=load_zones(directory / "zones.toml"),
        glosses=load_glosses(directory / "glosses.toml"),
        signals=load_signals(directory / "signals.tsv"),
        mixed=mixed,
        stray=stray,
    )


def load_lookalikes(directory: Path) -> tuple[LookalikeRow, ...]:
    """`lookalikes-extra.tsv`, then `lookalikes.tsv`; rows of tier `never` are left out."""
    rows: list[LookalikeRow] = []
    for name in ("lookalikes-extra.tsv", "lookalikes.tsv"):
        for row in read_tsv(directory / name, ("from", "to", "tier", "language")).rows:
            tier = _one_of(row, "tier", TIERS)
            if not row["from"] or not row["to"]:
                raise row.error("a letter is missing", "give `from` and `to`")
            if tier != "never":
                rows.append(LookalikeRow(row, row["from"], row["to"], tier, row.many("language")))
    return tuple(rows)


def load_languages(path: Path) -> tuple[Language, ...]:
    languages: list[Language] = []
    for entry in entries(path, "language"):
        reader = Entry(path, entry, "id")
        languages.append(
            Language(
                id=reader.text("id"),
                name=reader.text("name"),
                script=reader.one_of("script", SCRIPT_NAMES),
                alphabet=reader.text("alphabet"),
                exclusive=reader.text("exclusive", ""),
                beats=reader.texts("beats"),
                words=reader.texts("words"),
                clusters=reader.texts("clusters"),
                never_initial=reader.texts("never_initial"),
                presumed=reader.flag("presumed"),
                spelling_of=reader.text("spelling_of", ""),
            )
        )
    return tuple(languages)


def load_words(path: Path) -> tuple[ListedWord, ...]:
    table = read_tsv(path, ("word", "class", "language", "note", "source"))
    return tuple(
        ListedWord(
            row, _filled(row, "word"), _one_of(row, "class", WORD_CLASSES), row["language"], row["note"]
        )
        for row in table.rows
    )


def load_language_words(path: Path) -> tuple[LanguageWord, ...]:
    table = read_tsv(path, ("word", "language"))
    return tuple(LanguageWord(row, _filled(row, "word"), _filled(row, "language")) for row in table.rows)


def load_glossary(path: Path) -> tuple[GlossaryRow, ...]:
    table = read_tsv(path, ("from", "to", "language", "note", "source"))
    return tuple(
        GlossaryRow(row, _filled(row, "from"), _filled(row, "to"), row["language"], row["note"])
        for row in table.rows
    )


def load_designators(path: Path) -> tuple[Designator, ...]:
    table = read_tsv(path, ("cyrillic", "native_uk", "latin", "kind", "example", "source"))
    return tuple(
        Designator(
            row=row,
            cyrillic=row["cyrillic"],
            native_uk=row["native_uk"],
            latin=_filled(row, "latin"),
            kind=_one_of(row, "kind", DESIGNATOR_KINDS),
            example=row["example"],
        )
        for row in table.rows
    )


def load_zones(path: Path) -> tuple[ZoneRow, ...]:
    shared = str(read_toml(path).get("source", ""))
    zones: list[ZoneRow] = []
    for entry in entries(path, "zone"):
        reader = Entry(path, entry, "id")
        zones.append(
            ZoneRow(
                id=reader.text("id"),
                pattern=reader.text("open" if "open" in entry else "pattern"),
                close=reader.text("close") if "open" in entry else "",
                needs=reader.text("needs", ""),
                effect=reader.one_of("effect", EFFECTS),
                source=reader.text("source", shared),
            )
        )
    return tuple(zones)


def load_glosses(path: Path) -> Glosses:
    labels = [Entry(path, entry, "language") for entry in entries(path, "label")]
    brackets = [Entry(path, entry, "open") for entry in entries(path, "bracket")]
    joiners = [Entry(path, entry, "text") for entry in entries(path, "joiner")]
    return Glosses(
        labels=tuple((entry.texts("words"), entry.text("language", "")) for entry in labels),
        brackets=tuple((entry.text("open"), entry.text("close")) for entry in brackets),
        joiners=tuple(entry.text("text") for entry in joiners),
    )


def load_signals(path: Path) -> tuple[Signal, ...]:
    table = read_tsv(path, ("signal", "text", "source"))
    return tuple(Signal(row, _one_of(row, "signal", SIGNALS), _filled(row, "text")) for row in table.rows)


def _filled(row: Row, column: str) -> str:
    if not row[column]:
        raise row.error(f"{column} is empty", f"give {column}, or remove the row")
    return row[column]


def _one_of(row: Row, column: str, allowed: Collection[str]) -> str:
    if row[column] not in allowed:
        raise row.error(f"unknown {column} {row[column]!r}", f"use one of {', '.join(sorted(allowed))}")
    return row[column]
