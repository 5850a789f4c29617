"""The shipped place tables, seen through the library: each place is found, nothing is renamed in a circle."""

from __future__ import annotations

import pytest

from normalize import Normalizer
from normalize.compiler.gazetteer import LITTLE_KNOWN
from normalize.ruleset.records import PlaceEntry
from normalize.rulesets import open_ruleset, shipped_profiles

PROFILES = shipped_profiles()


def places(profile: str) -> list[PlaceEntry]:
    ruleset = open_ruleset(profile)
    return [ruleset.places[number] for number in range(len(ruleset.places))]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_place_is_found_by_its_own_names(profile: str) -> None:
    nz = Normalizer(profile)
    for place in places(profile):
        for name in filter(None, (place.name, place.uk, place.ru)):
            assert place.id in {found.id for found in nz.lookup(name)}, (place.id, name)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("frame", ["{}", "The road to {} in Ukraine.", "THE ROAD TO {} IN UKRAINE"])
def test_canonical_names_are_never_rewritten(profile: str, frame: str) -> None:
    """No circles: what a name is rewritten to is itself left alone, in every shape."""
    nz = Normalizer(profile)
    known = {place.id: place.prominence for place in places(profile)}
    for place in places(profile):
        name = place.name.upper() if frame.isupper() else place.name
        text = frame.format(name)
        if place.language and "ukraine" in text.lower():
            continue  # a place abroad may bear the former name of one in Ukraine, and the text tells which
        if nz.normalize(text) != text:  # then a village bears what a far better known place is also called
            assert place.prominence < LITTLE_KNOWN or place.language, place.id
            found = nz.find(text)
            assert [one.text for one in found] == [name], place.id
            assert found[0].place is not None
            assert known[found[0].place.id] >= LITTLE_KNOWN, place.id


@pytest.mark.parametrize("profile", PROFILES)
def test_native_names_in_their_own_text_are_never_rewritten(profile: str) -> None:
    nz = Normalizer(profile)
    for place in places(profile):
        for text in (f"Дорога до міста {place.uk} закрита.", f"Дорога в город {place.ru} закрыта."):
            assert nz.normalize(text) == text, place.id


def test_canonical_names_are_latin_and_composed() -> None:
    for place in places("uk-national"):
        letters = [char for char in place.name if char.isalpha()]
        assert letters, place.id
        assert place.language or all(char.isascii() for char in letters), (place.id, place.name)
        assert place.name == place.name.strip()


def test_ids_are_those_of_their_kind() -> None:
    ids = [place.id for place in places("uk-national")]
    assert len(set(ids)) == len(ids)
    for place in places("uk-national"):
        assert place.id.startswith(f"{place.kind}-"), place.id


def test_parts_are_parts_of_places() -> None:
    known = {place.id for place in places("uk-national")}
    assert {place.part_of for place in places("uk-national") if place.part_of} <= known


@pytest.mark.parametrize(
    ("name", "canonical", "kind"),
    [
        ("Київ", "Kyiv", "city"),
        ("Знам’янка", "Znamianka", "city"),
        ("Запоріжжя", "Zaporizhzhia", "city"),
        ("Сіверський Донець", "Siverskyi Donets", "river"),
        ("Дніпропетровська область", "Dnipropetrovsk Oblast", "oblast"),
        ("Чорне море", "Black Sea", "sea"),
    ],
)
def test_canonical_names(name: str, canonical: str, kind: str) -> None:
    found = [(place.name, place.kind) for place in Normalizer().lookup(name)]
    assert (canonical, kind) in found
