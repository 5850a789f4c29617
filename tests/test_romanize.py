"""Telling schemes apart, converting between them, and guessing where there is no way back."""

from __future__ import annotations

import re
from random import Random

import laws
import pytest
from generate.letters import SchemeLetters

import normalize
from normalize import ConfigError, IrreversibleSchemeError, Normalizer, UnknownSchemeError
from normalize.rulesets import open_ruleset
from normalize.scheme.styles import STYLES


@pytest.fixture(params=laws.engines_here())
def nz(request: pytest.FixtureRequest) -> Normalizer:
    return Normalizer(engine=request.param)


# ------------------------------------------------------------------------------------------- detect_scheme


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("Kyjiv, Čornobyl", "uk-scientific"),
        ("Kyiv, Chornobyl, Kharkiv, Zaporizhzhia", "uk-kmu-2010"),
        ("Khar’kov, Yekaterinburg, Orël", "ru-bgnpcgn-1947"),
        ("Minsk, Viciebsk, Hrodna, Mahilioŭ", "be-instr-2007"),
        ("Kiïv, Čornobilʹ, Žitomir, Ŝors", "uk-iso9-1995"),
        ("Kyïv, Xarkiv, Ŝastja", "uk-dstu9112-2021-a"),
        ("I͡Evhen, Z͡Hytomyr, T͡Sarychanka", "uk-alalc-2011"),
        ("Toshkent, Oʻzbekiston", "uz-latn-1995"),
        ("Beograd, Čačak, Đakovica, Ljubljana, Niš", "sr-gaj"),
    ],
)
def test_the_scheme_of_a_text_is_among_the_likeliest(nz: Normalizer, text: str, scheme: str) -> None:
    found = nz.detect_scheme(text)
    best = {match.scheme.id for match in found if match.score == found[0].score}
    assert scheme in best


def test_matches_are_ranked_and_say_what_they_cannot_explain(nz: Normalizer) -> None:
    found = nz.detect_scheme("Kyjiv ßþ’ðð")
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert found[0].score == 1
    assert found[0].share == pytest.approx(5 / 10)
    assert found[0].unexplained == ("ßþ’ðð",)


def test_the_house_scheme_comes_first_of_equals() -> None:
    found = normalize.detect_scheme("Kharkiv")
    assert found[0].scheme.id == "uk-kmu-2010"
    assert found[1].score == 1


@pytest.mark.parametrize("text", ["", "  1 2 3", "Київ", "Ελλάδα", "東京"])
def test_what_is_not_latin_has_no_scheme(text: str) -> None:
    assert normalize.detect_scheme(text) == []


def test_every_scheme_could_have_produced_its_own_output() -> None:
    words = ("україна", "москва", "беларусь")
    for scheme in normalize.schemes():
        for word in words:
            latin = normalize.transliterate(word, scheme.id)
            if all(char.isalpha() and ord(char) < 0x300 for char in latin):
                found = {match.scheme.id for match in normalize.detect_scheme(latin)}
                assert scheme.id in found, (scheme.id, word, latin)


def test_engines_tell_schemes_alike() -> None:
    texts = ["Kyjiv, Čornobyl", "Hello, world", "Khar'kov ʺʹ", "O‘zbek yozuvi"]
    first, *others = [
        [Normalizer(engine=name).detect_scheme(text) for text in texts] for name in laws.engines_here()
    ]
    assert all(other == first for other in others)


# ------------------------------------------------------------------------------------------------- convert


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        ("Kyjiv, Čornobylʹ", "uk-scientific", "uk-kmu-2010", "Kyiv, Chornobyl"),
        ("Xarkiv, Ŝastja", "uk-dstu9112-2021-a", "uk-dstu9112-2021-b", "Kharkiv, Shchastja"),
        ("Moskva, Ŝëlkovo", "ru-iso9-1995", "ru-alalc-1997", "Moskva, Shchëlkovo"),
        ("Kiïv", "iso9-1995", "uk-kmu-2010", "Kyiv"),
    ],
)
def test_convert_goes_through_the_original(
    nz: Normalizer, text: str, one: str, other: str, expected: str
) -> None:
    assert nz.convert(text, one, other) == expected
    assert nz.convert(text.encode(), one, other) == expected.encode()


