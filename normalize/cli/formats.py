"""Judging a file by its format: its texts one by one, and nothing that is to stay as it is."""

from __future__ import annotations

from normalize.cli.document import origin_after
from normalize.spans import merged, touches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from normalize.cli.judges import Judge
    from normalize.formats import Format
    from normalize.reports.located import Located, Origin
    from normalize.spans import Span


def found_in(
    judge: Judge, format: Format | None, data: bytes, file: str, origin: Origin
) -> Sequence[Located]:
    """What is found in a file, without its byte order mark, that begins at `origin`."""
    if format is None:
        return judge.found(data, file, origin)
    spans = format.documents(data) if format.documents else None
    if spans is None:
        return of_prose(judge.found(data, file, origin), format, data, origin)
    texts = _texts(data, spans, origin)
    return [one for text, begins in texts for one in _found_in_text(judge, format.read, text, file, begins)]


def of_prose(found: Sequence[Located], format: Format, data: bytes, origin: Origin) -> Sequence[Located]:
    """The findings that touch nothing which stays as it is."""
    if not found or format.verbatim is None:
        return found
    kept = merged(format.verbatim(data.decode("utf-8", "surrogateescape")))
    first = origin[0]
    return [one for one in found if not touches(kept, one.start - first, one.end - first)]


def _found_in_text(
    judge: Judge, read: Callable[[bytes], bytes] | None, text: bytes, file: str, origin: Origin
) -> Sequence[Located]:
    judged = read(text) if read else text
    found = judge.found(judged, file, origin)
    return [_as_written(one, text, origin) for one in found] if found and judged != text else found


def _as_written(one: Located, text: bytes, origin: Origin) -> Located:
    """A finding whose source lines are shown as they stand in the file, and not as they were judged."""
    from normalize.reports.located import Line, Located

    chars = text.decode("utf-8", "surrogateescape")
    lines: list[Line] = []
    for line in one.lines:
        begins = one.start - origin[0] + line.offset - line.start
        shown = chars[begins : begins + len(line.text)]
        lines.append(Line(shown, line.start, line.end, line.offset, line.before, line.after))
    facts = {name: getattr(one, name) for name in Located.__slots__ if name != "lines"}
    return Located(**facts, lines=lines)


def _texts(data: bytes, spans: Sequence[Span], origin: Origin) -> Iterator[tuple[bytes, Origin]]:
    """The texts with where they begin."""
    at = 0
    for start, end in spans:
        if start < end:
            origin = origin_after(data[at:start], origin)
            at = start
            yield data[start:end], origin
