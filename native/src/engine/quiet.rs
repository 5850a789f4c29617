//! Paragraphs of nothing but Cyrillic prose, of which nothing can be said.
//!
//! In a paragraph without letters of another script, without hidden characters and without markup, no word is of two
//! scripts, no name is rewritten, and only words of a few kinds may be stray: a lone letter, capitals, letters beside
//! digits. What the table of stray words may say of each kind is asked once, when the ruleset is opened; so such a
//! paragraph is known by one look at its characters. The look may say no too often, never yes.

use crate::engine::folds::{Folds, Tiers};
use crate::engine::spots::AFTER_CLAUSE;
use crate::engine::stray::{LONE_NUMERALS, StrayJudge, is_of_i_and_x};
use crate::engine::verdicts::Value;
use crate::ruleset::Ruleset;
use crate::text::{Class, Classes, Folder, Script};

/// What a character is to the look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    LineEnd,
    /// A mark after which no clause begins.
    Mark,
    /// A mark after which one may begin.
    Clause,
    Digit,
    Apostrophe,
    Hyphen,
    Small,
    Capital,
    /// A capital that alone may be a Roman numeral.
    Numeral,
    /// One of which longer Roman numerals are made.
    LongNumeral,
    /// A mark of stress over the letter before it.
    Stress,
    /// What needs a thought.
    Odd,
}

impl Kind {
    fn is_letter(self) -> bool {
        matches!(self, Kind::Small | Kind::Capital | Kind::Numeral | Kind::LongNumeral)
    }
}

/// The look, by one ruleset.
pub struct Quiet {
    ascii: [Kind; 0x80],
    /// U+0080 to U+00BF.
    latin: [Kind; 0x40],
    /// U+0400 to U+04FF.
    cyrillic: [Kind; 0x100],
    /// U+2000 to U+203F.
    general: [Kind; 0x40],
    /// Whether nothing is ever said of a small letter that stands alone, and so on.
    lone_small: bool,
    lone_capital: bool,
    /// Of one that may be a numeral, where a clause begins with it.
    lone_numeral: bool,
    capitals: bool,
}

/// What holds of each word of such a paragraph that no digits stand beside.
const ALWAYS: [(&str, Value); 12] = [
    ("script", Value::Cyrillic),
    ("running", Value::Cyrillic),
    ("meant", Value::False),
    ("before_latin", Value::False),
    ("beside_latin", Value::False),
    ("after_other", Value::False),
    ("designator", Value::None),
    ("roman", Value::False),
    ("digits", Value::None),
    ("number_first", Value::False),
    ("number_last", Value::False),
    ("lone", Value::False),
];
/// What holds of a lone letter besides, if no sign stands directly before or after it.
const LONE: [(&str, Value); 4] =
    [("lone", Value::True), ("length", Value::One), ("degree", Value::False), ("suffix_sign", Value::False)];

impl Quiet {
    /// By the letters, look-alikes and verdicts of a ruleset.
    pub fn new(ruleset: &Ruleset, folds: &Folds, stray: &StrayJudge) -> Quiet {
        let kind =
            |code: u32| char::from_u32(code).map_or(Kind::Odd, |char| kind_of(&ruleset.folder, folds, char));
        let is_quiet = |more: &[&[(&str, Value)]]| {
            let mut known = ALWAYS.to_vec();
            known.extend(more.iter().copied().flatten());
            !stray.may_tell(&known)
        };
        let (small, capital) = (("capital", Value::False), ("capital", Value::True));
        let none = [("numeral", Value::False), ("numbered", Value::False)];
        Quiet {
            ascii: std::array::from_fn(|code| kind(code as u32)),
            latin: std::array::from_fn(|code| kind(0x80 + code as u32)),
            cyrillic: std::array::from_fn(|code| kind(0x400 + code as u32)),
            general: std::array::from_fn(|code| kind(0x2000 + code as u32)),
            lone_small: is_quiet(&[&LONE, &none, &[small, ("shape", Value::Lower)]]),
            lone_capital: is_quiet(&[&LONE, &none, &[capital]]),
            lone_numeral: is_quiet(&[&LONE, &[capital, ("clause_start", Value::True)]]),
            capitals: is_quiet(&[&none, &[capital, ("shape", Value::Upper)]]),
        }
    }

    /// Whether a paragraph is such that nothing can be said of it; False if that cannot be told.
    pub fn is_prose(&self, classes: &Classes, stray: &StrayJudge, paragraph: &str) -> bool {
        let text = paragraph.as_bytes();
        let mut at = 0;
        let mut is_clause = true; // whether a clause begins with the next word
        let mut before = Kind::Space;
        let mut joint = Kind::Space; // the letter or digit before hyphens and apostrophes that follow it directly
        while at < text.len() {
            let (kind, length) = self.kind(classes, paragraph, at);
            let start = at;
            at += length;
            match kind {
                Kind::Space => {}
                Kind::LineEnd => is_clause |= text[start] == b'\n',
                Kind::Mark | Kind::Clause => is_clause = kind == Kind::Clause,
                Kind::Hyphen | Kind::Apostrophe => {
                    is_clause = kind == Kind::Hyphen;
                    if !matches!(before, Kind::Hyphen | Kind::Apostrophe) {
                        joint = before;
                    }
                }
                Kind::Digit => {
                    if before.is_letter() || is_joined(before, joint).is_some_and(Kind::is_letter) {
                        return false;
                    }
                    is_clause = false;
                }
                Kind::Stress | Kind::Odd => return false,
                _ => {
                    if before == Kind::Digit || is_joined(before, joint) == Some(Kind::Digit) {
                        return false;
                    }
                    let word = self.word(classes, paragraph, start);
                    at = word.end;
                    if !self.is_quiet_word(stray, paragraph, &word, is_clause) {
                        return false;
                    }
                    is_clause = false;
                }
            }
            before = kind;
        }
        true
    }

