//! The compiled rules against the exact interpreter, and both against what a reader of the rules expects.

use super::{CaseTable, Output, Rule, SchemeRules, Transliterator, Units};
use std::borrow::Cow;

pub(super) fn case() -> CaseTable {
    let capitals = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯABCDEFGHIJKLMNOPQRSTUVWXYZÁÉÓÚÑ";
    let small = |char: char| char.to_lowercase().next().unwrap_or(char);
    let pairs = capitals.chars().map(|char| (char, small(char)));
    let composed = [
        ('и', '\u{306}', 'й'),
        ('И', '\u{306}', 'Й'),
        ('е', '\u{308}', 'ё'),
        ('a', '\u{301}', 'á'),
        ('e', '\u{301}', 'é'),
        ('o', '\u{301}', 'ó'),
        ('u', '\u{301}', 'ú'),
        ('A', '\u{301}', 'Á'),
        ('г', '\u{301}', 'ѓ'),
        ('и', '\u{300}', 'ѝ'),
    ];
    CaseTable::from_pairs(pairs, composed)
}

pub(super) fn rule(source: &str, target: &str) -> Rule {
    Rule { source: source.into(), target: target.into(), ..Rule::default() }
}

pub(super) fn strings(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.to_owned()).collect()
}

/// Letters with two kinds of context, a pair, a longer source, and an exception.
fn scheme() -> SchemeRules {
    let letters = [
        ("а", "a"),
        ("б", "b"),
        ("в", "v"),
        ("г", "h"),
        ("д", "d"),
        ("е", "e"),
        ("з", "z"),
        ("и", "y"),
        ("й", "i"),
        ("к", "k"),
        ("л", "l"),
        ("м", "m"),
        ("н", "n"),
        ("о", "o"),
        ("р", "r"),
        ("с", "s"),
        ("т", "t"),
        ("у", "u"),
        ("щ", "shch"),
        ("ь", "’"),
        ("ю", "iu"),
        ("я", "ia"),
    ];
    let mut forward: Vec<Rule> = letters.iter().map(|(source, target)| rule(source, target)).collect();
    forward.extend([
        Rule { left_edge: true, ..rule("я", "ya") },
        Rule { left_edge: true, left: strings(&["ь"]), ..rule("ю", "yu") },
        Rule { left: strings(&["з"]), ..rule("г", "gh") },
        Rule { right: strings(&["у", "а"]), ..rule("й", "j") },
        Rule { right_edge: true, ..rule("ий", "yj") },
        Rule { right: strings(&["ю/аую"]), ..rule("к", "q") },
        rule("нь", "ñ"),
    ]);
    SchemeRules {
        id: "made-up".into(),
        apostrophe: String::new(),
        stress: "keep".into(),
        forward,
        reverse: vec![rule("a", "а"), rule("sh", "ш"), rule("shch", "щ"), rule("s", "с"), rule("h", "х")],
        words: vec![("рим".into(), "roma".into()), ("Ад".into(), "HELL".into())],
        typed: strings(&["д1Zz"]),
        ..SchemeRules::default()
    }
}

/// The result by way of the edits, which the interpreter finds without tables.
pub(super) fn by_edits(one: &Transliterator, text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (start, end, output) in one.edits(text) {
        out.push_str(&text[done..start]);
        out.push_str(&output);
        done = end;
    }
    out + &text[done..]
}

/// Makes the tables be worked out.
pub(super) fn warm(one: &Transliterator) {
    one.append(&" ".repeat(5_000), &mut Vec::new());
    assert!(one.plan(0).is_some(), "a scheme like any other has tables");
}

fn forward() -> Transliterator {
    let one = Transliterator::forward(&scheme(), &case());
    warm(&one);
    one
}

