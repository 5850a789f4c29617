"""Configuration: `normalize.toml`, or `[tool.normalize]` of `pyproject.toml`.

The nearest of them, walking up from a file's directory, holds for that file; in one directory
`normalize.toml` wins. A file without a `[tool.normalize]` table is passed by. Paths and globs (see
`normalize.globs`) are relative to the configuration's own directory.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from normalize.globs import matches
from normalize.model import FIXES, LEVELS, RULES

__all__ = ["FIXES", "LEVELS", "RULES", "Config", "Settings", "normal"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How one file is judged; equal settings share one `Normalizer`."""

    profile: str | None = None
    extend: tuple[Path, ...] = ()
    allow: tuple[str, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    fixes: str = "safe"
    profile_from: str = field(default="", compare=False)
    """`FILE:LINE` where the profile is named, for error messages."""


@dataclass(frozen=True, slots=True)
class Override:
    """What a `per-path` entry changes for the files that its globs match."""

    paths: tuple[str, ...]
    settings: Settings


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration file, read and checked. Without a file: the defaults."""

    path: Path | None = None
    settings: Settings = Settings()
    exclude: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()

    def excludes(self, path: Path) -> bool:
        """Whether an `exclude` glob matches this path or a directory that it lies in."""
        return self._matches(self.exclude, path)

    def settings_for(self, path: Path) -> Settings:
        """The settings for a file, with every `per-path` entry that matches laid over, in order."""
        settings = self.settings
        for override in self.overrides:
            if self._matches(override.paths, path):
                settings = _laid_over(settings, override.settings)
        return settings

    def _matches(self, globs: tuple[str, ...], path: Path) -> bool:
        if not globs or self.path is None:
            return False
        relative = os.path.relpath(normal(path), self.path.parent).replace(os.sep, "/")
        return matches(globs, relative)


def shown(path: Path) -> str:
    """How a path is named in messages: short where it lies in the current directory."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def normal(path: Path) -> Path:
    """The absolute path without `..`, as it is written: symbolic links are not followed."""
    return Path(os.path.normpath(path.absolute()))


def _laid_over(below: Settings, above: Settings) -> Settings:
    rules = dict(below.rules) | dict(above.rules)
    return replace(
        below,
        profile=above.profile or below.profile,
        profile_from=above.profile_from or below.profile_from,
        allow=below.allow + above.allow,
        rules=tuple(rules.items()),
    )
