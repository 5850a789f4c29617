"""Columns of words for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalize.reports.display import clipped, padded, width


def table(head: Sequence[str], rows: Iterable[Sequence[str]], columns: int) -> str:
    """Aligned columns; the last one is cut where the line would be wider than the terminal."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(width(line[at]) for line in lines) for at in range(len(head))]
    room = max(10, columns - sum(widths[:-1]) - 2 * (len(widths) - 1))
    out: list[str] = []
    for line in lines:
        cells = [padded(cell, size) for cell, size in zip(line[:-1], widths, strict=False)]
        out.append("  ".join([*cells, clipped(line[-1], room)]).rstrip())
    return "".join(f"{line}\n" for line in out)


def facts(pairs: Iterable[tuple[str, str]], indent: str = "") -> str:
    """One `name  value` a line, without those that have no value."""
    kept = [(name, value) for name, value in pairs if value]
    size = max((len(name) for name, _ in kept), default=0)
    return "".join(f"{indent}{padded(name, size)}  {value}\n" for name, value in kept)
