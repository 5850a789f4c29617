"""A finding and where it stands in its file: line and column, bytes, and the lines it touches."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Origin = tuple[int, int, int, int]
"""Where a piece of text begins in its file: code points and bytes before it, and its line and column."""
START: Origin = (0, 0, 1, 1)
"""Lines and columns are counted from 1."""
AFTER_BOM: Origin = (1, 3, 1, 1)
"""The mark has a code point and bytes of its own, but editors do not count it as a column."""


class Line:
    """A source line that a finding touches: from `start` to `end`, with `text[offset:]` of the finding.

    Of a very long line only the neighbourhood is kept; `before` and `after` tell that more was there.
    """

    __slots__ = ("after", "before", "end", "offset", "start", "text")

    def __init__(self, text: str, start: int, end: int, offset: int, before: bool, after: bool) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.offset = offset
        self.before = before
        self.after = after


class Located:
    """A finding in a file. `place` is the id of the place that was recognised, if one was.

    The native engine has a class of its own with the same names.

    `start` and `end` are code points of the file, `start_byte` and `end_byte` its bytes; lines and
    columns (in code points) count from 1, and `end_column` is the column after the last letter.
    `lines` are the source lines that it touches, without line ends.
    """

    __slots__ = (
        *("file", "rule", "text", "replacement", "applicability", "message", "place", "ruleset", "lines"),
        *("start", "end", "start_byte", "end_byte", "line", "column", "end_line", "end_column"),
    )

    def __init__(
        self,
        file: str,
        ruleset: str,
        rule: str,
        text: str,
        replacement: str | None,
        applicability: str,
        message: str,
        place: str | None,
        start: int,
        end: int,
        start_byte: int,
        end_byte: int,
        line: int,
        column: int,
        end_line: int,
        end_column: int,
        lines: Sequence[Line],
    ) -> None:
        self.file = file
        self.ruleset = ruleset
        self.rule = rule
        self.text = text
        self.replacement = replacement
        self.applicability = applicability
        self.message = message
        self.place = place
        self.start = start
        self.end = end
        self.start_byte = start_byte
        self.end_byte = end_byte
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.lines = lines

    @property
    def is_safe(self) -> bool:
        """Whether `fix` repairs it unasked."""
        return self.applicability == "safe" and self.replacement is not None

    @property
    def is_repairable(self) -> bool:
        """Whether `fix --unsafe-fixes` repairs it."""
        return self.applicability != "none" and self.replacement is not None
