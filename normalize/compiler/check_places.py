"""Checking the place tables: mistakes that only show when rows are held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from normalize.compiler.build import Tables
from normalize.compiler.canonical import Canonical
from normalize.compiler.gazetteer import LITTLE_KNOWN
from normalize.compiler.judgements import JudgementCompiler
from normalize.errors import TableError
from normalize.ruleset.container import Container, Writer
from normalize.ruleset.kinds import NAME_KINDS
from normalize.ruleset.lexicon import ROOT, Lexicon
from normalize.tables.places import PlaceRow
from normalize.tables.profiles import SPELLS, Profile
from normalize.tables.source import Row, TsvTable, read_tsv

DOMINANCE = 30  # as in the engine: a place that is so much more prominent is the one that is meant


def is_known(place: PlaceRow) -> bool:
    """Whether a place is found by all its names: those of the others give way to them by themselves."""
    return place.prominence >= LITTLE_KNOWN


def check_files(tables: Tables) -> list[TableError]:
    """All mistakes in the files of `tables/places/` that are there under every profile."""
    directory = tables.directory / "places"
    files = [read_tsv(path) for path in sorted(directory.glob("*.tsv"))]
    return [*_sources(files), *_mixed_words(files, tables), *_duplicates(files)]


def check_places(tables: Tables, profile: Profile) -> list[TableError]:
    """All mistakes in `tables/places/`, user tables included, under a profile."""
    errors: list[TableError] = []
    try:
        canonical = tables.canonical(profile)
        if profile.spell != SPELLS[0]:  # exceptions and judgements are written for the Ukrainian spelling
            return [*_native_names(tables), *_groups(tables)]
        errors += [
            *_native_names(tables),
            *_redundant_exceptions(tables, canonical),
            *_others_names(tables, canonical),
            *_groups(tables),
            *_shared_variants(tables, profile, canonical),
        ]
    except TableError as error:
        errors.append(error)
    return errors


def _sources(files: Iterable[TsvTable]) -> Iterator[TableError]:
    for table in files:
        for row in table.rows:
            if not table.source_of(row):
                yield row.error(
                    "has no source", "fill the column `source`, or write `# source: …` in the head"
                )


def _mixed_words(files: Iterable[TsvTable], tables: Tables) -> Iterator[TableError]:
    """A word of two scripts in a table of names is a look-alike letter that slipped in."""
    script = tables.folder.classes.script
    for table in files:
        columns = [
            column for column in table.columns if column not in ("source", "note", "reason", "example")
        ]
        for row in table.rows:
            for column in columns:
                for word in row[column].replace("-", " ").split():
                    scripts = {one for char in word if (one := script(char))}
                    if len(scripts) > 1:
                        yield row.error(
                            f"{word!r} mixes {' and '.join(sorted(scripts))} letters",
                            "type the word anew in one script",
                        )


def _duplicates(files: Iterable[TsvTable]) -> Iterator[TableError]:
    for table in files:
        seen: dict[tuple[str, ...], Row] = {}
        for row in table.rows:
            cells = tuple(row[column] for column in table.columns if column not in ("source", "note"))
            other = seen.setdefault(cells, row)
            if other is not row:
                yield row.error(f"says the same as line {other.line}", "remove one of the two")


def _native_names(tables: Tables) -> Iterator[TableError]:
    named = {name.place for name in tables.places.names if name.kind == "canonical"}
    for place in tables.places.places:
        if not (place.uk or place.ru or place.name) and place.id not in named:
            yield place.row.error("has no native name and no canonical one", "fill `uk` or `ru`")


def _redundant_exceptions(tables: Tables, canonical: Canonical) -> Iterator[TableError]:
    """A canonical name in names.tsv is an exception from the scheme, and says so by its source."""
    by_id = {place.id: place for place in tables.places.places}
    for name in tables.places.names:
        is_exception = name.kind == "canonical" and name.row.path.name == "names.tsv"
        if is_exception and canonical.by_scheme(by_id[name.place]) == name.name:
            yield name.row.error(f"{name.name!r} is what the scheme gives anyway", "remove the row")
    for place in by_id.values():
        if (
            place.uk
            and not place.is_abroad
            and not canonical.by_scheme(place).isascii()
            and canonical.name(place) == canonical.by_scheme(place)
        ):
            yield place.row.error(
                f"the scheme gives {canonical.name(place)!r}, which is not ASCII",
                "correct the native name, or list the canonical name in names.tsv with its source",
            )


def _others_names(tables: Tables, canonical: Canonical) -> Iterator[TableError]:
    """A variant of one place that is what another is called would rewrite a right name, or go in a circle."""
    key = tables.folder.key
    owners = {key(canonical.name(place)): place for place in tables.places.places if is_known(place)}
    judged = {key(judgement.name) for judgement in tables.places.judgements}
    variants = [(name.row, name.place, name.name) for name in tables.places.names if name.kind != "canonical"]
    variants += [(row.row, row.place, name) for row in tables.places.former for name in row.names]
    for row, place, name in variants:
        owner = owners.get(key(name))
        if owner is None or canonical.by_id(place) == canonical.name(owner) or key(name) in judged:
            continue
        back = {key(other) for _, of, other in variants if of == owner.id}
        circle = "; the two go in a circle" if key(canonical.by_id(place)) in back else ""
        yield row.error(
            f"{name!r} is the canonical name of {owner.id}{circle}",
            "remove the variant, or say in judgements.tsv by which cue it is meant",
        )


def _groups(tables: Tables) -> Iterator[TableError]:
    """Every cue group that a row names must have phrases."""
    known = {cue.group for cue in tables.places.cues}
    places = {place.id for place in tables.places.places}
    for judgement in tables.places.judgements:
        for group in (*judgement.cues, *judgement.counter_cues):
            if group not in known:
                yield judgement.row.error(f"no cue group {group!r}", "add its phrases to cues.tsv")
        if judgement.place and judgement.place not in places:
            yield judgement.row.error(f"no place {judgement.place!r}", "correct the id")
        if judgement.behaviour == "unless" and not judgement.counter_cues:
            yield judgement.row.error("`unless` without counter-cues", "name a group in `counter_cues`")
    for frame in tables.places.frames:
        for token in (*frame.before, *frame.after):
            is_group = token.startswith("<") and token not in ("<", "<year>", "<number>", "<capital>")
            if is_group and token[1:-1] not in known:
                yield frame.row.error(f"no cue group {token[1:-1]!r}", "add its phrases to cues.tsv")


def _shared_variants(tables: Tables, profile: Profile, canonical: Canonical) -> Iterator[TableError]:
    """A spelling that two places share must be told apart: by a cue, or by how prominent they are."""
    writer = Writer()
    known = tables.only(is_known)
    known.place_compiler(profile).write(writer)
    container = Container(writer.to_bytes())
    lexicon = Lexicon(container, "places")
    names = container.rows("names")
    judged = JudgementCompiler(known.places, canonical, tables.spellings, tables.folder.key).keys()
    starred = {key[2:] for key in judged if key.startswith("* ")}
    rewritten = {NAME_KINDS.index(kind) for kind in profile.rewrite}
    groups = {cue.group for cue in tables.places.cues}
    shared: dict[tuple[str, str], list[str]] = {}
    for word in sorted(lexicon.words()):
        if word in judged:
            continue
        kinds: dict[int, int] = {}
        for component, kind in lexicon.spelled(word):
            node = lexicon.step(ROOT, component)
            for payload in lexicon.payloads(node) if node is not None else ():
                place, name_kind = names[payload][0], names[payload][1]
                kinds[place] = min(kinds.get(place, 99), max(kind, name_kind))
        bearers = [(kind, known.places.places[place]) for place, kind in kinds.items()]
        bearers.sort(key=lambda item: (item[0], -item[1].prominence, item[1].id))
        places = [place for _, place in bearers]
        if bearers and bearers[0][0] in rewritten and not any(place.id in starred for place in places):
            other = _unresolved(places, groups, canonical.name)
            if other is not None:
                shared.setdefault((places[0].id, other.id), []).append(word)
    by_id = {place.id: place for place in known.places.places}
    for (one, other_id), words in shared.items():
        shown = ", ".join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")
        both = f"{canonical.by_id(one)} ({one}) and {canonical.by_id(other_id)} ({other_id})"
        yield by_id[other_id].row.error(
            f"{shown}: spells both {both}",
            "add rows with cues to judgements.tsv",
        )


def _unresolved(
    bearers: list[PlaceRow], groups: set[str], name: Callable[[PlaceRow], str]
) -> PlaceRow | None:
    """The place that a spelling cannot be told from the first: not by oblast cues, nor by prominence."""
    first = bearers[0]
    for other in bearers[1:]:
        by_oblast = first.part_of != other.part_of and {first.part_of, other.part_of} <= groups
        if name(other) != name(first) and not by_oblast and first.prominence - other.prominence < DOMINANCE:
            return other
    return None