def test_convert_refuses_what_it_cannot_do() -> None:
    with pytest.raises(IrreversibleSchemeError, match="uk-kmu-2010 loses information"):
        normalize.convert("Kyiv", "uk-kmu-2010", "uk-scientific")
    assert normalize.convert("Kyiv", "uk-kmu-2010", "uk-scientific", lossy=True) == "Kyjiv"
    with pytest.raises(ConfigError, match="for the language 'uk' and ru-alalc-1997 for 'ru'"):
        normalize.convert("Kyjiv", "uk-scientific", "ru-alalc-1997")
    with pytest.raises(UnknownSchemeError, match="perhaps uk-kmu-2010"):
        normalize.convert("Kyjiv", "uk-scientific", "uk-kmu-2011")


# ------------------------------------------------------------------------------------------ without a scheme


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Київ і Москва", "Kyiv i Moskva"),
        ("Москва", "Moskva"),  # nothing tells: the first language of the profile
        ("Минск, объезд", "Minsk, ob”yezd"),
        ("Крещатик, объезд и Чернігів", "Kreshchatik, ob”yezd i Chernihiv"),
        ("Мінск — горад на рацэ, старажытны", "Minsk — horad na ratse, starazhytny"),
        ("Београд и Љубљана", "Beograd i Ljubljana"),
        ("Скопје, Ѓорче Петров", "Skopje, Ǵorče Petrov"),
        ("Алматы қаласы", "Almaty qalasy"),
        ("Русскій языкъ и вѣра", "Russkīĭ i͡azyk i vi͡era"),
        ("Саха Өрөспүүбүлүкэтэ", "Sakha Ȯrȯspu̇u̇bu̇lu̇kėtė"),
        ("Кам’янка-Дніпровська; USВ", "Kamianka-Dniprovska; USV"),
        ("Это Днепр, сказал он. А вона: це Дніпро.", "Eto Dnepr, skazal on. A vona: tse Dnipro."),
        ("no Cyrillic at all", "no Cyrillic at all"),
    ],
)
def test_without_a_scheme_the_language_chooses(nz: Normalizer, text: str, expected: str) -> None:
    assert nz.transliterate(text) == expected
    assert nz.transliterate(text.encode()) == expected.encode()


def test_without_a_scheme_bytes_that_are_no_utf8_stay(nz: Normalizer) -> None:
    assert nz.transliterate(b"\xff\xfe " + "Київ".encode() + b"\xff") == b"\xff\xfe Kyiv\xff"
    text = "nothing"
    assert nz.transliterate(text) is text


def test_without_a_scheme_nothing_goes_back() -> None:
    with pytest.raises(ConfigError, match="no scheme is named"):
        normalize.transliterate("Kyiv", reverse=True)


def test_explain_tells_the_language_and_what_told_it(nz: Normalizer) -> None:
    told = {one.text: one.reasons[-1] for one in nz.explain("Олена бачила їх, объезд і клени")}
    assert told["Олена"] == "language: uk (by its document), uk-kmu-2010"
    assert told["объезд"] == "language: ru (by its letters), ru-bgnpcgn-simplified"


# ----------------------------------------------------------------------------------------- without way back


def test_a_lossy_way_back_is_refused_with_its_reason() -> None:
    with pytest.raises(IrreversibleSchemeError) as refused:
        normalize.transliterate("Kyiv", "uk-kmu-2010", reverse=True)
    assert "і, ї and й become i" in str(refused.value)
    assert "lossy=True" in str(refused.value)


@pytest.mark.parametrize(
    ("scheme", "latin", "expected"),
    [
        ("uk-kmu-2010", "Yizhakevych, Stryi, Kyiv, ZGHURSKYI", "Їжакевич, Стрий, Київ, ЗГУРСЬКИЙ"),
        ("ru-bgnpcgn-1947", "Yekaterinburg", "Екатеринбург"),
        ("bg-law-2009", "Plovdiv", "Пловдив"),
    ],
)
def test_a_guess_can_be_asked_for(nz: Normalizer, scheme: str, latin: str, expected: str) -> None:
    assert nz.transliterate(latin, scheme, reverse=True, lossy=True) == expected


