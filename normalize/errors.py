"""Every error that a user can cause, each saying where it is and how to cure it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


class NormalizeError(Exception):
    """Base of all errors of this package. `str(error)` is one line, fit to be shown as it is."""


class TableError(NormalizeError):
    """A table is not what its grammar (`tables/README.md`) says.

    `path` and `line` (counted from 1; 0 where the whole file is meant) tell where, `cure` what to do.
    """

    def __init__(self, path: Path | str, line: int, problem: str, cure: str) -> None:
        self.path, self.line, self.problem, self.cure = str(path), line, problem, cure
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {problem}; {cure}")


class RulesetError(NormalizeError):
    """A compiled ruleset cannot be opened: missing, truncated, or of another format version."""


class UnknownProfileError(NormalizeError):
    """No profile of that name stands in the tables, and no file of that name exists."""


class UnknownSchemeError(NormalizeError, LookupError):
    """No transliteration scheme has that id."""


class IrreversibleSchemeError(NormalizeError):
    """The scheme loses information, so the original cannot be had back from its output."""


class MissingExtraError(NormalizeError, ImportError):
    """Something was asked for that needs an extra of the package which is not installed."""


class ColumnError(NormalizeError):
    """A table has no such column, or the column holds no text; the message names it."""


class CorpusError(NormalizeError):
    """A file of a corpus cannot be read or written, or would be overwritten; the message names it."""


class ConfigError(NormalizeError):
    """A configuration file or option cannot be read or has an unknown key or value."""


class EngineError(NormalizeError):
    """The engine that was asked for is not here."""
