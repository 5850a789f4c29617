"""`normalize check`: reports findings, changes nothing."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from normalize.cli.errors import FileError, reason
from normalize.cli.files import Target, document, targets
from normalize.cli.segments import BOM, segments
from normalize.cli.session import Session, check_paths
from normalize.cli.streams import stdin
from normalize.reports.located import START, Located, Origin, advance, locate


def run(options: Namespace) -> int:
    paths = check_paths(options)
    session = Session(options, sys.stdout)
    whole = options.stdin_filename is not None
    for target in targets(paths, session.normalizers, session.complain, options.stdin_filename):
        try:
            session.found(_findings(session, target, whole))
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            session.complain(
                FileError(f"{target.name}: cannot be read ({reason(error)}); check its permissions")
            )
    return session.end(some=session.summary.findings > 0)


def _findings(session: Session, target: Target, whole: bool) -> Iterator[Located]:
    normalizer = session.normalizers(target.settings)
    ruleset = normalizer.ruleset_sha256
    if target.path is None and not whole:
        origin = START
        for data, opaque in segments(stdin()):
            text = data.decode("utf-8", "surrogateescape")
            if not opaque:
                yield from locate(target.name, text, normalizer.find(text), ruleset, origin)
            origin = Origin(point=1, byte=3) if data == BOM and origin == START else advance(origin, text)
        return
    source = document(stdin().read_all() if target.path is None else target.path.read_bytes())
    yield from locate(target.name, source.text, normalizer.find(source.text), ruleset, source.origin)
