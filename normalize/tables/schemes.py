"""Loading `tables/schemes/*.toml`: one transliteration standard a file.

Everything is resolved here: what a file extends, classes of letters in contexts, and the way back. The
result is `SchemeRules`, which knows nothing of files, and beside it what only checks need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from normalize.errors import TableError
from normalize.scheme.casing import CaseTable
from normalize.scheme.reverse import derive_reverse, guess_reverse
from normalize.scheme.rules import DROP, KEEP, NEAREST, NO, Rule, SchemeRules
from normalize.scheme.word import APOSTROPHE
from normalize.tables.source import line_of, read_toml, read_tsv

EDGE = "edge"
DICTIONARY = "dictionary"
REVERSIBLE = ("exact", "except", DICTIONARY, NO)
TEXT_KEYS = ("id", "language", "title", "authority", "url", "source")
_KEYS = frozenset(
    (*TEXT_KEYS, "year", "reversible", "lossy", "apostrophe", "stress", "extends", "classes", "letters")
) | {"rules", "reverse", "words", "examples", "tests", "dotted", "typed"}
_RULE_KEYS = frozenset(("from", "to", "left", "right"))
_REVERSE_KEYS = frozenset(("letters", "rules", "words", "tests"))
_WORD_KEYS = frozenset(("from", "to"))
_LONGEST_LITERAL = 3
_OTHER_APOSTROPHES = "'\u02bc\u2018"

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SchemeTable:
    """A scheme and the file it came from.

    `own` and `own_reverse` hold the sources that this file itself gives rules for (the others come from
    `extends`). `examples` are the authority's own, `tests` further pairs; both map a source text to its
    rendering, and `reverse_tests` a Latin text to what it comes back as.
    """

    path: Path
    rules: SchemeRules
    source: str
    extends: str
    classes: dict[str, str]
    own: frozenset[str]
    own_reverse: frozenset[str]
    explicit_reverse: tuple[Rule, ...]
    examples: dict[str, str]
    tests: dict[str, str]
    reverse_tests: dict[str, str]


def load_schemes(directory: Path) -> dict[str, SchemeTable]:
    """Every scheme of a directory by id, in the order of ids; the first mistake raises `TableError`."""
    paths = {path.stem: path for path in sorted(directory.glob("*.toml"))}
    return {name: load_scheme(path) for name, path in paths.items()}


def load_scheme(path: Path, seen: tuple[str, ...] = ()) -> SchemeTable:
    """One scheme file, with what it extends (looked for beside it); raises `TableError`.

    `seen` are the files that have led here by `extends`.
    """
    return _Reader(path, seen).table()


def load_case(directory: Path) -> CaseTable:
    """The case pairs and compositions of `tables/unicode/`."""
    pairs = read_tsv(directory / "case.tsv", ("upper", "lower")).rows
    triples = read_tsv(directory / "compositions.tsv", ("base", "mark", "composed")).rows
    return CaseTable.from_pairs(
        [(chr(int(row["upper"], 16)), chr(int(row["lower"], 16))) for row in pairs],
        [
            (chr(int(r["base"], 16)), chr(int(r["mark"], 16)), chr(int(r["composed"], 16)))
            for r in triples
            if r["mark"]
        ],
    )


class _Reader:
    """Reads one file; every complaint is made with the line of the text that causes it."""

    def __init__(self, path: Path, seen: tuple[str, ...]) -> None:
        self.path = path
        self.data = read_toml(path)
        self.base: SchemeTable | None = None
        for key in self.data:
            if key not in _KEYS:
                keys = ", ".join(sorted(_KEYS))
                raise self.error(key, f"has the unknown key {key!r}", f"the keys are {keys}")
        extends = self.data.get("extends", "")
        if extends:
            parent = path.with_name(f"{extends}.toml")
            if not isinstance(extends, str) or extends == path.stem or extends in seen or not parent.exists():
                raise self.error(
                    "extends", f"extends {extends!r}, which is no other scheme", "name one beside it"
                )
            self.base = load_scheme(parent, (*seen, path.stem))
        classes = {} if self.base is None else dict(self.base.classes)
        self.classes = classes | self.pairs(self.data.get("classes", {}), "classes")
        if EDGE in self.classes:
            raise self.error(
                EDGE, f"names a class {EDGE!r}", "that word means the end of a word: take another"
            )

    def table(self) -> SchemeTable:
        base = self.base.rules if self.base else None
        texts = {key: self.text(key) for key in TEXT_KEYS}
        forward = self.rules(self.data, "")
        own = frozenset(rule.source for rule in forward)
        reverse_data = self.section("reverse", _REVERSE_KEYS)
        explicit = self.rules(reverse_data, "reverse ")
        own_reverse = frozenset(rule.source for rule in explicit)
        words = dict(base.words if base else ()) | self.words(self.data)
        back = dict(base.reverse_words if base else ()) | self.words(reverse_data)
        if base and self.base:
            forward = (*(rule for rule in base.forward if rule.source not in own), *forward)
            kept = (rule for rule in self.base.explicit_reverse if rule.source not in own_reverse)
            explicit = (*kept, *explicit)
        reversible = self.choice("reversible", REVERSIBLE, base.reversible if base else "")
        rules = SchemeRules(
            **{key: texts[key] for key in TEXT_KEYS if key != "source"},
            year=self.year(),
            reversible=reversible,
            lossy=self.lossy(base.lossy if base else ()),
            apostrophe=self.text("apostrophe", base.apostrophe if base else KEEP),
            stress=self.choice("stress", (KEEP, DROP), base.stress if base else KEEP),
            forward=forward,
            reverse=(guess_reverse if reversible == NO else derive_reverse)(forward, explicit),
            words=tuple(words.items()),
            reverse_words=tuple(({to: word for word, to in words.items()} | back).items()),
            dotted=self.flag("dotted", default=base.dotted if base else False),
            typed=self.typed(base.typed if base else ()),
        )
        return SchemeTable(
            path=self.path,
            rules=rules,
            source=texts["source"],
            extends=self.base.rules.id if self.base else "",
            classes=self.classes,
            own=own,
            own_reverse=own_reverse,
            explicit_reverse=explicit,
            examples=self.pairs(self.data.get("examples", {}), "examples"),
            tests=self.pairs(self.data.get("tests", {}), "tests"),
            reverse_tests=self.pairs(reverse_data.get("tests", {}), "reverse.tests"),
        )

    def error(self, needle: str, problem: str, cure: str) -> TableError:
        return TableError(self.path, line_of(self.path, needle), problem, cure)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if value is None:
            raise TableError(self.path, 0, f"has no {key!r}", f"add {key} = …")
        if not isinstance(value, str):
            raise self.error(key, f"{key!r} is not text", "write it in quotation marks")
        if not value.strip() and key in TEXT_KEYS:
            raise self.error(key, f"{key!r} is empty", "say what it is")
        return value

    def year(self) -> int:
        value = self.data.get("year")
        if type(value) is not int or not 1500 <= value <= 2200:
            raise self.error("year", "has no 'year' of its standard", "add year = NNNN")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"{key!r} is {value!r}", "write true or false")
        return value

    def typed(self, default: tuple[str, ...]) -> tuple[str, ...]:
        """Each letter of [typed] and behind it what is typed for it."""
        pairs = self.pairs(self.data.get("typed", {}), "typed")
        for letter, signs in pairs.items():
            if len(letter) != 1 or not signs:
                raise self.error(letter, f"[typed] has {letter!r} = {signs!r}", 'write "letter" = "signs"')
        return tuple(letter + signs for letter, signs in pairs.items()) or default

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(key, default or None)
        if value not in allowed:
            raise self.error(key, f"{key!r} is {value!r}", f"choose one of {', '.join(allowed)}")
        return value

    def section(self, key: str, allowed: frozenset[str]) -> Fields:
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, f"{key!r} is not a table", f"write [{key}]")
        for name in cast("Fields", value):
            if name not in allowed:
                keys = ", ".join(sorted(allowed))
                raise self.error(name, f"[{key}] has the unknown key {name!r}", f"the keys are {keys}")
        return cast("Fields", value)

    def lossy(self, default: tuple[str, ...]) -> tuple[str, ...]:
        return self.strings(self.data["lossy"], "lossy") if "lossy" in self.data else default

    def strings(self, value: object, key: str) -> tuple[str, ...]:
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        if not all(isinstance(item, str) and item for item in items):
            raise self.error(key, f"{key!r} is not a list of texts", 'write ["…", "…"]')
        return tuple(cast("list[str]", items))

    def pairs(self, value: object, key: str) -> dict[str, str]:
        if not isinstance(value, dict) or not all(
            isinstance(text, str) for text in cast("Fields", value).values()
        ):
            raise self.error(key, f"[{key}] is not a table of texts", 'write "…" = "…"')
        return cast("dict[str, str]", value)

    def rules(self, data: Fields, where: str) -> tuple[Rule, ...]:
        """The rules of `[letters]` and `[[rules]]`, or the same of `[reverse]`."""
        letters = self.pairs(data.get("letters", {}), f"{where}letters")
        found = [Rule(self.letters(source, source), target) for source, target in letters.items()]
        for entry in self.entries(data, "rules", _RULE_KEYS):
            source = self.letters(entry["from"], "from")
            left, left_edge = self.context(entry.get("left", []), source)
            right, right_edge = self.context(entry.get("right", []), source)
            rule = Rule(source, self.target(entry["to"], source), left, right, left_edge, right_edge)
            if not rule.contextual:
                raise self.error(source, f"the rule for {source!r} has no context", "move it to [letters]")
            found.append(rule)
        return tuple(found)

    def words(self, data: Fields) -> dict[str, str]:
        entries = self.entries(data, "words", _WORD_KEYS)
        return {self.letters(entry["from"], "words"): self.target(entry["to"], "words") for entry in entries}

    def entries(self, data: Fields, key: str, allowed: frozenset[str]) -> list[Fields]:
        value = data.get(key, [])
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        if not all(isinstance(item, dict) for item in items):
            raise self.error(key, f"{key!r} is not a list of tables", f"write [[{key}]]")
        entries = cast("list[Fields]", items)
        for entry in entries:
            wrong = sorted(({"from", "to"} - entry.keys()) | (entry.keys() - allowed))
            if wrong:
                fault = f"has the unknown key {wrong[0]!r}" if wrong[0] in entry else f"lacks {wrong[0]!r}"
                place = str(entry.get("from", key))
                raise self.error(place, f"an entry of {key!r} {fault}", f"use {', '.join(sorted(allowed))}")
        return entries

    def context(self, value: object, source: str) -> tuple[tuple[str, ...], bool]:
        """The strings of one side of a context, classes replaced by their letters, and the edge."""
        items = self.strings(value, source)
        found: list[str] = []
        for item in items:
            wanted, slash, kind = item.partition(NEAREST)
            if item in self.classes:
                found += self.classes[item]
            elif slash and kind in self.classes and (not wanted or wanted in self.classes):
                found.append(f"{self.classes.get(wanted, '')}{NEAREST}{self.classes[kind]}")
            elif item.isascii() and len(item) > _LONGEST_LITERAL and item != EDGE:
                raise self.error(item, f"the context {item!r} is no class", "add it to [classes]")
            elif item != EDGE:
                found.append(self.letters(item, source))
        return tuple(dict.fromkeys(found)), EDGE in items

    def letters(self, value: object, place: str) -> str:
        """What stands on the source side of a rule: at least one letter, with apostrophes as U+2019."""
        text = self.target(value, place)
        if not text:
            raise self.error(place, "has a rule for nothing", "write the letters that the rule is for")
        for char in text:
            if char in _OTHER_APOSTROPHES:
                raise self.error(
                    text, f"writes the apostrophe of {text!r} as {char!r}", f"write {APOSTROPHE}"
                )
        return text

    def target(self, value: object, place: str) -> str:
        if not isinstance(value, str):
            raise self.error(place, f"{value!r} is not text", "write letters in quotation marks")
        return value
