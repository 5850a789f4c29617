//! Foldings of words for comparison, and carrying the case of one word to another.
//!
//! What is folded here is compared, never reported: findings keep the text as it stands.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::text::classes::{Class, Classes};

/// Printed over a stressed vowel; never part of a spelling.
const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
/// What every apostrophe becomes in a key.
pub const APOSTROPHE: char = '\'';
const TABLE: usize = 0x600;
/// The first of the letters of which `simple_pair` is asked.
const SIMPLE: char = '\u{400}';
/// Below this, what a key takes of a character stands in a table: quotation marks are there too.
const KEYED: char = '\u{2040}';

/// How the capitals of a word are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// No capitals, or no letters.
    Lower,
    /// More than one letter, all capitals.
    Upper,
    /// The first letter only.
    Title,
    /// Any other way.
    Mixed,
}

impl Shape {
    /// The name that features use.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Lower => "lower",
            Shape::Upper => "upper",
            Shape::Title => "title",
            Shape::Mixed => "mixed",
        }
    }
}

/// A map of characters that is an array for the common ones.
struct CharMap {
    near: Vec<char>,
    far: FxHashMap<char, char>,
}

impl CharMap {
    fn new() -> CharMap {
        CharMap { near: (0..TABLE as u32).filter_map(char::from_u32).collect(), far: FxHashMap::default() }
    }

    fn set(&mut self, from: char, to: char) {
        match self.near.get_mut(from as usize) {
            Some(cell) => *cell = to,
            None => {
                self.far.insert(from, to);
            }
        }
    }

    #[inline]
    fn get(&self, from: char) -> char {
        match self.near.get(from as usize) {
            Some(&to) => to,
            None => self.far.get(&from).copied().unwrap_or(from),
        }
    }

    fn map(&self, text: &str) -> String {
        text.chars().map(|char| self.get(char)).collect()
    }
}

/// Composition, lower case, comparison keys and shapes of words.
pub struct Folder {
    lower: CharMap,
    upper: CharMap,
    doubles: CharMap,
    unstressed: CharMap,
    pairs: FxHashMap<(char, char), char>,
    marks: Vec<char>,
    classes: Classes,
    /// What a key takes of each character below `KEYED` that means the same whatever stands beside it; NUL
    /// for any other.
    keyed: Vec<char>,
    /// What `simple_pair` gives.
    pairs_of_bytes: [u16; 0x80],
    /// Whether ASCII lowers as ASCII does, which the tables of Unicode say and generated ones might not.
    plain_ascii: bool,
}

impl Folder {
    /// From (upper, lower) pairs, and (base, mark, composed) with no mark where base doubles composed.
    /// Of several capitals of a letter the first counts.
    pub fn new(
        case: impl Iterator<Item = (char, char)>,
        compositions: impl Iterator<Item = (char, Option<char>, char)>,
        classes: &Classes,
    ) -> Folder {
        let (mut lower, mut upper) = (CharMap::new(), CharMap::new());
        let mut raised = FxHashMap::default();
        for (capital, small) in case {
            lower.set(capital, small);
            raised.entry(small).or_insert(capital);
        }
        for (&small, &capital) in &raised {
            upper.set(small, capital);
        }
        let (mut doubles, mut unstressed) = (CharMap::new(), CharMap::new());
        let mut pairs = FxHashMap::default();
        let mut marks = Vec::new();
        for (base, mark, composed) in compositions {
            let Some(mark) = mark else {
                doubles.set(base, composed);
                continue;
            };
            pairs.insert((base, mark), composed);
            marks.push(mark);
            if mark == GRAVE && classes.of(base) == Class::Cyrillic {
                unstressed.set(composed, base);
            }
        }
        marks.sort_unstable();
        marks.dedup();
        let plain_ascii = (0..128u8).all(|byte| {
            lower.get(byte as char) == byte.to_ascii_lowercase() as char
                && doubles.get(byte as char) == byte as char
        });
        let is_mark = |char: char| marks.binary_search(&char).is_ok();
        let is_alone = |char: char| {
            !matches!(classes.of(char), Class::Invisible | Class::Bidi | Class::Mark)
                && !matches!(char, GRAVE | ACUTE)
                && doubles.get(char) == char
                && !is_mark(char)
        };
        let keyed = ('\0'..KEYED).map(|char| {
            let small = lower.get(char);
            let kept = match classes.of(small) {
                Class::Apostrophe => APOSTROPHE,
                Class::Cyrillic => unstressed.get(small),
                _ => small,
            };
            if [char, small, kept].into_iter().all(is_alone) { kept } else { '\0' }
        });
        let keyed: Vec<char> = keyed.collect();
        let mut pairs_of_bytes = [0; 0x80];
        for (pair, char) in pairs_of_bytes.iter_mut().zip(SIMPLE..) {
            let small = keyed[char as usize];
            let is_simple = [char, small].iter().all(|&one| classes.of(one) == Class::Cyrillic)
                && lower.get(char) == small;
            let mut bytes = [0; 4];
            if let ([first, second], true) = (small.encode_utf8(&mut bytes).as_bytes(), is_simple) {
                *pair = u16::from_le_bytes([*first, *second]);
            }
        }
        Folder {
            lower,
            upper,
            doubles,
            unstressed,
            pairs,
            marks,
            classes: classes.clone(),
            keyed,
            pairs_of_bytes,
            plain_ascii,
        }
    }

    /// The classes that letters are told by.
    #[inline]
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// Whether ASCII letters have the case pairs of ASCII: then keys of ASCII words can be made bytewise.
    pub fn has_plain_ascii(&self) -> bool {
        self.plain_ascii
    }

