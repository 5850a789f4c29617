"""The library's contract: every entry, what it gives back, and what it says when it is asked wrongly."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum

import pytest

import normalize
from normalize import Applicability, Finding, Normalizer

RIVER = "along the River Seversky Донец"


def test_the_first_example() -> None:
    assert normalize.normalize(RIVER) == "along the River Siverskyi Donets"


def test_str_gives_str_and_bytes_give_bytes() -> None:
    nz = Normalizer()
    assert nz.normalize("Kiev burns") == "Kyiv burns"
    assert nz.normalize(b"Kiev burns\xff") == b"Kyiv burns\xff"
    assert normalize.normalize(b"Kiev burns") == b"Kyiv burns"


def test_find() -> None:
    (finding,) = Normalizer().find("in Kiev now")
    assert (finding.rule, finding.start, finding.end) == ("toponym-variant", 3, 7)
    assert (finding.text, finding.replacement) == ("Kiev", "Kyiv")
    assert finding.applicability is Applicability.SAFE
    assert finding.place is not None
    assert finding.place.id == "city-kyiv"
    assert finding.place.native["uk"] == "Київ"
    assert "Kyiv" in finding.message


def test_mixed_letters_are_named() -> None:
    (finding,) = Normalizer().find("the town of Dоnetsk")
    assert finding.rule == "mixed-script-word"
    assert "U+043E CYRILLIC SMALL LETTER O" in finding.message


def test_findings_cannot_be_changed() -> None:
    (finding,) = Normalizer().find("in Kiev now")
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.start = 0  # type: ignore[misc]
    assert [field.name for field in dataclasses.fields(Finding)] == [
        "rule",
        "start",
        "end",
        "text",
        "replacement",
        "applicability",
        "message",
        "place",
    ]
    assert issubclass(Applicability, StrEnum)
    assert [str(one) for one in Applicability] == ["safe", "unsafe", "none"]


def test_apply() -> None:
    nz = Normalizer()
    text = "The poet Taras Шевченко lived in Kiev."
    safe, unsafe, none = (nz.apply(text, fixes=fixes) for fixes in ("safe", "unsafe", "none"))
    assert safe.text == "The poet Taras Шевченко lived in Kyiv."
    assert unsafe.text == "The poet Taras Shevchenko lived in Kyiv."
    assert none.text is text
    assert safe.findings == unsafe.findings == none.findings
    assert [len(result.applied) for result in (safe, unsafe, none)] == [1, 2, 0]
    assert unsafe.to_target(text.index("lived")) == unsafe.text.index("lived")
    assert unsafe.to_source(len(unsafe.text)) == len(text)


def test_batch() -> None:
    nz = Normalizer()
    assert nz.normalize_batch(["Kiev", "", "Kyiv"]) == ["Kyiv", "", "Kyiv"]
    assert nz.normalize_batch(iter(["Kiev"])) == ["Kyiv"]
    assert nz.normalize_batch([]) == []


def test_mentions() -> None:
    nz = Normalizer()
    found = nz.mentions("Kyiv, Kharkov and Dnepropetrovsk in Ukraine")
    assert [(m.text, m.kind, m.place.id if m.place else None) for m in found][:3] == [
        ("Kyiv", "canonical", "city-kyiv"),
        ("Kharkov", "russian-derived", "city-kharkiv"),
        ("Dnepropetrovsk", "former", "city-dnipro"),
    ]
    (native,) = nz.mentions("Поїзд до міста Харків запізнився.")
    assert (native.text, native.kind) == ("Харків", "native")
    assert native.place is not None
    assert native.place == native.candidates[0]
    assert nz.mentions("Nothing is named here.") == []


def test_a_doubtful_mention_has_candidates_and_no_place() -> None:
    (mention,) = Normalizer().mentions("The opera in Lvov reopened.")
    assert mention.place is None
    assert "city-lviv" in {place.id for place in mention.candidates}


@pytest.mark.parametrize(
    "name", ["Kyiv", "Kiev", "KIEV", "kiev", "Київ", "Киев", "Kyjiw", "Kijów", "Ки\u0456\u0308в"]
)
def test_lookup_by_any_variant(name: str) -> None:
    assert normalize.lookup(name)[0].name == "Kyiv"


def test_a_name_in_letters_of_two_scripts_is_looked_up_repaired() -> None:
    assert normalize.lookup("Бaлaклeя")[0].name == "Balakliia"  # its a and e are Latin
    assert normalize.lookup("zzБzz") == []


@pytest.mark.parametrize("mark", ["\u02ba", '"', "\u201d", "\u2033", "''", "\u2019"])
def test_lookup_of_hard_signs(mark: str) -> None:
    assert normalize.lookup(f"Kam{mark}ianets-Podilskyi")[0].id == "city-kamianets-podilskyi"


def test_lookup_of_phrases() -> None:
    assert normalize.lookup("Krivoy Rog")[0].id == "city-kryvyi-rih"
    assert normalize.lookup("Krivoy Ріг")[0].id == "city-kryvyi-rih"
    assert normalize.lookup("Харківська область")[0].kind == "oblast"
    assert normalize.lookup("Kharkiv Oblast")[0].kind == "oblast"
    assert normalize.lookup("no such place") == []
    assert normalize.lookup("") == []
    assert normalize.lookup("Kyiv and Lviv") == []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Dronivkka", "Dronivka"),  # a letter too many
        ("Хакрів", "Kharkiv"),  # two exchanged
        ("Bila Tserkwwa", "Bila Tserkva"),  # two slips in the second word
        ("Сіверссськ", "Siversk"),
    ],
)
def test_suggestions_are_near(slip: str, meant: str) -> None:
    assert normalize.lookup(slip) == []
    assert normalize.suggest(slip)[0].name == meant


def test_suggestions_are_few_and_of_long_names() -> None:
    assert len(normalize.suggest("Ivanivkka", 3)) == 3
    assert normalize.suggest("Kyv") == []
    assert (
        normalize.suggest("") == normalize.suggest("- -") == normalize.suggest("Constantinopolisburg") == []
    )


def test_lookup_gives_the_most_prominent_first() -> None:
    nz = Normalizer()
    ruleset = nz._worker.ruleset
    prominence = {
        ruleset.places[number].id: ruleset.places[number].prominence for number in range(len(ruleset.places))
    }
    several = 0
    for name in (
        "Dnipro",
        "Dnepr",
        "Donetsk",
        "Bar",
        "Odesa",
        "Lyman",
        "Kirovsk",
        "Komsomolsk",
        "Artyomovsk",
    ):
        found = [prominence[place.id] for place in nz.lookup(name)]
        assert found == sorted(found, reverse=True)
        several += len(found) > 1
    assert several > 1


def test_transliterate() -> None:
    assert normalize.transliterate("Щука, ЩУКА", "uk-kmu-2010") == "Shchuka, SHCHUKA"
    assert normalize.transliterate("Щука\udcff", "uk-kmu-2010") == "Shchuka\udcff"
    assert normalize.transliterate("Щука".encode() + b"\xff", "uk-kmu-2010") == b"Shchuka\xff"
    latin = "nothing to do"
    assert normalize.transliterate(latin, "uk-kmu-2010") is latin
    there = normalize.transliterate("Щастя і Їжак", "uk-iso9-1995")
    assert there != "Щастя і Їжак"
    assert normalize.transliterate(there, "uk-iso9-1995", reverse=True) == "Щастя і Їжак"


def test_schemes() -> None:
    schemes = normalize.schemes()
    ids = [scheme.id for scheme in schemes]
    assert ids == sorted(ids)
    assert "uk-kmu-2010" in ids
    for scheme in schemes:
        assert scheme.reversible in ("exact", "except", "dictionary", "no")
        assert re.fullmatch(r"[a-z]{2,3}", scheme.language) or scheme.id.startswith("iso9")
        assert re.match("https?://", scheme.url)
        assert 1800 < scheme.year < 2100
        assert scheme.authority


def test_explain() -> None:
    explained = Normalizer().explain(RIVER)
    assert [one.text for one in explained] == ["along", "the", "River", "Seversky Донец"]
    assert explained[-1].finding is not None
    assert explained[-1].verdict == "place"
    assert any("Siverskyi Donets" in reason for reason in explained[-1].reasons)


# ----------------------------------------------------------------------------------- how it is asked


def test_levels_and_off() -> None:
    text = "Kiev has frоst"
    assert Normalizer(rules={"toponym-variant": "off"}).normalize(text) == "Kiev has frost"
    assert Normalizer(rules={"mixed-script-word": "none"}).normalize(text) == "Kyiv has frоst"
    weak = Normalizer(rules={"toponym-variant": "unsafe"})
    assert weak.normalize(text) == "Kiev has frost"
    assert weak.normalize(text, fixes="unsafe") == "Kyiv has frost"
    assert [f.applicability for f in weak.find("Kiev")] == ["unsafe"]


def test_a_level_never_makes_a_finding_stronger() -> None:
    text = "Taras Шевченко was born in spring"
    assert [f.applicability for f in Normalizer(rules={"stray-script-word": "safe"}).find(text)] == ["unsafe"]


def test_allow() -> None:
    nz = Normalizer(allow=["Kiev", "Шевченко"])
    assert nz.find("Kiev and Taras Шевченко") == []
    assert nz.normalize("Kiev, Kharkov") == "Kiev, Kharkiv"
    assert [one.finding for one in nz.explain("Kiev")] == [None]


ERRORS: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "profile": (lambda: Normalizer("uk-natoinal"), normalize.UnknownProfileError, "uk-natoinal.*uk-national"),
    "profile file": (lambda: Normalizer("none.toml"), normalize.UnknownProfileError, r"none\.toml"),
    "rule": (
        lambda: Normalizer(rules={"toponym": "off"}),
        normalize.ConfigError,
        "unknown rule 'toponym'.*toponym-variant",
    ),
    "level": (
        lambda: Normalizer(rules={"toponym-variant": "on"}),
        normalize.ConfigError,
        "unknown level 'on' for toponym-variant.*safe, unsafe, none, off",
    ),
    "fixes": (
        lambda: Normalizer().apply("", "all"),
        normalize.ConfigError,
        "unknown fixes 'all'.*safe, unsafe",
    ),
    "engine": (lambda: Normalizer(engine="fast"), normalize.EngineError, "unknown engine 'fast'.*reference"),
    "scheme": (
        lambda: normalize.transliterate("", "uk-kmu-2011"),
        normalize.UnknownSchemeError,
        "no scheme 'uk-kmu-2011'; perhaps uk-kmu-2010",
    ),
    "way back": (
        lambda: normalize.transliterate("", "uk-kmu-2010", reverse=True),
        normalize.IrreversibleSchemeError,
        "uk-kmu-2010 loses information",
    ),
}


@pytest.mark.parametrize(("call", "kind", "said"), ERRORS.values(), ids=ERRORS)
def test_errors_are_one_line_and_say_the_cure(
    call: Callable[[], object], kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said) as caught:
        call()
    assert isinstance(caught.value, normalize.NormalizeError)
    assert "\n" not in str(caught.value)


def test_a_wrong_type_is_a_type_error() -> None:
    for wrong in (None, 7, ["Kiev"]):
        with pytest.raises((TypeError, AttributeError)):
            Normalizer().normalize(wrong)  # type: ignore[type-var]


def test_names_of_the_package() -> None:
    for name in normalize.__all__:
        assert hasattr(normalize, name)
    assert re.fullmatch(r"\d+\.\d+\.\d+", normalize.__version__)
    assert normalize.engine_name() in ("reference", "native")


def test_the_environment_chooses_the_engine() -> None:
    code = "import normalize; print(normalize.Normalizer().engine)"
    for asked, said in (("reference", "reference"), ("fast", "unknown engine 'fast'")):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "NORMALIZE_ENGINE": asked},
        )
        assert said in ran.stdout + ran.stderr


def test_a_normalizer_says_what_it_is() -> None:
    nz = Normalizer("ap")
    assert nz.profile == "ap"
    assert re.fullmatch(r"[0-9a-f]{64}", nz.ruleset_sha256)
    assert nz.ruleset_sha256 != Normalizer().ruleset_sha256
    assert repr(nz).startswith("Normalizer(profile='ap', engine=")
