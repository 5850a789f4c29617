"""The command's grammar: its subcommands, their options, and their help."""

from __future__ import annotations

import argparse
import os

from normalize.cli.errors import UsageError
from normalize.cli.help import COMMANDS, EPILOG, EXAMPLES, SUMMARY, USAGE
from normalize.cli.options import APOSTROPHES, COLOURS, FIXES, FORMATS, UNITS, Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_WITH_VALUE = ("--profile", "--fixes", "--config")
_OF_FILTER = ("--fixes", "--line-buffered")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Options in one column that is wide enough for all of them."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=25, width=80)


class _Parser(argparse.ArgumentParser):
    """argparse, with its errors in one line that names the cure."""

    command = ""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see `{self.prog}{self.command} --help`")


def parse(argv: list[str]) -> Options:
    """The options of any call. Raises `UsageError`; help is shown and ends the process."""
    argv = list(argv)
    command = _command(argv)
    if command is None and "-" in argv:
        argv.remove("-")  # the filter reads standard input anyway
    return _parser(command).parse_args(argv, Options())


def _command(argv: list[str]) -> str | None:
    """The subcommand that is called; an error that says what was meant for any other word."""
    skip = False
    for at, argument in enumerate(argv):
        if skip or argument == "-":
            skip = False
        elif argument.startswith("-") and argument != "--":
            skip = argument in _WITH_VALUE
        elif argument in COMMANDS:
            for option in _OF_FILTER:
                if any(given.split("=")[0] == option for given in argv[:at]):
                    raise UsageError(f"{option} belongs to the filter; leave it out before `{argument}`")
            return argument
        else:
            raise UsageError(
                _not_a_command(argv[at + 1] if argument == "--" and argv[at + 1 :] else argument)
            )
    return None


def _not_a_command(word: str) -> str:
    if os.path.lexists(word):
        return (
            f"{word} is not a command, and the filter reads standard input only; "
            f"use `normalize fix {word}` or `normalize < {word}`"
        )
    from difflib import get_close_matches

    close = get_close_matches(word, COMMANDS, n=1)
    cure = f"did you mean `{close[0]}`?" if close else f"commands are {', '.join(COMMANDS)}"
    return f"there is no command {word!r}; {cure}"


def _parser(command: str | None) -> argparse.ArgumentParser:
    """The parser of the filter, with that of the one subcommand that is called."""
    parser = _Parser(
        prog="normalize",
        usage=USAGE,
        description=SUMMARY,
        epilog=EPILOG,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="store_const", dest="module", const="version", help="version, engine, ruleset"
    )
    _common(parser)
    if command is None:
        parser.add_argument(
            "--fixes",
            choices=FIXES,
            metavar="LEVEL",
            help="which repairs to make: safe (default), unsafe too, or none",
        )
        parser.add_argument(
            "--line-buffered", action="store_true", help="judge and write each line as it comes"
        )
        return parser
    parser.command = f" {command}"
    commands = parser.add_subparsers(parser_class=_Parser, metavar="COMMAND")
    sub = commands.add_parser(
        command,
        prog=f"normalize {command}",
        description=COMMANDS[command],
        epilog=EXAMPLES.get(command),
        formatter_class=_Help,
        allow_abbrev=False,
    )
    sub.set_defaults(module=command)
    _ADD[command](sub)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    default = argparse.SUPPRESS
    parser.add_argument(
        "--profile", metavar="NAME", default=default, help="house style: a name, or a profile's .toml file"
    )
    parser.add_argument(
        "--config", metavar="FILE", default=default, help="read this configuration, and no other"
    )
    parser.add_argument(
        "--no-config", action="store_true", default=default, help="read no configuration file"
    )


def _reporting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and directories (default: .), or - for standard input"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="full",
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)} (default: full)",
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    parser.add_argument(
        "--stdin-filename", metavar="PATH", help="judge and report standard input as this file"
    )
    parser.add_argument(
        "--color",
        choices=COLOURS,
        default="auto",
        metavar="WHEN",
        help="auto (default), always, never; NO_COLOR is honoured",
    )
    parser.add_argument(
        "-j",
        "--threads",
        type=_count,
        default=0,
        metavar="N",
        help="look into so many files at once (default: 0, one for each processor)",
    )
    _common(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--baseline", metavar="FILE", help="report only findings that this file does not list as known"
    )
    parser.add_argument(
        "--write-baseline", action="store_true", help="write all findings to the baseline, report none"
    )
    _reporting(parser)


