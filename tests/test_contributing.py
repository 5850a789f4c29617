"""The worked examples of CONTRIBUTING.md: added to a copy of the tables, checked, compiled and tried out.

A block whose first line is `# tables/FILE` is added to the end of that file, or before the entry of
an id (`, before ID`), or is a new file; a block `# tests/vectors/FILE` holds rows of vectors.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from vector_files import case_of

from normalize import Normalizer
from normalize.compiler.build import Tables, compile_ruleset
from normalize.compiler.check import check_tables
from normalize.reference.engine import ReferenceEngine
from normalize.ruleset.container import Container
from normalize.ruleset.reader import Ruleset

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^```(?:tsv|toml)\n# (\S+?)(?:, before (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = _BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def vectors() -> list[tuple[Path, str]]:
    return [
        (ROOT / name, row)
        for name, _, rows in BLOCKS
        if name.startswith("tests/")
        for row in rows.splitlines()
    ]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables with all worked examples in them."""
    directory = tmp_path_factory.mktemp("contributing") / "tables"
    shutil.copytree(ROOT / "tables", directory)
    for name, before, added in BLOCKS:
        if not name.startswith("tables/"):
            continue
        path = directory.parent / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if before:
            at = text.index(f'id = "{before}"')
            at = text.rindex("[[", 0, at)
            text = text[:at] + added + "\n" + text[at:]
        else:
            text += added
        path.write_text(text, encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def engine(tables: Path) -> ReferenceEngine:
    compiled = Tables(tables)
    data = compile_ruleset(compiled, compiled.profile("uk-national"))
    return ReferenceEngine(Ruleset(Container(data)))


def test_worked_examples_pass_the_check(tables: Path) -> None:
    assert not [str(error) for error in check_tables(tables)]


@pytest.mark.parametrize(("path", "row"), vectors())
def test_worked_examples_do_what_they_say(path: Path, row: str, engine: ReferenceEngine) -> None:
    columns = next(
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ).split("\t")
    case = case_of(dict(zip(columns, row.split("\t"), strict=True)), "uk-national")
    found = engine.find(case.text)
    text = case.text
    for finding in reversed(found):
        if finding.replacement is not None and finding.applicability == "safe":
            text = text[: finding.start] + finding.replacement + text[finding.end :]
    assert text == case.expected
    if case.findings is not None:
        assert [(one.rule, one.start, one.end, one.replacement, one.applicability) for one in found] == (
            case.findings
        )


def test_worked_examples_are_new() -> None:
    """What the examples add must not be known already, or they would prove nothing."""
    for text in ("A drone fell near Gvozdov in Ukraine.", "The road to Hvozdyw in Ukraine is open."):
        assert Normalizer().normalize(text) == text
