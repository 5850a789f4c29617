"""What stands in a file: its text without the byte order mark, and where that begins."""

from __future__ import annotations

from normalize.reports.located import AFTER_BOM, START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.reports.located import Origin

BOM = b"\xef\xbb\xbf"


class Document:
    """A file's text (invalid bytes by `surrogateescape`), without its byte order mark."""

    __slots__ = ("bom", "origin", "text")

    def __init__(self, bom: bytes, text: str, origin: Origin) -> None:
        self.bom = bom
        self.text = text
        self.origin = origin

    def encoded(self, text: str) -> bytes:
        """The bytes of the file with this text in place of its own."""
        return self.bom + text.encode("utf-8", "surrogateescape")


def document(data: bytes) -> Document:
    """A file's bytes as a document."""
    if data.startswith(BOM):
        return Document(BOM, data[len(BOM) :].decode("utf-8", "surrogateescape"), AFTER_BOM)
    return Document(b"", data.decode("utf-8", "surrogateescape"), START)
