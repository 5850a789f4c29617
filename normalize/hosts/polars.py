"""polars: importing this module gives expressions and series the namespace `normalize`.

    import normalize.hosts.polars
    frame.with_columns(pl.col("text").normalize.text())

Eager, lazy and streaming frames do the same: a row is judged by itself, so polars may divide the work.
"""

from __future__ import annotations

from typing import Any

from normalize.api import Normalizer
from normalize.columns.found import FIELDS
from normalize.columns.kinds import kind_of
from normalize.columns.spans import Spans
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Unit
from normalize.romanize.extras import extra

pl = extra("polars", "polars", "normalize.hosts.polars")
_TYPES: dict[str, Any] = {"string": pl.String, "int64": pl.Int64, "bool": pl.Boolean}
FINDINGS = pl.List(pl.Struct({name: _TYPES[kind] for name, kind in FIELDS.items()}))
"""The type of a column of findings."""
SPANS = pl.List(pl.Struct({"start": pl.Int64, "end": pl.Int64}))
"""The type of a column of spans."""


class _Columns:
    """What both namespaces do with a series."""

    @staticmethod
    def text(series: Any, normalizer: Normalizer, fixes: str) -> Any:
        return pl.Series(normalizer.normalize_arrow(_checked(series), fixes))

    @staticmethod
    def findings(series: Any, normalizer: Normalizer, fixes: str, unit: Unit | str) -> Any:
        found = normalizer.find_arrow(_checked(series), fixes, unit=unit)
        return pl.Series(series.name, found, FINDINGS)


def _checked(series: Any) -> Any:
    """The series, if it is one of text. Raises `ColumnError`, which names it."""
    name = series.name or "text"
    frame = series.rename(name).to_frame()
    return kind_of(frame).text(frame, name).rename(series.name)


@pl.api.register_series_namespace("normalize")
class SeriesNamespace:
    """`series.normalize`."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def text(
        self, *, normalizer: Normalizer | None = None, profile: str | None = None, fixes: str = "safe"
    ) -> Any:
        """The series with each value normalized, by a `Normalizer` or a profile. Raises `ColumnError`."""
        return _Columns.text(self._series, chosen(normalizer, profile), fixes)

    def findings(
        self,
        *,
        normalizer: Normalizer | None = None,
        profile: str | None = None,
        fixes: str = "safe",
        unit: Unit | str = Unit.CODE_POINTS,
    ) -> Any:
        """For each value the list of its findings; see `Normalizer.find_arrow`. Raises `ColumnError`."""
        return _Columns.findings(self._series, chosen(normalizer, profile), fixes, unit)


@pl.api.register_expr_namespace("normalize")
class ExprNamespace:
    """`pl.col(…).normalize`."""

    def __init__(self, expr: Any) -> None:
        self._expr = expr

    def text(
        self, *, normalizer: Normalizer | None = None, profile: str | None = None, fixes: str = "safe"
    ) -> Any:
        """The column with each value normalized, by a `Normalizer` or a profile.

        The type stays: String, Categorical. Other types are a `ColumnError` when the frame is collected.
        """
        made = chosen(normalizer, profile)

        def work(series: Any) -> Any:
            return _Columns.text(series, made, fixes)

        return self._expr.map_batches(
            work,
            is_elementwise=True,
            return_dtype=pl.self_dtype(),
        )

    def findings(
        self,
        *,
        normalizer: Normalizer | None = None,
        profile: str | None = None,
        fixes: str = "safe",
        unit: Unit | str = Unit.CODE_POINTS,
    ) -> Any:
        """For each value the list of its findings, a `List` of `Struct`; see `Normalizer.find_arrow`."""
        made = chosen(normalizer, profile)

        def work(series: Any) -> Any:
            return _Columns.findings(series, made, fixes, unit)

        return self._expr.map_batches(
            work,
            is_elementwise=True,
            return_dtype=FINDINGS,
        )

    def to_source(self, findings: Any) -> Any:
        """Spans of normalized texts as spans of their sources: lists of structs of `start` and `end`.

        `findings` is the column of findings that belongs to the texts; both count in its unit.
        """
        return _carried(self._expr, findings, "to_source")

    def to_target(self, findings: Any) -> Any:
        """Spans of sources as spans of their normalized texts; as `to_source`."""
        return _carried(self._expr, findings, "to_target")


def _carried(spans: Any, findings: Any, way: str) -> Any:
    found = pl.col(findings) if isinstance(findings, str) else findings

    def carry(both: Any) -> Any:
        rows: list[Any] = []
        for listed, known in zip(both[0].to_list(), both[1].to_list(), strict=True):
            go: Any = getattr(Spans(known), way)
            carried = None if listed is None else [go(one["start"], one["end"]) for one in listed]
            rows.append(carried and [{"start": start, "end": end} for start, end in carried])
        return pl.Series(both[0].name, rows, SPANS)

    return pl.map_batches([spans, found], carry, return_dtype=SPANS, is_elementwise=True)
