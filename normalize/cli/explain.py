"""`normalize explain TEXT`: why each word was judged as it was."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from normalize.cli.normalizers import STDIN, Normalizers
from normalize.cli.streams import stdin
from normalize.reports.display import clipped, padded, visible, width
from normalize.reports.style import Style, wants_colour

if TYPE_CHECKING:
    from normalize import Explanation

_WORD = 24
"""The widest that the column of words grows."""


def run(options: Namespace) -> int:
    text = (
        " ".join(options.text)
        if options.text != ["-"]
        else stdin().read_all().decode("utf-8", "surrogateescape")
    )
    normalizers = Normalizers(options)
    explanations = normalizers(normalizers.settings(STDIN)).explain(text)
    style = Style(wants_colour(options.color, sys.stdout))
    words = [clipped(visible(explanation.text), _WORD) for explanation in explanations]
    size = max((width(word) for word in words), default=0)
    scripts = max((len(explanation.script) for explanation in explanations), default=0)
    for word, explanation in zip(words, explanations, strict=True):
        sys.stdout.write(_shown(padded(word, size), explanation, scripts, style))
    if not explanations:
        sys.stdout.write("No words in this text.\n")
    return 0


def _shown(word: str, explanation: Explanation, scripts: int, style: Style) -> str:
    finding = explanation.finding
    verdict = style.bad(explanation.verdict) if finding else explanation.verdict
    head = f"{style.bold(word)}  {explanation.script:{scripts}}  {verdict}"
    if finding and finding.replacement is not None:
        head += f" -> {style.good(visible(finding.replacement))} ({finding.applicability})"
    lines = [head, *(f"{'':{width(word)}}  {visible(reason)}" for reason in explanation.reasons)]
    return "".join(f"{line}\n" for line in lines)
