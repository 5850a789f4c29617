"""Which files there are, in which format each is, and where each goes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from normalize.corpus.batches import Format
from normalize.corpus.jsonl import JsonLines
from normalize.corpus.lines import Lines
from normalize.corpus.parquet import Parquet
from normalize.corpus.separated import Separated
from normalize.corpus.streams import COMPRESSIONS
from normalize.errors import CorpusError

FORMATS: dict[str, Format] = {
    ".parquet": Parquet(),
    ".jsonl": JsonLines(),
    ".ndjson": JsonLines(),
    ".csv": Separated(","),
    ".tsv": Separated("\t"),
    ".txt": Lines(),
}
"""By the ending of a file's name, before that of its compression."""
PARTIAL = ".normalize-partial"
"""What the name of a file has at its end that is not finished, before the ending of its format."""
JOURNAL = ".normalize-corpus.jsonl"


@dataclass(frozen=True)
class Task:
    """One file, and where it goes. `name` is how the journal calls it."""

    source: Path
    target: Path
    name: str
    format: Format

    @property
    def partial(self) -> Path:
        """Where the file is written until it is whole: a hidden name in the same directory."""
        suffixes = "".join(self.target.suffixes[-2:])
        return self.target.with_name(f".{self.target.name.removesuffix(suffixes)}{PARTIAL}{suffixes}")


@dataclass(frozen=True)
class Plan:
    """All that is to be done: the files, the journal, and how many files are of no format that is known."""

    tasks: list[Task]
    journal: Path
    passed_over: int


def format_of(name: str) -> Format | None:
    """The format that a file's name tells; None where it tells none."""
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix in COMPRESSIONS:
        inner = Path(path.stem).suffix.lower()
        if inner == ".json":  # as dolma calls lines of JSON
            return FORMATS[".jsonl"]
        return FORMATS.get(inner) if inner != ".parquet" else None
    return FORMATS.get(suffix)


def plan(sources: Iterable[Path], target: Path) -> Plan:
    """What becomes of `sources`: a file may go to a file, all else goes into a directory.

    Raises `CorpusError` for what does not exist, has no format, or would overwrite what is read.
    """
    given = list(sources)
    for source in given:
        if not source.exists():
            raise CorpusError(f"{source}: there is no such file or directory")
    if len(given) == 1 and given[0].is_file() and not target.is_dir() and not str(target).endswith(os.sep):
        return _one(given[0], target)
    if target.exists() and not target.is_dir():
        raise CorpusError(f"{target}: is a file, and several files need a directory")
    tasks: dict[str, Task] = {}
    passed_over = 0
    for source in given:
        for path, name in [(source, source.name)] if source.is_file() else _walk(source, target):
            kind = format_of(name)
            if kind is None:
                if source.is_file():
                    raise CorpusError(_no_format(path))
                passed_over += 1
                continue
            task = Task(path, target / name, name, kind)
            if name in tasks:
                raise CorpusError(
                    f"{path} and {tasks[name].source} would both become {task.target}; give them apart"
                )
            _apart(path, task.target)
            tasks[name] = task
    if not tasks:
        raise CorpusError(
            f"{given[0]}: holds no file of a known format ({', '.join(FORMATS)}, also .gz and .zst)"
        )
    return Plan([tasks[name] for name in sorted(tasks)], target / JOURNAL, passed_over)


def _one(source: Path, target: Path) -> Plan:
    kind = format_of(source.name)
    if kind is None:
        raise CorpusError(_no_format(source))
    if type(format_of(target.name)) is not type(kind):
        raise CorpusError(
            f"{target}: has another format than {source}; formats are kept, only compression may differ"
        )
    _apart(source, target)
    return Plan([Task(source, target, target.name, kind)], target.with_name(f".{target.name}{JOURNAL}"), 0)


def _no_format(path: Path) -> str:
    return f"{path}: its name tells no known format; known are {', '.join(FORMATS)}, also with .gz and .zst"


def _apart(source: Path, target: Path) -> None:
    if target.exists() and source.samefile(target):
        raise CorpusError(f"{target}: would be written over while it is read; name another place")


def _walk(source: Path, target: Path) -> Iterator[tuple[Path, str]]:
    """The files below a directory with their names from there; hidden ones, and the target, are passed by."""
    output = target.resolve()
    for directory, directories, names in os.walk(source):
        here = Path(directory)
        directories[:] = sorted(
            name for name in directories if not name.startswith(".") and (here / name).resolve() != output
        )
        for name in sorted(names):
            if not name.startswith("."):
                path = here / name
                yield path, path.relative_to(source).as_posix()
