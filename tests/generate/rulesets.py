"""Small rulesets made at random: rows of the real tables, a few invented ones, and verdicts put out of order.

Unicode and the families of spellings are the real ones; of everything else a random part is kept, and some
of that is changed. The tables are put together in memory and compiled as the real ones are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from normalize.compiler.build import Tables, compile_ruleset
from normalize.model import LEVELS, RULES
from normalize.scheme import Rule, SchemeRules
from normalize.tables.places import (
    CueRow,
    DesignationRow,
    FormerRow,
    FrameRow,
    FrozenRow,
    JudgementRow,
    NameRow,
    PlaceRow,
    PlaceTables,
    RejectRow,
)
from normalize.tables.profiles import Profile
from normalize.tables.scripts import ScriptTables
from normalize.tables.source import Row
from normalize.tables.verdicts import VerdictRow

ROOT = Path(__file__).resolve().parent.parent.parent / "tables"
KINDS = ("city", "town", "village", "river", "oblast", "region", "club", "sea", "other")
NAME_KINDS = ("canonical", "conventional", "exonym", "translit", "russian-derived", "misspelling", "native")
BEHAVIOURS, EFFECTS = ("always", "unless", "only"), ("keep", "person", "foreign", "support")
ROLES = ("suffix", "prefix", "abbreviation")
APPLICABILITIES = ("safe", "unsafe", "none")
TOKENS = ("(", ")", ",", '"', "-", "<year>", "<number>", "<capital>", "the", "of", "mr", "'")
Item = TypeVar("Item")
_ROW = Row(ROOT, 0, {})


@cache
def real() -> Tables:
    """The tables of the project, loaded once."""
    return Tables(ROOT)


@dataclass(frozen=True)
class Tiny:
    """The bytes of a compiled ruleset, and what they were compiled of, for a reader."""

    data: bytes
    told: str


def tiny_ruleset(random: Random, *, wild: bool) -> Tiny:
    """A ruleset of a few places and some words.

    A wild one also has other verdicts, look-alikes, zones and schemes than anybody would want: engines must
    agree on it, but the laws hold only for tables that pass `normalize tables check`.
    """
    places = _places(random, wild)
    scripts = _scripts(random) if wild else _words(random)
    profile = _profile(random, places, wild)
    tables = Tables(ROOT)
    own = {"places": places, "scripts": scripts, "schemes": _schemes(random, profile, wild), "digest": "tiny"}
    tables.__dict__.update(own | {part: getattr(real(), part) for part in ("folder", "case", "spellings")})
    told = f"{places}\n{profile}\n{scripts.mixed}\n{scripts.stray}"
    return Tiny(compile_ruleset(tables, profile), told)


def some(random: Random, items: Sequence[Item], most: int) -> list[Item]:
    """Some of the items, at most so many, in their order."""
    if not items:
        return []
    chosen = {random.randrange(len(items)) for _ in range(random.randrange(most + 1))}
    return [items[number] for number in sorted(chosen)]


def part(random: Random, items: Sequence[Item]) -> tuple[Item, ...]:
    """All items, or none, or a random share of them."""
    share = random.choice([1.0, 1.0, 0.9, 0.5, 0.1, 0.0])
    return tuple(item for item in items if random.random() < share)


# ---------------------------------------------------------------------- places


def _places(random: Random, wild: bool) -> PlaceTables:
    known = real().places
    rows = some(random, known.places, 12)
    rows += [_invented(random, known, number) for number in range(random.randrange(1, 4))]
    if random.randrange(2):
        oblasts = {stem.oblast for stem in some(random, known.stems, 3)}
        rows += [row for row in known.places if row.id in oblasts and row not in rows]
    ids = [row.id for row in rows]
    names = [row for row in known.names if row.place in ids]
    latin = [row.name for row in names] or [row.name for row in some(random, known.names, 5)] or ["Foo"]
    names += [
        NameRow(_ROW, random.choice(ids), random.choice(latin), random.choice(NAME_KINDS))
        for _ in range(random.randrange(4))
    ]
    former = [row for row in known.former if row.place in ids]
    former += [
        FormerRow(_ROW, random.choice(ids), row.uk, row.ru, row.names, row.since, row.until)
        for row in some(random, known.former, 3)
    ]
    judgements = [row for row in known.judgements if row.place in ids]
    groups = [row.group for row in some(random, known.cues, 6)]
    groups += [group for row in judgements for group in (*row.cues, *row.counter_cues)]
    spoken = [*latin, *(native for row in rows for native in (row.uk, row.ru) if native)]
    judgements += [
        JudgementRow(
            _ROW,
            random.choice(spoken),
            random.choice([*ids, ""]),
            random.choice(BEHAVIOURS),
            tuple(some(random, groups, 2)),
            tuple(some(random, groups, 2)),
            random.choice(["", "a note"]),
        )
        for _ in range(random.randrange(6))
    ]
    cues = [row for row in known.cues if row.group in set(groups)]
    cues = some(random, cues, 40)
    cues += [CueRow(_ROW, random.choice([*groups, "none"]), name) for name in some(random, spoken, 2)]
    frozen = some(random, known.frozen, 8)
    frozen += [FrozenRow(_ROW, f"{random.choice(spoken)} {random.choice(spoken)}", "") for _ in range(2)]
    return PlaceTables(
        places=tuple(rows),
        stems=tuple(stem for stem in known.stems if stem.oblast in ids),
        names=tuple(names),
        former=tuple(former),
        judgements=tuple(judgements),
        cues=tuple(cues),
        frames=tuple(_frames(random, groups, spoken)),
        frozen=tuple(frozen),
        rejects=tuple(RejectRow(_ROW, name, "") for name in some(random, latin, 2)),
        designations=(
            *(part(random, known.designations) if wild else known.designations),
            *_designations(random),
        ),
    )


def _invented(random: Random, known: PlaceTables, number: int) -> PlaceRow:
    """A place of the words of others."""
    joint = random.choice([" ", " ", "-"])
    one, other = random.choice(known.places), random.choice(known.places)
    uk, ru = (joint.join(pair) for pair in ((one.uk, other.uk), (one.ru, other.ru)))
    uk, ru = random.choice([(one.uk, one.ru), (uk, ru), (uk, one.ru), (one.uk, ""), ("", one.ru)])
    uk, ru = uk.strip(joint), ru.strip(joint)
    kind, country = random.choice(KINDS), random.choice(["UA", "UA", "RU", "US"] if uk else ["RU", "US"])
    part_of = random.choice(["", one.part_of])
    uk = uk if uk or ru else "Київ"
    return PlaceRow(_ROW, f"tiny-{number}", kind, country, uk, ru, random.randrange(101), part_of, ())


def _frames(random: Random, groups: Sequence[str], spoken: Sequence[str]) -> list[FrameRow]:
    known = real().places.frames
    frames = some(random, known, 30)
    tokens = [*TOKENS, *(f"<{group}>" for group in groups), *(word.split()[0] for word in spoken)]
    tokens += [token for frame in frames for token in (*frame.before, *frame.after)]
    for number in range(random.randrange(5)):
        before, after = (tuple(random.choice(tokens) for _ in range(random.randrange(3))) for _ in range(2))
        if before or after:
            frames.append(FrameRow(_ROW, f"tiny-{number}", before, after, random.choice(EFFECTS), ""))
    return frames


def _designations(random: Random) -> list[DesignationRow]:
    words = [row.word for row in some(random, real().places.designations, 4)]
    return [
        DesignationRow(
            _ROW, word, random.choice(KINDS), random.choice(["en", "uk", "ru"]), random.choice(ROLES)
        )
        for word in words
    ]


def _profile(random: Random, places: PlaceTables, wild: bool) -> Profile:
    schemes = sorted(real().schemes)
    uk, ru = (random.choice([name for name in schemes if name.startswith(of)]) for of in ("uk-", "ru-"))
    if not wild:
        uk, ru = "uk-kmu-2010", random.choice(["ru-bgnpcgn-1947", "ru-icao-9303"])
    names = {
        row.id: random.choice(places.names).name for row in some(random, places.places, 1) if places.names
    }
    return Profile(
        id="tiny",
        title="",
        source="",
        schemes={"uk": uk, "ru": ru},
        prefer=tuple(some(random, NAME_KINDS, 3)),
        rewrite=tuple(some(random, [*NAME_KINDS, "former"], 9)),
        keep=tuple(row.id for row in some(random, places.places, 1)),
        names=names if wild else {},
        languages=random.choice([("en",), ("en",), ("en", "de", "pl"), ()]),
        levels={rule: random.choice(["safe", "safe", *LEVELS]) for rule in RULES},
    )


# ---------------------------------------------------------------------- scripts


def _words(random: Random) -> ScriptTables:
    known = real().scripts
    return replace(
        known,
        words=part(random, known.words),
        glossary=part(random, known.glossary),
        designators=part(random, known.designators),
        signals=part(random, known.signals),
    )


def _scripts(random: Random) -> ScriptTables:
    known = real().scripts
    glosses = known.glosses
    return ScriptTables(
        lookalikes=part(random, known.lookalikes),
        languages=known.languages if random.randrange(3) else part(random, known.languages),
        words=part(random, known.words),
        lookalike_words=part(random, known.lookalike_words),
        one_letter_words=part(random, known.one_letter_words),
        glossary=part(random, known.glossary),
        units=part(random, known.units),
        entities=part(random, known.entities),
        designators=part(random, known.designators),
        zones=part(random, known.zones),
        glosses=replace(
            glosses,
            labels=part(random, glosses.labels),
            brackets=part(random, glosses.brackets),
            joiners=part(random, glosses.joiners),
        ),
        signals=part(random, known.signals),
        mixed=_verdicts(random, known.mixed),
        stray=_verdicts(random, known.stray),
    )


def _verdicts(random: Random, rows: Sequence[VerdictRow]) -> tuple[VerdictRow, ...]:
    """Rows of a decision table: left out, put elsewhere, with conditions less, or claiming something else."""
    if random.randrange(2):
        return tuple(rows)
    kept = list(part(random, rows)) or list(rows)
    for _ in range(random.randrange(12)):
        at = random.randrange(len(kept))
        row, how = kept[at], random.randrange(4)
        if how == 0:
            kept.insert(random.randrange(len(kept)), kept.pop(at))
        elif how == 1 and len(row.when) > 1:
            gone = random.randrange(len(row.when))
            kept[at] = replace(row, when=row.when[:gone] + row.when[gone + 1 :])
        elif how == 2:
            kept[at] = replace(row, applicability=random.choice(APPLICABILITIES))
        else:
            kept[at] = replace(row, repair=random.choice(rows).repair)
    return tuple(kept)


# ---------------------------------------------------------------------- schemes


def _schemes(random: Random, profile: Profile, wild: bool) -> dict[str, SchemeRules]:
    known = real().schemes
    chosen = [*profile.schemes.values(), *(random.choice(sorted(known)) for _ in range(4))]
    return {name: _scheme(random, known[name]) if wild else known[name] for name in dict.fromkeys(chosen)}


def _scheme(random: Random, scheme: SchemeRules) -> SchemeRules:
    """A scheme, as often as not with rules that no authority has thought of."""
    if random.randrange(2):
        return scheme
    stress, apostrophe = (
        random.choice(["keep", "drop"]),
        random.choice(["keep", "", "'", "’", scheme.apostrophe]),
    )
    return replace(
        scheme,
        forward=_rules(random, scheme.forward),
        reverse=_rules(random, scheme.reverse) if scheme.reverse else (),
        stress=stress,
        apostrophe=apostrophe,
        dotted=random.choice([scheme.dotted, scheme.dotted, not scheme.dotted]),
    )


def _rules(random: Random, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    changed = list(rules)
    sources = [rule.source for rule in rules]
    for _ in range(random.randrange(10)):
        at, how = random.randrange(len(changed)), random.randrange(4)
        if how == 0 and len(changed) > 1:
            del changed[at]
        elif how == 1:
            changed[at] = replace(changed[at], target=random.choice(rules).target + random.choice(["", "h"]))
        else:
            source = "".join(random.choice(sources) for _ in range(random.choice([1, 1, 2])))
            contexts = [
                tuple(_context(random, sources) for _ in range(random.randrange(3))) for _ in range(2)
            ]
            rule = Rule(source, random.choice(rules).target, *contexts)
            rule = replace(rule, left_edge=random.randrange(4) == 0, right_edge=random.randrange(4) == 0)
            changed.insert(random.randrange(len(changed) + 1), rule)
    return tuple(changed)


def _context(random: Random, sources: Sequence[str]) -> str:
    """Letters beside the source: one or two of them, perhaps the end of the word, or the nearest of some."""
    letters = random.choice(sources) + (random.choice(sources) if random.randrange(4) == 0 else "")
    how = random.randrange(8)
    if how == 0:
        return random.choice(["^" + letters, letters + "^"])
    if how == 1:
        return letters + "/" + "".join(random.choice(sources) for _ in range(4))
    return letters
