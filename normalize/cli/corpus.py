"""`normalize corpus`: many files from one place to another, with progress, and a summary at the end."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from normalize.cli.corpus_progress import CorpusProgress, duration
from normalize.cli.errors import UsageError, complain, reason
from normalize.cli.normalizers import Normalizers
from normalize.corpus.batches import Wishes
from normalize.corpus.counts import Counts
from normalize.corpus.plan import Plan, plan
from normalize.corpus.run import Corpus, clean
from normalize.errors import CorpusError
from normalize.offsets import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from normalize.cli.options import Options

_PLACES = 20
"""How many places the summary shows; the report has all."""


def run(options: Options) -> int:
    if len(options.paths) < 2:
        raise UsageError("corpus needs where from and where to; see `normalize corpus --help`")
    *sources, target = (Path(path) for path in options.paths)
    wishes = _wishes(options)
    normalizers = Normalizers(options)
    normalizer = normalizers(normalizers.settings(str(sources[0])))
    todo = plan(sources, target)
    corpus = Corpus(todo, normalizer, wishes, threads=options.threads or None, overwrite=options.overwrite)
    failed: list[str] = []
    progress = CorpusProgress(todo, corpus.finished, quiet=options.quiet)

    def told(error: Exception) -> None:
        progress.clear()
        complain(error)
        failed.append(str(error))

    try:
        clean(todo)
        total = corpus.run(progress.advance, told)
    finally:
        progress.clear()
        corpus.close()
    done = len(todo.tasks) - len(failed)
    if options.report:
        _report(Path(options.report), total, todo, normalizer.ruleset_sha256, failed)
    if not options.quiet:
        _summarize(total, todo, done)
        before = len(corpus.finished)
        again = f"; {before:,} of them by an earlier run" if before else ""
        sys.stderr.write(
            f"normalize: {done:,} of {len(todo.tasks):,} files done{again}; "
            f"{progress.documents:,} documents in {duration(progress.seconds)}, {progress.rate()}\n"
        )
    return 2 if failed else 0


def _wishes(options: Options) -> Wishes:
    columns = tuple(dict.fromkeys(options.columns or ["text"]))
    if options.delimiter is not None and (len(options.delimiter) != 1 or options.delimiter in '"\r\n'):
        raise UsageError(
            f"--delimiter takes one character, not {options.delimiter!r}; in bash, a tab is $'\\t'"
        )
    for option, name in (("--into", options.into), ("--findings", options.findings)):
        if name is not None and len(columns) > 1 and "{column}" not in name:
            raise UsageError(f"{option} names one column for several; write {{column}} into the name")
    return Wishes(
        columns,
        options.into,
        options.findings,
        options.fixes or "safe",
        Unit(options.unit),
        options.delimiter,
        options.whole,
    )


def _summarize(total: Counts, todo: Plan, done: int) -> None:
    """What was found, by rule and by place; nothing that depends on time, so that runs can be compared."""
    record = total.record()
    lines = [
        f"{done:,} files, {total.documents:,} documents, {total.changed:,} of them changed, "
        f"{total.findings:,} findings"
    ]
    rules = [(rule, f"{row['findings']:,}", f"{row['applied']:,}") for rule, row in record["rules"].items()]
    places = [(place, row["name"], f"{row['findings']:,}") for place, row in record["places"].items()]
    if rules:
        lines += ["", *_table([("RULE", "FINDINGS", "APPLIED"), *rules], right=(1, 2))]
    if places:
        lines += ["", *_table([("PLACE", "NAME", "FINDINGS"), *places[:_PLACES]], right=(2,))]
    if len(places) > _PLACES:
        lines.append(f"… and {len(places) - _PLACES:,} more places (--report FILE lists all)")
    if todo.passed_over:
        lines += ["", f"{todo.passed_over:,} files of other formats were passed over."]
    sys.stdout.write("\n".join(lines) + "\n")


def _table(rows: list[tuple[str, str, str]], right: Iterable[int]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    return [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _report(path: Path, total: Counts, todo: Plan, ruleset: str, failed: list[str]) -> None:
    record = {
        "ruleset": ruleset,
        "files": len(todo.tasks),
        "errors": failed,
        "passed_over": todo.passed_over,
        **total.record(),
    }
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        raise CorpusError(f"{path}: the report cannot be written ({reason(error)})") from error
