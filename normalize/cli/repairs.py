"""The repairs of a text: those that a level of fixes makes, and what remains to be found after them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from normalize.reports.located import Located, Origin


class Repairs:
    """A piece of a file that begins at `origin`, judged by `found` and repaired.

    `made` are the findings that were repaired, `text` is what became of the text, and `remaining` is
    what is found in it now.
    """

    def __init__(
        self, found: Callable[[bytes, Origin], Sequence[Located]], text: bytes, origin: Origin, fixes: str
    ) -> None:
        findings = found(text, origin)
        self.source = text
        self.made = _made(findings, fixes)
        self.text = _applied(text, origin[1], self.made) if self.made else text
        self.remaining = found(self.text, origin) if self.made else findings


def _made(findings: Sequence[Located], fixes: str) -> list[Located]:
    if fixes == "none":
        return []
    return [one for one in findings if (one.is_repairable if fixes == "unsafe" else one.is_safe)]


def _applied(text: bytes, first: int, made: list[Located]) -> bytes:
    """The text, whose first byte has this number in the file, with replacements in place."""
    pieces: list[bytes] = []
    done = 0
    for one in made:
        pieces.append(text[done : one.start_byte - first])
        pieces.append((one.replacement or "").encode("utf-8", "surrogateescape"))
        done = one.end_byte - first
    pieces.append(text[done:])
    return b"".join(pieces)


def diff(file: str, repairs: Repairs, origin: Origin) -> Iterator[str]:
    """The lines of a unified diff of what was repaired."""
    from normalize.offsets import Edit, OffsetMap
    from normalize.reports.diff import unified_diff

    first = origin[0]
    edits = [Edit(one.start - first, one.end - first, one.replacement or "") for one in repairs.made]
    source, target = (data.decode("utf-8", "surrogateescape") for data in (repairs.source, repairs.text))
    spans = [(edit.start, edit.end) for edit in edits]
    return unified_diff(file, source, target, spans, OffsetMap(edits).to_target)
