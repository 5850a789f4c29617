"""Where the ruleset of a profile is: shipped with the package, or compiled once and kept in a cache."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from normalize import shipped
from normalize.errors import RulesetError, UnknownProfileError
from normalize.ruleset.container import VERSION
from normalize.ruleset.reader import Ruleset
from normalize.shipped import SUFFIX

PACKAGE = Path(shipped.PACKAGE)
DATA = Path(shipped.DATA)


def tables_directory() -> Path:
    """The tables that belong to this installation: shipped in it, or beside it in a checkout.

    Raises `RulesetError` where there are none.
    """
    for directory in (DATA / "tables", PACKAGE.parent / "tables"):
        if (directory / "profiles").is_dir():
            return directory
    raise RulesetError(f"{DATA}: has no tables; install the package again")


def shipped_profiles() -> list[str]:
    """The ids of the profiles whose rulesets were built with the package."""
    return sorted(path.stem for path in DATA.glob(f"*{SUFFIX}"))


def open_ruleset(profile: str, extend: tuple[Path, ...] = ()) -> Ruleset:
    """The ruleset of a profile, given by id or as the path of a `.toml` file, with user tables.

    Raises `UnknownProfileError`, `TableError` or `RulesetError`.
    """
    return opened(str(ruleset_path(profile, extend)))


def opened(ruleset: Ruleset | str) -> Ruleset:
    """A ruleset that may still be the path of its file. Raises `RulesetError`."""
    if isinstance(ruleset, Ruleset):
        return ruleset
    try:
        return _open(Path(ruleset), Path(ruleset).stat().st_mtime_ns)
    except OSError as error:
        raise RulesetError(f"{ruleset}: cannot be opened ({error.strerror}); build it again") from None


def ruleset_path(profile: str, extend: tuple[Path, ...] = ()) -> Path:
    """The file of a profile's ruleset, compiled if need be; raises as `open_ruleset` does."""
    if not extend and not profile.endswith(".toml"):
        if path := shipped.shipped_ruleset(profile):
            return Path(path)
        if (
            profile in shipped_profiles()
            or not (tables_directory() / "profiles" / f"{profile}.toml").is_file()
        ):
            known = ", ".join(shipped_profiles())
            raise UnknownProfileError(
                f"no profile {profile!r}; use one of {known}, or the path of a .toml file"
            )
    return _compiled(profile, tuple(Path(table).resolve() for table in extend))


@lru_cache(maxsize=16)
def _open(path: Path, modified: int) -> Ruleset:  # noqa: ARG001 - a rebuilt file is another ruleset
    return Ruleset.open(path)


def _compiled(profile: str, extend: tuple[Path, ...]) -> Path:
    """Compile a ruleset that was not shipped, unless the cache has it from the same inputs."""
    from normalize.compiler.build import Tables, compile_ruleset

    tables = Tables(tables_directory(), extend)
    settings = tables.profile(profile)
    inputs = hashlib.sha256(f"{VERSION}\0{settings!r}\0{tables.digest}".encode()).hexdigest()
    path = cache_directory() / f"{settings.id}-{inputs[:24]}{SUFFIX}"
    if not path.is_file():
        _write_atomically(path, compile_ruleset(tables, settings))
    return path


def cache_directory() -> Path:
    """Where compiled rulesets are kept: `NORMALIZE_CACHE_DIR`, or the platform's cache directory."""
    chosen = os.environ.get("NORMALIZE_CACHE_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "normalize-translit"


def _write_atomically(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError as error:
        raise RulesetError(
            f"{path}: the compiled ruleset cannot be written ({error.strerror}); set NORMALIZE_CACHE_DIR"
        ) from None
