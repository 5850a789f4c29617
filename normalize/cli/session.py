"""What `check` and `fix` share: the report, the counts, the errors on the way, and the exit code."""

from __future__ import annotations

from normalize.cli.errors import complain
from normalize.cli.normalizers import Normalizers
from normalize.cli.progress import Progress
from normalize.cli.streams import columns
from normalize.reports.choose import report
from normalize.reports.style import Style, wants_colour
from normalize.reports.summary import Summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from normalize.cli.options import Options
    from normalize.reports.located import Located

    Whole = Callable[[list[Located]], tuple[int, int] | None]


class Session:
    """One run over several files."""

    def __init__(self, options: Options, out: TextIO) -> None:
        self.normalizers = Normalizers(options)
        self.summary = Summary(stream=options.paths == ["-"])
        self.style = Style(wants_colour(options.color, out))
        self.out = out
        self.threads = options.threads
        self.failed = False
        self._report = report(options.format, out, self.style, columns())
        self._whole: Whole | None = getattr(self._report, "whole", None)
        self._exit_zero = options.exit_zero
        self._progress = Progress("read", unit="files", quiet=self.summary.stream)

    def found(self, findings: Iterable[Located]) -> None:
        """Reports the findings of one file."""
        before = self.summary.findings
        if not self._shown_whole(findings):
            for located in findings:
                self._progress.clear()
                self.summary.add(located)
                self._report.finding(located)
        self.summary.files += 1
        self.summary.files_with_findings += self.summary.findings > before
        self._progress.advance()

    def _shown_whole(self, findings: Iterable[Located]) -> bool:
        """Whether the report could show them all at once."""
        if self._whole is None or not isinstance(findings, list) or not findings:
            return False
        self._progress.clear()
        counts = self._whole(findings)
        if counts is None:
            return False
        self.summary.add_all(len(findings), *counts)
        return True

    def complain(self, error: Exception) -> None:
        """An error that does not keep the other files from being judged."""
        self._progress.clear()
        self.out.flush()
        complain(error)
        self.failed = True

    def end(self, some: bool, sentence: bool = True) -> int:
        """The summary, unless nothing could be judged, and the exit code."""
        self._progress.clear()
        if sentence and (self.summary.files or not self.failed):
            self._report.end(self.summary)
        self.out.flush()
        if self.failed:
            return 2
        return int(some and not self._exit_zero)


def check_paths(options: Options) -> list[str]:
    """The paths that were given, or the current directory; `--stdin-filename` alone means standard input."""
    paths = options.paths or (["-"] if options.stdin_filename else ["."])
    if paths.count("-") > 1:
        paths = list(dict.fromkeys(paths))
    options.paths = paths
    return paths
