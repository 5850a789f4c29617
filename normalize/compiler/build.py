"""From tables and a profile to the bytes of a ruleset."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from normalize.compiler.as_of import as_of
from normalize.compiler.canonical import Canonical
from normalize.compiler.cues import write_cues
from normalize.compiler.places import PlaceCompiler
from normalize.compiler.scripts import write_characters, write_schemes, write_scripts
from normalize.compiler.spellings import Spellings, load_sounds, load_spellings
from normalize.errors import TableError
from normalize.ruleset.container import Writer
from normalize.ruleset.records import schema
from normalize.scheme import CaseTable, SchemeRules, Transliterator
from normalize.tables.places import PlaceRow, PlaceTables, load_places
from normalize.tables.profiles import Profile, load_profile, profile_ids
from normalize.tables.schemes import load_case, load_schemes
from normalize.tables.scripts import ScriptTables, load_scripts
from normalize.tables.source import read_bytes
from normalize.tables.unicode import load_folder
from normalize.text.fold import Folder

SUFFIX = ".nzr"


class Tables:
    """Everything under one tables directory, each part loaded once."""

    def __init__(self, directory: Path, extend: tuple[Path, ...] = ()) -> None:
        self.directory, self.extend = directory, extend

    @cached_property
    def folder(self) -> Folder:
        return load_folder(self.directory)

    @cached_property
    def case(self) -> CaseTable:
        return load_case(self.directory / "unicode")

    @cached_property
    def schemes(self) -> Mapping[str, SchemeRules]:
        return {name: table.rules for name, table in load_schemes(self.directory / "schemes").items()}

    @cached_property
    def scripts(self) -> ScriptTables:
        return load_scripts(self.directory / "scripts")

    @cached_property
    def places(self) -> PlaceTables:
        return load_places(self.directory / "places", self.extend)

    def only(self, keep: Callable[[PlaceRow], bool]) -> Tables:
        """The same tables with some of the places, and what is said of these."""
        part = Tables(self.directory, self.extend)
        places = tuple(place for place in self.places.places if keep(place))
        ids = {place.id for place in places}
        part.places = replace(
            self.places,
            places=places,
            names=tuple(name for name in self.places.names if name.place in ids),
            former=tuple(row for row in self.places.former if row.place in ids),
            lookup_names=tuple(name for name in self.places.lookup_names if name.place in ids),
        )
        part.spellings, part.folder = self.spellings, self.folder
        return part

    @cached_property
    def spellings(self) -> Spellings:
        return load_spellings(self.directory / "places" / "spellings.toml")

    @cached_property
    def sounds(self) -> Mapping[str, str]:
        return load_sounds(self.directory / "places" / "sounds.toml")

    def place_compiler(self, profile: Profile) -> PlaceCompiler:
        canonical = self.canonical(profile)
        places = as_of(self.places, profile.as_of)
        return PlaceCompiler(places, profile, canonical, self.spellings, self.folder, self.sounds)

    def profile(self, name: str) -> Profile:
        return load_profile(name, self.directory / "profiles")

    def canonical(self, profile: Profile) -> Canonical:
        """Canonical names under a profile. Raises `TableError` if it names a scheme that is not there."""
        made: dict[str, Transliterator] = {}
        for language, scheme in profile.schemes.items():
            if scheme not in self.schemes:
                raise TableError(
                    self.directory / "profiles" / f"{profile.id}.toml",
                    0,
                    f"names an unknown scheme {scheme!r} for {language}",
                    f"use one of {', '.join(sorted(self.schemes))}",
                )
            made[language] = Transliterator.forward(self.schemes[scheme], self.case)
        return Canonical(
            as_of(self.places, profile.as_of),
            profile,
            lambda text, language: made[language].transliterate(text),
        )

    @cached_property
    def digest(self) -> str:
        """The sha256 over all table files, user tables included."""
        return digest_of(self.directory, self.extend)


def digest_of(directory: Path, extend: tuple[Path, ...] = ()) -> str:
    """The sha256 over the names and contents of all table files."""
    digest = hashlib.sha256()
    files = sorted(path for path in directory.rglob("*") if path.suffix in (".tsv", ".toml"))
    for path in (*files, *extend):
        name = path.relative_to(directory).as_posix() if path in files else path.name
        data = read_bytes(path)
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def compile_ruleset(tables: Tables, profile: Profile) -> bytes:
    """The bytes of the ruleset. Raises `TableError` for the first mistake that stands in the way."""
    writer = Writer()
    writer.table("meta", 2, [(writer.string(k), writer.string(v)) for k, v in _meta(tables, profile).items()])
    write_characters(writer, tables.directory)
    write_scripts(writer, tables.scripts)
    write_schemes(writer, tables.schemes)
    write_cues(writer, tables.places, tables.folder)
    tables.place_compiler(profile).write(writer)
    return writer.to_bytes()


def build_all(directory: Path, target: Path) -> list[Path]:
    """Compile every profile of a tables directory that is shipped into `target`; gives the files written."""
    tables = Tables(directory)
    target.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name in profile_ids(directory / "profiles"):
        profile = tables.profile(name)
        if not profile.shipped:
            continue
        path = target / f"{name}{SUFFIX}"
        part = path.with_suffix(".part")  # a running process may have the old file mapped
        part.write_bytes(compile_ruleset(tables, profile))
        part.replace(path)
        written.append(path)
    return written


def _meta(tables: Tables, profile: Profile) -> dict[str, str]:
    meta = {
        "schema": schema(),
        "profile": profile.id,
        "title": profile.title,
        "tables.sha256": tables.digest,
        "rewrite": " ".join(profile.rewrite),
        "keep": " ".join(profile.keep),
        "languages": " ".join(profile.languages),
    }
    meta |= {f"scheme.{language}": scheme for language, scheme in profile.schemes.items()}
    meta |= {f"level.{rule}": level for rule, level in profile.levels.items()}
    return meta
