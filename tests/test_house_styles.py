"""House styles whose rulesets are built on first use: what each writes, and that it stays."""

from __future__ import annotations

import pytest
from laws import engines_here

from normalize import Normalizer

CASES = [
    ("bgn", "Kharkov and Lvov are in Ukraine.", "Kharkiv and Lviv are in Ukraine."),
    ("bgn", "They crossed the Seversky Donets at dawn.", "They crossed the Siverskyi Donets at dawn."),
    ("russian-derived", "From Kyiv to Kharkiv in Ukraine.", "From Kiev to Kharkov in Ukraine."),
    (
        "russian-derived",
        "They crossed the Siverskyi Donets at dawn.",
        "They crossed the Seversky Donets at dawn.",
    ),
    ("russian-derived", "The Lviv region of Ukraine.", "The Lvov region of Ukraine."),
    ("russian-derived", "The Black Sea and Crimea are warm.", "The Black Sea and Crimea are warm."),
    ("native-uk", "Trains ran from Kiev to the east of it.", "Trains ran from Київ to the east of it."),
    ("native-uk", "She ordered chicken Kiev and a salad.", "She ordered chicken Kiev and a salad."),
]


@pytest.mark.parametrize("engine", engines_here())
@pytest.mark.parametrize(("profile", "text", "expected"), CASES)
def test_a_style_writes_its_own_names_and_leaves_them(
    profile: str, text: str, expected: str, engine: str
) -> None:
    nz = Normalizer(profile, engine=engine)
    assert nz.normalize(text) == expected
    assert nz.normalize(expected) == expected


def test_russian_derived_names_are_those_of_look_ups() -> None:
    nz = Normalizer("russian-derived")
    assert [nz.lookup(name)[0].name for name in ("Київ", "Odesa", "Donetsk region")] == [
        "Kiev",
        "Odessa",
        "Donetsk Oblast",
    ]
