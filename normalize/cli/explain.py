"""`normalize explain TEXT`: why each word was judged as it was."""

from __future__ import annotations

import sys

from normalize.cli.normalizers import STDIN, Normalizers
from normalize.cli.streams import columns, stdin
from normalize.reports.display import clipped, padded, visible, width
from normalize.reports.style import Style, wants_colour

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize import Explanation
    from normalize.cli.options import Options

_WORD = 24
"""The widest that the column of words grows."""


def run(options: Options) -> int:
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
    script = f"{explanation.script:{scripts}}"
    reasons = "; ".join(visible(reason) for reason in explanation.reasons)
    if finding is None:
        because = f"  {style.dim(f'({reasons})')}" if reasons else ""
        return f"{word}  {script}  {explanation.verdict}{because}\n"
    head = f"{style.bold(word)}  {script}  {style.bad(finding.rule)}"
    if finding.replacement is not None:
        repair = visible(finding.replacement) or "removed"
        head += f" -> {style.good(repair)} ({finding.applicability})"
    indent = width(word) + scripts + 4
    lines = [visible(finding.message), f"{explanation.verdict}: {reasons}"]
    return f"{head}\n" + "".join(f"{part}\n" for line in lines for part in _wrapped(line, indent))


def _wrapped(line: str, indent: int) -> list[str]:
    """The line in as many as the terminal needs, each indented."""
    from textwrap import wrap

    return wrap(
        line, max(columns(), indent + 30), initial_indent=" " * indent, subsequent_indent=" " * indent
    )
