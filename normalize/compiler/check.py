"""`normalize tables check`: every check there is, over one directory of tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from normalize.compiler.build import Tables
from normalize.compiler.check_places import check_files, check_places
from normalize.errors import NormalizeError, TableError
from normalize.tables.check_schemes import check_schemes
from normalize.tables.check_scripts import check_scripts
from normalize.tables.profiles import load_profile, profile_ids


def check_tables(directory: Path) -> list[TableError]:
    """All mistakes in a directory of tables, in the order of files and lines."""
    errors: list[TableError] = []
    tables = Tables(directory)
    checks: list[Callable[[], list[TableError]]] = [
        lambda: check_schemes(directory / "schemes"),
        lambda: check_scripts(directory / "scripts"),
        lambda: check_files(tables),
        lambda: _check_profiles(tables),
    ]
    for check in checks:
        try:
            errors += check()
        except TableError as error:
            errors.append(error)
    unique = {(error.path, error.line, error.problem): error for error in errors}
    return sorted(unique.values(), key=lambda error: (error.path, error.line))


def _check_profiles(tables: Tables) -> list[TableError]:
    """Each profile, and the places as each names them."""
    errors: list[TableError] = []
    directory = tables.directory / "profiles"
    for name in profile_ids(directory):
        try:
            profile = load_profile(name, directory)
        except NormalizeError as error:
            errors.append(
                error if isinstance(error, TableError) else TableError(directory, 0, str(error), "mend it")
            )
            continue
        if profile.id != name:
            errors.append(
                TableError(
                    directory / f"{name}.toml", 1, f"has the id {profile.id!r}", "name the file by its id"
                )
            )
        if not profile.source:
            errors.append(TableError(directory / f"{name}.toml", 1, "has no source", "add `source = …`"))
        errors += check_places(tables, profile)
    return errors
