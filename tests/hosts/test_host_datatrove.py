"""datatrove: a step of a pipeline, run by its own executor."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hosts.conftest import briefs

pytest.importorskip("datatrove", reason="datatrove is not installed: pip install '.[datatrove]'")
from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.readers.jsonl import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

from normalize.hosts.datatrove import NormalizeFormatter

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.mark.parametrize("tasks", [1, 2])
def test_a_pipeline(
    tasks: int, texts: list[str | None], wanted: list[str | None], found: list[Any], tmp_path: Any
) -> None:
    (tmp_path / "in").mkdir()
    for part in range(2):
        rows = [{"id": str(at), "text": text} for at, text in enumerate(texts) if at % 2 == part and text]
        (tmp_path / "in" / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    LocalPipelineExecutor(
        [
            JsonlReader(str(tmp_path / "in")),
            NormalizeFormatter(findings="found"),
            JsonlWriter(str(tmp_path / "out"), compression=None),
        ],
        tasks=tasks,
        workers=tasks,
        logging_dir=str(tmp_path / "logs"),
    ).run()
    lines = [line for path in (tmp_path / "out").iterdir() for line in path.read_text("utf-8").splitlines()]
    made = {int(row["id"]): row for row in map(json.loads, lines)}
    assert made.keys() == {at for at, text in enumerate(texts) if text}
    for at, row in made.items():
        assert row["text"] == wanted[at]
        assert briefs([row["metadata"]["found"]]) == [found[at]]
    stats = json.loads((tmp_path / "logs" / "stats.json").read_text())
    step = next(one for one in stats if "Normalize" in one["name"])
    changed = sum(new != old for new, old in zip(wanted, texts, strict=True))
    assert step["stats"]["changed"] == changed or step["stats"]["changed"]["total"] == changed
