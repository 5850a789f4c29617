"""Schemes: the vectors, each standard's own examples, and the laws of transliteration."""

from __future__ import annotations

import pickle
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from normalize.scheme import CaseTable, Rule, SchemeRules, Transliterator, apply_edits, derive_reverse
from normalize.scheme.reverse import same_text
from normalize.tables.schemes import load_case, load_schemes

ROOT = Path(__file__).parent.parent
VECTORS = Path(__file__).parent / "vectors" / "transliteration"
CASE = load_case(ROOT / "tables" / "unicode")
SCHEMES = load_schemes(ROOT / "tables" / "schemes")
FORWARD = {name: Transliterator.forward(table.rules, CASE) for name, table in SCHEMES.items()}
BACKWARD = {
    name: Transliterator.backward(table.rules, CASE)
    for name, table in SCHEMES.items()
    if table.rules.has_way_back
}
NAMES = sorted(SCHEMES)
STRESS = "\u0301"
VOWELS = "аеєиіїоуюяёыэ"


def unescape(cell: str) -> str:
    plain = {r"\n": "\n", r"\r": "\r"}
    return re.sub(r"\\u([0-9a-f]{4})|\\[nr]", lambda m: chr(int(m[1], 16)) if m[1] else plain[m[0]], cell)


def vectors() -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for path in sorted(VECTORS.glob("*.tsv")):
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        rows += [tuple(map(unescape, line.split("\t")[:3])) for line in lines[1:]]
    return rows


def examples() -> list[tuple[str, str, str]]:
    return [
        (name, source, target)
        for name, table in SCHEMES.items()
        for source, target in (table.examples | table.tests).items()
    ]


@pytest.mark.parametrize(("scheme", "source", "expected"), vectors())
def test_vectors(scheme: str, source: str, expected: str) -> None:
    name, _, direction = scheme.partition("/")
    assert (BACKWARD if direction else FORWARD)[name].transliterate(source) == expected


@pytest.mark.parametrize(("scheme", "source", "expected"), examples())
def test_examples_of_the_standards(scheme: str, source: str, expected: str) -> None:
    assert FORWARD[scheme].transliterate(source) == expected


letters = "".join(sorted({rule.source[0] for t in SCHEMES.values() for rule in t.rules.forward}))
cyrillic = st.text(
    st.sampled_from(letters + letters.upper() + "’'-. \u0301\u0308\u0306") | st.characters(codec="utf-8"),
    max_size=24,
)
names = st.sampled_from(NAMES)


@given(names, cyrillic)
def test_edits_give_the_output_and_are_sorted_and_disjoint(name: str, text: str) -> None:
    edits = FORWARD[name].edits(text)
    assert apply_edits(text, edits) == FORWARD[name].transliterate(text)
    done = 0
    for start, end, replacement in edits:
        assert done <= start <= end <= len(text)
        assert text[start:end] != replacement
        done = end


@given(names, st.text(st.characters(max_codepoint=0x24F), max_size=30))
@example("uk-kmu-2010", "don't — l’été\r\n\0 ok")
def test_latin_text_stays(name: str, text: str) -> None:
    assert FORWARD[name].transliterate(text) is text


@given(names, cyrillic)
def test_composed_and_decomposed_are_one(name: str, text: str) -> None:
    nfc, nfd = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    one, other = FORWARD[name].transliterate(nfc), FORWARD[name].transliterate(nfd)
    assert unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


@given(names, st.text(st.sampled_from(letters + letters.upper() + "’- "), max_size=12), st.data())
def test_stress_changes_nothing_else(name: str, text: str, data: st.DataObject) -> None:
    places = [i for i, char in enumerate(text) if char.lower() in VOWELS]
    assume(places)
    at = data.draw(st.sampled_from(places)) + 1
    stressed = FORWARD[name].transliterate(text[:at] + STRESS + text[at:])
    plain = FORWARD[name].transliterate(text)
    bare, other = (unicodedata.normalize("NFD", each).replace(STRESS, "") for each in (stressed, plain))
    assert bare == other


PROVED = sorted(name for name in BACKWARD if SCHEMES[name].rules.reversible != "dictionary")


@given(st.sampled_from(PROVED), st.data())
def test_what_is_not_listed_as_lossy_comes_back(name: str, data: st.DataObject) -> None:
    rules = SCHEMES[name].rules
    alphabet = [*sorted({rule.source for rule in rules.forward}), "’"]
    word = "".join(data.draw(st.lists(st.sampled_from(alphabet), min_size=1, max_size=8)))
    assume(not any(span in word for span in rules.lossy))
    assume("’’" not in word and word[0] != "’" and word[-1] != "’")
    assert same_text(BACKWARD[name].transliterate(FORWARD[name].transliterate(word)), word)


@given(st.text(st.sampled_from("абвгґдеєжзиіїйклмнопрстуфхцчшщюя"), min_size=2, max_size=8))
def test_capitals_come_back(word: str) -> None:
    assume(not any(span in word for span in SCHEMES["uk-dstu9112-2021-a"].rules.lossy))
    for text in (word, word.upper(), word.title()):
        for name in ("uk-dstu9112-2021-a", "uk-iso9-1995"):
            assert BACKWARD[name].transliterate(FORWARD[name].transliterate(text)) == text


