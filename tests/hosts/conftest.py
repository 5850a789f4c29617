"""What the tests of all hosts share: documents, and what the library makes of each."""

from __future__ import annotations

from typing import Any

import pytest
from documents import documents

from normalize import Normalizer


@pytest.fixture(scope="session")
def nz() -> Normalizer:
    return Normalizer()


@pytest.fixture(scope="session")
def texts() -> list[str | None]:
    return documents(2000)


@pytest.fixture(scope="session")
def wanted(texts: list[str | None], nz: Normalizer) -> list[str | None]:
    """Each text normalized by itself."""
    return [text if text is None else nz.normalize(text) for text in texts]


@pytest.fixture(scope="session")
def found(texts: list[str | None], nz: Normalizer) -> list[Any]:
    """Rule, span and place of what is found in each."""
    return [None if text is None else [brief(vars_of(one)) for one in nz.find(text)] for text in texts]


def vars_of(finding: Any) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "start": finding.start,
        "end": finding.end,
        "replacement": finding.replacement,
        "place": finding.place and finding.place.id,
    }


def brief(row: Any) -> tuple[Any, ...]:
    """A finding as hosts give it, in short."""
    return tuple(row[name] for name in ("rule", "start", "end", "replacement", "place"))


def briefs(column: Any) -> list[Any]:
    """A column of findings in short."""
    return [None if rows is None else [brief(row) for row in rows] for rows in column]
