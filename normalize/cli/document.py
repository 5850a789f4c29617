"""A file's bytes: what is judged, and what goes before it."""

from __future__ import annotations

from normalize.reports.located import AFTER_BOM, START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.reports.located import Origin

BOM = b"\xef\xbb\xbf"


def without_bom(data: bytes) -> tuple[bytes, bytes, Origin]:
    """The byte order mark, if there is one, the text after it, and where that begins."""
    if data.startswith(BOM):
        return BOM, data[len(BOM) :], AFTER_BOM
    return b"", data, START


def origin_after(data: bytes, origin: Origin) -> Origin:
    """Where a piece of text ends that begins at `origin`."""
    if data == BOM and origin == START:
        return AFTER_BOM
    try:
        from normalize._native import origin_after
    except ImportError:
        from normalize.reports.locate import advance

        return advance(origin, data.decode("utf-8", "surrogateescape"))
    return origin_after(data, origin)