/// Checks all ways that lead to `expected`.
#[track_caller]
pub(super) fn check(one: &Transliterator, text: &str, expected: &str) {
    assert_eq!(by_edits(one, text), expected, "the edits of {text:?}");
    assert_eq!(one.transliterate(text), expected, "from {text:?}");
    if text == expected {
        assert!(matches!(one.transliterate(text), Cow::Borrowed(_)), "{text:?} is copied");
    }
    let codes = |text: &str| text.chars().map(u32::from).collect::<Vec<u32>>();
    let (units, expected) = (codes(text), codes(expected));
    let widest = |units: &[u32]| units.iter().copied().max().unwrap_or(0);
    let mut out = Output::default();
    let compare = |is_new: bool, out: &Output| {
        assert_eq!(is_new, units != expected, "{text:?} is said to change");
        let result: Vec<u32> = out.units().codes().collect();
        assert!(!is_new || result == expected, "{text:?} became {result:x?}");
        let narrow = match out.units() {
            Units::One(_) => true,
            Units::Two(_) => widest(&result) > 0xff,
            Units::Four(_) => widest(&result) > 0xffff,
        };
        assert!(!is_new || narrow, "{text:?} in too wide units");
    };
    compare(one.transliterate_ucs4(&units, &mut out), &out);
    if let Ok(units) = units.iter().map(|&unit| u16::try_from(unit)).collect::<Result<Vec<_>, _>>() {
        compare(one.transliterate_ucs2(&units, &mut out), &out);
    }
    if let Ok(units) = units.iter().map(|&unit| u8::try_from(unit)).collect::<Result<Vec<_>, _>>() {
        compare(one.transliterate_latin1(&units, &mut out), &out);
    }
}

#[test]
fn letters_take_the_case_of_their_word() {
    let one = forward();
    check(&one, "щи Щи ЩИ Щ ЩА, аЩ Щ", "shchy Shchy SHCHY Shch SHCHA, aSHCH Shch");
    check(&one, "Яма ЯМА Я, моЯ", "Yama YAMA Ya, moIA");
}

#[test]
fn contexts_look_at_both_sides() {
    let one = forward();
    check(&one, "згин гин Згин", "zghyn hyn Zghyn");
    check(&one, "юла бюл бью ью", "yula biul b’yu ’yu");
    check(&one, "йу йо йа ай", "ju io ja ai");
    check(&one, "ларий лария ЛАРИЙ", "laryj laryia LARYJ");
    check(&one, "кобрю кобра кюбра кобрр", "qobriu kobra qiubra kobrr");
}

#[test]
fn pairs_are_one_letter() {
    check(&forward(), "конь КОНЬ Ньо нЬ н\u{301}ь ньь", "koñ KOÑ Ño ñ n\u{301}’ ñ’");
}

#[test]
fn apostrophes_join_letters_of_the_scheme() {
    let one = forward();
    check(&one, "м’яка м'яка мʼяка М’ЯКА м`яка", "miaka miaka miaka MIAKA m`iaka");
    check(&one, "‘яма’ 'яма' ''яма don't м’x", "‘yama’ 'yama' ''yama don't m’x");
}

#[test]
fn stress_stays_on_its_letter() {
    let one = forward();
    check(&one, "я\u{301}ма А\u{301}да ту\u{301}т", "yáma Áda tút");
    check(&one, "зу\u{301}б \u{301}зуб г\u{301}о р\u{301}о", "zúb \u{301}zub г\u{301}o r\u{301}o");
    check(&one, "Я\u{301}МА и\u{301}\u{306}о и\u{300}о", "YÁMA i\u{301}o y\u{300}o");
    check(&one, "и\u{300}\u{301}о", "y\u{301}\u{300}o");
    let dropping = SchemeRules { stress: "drop".into(), ..scheme() };
    let one = Transliterator::forward(&dropping, &case());
    warm(&one);
    check(&one, "я\u{301}ма э\u{301} x\u{301}", "yama э\u{301} x\u{301}");
}

#[test]
fn marks_and_joiners_may_stand_in_a_word() {
    check(&forward(), "ма\u{ad}як и\u{306}у И\u{306}У \u{ad}", "ma\u{ad}iak ju JU \u{ad}");
}

#[test]
fn exceptions_are_whole_words() {
    check(&forward(), "рим Рим РИМ Рима римлянин Ад ад 1ад", "roma Roma ROMA Ryma rymlianyn HELL ad 1ad");
}

#[test]
fn signs_are_read_as_letters_beside_letters() {
    check(&forward(), "го1 1 ту1а 11 х1", "hod 1 tuda 11 х1");
    let text = "гоZа гОzА ГОZ ГО1 гО1а Zга zга Zг 1га ZzZ Zoo х1z гZ1zО р\u{301}Z 'Zга г'Zа";
    check(&forward(), text, "hoda hODA HOD HOD hOda Dha dha Zh 1ha ZzZ Zoo х1z hddDO r\u{301}Z 'Dha h'Za");
}

