"""dolma: the tagger, run by dolma's own command."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import Any

import pytest

pytest.importorskip("dolma", reason="dolma is not installed: pip install '.[dolma]', by itself")
pytest.importorskip("normalize.hosts.dolma", reason="this dolma cannot be imported")


def test_the_tagger(texts: list[str | None], found: list[Any], tmp_path: Any) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    with gzip.open(documents / "a.json.gz", "wt", encoding="utf-8") as out:
        for at, text in enumerate(texts):
            out.write(json.dumps({"id": str(at), "text": text or "", "source": "test"}) + "\n")
    subprocess.run(
        [sys.executable, "-m", "dolma.cli", "tag", "--documents", str(documents / "*.json.gz"),
         "--tagger_modules", "normalize.hosts.dolma", "--taggers", "normalize_v1",
         "--experiment", "places", "--processes", "1"],
        check=True, capture_output=True,
    )  # fmt: skip
    (path,) = (tmp_path / "attributes" / "places").rglob("*.gz")
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    assert len(rows) == len(texts)
    for row in rows:
        spans = sorted(
            (start, end, name.split("__")[-1])
            for name, listed in row["attributes"].items()
            for start, end, _ in listed
            if name.split("__")[-1] != "doc"
        )
        expected = found[int(row["id"])] or []
        assert spans == [(start, end, rule.replace("-", "_")) for rule, start, end, *_ in expected]
