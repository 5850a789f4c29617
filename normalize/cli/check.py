"""`normalize check`: reports findings, changes nothing."""

from __future__ import annotations

import sys

from normalize.cli.document import origin_after, without_bom
from normalize.cli.errors import FileError
from normalize.cli.files import Target, targets, unreadable
from normalize.cli.formats import found_in
from normalize.cli.judged import judged
from normalize.cli.session import Session, check_paths
from normalize.reports.located import START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normalize.cli.judges import Judge
    from normalize.cli.options import Options
    from normalize.reports.located import Located


def run(options: Options) -> int:
    paths = check_paths(options)
    baseline = None
    if options.baseline is not None or options.write_baseline:
        from normalize.cli.baseline import baseline_of

        baseline = baseline_of(options)
    session = Session(options, sys.stdout)
    whole = options.stdin_filename is not None
    for target, findings in judged(session, targets(paths, session.normalizers, options.stdin_filename)):
        if baseline is not None and baseline.is_at(target.name):
            continue
        try:
            found = _findings(session, target, whole) if findings is None else findings
            session.found(baseline.unknown(target.name, found) if baseline else found)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            session.complain(unreadable(target.name, error))
    if baseline is not None:
        try:
            baseline.end()
        except FileError as error:
            session.complain(error)
        return session.end(some=session.summary.findings > 0, sentence=not baseline.writing)
    return session.end(some=session.summary.findings > 0)


def _findings(session: Session, target: Target, whole: bool) -> Iterable[Located]:
    judge = session.normalizers.judge(target.settings)
    if target.path is not None:
        with open(target.path, "rb") as file:
            data = file.read()
    elif whole:
        from normalize.cli.streams import stdin

        data = stdin().read_all()
    else:
        return _findings_of_stream(judge, target.name)
    _, text, origin = without_bom(data)
    return found_in(judge, target.format, text, target.name, origin)


def _findings_of_stream(judge: Judge, name: str) -> Iterator[Located]:
    from normalize.cli.segments import segments
    from normalize.cli.streams import stdin

    origin = START
    for data, opaque in segments(stdin()):
        if not opaque:
            yield from judge.found(data, name, origin)
        origin = origin_after(data, origin)
