"""What `apply` gives back: the new text, the findings, and the way between both texts' offsets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Generic, TypeVar

from normalize.model import Finding
from normalize.offsets import Edit, OffsetMap, Unit, apply_edits, from_code_points, in_code_points

Text = TypeVar("Text", str, bytes)


class Result(Generic[Text]):
    """A text with findings applied.

    `text` is the new text (the same object if nothing was applied), `findings` are all findings in
    source coordinates, `applied` those whose replacement stands in `text`.
    """

    def __init__(
        self, source: str, text: Text, findings: Sequence[Finding], applied: Sequence[Finding]
    ) -> None:
        self.text: Text = text
        self.findings = list(findings)
        self.applied = list(applied)
        self._source = source

    @property
    def edits(self) -> list[Edit]:
        """The edits that lead from the source to `text`: sorted, disjoint, in code points."""
        return [Edit(finding.start, finding.end, finding.replacement or "") for finding in self.applied]

    @cached_property
    def _map(self) -> OffsetMap:
        return OffsetMap(self.edits)

    @cached_property
    def _target(self) -> str:
        return apply_edits(self._source, self.edits)

    def to_source(self, offset: int, unit: Unit | str = Unit.CODE_POINTS) -> int:
        """Where an offset into `text` stood in the source; both count in `unit`.

        An offset inside a replacement goes to the start of what was replaced; the borders of a
        replacement correspond exactly. Raises ValueError for an offset outside the text.
        """
        unit = Unit(unit)
        point = self._map.to_source(in_code_points(self._target, offset, unit))
        return from_code_points(self._source, point, unit)

    def to_target(self, offset: int, unit: Unit | str = Unit.CODE_POINTS) -> int:
        """Where a source offset stands in `text`; both count in `unit`.

        An offset inside a replaced span goes to the start of its replacement. Raises ValueError for
        an offset outside the source.
        """
        unit = Unit(unit)
        point = self._map.to_target(in_code_points(self._source, offset, unit))
        return from_code_points(self._target, point, unit)
