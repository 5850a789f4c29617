"""What the hosts make of the same documents, and how fast: `python -m tools.measure_hosts [HOST]...`

First every host that is installed normalizes some documents, and texts and findings are held against the
library's, byte for byte. Then each is timed on so many MB of documents. A rate is in MB of text a second, the
best of three rounds; `of one text` is the rate over that of one large text in one call, on one thread.
Spark is also held against itself on one core; the border of the JVM is what a function costs that gives its
batches back as they came.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from normalize import Normalizer

Run = Callable[..., Any]
"""From a table of documents (`id`, `text`) to one with `text` normalized, and `found` if it is asked for."""

SENTENCES = (
    "The committee met on Tuesday and agreed on the budget for the coming year.",
    "Rain is expected in the west, with clear skies in the afternoon.",
    "Nothing else was reported, and the roads were open again by the evening.",
    "She said that the library would stay open during the summer.",
)
NAMES = (
    "The road from Kharkov to Odessa, Ukraine, was closed.",
    "The River Seversky Donets rose by a metre.",
    "A train from Kiev was late.",
)


def documents(count: int, seed: int = 1, dense: bool = False) -> list[str]:
    """Documents of some 1,500 characters, every fifth of which names a place by another spelling.

    Dense ones do so in half of their sentences.
    """
    chance = random.Random(seed)
    made: list[str] = []
    for number in range(count):
        sentences = [chance.choice(SENTENCES) for _ in range(20)]
        if dense:
            sentences[::2] = [chance.choice(NAMES) for _ in sentences[::2]]
        elif number % 5 == 0:
            sentences[chance.randrange(20)] = chance.choice(NAMES)
        made.append(f"{number}. {' '.join(sentences)}")
    return made


def library(table: Any, findings: bool = True) -> Any:
    """One text after another."""
    pa: Any = import_module("pyarrow")
    nz = Normalizer()
    texts = table["text"].to_pylist()
    new = table.set_column(1, "text", pa.array([nz.normalize(text) for text in texts], pa.string()))
    return new.append_column("found", nz.find_arrow(table["text"])) if findings else new


def pyarrow(table: Any, findings: bool = True) -> Any:
    return Normalizer().for_batches("text", findings="found" if findings else None)(table)


def polars(table: Any, findings: bool = True) -> Any:
    pl: Any = import_module("polars")
    import_module("normalize.hosts.polars")
    column = pl.col("text").normalize
    more = {"found": column.findings()} if findings else {}
    return pl.from_arrow(table).with_columns(column.text(), **more).to_arrow()


def polars_streaming(table: Any, findings: bool = True) -> Any:
    pl: Any = import_module("polars")
    import_module("normalize.hosts.polars")
    column = pl.col("text").normalize
    more = {"found": column.findings()} if findings else {}
    return (
        pl.from_arrow(table).lazy().with_columns(column.text(), **more).collect(engine="streaming").to_arrow()
    )


def pandas(table: Any, findings: bool = True) -> Any:
    pd: Any = import_module("pandas")
    pa: Any = import_module("pyarrow")
    import_module("normalize.hosts.pandas")
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    more = {"found": frame["text"].normalize.findings()} if findings else {}
    made = frame.assign(text=frame["text"].normalize.text(), **more)
    return pa.Table.from_pandas(made, preserve_index=False)


def datasets(table: Any, findings: bool = True) -> Any:
    hf: Any = import_module("datasets")
    hf.disable_progress_bars()
    hf.disable_caching()
    dataset = hf.Dataset(table).with_format("arrow")
    made = dataset.map(
        Normalizer().for_datasets("text", findings="found" if findings else None), batched=True
    )
    return made.data.table


def dask(table: Any, findings: bool = True) -> Any:
    dd: Any = import_module("dask.dataframe")
    pd: Any = import_module("pandas")
    pa: Any = import_module("pyarrow")
    normalized: Any = import_module("normalize.hosts.dask").normalized
    frame = dd.from_pandas(table.to_pandas(types_mapper=pd.ArrowDtype), npartitions=8)
    made = normalized(frame, "text", findings="found" if findings else None).compute(scheduler="threads")
    return pa.Table.from_pandas(made, preserve_index=False)


def ray(table: Any, findings: bool = True) -> Any:
    engine: Any = import_module("ray")
    pa: Any = import_module("pyarrow")
    normalized: Any = import_module("normalize.hosts.ray").normalized
    if not engine.is_initialized():
        engine.init(include_dashboard=False, log_to_driver=False, configure_logging=False)
    dataset = engine.data.from_arrow(table).repartition(8)
    made = normalized(dataset, "text", findings="found" if findings else None)
    return pa.concat_tables(engine.get(made.to_arrow_refs()))


def corpus(table: Any, findings: bool = True) -> Any:
    parquet: Any = import_module("pyarrow.parquet")
    main: Any = import_module("normalize.cli.main").main
    with tempfile.TemporaryDirectory() as directory:
        source, target = Path(directory, "in.parquet"), Path(directory, "out.parquet")
        parquet.write_table(table, source)
        more = ["--findings", "found"] if findings else []
        if main(["corpus", str(source), str(target), "--quiet", "--no-config", *more]):
            raise SystemExit("the corpus was not normalized")
        return parquet.read_table(target)


def spark(table: Any, findings: bool = True) -> Any:
    """By files, as Spark reads them; texts come back for the comparison only."""
    parquet: Any = import_module("pyarrow.parquet")
    normalized: Any = import_module("normalize.hosts.spark").normalized
    with tempfile.TemporaryDirectory() as directory, _spark(2) as session:
        _write_parts(table, directory)
        made = normalized(session.read.parquet(directory), "text", findings="found" if findings else None)
        made.write.parquet(f"{directory}/out")
        return parquet.read_table(f"{directory}/out")


HOSTS: dict[str, tuple[str, Run]] = {
    "library": ("pyarrow", library),
    "pyarrow": ("pyarrow", pyarrow),
    "polars": ("polars", polars),
    "polars, streaming": ("polars", polars_streaming),
    "pandas": ("pandas", pandas),
    "corpus": ("pyarrow", corpus),
    "datasets": ("datasets", datasets),
    "dask": ("dask.dataframe", dask),
    "ray": ("ray", ray),
    "spark": ("pyspark", spark),
}


def digest(table: Any) -> str:
    """One name for texts and findings, in the order of the ids."""
    rows = sorted(table.select(["id", "text", "found"]).to_pylist(), key=lambda row: row["id"])
    return sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@contextmanager
def _spark(cores: int) -> Generator[Any]:
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder: Any = import_module("pyspark.sql").SparkSession.builder
    session = (
        builder.master(f"local[{cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
        .config("spark.sql.files.maxPartitionBytes", str(16 << 20))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


def _write_parts(table: Any, directory: str) -> None:
    parquet: Any = import_module("pyarrow.parquet")
    rows = -(-table.num_rows // 8)
    for part in range(8):
        parquet.write_table(table.slice(part * rows, rows), f"{directory}/{part}.parquet")


def measure_columns(runs: Mapping[str, Run], table: Any, texts: list[str], size: float) -> None:
    """Rates of the hosts beside that of the same texts joined into one, in one call on one thread.

    One text is one document, so a name anywhere has more of it read than a name in one of many documents.
    """
    whole, nz = "\n".join(texts).encode(), Normalizer()
    one = size / best(lambda: nz.normalize(whole))
    print(f"{'one large text':<18} {one:8.1f} MB/s")
    for name, run in runs.items():
        rate = size / best(partial(run, table, False))
        print(f"{name:<18} {rate:8.1f} MB/s  {rate / one:6.2f} of one text")


def measure_spark(table: Any, size: float) -> None:
    """Seconds of the same work on one core and on two, and of a function that does nothing."""
    normalized: Any = import_module("normalize.hosts.spark").normalized
    seconds: dict[tuple[str, int], float] = {}
    with tempfile.TemporaryDirectory() as directory:
        _write_parts(table, directory)
        for cores in (1, 2):
            with _spark(cores) as session:
                frame = session.read.parquet(directory)
                works: dict[str, Any] = {
                    "read only": frame,
                    "border": frame.mapInArrow(_unchanged, frame.schema),
                    "normalized": normalized(frame, "text"),
                }
                for name, work in works.items():
                    _save_nowhere(work)  # the workers are begun, and files read
                    seconds[name, cores] = best(partial(_save_nowhere, work))
    for (name, cores), taken in seconds.items():
        print(f"spark local[{cores}], {name:<22} {taken:7.2f} s {size / taken:8.1f} MB/s")
    border = seconds["border", 1] - seconds["read only", 1]
    share = border / seconds["normalized", 1]
    print(f"the border of the JVM, one core  {border:7.2f} s, {share:.0%} of all the work")
    print(f"two cores over one               {seconds['normalized', 1] / seconds['normalized', 2]:7.2f} x")


def _unchanged(batches: Any) -> Any:
    return batches


def _save_nowhere(frame: Any) -> None:
    frame.write.format("noop").mode("overwrite").save()


def best(work: Callable[[], Any], rounds: int = 3) -> float:
    """The seconds of the fastest of some rounds."""
    taken: list[float] = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description="The same documents through every host: results, and rates.")
    parser.add_argument("hosts", nargs="*", metavar="HOST", help=f"of {', '.join(HOSTS)} (default: all)")
    parser.add_argument("--documents", type=int, default=100_000, metavar="N", help="how many are compared")
    parser.add_argument(
        "--megabytes", type=int, default=100, metavar="N", help="how many are timed; 0 for none"
    )
    parser.add_argument(
        "--dense", action="store_true", help="a name in every second sentence of those that are timed"
    )
    options = parser.parse_args()
    wanted = {name: host for name, host in HOSTS.items() if not options.hosts or name in options.hosts}
    pa: Any = import_module("pyarrow")
    missing = [name for name, (module, _) in wanted.items() if find_spec(module.split(".")[0]) is None]
    for name in missing:
        print(f"{name}: is not installed, see docs/hosts")
        del wanted[name]

    table = pa.table({"id": range(options.documents), "text": documents(options.documents)})
    expected = digest(library(table))
    different = [name for name, (_, run) in wanted.items() if digest(run(table)) != expected]
    for name in wanted:
        print(
            f"{name:<18} {options.documents:,} documents: {'DIFFERENT' if name in different else 'the same'}"
        )
    if options.megabytes:
        texts = documents(options.megabytes * 1_000_000 // 1_450, dense=options.dense)
        table = pa.table({"id": range(len(texts)), "text": texts})
        size = sum(map(len, texts)) / 1e6
        timed = {name: run for name, (_, run) in wanted.items() if name not in ("spark", "ray")}
        if timed:
            measure_columns(timed, table, texts, size)
        if "spark" in wanted:
            measure_spark(table, size)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
