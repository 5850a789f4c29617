"""Texts for property tests: words of the real tables, damaged in every way that is known, and any Unicode."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from normalize.rulesets import open_ruleset
from normalize.tables.source import read_toml, read_tsv

TABLES = Path(__file__).resolve().parent.parent / "tables"

# fmt: off
ENGLISH = [
    "the", "of", "and", "in", "to", "a", "river", "city", "town", "near", "from", "was", "said", "on",
    "Monday", "troops", "people", "moved", "along", "with", "his", "her", "mayor", "region", "by", "new",
    "Mr", "Texas", "Russia", "letter", "called", "formerly", "army", "band", "film", "dish", "Ukraine",
]
# fmt: on
# fmt: off
CYRILLIC = [
    "у", "в", "на", "та", "і", "й", "що", "з", "до", "місто", "село", "біля", "війська", "сказав", "вулиця",
    "річка", "область", "район", "колишній", "город", "и", "не", "по", "где", "был", "река", "деревня",
    "около", "России", "України", "століття",
]
# fmt: on
SPACES = [" "] * 12 + ["\n", "\r\n", "\n\n", "\r", "\u00a0", "\u202f", "  ", "\t", ""]
MARKS = [
    ", ",
    ". ",
    " (",
    ") ",
    "-",
    "\u2013",
    "\u2014",
    "'",
    "\u2019",
    "\u02bc",
    "'s ",
    "\u2019s ",
    "/",
    ": ",
]
MARKS += [
    ' "',
    '" ',
    " \u00ab",
    "\u00bb ",
    " \u201e",
    "\u201c ",
    "\u2018",
    "!",
    "?",
    "\u2026",
    "|",
    "#",
    "@",
    "`",
]
MARKS += [
    "http://",
    "www.",
    ".com",
    "_",
    "%s",
    "{0}",
    "&nbsp;",
    "\\n",
    "<b>",
    "</b>",
    "[[",
    "]]",
    "=",
    "+",
    "*",
]
INVISIBLE = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u200e",
    "\u202a",
    "\u202c",
    "\u202e",
]
ODD = [
    "\0",
    "\u0301",
    "\u0308",
    "\u0306",
    "\udcff",
    "\udc80",
    "\U0001f1fa\U0001f1e6",
    "\u0406\u0301",
    "\ufe0f",
]
SUPPRESSIONS = ["[sic]", "# normalize: ignore", "<!-- normalize: off -->", "<!-- normalize: on -->"]


@cache
def names() -> list[str]:
    """Names of places as the tables write them: canonical, native, former, attested."""
    found: dict[str, None] = {}
    for path in sorted((TABLES / "places").glob("*.tsv")):
        columns = {"uk": False, "ru": False, "names": True, "name": False, "phrase": False}
        if path.name != "cues.tsv":
            for row in read_tsv(path).rows:
                for column, several in columns.items():
                    for name in row.many(column) if several else [row[column]]:
                        found[name] = None
    ruleset = open_ruleset("uk-national")
    for number in range(len(ruleset.places)):
        found[ruleset.places[number].name] = None
    return [name for name in found if name]


@cache
def spellings() -> list[str]:
    """Every spelling of every word of a name, in either script: what the lexicon knows."""
    return sorted(open_ruleset("uk-national").place_lexicon.words())


@cache
def surroundings() -> list[str]:
    """Words that stand around names: cues, frames, kinds, and the tables' own examples."""
    found: dict[str, None] = {}
    for name, columns in {
        "cues.tsv": ("phrase",),
        "frames.tsv": ("before", "after", "example"),
        "designations.tsv": ("word",),
    }.items():
        for row in read_tsv(TABLES / "places" / name).rows:
            for column in columns:
                if row[column] and "<" not in row[column]:
                    found[row[column]] = None
    return list(found)


