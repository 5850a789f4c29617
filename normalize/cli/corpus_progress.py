"""Progress of a corpus: files, documents, rate and remaining time, in one line on a terminal."""

from __future__ import annotations

import sys
from time import monotonic

from normalize.corpus.counts import Counts
from normalize.corpus.plan import Plan, Task

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_INTERVAL = 0.5


class CorpusProgress:
    """Counts what is done, and shows it twice a second if standard error is a terminal."""

    def __init__(self, todo: Plan, finished: Mapping[str, Counts], quiet: bool = False) -> None:
        left = [task for task in todo.tasks if task.name not in finished]
        self._sizes = {task.name: max(task.source.stat().st_size, 1) for task in left}
        self._all = sum(self._sizes.values())
        self._files, self._done_before = len(todo.tasks), len(finished)
        self._shares: dict[str, float] = {}
        self._begun = monotonic()
        self._next = self._begun + _INTERVAL
        self._shows = not quiet and sys.stderr.isatty()
        self._shown = False
        self.documents = self.characters = 0

    def advance(self, task: Task, share: float, documents: int, characters: int) -> None:
        self._shares[task.name] = share
        self.documents += documents
        self.characters += characters
        if self._shows and (now := monotonic()) >= self._next:
            self._next = now + _INTERVAL
            self._shown = True
            sys.stderr.write(f"\r\x1b[K{self.line()}")
            sys.stderr.flush()

    def line(self) -> str:
        """`normalize: file 3 of 12, 1,234,567 documents, 82.1 M characters a second, 34 %, 2 min left`."""
        done = sum(self._sizes[name] * share for name, share in self._shares.items()) / max(self._all, 1)
        left = self.seconds * (1 - done) / done if done else 0
        at = self._done_before + len(self._shares)
        return (
            f"normalize: file {at:,} of {self._files:,}, {self.documents:,} documents, {self.rate()}, "
            f"{done:.0%}, {duration(left)} left"
        )

    @property
    def seconds(self) -> float:
        return max(monotonic() - self._begun, 1e-6)

    def rate(self) -> str:
        return f"{self.characters / self.seconds / 1e6:,.1f} M characters a second"

    def clear(self) -> None:
        """Takes the line away, before anything else is written or at the end."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False


def duration(seconds: float) -> str:
    """`45 s`, `2 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
