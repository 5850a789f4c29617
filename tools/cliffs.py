"""Looks for texts on which an engine is slower the longer they are.

    python -m tools.cliffs                  every listed monster, by every entry
    python -m tools.cliffs --search 500     and so many units made at random of the tables' words
    python -m tools.cliffs --schemes        long words by every transliteration scheme

Each text is judged at one length, at twice and at four times that. Where four times the length take more
than nine times as long (linear is four, quadratic sixteen), they are measured again, and reported if it stays
so; the exit status is 1 then. Times are of the processor, so that other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

from generate.letters import SchemeLetters
from generate.monsters import Monster, ended, monsters, random_monster, repeated
from generate.pools import Pools
from generate.seeds import vector_texts
from generate.texts import Texts

from normalize import Normalizer
from normalize.rulesets import open_ruleset

STEEP = 9.0
"""How many times longer four times the length may take: between linear and quadratic."""
SHORTEST = 2e-4
"""Seconds below which a time says nothing of a ratio."""
Entry = Callable[[str], object]


@dataclass(frozen=True)
class Measured:
    """Seconds at one, two and four times a length."""

    name: str
    length: int
    seconds: tuple[float, float, float]

    @property
    def ratio(self) -> float:
        return self.seconds[2] / max(self.seconds[0], SHORTEST / 4)

    @property
    def is_steep(self) -> bool:
        return self.seconds[2] > SHORTEST and self.ratio > STEEP

    @property
    def rate(self) -> float:
        """Nanoseconds a code point, at the greatest length."""
        return self.seconds[2] / self.length / 4 * 1e9

    def __str__(self) -> str:
        times = " ".join(f"{1000 * seconds:8.2f}" for seconds in self.seconds)
        return f"{times} ms {self.ratio:6.1f}x {self.rate:9.1f} ns/char  {self.name}"


def entries(nz: Normalizer) -> dict[str, Entry]:
    """What can be asked of a text."""
    return {
        "normalize": nz.normalize,
        "normalize bytes": lambda text: nz.normalize(text.encode("utf-8", "surrogateescape")),
        "find": nz.find,
        "mentions": nz.mentions,
        "uk-kmu-2010": lambda text: nz.transliterate(text, "uk-kmu-2010"),
        "uk-iso9-1995 reverse": lambda text: nz.transliterate(text, "uk-iso9-1995", reverse=True),
    }


def measured(name: str, entry: Entry, monster: Monster, length: int) -> Measured:
    """Times of an entry, the best of two; where they are steep, those at the least steep of some lengths.

    Some texts are of one kind or another by whether their length is even.
    """
    found = _measured(name, entry, monster, length, 2)
    for more in range(1, 6):
        if not found.is_steep:
            break
        found = min(found, _measured(name, entry, monster, length + more, 3), key=lambda one: one.ratio)
    return found


def _measured(name: str, entry: Entry, monster: Monster, length: int, repeats: int) -> Measured:
    times = [_best(entry, monster(factor * length), repeats) for factor in (1, 2, 4)]
    return Measured(name, length, (times[0], times[1], times[2]))


def _best(entry: Entry, text: str, repeats: int) -> float:
    best = float("inf")
    for _ in range(repeats):
        begin = time.thread_time()
        entry(text)
        best = min(best, time.thread_time() - begin)
        if best > 2:
            break
    return best


def all_listed(nz: Normalizer, length: int) -> Iterator[Measured]:
    for entry_name, entry in entries(nz).items():
        for name, monster in monsters().items():
            yield measured(f"{entry_name}: {name}", entry, monster, length)


def searched(nz: Normalizer, length: int, count: int, seed: int) -> Iterator[Measured]:
    texts = Texts(Pools(open_ruleset(nz.profile)), vector_texts())
    asked = list(entries(nz).items())
    for number in range(count):
        random = Random(f"{seed} cliff {number}")
        unit, end = random_monster(random, texts)
        name, entry = asked[number % len(asked)]
        yield measured(f"{name}: {unit!r} repeated, then {end!r}", entry, partial(ended, unit, end), length)


def of_schemes(nz: Normalizer, length: int, seed: int) -> Iterator[Measured]:
    """Words without end in the letters of each scheme."""
    ruleset = open_ruleset(nz.profile)
    for scheme in nz.schemes():
        for reverse in (False, True) if scheme.reversible != "no" else (False,):
            random = Random(f"{seed} {scheme.id} {reverse}")
            letters = SchemeLetters(ruleset.scheme(scheme.id), reverse)
            for _ in range(3):
                unit = "".join(letters.text(random).split()) or "a"
                entry = partial(nz.transliterate, scheme=scheme.id, reverse=reverse)
                direction = " reverse" if reverse else ""
                yield measured(f"{scheme.id}{direction}: {unit!r}", entry, partial(repeated, unit), length)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.cliffs", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--engine", default="native")
    parser.add_argument(
        "--length", type=int, default=32_768, help="code points; twice and four times as well"
    )
    parser.add_argument("--search", type=int, default=0, help="how many units to make at random")
    parser.add_argument("--schemes", action="store_true", help="every scheme instead of the listed texts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="print all times, and not only the worst")
    options = parser.parse_args()
    nz = Normalizer(engine=options.engine)
    nz.normalize("Kiev, Dоnetsk")
    found: list[Measured] = []
    if options.schemes:
        found += of_schemes(nz, options.length, options.seed)
    elif not options.search:
        found += all_listed(nz, options.length)
    found += searched(nz, options.length, options.search, options.seed)
    steep = [one for one in found if one.is_steep]
    slowest = sorted(found, key=lambda one: -one.rate)
    sys.stdout.write(f"{len(found)} texts, {options.length:,} to {4 * options.length:,} code points each\n")
    for title, shown in (("steep", steep), ("slowest", slowest if options.all else slowest[:20])):
        sys.stdout.write(f"\n{title}: {len(shown)}\n" + "".join(f"{one}\n" for one in shown))
    return 1 if steep else 0


if __name__ == "__main__":
    raise SystemExit(main())
