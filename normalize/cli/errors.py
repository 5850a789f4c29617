"""What goes wrong at the command line itself, and how errors are shown."""

from __future__ import annotations

import sys

from normalize.errors import NormalizeError


class UsageError(NormalizeError):
    """The command was called in a way that it does not understand."""


class FileError(NormalizeError):
    """A file or directory cannot be read or written."""


def complain(error: object) -> None:
    """One line on standard error."""
    tell("error", str(error))


def warn(message: str) -> None:
    tell("warning", message)


def tell(level: str, message: str) -> None:
    """`normalize: LEVEL: MESSAGE`, kept to one line and to visible characters."""
    from normalize.reports.display import visible

    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr.write(f"normalize: {level}: {visible(message)}\n")


def reason(error: OSError) -> str:
    """The operating system's reason, in the middle of a sentence: `permission denied`."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]
