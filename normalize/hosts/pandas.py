"""pandas: importing this module gives series the accessor `normalize`.

    import normalize.hosts.pandas
    frame["text"] = frame["text"].normalize.text()

Series of objects, `str`, `string`, categories and Arrow-backed ones keep their type, index and name.
"""

from __future__ import annotations

from typing import Any, cast

from normalize.api import Normalizer
from normalize.columns.kinds import arrow_series, series_like, series_text
from normalize.columns.spans import Spans
from normalize.hosts.settings import normalizer as chosen
from normalize.offsets import Unit
from normalize.romanize.extras import extra

pd = extra("pandas", "pandas", "normalize.hosts.pandas")


@pd.api.extensions.register_series_accessor("normalize")
class Accessor:
    """`series.normalize`."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def text(
        self,
        *,
        normalizer: Normalizer | None = None,
        profile: str | None = None,
        fixes: str = "safe",
        threads: int | None = None,
    ) -> Any:
        """The series with each value normalized, by a `Normalizer` or a profile; nulls stay.

        Raises `ColumnError`, which names the series, and the row where it holds other than text.
        """
        array = series_text(self._series, self._name)
        made = cast("Any", chosen(normalizer, profile)).normalize_arrow(array, fixes, threads=threads)
        return series_like(self._series, made)

    def findings(
        self,
        *,
        normalizer: Normalizer | None = None,
        profile: str | None = None,
        fixes: str = "safe",
        unit: Unit | str = Unit.CODE_POINTS,
        threads: int | None = None,
    ) -> Any:
        """For each value the list of its findings, backed by Arrow; see `Normalizer.find_arrow`.

        Raises `ColumnError` as `text` does.
        """
        array = series_text(self._series, self._name)
        found = chosen(normalizer, profile).find_arrow(array, fixes, unit=unit, threads=threads)
        return arrow_series(found, self._series.index).rename(self._series.name)

    def spans(self) -> Any:
        """Of a series of findings: for each row the `Spans` that go between its source and its new text."""
        listed = (
            self._series.array._pa_array.to_pylist()
            if hasattr(self._series.array, "_pa_array")
            else self._series
        )
        return pd.Series([Spans(one) for one in listed], index=self._series.index, dtype=object)

    @property
    def _name(self) -> str:
        return "series" if self._series.name is None else str(self._series.name)
