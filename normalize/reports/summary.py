"""What a run found, in numbers and in one sentence."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.reports.located import Located


class Summary:
    """Counts of one run; after `fix`, `fixed` counts the repairs and the rest counts what remains.

    `stream` says that all came from standard input, so that counting files would be odd.
    """

    def __init__(self, files: int = 0, files_with_findings: int = 0, stream: bool = False) -> None:
        self.files = files
        self.files_with_findings = files_with_findings
        self.findings = 0
        self.safe = 0
        self.unsafe = 0
        self.fixed = 0
        self.files_fixed = 0
        self.stream = stream

    def add(self, located: Located) -> None:
        self.findings += 1
        if located.is_safe:
            self.safe += 1
        elif located.is_repairable:
            self.unsafe += 1

    def add_all(self, findings: int, safe: int, unsafe: int) -> None:
        """So many findings, of which so many are repaired safely, and so many otherwise."""
        self.findings += findings
        self.safe += safe
        self.unsafe += unsafe

    def sentence(self) -> str:
        """`Found 3 findings in 1 file (2 fixable with …).` and what was fixed before that."""
        if self.fixed:
            fixed = f"Fixed {_count(self.fixed, 'finding')}{self._in(self.files_fixed)}."
            return f"{fixed} {self._remaining()}" if self.findings else fixed
        if not self.findings and not self.files:
            return "Nothing to check."
        if not self.findings:
            return f"No findings{self._in(self.files)}."
        return (
            f"Found {_count(self.findings, 'finding')}{self._in(self.files_with_findings)}{self._fixable()}."
        )

    def _remaining(self) -> str:
        verb = "remains" if self.findings == 1 else "remain"
        return f"{_count(self.findings, 'finding')} {verb}{self._fixable()}."

    def _in(self, files: int) -> str:
        return "" if self.stream else f" in {_count(files, 'file')}"

    def _fixable(self) -> str:
        ways: list[str] = []
        if self.safe:
            ways.append(f"{self.safe:,} fixable with `normalize fix`")
        if self.unsafe:
            more = f"{self.unsafe:,} more" if self.safe else f"{self.unsafe:,} fixable"
            ways.append(f"{more} with `{'' if self.safe else 'normalize fix '}--unsafe-fixes`")
        return f" ({', '.join(ways)})" if ways else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
