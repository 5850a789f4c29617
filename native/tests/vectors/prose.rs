//! The look by which Cyrillic prose is passed over.

use crate::rulesets;

#[test]
fn ordinary_prose_is_known_at_a_look() {
    let engine = rulesets::engine("uk-national");
    for text in [
        "У місті Київ, на вул. Б. Хмельницького, 2024 року (як і раніше) відкрили «Дім».",
        "Іде\u{301}мо – і п’ять об'єктів США й ООН… А ви? І ми!\nІ ще рядок, О. Пчілка.",
        "Район Северо-Восточный, 50 %: и о нём, и об этом.",
    ] {
        assert!(engine.is_prose(text), "{text}");
    }
}

#[test]
fn what_may_be_stray_is_no_prose() {
    let engine = rulesets::engine("uk-national");
    for text in [
        "у ХІХ столітті", // numerals
        "том І вийшов",
        "мова С++",
        "20 °С надворі",
        "літак Т-34", // letters beside digits
        "80-х років",
        "кислотність рН води",
        "місто Lviv", // other letters, or such as may be
        "Ки&iuml;в",
        "<b>K</b>иїв",
        "Ки\u{200b}їв",
        "и\u{306} та ї",
        "α-частинка",
    ] {
        assert!(!engine.is_prose(text), "{text}");
    }
}
