"""Reading the entries of TOML tables: typed values, and errors that name their line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, cast

from normalize.errors import TableError
from normalize.tables.source import line_of, read_toml


def entries(path: Path, name: str) -> list[dict[str, Any]]:
    """The entries `[[name]]` of a TOML table; none where it has no such key."""
    found: object = read_toml(path).get(name, [])
    if not isinstance(found, list) or not all(
        isinstance(entry, dict) for entry in cast("list[object]", found)
    ):
        raise TableError(
            path, line_of(path, name), f"{name} is not a list of tables", f"write it as [[{name}]]"
        )
    return cast("list[dict[str, Any]]", found)


class Entry:
    """One entry of a TOML table; `key` names the value by which its line is found."""

    def __init__(self, path: Path, values: dict[str, Any], key: str) -> None:
        self.path, self.values = path, values
        self._needle = str(values.get(key, ""))

    def error(self, problem: str, cure: str) -> TableError:
        line = (
            line_of(self.path, f'"{self._needle}"') or line_of(self.path, self._needle) if self._needle else 0
        )
        return TableError(self.path, line, f"{self._needle or 'an entry'}: {problem}", cure)

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without a default it must be there and not be empty."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            raise self.error(f"{key} is missing or not a string", f"give {key} as a string")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where the key is absent."""
        values: object = self.values.get(key, [])
        if not isinstance(values, list):
            raise self.error(f"{key} is not a list", f"give {key} as a list of strings")
        found: list[str] = []
        for value in cast("list[object]", values):
            if not isinstance(value, str):
                raise self.error(f"{key} holds {value!r}", f"give {key} as a list of strings")
            found.append(value)
        return tuple(found)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"{key} is not true or false", f"give {key} as true or false")
        return value

    def one_of(self, key: str, allowed: Collection[str]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.error(f"unknown {key} {value!r}", f"use one of {', '.join(sorted(allowed))}")
        return value
