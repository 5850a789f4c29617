"""HuggingFace datasets: `map` with a stable fingerprint, in one process or several."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from hosts.conftest import briefs
from normalize import ColumnError, Normalizer

datasets: Any = pytest.importorskip("datasets", reason="datasets is not installed: pip install '.[datasets]'")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def dataset(texts: list[str | None], tmp_path: Any) -> Any:
    made = datasets.Dataset.from_dict({"id": list(range(len(texts))), "text": texts})
    made.save_to_disk(tmp_path / "dataset")
    return datasets.load_from_disk(tmp_path / "dataset")


@pytest.mark.parametrize("processes", [None, 2])
@pytest.mark.parametrize("kind", [None, "arrow", "pandas", "numpy", "polars"])
def test_map(
    kind: str | None,
    processes: int | None,
    dataset: Any,
    wanted: list[str | None],
    found: list[Any],
    nz: Normalizer,
) -> None:
    if processes and kind not in (None, "arrow"):
        pytest.skip("the formats do not differ in several processes")
    dataset = dataset.with_format(kind)
    made = dataset.map(
        nz.for_datasets("text", findings="found"), batched=True, batch_size=300, num_proc=processes
    ).with_format(None)
    assert [None if text != text else text for text in made["text"]] == wanted
    assert briefs(made["found"]) == found
    assert made["id"] == list(range(len(wanted))) or list(made["id"]) == list(range(len(wanted)))


def test_streaming(dataset: Any, wanted: list[str | None], nz: Normalizer) -> None:
    stream = dataset.to_iterable_dataset().map(nz.for_datasets("text"), batched=True)
    assert [row["text"] for row in stream] == wanted


def test_the_fingerprint_is_stable() -> None:
    code = (
        "import datasets, normalize;"
        "ds = datasets.Dataset.from_dict({'text': ['Kiev']});"
        "nz = normalize.Normalizer(allow={'Lvov', 'Odessa', 'Kharkov'}%s);"
        "print(ds.map(nz.for_datasets('text'), batched=True)._fingerprint)"
    )

    def fingerprint(seed: str, more: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-c", code % more],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "HF_HUB_OFFLINE": "1"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    assert fingerprint("1") == fingerprint("2") != fingerprint("1", ", profile='ap'")


def test_a_missing_column(dataset: Any, nz: Normalizer) -> None:
    with pytest.raises(ColumnError, match="there is no column 'body'; there are 'id', 'text'"):
        dataset.map(nz.for_datasets("body"), batched=True)
