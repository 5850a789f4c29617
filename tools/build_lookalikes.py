"""Make `tables/scripts/lookalikes.tsv` out of Unicode's confusables.

    python tools/build_lookalikes.py [--out FILE]

The data are those of the PyPI package `confusable-homoglyphs` (confusables.txt as JSON). A pair is
taken when both are single letters of the same case, one an ASCII letter or one of the Greek
alphabet, the other of a Cyrillic alphabet in `languages.toml` (or ASCII, for Greek), and
`lookalikes-extra.tsv`, which is made by hand, does not decide it. A letter that no presumed language
writes gets the languages that write it. Code pages read for one another give the tier `codepage`.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.resources
import json
import string
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from normalize.tables.source import read_toml, read_tsv

ROOT = Path(__file__).parents[1]
PACKAGE = "confusable-homoglyphs"
SOURCE = "confusables.txt"
CODE_PAGES = "code pages windows-1252 and windows-1251 read for one another (unicode.org MAPPINGS)"


def confusable_classes() -> dict[str, set[str]]:
    """Each character and all characters that are drawn like it."""
    text = importlib.resources.files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8")
    data: dict[str, list[dict[str, str]]] = json.loads(text)
    classes: dict[str, set[str]] = {}
    for char, others in data.items():
        for other in (entry["c"] for entry in others):
            if len(char) == len(other) == 1:
                joined = classes.setdefault(char, {char}) | classes.setdefault(other, {other})
                for member in joined:
                    classes[member] = joined
    return classes


class Alphabets:
    """The Cyrillic letters of `languages.toml`, both cases, and who writes them."""

    def __init__(self, directory: Path) -> None:
        self.writers: dict[str, list[str]] = {}
        self.presumed: set[str] = set()
        for entry in read_toml(directory / "languages.toml")["language"]:
            if entry["script"] != "cyrillic":
                continue
            for letter in entry["alphabet"]:
                for char in (letter, letter.upper()):
                    self.writers.setdefault(char, []).append(entry["id"])
                    if entry.get("presumed"):
                        self.presumed.add(char)

    def languages(self, char: str) -> str:
        """The languages that a repair to this letter is kept to; empty where it is free."""
        return "" if char in self.presumed else " ; ".join(self.writers[char])


def is_greek(char: str) -> bool:
    """A letter of the Modern Greek alphabet without accents."""
    return "\u0391" <= char <= "\u03c9" and unicodedata.decomposition(char) == ""


def same_case(one: str, other: str) -> bool:
    return one.isupper() == other.isupper() and one.islower() == other.islower()


def pairs(alphabets: Alphabets) -> Iterator[tuple[str, str, str]]:
    """(from, to, language) of all letters that are drawn alike, in both directions."""
    classes = confusable_classes()
    for char in sorted(classes):
        for twin in sorted(classes[char]):
            if char == twin or not same_case(char, twin):
                continue
            from_cyrillic, to_cyrillic = char in alphabets.writers, twin in alphabets.writers
            from_latin, to_latin = char in string.ascii_letters, twin in string.ascii_letters
            if (from_cyrillic or is_greek(char)) and to_latin:
                yield char, twin, ""
            elif (from_latin or is_greek(char)) and to_cyrillic:
                yield char, twin, alphabets.languages(twin)


def code_page_pairs() -> Iterator[tuple[str, str]]:
    """Latin letters beyond ASCII and the Cyrillic ones of the same byte, both ways."""
    for byte in range(0xC0, 0x100):
        latin, cyrillic = bytes([byte]).decode("cp1252"), bytes([byte]).decode("cp1251")
        if latin.isalpha():
            yield cyrillic, latin
            yield latin, cyrillic


def rows(directory: Path) -> Iterator[tuple[str, str, str, str, str]]:
    extra = read_tsv(directory / "lookalikes-extra.tsv").rows
    decided = {(row["from"], row["to"]) for row in extra if row["tier"] != "keyboard"}
    for source, target, language in pairs(Alphabets(directory)):
        if (source, target) not in decided:
            yield source, target, "strong", language, SOURCE
    for source, target in code_page_pairs():
        yield source, target, "codepage", "", CODE_PAGES


def build(directory: Path, out: Path) -> None:
    """Write the table; `directory` holds the other tables of `tables/scripts`."""
    version = importlib.metadata.version(PACKAGE)
    head = (
        "# Letters of different scripts that are drawn alike",
        f"# source: Unicode {SOURCE} (UTS 39), as in the PyPI package {PACKAGE} {version}",
        "# licence: Unicode Licence v3 (SPDX: Unicode-3.0), (c) Unicode, Inc.; the package is MIT",
        "# generated by: python tools/build_lookalikes.py",
        "# do not edit",
        "from\tto\ttier\tlanguage\tsource",
    )
    lines = (*head, *("\t".join(row) for row in rows(directory)))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "tables" / "scripts" / "lookalikes.tsv")
    args = parser.parse_args()
    build(ROOT / "tables" / "scripts", args.out)


if __name__ == "__main__":
    main()
