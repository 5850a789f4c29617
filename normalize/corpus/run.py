"""The work: one file after another, each under its final name only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from normalize.api import Normalizer
from normalize.columns.found import plain, pyarrow
from normalize.corpus.batches import Batch, CorpusFileError, New, Row, Wishes
from normalize.corpus.counts import Counts
from normalize.corpus.journal import Journal, state
from normalize.corpus.plan import Plan, Task
from normalize.dictionaries.sources import modified
from normalize.errors import ColumnError, CorpusError
from normalize.offsets import Edit, apply_edits
from normalize.result import applied

Watch = Callable[[Task, float, int, int], None]
"""Told after each batch: the file, its share that is done, and the batch's documents and characters."""


class Corpus:
    """One run over a plan.

    `threads` are as of `Normalizer.find_arrow`. Raises `CorpusError` where the target was begun with other
    settings, or holds files that are not this command's, unless `overwrite` is true; `MissingExtraError`
    without pyarrow.
    """

    def __init__(
        self,
        plan: Plan,
        normalizer: Normalizer,
        wishes: Wishes,
        *,
        threads: int | None = None,
        overwrite: bool = False,
    ) -> None:
        pyarrow("`normalize corpus`")
        self._plan, self._normalizer, self._wishes, self._threads = plan, normalizer, wishes, threads
        if not overwrite and not plan.journal.exists():
            for task in plan.tasks:
                if task.target.exists():
                    raise CorpusError(
                        f"{task.target}: is there already; use --overwrite, or name another place"
                    )
        self._journal = Journal(plan.journal, self._settings(), overwrite)
        self._finished = {
            task.name: counts for task in plan.tasks if (counts := self._journal.finished(task))
        }

    def _settings(self) -> dict[str, Any]:
        """All that the result depends on."""
        wishes = self._wishes
        arguments: dict[str, Any] = self._normalizer.__reduce__()[1][0]
        return {
            "ruleset": self._normalizer.ruleset_sha256,
            "column": list(wishes.columns),
            "into": wishes.into,
            "findings": wishes.findings,
            "fixes": wishes.fixes,
            "unit": wishes.unit.value,
            "delimiter": wishes.delimiter,
            "whole": wishes.whole,
            "allow": list(arguments["allow"]),
            "rules": dict(arguments["rules"]),
            "dictionaries": [[source, *modified(source)] for source in arguments["dictionaries"]],
        }

    @property
    def finished(self) -> dict[str, Counts]:
        """By name what was counted in files that an earlier run has finished."""
        return self._finished

    def run(self, watch: Watch, complain: Callable[[Exception], None]) -> Counts:
        """Does what is left to do, and gives the counts of all files.

        `complain` is told of each file with which something is wrong; the others are done all the same.
        """
        total = Counts()
        for task in self._plan.tasks:
            counts = self._finished.get(task.name)
            if counts is None:
                try:
                    counts = self._file(task, watch)
                except (ColumnError, CorpusFileError) as error:
                    complain(CorpusError(f"{task.source}: {error}"))
                    continue
                except OSError as error:
                    where = error.filename or task.source
                    complain(CorpusError(f"{where}: {error.strerror or error}"))
                    continue
            total += counts
        return total

    def close(self) -> None:
        self._journal.close()

    def _file(self, task: Task, watch: Watch) -> Counts:
        counts = Counts()
        task.target.parent.mkdir(parents=True, exist_ok=True)
        before = state(task.source)
        reader = task.format.reader(task.source, self._wishes)
        try:
            with task.partial.open("wb") as file:
                writer = task.format.writer(file, reader)
                try:
                    for batch in reader.batches():
                        characters = counts.characters
                        writer.write(batch.written(self._normalized(batch, counts)))
                        watch(task, reader.share(), batch.documents, counts.characters - characters)
                except BaseException:
                    with suppress(Exception):  # what matters is why the writing ended
                        writer.close()
                    raise
                writer.close()
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            task.partial.unlink(missing_ok=True)
            raise
        finally:
            reader.close()
        task.partial.replace(task.target)
        _settle(task.target.parent)
        self._journal.add(task, before, counts)
        return counts

    def _normalized(self, batch: Batch, counts: Counts) -> dict[str, New]:
        """What becomes of each column of a batch."""
        changed: set[int] = set()
        made: dict[str, New] = {}
        for column in self._wishes.columns:
            rows, characters = self._rows(batch.texts(column))
            counts.characters += characters
            texts: dict[int, str] = {}
            for at, text, findings in rows:
                done = applied(findings, self._wishes.fixes)
                kept = set(map(id, done))
                for finding in findings:
                    counts.add(finding, id(finding) in kept)
                edits = [Edit(one.start, one.end, one.replacement or "") for one in done]
                if (new := apply_edits(text, edits)) != text:
                    texts[at] = new
            changed |= texts.keys()
            made[column] = New(texts, rows)
        counts.documents += batch.documents
        counts.changed += len(changed)
        return made

    def _rows(self, texts: Any) -> tuple[list[Row], int]:
        """What is found in the texts of a column, and how many characters these have."""
        pa = pyarrow("`normalize corpus`")
        compute: Any = import_module("pyarrow.compute")
        if not isinstance(texts, list):
            array = plain(pa, texts)
            lengths = compute.utf8_length(
                array.cast(pa.large_string())
            )  # there is no such function for views
            return self._normalizer.find_rows(array, threads=self._threads), compute.sum(lengths).as_py() or 0
        values = cast("list[str | None]", texts)
        characters = sum(len(text) for text in values if text is not None)
        try:
            array = pa.array(values, pa.large_string())
        except UnicodeEncodeError:  # bytes that are no UTF-8: the engine takes them, and Arrow does not
            found = ((at, text, self._normalizer.find(text)) for at, text in enumerate(values) if text)
            return [row for row in found if row[2]], characters
        return self._normalizer.find_rows(array, threads=self._threads), characters


def clean(plan: Plan) -> None:
    """Removes what a killed run has left half-written."""
    for task in plan.tasks:
        task.partial.unlink(missing_ok=True)


def _settle(directory: Path) -> None:
    """Forces the renaming itself to the disk, where a directory can be opened."""
    try:
        descriptor = os.open(directory, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