def test_every_scheme_can_guess(nz: Normalizer) -> None:
    for scheme in nz.schemes():
        assert nz.transliterate("Vorona", scheme.id, reverse=True, lossy=True) != "Vorona"


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Київ и Мінськ", "uk ru uk"),
        ("Онъ былъ въ Москвѣ и не зналъ", " ".join(["ru-petr1708"] * 7)),
        ("Ён жыве ў Мінску, а я", "be be be be be be"),
        ("Скопје и Охрид се во Македонија", "mk mk mk mk mk mk"),
        ("Подгорица је главни град Црне Горе", "cnr cnr cnr cnr cnr cnr"),
        ("Београд је главни град Србије", "sr sr sr sr sr"),
        ("Монгол улсын нийслэл бол Улаанбаатар", "mn mn mn mn mn"),
        ("Бишкек шаары жана Ош", "ky ky ky ky"),
        ("Казан шәһәре һәм Чаллы", "tt tt tt tt"),
        ("Пловдив и Варна са градове", "bg bg bg bg bg"),
        ("Венгрия и Азербайджан", "ru ru ru"),
        ("Бог вѣдаетъ ѿнѭдꙋ", "cu cu cu"),
        ("Міръ и война", "ru-petr1708 ru-petr1708 ru-petr1708"),
        ("Київ, підвал і війна", "uk uk uk uk"),
    ],
)
def test_words_are_of_the_language_a_reader_takes_them_for(nz: Normalizer, text: str, languages: str) -> None:
    reasons = [" ".join(one.reasons) for one in nz.explain(text)]
    told = [re.findall(r"language: (\S+)", reason) for reason in reasons]
    assert " ".join(one[0] for one in told if one) == languages


# ------------------------------------------------------------------------------------- apostrophe styles


@pytest.mark.parametrize(
    ("scheme", "text", "style", "expected"),
    [
        ("ru-bgnpcgn-1947", "ПОДЪЁМ, соль", "typographic", "POD”YËM, sol’"),
        ("ru-bgnpcgn-1947", "ПОДЪЁМ, соль", "ascii", "POD\"YËM, sol'"),
        ("ru-bgnpcgn-1947", "ПОДЪЁМ, соль", "modifier", "POD\u02eeYËM, sol\u02bc"),
        ("ru-bgnpcgn-1947", "ПОДЪЁМ, соль", "prime", "PODʺYËM, solʹ"),
        ("ru-bgnpcgn-1947", "ПОДЪЁМ, соль", "none", "PODYËM, sol"),
        ("ru-alalc-1997", "«Объём», 'соль'", "ascii", "«Ob\"ëm», 'sol''"),
        ("uz-latn-1995", "Ўзбек", "typographic", "Oʻzbek"),
        ("uz-latn-1995", "Ўзбек", "ascii", "O'zbek"),
        (None, "М'яка їжа; съезд", "ascii", 'Miaka yizha; s"yezd'),
    ],
)
def test_apostrophes_can_be_had_in_one_style(
    nz: Normalizer, scheme: str | None, text: str, style: str, expected: str
) -> None:
    assert nz.transliterate(text, scheme, apostrophe=style) == expected
    assert nz.transliterate(text.encode(), scheme, apostrophe=style) == expected.encode()
    assert nz.transliterate_batch([text, "x"], scheme, apostrophe=style) == [expected, "x"]


def test_a_style_that_cannot_be_had_is_refused(nz: Normalizer) -> None:
    with pytest.raises(ConfigError, match=r"one of typographic, ascii, modifier, prime, none"):
        nz.transliterate("соль", "uk-kmu-2010", apostrophe="curly")
    with pytest.raises(ConfigError, match="does not go with reverse"):
        nz.transliterate("sol’", "ru-bgnpcgn-1947", reverse=True, apostrophe="ascii")
    with pytest.raises(ConfigError, match="ICU"):
        nz.transliterate("соль", "icu:Any-Latin", apostrophe="ascii")
    with pytest.raises(UnknownSchemeError):
        nz.transliterate("соль", "uk-kmu-1010", apostrophe="ascii")