    #[inline(always)]
    fn kind(&self, classes: &Classes, text: &str, at: usize) -> (Kind, usize) {
        match text.as_bytes()[at..] {
            [byte @ ..0x80, ..] => (self.ascii[usize::from(byte)], 1),
            [lead @ 0xD0..=0xD3, tail, ..] => {
                (self.cyrillic[usize::from(lead & 3) << 6 | usize::from(tail & 0x3F)], 2)
            }
            [0xE2, 0x80, tail, ..] => (self.general[usize::from(tail & 0x3F)], 3),
            [0xC2, tail, ..] => (self.latin[usize::from(tail & 0x3F)], 2),
            _ => {
                let char = text[at..].chars().next().unwrap_or('\0');
                (mark(classes, char), char.len_utf8())
            }
        }
    }

    /// The word that begins at `start`, with its letters after apostrophes.
    #[inline(always)]
    fn word(&self, classes: &Classes, text: &str, start: usize) -> Word {
        let (end, first) = (start, Kind::Odd);
        let mut word =
            Word { start, end, letters: 0, capitals: 0, is_numeral: true, is_stressed: false, first };
        let bytes = text.as_bytes();
        while word.end < text.len() {
            if let [lead @ 0xD0..=0xD3, tail, ..] = bytes[word.end..]
                && word.letters > 0
                && self.cyrillic[usize::from(lead & 3) << 6 | usize::from(tail & 0x3F)] == Kind::Small
            {
                word.letters += 1;
                word.is_numeral = false;
                word.end += 2;
                continue;
            }
            let (mut kind, mut length) = self.kind(classes, text, word.end);
            if kind == Kind::Apostrophe && word.end + length < text.len() {
                let (next, more) = self.kind(classes, text, word.end + length);
                (kind, length) = (next, length + more);
            }
            if kind == Kind::Stress {
                word.is_stressed = true;
                word.end += length;
                continue;
            }
            if !kind.is_letter() {
                break;
            }
            if word.letters == 0 {
                word.first = kind;
            }
            word.letters += 1;
            word.capitals += usize::from(kind != Kind::Small);
            word.is_numeral &= kind == Kind::LongNumeral;
            word.end += length;
        }
        word
    }

    #[inline(always)]
    fn is_quiet_word(&self, stray: &StrayJudge, text: &str, word: &Word, is_clause: bool) -> bool {
        if word.letters == 1 {
            let is_known = match word.first {
                Kind::Small => self.lone_small,
                Kind::Capital => self.lone_capital,
                _ => self.lone_numeral && is_clause,
            };
            return is_known
                && !word.is_stressed
                && !stray.has_sign_beside(&text[..word.start], &text[word.end..]);
        }
        match word.capitals {
            0 => true,
            1 if word.letters == 2 => word.first != Kind::Small,
            capitals if capitals == word.letters => self.capitals && !word.is_numeral,
            _ => true,
        }
    }
}

/// A word of Cyrillic letters.
struct Word {
    start: usize,
    end: usize,
    letters: usize,
    capitals: usize,
    /// Whether a Roman numeral may be made of all its letters.
    is_numeral: bool,
    is_stressed: bool,
    first: Kind,
}

/// What hyphens or apostrophes join the next character to.
fn is_joined(before: Kind, joint: Kind) -> Option<Kind> {
    matches!(before, Kind::Hyphen | Kind::Apostrophe).then_some(joint)
}

fn kind_of(folder: &Folder, folds: &Folds, char: char) -> Kind {
    let classes = folder.classes();
    match classes.of(char) {
        Class::Digit if char.is_ascii_digit() => Kind::Digit,
        Class::Apostrophe => Kind::Apostrophe,
        Class::Hyphen if char == '-' => Kind::Hyphen,
        Class::Cyrillic if folder.is_upper(char) => {
            let roman = |latin: &String| LONE_NUMERALS.iter().any(|numeral| latin.contains(numeral));
            let latin =
                folds.fold(folder, char.encode_utf8(&mut [0; 4]), Script::Latin, &[], Tiers::REPAIRING);
            match latin.filter(roman) {
                Some(latin) if is_of_i_and_x(&latin.repeat(2)) => Kind::LongNumeral,
                Some(_) => Kind::Numeral,
                None => Kind::Capital,
            }
        }
        Class::Cyrillic => Kind::Small,
        _ => mark(classes, char),
    }
}

/// A character that is neither letter, digit, hyphen nor apostrophe, by what it may tell.
fn mark(classes: &Classes, char: char) -> Kind {
    match classes.of(char) {
        Class::Mark if matches!(char, '\u{300}' | '\u{301}') => Kind::Stress,
        Class::Space => Kind::Space,
        Class::Newline => Kind::LineEnd,
        _ if matches!(char, '&' | '<') => Kind::Odd, // a letter may be written as markup
        Class::Punctuation | Class::Symbol if AFTER_CLAUSE.contains(char) => Kind::Clause,
        Class::Punctuation | Class::Symbol => Kind::Mark,
        _ => Kind::Odd,
    }
}
