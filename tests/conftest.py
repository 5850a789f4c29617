"""What all tests share: rulesets as new as the tables, and how many examples hypothesis tries."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from normalize.compiler.build import SUFFIX, build_all
from normalize.errors import TableError
from normalize.rulesets import DATA

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "tables"

settings.register_profile(
    "normalize",
    max_examples=int(os.environ.get("NORMALIZE_MAX_EXAMPLES", "30")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
    derandomize="CI" in os.environ,  # a change must not fail for what it did not touch
)
settings.load_profile("normalize")


def _are_stale() -> bool:
    """Whether a table, or the code that compiles it, is newer than a ruleset."""
    built = [path.stat().st_mtime for path in DATA.glob(f"*{SUFFIX}")]
    inputs = [path for path in TABLES.rglob("*") if path.suffix in (".tsv", ".toml")]
    for part in ("compiler", "ruleset", "scheme", "tables", "text"):
        inputs += (ROOT / "normalize" / part).glob("*.py")
    return not built or max(path.stat().st_mtime for path in inputs) > min(built)


def _rebuild() -> str:
    """Compile the rulesets into the package; what hindered it, or an empty string.

    Written beside and renamed, so that a process which has the old file mapped keeps it whole.
    """
    DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DATA, prefix="building-") as directory:
        try:
            built = build_all(TABLES, Path(directory))
        except TableError as error:
            return str(error)
        for path in built:
            path.replace(DATA / path.name)
    return ""


def pytest_configure(config: pytest.Config) -> None:
    """A convenience for an editable install, where the tables are edited in place.

    Packages are built with their rulesets, so there is nothing to do where the tests run against an
    installed one.
    """
    if not DATA.is_relative_to(ROOT) or not _are_stale():
        return
    hindrance = _rebuild()
    if hindrance and not any(DATA.glob(f"*{SUFFIX}")):
        pytest.exit(f"the rulesets cannot be compiled: {hindrance}", returncode=2)
    config.stash[_HINDRANCE] = hindrance


def pytest_report_header(config: pytest.Config) -> list[str]:
    hindrance = config.stash.get(_HINDRANCE, "")
    return [f"OLD RULESETS ARE TESTED, the tables do not compile: {hindrance}"] if hindrance else []


_HINDRANCE = pytest.StashKey[str]()