def test_engines_write_every_scheme_alike_in_every_style() -> None:
    engines = [Normalizer(engine=engine) for engine in laws.engines_here()]
    ruleset = open_ruleset("uk-national")
    for number, scheme in enumerate(ruleset.schemes):
        letters = SchemeLetters(ruleset.scheme(scheme), reverse=False)
        text = letters.text(Random(scheme)) + "об’єкт п'ять"
        style = list(STYLES)[number % len(STYLES)]
        assert len({nz.transliterate(text, scheme, apostrophe=style) for nz in engines}) == 1, (scheme, text)


@pytest.mark.parametrize("reverse", [False, True])
def test_engines_agree_on_sources_in_a_row(reverse: bool) -> None:
    """Of letters that belong to two sources the first takes them, whatever stands around."""
    engines = {engine: Normalizer(engine=engine) for engine in laws.engines_here()}
    ruleset = open_ruleset("uk-national")
    for scheme in ruleset.schemes:
        rules, random = ruleset.scheme(scheme), Random(scheme)
        sources = [rule.source for rule in (rules.reverse if reverse else rules.forward)]
        if not sources:
            continue
        letters = sorted({letter for source in sources for letter in source})
        longer = [source for source in sources if len(source) > 1] or letters
        signs = [source for source in sources if not source.isalpha()] or letters
        kinds = [letters, longer, signs]
        if native := engines.get("native"):  # it works tables out when a text is long
            native.transliterate("".join(letters) * 200, scheme, reverse, lossy=True)
        words = ["".join(random.choice(random.choice(kinds)) for _ in range(5)) for _ in range(40)]
        text = " ".join([*words, *map(str.upper, words)])
        made = [nz.transliterate(text, scheme, reverse, lossy=True).split() for nz in engines.values()]
        assert all(one == made[0] for one in made), (scheme, reverse)


def test_engines_agree_on_typed_signs() -> None:
    """The palochka in all the ways it is typed, in words of any case, beside marks and apostrophes."""
    reference = Normalizer(engine="reference")
    engines = [Normalizer(engine=engine) for engine in laws.engines_here()]
    ruleset = open_ruleset("uk-national")
    found = [scheme for scheme in ruleset.schemes if ruleset.scheme(scheme).typed]
    assert "lez-alalc-2012" in found
    for scheme in found:
        rules, random = ruleset.scheme(scheme), Random(scheme)
        letters = sorted({letter for rule in rules.forward for letter in rule.source})
        longer = [rule.source for rule in rules.forward if len(rule.source) > 1] or letters
        signs = [*"".join(rules.typed), "|"]
        other = ["\u0301", "\u0300", "\u0306", "\u00ad", "'", "’", "`", "2", "x", "Q", "ѐ", "Й"]
        # by how often each comes: the cases of a word are those of its pieces, or all capitals
        pieces = [letters] * 5 + [signs] * 3 + [longer] + [[char.upper() for char in letters]] * 2 + [other]
        for nz in engines:  # one of them works tables out when a text is long
            nz.transliterate("кӏа " * 2000, scheme)
        for _ in range(30):
            words = [
                "".join(random.choice(random.choice(pieces)) for _ in range(random.choice((1, 2, 3, 5, 9))))
                for _ in range(20)
            ]
            words += [word.upper() for word in words[:5]]
            text = "".join(word + random.choice((" ", " ", " «", "-", ", '", "😀")) for word in words)
            expected = reference.transliterate(text, scheme)
            for nz in engines:
                assert nz.transliterate(text, scheme) == expected, (scheme, text)
                assert nz.transliterate(text.encode(), scheme).decode() == expected, (scheme, text)
                assert " ".join(nz.transliterate_batch(text.split(" "), scheme)) == expected, (scheme, text)
