//! Contexts of rules, by the tables and by the exact interpreter: signs that are letters, letters far away.

use super::tests::{Dice, by_edits, case, check, rule, strings, warm};
use super::{Rule, SchemeRules, Transliterator};

/// A scheme of these rules alone, with tables.
fn of_rules(forward: Vec<Rule>) -> Transliterator {
    let scheme = SchemeRules { forward, apostrophe: "keep".into(), ..SchemeRules::default() };
    let one = Transliterator::forward(&scheme, &case());
    warm(&one);
    one
}

#[test]
fn a_loose_apostrophe_that_is_a_letter_is_one_in_contexts_too() {
    let letters = vec![
        rule("c", "c"),
        rule("z", "ц"),
        Rule { right: strings(&["``c"]), ..rule("z", "ж") },
        Rule { left: strings(&["’"]), ..rule("c", "ч") },
    ];
    let signs = vec![rule("`", "ь"), rule("``", "ъ")];
    check(&of_rules([letters.clone(), signs].concat()), "z``c z`c z'c", "жъc цьc ц'ч");
    check(&of_rules(letters), "z``c z`c z'c", "ц``c ц`ч ц'ч");
}

/// Rules that ask for the nearest vowel on the left: which it is, and whether there is one.
fn asking_left() -> Transliterator {
    let mut rules: Vec<Rule> = ["б", "г", "а", "о", "е"].map(|char| rule(char, char)).to_vec();
    for (source, target, left, other) in
        [("к", "k", "е/аое", "q"), ("н", "n", "/аое", "ñ"), ("лл", "l", "аг/аоег", "w")]
    {
        rules.push(rule(source, target));
        rules.push(Rule { left: strings(&[left]), ..rule(source, other) });
    }
    of_rules(rules)
}

#[test]
fn contexts_look_for_the_nearest_vowel_on_the_left() {
    let one = asking_left();
    check(&one, "ебгк абгк ебак бгк ек Ебк К", "ебгq абгk ебаk бгk еq Ебq K");
    check(&one, "бгн абгн н огн ган Бн БНЕН", "бгñ абгn ñ огn гаn Бñ БÑЕN");
    check(&one, "аблл обалл облл обголл облл гблл лл", "абw обаw обl обгоl обl гбw l");
    check(&one, "е\u{301}бк е\u{ad}бк е'бк е-бк ебк’к", "е\u{301}бq е\u{ad}бq е'бq е-бk ебq’q");
}

#[test]
fn tables_tell_the_nearest_letter_as_the_interpreter_does() {
    let letters: Vec<char> = "абгкнлоеАКНЛЕx'’ \u{301}\u{ad}-".chars().collect();
    let (one, mut dice) = (asking_left(), Dice(11));
    for _ in 0..10_000 {
        let text: String = (0..dice.roll(12)).map(|_| letters[dice.roll(letters.len())]).collect();
        check(&one, &text, &by_edits(&one, &text));
    }
}

/// Rules that ask for the letters directly beyond a neighbour on the left, and for a vowel further on.
fn asking_beyond() -> Transliterator {
    let mut rules: Vec<Rule> = ["б", "г", "а", "о"].map(|char| rule(char, char)).to_vec();
    rules.extend([rule("ъ", ""), rule("е", "e"), rule("ю", "u"), rule("гъ", "ğ"), rule("к", "k")]);
    for (source, target, left) in
        [("е", "ye", &["^ъ", "бъ", "аъ"][..]), ("ю", "yu", &["аъ", "къ", "бгъ"]), ("о", "ö", &["^б", "гъгб"])]
    {
        rules.push(Rule { left: strings(left), ..rule(source, target) });
    }
    rules.push(Rule { right: strings(&["ею/аоею"]), ..rule("а", "ä") });
    of_rules(rules)
}

#[test]
fn contexts_look_at_the_letter_beyond_the_nearest() {
    let one = asking_beyond();
    check(&one, "ъе бъе гъе къе аъе оъе ъъе БЪЕ", "ye бye ğe ke äye оe e БYE");
    check(&one, "аъю къю гъю бгъю кгъю", "äyu kyu ğu бğyu kğu");
    check(&one, "бо або гъгбо кгъгбо гъ\u{301}гбо бо\u{301}ба", "бö або ğгбö kğгбö ğ\u{301}гбö бö\u{301}ба");
}

#[test]
fn tables_tell_the_letter_beyond_as_the_interpreter_does() {
    let letters: Vec<char> = "абгкъеюоАБКЪЕx’ \u{301}\u{ad}-".chars().collect();
    let (one, mut dice) = (asking_beyond(), Dice(12));
    for _ in 0..20_000 {
        let text: String = (0..dice.roll(12)).map(|_| letters[dice.roll(letters.len())]).collect();
        check(&one, &text, &by_edits(&one, &text));
    }
}

/// Sources of two letters of which one begins as another ends, and with `longer` ones of three.
fn overlapping(longer: bool) -> Transliterator {
    let letters = ["а", "к", "х", "ь", "т", "с"].map(|char| rule(char, char));
    let mut rules: Vec<Rule> = letters.to_vec();
    rules.extend([rule("кх", "q"), rule("хь", "h"), rule("ьа", "ya"), rule("та", "ta")]);
    rules.push(Rule { left: strings(&["с"]), ..rule("хт", "xt") });
    if longer {
        rules.extend([rule("ккх", "qq"), rule("хьк", "hk")]);
    }
    of_rules(rules)
}

#[test]
fn of_pairs_in_a_row_the_first_is_taken() {
    check(&overlapping(false), "кх хь кхь акхьа хьа Кхьа КХЬА", "q h qь аqya hа Qya QYA");
    check(&overlapping(false), "хта схта та", "хta сxtа ta");
    check(&overlapping(true), "ккх ккхь кккх хьк кхьк КХЬК", "qq qqь кqq hk qьк QЬК");
}

#[test]
fn tables_take_pairs_as_the_interpreter_does() {
    let letters: Vec<char> = "акхьтсАКХЬТx’ \u{301}\u{ad}-".chars().collect();
    let mut dice = Dice(13);
    for one in [overlapping(false), overlapping(true)] {
        for _ in 0..20_000 {
            let text: String = (0..dice.roll(12)).map(|_| letters[dice.roll(letters.len())]).collect();
            check(&one, &text, &by_edits(&one, &text));
        }
    }
}
