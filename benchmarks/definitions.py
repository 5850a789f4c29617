"""Benchmarks as `benchmarks/definitions/*.toml` define them: what is measured, of whom, what counts as right.

A file is a group, with an `about`; each `[[bench]]` of it has

    name, about   the full name is GROUP/NAME, the group being the file's name without its number
    input         a name of `benchmarks.make_inputs.BUILDERS`
    shape         how an engine gets it: bytes, halves (of the bytes), str, lines, strings, arrow, path
    expect        planted (as many findings as were planted), scheme (the standard's text, word by word), same
                  (the bytes that went in), none
    unit          speed (bytes a second, the default), call (seconds), seconds, bytes (of memory), ratio
    scheme        of a transliteration
    engines       names of `benchmarks.engines.ENGINES`, or tables: `use`, `label`, `shape`, `another` (the
                  other task that it does, whose result is not compared), or an option of that engine
    bars          what issue 3 asks for: `ours` and `over` are labels, and one of
                  at_least            times as fast as `over`
                  at_most             of the value, or of its difference to `over`
                  times, plus         at most so many times the value of `over`, and so much more
    repetitions   where the usual number does not fit
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.vocabulary import HERE

DEFINITIONS = HERE / "definitions"
SHAPES = ("bytes", "halves", "str", "lines", "strings", "arrow", "path")
EXPECTED = ("planted", "scheme", "same", "none")
UNITS = ("speed", "call", "seconds", "bytes", "ratio")
_KEYS = {"name", "about", "input", "shape", "expect", "unit", "scheme", "engines", "bars", "repetitions"}


class DefinitionError(Exception):
    """A definition says something that cannot be."""


@dataclass(frozen=True)
class Subject:
    """An engine as one benchmark uses it. `another` names the other task that it does, if it does."""

    use: str
    label: str
    shape: str
    another: str
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Bar:
    """A figure that is asked for; `over` is the label of what it is compared with, if it is."""

    ours: str
    over: str = ""
    at_least: float | None = None
    at_most: float | None = None
    times: float | None = None
    plus: float = 0.0


@dataclass(frozen=True)
class Bench:
    """One benchmark."""

    group: str
    name: str
    about: str
    input: str
    shape: str
    expect: str
    unit: str
    scheme: str
    subjects: tuple[Subject, ...]
    bars: tuple[Bar, ...]
    repetitions: int

    @property
    def id(self) -> str:
        return f"{self.group}/{self.name}"


@dataclass(frozen=True)
class Group:
    """The benchmarks of one file, and what is to be said of all of them."""

    name: str
    about: str
    benches: tuple[Bench, ...]


def load(directory: Path = DEFINITIONS) -> list[Group]:
    """All groups, in the order of their files. Raises `DefinitionError`."""
    return [_group(path) for path in sorted(directory.glob("*.toml"))]


def _group(path: Path) -> Group:
    name = path.stem.split("-", 1)[-1]
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{path}: {error}") from None
    benches = tuple(_bench(path, name, bench) for bench in read.get("bench", ()))
    names = [bench.name for bench in benches]
    if len(set(names)) < len(names):
        raise DefinitionError(f"{path}: two benchmarks have one name")
    return Group(name, " ".join(str(read.get("about", "")).split()), benches)


def _bench(path: Path, group: str, read: dict[str, Any]) -> Bench:
    from benchmarks.engines import ENGINES
    from benchmarks.make_inputs import BUILDERS

    where = f"{path.name}: {read.get('name')}"

    def check(right: bool, what: str) -> None:
        if not right:
            raise DefinitionError(f"{where}: {what}")

    check(not set(read) - _KEYS, f"unknown keys {sorted(set(read) - _KEYS)}")
    check(
        not {"name", "input", "shape", "expect", "engines"} - set(read),
        "needs name, input, shape, expect, engines",
    )
    subjects = tuple(_subject(one, read["shape"]) for one in read["engines"])
    bars = tuple(Bar(**bar) for bar in read.get("bars", ()))
    labels = [subject.label for subject in subjects]
    check(len(set(labels)) == len(labels), "two engines have one label")
    check(read["input"] in BUILDERS, f"unknown input {read['input']!r}")
    check(read["expect"] in EXPECTED, f"unknown expect {read['expect']!r}")
    check(read.get("unit", "speed") in UNITS, f"unknown unit {read.get('unit')!r}")
    check(read["expect"] != "scheme" or "scheme" in read, "needs a scheme")
    for subject in subjects:
        check(subject.use in ENGINES, f"unknown engine {subject.use!r}")
        check(subject.shape in SHAPES, f"unknown shape {subject.shape!r}")
    for bar in bars:
        check(
            bar.ours in labels and (not bar.over or bar.over in labels),
            f"a bar for {bar.ours!r}, {bar.over!r}",
        )
        asked = [bar.at_least is not None, bar.at_most is not None, bar.times is not None]
        check(sum(asked) == 1, f"a bar for {bar.ours!r} asks for {sum(asked)} things")
        check(bool(bar.over) or bar.at_most is not None, f"a bar for {bar.ours!r} needs `over`")
    return Bench(
        group,
        read["name"],
        " ".join(read.get("about", "").split()),
        read["input"],
        read["shape"],
        read["expect"],
        read.get("unit", "speed"),
        read.get("scheme", ""),
        subjects,
        bars,
        read.get("repetitions", 0),
    )


def _subject(read: str | dict[str, Any], shape: str) -> Subject:
    fields = {"use": read} if isinstance(read, str) else dict(read)
    use = fields.pop("use")
    return Subject(
        use, fields.pop("label", use), fields.pop("shape", shape), fields.pop("another", ""), fields
    )
