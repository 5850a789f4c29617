"""Searching for many strings: what peers do where ours finds names. They get the variants, and count hits."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.engines.kinds import Job, Ready
from benchmarks.variants import Variants, capital


@lru_cache(maxsize=2)
def variants(ruleset: Path | None = None) -> tuple[str, ...]:
    """The strings to search for: the variants of the shipped ruleset, or all words of a made one."""
    from normalize.ruleset.reader import Ruleset
    from normalize.rulesets import open_ruleset

    if ruleset is None:
        return tuple(Variants(open_ruleset("uk-national")).rewritten)
    return tuple(sorted({capital(word) for word in Ruleset.open(ruleset).place_lexicon.words()}))


def hyperscan(job: Job) -> Ready:
    """Literals in block mode. It tells every hit's end, overlapping ones too."""
    module: Any = import_module("hyperscan")
    expressions = [word.encode() for word in variants(job.ruleset)]
    database = module.Database(mode=module.HS_MODE_BLOCK)
    database.compile(
        expressions=expressions,
        ids=list(range(len(expressions))),
        elements=len(expressions),
        flags=0,
        literal=True,
    )

    def run(data: bytes) -> int:
        hits = 0

        def hit(_id: int, _start: int, _end: int, _flags: int, _context: object) -> None:
            nonlocal hits
            hits += 1

        database.scan(data, match_event_handler=hit)
        return hits

    return Ready(run, _itself)


def ahocorasick_rs(job: Job) -> Ready:
    """Leftmost-longest hits as indices into a str."""
    module: Any = import_module("ahocorasick_rs")
    automaton = module.AhoCorasick(list(variants(job.ruleset)), matchkind=module.MatchKind.LeftmostLongest)
    return Ready(automaton.find_matches_as_indexes, _counted)


def ahocorasick_rs_bytes(job: Job) -> Ready:
    """The same on bytes, for which it has another class."""
    module: Any = import_module("ahocorasick_rs")
    patterns = [word.encode() for word in variants(job.ruleset)]
    automaton = module.BytesAhoCorasick(patterns, matchkind=module.MatchKind.LeftmostLongest)
    return Ready(automaton.find_matches_as_indexes, _counted)


def pyahocorasick(job: Job) -> Ready:
    """`iter_long`: leftmost-longest hits, one by one."""
    automaton: Any = import_module("ahocorasick").Automaton()
    for word in variants(job.ruleset):
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return Ready(lambda text: sum(1 for _ in automaton.iter_long(text)), _itself)


def flashtext2(job: Job) -> Ready:
    """Keywords between word borders, the only peer that looks at them."""
    processor: Any = import_module("flashtext2").KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_iter(list(variants(job.ruleset)))
    return Ready(processor.extract_keywords_with_span, _counted)


def re_module(job: Job) -> Ready:
    """One alternation, the longest first, between word borders."""
    words = sorted(variants(job.ruleset), key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
    return Ready(lambda text: sum(1 for _ in pattern.finditer(text)), _itself)


def _counted(_text: Any, found: Any) -> int:
    return len(found)


def _itself(_text: Any, count: int) -> int:
    return count