@given(names, st.text(max_size=200))
def test_any_text_is_safe(name: str, text: str) -> None:
    FORWARD[name].transliterate(text)
    if name in BACKWARD:
        BACKWARD[name].transliterate(text)


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_is_read_decomposed_in_both_directions(name: str) -> None:
    rules = SCHEMES[name].rules
    back = [Transliterator.backward(rules, CASE, lossy=True)] if rules.reverse else []
    for one, letters in zip([FORWARD[name], *back], [rules.forward, rules.reverse], strict=False):
        # of a letter with a caron and a cedilla (ISO 9, U+0497) the marks stand the other way round in
        # decomposed text, which is read back as the letter with the caron and a cedilla that is left
        for source in {rule.source for rule in letters if "\u0327" not in rule.source}:
            for word in (source, CASE.title(source), CASE.upper(source), f"{source}{source}"):
                composed, apart = (unicodedata.normalize(form, word) for form in ("NFC", "NFD"))
                expected = one.transliterate(composed)
                assert same_text(one.transliterate(apart), expected), word


def test_longest_wins_and_context_beats_none() -> None:
    rules = [
        Rule("а", "1"),
        Rule("а", "2", left=("б",)),
        Rule("аб", "3"),
        Rule("а", "4", left_edge=True, right=("в",)),
        Rule("б", "b"),
    ]
    for order in (rules, rules[::-1]):
        one = Transliterator(order, {}, CASE)
        assert one.transliterate("а аб аба ба ав вав") == "1 3 32 b2 4в в1в"


def test_contexts_of_several_letters_see_the_source() -> None:
    one = Transliterator(
        [Rule("а", "x", left=("вг",)), Rule("а", "a"), Rule("в", ""), Rule("г", "")], {}, CASE
    )
    assert one.transliterate("вга га") == "x a"


def test_whole_words_are_exceptions_in_any_case() -> None:
    one = Transliterator([Rule(char, "x") for char in "мир"], {"мир": "mir"}, CASE)
    assert one.transliterate("мир Мир МИР миру") == "mir Mir MIR xxxу"


def test_words_with_capitals_are_exceptions_as_they_stand() -> None:
    one = Transliterator([Rule("а", "a"), Rule("б", "b")], {"Аб": "Xy"}, CASE)
    assert one.transliterate("Аб аб АБ Аба") == "Xy ab AB Aba"


def test_contexts_of_the_nearest_letter_look_through_others() -> None:
    one = Transliterator(
        [
            Rule("о", "ö", left=("/аоеи",), right=("еи/аоеи",)),
            Rule("о", "o"),
            *(Rule(char, char) for char in "бга"),
            Rule("е", "e", left=("о/аоеи",), left_edge=True),
            Rule("е", "э"),
        ],
        {},
        CASE,
    )
    assert one.transliterate("обге обга обга-обе обоге о е егге") == "öбгe oбга oбга-öбe oбoгe o e eггэ"


def test_a_loose_apostrophe_that_is_a_letter_is_one_in_contexts_too() -> None:
    letters = [
        Rule("c", "c"),
        Rule("z", "ц"),
        Rule("z", "ж", right=("``c",)),
        Rule("c", "ч", left=("\u2019",)),
    ]
    signs = [Rule("`", "ь"), Rule("``", "ъ")]
    assert Transliterator([*letters, *signs], {}, CASE).transliterate("z``c z`c z'c") == "жъc цьc ц'ч"
    assert Transliterator(letters, {}, CASE).transliterate("z``c z`c z'c") == "ц``c ц`ч ц'ч"


def test_contexts_can_hold_the_end_of_the_word() -> None:
    one = Transliterator([Rule("о", "ö", left=("^к",), right=("н^",)), Rule("о", "o")], {}, CASE)
    assert one.transliterate("кон кона акон он -кон") == "кöн кoна акoн oн -кöн"


def test_turkic_capitals_have_their_dots() -> None:
    rules = SchemeRules(
        "x", "x", "x", "x", 2000, "x", "exact", (), "keep", "keep",
        (Rule("и", "i"), Rule("ы", "ı")), (Rule("i", "и"), Rule("ı", "ы")), dotted=True,
    )  # fmt: skip
    assert Transliterator.forward(rules, CASE).transliterate("Иы Ыи ИЫ") == "İı Ii İI"
    assert Transliterator.backward(rules, CASE).transliterate("İı Ii İI I\u0307") == "Иы Ыи ИЫ И"


def test_typed_signs_are_read_beside_letters() -> None:
    one = Transliterator(
        [Rule("кӏ", "kh"), Rule("к", "k"), Rule("а", "a"), Rule("ӏ", "j")], {}, CASE, typed=["ӏӀ1I"]
    )
    assert one.transliterate("кӏа кӀа к1а кIа КӀА КIА Кӏа КӀа К1а") == "kha kha kha kha KHA KHA Kha Kha Kha"
    assert one.transliterate("Ӏак IАК Iа 1ак 11 I ICAO к2 21ка") == "Jak JAK Ia 1ak 11 I ICAO k2 21ka"


def test_stress_can_be_dropped() -> None:
    one = Transliterator([Rule("а", "a")], {}, CASE, stress="drop")
    assert one.transliterate("а\u0301 б\u0301") == "a б\u0301"


def test_a_shared_output_is_not_inverted() -> None:
    forward = [Rule("а", "a"), Rule("б", "a"), Rule("в", "v"), Rule("ь", "")]
    assert derive_reverse(forward, [Rule("v", "г")]) == (Rule("v", "г"),)


def test_no_way_back_is_an_error() -> None:
    with pytest.raises(ValueError, match="uk-kmu-2010"):
        Transliterator.backward(SCHEMES["uk-kmu-2010"].rules, CASE)


def test_a_transliterator_can_be_pickled() -> None:
    copy = pickle.loads(pickle.dumps(FORWARD["uk-kmu-2010"]))
    assert copy.transliterate("Щука") == "Shchuka"


def test_the_default_case_table_is_the_generated_one() -> None:
    default = CaseTable.default()
    assert {char: CASE.lower(char) for char in letters.upper()} == {
        char: default.lower(char) for char in letters.upper()
    }
