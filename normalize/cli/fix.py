"""`normalize fix`: rewrites files in place, or shows as a diff what would change.

Everything that can be wrong with the call (a missing path, a configuration, a profile) is found
before the first file is written, and then none is.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from normalize.cli.blocks import Block
from normalize.cli.errors import FileError, reason, tell
from normalize.cli.files import Document, Target, document, targets
from normalize.cli.segments import BOM, segments
from normalize.cli.session import Session, check_paths
from normalize.cli.streams import output, stdin
from normalize.cli.write import read_for_replacing, replace_content
from normalize.reports.diff import unified_diff
from normalize.reports.located import START, Located, Origin, advance, locate

if TYPE_CHECKING:
    from normalize import Normalizer


def run(options: Namespace) -> int:
    paths = check_paths(options)
    through = "-" in paths
    if through and len(paths) > 1:
        raise FileError("- stands for standard input and goes alone with fix; leave out the other paths")
    session = Session(options, sys.stderr if through else sys.stdout)
    found = list(targets(paths, session.normalizers, session.complain, options.stdin_filename))
    if session.failed:
        if found:
            tell("note", "nothing was written to the other paths either")
        return 2
    for target in found:
        session.normalizers(target.settings)
    fix = Fix(session, options)
    for target in found:
        try:
            fix.stream(target) if target.path is None and not options.diff else fix.file(target)
        except BrokenPipeError:
            raise
        except OSError as error:
            session.complain(FileError(f"{target.name}: cannot be read or written ({reason(error)})"))
        except FileError as error:
            session.complain(error)
    return fix.end()


class Fix:
    """Repairs one file after the other, and reports what remains in them."""

    def __init__(self, session: Session, options: Namespace) -> None:
        self.session = session
        self.diff: bool = options.diff
        self.unsafe: bool = options.unsafe_fixes
        self.whole = options.stdin_filename is not None

    def fixes(self, target: Target) -> str:
        return "unsafe" if self.unsafe else target.settings.fixes

    def file(self, target: Target) -> None:
        """Judges a file as a whole, and rewrites it or shows the difference."""
        normalizer, fixes = self.session.normalizers(target.settings), self.fixes(target)
        if target.path is None:
            data, state = stdin().read_all(), None
        else:
            data, state = read_for_replacing(target.path)
        source = document(data)
        result = normalizer.apply(source.text, fixes)
        changed = bool(result.applied)
        if changed and self.diff:
            spans = [(finding.start, finding.end) for finding in result.applied]
            self._show(unified_diff(target.name, source.text, result.text, spans, result.to_target))
        elif changed and target.path is not None and state is not None:
            replace_content(target.path, source.encoded(result.text), state)
        if changed:
            self.session.summary.fixed += len(result.applied)
            self.session.summary.files_fixed += 1
        remaining = normalizer.find(result.text) if changed else result.findings
        located = locate(target.name, result.text, remaining, normalizer.ruleset_sha256, source.origin)
        if self.diff:
            for finding in located:
                self.session.summary.add(finding)
        else:
            self.session.found(located)

    def stream(self, target: Target) -> None:
        """Repairs standard input to standard output; what remains is reported on standard error."""
        self.session.found(self._repaired(target, self.session.normalizers(target.settings)))
        output().flush()

    def _repaired(self, target: Target, normalizer: Normalizer) -> Iterator[Located]:
        fixes, out, origin = self.fixes(target), output(), START
        for data, opaque in [Block(stdin().read_all())] if self.whole else segments(stdin()):
            if opaque:
                out.write(data)
                text = data.decode("utf-8", "surrogateescape")
                origin = Origin(point=1, byte=3) if data == BOM and origin == START else advance(origin, text)
                continue
            source = (
                document(data)
                if self.whole
                else Document(b"", data.decode("utf-8", "surrogateescape"), origin)
            )
            result = normalizer.apply(source.text, fixes)
            out.write(source.encoded(result.text))
            self.session.summary.fixed += len(result.applied)
            remaining = normalizer.find(result.text) if result.applied else result.findings
            yield from locate(target.name, result.text, remaining, normalizer.ruleset_sha256, source.origin)
            origin = advance(source.origin, result.text)

    def _show(self, lines: Iterable[str]) -> None:
        style = self.session.style
        paint = {"-": style.bad, "+": style.good, "@": style.mark}
        for number, line in enumerate(lines):
            body = line.rstrip("\r\n")
            painted = style.bold(body) if number < 2 else paint.get(line[0], str)(body)
            self.session.out.write(painted + line[len(body) :])

    def end(self) -> int:
        if self.diff:
            self.session.out.flush()
            return self.session.end(some=self.session.summary.fixed > 0, sentence=False)
        return self.session.end(some=self.session.summary.findings > 0)
