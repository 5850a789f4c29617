"""Reading configuration files, and saying of each mistake where it stands and how to cure it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from normalize.config import Config, Override, Settings, normal
from normalize.errors import ConfigError
from normalize.rules import FIXES, LEVELS, RULES

_KEYS = ("profile", "extend", "allow", "dictionaries", "exclude", "rules", "fixes", "per-path")
_OVERRIDE_KEYS = ("paths", "profile", "allow", "rules", "ignore")


def read_config(path: Path, *, required: bool = True) -> Config | None:
    """Reads one configuration file; None where it is not there or holds nothing for us."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        if not required:
            return None
        raise ConfigError(
            f"{shown(path)}: no such configuration file; name one, or use --no-config"
        ) from error
    except OSError as error:
        raise ConfigError(f"{shown(path)}: cannot be read ({error.strerror}); fix its permissions") from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{shown(path)}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from error
    pyproject = path.name == "pyproject.toml"
    if pyproject and "normalize" not in text:
        if required:
            raise _no_table(path)
        return None
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{shown(path)}: is not TOML: {error}; correct it there") from error
    prefix = "tool.normalize" if pyproject else ""
    if pyproject:
        tool = data.get("tool")
        table = cast("dict[str, Any]", tool).get("normalize") if isinstance(tool, dict) else None
        if table is None:
            if required:
                raise _no_table(path)
            return None
    else:
        table = data
    return _Reader(Path(normal(path)), text, prefix).config(table)


def _no_table(path: Path) -> ConfigError:
    return ConfigError(f"{shown(path)}: has no [tool.normalize] table; add one, or name another file")