    /// Each letter joined with the marks that directly follow it, where Unicode has one for both.
    pub fn compose<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.is_ascii() && self.plain_ascii {
            return Cow::Borrowed(text);
        }
        // what has a key of its own is no mark, and has no other code point for the same letter
        let is_whole = |char: char| self.keyed.get(char as usize).is_some_and(|&key| key != '\0');
        if text.chars().all(is_whole) {
            return Cow::Borrowed(text);
        }
        let mut out: Vec<char> = Vec::with_capacity(text.len());
        let mut changed = false;
        for char in text.chars() {
            let single = self.doubles.get(char);
            changed |= single != char;
            let joined = match out.last() {
                Some(&last) if self.marks.binary_search(&single).is_ok() => self.pairs.get(&(last, single)),
                _ => None,
            };
            match joined {
                Some(&composed) => {
                    *out.last_mut().expect("a letter stands before the mark") = composed;
                    changed = true;
                }
                None => out.push(single),
            }
        }
        if changed { Cow::Owned(out.into_iter().collect()) } else { Cow::Borrowed(text) }
    }

    /// Lower case by simple pairs: one character stays one character, whatever the locale.
    pub fn lower(&self, text: &str) -> String {
        self.lower.map(text)
    }

    /// The small letter of a capital, itself for any other character.
    #[inline]
    pub fn lower_char(&self, char: char) -> char {
        self.lower.get(char)
    }

    /// Capitals by simple pairs; a letter without a capital stays.
    pub fn upper(&self, text: &str) -> String {
        self.upper.map(text)
    }

    /// What words are compared by: composed, in lower case, with one sort of apostrophe, without the stress
    /// marks of Cyrillic letters and without invisible characters.
    pub fn key<'t>(&self, word: &'t str) -> Cow<'t, str> {
        if word.is_ascii() && self.plain_ascii {
            if word.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'`') {
                let mut key = word.to_ascii_lowercase();
                if key.contains('`') {
                    key = key.replace('`', "'");
                }
                return Cow::Owned(key);
            }
            return Cow::Borrowed(word);
        }
        let mut key = String::with_capacity(word.len());
        self.key_into(word, &mut key);
        Cow::Owned(key)
    }

    /// `key`, written to the end of `key`, which a caller may use again and again.
    pub fn key_into(&self, word: &str, key: &mut String) {
        if word.is_ascii() {
            key.extend(word.chars().map(|char| match self.lower.get(char) {
                '`' => APOSTROPHE,
                small => small,
            }));
            return;
        }
        let from = key.len();
        let keyed = |char: char| self.keyed.get(char as usize).copied().filter(|&kept| kept != '\0');
        if word.chars().all(|char| keyed(char).map(|kept| key.push(kept)).is_some()) {
            return;
        }
        key.truncate(from);
        let visible = self.visible(word);
        let lowered = self.lower(&self.compose(&visible));
        let mut out = String::with_capacity(lowered.len());
        let mut last: Option<Class> = None;
        for char in lowered.chars() {
            let kept = match self.classes.of(char) {
                Class::Apostrophe => APOSTROPHE,
                Class::Cyrillic => self.unstressed.get(char),
                _ if (char == GRAVE || char == ACUTE) && last == Some(Class::Cyrillic) => continue,
                _ => char,
            };
            last = Some(self.classes.of(kept));
            out.push(kept);
        }
        key.push_str(&self.compose(&out)); // a dropped stress mark may have kept a letter from its own
    }

    /// For a Cyrillic letter of two bytes of UTF-8, of which the first is 0xD0 or 0xD1, the small letter as such
    /// bytes, the first lowest, if a key takes that and nothing else; 0 for any other character.
    #[inline(always)]
    pub fn simple_pair(&self, lead: u8, second: u8) -> u16 {
        self.pairs_of_bytes[usize::from(lead & 1) << 6 | usize::from(second & 0x3F)]
    }

    /// The text without its invisible characters and signs of direction.
    pub fn visible<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let is_hidden = |char: char| matches!(self.classes.of(char), Class::Invisible | Class::Bidi);
        if text.chars().any(is_hidden) {
            Cow::Owned(text.chars().filter(|&char| !is_hidden(char)).collect())
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Whether a character is a capital.
    #[inline]
    pub fn is_upper(&self, char: char) -> bool {
        self.lower.get(char) != char
    }

    /// The shape of a word; a single capital is `Title`, no letters is `Lower`.
    pub fn shape(&self, word: &str) -> Shape {
        let (mut letters, mut capitals, mut first) = (0usize, 0usize, false);
        for char in word.chars().filter(|&char| self.classes.is_letter(char)) {
            let capital = self.is_upper(char);
            first |= capital && letters == 0;
            letters += 1;
            capitals += usize::from(capital);
        }
        match capitals {
            0 => Shape::Lower,
            _ if letters > 1 && capitals == letters => Shape::Upper,
            1 if first => Shape::Title,
            _ => Shape::Mixed,
        }
    }

    /// `text` in the given shape; `Mixed` leaves it as it is. `Title` raises the first letter only: what
    /// follows keeps the case that the text has.
    pub fn reshape(&self, text: &str, shape: Shape) -> String {
        match shape {
            Shape::Lower => self.lower(text),
            Shape::Upper => self.upper(text),
            Shape::Mixed => text.to_owned(),
            Shape::Title => {
                let mut waiting = true;
                let raise = |char| {
                    if waiting && self.classes.is_letter(char) {
                        waiting = false;
                        self.upper.get(char)
                    } else {
                        char
                    }
                };
                text.chars().map(raise).collect()
            }
        }
    }
}
