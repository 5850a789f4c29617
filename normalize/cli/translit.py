"""`normalize translit SCHEME`: a filter that transliterates."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable

from normalize.cli.blocks import blocks, pieces
from normalize.cli.progress import Progress
from normalize.cli.segments import BOM
from normalize.cli.streams import output, stdin


def run(options: Namespace) -> int:
    from normalize import transliterate

    scheme, reverse = options.scheme, options.reverse
    transliterate("", scheme, reverse)  # an unknown scheme is told before input is waited for
    source, out = stdin(), output()
    parts: Iterable[bytes] = (
        (block.data for block in blocks(source, by_line=True)) if options.line_buffered else pieces(source)
    )
    progress = Progress("read", unit="MB", quiet=sys.stdout.isatty())
    for number, part in enumerate(parts):
        mark = BOM if not number and part.startswith(BOM) else b""
        out.write(mark + transliterate(part[len(mark) :], scheme, reverse))
        if options.line_buffered:
            out.flush()
        progress.advance(len(part) / 1e6)
    progress.clear()
    return 0
