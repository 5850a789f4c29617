"""`normalize fix`: rewrites files in place, or shows as a diff what would change.

Everything that can be wrong with the call (a missing path, a configuration, a profile) is found
before the first file is written, and then none is.
"""

from __future__ import annotations

import sys

from normalize.cli.document import origin_after, without_bom
from normalize.cli.errors import FileError, reason, tell
from normalize.cli.files import Target, targets
from normalize.cli.formats import found_in
from normalize.cli.judged import judged
from normalize.cli.repairs import Repairs
from normalize.cli.session import Session, check_paths
from normalize.reports.located import START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from normalize.cli.options import Options
    from normalize.reports.located import Located, Origin


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
    for target, _ in found:
        session.normalizers.judge(target.settings)
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

    def clean(self) -> None:
        """Counts a file in which nothing is to be found."""
        if not self.diff:
            self.session.found(())

    def file(self, target: Target) -> None:
        """Judges a file as a whole, and rewrites it or shows the difference."""
        path, state = None, None
        if target.path is None:
            from normalize.cli.streams import stdin

            data = stdin().read_all()
        else:
            from pathlib import Path

            from normalize.cli.write import read_for_replacing

            path = Path(target.path)
            data, state = read_for_replacing(path)
        bom, text, origin = without_bom(data)
        repairs = self._repairs(target, text, origin)
        if repairs.made and self.diff:
            from normalize.cli.repairs import diff

            self._show(diff(target.name, repairs, origin))
        elif repairs.made and path is not None and state is not None:
            from normalize.cli.write import replace_content

            replace_content(path, bom + repairs.text, state)
        if repairs.made:
            self.session.summary.fixed += len(repairs.made)
            self.session.summary.files_fixed += 1
        if self.diff:
            for finding in repairs.remaining:
                self.session.summary.add(finding)
        else:
            self.session.found(repairs.remaining)

    def stream(self, target: Target) -> None:
        """Repairs standard input to standard output; what remains is reported on standard error."""
        self.session.found(self._repaired(target))

    def _repaired(self, target: Target) -> Iterator[Located]:
        from normalize.cli.streams import output, stdin

        out = output()
        if self.whole:
            bom, text, origin = without_bom(stdin().read_all())
            repairs = self._repairs(target, text, origin)
            out.write(bom + repairs.text)
            self.session.summary.fixed += len(repairs.made)
            yield from repairs.remaining
            return
        from normalize.cli.segments import segments

        origin = START
        for data, opaque in segments(stdin()):
            if opaque:
                out.write(data)
                origin = origin_after(data, origin)
                continue
            repairs = self._repairs(target, data, origin)
            out.write(repairs.text)
            self.session.summary.fixed += len(repairs.made)
            yield from repairs.remaining
            origin = origin_after(repairs.text, origin)

    def _repairs(self, target: Target, text: bytes, origin: Origin) -> Repairs:
        judge = self.session.normalizers.judge(target.settings)
        fixes = "unsafe" if self.unsafe else target.settings.fixes

        def found(text: bytes, origin: Origin) -> Sequence[Located]:
            return found_in(judge, target.format, text, target.name, origin)

        return Repairs(found, text, origin, fixes)

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
