"""Judging a file by its format: its texts one by one, and nothing that is to stay as it is."""

from __future__ import annotations

from normalize.cli.document import origin_after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from normalize.cli.judges import Judge
    from normalize.formats import Format, Span
    from normalize.reports.located import Located, Origin


def found_in(
    judge: Judge, format: Format | None, data: bytes, file: str, origin: Origin
) -> Sequence[Located]:
    """What is found in a file, without its byte order mark, that begins at `origin`."""
    spans = format.documents(data) if format and format.documents else None
    if spans is not None:
        read = format.read if format else None
        texts = _texts(data, spans, origin)
        return [one for text, begins in texts for one in _found_in_text(judge, read, text, file, begins)]
    found = judge.found(data, file, origin)
    return of_prose(found, format, data, origin) if format else found


def of_prose(found: Sequence[Located], format: Format, data: bytes, origin: Origin) -> Sequence[Located]:
    """The findings that touch nothing which stays as it is."""
    if not found or format.verbatim is None:
        return found
    kept = _merged(format.verbatim(data.decode("utf-8", "surrogateescape")))
    first, number = origin[0], 0
    prose: list[Located] = []
    for one in found:
        while number < len(kept) and kept[number][1] <= one.start - first:
            number += 1
        if number == len(kept) or one.end - first <= kept[number][0]:
            prose.append(one)
    return prose


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
    return Located(
        one.file,
        one.ruleset,
        one.rule,
        one.text,
        one.replacement,
        one.applicability,
        one.message,
        one.place,
        one.start,
        one.end,
        one.start_byte,
        one.end_byte,
        one.line,
        one.column,
        one.end_line,
        one.end_column,
        lines,
    )


def _texts(data: bytes, spans: Sequence[Span], origin: Origin) -> Iterator[tuple[bytes, Origin]]:
    """The texts with where they begin."""
    at = 0
    for start, end in spans:
        if start < end:
            origin = origin_after(data[at:start], origin)
            at = start
            yield data[start:end], origin


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
