"""The filter: standard input to standard output, repaired block by block, no byte lost."""

from __future__ import annotations

import sys

from normalize.cli.normalizers import STDIN, Normalizers
from normalize.cli.progress import Progress
from normalize.cli.segments import segments
from normalize.cli.streams import output, stdin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.cli.options import Options


def run(options: Options) -> int:
    normalizers = Normalizers(options)
    settings = normalizers.settings(STDIN)
    judge = normalizers.judge(settings)
    fixes = options.fixes or settings.fixes
    source, out = stdin(), output()
    progress = Progress("read", unit="MB", quiet=sys.stdout.isatty())
    for data, opaque in segments(source, by_line=options.line_buffered):
        out.write(data if opaque else judge.repaired(data, fixes))
        progress.advance(len(data) / 1e6)
    progress.clear()
    return 0
