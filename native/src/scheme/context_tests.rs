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
