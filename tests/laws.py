"""The laws of the design, each as a function that holds one normalizer to it on one text.

They ask for a `Normalizer` and a text only, so the same laws serve the shipped rulesets, generated
ones, and every engine.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from normalize import Normalizer, Unit
from normalize.engines import ENGINES, REQUIRE, chosen_engine
from normalize.errors import EngineError

Law = Callable[[Normalizer, str], None]
FIXES = ("safe", "unsafe", "none")


def engines_here() -> list[str]:
    """The engines that can be tested in this installation; all of them, where none may be missing."""
    found: list[str] = []
    for name in ENGINES:
        try:
            found.append(chosen_engine(name))
        except EngineError:
            if os.environ.get(REQUIRE, "") not in ("", "0"):
                raise
    return found


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def idempotent(nz: Normalizer, text: str) -> None:
    """What was normalized once is not changed again."""
    once = nz.normalize(text)
    assert nz.normalize(once) == once


def findings_are_true(nz: Normalizer, text: str) -> None:
    """Findings are sorted and disjoint, say what stands in the text, and promise something else."""
    done = 0
    for finding in nz.find(text):
        assert done <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
        assert finding.replacement != finding.text
        assert finding.replacement is not None or finding.applicability == "none"
        assert finding.message
        assert not {"\n", "\r"} & {*finding.message}, "a message is one line"
        done = finding.end


def edits_give_the_output(nz: Normalizer, text: str) -> None:
    """Edits are sorted and disjoint, and making them by hand gives the output."""
    for fixes in FIXES:
        result = nz.apply(text, fixes)
        rebuilt, done = "", 0
        for edit in result.edits:
            assert done <= edit.start <= edit.end <= len(text)
            rebuilt += text[done : edit.start] + edit.replacement
            done = edit.end
        assert rebuilt + text[done:] == result.text
        assert [f for f in result.findings if f in result.applied] == result.applied
        assert all(f.applicability == "safe" for f in result.applied) or fixes == "unsafe"


def bytes_outside_edits_stay(nz: Normalizer, text: str) -> None:
    """The same in bytes, whatever bytes they are."""
    data = encoded(text)
    result = nz.apply(data)
    rebuilt, done = b"", 0
    for edit in result.edits:
        start, end = len(encoded(text[: edit.start])), len(encoded(text[: edit.end]))
        rebuilt += data[done:start] + encoded(edit.replacement)
        done = end
    assert rebuilt + data[done:] == result.text
    assert result.text == encoded(nz.normalize(text))


def same_object_when_nothing_changes(nz: Normalizer, text: str) -> None:
    data = encoded(text)
    for source in (text, data):
        for fixes in FIXES:
            result = nz.apply(source, fixes)
            assert (result.text is source) == (not result.applied)
            assert (result.text == source) == (not result.applied)


def nothing_safe_nothing_done(nz: Normalizer, text: str) -> None:
    """A text in which no finding is safe comes back identical."""
    if all(finding.applicability != "safe" for finding in nz.find(text)):
        assert nz.normalize(text) is text


def maps_are_monotone(nz: Normalizer, text: str) -> None:
    """Both maps rise in every unit, keep both ends, and agree at the borders of edits."""
    result = nz.apply(text, "unsafe")
    for unit, width in ((Unit.CODE_POINTS, _points), (Unit.UTF8, _utf8), (Unit.UTF16, _utf16)):
        sizes = width(text), width(result.text)
        for size, other, convert in (
            (sizes[0], sizes[1], result.to_target),
            (sizes[1], sizes[0], result.to_source),
        ):
            mapped = [convert(offset, unit) for offset in range(size + 1)]
            assert mapped == sorted(mapped)
            assert (mapped[0], mapped[-1]) == (0, other) or result.edits
            assert 0 <= mapped[0] <= mapped[-1] <= other
        shift = 0
        for edit in result.edits:
            start, end = width(text[: edit.start]), width(text[: edit.end])
            target = start + shift
            assert result.to_target(start, unit) == target
            if edit.replacement:  # else both borders of what was removed fall together
                assert result.to_source(target, unit) == start
            shift += width(edit.replacement) - (end - start)
            assert result.to_target(end, unit) == end + shift
            if edit.replacement:
                assert result.to_source(end + shift, unit) == end


def _points(text: str) -> int:
    return len(text)


def _utf8(text: str) -> int:
    return len(encoded(text))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def bytes_and_str_agree(nz: Normalizer, text: str) -> None:
    assert nz.find(encoded(text)) == nz.find(text)
    assert nz.mentions(encoded(text)) == nz.mentions(text)


def batch_is_map(nz: Normalizer, text: str) -> None:
    texts = [text, "", text[::-1], text]
    assert nz.normalize_batch(texts) == [nz.normalize(one) for one in texts]


def pickled_is_equal(nz: Normalizer, text: str) -> None:
    data = pickle.dumps(nz)
    assert len(data) < 1024
    assert pickle.loads(data).find(text) == nz.find(text)


def threads_agree(nz: Normalizer, text: str) -> None:
    expected = nz.find(text)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(nz.find, [text] * 8)) == [expected] * 8


def mentions_are_in_range(nz: Normalizer, text: str) -> None:
    done = 0
    for mention in nz.mentions(text):
        assert done <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.candidates
        assert mention.place is None or mention.place in mention.candidates
        done = mention.end


def explanations_are_in_range(nz: Normalizer, text: str) -> None:
    previous = 0
    for one in nz.explain(text):
        assert previous <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.verdict
        assert all(one.reasons)
        previous = one.start


def line_ends_do_not_matter(nz: Normalizer, text: str) -> None:
    """CRLF text is judged as LF text is."""
    text = text.replace("\r", "")
    assert nz.normalize(text.replace("\n", "\r\n")) == nz.normalize(text).replace("\n", "\r\n")


LAWS: Sequence[Law] = (
    idempotent,
    findings_are_true,
    edits_give_the_output,
    bytes_outside_edits_stay,
    same_object_when_nothing_changes,
    nothing_safe_nothing_done,
    maps_are_monotone,
    bytes_and_str_agree,
    batch_is_map,
    mentions_are_in_range,
    explanations_are_in_range,
    line_ends_do_not_matter,
)
"""Every law that holds for any ruleset and text. Pickles and threads are asked of shipped rulesets only."""


def same_answers(engines: Sequence[Normalizer], text: str) -> None:
    """Engines agree on everything that can be asked of a text, as `str` and as bytes.

    Whole findings and mentions are compared, messages included, and not only the text that comes of them.
    """
    first, *others = engines
    sources: list[Any] = [text]
    if _comes_back(text):
        sources.append(encoded(text))
    for source in sources:
        expected = _answers(first, source)
        for nz in others:
            for entry, answer in _answers(nz, source).items():
                assert answer == expected[entry], f"{nz.engine}: {entry} of {source!r}"


def same_maps(engines: Sequence[Normalizer], text: str) -> None:
    """Engines agree on every offset, in every unit, both ways."""
    results = [nz.apply(text, "unsafe") for nz in engines]
    for unit, width in ((Unit.CODE_POINTS, _points), (Unit.UTF8, _utf8), (Unit.UTF16, _utf16)):
        if unit is Unit.UTF8 and not _comes_back(text):
            continue
        maps = [
            (
                [one.to_target(offset, unit) for offset in range(width(text) + 1)],
                [one.to_source(offset, unit) for offset in range(width(one.text) + 1)],
            )
            for one in results
        ]
        assert all(one == maps[0] for one in maps[1:]), unit


def same_scripts(engines: Sequence[Normalizer], text: str, scheme: str, reverse: bool) -> None:
    """Engines agree on a text in the other script."""
    for source in (text, encoded(text)) if _comes_back(text) else (text,):
        first, *others = (nz.transliterate(source, scheme, reverse) for nz in engines)
        assert all(one == first for one in others), source


def _answers(nz: Normalizer, source: Any) -> dict[str, object]:
    answers: dict[str, object] = {"find": nz.find(source), "mentions": nz.mentions(source)}
    for fixes in FIXES:
        result = nz.apply(source, fixes)
        answers[f"apply {fixes}"] = result.text, result.findings, result.applied, result.edits
        normalized = nz.normalize(source, fixes)
        answers[f"normalize {fixes}"] = normalized, normalized is source
    if isinstance(source, str):
        answers["batch"] = nz.normalize_batch([source, "", source[::-1], source])
        answers["lookup"] = [nz.lookup(word) for word in source.split()[:3]]
    return answers


def _comes_back(text: str) -> bool:
    """Whether there are bytes that the text is of."""
    try:
        return encoded(text).decode("utf-8", "surrogateescape") == text
    except UnicodeEncodeError:
        return False
