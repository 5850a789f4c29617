"""How many attested spellings of place names the lattice in `tables/places/spellings.toml` reaches.

    python tools/measure_spellings.py ATTESTED.tsv [--misses]

ATTESTED.tsv has the columns `variant`, `native_uk`, `native_ru` and `kind`. A variant counts as
reached when each of its words is a spelling of the matching word of either native name. The code is
also the shortest statement of what the families of the lattice mean.
"""

from __future__ import annotations

import argparse
import csv
import functools
import itertools
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

LATTICE = Path(__file__).parent.parent / "tables" / "places" / "spellings.toml"
VOWELS = {"uk": "аеєиіїоуюя", "ru": "аеёиоуыэюя"}
SIGNS = "ьъ’'"

Family = dict[str, Any]


def families() -> dict[str, list[Family]]:
    found: dict[str, list[Family]] = defaultdict(list)
    for family in tomllib.loads(LATTICE.read_text(encoding="utf-8"))["family"]:
        found[family["language"]].append(family)
    return found


def holds(contexts: list[str], before: str, after: str, left: bool, language: str) -> bool:
    """Does one of `contexts` hold of the text on the side that `left` tells?"""
    beside = before[-1:] if left else after[:1]
    for context in contexts:
        if context == "edge":
            found = not beside
        elif context == "vowel":
            found = bool(beside) and beside in VOWELS[language]
        elif context == "consonant":
            found = beside.isalpha() and beside not in VOWELS[language] + SIGNS
        else:
            found = before.endswith(context) if left else after.startswith(context)
        if found:
            return True
    return not contexts


def best(word: str, at: int, language: str, style: str, lattice: list[Family]) -> Family | None:
    def fits(family: Family) -> bool:
        end = at + len(family["from"])
        return (
            family.get("style", "") in ("", style)
            and word.startswith(family["from"], at)
            and holds(family.get("left", []), word[:at], word[end:], True, language)
            and holds(family.get("right", []), word[:at], word[end:], False, language)
        )

    def rank(family: Family) -> tuple[int, bool, bool]:
        contexts = bool(family.get("left") or family.get("right"))
        return len(family["from"]), "style" in family, contexts

    return max(filter(fits, lattice), key=rank, default=None)


def spell(word: str, language: str, style: str, lattice: list[Family]) -> set[str]:
    pieces: list[str | int] = []
    choices: dict[int, list[str]] = {}
    at = 0
    while at < len(word):
        family = best(word, at, language, style, lattice)
        if family is None:
            pieces.append(word[at])
            at += 1
        else:
            pieces.append(id(family))
            choices[id(family)] = family["to"]
            at += len(family["from"])
    spellings: set[str] = set()
    for chosen in itertools.product(*choices.values()):
        choice = dict(zip(choices, chosen, strict=True))
        spellings.add("".join(piece if isinstance(piece, str) else choice[piece] for piece in pieces))
    return spellings


def folded(text: str) -> str:
    return re.sub("[’ʼʹ`]", "'", unicodedata.normalize("NFC", text).lower())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("attested", type=Path)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    lattice = families()

    @functools.cache
    def variants(word: str, language: str) -> frozenset[str]:
        styles = {family.get("style", "") for family in lattice[language]}
        return frozenset(
            folded(name) for style in styles for name in spell(word, language, style, lattice[language])
        )

    def words(name: str) -> list[str]:
        return re.split("[ -]", folded(name).replace("'", "’"))

    total: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    missed: dict[str, list[str]] = defaultdict(list)
    with args.attested.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            if re.search("[а-яіїєґ]", row["variant"].lower()):
                continue
            kind = row["kind"]
            total[kind] += 1
            variant = [folded(word) for word in re.split("[ -]", row["variant"])]
            for language in VOWELS:
                native = words(row[f"native_{language}"])
                if len(native) == len(variant) and all(
                    word in variants(part, language) for word, part in zip(variant, native, strict=True)
                ):
                    reached[kind] += 1
                    break
            else:
                missed[kind].append(row["variant"])
    for kind in sorted(total):
        print(f"{kind:20s} {reached[kind] / total[kind]:.3f}  {reached[kind]}/{total[kind]}")
        if args.misses:
            print("    " + ", ".join(missed[kind]))


if __name__ == "__main__":
    main()
