"""Judging many files: each is looked into once, and what is not text is told of or passed over."""

from __future__ import annotations

from normalize.cli.errors import FileError, warn
from normalize.cli.files import Target, Walk, unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normalize.cli.files import Event
    from normalize.cli.session import Session
    from normalize.reports.located import Located

BATCH = 512
"""How many files are looked into before the first of them is reported."""
_HEAD = 8192
_WHY_NOT = {
    "binary": "holds NUL bytes, so it was taken for binary and skipped; to force it use `normalize < {}`",
    "utf-16": "is UTF-16, so it was skipped; convert it: iconv -f UTF-16 -t UTF-8 {}",
}


class Look:
    """What one look into a file told: its kind (`text`, `binary`, `utf-16`), or why it cannot be read.

    `findings` is None where only the kind was looked at.
    """

    __slots__ = ("error", "findings", "kind")

    def __init__(
        self, kind: str, findings: Sequence[Located] | None = None, error: OSError | None = None
    ) -> None:
        self.kind = kind
        self.findings = findings
        self.error = error


def judged(session: Session, events: Iterator[Event]) -> Iterator[tuple[Target, Sequence[Located] | None]]:
    """The text files in order, each with its findings, or None where they are still to be found.

    What else there is, is complained or warned of in its place.
    """
    for batch in _batches(events):
        looks = map(_look, [one for one in batch if isinstance(one, Target) and one.regular])
        for event in batch:
            if isinstance(event, FileError):
                session.complain(event)
            elif isinstance(event, Walk):
                if not event.has_text and not event.has_others:
                    session.complain(
                        FileError(f"{event.root}: holds no text file; name a directory or file with text")
                    )
            elif not event.regular:
                yield event, None
            elif (look := next(looks)).error is not None:
                session.complain(unreadable(event.name, look.error))
            elif look.kind != "text":
                if event.walk is None:
                    warn(f"{event.name}: {_WHY_NOT[look.kind].format(event.name)}")
            else:
                if event.walk is not None:
                    event.walk.has_text = True
                yield event, look.findings


def _batches(events: Iterator[Event]) -> Iterator[list[Event]]:
    """The events by the hundred; those before an error still come, and then the error."""
    batch: list[Event] = []
    try:
        for event in events:
            batch.append(event)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _look(target: Target) -> Look:
    """The kind of a file, as its first 8 KiB tell."""
    assert target.path is not None
    try:
        with open(target.path, "rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError as error:
        return Look("", error=error)
    if b"\0" not in head:
        return Look("text")
    return Look("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "binary")
