"""Offsets: the vectors, conversions between units, and the map against a table of every offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vector_files import VECTORS, OffsetCase, offset_cases

from normalize import Edit, Normalizer, Unit
from normalize.offsets import OffsetMap, apply_edits, from_code_points, in_code_points


@pytest.mark.parametrize("case", offset_cases(VECTORS / "offsets" / "maps.tsv"))
def test_vector(case: OffsetCase) -> None:
    result = Normalizer().apply(case.text)
    assert result.text == case.expected
    assert [(a, result.to_target(a, case.unit)) for a, _ in case.to_target] == case.to_target
    assert [(a, result.to_source(a, case.unit)) for a, _ in case.to_source] == case.to_source


TEXT = st.text(st.sampled_from("abя€😀\udcff\n"), max_size=20)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [Edit(start, end, draw(st.text("xé😀", max_size=4))) for start, end in spans]


@given(edited())
def test_map_against_a_walk_through_both_texts(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    target, offsets = apply_edits(text, edits), OffsetMap(edits)
    shift, done = 0, 0
    for edit in edits:
        for offset in range(done, edit.start):
            assert offsets.to_target(offset) == offset + shift
            assert offsets.to_source(offset + shift) == offset
        for offset in range(edit.start, edit.end):
            assert offsets.to_target(offset) == edit.start + shift
        for inside in range(len(edit.replacement)):
            assert offsets.to_source(edit.start + shift + inside) == edit.start
        shift, done = shift + len(edit.replacement) - (edit.end - edit.start), edit.end
        assert offsets.to_target(edit.end) == edit.end + shift
    for offset in range(done, len(text) + 1):
        assert offsets.to_target(offset) == offset + shift
        assert offsets.to_source(offset + shift) == offset
    assert len(target) == len(text) + shift


@given(TEXT)
def test_units(text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    for offset in range(len(text) + 1):
        head = text[:offset]
        widths = {
            Unit.CODE_POINTS: len(head),
            Unit.UTF8: len(head.encode("utf-8", "surrogateescape")),
            Unit.UTF16: len(head.encode("utf-16-le", "surrogatepass")) // 2,
        }
        for unit, width in widths.items():
            assert from_code_points(text, offset, unit) == width
            assert in_code_points(text, width, unit) == offset
    for at in range(len(data) + 1):
        assert 0 <= in_code_points(text, at, Unit.UTF8) <= len(text)


@pytest.mark.parametrize("unit", list(Unit))
def test_outside_the_text(unit: Unit) -> None:
    for convert in (in_code_points, from_code_points):
        with pytest.raises(ValueError, match="outside the text"):
            convert("Київ", 99, unit)
    result = Normalizer().apply("Kiev")
    with pytest.raises(ValueError, match="outside the text"):
        result.to_source(99, unit)
    with pytest.raises(ValueError, match="outside the text"):
        result.to_target(99, unit)
    with pytest.raises(ValueError):
        result.to_target(-1, unit)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abcdef", [Edit(3, 2, "x")])


def test_unknown_unit() -> None:
    with pytest.raises(ValueError):
        Normalizer().apply("Kiev").to_source(0, "bytes")
