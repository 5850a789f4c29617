"""Make `tables/unicode/*.tsv` out of the Unicode Character Database.

    python tools/build_unicode.py [--ucd DIRECTORY] [--out DIRECTORY]

The database is the one that the Debian package `unicode-data` installs in `/usr/share/unicode`
(`apt-get install unicode-data`); any directory with the same files will do.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

COMMAND = "python tools/build_unicode.py"
LICENCE = "Unicode Licence v3 (SPDX: Unicode-3.0), (c) Unicode, Inc."
SCRIPTS = {"Latin": "latin", "Cyrillic": "cyrillic", "Greek": "greek"}

# Characters that are written inside words as an apostrophe, or stand for one: ASCII, modifier
# letters (prime, double prime, turned comma, apostrophe, reversed comma), grave and acute without
# a letter, the two single quotation marks, the reversed one, and the prime sign.
APOSTROPHES = "\u0027\u0060\u00b4\u02b9\u02ba\u02bb\u02bc\u02bd\u2018\u2019\u201b\u2032"
HYPHENS = "\u002d\u2010\u2011"
# Soft hyphen, grapheme joiner, Mongolian vowel separator, zero-width space and joiners, word
# joiner and the invisible operators, byte order mark. Variation selectors stay marks: emoji need them.
INVISIBLES = "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NEWLINES = "\n\x0b\x0c\r\x85\u2028\u2029"
# Subscript digits belong to the word before them, as in the formula of water.
SUBSCRIPTS = "".join(map(chr, range(0x2080, 0x208A)))
# Micro sign and ordinal indicators (written for a degree sign) stand beside letters of any script.
NO_CLASS = "\u00b5\u00aa\u00ba"
EMOJI_FROM = 0x2600  # below stand arrows, signs of copyright and the like, which formal text uses too


def records(path: Path) -> Iterator[list[str]]:
    """The fields of each line of a UCD file, without comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data = line.partition("#")[0].strip()
        if data:
            yield [field.strip() for field in data.split(";")]


def span(field: str) -> range:
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


class Database:
    """What this builder needs of the UCD, by code point."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.version = self._version()
        self.category: dict[int, str] = {}
        for field, name in records(directory / "extracted" / "DerivedGeneralCategory.txt"):
            self.category.update(dict.fromkeys(span(field), name))
        self.script: dict[int, str] = {}
        for field, name in records(directory / "Scripts.txt"):
            self.script.update(dict.fromkeys(span(field), name))
        short_names = {
            row[1]: row[2] for row in records(directory / "PropertyValueAliases.txt") if row[0] == "sc"
        }
        for field, names in records(directory / "ScriptExtensions.txt"):
            if " " not in names:  # used with one script only
                self.script.update(dict.fromkeys(span(field), short_names[names]))
        self.pictographs: set[int] = set()
        for field, name in records(directory / "emoji" / "emoji-data.txt"):
            if name in {"Extended_Pictographic", "Emoji_Modifier", "Emoji_Presentation"}:
                self.pictographs.update(span(field))
        self.lines = list(records(directory / "UnicodeData.txt"))

    def _version(self) -> str:
        first = (self.directory / "Scripts.txt").read_text(encoding="utf-8").splitlines()[0]
        return first.removeprefix("# Scripts-").removesuffix(".txt")

    def is_word_letter(self, code: int) -> bool:
        """A Latin, Cyrillic or Greek letter."""
        return class_of(code, self) in SCRIPTS.values()


def class_of(code: int, data: Database) -> str:
    """The class of a code point; an empty string for punctuation and all the rest."""
    char, category = chr(code), data.category.get(code, "Cn")
    for name, chars in (
        ("apostrophe", APOSTROPHES),
        ("hyphen", HYPHENS),
        ("invisible", INVISIBLES),
        ("bidi", BIDI),
        ("newline", NEWLINES),
        ("digit", SUBSCRIPTS),
    ):
        if char in chars:
            return name
    if char == "\t" or category == "Zs":
        return "space"
    if category.startswith("L") and char not in NO_CLASS:
        return SCRIPTS.get(data.script.get(code, ""), "letter")
    if category.startswith("M"):
        return "mark"
    if category == "Nd":
        return "digit"
    if code >= EMOJI_FROM and code in data.pictographs and category in {"So", "Sk", "Cn"}:
        return "symbol"
    return ""


def ranges(data: Database) -> Iterator[tuple[int, int, str]]:
    """Maximal runs of code points of one class, in order."""
    first, name = 0, class_of(0, data)
    for code in range(1, 0x110000):
        now = class_of(code, data)
        if now != name:
            if name:
                yield first, code - 1, name
            first, name = code, now
    if name:
        yield first, 0x10FFFF, name


def case_pairs(data: Database) -> Iterator[tuple[str, str]]:
    """(upper, lower) of simple lower-casing, in hex; the first upper of a lower letter is its capital."""
    for line in data.lines:
        if line[13] and data.is_word_letter(int(line[0], 16)):
            yield line[0], line[13]


def compositions(data: Database) -> Iterator[tuple[str, str, str]]:
    """(base, mark, composed) of canonical compositions, in hex; a mark is empty for a mere double."""
    excluded = {int(row[0], 16) for row in records(data.directory / "CompositionExclusions.txt")}
    for line in data.lines:
        code, parts = int(line[0], 16), line[5].split()
        if not parts or line[5].startswith("<") or code in excluded or not data.is_word_letter(code):
            continue
        if len(parts) == 2:
            yield parts[0], parts[1], line[0]
        else:  # another code point for the same letter, as Kelvin sign for K
            yield line[0], "", parts[0]


def write(path: Path, title: str, data: Database, columns: str, rows: Iterable[str]) -> None:
    head = (
        f"# {title}",
        f"# source: Unicode Character Database {data.version} (Debian package unicode-data)",
        f"# licence: {LICENCE}",
        f"# generated by: {COMMAND}",
        "# do not edit",
        columns,
    )
    path.write_text("\n".join((*head, *rows)) + "\n", encoding="utf-8", newline="\n")


def build(ucd: Path, out: Path) -> None:
    """Write the three tables into `out`."""
    data = Database(ucd)
    rows = (f"{first:04X}\t{last:04X}\t{name}" for first, last, name in ranges(data))
    write(
        out / "characters.tsv",
        "Classes of characters; the rest is punctuation",
        data,
        "first\tlast\tclass",
        rows,
    )
    rows = (f"{upper}\t{lower}" for upper, lower in case_pairs(data))
    write(
        out / "case.tsv",
        "Simple case pairs; a lower letter's first capital counts",
        data,
        "upper\tlower",
        rows,
    )
    rows = ("\t".join(row) for row in compositions(data))
    write(out / "compositions.tsv", "Canonical compositions", data, "base\tmark\tcomposed", rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ucd", type=Path, default=Path("/usr/share/unicode"))
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "tables" / "unicode")
    args = parser.parse_args()
    build(args.ucd, args.out)


if __name__ == "__main__":
    main()
