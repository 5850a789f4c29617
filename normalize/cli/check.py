"""`normalize check`: reports findings, changes nothing."""

from __future__ import annotations

import sys

from normalize.cli.document import BOM, document
from normalize.cli.files import Target, targets, unreadable
from normalize.cli.judge import judged
from normalize.cli.session import Session, check_paths
from normalize.reports.located import AFTER_BOM, START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from normalize.cli.options import Options
    from normalize.reports.located import Located


def run(options: Options) -> int:
    paths = check_paths(options)
    session = Session(options, sys.stdout)
    whole = options.stdin_filename is not None
    for target, findings in judged(session, targets(paths, session.normalizers, options.stdin_filename)):
        try:
            session.found(_findings(session, target, whole) if findings is None else findings)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            session.complain(unreadable(target.name, error))
    return session.end(some=session.summary.findings > 0)


def _findings(session: Session, target: Target, whole: bool) -> Iterator[Located]:
    from normalize.reports.locate import advance, locate

    normalizer = session.normalizers(target.settings)
    ruleset = normalizer.ruleset_sha256
    if target.path is None and not whole:
        from normalize.cli.segments import segments
        from normalize.cli.streams import stdin

        origin = START
        for data, opaque in segments(stdin()):
            text = data.decode("utf-8", "surrogateescape")
            if not opaque:
                yield from locate(target.name, text, normalizer.find(text), ruleset, origin)
            origin = AFTER_BOM if data == BOM and origin is START else advance(origin, text)
        return
    source = document(_content(target))
    yield from locate(target.name, source.text, normalizer.find(source.text), ruleset, source.origin)


def _content(target: Target) -> bytes:
    if target.path is None:
        from normalize.cli.streams import stdin

        return stdin().read_all()
    with open(target.path, "rb") as file:
        return file.read()
