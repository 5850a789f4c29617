"""What the commands that make tables share: options, writing the tables, telling what is left out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.gazetteer.report import Report

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is made, with the lines of its head."""

    name: str
    head: Sequence[str]
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]


def parser(prog: str, description: str | None) -> argparse.ArgumentParser:
    """The options that every command has."""
    made = argparse.ArgumentParser(
        prog=prog, description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--sources", type=Path, required=True)
    made.add_argument("--report", type=Path, help="where to list everything that is left out, as TSV")
    made.add_argument("--out", type=Path, default=ROOT / "tables" / "places")
    return made


def finish(tables: Iterable[Table], args: argparse.Namespace, report: Report) -> None:
    """Write the tables once all are made, and tell what came of them."""
    for table in list(tables):
        count = _write(args.out / table.name, table)
        print(f"{table.name}: {count} rows", file=sys.stderr)
    print("Left out, or to be looked at:", *report.summary(), sep="\n", file=sys.stderr)
    if args.report:
        args.report.write_text("\n".join(("reason\titem", *report.full())) + "\n", encoding="utf-8")


def _write(path: Path, table: Table) -> int:
    written = ["\t".join(row).rstrip("\t") for row in table.rows]
    lines: Iterator[str] = iter((*(f"# {line}" for line in table.head), "\t".join(table.columns), *written))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(written)
