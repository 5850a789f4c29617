"""`normalize fix`: rewrites files in place, or shows as a diff what would change.

Everything that can be wrong with the call (a missing path, a configuration, a profile) is found
before the first file is written, and then none is.
"""

from __future__ import annotations

import sys

from normalize.cli.document import BOM, Document, document
from normalize.cli.errors import FileError, reason, tell
from normalize.cli.files import Target, targets
from normalize.cli.judge import judged
from normalize.cli.session import Session, check_paths
from normalize.reports.located import AFTER_BOM, START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normalize import Normalizer
    from normalize.cli.blocks import Block
    from normalize.cli.options import Options
    from normalize.reports.located import Located


def run(options: Options) -> int:
    paths = check_paths(options)
    through = "-" in paths
    if through and len(paths) > 1:
        raise FileError("- stands for standard input and goes alone with fix; leave out the other paths")
    session = Session(options, sys.stderr if through else sys.stdout)
    found = list(judged(session, targets(paths, session.normalizers, options.stdin_filename)))
    if session.failed:
        if found:
            tell("note", "nothing was written to the other paths either")
        return 2
    for target, findings in found:
        if findings is None:
            session.normalizers(target.settings)
    fix = Fix(session, options)
    for target, findings in found:
        try:
            if findings is not None and not findings:
                fix.clean()
            elif target.path is None and not options.diff:
                fix.stream(target)
            else:
                fix.file(target)
        except BrokenPipeError:
            raise
        except OSError as error:
            session.complain(FileError(f"{target.name}: cannot be read or written ({reason(error)})"))
        except FileError as error:
            session.complain(error)
    return fix.end()


class Fix:
    """Repairs one file after the other, and reports what remains in them."""

    def __init__(self, session: Session, options: Options) -> None:
        self.session = session
        self.diff = options.diff
        self.unsafe = options.unsafe_fixes
        self.whole = options.stdin_filename is not None

    def fixes(self, target: Target) -> str:
        return "unsafe" if self.unsafe else target.settings.fixes

    def clean(self) -> None:
        """Counts a file in which nothing is to be found."""
        if not self.diff:
            self.session.found(())

    def file(self, target: Target) -> None:
        """Judges a file as a whole, and rewrites it or shows the difference."""
        from normalize.reports.locate import locate

        normalizer, fixes = self.session.normalizers(target.settings), self.fixes(target)
        data, state, path = b"", None, None
        if target.path is None:
            from normalize.cli.streams import stdin

            data = stdin().read_all()
        else:
            from pathlib import Path

            from normalize.cli.write import read_for_replacing

            path = Path(target.path)
            data, state = read_for_replacing(path)
        source = document(data)
        result = normalizer.apply(source.text, fixes)
        changed = bool(result.applied)
        if changed and self.diff:
            from normalize.reports.diff import unified_diff

            spans = [(finding.start, finding.end) for finding in result.applied]
            self._show(unified_diff(target.name, source.text, result.text, spans, result.to_target))
        elif changed and path is not None and state is not None:
            from normalize.cli.write import replace_content

            replace_content(path, source.encoded(result.text), state)
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

    def _repaired(self, target: Target, normalizer: Normalizer) -> Iterator[Located]:
        from normalize.cli.segments import segments
        from normalize.cli.streams import output, stdin
        from normalize.reports.locate import advance, locate

        fixes, out, origin = self.fixes(target), output(), START
        source_blocks: Iterable[Block] = [(stdin().read_all(), False)] if self.whole else segments(stdin())
        for data, opaque in source_blocks:
            if opaque:
                out.write(data)
                text = data.decode("utf-8", "surrogateescape")
                origin = AFTER_BOM if data == BOM and origin is START else advance(origin, text)
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
