"""What each engine answers to a text, entry by entry, so that answers can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from normalize.engines import make_worker
from normalize.model import Finding, Mention
from normalize.offsets import Edit, apply_edits
from normalize.reference.analysis import Analyser, Analysis
from normalize.result import applied
from normalize.ruleset.reader import Ruleset
from normalize.scheme import Transliterator
from normalize.worker import ReferenceWorker, Worker

Answers = dict[str, object]

_SCHEMES: WeakKeyDictionary[Ruleset, dict[tuple[str, bool], Transliterator]] = WeakKeyDictionary()
"""The reference engine's transliterators, which take longer to make than to use, by ruleset."""


@dataclass(frozen=True)
class Difference:
    """An entry to which the engines answer differently."""

    entry: str
    reference: object
    native: object


@dataclass(frozen=True)
class Judged:
    """What an engine finds and sees named in a text."""

    findings: list[Finding]
    mentions: list[Mention]


class Pair:
    """Both engines on one ruleset, with the same levels and allowed words."""

    def __init__(self, ruleset: Ruleset, levels: Mapping[str, str], allow: frozenset[str]) -> None:
        self.ruleset = ruleset
        reference = make_worker(ruleset, "reference", levels, allow)
        assert isinstance(reference, ReferenceWorker)
        engine = reference._engine  # pyright: ignore[reportPrivateUsage]
        _analyse_once(engine._analyser)  # pyright: ignore[reportPrivateUsage]
        engine._schemes = _SCHEMES.setdefault(ruleset, engine._schemes)  # pyright: ignore[reportPrivateUsage]
        self._reference: Worker = reference
        self._native = make_worker(ruleset, "native", levels, allow)

    def difference(self, text: str) -> Judged | Difference:
        """The first entry that says what is in the text to which the answers differ, or what both say."""
        try:
            judged = self._judged(text)
            expected = _expected(text, judged)
        except Exception as error:
            return Difference("reference", repr(error), None)
        return _first(expected, self._asked(text)) or judged

    def scheme_difference(self, text: str, scheme: str, reverse: bool) -> Difference | None:
        """The same for transliteration."""
        try:
            output = self._reference.transliterate(text, scheme, reverse)
        except Exception as error:
            return Difference("reference", repr(error), None)
        entry = f"transliterate {scheme}{' reverse' if reverse else ''}"
        native = self._native
        beside = [text, "", text]
        asked: dict[str, Callable[[], object]] = {
            entry: lambda: native.transliterate(text, scheme, reverse),
            entry + " in a batch": lambda: native.transliterate_batch(beside, scheme, reverse),
        }
        expected: Answers = {entry: output, entry + " in a batch": [output, "", output]}
        data, coded = _bytes(text), _bytes(output)
        if data is not None:
            expected[entry + " of bytes"] = coded
            asked[entry + " of bytes"] = lambda: native.transliterate(data, scheme, reverse)
        return _first(expected, asked)

    def lookup_difference(self, name: str) -> Difference | None:
        """The same for the look-up of a whole name."""
        return _first({"lookup": self._reference.lookup(name)}, {"lookup": lambda: self._native.lookup(name)})

    def _judged(self, text: str) -> Judged:
        mentions = self._reference.mentions(text)
        return Judged(self._reference.find(text), mentions)

    def _asked(self, text: str) -> dict[str, Callable[[], object]]:
        native = self._native
        asked: dict[str, Callable[[], object]] = {
            "find": lambda: native.find(text),
            "mentions": lambda: native.mentions(text),
            "normalize": lambda: native.normalize(text, "safe"),
            "normalize gives the same object": lambda: native.normalize(text, "safe") is text,
            "apply": lambda: native.apply(text, "unsafe").text,
            "edits": lambda: native.apply(text, "unsafe").edits,
            "normalize_batch": lambda: native.normalize_batch([text, "", text]),
        }
        data = _bytes(text)
        if data is not None:
            asked |= {
                "find in bytes": lambda: native.find(data),
                "mentions in bytes": lambda: native.mentions(data),
                "normalize bytes": lambda: native.normalize(data, "safe"),
                "apply to bytes": lambda: native.apply(data, "unsafe").text,
            }
        return asked


def _expected(text: str, judged: Judged) -> Answers:
    """What follows from findings and mentions: so the reference engine is asked only once."""
    findings, mentions = judged.findings, judged.mentions
    edits = {
        fixes: [Edit(one.start, one.end, one.replacement or "") for one in applied(findings, fixes)]
        for fixes in ("safe", "unsafe")
    }
    safe, all_made = (apply_edits(text, edits[fixes]) for fixes in ("safe", "unsafe"))
    return {
        "find": findings,
        "mentions": mentions,
        "normalize": safe,
        "normalize gives the same object": not edits["safe"],
        "apply": all_made,
        "edits": edits["unsafe"],
        "normalize_batch": [safe, "", safe],
        "find in bytes": findings,
        "mentions in bytes": mentions,
        "normalize bytes": _bytes(safe),
        "apply to bytes": _bytes(all_made),
    }


def _first(expected: Answers, asked: Mapping[str, Callable[[], object]]) -> Difference | None:
    for entry, ask in asked.items():
        try:
            answer = ask()
        except BaseException as error:  # a panic of the native engine is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            return Difference(entry, expected[entry], repr(error))
        if answer != expected[entry]:
            return Difference(entry, expected[entry], answer)
    return None


def _bytes(text: str) -> bytes | None:
    """The bytes that a text stands for; None for one that no bytes give."""
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return None
    return data if data.decode("utf-8", "surrogateescape") == text else None


def _analyse_once(analyser: Analyser) -> None:
    """Let findings and mentions of a text share its analysis, the most of the reference engine's work.

    Engines of one ruleset share their analyser: it is told only once, else calls would nest ever deeper.
    """
    if "analyse" in vars(analyser):
        return
    analyse = analyser.analyse
    last: list[tuple[str, Analysis | None]] = []

    def once(text: str) -> Analysis | None:
        if not last or last[0][0] != text:
            last[:] = [(text, analyse(text))]
        return last[0][1]

    analyser.analyse = once
