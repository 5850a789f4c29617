"""Results as rows: for the terminal, and for the page."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.definitions import Bench
from benchmarks.measure import Measurement
from benchmarks.results import best, middle, shown, shown_speed, speed

HEADS = ("engine", "median", "best", "ratio", "ready in", "measured on", "result")
_RESULTS = {
    "right": "right: {}",
    "other": "OTHER: {}",
    "another task": "another task: {}",
    "not compared": "-",
}


def rows(bench: Bench, measured: Sequence[Measurement]) -> list[tuple[str, ...]]:
    """A row of `HEADS` each engine. The ratio is of the first of ours to the row: above 1, ours is faster."""
    first = next((one for one in measured if one.ours and one.samples), None)
    return [_row(bench, one, first) for one in measured]


def _row(bench: Bench, one: Measurement, first: Measurement | None) -> tuple[str, ...]:
    name = f"{one.label} (ours)" if one.ours else one.label
    if not one.samples:
        said = one.status if one.status == "not installed" else f"{one.status}: {one.detail}"
        return (name, said, "", "", "", "", one.detail if one.status == "not installed" else "")
    if bench.unit == "speed":
        values = (shown_speed(speed(one)), shown_speed(one.work / best(one)))
    else:
        values = (shown(middle(one), bench.unit), shown(best(one), bench.unit))
    ratio = ""
    if first and bench.unit in ("speed", "call", "seconds"):
        ratio = "1" if one is first else f"{speed(first) / speed(one):.3g}"
    part = "all" if one.work == one.whole or bench.unit != "speed" else f"{one.work / 1e3:,.0f} KB"
    result = _RESULTS[one.result].format(one.result_detail)
    return (
        name,
        *values,
        ratio,
        shown(one.ready_seconds, "seconds"),
        f"{part}, {len(one.samples)} ×",
        result,
    )


def plain(bench: Bench, measured: Sequence[Measurement]) -> str:
    """The rows in columns."""
    lines = [HEADS, *rows(bench, measured)]
    widths = [max(len(line[column]) for line in lines if len(line[1]) < 20) for column in range(len(HEADS))]
    return "\n".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def markdown(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table for a page; the first column is left-aligned, the others right, the last left."""
    marks = ["---"] + ["---:"] * (len(heads) - 2) + ["---"]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, marks, *lines))