@cache
def script_words() -> list[str]:
    """Words that the script rules know: listed words, designators, acronyms, labels, signals."""
    columns = ("word", "cyrillic", "latin", "example", "from", "to", "text")
    found: dict[str, None] = {}
    for name in ("words", "designators", "glossary", "signals", "one-letter-words", "lookalike-words"):
        for row in read_tsv(TABLES / "scripts" / f"{name}.tsv").rows:
            found |= dict.fromkeys(row[column] for column in columns if row[column])
    for label in read_toml(TABLES / "scripts" / "glosses.toml")["label"]:
        found |= dict.fromkeys(label["words"])
    verdicts = read_toml(TABLES / "scripts" / "verdicts.toml")
    found |= dict.fromkeys(row["example"] for table in ("mixed", "stray") for row in verdicts[table])
    return list(found)


@cache
def twins() -> dict[str, list[str]]:
    """Letters that each letter is mistaken for, in either direction."""
    found: dict[str, list[str]] = {}
    for name in ("lookalikes.tsv", "lookalikes-extra.tsv"):
        for row in read_tsv(TABLES / "scripts" / name).rows:
            for one, other in ((row["from"], row["to"]), (row["to"], row["from"])):
                found.setdefault(one, []).append(other)
    return found


@st.composite
def damaged(draw: st.DrawFn, words: st.SearchStrategy[str]) -> str:
    """A word with a letter exchanged for its twin, in other case, or with something stuck into it."""
    word = draw(words)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        at = draw(st.integers(0, len(word)))
        how = draw(st.sampled_from(["twin", "twin", "twin", "case", "insert", "cut"]))
        if how == "twin":
            places = [i for i, char in enumerate(word) if char in twins()]
            if places:
                place = draw(st.sampled_from(places))
                word = word[:place] + draw(st.sampled_from(twins()[word[place]])) + word[place + 1 :]
        elif how == "case":
            word = draw(st.sampled_from([word.upper(), word.lower(), word.title(), word.swapcase()]))
        elif how == "insert":
            word = word[:at] + draw(st.sampled_from(INVISIBLE + ODD + MARKS)) + word[at:]
        else:
            word = word[:at] + draw(st.sampled_from([" ", "\n", "-", "\u00a0"])) + word[at:]
    return word


def _tokens() -> st.SearchStrategy[str]:
    place = st.sampled_from(names()) | st.sampled_from(spellings()).map(str.title)
    word = st.sampled_from(ENGLISH) | st.sampled_from(CYRILLIC) | st.sampled_from(script_words())
    return st.one_of(
        damaged(place),
        damaged(place),
        damaged(word),
        st.sampled_from(ENGLISH),
        st.sampled_from(surroundings()),
        st.sampled_from(MARKS + INVISIBLE + ODD + SUPPRESSIONS),
        st.text(st.sampled_from("аеорсухіАВЕaeopcyxiABE"), min_size=1, max_size=40),
    )


def _frame(language: str) -> st.SearchStrategy[str]:
    """Plain words of one language, so that the text has a running script."""
    words = st.sampled_from(ENGLISH if language == "english" else CYRILLIC)
    return st.lists(words, max_size=8).map(" ".join)


@st.composite
def texts_of_words(draw: st.DrawFn, max_tokens: int = 9) -> str:
    """Words of the tables in running text of either script, or of none."""
    frame = draw(st.sampled_from(["english", "english", "cyrillic", ""]))
    pieces = [draw(_frame(frame)), " "] if frame else []
    for token, space in draw(
        st.lists(st.tuples(_tokens(), st.sampled_from(SPACES)), min_size=1, max_size=max_tokens)
    ):
        pieces += [token, space]
    if frame:
        pieces.append(draw(_frame(frame)))
    return "".join(pieces)


def arbitrary() -> st.SearchStrategy[str]:
    """Any text that UTF-8 bytes, valid or not, can hold."""
    return st.text(st.characters(codec="utf-8"), max_size=60) | st.binary(max_size=40).map(
        lambda data: data.decode("utf-8", "surrogateescape")
    )


def texts() -> st.SearchStrategy[str]:
    """All sorts of text, each one that `str -> bytes -> str` keeps."""
    return (
        st.one_of(texts_of_words(), texts_of_words(), arbitrary())
        .map(lambda text: text.encode("utf-8", "surrogateescape"))
        .map(lambda data: data.decode("utf-8", "surrogateescape"))
    )
