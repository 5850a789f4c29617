"""Files whose format says what in them is prose: told by the ending of their name.

Plain text, HTML and everything else is read as it stands: the zones of the ruleset know links, code and
tags wherever they are. What zones cannot know is told here: blocks that are code because of how far they are
indented, names that a document refers to itself by, and which strings of a data file are texts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from normalize.spans import Span


class Format:
    """How a format is read. Each of the three is None where the format has no such thing.

    `verbatim` gives the parts of a text that are not to be touched, in code points, in any order.
    `documents` gives the parts of a file that are texts, in bytes, sorted and disjoint, each to be judged by
    itself; or None where the file is not of the format after all, and so read as plain text.
    `read` gives the bytes that such a text is judged by, as many: without letters that only escape something.
    """

    __slots__ = ("documents", "read", "verbatim")

    def __init__(
        self,
        verbatim: Callable[[str], Sequence[Span]] | None = None,
        documents: Callable[[bytes], Sequence[Span] | None] | None = None,
        read: Callable[[bytes], bytes] | None = None,
    ) -> None:
        self.verbatim = verbatim
        self.documents = documents
        self.read = read


def format_of(name: str) -> Format | None:
    """The format of a file of this name; None for one that is read as it stands."""
    _, dot, ending = name.rpartition(".")
    return _BY_ENDING.get(ending.lower()) if dot else None


def _in_markdown(text: str) -> Sequence[Span]:
    if "    " not in text and "\t" not in text:
        return ()  # no line can be far enough in
    from normalize.formats.markdown import verbatim

    return verbatim(text)


def _in_rst(text: str) -> Sequence[Span]:
    from normalize.formats.rst import verbatim

    return verbatim(text)


def _in_json(data: bytes) -> Sequence[Span] | None:
    from normalize.formats.json import documents

    return documents(data)


def _read_json(text: bytes) -> bytes:
    from normalize.formats.json import read

    return read(text)


_JSON = Format(documents=_in_json, read=_read_json)
_BY_ENDING = {
    **dict.fromkeys(("md", "markdown", "mdown", "mkd", "qmd", "rmd"), Format(verbatim=_in_markdown)),
    **dict.fromkeys(("rst", "rest"), Format(verbatim=_in_rst)),
    **dict.fromkeys(("json", "jsonl", "ndjson", "geojson", "webmanifest"), _JSON),
}
