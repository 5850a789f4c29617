"""What of a stream is to be judged: its blocks, without its byte order mark and what was switched off.

A document's own marks are the business of `normalize.suppression`; only a `normalize: off` that is
still open where a block ends must be carried over to the next, and that is done here.
"""

from __future__ import annotations

from normalize.cli.blocks import SIZE, blocks, has_mark
from normalize.cli.document import BOM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from normalize.cli.blocks import Block, Source


def segments(source: Source, size: int = SIZE, by_line: bool = False) -> Iterator[Block]:
    """The stream in blocks, opaque where nothing is to be judged; joined, they are the stream."""
    off, first = False, True
    for data, opaque in blocks(source, size, by_line):
        if first and data.startswith(BOM):
            yield BOM, True
            data = data[len(BOM) :]
        first = False
        if off and not opaque:
            kept = _end_of_off(data)
            off = kept is None
            yield data[:kept], True
            data = b"" if kept is None else data[kept:]
        if data:
            yield data, opaque
            if not opaque and has_mark(data):
                from normalize.suppression import is_off_at_end

                off = is_off_at_end(data.decode("utf-8", "surrogateescape"))


def _end_of_off(data: bytes) -> int | None:
    """How many bytes still stand under an earlier `off`; None for all of them."""
    if not has_mark(data):
        return None
    from normalize.suppression import end_of_off

    text = data.decode("utf-8", "surrogateescape")
    end = end_of_off(text)
    return None if end is None else len(text[:end].encode("utf-8", "surrogateescape"))
