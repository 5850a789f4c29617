"""Scripts, schemes and characters to sections: table rows written down as records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from normalize.ruleset.container import Writer
from normalize.ruleset.records import (
    Designator,
    Entity,
    GlossaryEntry,
    GlossSign,
    Language,
    LanguageWord,
    ListedWord,
    Lookalike,
    SchemeHead,
    SchemeRule,
    Signal,
    Unit,
    Verdict,
    ZoneRule,
    write_records,
)
from normalize.scheme import Rule, SchemeRules
from normalize.tables.scripts import ScriptTables
from normalize.tables.unicode import load_case, load_compositions, load_ranges
from normalize.tables.verdicts import VerdictRow
from normalize.text.characters import CLASSES


def write_characters(writer: Writer, tables: Path) -> None:
    """`characters` (first, last, class), `case` (upper, lower), `compositions` (base, mark, composed)."""
    writer.table("characters", 3, [(a, b, CLASSES.index(name)) for a, b, name in load_ranges(tables)])
    writer.table("case", 2, [(ord(upper), ord(lower)) for upper, lower in load_case(tables)])
    compositions = load_compositions(tables)
    writer.table(
        "compositions",
        3,
        [(ord(base), ord(mark) if mark else 0, ord(one)) for base, mark, one in compositions],
    )


def write_scripts(writer: Writer, tables: ScriptTables) -> None:
    """Everything of `tables/scripts/`, a section each."""
    write_records(
        writer,
        "lookalikes",
        Lookalike,
        [Lookalike(row.source, row.target, row.tier, row.languages) for row in tables.lookalikes],
    )
    write_records(
        writer,
        "languages",
        Language,
        [
            Language(
                one.id,
                one.script,
                one.alphabet,
                one.exclusive,
                one.beats,
                one.words,
                one.clusters,
                one.never_initial,
                one.presumed,
                one.spelling_of,
            )
            for one in tables.languages
        ],
    )
    write_records(
        writer, "words", ListedWord, [ListedWord(row.word, row.kind, row.language) for row in tables.words]
    )
    for section, rows in (
        ("lookalike_words", tables.lookalike_words),
        ("one_letter_words", tables.one_letter_words),
    ):
        write_records(writer, section, LanguageWord, [LanguageWord(row.word, row.language) for row in rows])
    write_records(
        writer, "glossary", GlossaryEntry, [GlossaryEntry(row.source, row.target) for row in tables.glossary]
    )
    write_records(writer, "units", Unit, [Unit(row.latin, row.cyrillic) for row in tables.units])
    write_records(writer, "entities", Entity, [Entity(row.name, row.letter) for row in tables.entities])
    write_records(
        writer,
        "designators",
        Designator,
        [Designator(row.cyrillic, row.native_uk, row.latin, row.kind) for row in tables.designators],
    )
    write_records(
        writer,
        "zones",
        ZoneRule,
        [ZoneRule(row.id, row.pattern, row.close, row.needs, row.effect) for row in tables.zones],
    )
    write_records(writer, "glosses", GlossSign, _gloss_signs(tables))
    write_records(writer, "signals", Signal, [Signal(row.signal, row.text) for row in tables.signals])
    for section, table in (("verdicts.mixed", tables.mixed), ("verdicts.stray", tables.stray)):
        write_records(writer, section, Verdict, [_verdict(row) for row in table])


def _gloss_signs(tables: ScriptTables) -> Iterable[GlossSign]:
    for words, language in tables.glosses.labels:
        for word in words:
            yield GlossSign("label", word, language)
    for opening, closing in tables.glosses.brackets:
        yield GlossSign("pair", opening, closing)
    for joiner in tables.glosses.joiners:
        yield GlossSign("joiner", joiner, "")


def _verdict(row: VerdictRow) -> Verdict:
    when = tuple(
        f"{feature}={'|'.join(sorted(str(v).lower() for v in values))}" for feature, values in row.when
    )
    return Verdict(row.id, when, row.verdict, row.repair, row.applicability, row.message)


def write_schemes(writer: Writer, schemes: Mapping[str, SchemeRules]) -> None:
    """`schemes` and `scheme.rules`, in the order of ids."""
    ordered = [schemes[name] for name in sorted(schemes)]
    write_records(
        writer,
        "schemes",
        SchemeHead,
        [
            SchemeHead(
                one.id,
                one.language,
                one.title,
                one.authority,
                one.year,
                one.url,
                one.reversible,
                one.lossy,
                one.apostrophe,
                one.stress,
                one.dotted,
                one.typed,
            )
            for one in ordered
        ],
    )
    write_records(
        writer,
        "scheme.rules",
        SchemeRule,
        [rule for index, one in enumerate(ordered) for rule in _rules(index, one)],
    )


def _rules(index: int, scheme: SchemeRules) -> Iterable[SchemeRule]:
    directions: Sequence[tuple[bool, tuple[Rule, ...], tuple[tuple[str, str], ...]]] = (
        (False, scheme.forward, scheme.words),
        (True, scheme.reverse, scheme.reverse_words),
    )
    for backward, rules, words in directions:
        for rule in rules:
            yield SchemeRule(
                index,
                backward,
                False,
                rule.source,
                rule.target,
                rule.left,
                rule.right,
                rule.left_edge,
                rule.right_edge,
            )
        for word, rendering in words:
            yield SchemeRule(index, backward, True, word, rendering, (), (), False, False)
