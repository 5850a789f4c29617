"""Cues, frames, frozen phrases and designations to sections."""

from __future__ import annotations

from normalize.ruleset.container import Writer
from normalize.ruleset.kinds import NAME_KINDS, number
from normalize.ruleset.lexicon import LexiconWriter
from normalize.ruleset.records import CueGroup, Designation, Frame, write_records
from normalize.tables.places import PlaceTables
from normalize.text.fold import UPPER, Folder


def write_cues(writer: Writer, tables: PlaceTables, folder: Folder) -> None:
    """The lexicons `cues` and `frozen`, and the sections `frames` and `designations`."""
    cues = LexiconWriter("cues")
    groups: dict[CueGroup, int] = {}
    for cue in tables.cues:
        group = CueGroup(cue.group, folder.shape(cue.phrase) == UPPER)
        _add(cues, cue.phrase, groups.setdefault(group, len(groups)), folder)
    cues.write(writer)
    write_records(writer, "cue.groups", CueGroup, groups)

    frozen = LexiconWriter("frozen")
    for index, row in enumerate(tables.frozen):
        _add(frozen, row.phrase, index, folder)
    frozen.write(writer)
    writer.table("frozen.reasons", 1, [(writer.string(row.reason),) for row in tables.frozen])

    write_records(
        writer,
        "frames",
        Frame,
        [
            Frame(row.id, _tokens(row.before, folder), _tokens(row.after, folder), row.effect)
            for row in tables.frames
        ],
    )
    write_records(
        writer,
        "designations",
        Designation,
        [Designation(folder.key(row.word), row.kind, row.language, row.role) for row in tables.designations],
    )


def _add(lexicon: LexiconWriter, phrase: str, payload: int, folder: Folder) -> None:
    components: list[int] = []
    for word in phrase.replace("-", " ").split():
        key = folder.key(word.strip(".,"))
        component, _ = lexicon.component(key)
        lexicon.spell(component, key, number(NAME_KINDS, "canonical"))
        components.append(component)
    lexicon.phrase(components, payload)


def _tokens(tokens: tuple[str, ...], folder: Folder) -> tuple[str, ...]:
    """Frame tokens as they are compared: words by their key, groups and marks as they stand."""
    return tuple(token if token.startswith("<") else folder.key(token) for token in tokens)
