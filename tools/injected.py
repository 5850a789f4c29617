"""Replace letters of clean texts by their look-alikes, and see what is found and how it is repaired.

    python -m tools.injected uk=FILE ru=FILE en=FILE [--rounds N] [--every N] [--seed N] [--misses N]
                             [--dictionary SOURCE]…

In each text one word in `--every` (1000) gets one letter of another script that looks the same (tier
`strong` of the tables), the rest stays. A round takes other words. Told is, by language, the share of such
words that a finding touches (recall), of those whose repair is the word as it was (exact), and of those
that `fix` would so repair unasked (safe). Peers that are installed (confusable-homoglyphs, disarm,
check-unicode, ruff) judge the same words: a word counts as found when they name it, or a letter of it. Words
of one letter, and such in which a finding stood before, are left out. In a second line stands how many of
10,000 words of the clean text each one names.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from shutil import which
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from normalize import Finding, Normalizer
from normalize.tables.scripts import load_lookalikes
from normalize.tables.unicode import load_folder

ROOT = Path(__file__).parents[1]
SCRIPTS = ("latin", "cyrillic")
RULES = ("mixed-script-word", "stray-script-word")
WORD = re.compile(r"[^\W\d_]+(?:[\u2019'\u02bc][^\W\d_]+)*")
Span = tuple[int, int]
Peer = Callable[[str, Sequence[Span]], set[int]]
"""Which of these words of a text it names."""


@dataclass(frozen=True, slots=True)
class Injected:
    """A text with errors: where each word stands, and what it was."""

    text: str
    spans: list[Span]
    words: list[str]


class Injector:
    """Puts look-alikes into words of one script."""

    def __init__(self) -> None:
        self._classes = load_folder(ROOT / "tables").classes
        self._twins: dict[str, list[str]] = {}
        for row in load_lookalikes(ROOT / "tables" / "scripts"):
            scripts = {self._classes.script(row.source), self._classes.script(row.target[0])}
            if row.tier == "strong" and not row.languages and scripts == {"latin", "cyrillic"}:
                self._twins.setdefault(row.target, []).append(row.source)

    def inject(self, text: str, taken: Sequence[Span], every: int, seed: random.Random) -> Injected:
        """One error in about `every` words of the script that most words are of."""
        words = [found for found in WORD.finditer(text) if len(found[0]) > 1]
        main = max(
            ("latin", "cyrillic"), key=lambda script: sum(self._is_of(script, one[0]) for one in words)
        )
        starts = [start for start, _ in taken]
        out, spans, kept, at = "", list[Span](), list[str](), 0
        for group in range(0, len(words), every):
            few = [one for one in words[group : group + every] if self._is_of(main, one[0])]
            few = [one for one in few if not _touches(one.span(), taken, starts)]
            seed.shuffle(few)
            chosen = next((one for one in few if any(char in self._twins for char in one[0])), None)
            if chosen is None:
                continue
            place = seed.choice([n for n, char in enumerate(chosen[0]) if char in self._twins])
            twin = seed.choice(self._twins[chosen[0][place]])
            out += text[at : chosen.start()]
            spans.append((len(out), len(out) + len(chosen[0])))
            kept.append(chosen[0])
            out += chosen[0][:place] + twin + chosen[0][place + 1 :]
            at = chosen.end()
        return Injected(out + text[at:], spans, kept)

    def _is_of(self, script: str, word: str) -> bool:
        return all(self._classes.script(char) in (script, None) for char in word)


def _touches(span: Span, others: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, span[1])
    return any(end > span[0] for _, end in others[max(0, at - 3) : at])


def rewritten(word: Span, text: str, finding: Finding) -> str | None:
    """What the word reads once a finding is repaired; None where the finding reaches beyond it."""
    start, end = word
    if finding.replacement is None:
        return None
    if finding.start < start or finding.end > end:
        before, after = text[finding.start : start], text[end : finding.end]
        fits = finding.replacement.startswith(before) and finding.replacement.endswith(after)
        return finding.replacement[len(before) : len(finding.replacement) - len(after)] if fits else None
    return text[start : finding.start] + finding.replacement + text[finding.end : end]


def plain(text: str, spans: Sequence[Span]) -> set[int]:
    """A word is named if it has letters of Latin and of Cyrillic: no more than that."""
    both = re.compile("[A-Za-z].*[\u0400-\u04ff]|[\u0400-\u04ff].*[A-Za-z]")
    return by_word(lambda word: bool(both.search(word)))(text, spans)


def by_word(judge: Callable[[str], bool]) -> Peer:
    """A peer that is asked for a word by itself; texts repeat theirs."""
    judge = cache(judge)
    return lambda text, spans: {n for n, (start, end) in enumerate(spans) if judge(text[start:end])}


def by_letter(places_of: Callable[[str], Iterable[tuple[int, int]]]) -> Peer:
    """A peer that names letters, by line and column from 0: a word is named if a letter of it is."""

    def named(text: str, spans: Sequence[Span]) -> set[int]:
        lines = text.splitlines(keepends=True)
        starts = [0, *accumulate(map(len, lines))]
        places = sorted(starts[line] + column for line, column in places_of(text))

        def is_named(span: Span) -> bool:
            at = bisect_left(places, span[0])
            return at < len(places) and places[at] < span[1]

        return {n for n, span in enumerate(spans) if is_named(span)}

    return named


def ruff(text: str) -> Iterable[tuple[int, int]]:
    """RUF003, which looks into comments: each line of the text is one."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "text.py"
        path.write_text("".join(f"# {line}\n" for line in text.splitlines()), encoding="utf-8")
        command = ["ruff", "check", "--isolated", "--select", "RUF003", "--output-format", "json", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    named: list[dict[str, dict[str, int]]] = json.loads(done.stdout or "[]")
    marks = [one["location"] for one in named]
    return [(mark["row"] - 1, mark["column"] - 3) for mark in marks]


def check_unicode(text: str) -> Iterable[tuple[int, int]]:
    """`check-unicode --allow-printable --check-confusables`."""
    check: Callable[..., list[Any]] = import_module("check_unicode.checker").check_confusables
    return [(one.line - 1, one.col - 1) for one in check("text", text=text)]


def peers() -> dict[str, Peer]:
    """What is installed beside us."""
    found: dict[str, Peer] = {"letters of both scripts": plain}
    if find_spec("confusable_homoglyphs"):
        found["confusable_homoglyphs"] = by_word(
            import_module("confusable_homoglyphs.confusables").is_dangerous
        )
    if find_spec("disarm"):
        disarm: Any = import_module("disarm")
        found["disarm"] = by_word(lambda word: disarm.is_mixed_script(word) and disarm.is_confusable(word))
    if find_spec("check_unicode"):
        found["check-unicode"] = by_letter(check_unicode)
    if which("ruff"):
        found["ruff RUF003"] = by_letter(ruff)
    return found


def script_findings(normalizer: Normalizer, text: str) -> list[Finding]:
    return [one for one in normalizer.find(text) if one.rule in RULES or one.rule.startswith("toponym")]


def measure(name: str, text: str, args: argparse.Namespace, out: Callable[[str], object] = print) -> None:
    """The figures of one text, in one line; the first misses below it."""
    normalizer, injector, others = Normalizer(dictionaries=args.dictionary), Injector(), peers()
    taken = [(one.start, one.end) for one in normalizer.find(text)]
    total = found = exact = safe = 0
    seen = dict.fromkeys(others, 0)
    misses: list[str] = []
    for number in range(args.rounds):
        injected = injector.inject(text, taken, args.every, random.Random(args.seed + number))
        findings = script_findings(normalizer, injected.text)
        for span, word in zip(injected.spans, injected.words, strict=True):
            own = [one for one in _near(findings, span) if one.start < span[1] and span[0] < one.end]
            right = [one for one in own if rewritten(span, injected.text, one) == word]
            total += 1
            found += bool(own)
            exact += bool(right)
            safe += any(one.applicability == "safe" for one in right)
            if not right:
                told = [(one.rule, one.replacement, str(one.applicability)) for one in own]
                misses.append(f"    {injected.text[max(0, span[0] - 20) : span[1] + 12]!r}: {word} {told}")
        for peer, judge in others.items():
            seen[peer] += len(judge(injected.text, injected.spans))
    shares = {"recall": found, "exact": exact, "safe": safe, **seen}
    told = "  ".join(f"{key} {count / max(1, total):.4f}" for key, count in shares.items())
    out(f"{name}: {total} words  {told}")
    words = [one.span() for one in WORD.finditer(text) if len(one[0]) > 1]
    own = [(one.start, one.end) for one in script_findings(normalizer, text) if one.rule in RULES]
    starts = [start for start, _ in own]
    clean = {"normalize": sum(_touches(word, own, starts) for word in words)}
    clean |= {peer: len(judge(text, words)) for peer, judge in others.items()}
    told = "  ".join(f"{key} {10_000 * count / max(1, len(words)):.2f}" for key, count in clean.items())
    out(f"{name}: in 10,000 of {len(words)} clean words  {told}")
    for miss in misses[: args.misses]:
        out(miss)


def _near(findings: Sequence[Finding], span: Span) -> Iterable[Finding]:
    at = bisect_left(findings, span[0], key=lambda one: one.start)
    return findings[max(0, at - 2) : at + 3]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="+", metavar="LANGUAGE=FILE")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--every", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dictionary", action="append", default=[], metavar="SOURCE", help="as configured")
    parser.add_argument("--misses", type=int, default=0, help="show so many that were not repaired exactly")
    args = parser.parse_args()
    for given in args.texts:
        name, _, path = given.partition("=")
        measure(name, Path(path).read_text(encoding="utf-8"), args)


if __name__ == "__main__":
    main()
