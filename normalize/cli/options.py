"""What a command line asks for, and the plain ones read without a parser.

Building argparse's parsers takes as long as judging a page of text, so calls that hold nothing unusual are
read here. Whatever else there is (help, mistakes, rare commands) is the business of `normalize.cli.parser`,
which reads every call; a test holds both to the same answer.
"""

from __future__ import annotations

import os

FIXES = ("safe", "unsafe", "none")
FORMATS = ("concise", "full", "json", "jsonl", "sarif", "github")
APOSTROPHES = ("typographic", "ascii", "modifier", "prime", "none")
"""The styles of `normalize.scheme.styles`, which takes longer to import than a line to transliterate."""
UNITS = ("code-points", "utf-8", "utf-16")
COLOURS = ("auto", "always", "never")
_REPORTING = ("check", "fix")
_FLAGS = {
    "--no-config": ("no_config", ("filter", *_REPORTING)),
    "--line-buffered": ("line_buffered", ("filter",)),
    "--exit-zero": ("exit_zero", _REPORTING),
    "--write-baseline": ("write_baseline", ("check",)),
    "--diff": ("diff", ("fix",)),
    "--unsafe-fixes": ("unsafe_fixes", ("fix",)),
}
_VALUES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "--profile": ("profile", (), ("filter", *_REPORTING)),
    "--config": ("config", (), ("filter", *_REPORTING)),
    "--fixes": ("fixes", FIXES, ("filter",)),
    "--format": ("format", FORMATS, _REPORTING),
    "--baseline": ("baseline", (), ("check",)),
    "--color": ("color", COLOURS, _REPORTING),
    "--stdin-filename": ("stdin_filename", (), _REPORTING),
}
"""By option: where its value goes, what it may be (anything, if empty), and the commands that have it."""


class Options:
    """Of every option its value. `module` names the module of this package that does the work."""

    def __init__(self) -> None:
        self.module = "filter"
        self.profile: str | None = None
        self.config: str | None = None
        self.no_config = False
        self.fixes: str | None = None
        self.line_buffered = False
        self.paths: list[str] = []
        self.format = "full"
        self.exit_zero = False
        self.stdin_filename: str | None = None
        self.baseline: str | None = None
        self.write_baseline = False
        self.color = "auto"
        self.threads = 0
        self.diff = False
        self.unsafe_fixes = False
        self.scheme: str | None = None
        self.reverse = False
        self.source: str | None = None
        self.lossy = False
        self.apostrophe: str | None = None
        self.ascii = False
        self.icu = False
        self.detect = False
        self.text: list[str] = []
        self.name: list[str] = []
        self.directory: str | None = None
        self.columns: list[str] = []
        self.into: str | None = None
        self.findings: str | None = None
        self.unit = "code-points"
        self.delimiter: str | None = None
        self.whole = False
        self.overwrite = False
        self.report: str | None = None
        self.quiet = False


def decoded(argument: str) -> str:
    """The argument as UTF-8, whatever the locale made of its bytes."""
    return argument if argument.isascii() else os.fsencode(argument).decode("utf-8", "surrogateescape")


def plain_options(argv: list[str]) -> Options | None:
    """The options of a plain call of the filter, `check` or `fix`; None where the parser must look."""
    options = Options()
    paths = options.paths
    rest = iter(argv)
    if argv and argv[0] in _REPORTING:
        options.module = next(rest)
    paths_end = False
    for argument in rest:
        if argument == "-" or not argument.startswith("-"):
            if paths_end:
                return None
            paths.append(argument)
            continue
        paths_end = bool(paths)
        name, equals, value = argument.partition("=")
        flag, valued = _FLAGS.get(argument), _VALUES.get(name)
        if flag is not None and options.module in flag[1]:
            setattr(options, flag[0], True)
        elif valued is not None and options.module in valued[2]:
            value = value if equals else next(rest, "-")
            if not value or value.startswith("-") or (valued[1] and value not in valued[1]):
                return None
            setattr(options, valued[0], value)
        else:
            return None
    if options.module == "filter":
        if paths not in ([], ["-"]):
            return None
        paths.clear()  # the filter reads standard input anyway
    return options
