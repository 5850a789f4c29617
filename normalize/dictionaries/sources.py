"""From how a user names a dictionary to what can be asked whether a word is in it.

hunspell:uk_UA              a dictionary of the system, or PATH without `.dic`
pymorphy3:uk                the dictionaries of pymorphy3 (extra `pymorphy3`)
words.txt                   a file in UTF-8, one word a line; what follows a # is a remark
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from normalize.errors import ConfigError
from normalize.romanize.extras import extra

HUNSPELL, PYMORPHY = "hunspell:", "pymorphy3:"
SYSTEM = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
)
"""Where hunspell itself looks, after the directories of `DICPATH`."""
COVERED = 10
"""A list covers the scripts in which at least one of so many of its words is written."""


class Words(Protocol):
    """A list that is asked for words in the case in which it has them."""

    def __contains__(self, word: object, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A list of words, and the scripts of which it can say what is a word and what is not."""

    name: str
    words: Words
    scripts: frozenset[str]


def beside(source: str, directory: Path) -> str:
    """The source with a relative path made one from `directory`."""
    kind = _kind(source)
    name = source.removeprefix(kind)
    if kind not in ("", HUNSPELL) or (kind and not _is_file_name(name)):
        return source
    return kind + str(directory / Path(name).expanduser())


def files_of(source: str) -> tuple[Path, ...]:
    """The files that a source is read from, none for a library's; raises `ConfigError` for a missing one."""
    kind = _kind(source)
    if kind == PYMORPHY:
        return ()
    if not kind:
        return (_file(source, Path(source), f"correct the path, or {_KINDS}"),)
    if kind != HUNSPELL:
        raise ConfigError(f"{source}: no kind of dictionary is called {kind[:-1]!r}; {_KINDS}")
    name = source.removeprefix(HUNSPELL).removesuffix(".dic").removesuffix(".aff")
    if not name:
        raise ConfigError(f"{source}: names no dictionary; write hunspell:uk_UA, or a path without .dic")
    if _is_file_name(name):
        base, cure = name, "correct the path"
    else:
        directories = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *SYSTEM]
        bases = [f"{directory}/{name}" for directory in directories]
        base = next((one for one in bases if Path(f"{one}.dic").is_file()), bases[0])
        package = name.lower().partition("_")[0]
        cure = f"install the dictionary (on Debian: hunspell-{package}), or write its path"
    return tuple(_file(source, Path(base + ending), cure) for ending in (".dic", ".aff"))


@lru_cache(maxsize=32)
def opened(source: str, modified: tuple[int, ...]) -> Dictionary:  # noqa: ARG001 - other files, another list
    """The dictionary that a source names. Raises `ConfigError`, and `MissingExtraError` without the extra."""
    if source.startswith(PYMORPHY):
        return _pymorphy(source)
    files = files_of(source)
    try:
        if len(files) == 2:
            from normalize.dictionaries.hunspell import Hunspell

            words = Hunspell(*files)
            return Dictionary(source, words, _scripts(words))
        listed = frozenset(_listed(files[0]))
        return Dictionary(source, listed, _scripts(listed))
    except OSError as error:
        name = error.filename or files[0]
        raise ConfigError(
            f"{source}: {name} cannot be read ({error.strerror}); fix its permissions"
        ) from None
    except UnicodeDecodeError as error:
        cure = "save it as UTF-8" if len(files) == 1 else "write its encoding after SET in the .aff file"
        raise ConfigError(f"{source}: byte {error.start} of a line is not {error.encoding}; {cure}") from None
    except (LookupError, re.error) as error:
        raise ConfigError(f"{source}: the .aff file cannot be used ({error}); correct it") from None


def modified(source: str) -> tuple[int, ...]:
    """When the files of a source were written. Raises as `files_of` does."""
    return tuple(path.stat().st_mtime_ns for path in files_of(source))


_KINDS = "write hunspell:NAME, pymorphy3:LANGUAGE, or the path of a list of words"


def _kind(source: str) -> str:
    """What stands before the name, with its colon; "" for a plain path. One letter is a drive."""
    found = re.match(r"[a-z0-9]{2,}:", source)
    return found[0] if found else ""


def _is_file_name(name: str) -> bool:
    return os.sep in name or "/" in name or name.startswith("~") or name.endswith((".dic", ".aff"))


def _file(source: str, path: Path, cure: str) -> Path:
    if not path.is_file():
        raise ConfigError(f"{source}: {path} is not a file; {cure}")
    return path


def _listed(path: Path) -> Iterator[str]:
    for line in path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8").splitlines():
        if word := line.partition("#")[0].strip():
            yield word


def _scripts(words: Iterable[str]) -> frozenset[str]:
    """The scripts that a list covers, told by the first letter of each word."""
    counts: Counter[str] = Counter()
    for letter, count in Counter(word[0] for word in words).items():
        counts[unicodedata.name(letter, "").partition(" ")[0].lower()] += count
    total = sum(counts.values())
    return frozenset(script for script, count in counts.items() if count * COVERED >= total)


class _Known:
    """The words that an analyser of pymorphy3 knows: it keeps them all in small letters."""

    def __init__(self, analyser: Any) -> None:
        self._analyser = analyser

    def __contains__(self, word: object, /) -> bool:
        return isinstance(word, str) and word.islower() and bool(self._analyser.word_is_known(word))


def _pymorphy(source: str) -> Dictionary:
    language = source.removeprefix(PYMORPHY)
    library = extra("pymorphy3", "pymorphy3", f"the dictionary {source!r}")
    try:
        analyser = library.MorphAnalyzer(lang=language)
    except ValueError:
        raise ConfigError(
            f"{source}: pymorphy3 has no dictionary of {language!r} here; "
            f"install it with `pip install pymorphy3-dicts-{language or 'uk'}`"
        ) from None
    return Dictionary(source, _Known(analyser), frozenset(("cyrillic",)))


def in_any(dictionaries: Collection[Dictionary], word: str) -> bool:
    """Whether a word stands in one of the lists as it is written."""
    return any(word in one.words for one in dictionaries)
