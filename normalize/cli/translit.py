"""`normalize translit SCHEME`: a filter that transliterates."""

from __future__ import annotations

import sys

from normalize.cli.blocks import blocks, pieces
from normalize.cli.document import BOM
from normalize.cli.progress import Progress
from normalize.cli.streams import output, stdin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from normalize.cli.options import Options


def run(options: Options) -> int:
    from normalize import transliterate

    scheme, reverse = options.scheme or "", options.reverse
    transliterate("", scheme, reverse)  # an unknown scheme is told before input is waited for
    source, out = stdin(), output()
    parts: Iterable[bytes] = (
        (data for data, _ in blocks(source, by_line=True)) if options.line_buffered else pieces(source)
    )
    progress = Progress("read", unit="MB", quiet=sys.stdout.isatty())
    for number, part in enumerate(parts):
        mark = BOM if not number and part.startswith(BOM) else b""
        out.write(mark + transliterate(part[len(mark) :], scheme, reverse))
        progress.advance(len(part) / 1e6)
    progress.clear()
    return 0
