"""Rulesets of any size: the real scripts, schemes and spelling families, with places that do not exist.

Names are made of the syllables of real ones, so they have as many spellings as those, and as many of the
words of a text begin like one of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.vocabulary import TABLES, WORDS, settlements
from normalize.compiler.build import Tables, compile_ruleset
from normalize.ruleset.container import Container
from normalize.ruleset.reader import Ruleset

_OWN = (
    *("settlements", "waters", "regions", "landmarks", "clubs"),
    *("towns", "villages", "raions", "hromadas"),
    *("names", "names-geonames", "names-raions", "lookup-names", "former", "former-settlements"),
    *("coordinates", "lookup-only", "cities-abroad", "divisions-abroad"),
    *("names-abroad", "lookup-names-abroad", "lookup-only-abroad"),
    *("rejects", "judgements", "frames", "frozen", "oblast-stems", "raion-stems"),
)
"""Tables of the real places: these have rows of made ones, or none."""
_MADE = tomllib.loads((WORDS / "made-places.toml").read_text(encoding="utf-8"))
_PART = 3
"""Letters of a real name that are taken together."""


def grown_ruleset(variants: int, seed: int) -> bytes:
    """The bytes of a ruleset of `variants` spellings, give or take one in a hundred.

    How many places that needs is told by a first, small one.
    """
    sample = min(400, max(20, variants // 60))
    each = spellings_in(_compiled(_places(sample, seed))) / sample
    return _compiled(_places(max(1, round(variants / each)), seed))


def spellings_in(data: bytes) -> int:
    """How many words the lexicon of places of a ruleset has."""
    return len(Ruleset(Container(data)).container.numbers("places.words")) // 2


def _places(count: int, seed: int) -> list[Sequence[str]]:
    """Rows of `settlements.tsv`, each with a Ukrainian and a Russian name that differ by their endings."""
    random = Random(f"places {seed}")
    stock = _Syllables([row[3] for row in settlements() if row[3].isalpha()], random)
    rows: dict[str, Sequence[str]] = {}
    while len(rows) < count:
        stem = stock.word()
        uk, ru = random.choice(_MADE["endings"])
        name = stem.capitalize() + uk
        rows.setdefault(
            name,
            (
                f"place-{len(rows)}",
                "city",
                "UA",
                name,
                _russian(stem).capitalize() + ru,
                "30",
                "",
                "",
                "made",
            ),
        )
    return list(rows.values())


class _Syllables:
    """Stems out of parts of real names."""

    def __init__(self, names: Sequence[str], random: Random) -> None:
        self._random = random
        lowered = [name.lower() for name in names]
        self._first = [name[:_PART] for name in lowered]
        self._inner = [name[at : at + _PART] for name in lowered for at in range(_PART, len(name) - _PART)]

    def word(self) -> str:
        parts = [self._random.choice(self._first)]
        parts += self._random.choices(self._inner, k=self._random.choice((1, 1, 2)))
        stem = "".join(parts)
        return stem.rstrip(_MADE["never_before_ending"]) or self.word()


def _russian(stem: str) -> str:
    return stem.translate(str.maketrans(_MADE["russian"]))


def _compiled(places: Sequence[Sequence[str]]) -> bytes:
    with TemporaryDirectory() as name:
        directory = Path(name)
        for part in ("unicode", "schemes", "scripts", "profiles"):
            (directory / part).symlink_to(TABLES / part)
        target = directory / "places"
        target.mkdir()
        for path in (TABLES / "places").iterdir():
            if path.stem not in _OWN:
                (target / path.name).symlink_to(path)
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
            kept = ["# source: made", next(line for line in lines if not line.startswith("#"))]
            if path.stem == "settlements":
                kept += ["\t".join(row) for row in places]
            (target / path.name).write_text("\n".join(kept) + "\n", "utf-8")
        tables = Tables(directory)
        return compile_ruleset(tables, tables.profile("uk-national"))
