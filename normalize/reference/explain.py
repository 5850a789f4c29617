"""Explanations: every word of a text with the verdict on it and the facts that led there."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from normalize.model import Explanation, Finding
from normalize.reference.analysis import Analysis
from normalize.reference.document import Paragraph
from normalize.reference.judge import OTHER, PLACE, Candidate
from normalize.reference.languages import LanguageChooser
from normalize.reference.stray import StrayVerdict
from normalize.reference.verdicts import YES, Features

_SILENT = frozenset((YES, "false", "none", "4+", "tie"))


class Judging(Protocol):
    """What explanations ask of an engine."""

    def meant_words(self, analysis: Analysis, paragraph: Paragraph) -> dict[int, str]: ...
    def script_of(self, text: str) -> str: ...
    def stray_verdict(
        self, analysis: Analysis, paragraph: Paragraph, index: int, meant: str, named: set[int] | None = None
    ) -> StrayVerdict | None: ...


def explanations(
    analysis: Analysis, engine: Judging, chooser: LanguageChooser, findings: list[Finding]
) -> list[Explanation]:
    """One explanation a name or word, in the order of the text."""
    found: list[Explanation] = []
    text = analysis.document.text
    document = chooser.of_document(chooser.counted(text))
    for number, paragraph in analysis.paragraphs.items():
        named: set[int] = set()
        for candidate in analysis.names[number]:
            if candidate.options:
                one = _of_name(analysis, candidate, findings)
                found.append(replace(one, reasons=one.reasons + _language(one.text, chooser, document)))
                named |= set(candidate.phrase.parts)
        found += [
            replace(one, reasons=one.reasons + _language(one.text, chooser, document))
            for one in _of_words(analysis, paragraph, number, named, engine, findings)
        ]
    return sorted(found, key=lambda one: one.start)


def _of_name(analysis: Analysis, candidate: Candidate, findings: list[Finding]) -> Explanation:
    phrase = candidate.phrase
    reasons = [
        f"{option.place.name} ({option.place.kind}, {option.place.id}): written as {option.kind}"
        for option in candidate.options[:5]
    ]
    if candidate.frame is not None:
        reasons.append(f"frame {candidate.frame.id}: {candidate.frame.effect}")
    if candidate.reason:
        reasons.append(candidate.reason)
    verdict = {PLACE: "place", OTHER: "not the place"}.get(candidate.verdict, "undecided")
    text = analysis.document.text[phrase.start : phrase.end]
    return Explanation(
        phrase.start,
        phrase.end,
        text,
        "name",
        verdict,
        tuple(reasons),
        _covering(findings, phrase.start, phrase.end),
    )


def _of_words(
    analysis: Analysis,
    paragraph: Paragraph,
    number: int,
    named: set[int],
    engine: Judging,
    findings: list[Finding],
) -> list[Explanation]:
    found: list[Explanation] = []
    mixed = {id(atom): judged for atom, _, judged in analysis.mixed.get(number, ())}
    meant = engine.meant_words(analysis, paragraph)
    for index, atom in enumerate(paragraph.atoms):
        if not atom.is_part or index in named:
            continue
        script = engine.script_of(atom.text) or "none"
        reasons: list[str] = [f"running script: {paragraph.running or 'none'}"]
        verdict = "fine"
        if atom.zone:
            reasons.append(f"inside a zone ({atom.zone})")
        if index in meant:
            reasons.append(f"meant: {meant[index]}")
        if id(atom) in mixed:
            judged = mixed[id(atom)]
            verdict = judged.verdict.id
            reasons += _told(judged.features)
        elif script not in ("mixed", "none") and not atom.zone:
            stray = engine.stray_verdict(analysis, paragraph, index, meant.get(index, ""))
            if stray is not None:
                verdict = stray.verdict.id
                reasons += _told(stray.features)
        found.append(
            Explanation(
                atom.start,
                atom.end,
                atom.text,
                script,
                verdict,
                tuple(reasons),
                _covering(findings, atom.start, atom.end),
            )
        )
    return found


def _language(text: str, chooser: LanguageChooser, document: list[str]) -> tuple[str, ...]:
    """By what scheme a Cyrillic word is written where none is named, and what told its language."""
    if not chooser.is_cyrillic(text):
        return ()
    choice = chooser.choose(text, document)
    return (f"language: {choice.language} (by its {choice.why}), {choice.scheme}",)


def _told(features: Features) -> list[str]:
    """The features that say something, as words."""
    told = [name.replace("_", " ") for name, value in features.items() if value == YES]
    told += [
        f"{name}: {value}" for name, value in features.items() if value not in _SILENT and name != "running"
    ]
    return told


def _covering(findings: list[Finding], start: int, end: int) -> Finding | None:
    return next((finding for finding in findings if finding.start < end and start < finding.end), None)