#[test]
fn reverse_rules_take_the_longest_source() {
    let one = Transliterator::backward(&scheme(), &case()).expect("there are rules back");
    warm(&one);
    check(&one, "shchas SHCHA Shas sash á hs\u{301}", "щас ЩА Шас саш а\u{301} хс\u{301}");
    let none = SchemeRules { reverse: Vec::new(), ..scheme() };
    let error = Transliterator::backward(&none, &case()).expect_err("there are none");
    assert_eq!(error.to_string(), "the scheme made-up has no way back");
}

#[test]
fn other_text_is_untouched() {
    let one = forward();
    for text in ["", "plain\r\n\0text", "漢字 😀 — “x” \u{10f800}", "naïve café", "été"] {
        check(&one, text, text);
    }
    check(&one, "😀да漢да\u{10ffff}да — “да”", "😀da漢da\u{10ffff}da — “da”");
}

#[test]
fn invalid_bytes_are_copied() {
    let one = forward();
    for bad in
        [&b"\xff"[..], b"\xd0", b"\xe2\x84", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xc1\xbf"]
    {
        let source = ["я".as_bytes(), bad, "я да".as_bytes(), bad].concat();
        let mut out = Vec::new();
        one.transliterate_bytes(&source, &mut out);
        assert_eq!(out, [b"ya", bad, b"ya da", bad].concat(), "beside {bad:x?}");
    }
}

#[test]
fn lone_surrogates_are_copied() {
    let mut out = Output::default();
    assert!(forward().transliterate_ucs2(&[0x44f, 0xd800, 0x44f, 0xdc00], &mut out));
    assert_eq!(out.units(), Units::Two(&[0x79, 0x61, 0xd800, 0x79, 0x61, 0xdc00]));
}

/// A simple generator of numbers, so that the test is the same each time.
pub(super) struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

#[test]
fn tables_and_interpreter_agree() {
    let letters: Vec<char> =
        "абвгдезийкьнщюярсш АБНЬЩЮЯКИЙД1Zzx'’` \u{301}\u{300}\u{306}\u{ad}—.é😀\n".chars().collect();
    let mut dice = Dice(7);
    let back = Transliterator::backward(&scheme(), &case()).expect("there are rules back");
    warm(&back);
    let one = forward();
    for _ in 0..20_000 {
        let text: String = (0..dice.roll(12)).map(|_| letters[dice.roll(letters.len())]).collect();
        check(&one, &text, &by_edits(&one, &text));
    }
    let letters: Vec<char> = "ashcASHC \u{301}áx-'".chars().collect();
    for _ in 0..5_000 {
        let text: String = (0..dice.roll(12)).map(|_| letters[dice.roll(letters.len())]).collect();
        check(&back, &text, &by_edits(&back, &text));
    }
}

#[test]
fn words_across_blocks_are_whole() {
    let one = forward();
    for length in [200, 250, 2_040, 2_048, 2_060, 5_000, 20_000] {
        let word = "згь".repeat(length / 3);
        let text = format!("{} я{word} {word}я\u{301}щ’я", "а ".repeat(length % 7));
        check(&one, &text, &by_edits(&one, &text));
        let latin = format!("{}я", "x".repeat(length));
        check(&one, &latin, &by_edits(&one, &latin));
    }
}

#[test]
fn threads_share_one() {
    let one = Transliterator::forward(&scheme(), &case());
    let text = "згин, конь — Я\u{301}ма ".repeat(500);
    let results: Vec<String> = std::thread::scope(|scope| {
        let run = || scope.spawn(|| one.transliterate(&text).into_owned());
        let all: Vec<_> = (0..4).map(|_| run()).collect();
        all.into_iter().map(|one| one.join().expect("no thread fails")).collect()
    });
    assert!(results.iter().all(|result| *result == by_edits(&one, &text)));
}

#[test]
fn long_words_cost_no_more_than_their_length() {
    let one = forward();
    let start = std::time::Instant::now();
    for text in ["кр", "\u{301}", "'", "я'", "Щ", "ий", "к\u{301}", "1", "а\u{ad}"] {
        let text = text.repeat(200_000);
        assert!(!one.transliterate(&text).is_empty());
    }
    assert!(start.elapsed().as_secs() < 20, "it took {:?}", start.elapsed());
}
