"""What `apply` gives back: the new text, the findings, and the way between both texts' offsets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from normalize.model import Finding
from normalize.offsets import Edit, OffsetMap, Unit, apply_edits, from_code_points, in_code_points

Text = TypeVar("Text", str, bytes)
APPLIED = {"safe": ("safe",), "unsafe": ("safe", "unsafe"), "none": ()}
"""The applicabilities that are applied, by what `fixes` says."""


class Found(Protocol):
    """What an engine found in a text and applied; objects are made when they are asked for."""

    def findings(self) -> list[Finding]:
        """All findings."""
        ...

    def edits(self) -> list[Edit]:
        """The edits that were made."""
        ...


class Result(Generic[Text]):
    """A text with findings applied.

    `text` is the new text (the same object if nothing was applied), `findings` are all findings in
    source coordinates, `applied` those whose replacement stands in `text`.
    """

    def __init__(self, source: Text, text: Text, fixes: str, found: Found) -> None:
        self.text: Text = text
        self._given: Text = source
        self._fixes = fixes
        self._found = found

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, sorted and disjoint."""
        return self._found.findings()

    @cached_property
    def applied(self) -> list[Finding]:
        """The findings whose replacement stands in `text`."""
        return applied(self.findings, self._fixes)

    @property
    def edits(self) -> list[Edit]:
        """The edits that lead from the source to `text`: sorted, disjoint, in code points."""
        return self._found.edits()

    @cached_property
    def _map(self) -> OffsetMap:
        return OffsetMap(self.edits)

    @cached_property
    def _source(self) -> str:
        given = self._given
        return given.decode("utf-8", "surrogateescape") if isinstance(given, bytes) else given

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


def applied(findings: Sequence[Finding], fixes: str) -> list[Finding]:
    """The findings that `fixes` applies."""
    wanted = APPLIED[fixes]
    return [one for one in findings if one.replacement is not None and one.applicability.value in wanted]
