"""Generated tables are what their builders make today."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tables"
UCD = Path("/usr/share/unicode")
WORDS = Path("/usr/share/dict/american-english")


def builder(name: str) -> ModuleType:
    """The module of `tools/`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def has_confusables() -> bool:
    try:
        return importlib.metadata.version("confusable-homoglyphs") == "3.3.1"
    except importlib.metadata.PackageNotFoundError:
        return False


def ucd_is_15() -> bool:
    scripts = UCD / "Scripts.txt"
    return scripts.is_file() and scripts.read_text(encoding="utf-8").startswith("# Scripts-15.0.0.txt")


@pytest.mark.skipif(
    not ucd_is_15(), reason="needs Unicode 15.0 data: the Debian package unicode-data of bookworm"
)
def test_unicode_tables_are_up_to_date(tmp_path: Path) -> None:
    builder("build_unicode").build(UCD, tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (TABLES / "unicode" / path.name).read_bytes(), path.name


@pytest.mark.skipif(not has_confusables(), reason="needs the PyPI package confusable-homoglyphs 3.3.1")
def test_lookalikes_are_up_to_date(tmp_path: Path) -> None:
    out = tmp_path / "lookalikes.tsv"
    builder("build_lookalikes").build(TABLES / "scripts", out)
    assert out.read_bytes() == (TABLES / "scripts" / out.name).read_bytes()


@pytest.mark.skipif(not WORDS.is_file(), reason="needs the Debian package wamerican")
def test_lookalike_words_are_up_to_date(tmp_path: Path) -> None:
    out = tmp_path / "lookalike-words.tsv"
    builder("build_lookalike_words").build(WORDS, TABLES / "scripts", out)
    assert out.read_bytes() == (TABLES / "scripts" / out.name).read_bytes()
