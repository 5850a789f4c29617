"""Places of other countries: what a look-up knows of them, and what a text is searched for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from laws import engines_here

from normalize import Normalizer
from normalize.rulesets import open_ruleset
from normalize.tables.source import read_tsv

PLACES = Path(__file__).parent.parent / "tables" / "places"
COUNTRIES = {"RU", "BY", "MD", "BG", "RS", "MK", "ME", "KZ", "KG", "TJ", "UZ", "TM", "MN"}


@pytest.mark.parametrize("engine", engines_here())
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Moscow", "city-ru-moscow"),
        ("Москвы", "city-ru-moscow"),
        ("Moskau", "city-ru-moscow"),
        ("Мінськ", "city-by-minsk"),
        ("Gomel", "city-by-homyel"),
        ("Гродна", "city-by-hrodna"),
        ("Кишинёв", "city-md-chisinau"),
        ("Chișinău", "city-md-chisinau"),
        ("Пловдив", "city-bg-plovdiv"),
        ("Београд", "city-rs-belgrade"),
        ("Скопје", "city-mk-skopje"),
        ("Nikšić", "city-me-niksic"),
        ("Қарағанды", "city-kz-karaganda"),
        ("Bichkek", "city-kg-bishkek"),
        ("Хуҷанд", "city-tj-khujand"),
        ("Toshkent", "city-uz-tashkent"),
        ("Aşgabat", "city-tm-ashgabat"),
        ("Улаанбаатар", "city-mn-ulaanbaatar"),
        ("Kirov", "city-ru-kirov-548408"),
        ("Краснодарском крае", "krai-ru-krasnodar"),
        ("Belgorod region", "oblast-ru-belgorod"),
        ("Donetsk", "city-ru-donetsk"),
    ],
)
def test_a_place_abroad_is_looked_up(name: str, place: str, engine: str) -> None:
    assert place in {found.id for found in Normalizer(engine=engine).lookup(name)}


def test_every_country_has_its_capital_and_cities() -> None:
    cities = Counter(place.country for place in open_ruleset("uk-national").places if place.language)
    assert set(cities) == COUNTRIES
    assert min(cities.values()) >= 8


def test_a_place_in_ukraine_goes_before_its_namesake_abroad() -> None:
    assert Normalizer().lookup("Donetsk")[0].id == "city-donetsk"
    assert [one.place and one.place.id for one in Normalizer().mentions("Donetsk")] == ["city-donetsk"]


@pytest.mark.parametrize("engine", engines_here())
def test_mentions_know_places_abroad(engine: str) -> None:
    nz = Normalizer(engine=engine)
    text = "Из Москвы в Минск, from Kazan to Almaty, and never to Bar or Mary."
    found = [one.place.id for one in nz.mentions(text) if one.place]
    assert found == ["city-ru-moscow", "city-by-minsk", "city-ru-kazan", "city-kz-almaty"]


@pytest.mark.parametrize("engine", engines_here())
def test_a_profile_may_rewrite_names_abroad(tmp_path: Path, engine: str) -> None:
    profile = tmp_path / "neighbours.toml"
    profile.write_text(
        'id = "neighbours"\nextends = "uk-national"\n[places]\ncountries = ["UA", "RU", "BY"]\n', "utf-8"
    )
    nz = Normalizer(str(profile), engine=engine)
    assert nz.normalize("Trains from Ekaterinburg and Mogilyov to Kharkov") == (
        "Trains from Yekaterinburg and Mahilyow to Kharkiv"
    )


@pytest.mark.parametrize("engine", engines_here())
def test_positions_are_those_of_geonames(engine: str) -> None:
    nz = Normalizer(engine=engine)
    known = {row["place"]: row for row in read_tsv(PLACES / "coordinates.tsv").rows}
    for name in ("Kyiv", "Сіверськ", "Moscow", "Улаанбаатар"):
        place = nz.lookup(name)[0]
        row = known[place.id]
        assert place.latitude == pytest.approx(float(row["latitude"]), abs=1e-5)
        assert place.longitude == pytest.approx(float(row["longitude"]), abs=1e-5)
    river = nz.lookup("Siverskyi Donets")[0]
    assert (river.latitude, river.longitude) == (None, None)