def _count(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of threads")
    return int(value)


def _fix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="make the repairs too that a person should look at"
    )
    _reporting(parser)


def _translit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "scheme",
        nargs="?",
        metavar="SCHEME",
        help="the scheme's id (`normalize schemes` lists them), or icu:ID for a transform of ICU; "
        "without one, each word by the profile's scheme for its language",
    )
    parser.add_argument(
        "--reverse", action="store_true", help="from Latin back to Cyrillic, where the scheme allows it"
    )
    parser.add_argument(
        "--from", dest="source", metavar="ID", help="the text is Latin, by this scheme; convert it to SCHEME"
    )
    parser.add_argument(
        "--lossy", action="store_true", help="with --reverse or --from: guess where a scheme has no way back"
    )
    parser.add_argument(
        "--apostrophe",
        metavar="STYLE",
        choices=APOSTROPHES,
        help="how apostrophes and primes are written, for soft and hard signs too: "
        f"{', '.join(APOSTROPHES)}; by default as the scheme has them",
    )
    parser.add_argument(
        "--ascii", action="store_true", help="make what is left ASCII, and say what that lost"
    )
    _common(parser)
    parser.add_argument("--line-buffered", action="store_true", help="write each line as it comes")


def _corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="IN", help="files and directories, and last of all where to"
    )
    parser.add_argument(
        "--column",
        dest="columns",
        action="append",
        metavar="NAME",
        help="a column of text (default: text); may be given several times",
    )
    parser.add_argument("--into", metavar="NAME", help="put the new text into this new column")
    parser.add_argument(
        "--findings", metavar="NAME", help="put what is found into this new column (Parquet, JSON Lines)"
    )
    parser.add_argument(
        "--fixes",
        choices=FIXES,
        metavar="LEVEL",
        help="which repairs to make: safe (default), unsafe too, or none",
    )
    parser.add_argument(
        "--unit",
        choices=UNITS,
        default="code-points",
        metavar="UNIT",
        help=f"what offsets of findings count: {', '.join(UNITS)}",
    )
    parser.add_argument(
        "--delimiter", metavar="CHAR", help="what divides fields, if not , in .csv and a tab in .tsv"
    )
    parser.add_argument(
        "--whole", action="store_true", help="take each text file as one document, not each line"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="begin anew, and write over files that are there already"
    )
    parser.add_argument("--report", metavar="FILE", help="write the summary as JSON, with all places")
    parser.add_argument("--quiet", action="store_true", help="show no progress and no summary")
    parser.add_argument(
        "-j",
        "--threads",
        type=_count,
        default=0,
        metavar="N",
        help="threads (default: 0, one for each processor)",
    )
    _common(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", metavar="TEXT", help="the text to judge, or - for standard input")
    parser.add_argument(
        "--color",
        choices=COLOURS,
        default="auto",
        metavar="WHEN",
        help="auto (default), always, never",
    )
    _common(parser)


def _schemes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", nargs="?", metavar="ID", help="show all that is known of this one")
    parser.add_argument("--icu", action="store_true", help="print it as transform rules of ICU")
    parser.add_argument(
        "--detect", action="store_true", help="rank the schemes by which standard input may be written"
    )


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="+", metavar="NAME", help="any spelling, in either script")


def _tables(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, parser_class=_Parser, metavar="check")
    check = actions.add_parser(
        "check",
        prog="normalize tables check",
        description="Reads all tables and reports each mistake with file, line and cure.",
    )
    check.add_argument(
        "directory", nargs="?", metavar="DIR", help="the tables (default: ./tables, else the installed ones)"
    )


_ADD = {
    "check": _check,
    "fix": _fix,
    "corpus": _corpus,
    "translit": _translit,
    "explain": _explain,
    "schemes": _schemes,
    "place": _place,
    "tables": _tables,
}
