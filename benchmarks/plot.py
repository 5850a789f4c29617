"""Draws the speeds as an SVG: a panel each benchmark, a dot each engine, on one logarithmic axis."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from xml.sax.saxutils import escape

from benchmarks.definitions import Bench, Group
from benchmarks.measure import Measurement
from benchmarks.results import Results, shown_speed, speed

_WIDTH, _LEFT, _RIGHT = 860, 210, 90
_ROW, _HEAD, _GAP = 18, 50, 14
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600 } .small { font-size: 10px; fill: #777 } .ours { fill: #0a6640; font-weight: 600 }
line { stroke: #ddd } .stem { stroke: #bbb; stroke-width: 2 } circle { fill: #888 }
.stem.ours { stroke: #0a6640 } circle.ours { fill: #0a6640 }
circle.other { fill: #fff; stroke: #888; stroke-width: 2 }
rect { fill: #fff }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .small { fill: #999 } .ours { fill: #5fd3a0 } rect { fill: #16181c } line { stroke: #333 }
.stem { stroke: #555 } .stem.ours { stroke: #5fd3a0 } circle { fill: #aaa } circle.ours { fill: #5fd3a0 }
circle.other { fill: #16181c; stroke: #aaa } }
"""


def svg(groups: Sequence[Group], results: Results) -> str:
    """The picture; benchmarks whose unit is not speed, or in which nothing was measured, have no panel."""
    panels = [
        (bench, measured)
        for group in groups
        for bench in group.benches
        if bench.unit == "speed" and (measured := [one for one in results.of(bench) if one.samples])
    ]
    speeds = [speed(one) for _, measured in panels for one in measured]
    axis = _Axis(min(speeds, default=1e6), max(speeds, default=1e9))
    parts: list[str] = []
    top = _GAP
    for bench, measured in panels:
        parts += _panel(bench, measured, axis, top)
        top += _HEAD + _ROW * len(measured) + _GAP
    legend = (
        "bytes a second, median; green: this project; a hollow dot: the result is another than the right one"
    )
    parts.append(f'<text class="small" x="{_GAP}" y="{top + 6}">{escape(legend)}</text>')
    height = top + _ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-label="Speeds of normalize and its peers">\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect width="{_WIDTH}" height="{height}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


class _Axis:
    """Where a speed stands: from the power of ten below the slowest to the one above the fastest."""

    def __init__(self, slowest: float, fastest: float) -> None:
        self.first, self.last = int(log10(slowest) // 1), int(-(-log10(fastest) // 1))
        self.last = max(self.last, self.first + 1)

    def x(self, value: float) -> float:
        share = (log10(value) - self.first) / (self.last - self.first)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _panel(bench: Bench, measured: Sequence[Measurement], axis: _Axis, top: int) -> list[str]:
    bottom = top + _HEAD + _ROW * len(measured) - 6
    parts = [f'<text class="title" x="{_GAP}" y="{top + 12}">{escape(bench.id)}</text>']
    for power in range(axis.first, axis.last + 1):
        x = axis.x(10.0**power)
        parts.append(f'<line x1="{x}" x2="{x}" y1="{top + 36}" y2="{bottom}"/>')
        parts.append(
            f'<text class="small" x="{x}" y="{top + 31}" text-anchor="middle">'
            f"{shown_speed(10.0**power)}</text>"
        )
    for index, one in enumerate(sorted(measured, key=speed, reverse=True)):
        y, x = top + _HEAD + _ROW * index, axis.x(speed(one))
        ours = " ours" if one.ours else ""
        kind = "ours" if one.ours else "other" if one.result == "other" else "peer"
        parts += [
            f'<text class="name{ours}" x="{_LEFT - 10}" y="{y + 4}" text-anchor="end">'
            f"{escape(one.label)}</text>",
            f'<line class="stem{ours}" x1="{_LEFT}" x2="{x}" y1="{y}" y2="{y}"/>',
            f'<circle class="{kind}" cx="{x}" cy="{y}" r="4"/>',
            f'<text class="value{ours}" x="{x + 9}" y="{y + 4}">{shown_speed(speed(one))}</text>',
        ]
    return parts
