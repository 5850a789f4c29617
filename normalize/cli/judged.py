"""Judging many files: each is looked into once, and what is not text is told of or passed over."""

from __future__ import annotations

from normalize.cli.document import without_bom
from normalize.cli.errors import FileError, warn
from normalize.cli.files import Target, Walk, unreadable
from normalize.cli.formats import of_prose
from normalize.cli.judges import ReferenceJudge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normalize._native import Looks
    from normalize.cli.files import Event
    from normalize.cli.judges import Judge
    from normalize.cli.session import Session
    from normalize.reports.located import Located

    Findings = Sequence[Located] | None

BATCH = 128
"""So many files are found at a time, while the native engine's threads look into those before."""
_HEAD = 8192
_WHY_NOT = {
    "binary": "holds NUL bytes, so it was taken for binary and skipped; to force it use `normalize < {}`",
    "utf-16": "is UTF-16, so it was skipped; convert it: iconv -f UTF-16 -t UTF-8 {}",
}


def judged(session: Session, events: Iterator[Event]) -> Iterator[tuple[Target, Findings]]:
    """The text files in order, each with its findings, or None where they are still to be found.

    What else there is, is complained or warned of in its place. The order does not depend on threads.
    """
    looks = _Looks(session)
    before: list[Event | Exception] = []
    for batch in _batches(events):
        looks.begin(batch)
        yield from _told(session, before, looks)
        before = batch
    yield from _told(session, before, looks)


def _batches(events: Iterator[Event]) -> Iterator[list[Event | Exception]]:
    """The events by the hundred; an error that ends them is the last of them."""
    batch: list[Event | Exception] = []
    try:
        for event in events:
            batch.append(event)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except Exception as error:
        batch.append(error)
    if batch:
        yield batch


def _told(
    session: Session, batch: list[Event | Exception], looks: _Looks
) -> Iterator[tuple[Target, Findings]]:
    for event in batch:
        if isinstance(event, FileError):
            session.complain(event)
        elif isinstance(event, Exception):
            raise event
        elif isinstance(event, Walk):
            if not event.has_text and not event.has_others:
                session.complain(
                    FileError(f"{event.root}: holds no text file; name a directory or file with text")
                )
        elif not event.regular:
            yield event, None
        else:
            try:
                kind, findings = looks.end(event)
            except OSError as error:
                session.complain(unreadable(event.name, error))
                continue
            if kind != "text":
                if event.walk is None:
                    warn(f"{event.name}: {_WHY_NOT[kind].format(event.name)}")
                continue
            if event.walk is not None:
                event.walk.has_text = True
            yield event, findings


class _Looks:
    """Looks into files. The native engine's threads judge them; without it only their kind is told."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._native: Looks | None = None

    def begin(self, batch: list[Event | Exception]) -> None:
        """Gives the files to the threads. An error in settings takes the place of the first such file."""
        judge: Judge | None = None
        paths: list[str] = []
        for number, event in enumerate(batch):
            if not isinstance(event, Target) or not event.regular or _is_taken_apart(event):
                continue
            try:
                its_judge = self._session.normalizers.judge(event.settings)
            except Exception as error:
                batch[number:] = [error]
                break
            if its_judge is not judge:
                self._put(judge, paths)
                judge, paths = its_judge, []
            paths.append(event.name)
        self._put(judge, paths)

    def _put(self, judge: Judge | None, paths: list[str]) -> None:
        if judge is None or isinstance(judge, ReferenceJudge):
            return
        if self._native is None:
            from normalize._native import Looks

            self._native = Looks(self._session.threads)
        self._native.put(judge, paths)

    def end(self, target: Target) -> tuple[str, Findings]:
        """What a file is, and what was found in it; the files are asked for as they were given."""
        judge = self._session.normalizers.judge(target.settings)
        if isinstance(judge, ReferenceJudge) or self._native is None or _is_taken_apart(target):
            return _kind(target.name), None
        kind, findings = self._native.take(target.name)
        if findings and target.format:
            with open(target.name, "rb") as file:
                _, text, origin = without_bom(file.read())
            findings = of_prose(findings, target.format, text, origin)
        return kind, findings


def _is_taken_apart(target: Target) -> bool:
    """Whether its texts are judged one by one, which the threads do not do."""
    return target.format is not None and target.format.documents is not None


def _kind(path: str) -> str:
    """`text`, `binary` or `utf-16`, as the first 8 KiB tell."""
    with open(path, "rb", buffering=0) as file:
        head = file.read(_HEAD)
    if b"\0" not in head:
        return "text"
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "binary"
