"""Configuration: `normalize.toml`, or `[tool.normalize]` of `pyproject.toml`.

The nearest of them, walking up from a file's directory, holds for that file; in one directory
`normalize.toml` wins. A file without a `[tool.normalize]` table is passed by. Paths and globs (see
`normalize.globs`) are relative to the configuration's own directory.

Every run of the command needs this module, so it imports nothing that takes time, and its classes are
written out.
"""

from __future__ import annotations

import os

from normalize.globs import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__all__ = ["Config", "Override", "Settings", "normal"]


class Settings:
    """How one file is judged; equal settings share one `Normalizer`. Immutable.

    `profile_from` is `FILE:LINE` where the profile is named, for error messages; it is not compared.
    """

    __slots__ = ("allow", "dictionaries", "extend", "fixes", "profile", "profile_from", "rules")

    def __init__(
        self,
        profile: str | None = None,
        extend: tuple[Path, ...] = (),
        allow: tuple[str, ...] = (),
        rules: tuple[tuple[str, str], ...] = (),
        fixes: str = "safe",
        profile_from: str = "",
        dictionaries: tuple[str, ...] = (),
    ) -> None:
        self.profile = profile
        self.extend = extend
        self.allow = allow
        self.rules = rules
        self.fixes = fixes
        self.profile_from = profile_from
        self.dictionaries = dictionaries

    @property
    def _key(self) -> tuple[object, ...]:
        return self.profile, self.extend, self.allow, self.rules, self.fixes, self.dictionaries

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def replaced(self, **changes: Any) -> Settings:
        """The same with other values for some names."""
        return Settings(**{name: getattr(self, name) for name in self.__slots__} | changes)

    def under(self, above: Settings) -> Settings:
        """These, with a `per-path` entry laid over: it adds words, and goes before where both speak."""
        return self.replaced(
            profile=above.profile or self.profile,
            profile_from=above.profile_from or self.profile_from,
            allow=self.allow + above.allow,
            rules=tuple((dict(self.rules) | dict(above.rules)).items()),
        )


class Override:
    """What a `per-path` entry changes for the files that its globs match."""

    __slots__ = ("paths", "settings")

    def __init__(self, paths: tuple[str, ...], settings: Settings) -> None:
        self.paths = paths
        self.settings = settings


class Config:
    """One configuration file, read and checked. Without a file: the defaults. Immutable."""

    __slots__ = ("_directory", "exclude", "overrides", "settings")

    def __init__(
        self,
        path: Path | None = None,
        settings: Settings | None = None,
        exclude: tuple[str, ...] = (),
        overrides: tuple[Override, ...] = (),
    ) -> None:
        self.settings = settings or Settings()
        self.exclude = exclude
        self.overrides = overrides
        self._directory = path and str(path.parent)

    def excludes(self, path: str | Path) -> bool:
        """Whether an `exclude` glob matches this path or a directory that it lies in."""
        return bool(self.exclude) and self._matches(self.exclude, path)

    def settings_for(self, path: str | Path) -> Settings:
        """The settings for a file, with every `per-path` entry that matches laid over, in order."""
        settings = self.settings
        for override in self.overrides:
            if self._matches(override.paths, path):
                settings = settings.under(override.settings)
        return settings

    def _matches(self, globs: tuple[str, ...], path: str | Path) -> bool:
        if not globs or self._directory is None:
            return False
        relative = os.path.relpath(normal(path), self._directory).replace(os.sep, "/")
        return matches(globs, relative)


def normal(path: str | Path) -> str:
    """The absolute path without `..`, as it is written: symbolic links are not followed."""
    return os.path.abspath(path)
