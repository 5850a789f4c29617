"""Small rulesets made at random: places, names, judgements, cues, frames, a profile; texts of their words.

Tables are written as files and compiled as the real ones are. Unicode, schemes and spelling families
are the real ones, loaded once; of the script tables a random part is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st
from strategies import MARKS, SPACES, damaged

from normalize import Normalizer
from normalize.compiler.build import Tables, compile_ruleset
from normalize.ruleset.container import Container
from normalize.ruleset.reader import Ruleset

ROOT = Path(__file__).resolve().parent.parent / "tables"
HEADERS = {
    "settlements": "id kind country uk ru prominence part_of ids source",
    "names": "place name kind source",
    "former": "place uk ru names from until source",
    "rejects": "name reason source",
    "judgements": "name place behaviour cues counter_cues note source",
    "cues": "group phrase source",
    "frames": "id before after effect example source",
    "frozen": "phrase reason source",
    "designations": "word kind language role source",
    "oblast-stems": "oblast city_uk city_ru adjective_uk adjective_ru source",
}
UK = ["Київ", "Харків", "Львів", "Одеса", "Донець", "Сіверський", "Кривий", "Ріг", "Лиман", "Знам’янка"]
RU = ["Киев", "Харьков", "Львов", "Одесса", "Донец", "Северский", "Кривой", "Рог", "Лиман", "Знаменка"]
LATIN = [
    "Kiev",
    "Kharkov",
    "Lemberg",
    "Odessa",
    "Liman",
    "Seversk",
    "Foo",
    "Bar",
    "New York",
    "Krivoy Rog",
    "Kiew",
]
WORDS = [
    "chicken",
    "mayor",
    "of",
    "the",
    "texas",
    "tomsk",
    "mr",
    "formerly",
    "film",
    "oblast",
    "river",
    "місто",
]
GROUPS = ["ukraine", "us", "tomsk", "oblast-kharkiv", "person-title", "none"]
KINDS = ["city", "town", "river", "oblast", "region", "club"]
NAME_KINDS = ["canonical", "conventional", "exonym", "translit", "russian-derived", "misspelling", "native"]
LEVELS = ["safe", "unsafe", "none", "off"]


@dataclass(frozen=True, repr=False)
class Made:
    """A compiled ruleset, and the words that its tables know."""

    data: bytes
    words: tuple[str, ...]
    tables: str

    def __repr__(self) -> str:
        return f"Made({self.tables})"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(repr(self))

    def normalizer(self, engine: str) -> Normalizer:
        """The public face of the ruleset under an engine."""
        with patch("normalize.api.open_ruleset", return_value=Ruleset(Container(self.data))):
            return Normalizer(engine=engine)

    def texts(self) -> st.SearchStrategy[str]:
        token = damaged(st.sampled_from(self.words)) | st.sampled_from([*WORDS, *MARKS])
        pieces = st.lists(st.tuples(token, st.sampled_from(SPACES)).map("".join), max_size=10)
        return pieces.map("".join).map(_as_bytes_carry_it)


def _as_bytes_carry_it(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")


@cache
def _real() -> Tables:
    return Tables(ROOT)


Row = tuple[str, ...]


@st.composite
def _place_rows(draw: st.DrawFn) -> tuple[dict[str, list[Row]], list[str]]:
    """Rows for every table of places, and all names that stand in them."""
    rows: dict[str, list[Row]] = {name: [] for name in HEADERS}
    words: list[str] = []
    ids: list[str] = []
    indexes = st.lists(st.integers(0, len(UK) - 1), min_size=1, max_size=2)
    for number in range(draw(st.integers(1, 6))):
        chosen, separator = draw(indexes), draw(st.sampled_from([" ", " ", "-"]))
        uk, ru = (separator.join(names[i] for i in chosen) for names in (UK, RU))
        uk, ru = draw(st.sampled_from([(uk, ru), (uk, ru), (uk, ""), (uk, RU[chosen[0]])]))
        kind, country = draw(st.sampled_from(KINDS)), draw(st.sampled_from(["UA", "UA", "RU", "US"]))
        ids.append(f"{kind}-{number}")
        prominence = str(draw(st.integers(0, 100)))
        part = draw(st.sampled_from(["", "oblast-kharkiv"]))
        rows["settlements"].append((ids[-1], kind, country, uk, ru, prominence, part, "", ""))
        words += [uk, ru]
    place = st.sampled_from(ids)
    latin = st.sampled_from(LATIN)
    group = st.lists(st.sampled_from(GROUPS), max_size=2, unique=True).map(" ; ".join)
    token = st.sampled_from([*WORDS, ",", "(", ")", "<year>", "<number>", "<us>", "<person-title>"])
    tokens = st.lists(token, max_size=2).map(" ".join)
    sides = st.tuples(tokens, tokens).filter(any)
    makers: dict[str, st.SearchStrategy[Row]] = {
        "names": st.tuples(place, latin, st.sampled_from(NAME_KINDS), st.just("")),
        "former": st.tuples(
            place,
            st.sampled_from(UK),
            st.sampled_from(RU),
            latin,
            st.just("1920"),
            st.just("2016"),
            st.just(""),
        ),
        "rejects": st.tuples(latin, st.just("a word"), st.just("")),
        "judgements": st.tuples(
            latin | st.sampled_from(["Kharkov", "Lvov"]),
            place | st.just(""),
            st.sampled_from(["always", "unless", "only"]),
            group,
            group,
            st.just("a note"),
            st.just(""),
        ),
        "cues": st.tuples(st.sampled_from(GROUPS), st.sampled_from([*WORDS, "TX", "Lone Star"]), st.just("")),
        "frozen": st.tuples(
            st.tuples(st.sampled_from(WORDS), latin).map(" ".join), st.just("a dish"), st.just("")
        ),
        "designations": st.tuples(
            st.sampled_from(["Oblast", "River", "region"]),
            st.sampled_from(KINDS),
            st.just("en"),
            st.sampled_from(["suffix", "prefix"]),
            st.just(""),
        ),
    }
    for name, maker in makers.items():
        rows[name] = draw(st.lists(maker, max_size=5, unique=True))
    for number, (before, after) in enumerate(draw(st.lists(sides, max_size=4))):
        effect = draw(st.sampled_from(["keep", "person", "foreign", "support"]))
        rows["frames"].append((f"frame-{number}", before, after, effect, "an example", ""))
    for column, table in ((1, "names"), (3, "former"), (1, "cues"), (0, "frozen"), (0, "designations")):
        words += [row[column] for row in rows[table]]
    return rows, [*(word for word in words if word), *LATIN, *UK, *RU]


@st.composite
def _profile(draw: st.DrawFn) -> str:
    kinds = st.lists(st.sampled_from(NAME_KINDS), unique=True)
    levels = {rule: draw(st.sampled_from(LEVELS)) for rule in ("toponym-variant", "stray-script-word")}
    lines = ['id = "made"', 'source = "a test"', "[schemes]"]
    lines += ['uk = "uk-kmu-2010"', f'ru = "{draw(st.sampled_from(["ru-bgnpcgn-1947", "ru-icao-9303"]))}"']
    lines += [
        "[places]",
        f"prefer = {draw(kinds)}",
        f"rewrite = {[*draw(kinds), 'native', 'translit']}",
        "[rules]",
    ]
    return "\n".join(lines + [f'"{rule}" = "{level}"' for rule, level in levels.items()])


def write_tables(directory: Path, rows: dict[str, Sequence[Row]]) -> None:
    """Write tables of places, each with its header."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, header in HEADERS.items():
        lines = ["# source: a test", "\t".join(header.split())]
        lines += ["\t".join(row) for row in rows.get(name, ())]
        (directory / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


@st.composite
def rulesets(draw: st.DrawFn) -> Made:
    """A small ruleset, compiled from tables that were written to disk."""
    rows, words = draw(_place_rows())
    profile = draw(_profile())
    scripts = _real().scripts
    first, last = sorted(draw(st.tuples(*[st.integers(0, len(scripts.words))] * 2)))
    listed = scripts.words[first : min(last, first + 60)]
    words += [row.word for row in listed[:10]]
    with TemporaryDirectory() as name:
        directory = Path(name)
        write_tables(directory / "places", rows)
        (directory / "profiles").mkdir()
        (directory / "profiles" / "made.toml").write_text(profile, "utf-8")
        (directory / "unicode").symlink_to(ROOT / "unicode")
        tables = Tables(directory)
        for part in ("folder", "case", "schemes", "spellings"):
            tables.__dict__[part] = getattr(_real(), part)
        tables.__dict__["scripts"] = replace(scripts, words=listed)
        data = compile_ruleset(tables, tables.profile("made"))
    return Made(data, tuple(dict.fromkeys(words)), repr(rows) + profile)


@st.composite
def rulesets_and_texts(draw: st.DrawFn, max_texts: int = 12) -> tuple[Made, list[str]]:
    """A ruleset and texts of its words: compiling one costs more than judging many."""
    made = draw(rulesets())
    return made, draw(st.lists(made.texts(), min_size=1, max_size=max_texts))
