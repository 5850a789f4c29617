"""`normalize tables check`: the mistakes in a directory of tables."""

from __future__ import annotations

import sys
from pathlib import Path

from normalize.cli.errors import FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalize.cli.options import Options


def run(options: Options) -> int:
    from normalize.compiler.check import check_tables

    directory = _directory(options.directory)
    errors = check_tables(directory)
    for error in errors:
        sys.stdout.write(f"{error}\n")
    if errors:
        files = len({error.path for error in errors})
        mistakes = f"{len(errors):,} mistake{'s' if len(errors) > 1 else ''}"
        sys.stdout.write(f"Found {mistakes} in {files} file{'s' if files > 1 else ''}.\n")
        return 1
    count = sum(1 for path in directory.rglob("*") if path.suffix in (".tsv", ".toml"))
    sys.stdout.write(f"No mistakes in {count} tables of {directory}.\n")
    return 0


def _directory(given: str | None) -> Path:
    if given is not None:
        if not Path(given).is_dir():
            raise FileError(
                f"{given}: no such directory; name the one that holds schemes/, scripts/ and places/"
            )
        return Path(given)
    installed = Path(__file__).resolve().parent.parent
    for candidate in (Path("tables"), installed / "_data" / "tables", installed.parent / "tables"):
        if (candidate / "places").is_dir():
            return candidate
    raise FileError("no tables here; name their directory: `normalize tables check DIR`")
