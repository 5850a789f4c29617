"""The order of the house: imports run one way, files stay short, and linguistic facts stay in `tables/`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "normalize"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)

ORDER = (
    *("errors", "arrow", "globs", "rules", "shipped", "model", "offsets", "spans", "suppression"),
    *("formats", "text", "scheme", "tables", "ruleset", "compiler"),
    *(
        "rulesets",
        "reference",
        "result",
        "worker",
        "_native",
        "native",
        "engines",
        "romanize",
        "dictionaries",
        "columns",
        "api",
        "default",
        "__init__",
    ),
    *("hosts", "corpus"),
    *("config", "config_file", "config_search", "reports", "cli", "__main__"),
)
"""The parts of the package: each may import itself and what stands before it."""

COMPILED = {"_native"}
"""Parts that are no Python: the extension module, which hands out objects of `model` and `offsets`."""

APART = {"ruleset": {"tables"}, "reference": {"tables", "compiler", "rulesets"}}
"""What engines read is the ruleset: they know neither the tables nor how those are compiled."""

LONGEST = 330
EXAMPLES = {"cli/help.py"}
"""Files whose strings show examples to a reader."""


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The parts of the package that a file imports, with lines, those for the type checker included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == PACKAGE.name:
                first = rest.split(".")[0]
                yield node.lineno, first if first in ORDER else "__init__"


def test_every_part_has_its_place() -> None:
    assert {part(path) for path in FILES} == set(ORDER) - COMPILED


@pytest.mark.parametrize("path", FILES, ids=named)
def test_imports_run_one_way(path: Path) -> None:
    own = part(path)
    allowed = set(ORDER[: ORDER.index(own) + 1]) - APART.get(own, set())
    wrong = [
        f"{named(path)}:{line} imports {other}"
        for line, other in imports(ast.parse(path.read_text(encoding="utf-8")))
        if other not in allowed
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_files_fit_in_a_readers_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST


def docstrings(tree: ast.Module) -> set[int]:
    """The ids of the string nodes that stand as statements: docstrings, and those after a constant."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


@pytest.mark.parametrize("path", [path for path in FILES if named(path) not in EXAMPLES], ids=named)
def test_no_cyrillic_letters_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = docstrings(tree)
    wrong = [
        f"{named(path)}:{node.lineno}: {node.value!r} belongs in tables/"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
        if any("\u0400" <= char <= "\u052f" and char.isalpha() for char in node.value)
    ]
    assert not wrong, "\n".join(wrong)
