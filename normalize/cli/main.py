"""Where the command starts and ends: arguments in, an exit code out, no traceback for what a user can cause.

Exit codes: 0 done, or nothing found; 1 findings (or an unknown name); 2 usage, configuration or
input/output error; 130 after Ctrl-C; 141 when the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from normalize.cli.errors import complain, reason
from normalize.errors import NormalizeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

ERROR = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command, and returns its exit code."""
    _speak_utf8()
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]
        complain("standard output is closed; give it a file or a pipe")
        return ERROR
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        _forget_output()
        return INTERRUPTED
    except NormalizeError as error:
        complain(error)
        code = ERROR
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{reason(error)}; nothing more was written")
        _forget_output()
        return ERROR
    except Exception:
        import traceback

        traceback.print_exc()
        complain("this is a mistake in normalize itself; please report it with the lines above")
        code = ERROR
    return _flushed(code)


def _run(argv: list[str]) -> int:
    from normalize.cli.options import decoded, plain_options

    argv = [decoded(argument) for argument in argv]
    options = plain_options(argv)
    if options is None:
        from normalize.cli.parser import parse

        options = parse(argv)
    return __import__(f"normalize.cli.{options.module}", fromlist=["run"]).run(options)


def _speak_utf8() -> None:
    """UTF-8 whatever the locale; bytes that are not UTF-8 go out as they came in."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")


def _flushed(code: int) -> int:
    """Flushes what was written before an error, so that the interpreter does not fail at it later."""
    try:
        sys.stdout.flush()
    except OSError:
        _forget_output()
    return code


def _forget_output() -> None:
    """Points standard output at nothing, so that the interpreter's last flush is quiet."""
    try:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())
        os.close(devnull)
    except (OSError, ValueError):
        pass
