"""`normalize translit SCHEME`: a filter that transliterates."""

from __future__ import annotations

import sys

from normalize.cli.blocks import blocks, pieces
from normalize.cli.document import BOM
from normalize.cli.errors import UsageError, warn
from normalize.cli.progress import Progress
from normalize.cli.streams import output, stdin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from normalize.cli.options import Options


def run(options: Options) -> int:
    rewrite = _rewrite(options)
    rewrite(b"")  # an unknown scheme is told before input is waited for
    lost = None
    if options.ascii:
        from normalize.romanize.ascii import Ascii

        lost = Ascii()
    source, out = stdin(), output()
    by_block = options.scheme is None  # the language of a word is told from those around it
    parts: Iterable[bytes] = (
        (data for data, _ in blocks(source, by_line=options.line_buffered))
        if options.line_buffered or by_block
        else pieces(source)
    )
    progress = Progress("read", unit="MB", quiet=sys.stdout.isatty())
    for number, part in enumerate(parts):
        mark = BOM if not number and part.startswith(BOM) else b""
        target = rewrite(part[len(mark) :])
        out.write(mark + (lost.data(target) if lost else target))
        progress.advance(len(part) / 1e6)
    progress.clear()
    account = lost.account() if lost else ""
    if account:
        warn(f"--ascii: {account}")
    return 0


def _rewrite(options: Options) -> Callable[[bytes], bytes]:
    """What the options ask for, as a function of bytes. Raises `UsageError`."""
    scheme, reverse, lossy = options.scheme, options.reverse, options.lossy
    if lossy and not (reverse or options.source):
        raise UsageError("--lossy goes with --reverse or --from; leave it out")
    if options.source and (reverse or scheme is None):
        raise UsageError("--from needs the SCHEME to convert to, and no --reverse")
    apostrophe = options.apostrophe
    if apostrophe and (reverse or options.source):
        raise UsageError(
            "--apostrophe does not go with --reverse or --from: a text goes back by its scheme's own signs"
        )
    if scheme is None:
        from normalize.cli.normalizers import STDIN, Normalizers

        normalizers = Normalizers(options)
        nz = normalizers(normalizers.settings(STDIN))
        return lambda data: nz.transliterate(data, None, reverse, apostrophe=apostrophe)
    from normalize import convert, transliterate

    origin = options.source
    if origin:
        return lambda data: convert(data, origin, scheme, lossy=lossy)
    return lambda data: transliterate(data, scheme, reverse, lossy=lossy, apostrophe=apostrophe)