class _Reader:
    """Checks the values of one file, and says of each wrong one where it stands."""

    def __init__(self, path: Path, text: str, prefix: str) -> None:
        self.path, self.text, self.prefix = path, text, prefix
        self.name = shown(path)

    def config(self, table: Any) -> Config:
        if not isinstance(table, dict):
            raise self.error("", 0, "normalize", "is not a table", "write it as [tool.normalize]")
        values = cast("dict[str, Any]", table)
        self.known(values, _KEYS, "", 0)
        settings = self.settings(values, "", 0).replaced(
            extend=tuple(self.file(name) for name in self.strings(values, "extend", "", 0)),
            dictionaries=tuple(self.dictionary(one) for one in self.strings(values, "dictionaries", "", 0)),
            fixes=self.choice(values, "fixes", FIXES, "safe"),
        )
        overrides: list[Override] = []
        entries = values.get("per-path", [])
        if not isinstance(entries, list):
            raise self.error("", 0, "per-path", "is not a list of tables", "write [[…per-path]] above each")
        for number, entry in enumerate(cast("list[Any]", entries), 1):
            if not isinstance(entry, dict):
                raise self.error("", 0, "per-path", "holds something else than a table", "use {paths = […]}")
            overrides.append(self.override(cast("dict[str, Any]", entry), number))
        return Config(self.path, settings, self.strings(values, "exclude", "", 0), tuple(overrides))

    def override(self, entry: dict[str, Any], number: int) -> Override:
        self.known(entry, _OVERRIDE_KEYS, "per-path", number)
        paths = self.strings(entry, "paths", "per-path", number)
        if not paths:
            raise self.error("per-path", number, "paths", "is missing or empty", 'add paths = ["docs/**"]')
        settings = self.settings(entry, "per-path", number)
        ignored = self.strings(entry, "ignore", "per-path", number)
        for rule in ignored:
            self.rule(rule, "ignore", "per-path", number)
        rules = (*settings.rules, *((rule, "off") for rule in ignored))
        return Override(paths, settings.replaced(rules=rules))

    def settings(self, values: dict[str, Any], section: str, number: int) -> Settings:
        """The keys that the file's top and its `per-path` entries have in common."""
        profile = values.get("profile")
        if profile is not None and not (isinstance(profile, str) and profile):
            raise self.error(section, number, "profile", "is not a name", 'write profile = "uk-national"')
        where = f"{self.name}:{self.line(section, number, 'profile')}" if profile else ""
        if profile and profile.endswith(".toml"):
            profile = str(self.path.parent / profile)
        rules = values.get("rules", {})
        if not isinstance(rules, dict):
            raise self.error(section, number, "rules", "is not a table", 'write rules = {RULE = "off"}')
        levels: list[tuple[str, str]] = []
        for rule, level in cast("dict[str, Any]", rules).items():
            self.rule(rule, "rules", section, number)
            if level not in LEVELS:
                cure = f"write one of {_listed(LEVELS)}"
                raise self.error(section, number, rule, f"has the value {_shown(level)}", cure)
            levels.append((rule, level))
        return Settings(
            profile,
            allow=self.strings(values, "allow", section, number),
            rules=tuple(levels),
            profile_from=where,
        )

    def known(self, values: Iterable[str], keys: tuple[str, ...], section: str, number: int) -> None:
        for key in values:
            if key not in keys:
                raise self.error(
                    section, number, key, "is not a key that normalize knows", nearest(key, keys)
                )

    def rule(self, rule: str, key: str, section: str, number: int) -> None:
        if rule not in RULES:
            line = self.line(section, number, rule) or self.line(section, number, key)
            raise ConfigError(f'{self.name}:{line}: no rule is called "{rule}"; {nearest(rule, RULES)}')

    def strings(self, values: dict[str, Any], key: str, section: str, number: int) -> tuple[str, ...]:
        found = values.get(key, [])
        if isinstance(found, list) and all(isinstance(item, str) for item in cast("list[Any]", found)):
            return tuple(cast("list[str]", found))
        raise self.error(section, number, key, "is not a list of strings", f'write {key} = ["…"]')

    def choice(self, values: dict[str, Any], key: str, allowed: tuple[str, ...], default: str) -> str:
        value = values.get(key, default)
        if value not in allowed:
            cure = f"write one of {_listed(allowed)}"
            raise self.error("", 0, key, f"has the value {_shown(value)}", cure)
        return value

    def file(self, name: str) -> Path:
        path = self.path.parent / name
        if not path.is_file():
            raise self.error("", 0, "extend", f'names "{name}", which is not a file', "correct the path")
        return path

    def dictionary(self, source: str) -> str:
        """A dictionary by its name, or with the path of its files made absolute."""
        from normalize.dictionaries.sources import beside, files_of

        source = beside(source, self.path.parent)
        try:
            files_of(source)
        except ConfigError as error:
            raise ConfigError(f"{self.name}:{self.line('', 0, 'dictionaries')}: {error}") from None
        return source

    def error(self, section: str, number: int, key: str, problem: str, cure: str) -> ConfigError:
        return ConfigError(f'{self.name}:{self.line(section, number, key)}: "{key}" {problem}; {cure}')

    def line(self, section: str, number: int, key: str) -> int:
        """The line on which a key stands; failing that its table's line, or the first."""
        lines = self.text.splitlines()
        first, last = self.region(lines, ".".join(part for part in (self.prefix, section) if part), number)
        name = re.escape(key)
        written = re.compile(
            rf"""(?:^|[{{,])\s*["']?{name}["']?\s*[=.]|^\s*\[.*\b{name}["']?\s*\]|["']{name}["']"""
        )
        for count in range(first, last):
            if written.search(lines[count]):
                return count + 1
        return first + 1

    def region(self, lines: list[str], header: str, number: int) -> tuple[int, int]:
        """The lines of the table with this header (of an array of tables: the one of this number)."""
        seen, first = 0, 0
        for count, line in enumerate(lines):
            if not header or not (title := re.match(r"\s*\[\[?\s*([^\]]*?)\s*\]", line)):
                continue
            name = title[1].replace('"', "").replace(" ", "")
            if name == header:
                seen += 1
                if seen == max(number, 1):
                    first = count
            if seen and seen >= number and count > first and not name.startswith(f"{header}."):
                return first, count
        return first, len(lines)


def shown(path: Path) -> str:
    """How a path is named in messages: short where it lies in the current directory."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def nearest(word: str, words: Iterable[str]) -> str:
    """The cure for a misspelt word: the one most like it, or all that there are."""
    from difflib import get_close_matches

    words = tuple(words)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"use one of {', '.join(words)}"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)
