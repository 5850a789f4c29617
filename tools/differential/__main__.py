"""Compares the engines on texts made at random.

    python -m tools.differential --cases 2000000 --jobs 2 --log differential.jsonl

A case is one text under one ruleset: findings, mentions, results and edits, as `str`, bytes and batch,
transliteration of it and of words in a scheme's letters, and a look-up. The first difference is made as
small as it can be and printed, and ends the run with status 1. With the same `--log` a run that was
stopped goes on; `--case N` judges one case alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from normalize.engines import why_no_native
from tools.differential.cases import BLOCK, Block, Found, Tally
from tools.differential.journal import Journal
from tools.differential.shrink import shrunk

REPORT = 15.0
"""Seconds between lines of progress."""


def main() -> int:
    options = _options()
    if reason := why_no_native():
        sys.stderr.write(f"the native engine is not here ({reason}); `pip install .` builds it\n")
        return 2
    if options.case is not None:
        found = _judge(options.seed, options.case // BLOCK, options.case)[1]
        return _told(options.seed, found) if found else 0
    try:
        journal = Journal(options.log, options.seed)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return _run(options, journal)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.differential", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--cases", type=int, default=100_000, help="how many, those in the log included")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other cases")
    parser.add_argument("--log", type=Path, help="a file of JSON lines, to cite from and to go on by")
    parser.add_argument("--case", type=int, help="judge only the case of this number")
    return parser.parse_args()


def _run(options: argparse.Namespace, journal: Journal) -> int:
    began = reported = time.monotonic()
    blocks = range(journal.block, -(-options.cases // BLOCK))
    with ProcessPoolExecutor(options.jobs) as pool:
        try:
            for block, (tally, found) in zip(blocks, _results(pool, options, blocks), strict=True):
                if found is not None:
                    pool.shutdown(wait=False, cancel_futures=True)
                    return _told(options.seed, found, journal)
                journal.tally.add(tally)
                now = time.monotonic()
                if now - reported > REPORT:
                    journal.progress(block + 1, now - began)
                    _say(journal, options.cases, now - began)
                    reported = now
        except BrokenProcessPool:
            sys.stderr.write(f"a process died at or soon after case {journal.block * BLOCK}\n")
            return 1
    journal.progress(blocks.stop, time.monotonic() - began, "end")
    _say(journal, options.cases, time.monotonic() - began)
    return 0


def _results(
    pool: ProcessPoolExecutor, options: argparse.Namespace, blocks: range
) -> Iterator[tuple[Tally, Found | None]]:
    """The results of blocks in order, with only so many under way as keep every process busy."""
    waiting: list[Future[tuple[Tally, Found | None]]] = []
    for block in blocks:
        waiting.append(pool.submit(_judge, options.seed, block))
        if len(waiting) >= 3 * options.jobs:
            yield waiting.pop(0).result()
    for future in waiting:
        yield future.result()


def _judge(seed: int, number: int, only: int | None = None) -> tuple[Tally, Found | None]:
    """A block, up to the first case in which the engines differ."""
    tally = Tally()
    block = Block(seed, number)
    for case in block.cases() if only is None else [block.case(only)]:
        found = block.difference(case, tally)
        if found is not None:
            return tally, found
    return tally, None


def _say(journal: Journal, cases: int, seconds: float) -> None:
    tally = journal.tally
    rate = tally.cases / (journal.seconds + seconds)
    sys.stdout.write(
        f"{tally.cases:,} of {cases:,} cases without a difference, {rate:.0f} a second;"
        f" {tally.findings:,} findings in {tally.with_findings:,} of them, {tally.mentions:,} mentions\n"
    )
    sys.stdout.flush()


def _told(seed: int, found: Found, journal: Journal | None = None) -> int:
    """Print a difference on the smallest text that shows it."""
    block = Block(seed, found.number // BLOCK)
    case, entry = block.case(found.number), found.difference.entry
    text = shrunk(found.text, lambda text: block.differs(text, entry, case) is not None)
    difference = block.differs(text, entry, case) or found.difference
    told = {
        "seed": seed,
        "case": found.number,
        "setting": found.setting,
        "entry": entry,
        "text": text,
        "reference": repr(difference.reference),
        "native": repr(difference.native),
    }
    if journal is not None:
        journal.difference(told)
    sys.stdout.write(
        "".join(
            f"{key}: {value!r}\n" if key == "text" else f"{key}: {value}\n" for key, value in told.items()
        )
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
