"""Schemes as ICU's rules: ICU compiles them, and then does what our interpreter does.

ICU itself comes with `pip install -e '.[icu]'`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any

import laws
import pytest

import normalize
from normalize import ConfigError, IrreversibleSchemeError, MissingExtraError, Normalizer, UnknownSchemeError
from normalize.scheme import SchemeRules, Transliterator
from normalize.scheme.icu import icu_rules
from normalize.tables.schemes import load_case, load_schemes

ROOT = Path(__file__).parent.parent
CASE = load_case(ROOT / "tables" / "unicode")
SCHEMES = load_schemes(ROOT / "tables" / "schemes")
VOWELS = "аеєиіїоуюяёыэ"
STRESS = "\u0301"


@pytest.fixture(scope="session")
def icu() -> Any:
    return pytest.importorskip("icu", reason="PyICU is not installed: pip install '.[icu]'")


def texts(rules: SchemeRules, random: Random, number: int) -> list[str]:
    """Words of the scheme's letters, stressed, with apostrophes and hyphens, in capitals and in any case."""
    sources = sorted({rule.source for rule in rules.forward})
    words = [word for word, _ in rules.words]
    typed = [sign for group in rules.typed for sign in group]
    found: list[str] = []
    for _ in range(number):
        word = random.choice(words) if words and random.randrange(8) == 0 else ""
        for _ in range(0 if word else random.randrange(1, 7)):
            word += random.choice(sources)
            if word[-1] in VOWELS and random.randrange(8) == 0:
                word += STRESS
            if random.randrange(20) == 0:
                word += random.choice(["’", "'", *typed])
        shape = random.randrange(10)
        if shape < 3:
            word = word.upper()
        elif shape < 5:
            word = word[:1].upper() + word[1:]
        elif shape == 5:
            word = "".join(random.choice([char, char.upper()]) for char in word)
        found.append(word + random.choice(["", " ", "-", ". "]) + random.choice(["", "я", "Я", "abc"]))
    return found


NOT_EXPRESSIBLE = {"av-bgnpcgn-2011"}


@pytest.mark.parametrize("name", sorted(set(SCHEMES) - NOT_EXPRESSIBLE))
def test_icu_and_our_engine_agree(name: str, icu: Any) -> None:
    table = SCHEMES[name]
    compiled = icu.Transliterator.createFromRules(name, icu_rules(table.rules, CASE))
    ours = Transliterator.forward(table.rules, CASE)
    for text in [*table.examples, *table.tests, *texts(table.rules, Random(name), 300)]:
        assert compiled.transliterate(text) == ours.transliterate(text), text


@pytest.mark.parametrize("name", ["uk-kmu-2010", "uk-iso9-1995", "iso9-1995", "cu-alalc-2022", "sr-gaj"])
def test_what_is_not_of_the_scheme_stays(name: str, icu: Any) -> None:
    compiled = icu.Transliterator.createFromRules(name, normalize.Normalizer().icu_rules(name))
    text = "Don’t – «naïve» café, 東京\tΑθήνα \U0001f600\r\n1’2 'x'"
    assert compiled.transliterate(text) == text


@pytest.mark.parametrize("name", sorted(NOT_EXPRESSIBLE))
def test_what_icu_cannot_do_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name} leaves ӏ as it was typed where it stands alone"):
        normalize.Normalizer().icu_rules(name)


def test_rules_for_an_unknown_scheme() -> None:
    with pytest.raises(UnknownSchemeError, match="perhaps uk-kmu-2010"):
        normalize.Normalizer().icu_rules("uk-kmu-2011")


# ------------------------------------------------------------------------------------------ icu: and --ascii


@pytest.fixture(params=laws.engines_here())
def nz(request: pytest.FixtureRequest) -> Normalizer:
    return Normalizer(engine=request.param)


@pytest.mark.usefixtures("icu")
def test_transforms_of_icu_pass_through(nz: Normalizer) -> None:
    assert nz.transliterate("Ελλάδα\r\nΑθήνα", "icu:Greek-Latin/UNGEGN") == "Elláda\r\nAthí̱na"
    assert nz.transliterate("Αθήνα".encode() + b"\xff\n", "icu:Greek-Latin") == "Athḗna".encode() + b"\xff\n"
    assert nz.transliterate("Athína", "icu:Greek-Latin/UNGEGN", reverse=True) == "Αθίνα"
    text = "plain"
    assert nz.transliterate(text, "icu:Greek-Latin") is text
    with pytest.raises(UnknownSchemeError, match=r"ICU .* has no transform 'No-Such'"):
        nz.transliterate("x", "icu:No-Such")


@pytest.mark.usefixtures("icu")
def test_a_transform_without_inverse_says_so(nz: Normalizer) -> None:
    with pytest.raises(IrreversibleSchemeError, match="no inverse of the transform 'Maldivian-Latin/BGN'"):
        nz.transliterate("Male", "icu:Maldivian-Latin/BGN", reverse=True)


def test_a_missing_extra_says_how_to_get_it(nz: Normalizer, monkeypatch: pytest.MonkeyPatch) -> None:
    from normalize.romanize.ascii import Ascii

    for module in ("icu", "unidecode"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"needs the extra 'icu'.*normalize-translit\[icu\]"):
        nz.transliterate("x", "icu:Any-Latin/missing")
    with pytest.raises(MissingExtraError, match=r"--ascii needs the extra 'ascii'"):
        Ascii()


def test_ascii_counts_what_it_loses() -> None:
    pytest.importorskip("unidecode", reason="Unidecode is not installed: pip install '.[ascii]'")
    from normalize.romanize.ascii import Ascii

    made = Ascii()
    assert made.text("plain") == "plain"
    assert made.account() == ""
    assert made.data("Ŝoss \U0001f600 ŝ Ŝ".encode() + b"\xff") == b"Soss  s S\xff"
    assert made.account() == (
        "3 characters [Ŝ (2), ŝ (1)] replaced; "
        "1 character [\U0001f600 (1)] dropped, for which ASCII has nothing"
    )
