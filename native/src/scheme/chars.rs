//! What each character is to the words of one scheme: one look-up a character.

use super::casing::CaseTable;
use super::rules::Group;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The apostrophe as rules write it.
pub const APOSTROPHE: char = '\u{2019}';
/// Signs that are the same apostrophe when they stand between two letters.
pub const APOSTROPHES: &str = "'\u{2019}\u{2bc}\u{2018}\u{2b9}\u{2032}\u{b4}";
/// Signs that hold a word together like an apostrophe, but stay as they are: they are also mark-up.
pub const LOOSE_APOSTROPHES: &str = "`";
/// The mark of secondary stress.
pub const GRAVE: char = '\u{300}';
/// The mark of main stress.
pub const ACUTE: char = '\u{301}';
/// Soft hyphen and joiners: they may stand in a word and mean nothing to its rules.
pub const INVISIBLE: &str = "\u{ad}\u{200c}\u{200d}\u{2060}\u{feff}";
/// Combining marks that may stand in a word.
const MARK_RANGES: [Range<u32>; 2] = [0x300..0x370, 0x483..0x48a];

/// Whether contexts look through `char`: a combining mark or an invisible sign.
pub fn is_transparent(char: char) -> bool {
    MARK_RANGES.iter().any(|range| range.contains(&(char as u32))) || INVISIBLE.contains(char)
}

/// Whether `char` is a mark of main or secondary stress.
pub(super) fn is_stress(char: char) -> bool {
    char == GRAVE || char == ACUTE
}

/// Whether a sign is a digit. (Of the numbers that are no digits, those that look like letters matter.)
fn is_digit(char: char) -> bool {
    let number_forms = 0x2150..0x2190;
    char.is_ascii_digit() || (char.is_numeric() && !number_forms.contains(&(char as u32)))
}

/// Facts about a character, as bits of [`CharClass::flags`].
pub(super) mod is {
    pub const LETTER: u16 = 1;
    /// A combining mark or an invisible sign.
    pub const MARK: u16 = 2;
    /// Holds a word together between two letters.
    pub const APOSTROPHE: u16 = 4;
    /// The same, and read as U+2019.
    pub const QUOTE: u16 = 8;
    pub const CAPITAL: u16 = 16;
    pub const CASED: u16 = 32;
    /// A small letter, or sign, that the sources of rules are made of.
    pub const ALPHABET: u16 = 64;
    /// The rules may change a word with it.
    pub const TOUCHED: u16 = 128;
    /// Composed with an accent that is read apart.
    pub const SPLIT: u16 = 256;
    /// Typed for a letter, beside others.
    pub const TYPED: u16 = 512;
    pub const DIGIT: u16 = 1024;
    /// Its small letter, or the sign, is one that the sources of rules are made of.
    pub const KNOWN: u16 = 2048;
    /// May stand in a word.
    pub const WORD: u16 = LETTER | MARK | APOSTROPHE;
    /// Both kinds of apostrophe, of which one has only the first flag.
    pub const JOINS: u16 = APOSTROPHE | QUOTE;
}

/// What one character is. The first class of a table is that of all characters that stand in no word.
#[derive(Debug, Clone)]
pub(super) struct CharClass {
    pub flags: u16,
    pub small: char,
    pub typed: char,
    pub split: (char, char),
    /// The groups of rules whose sources begin with it.
    pub groups: Range<u32>,
}

impl CharClass {
    pub fn is(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}

/// Characters to numbers, in two steps; 0 for all that were not set.
#[derive(Debug, Clone, Default)]
struct CharMap {
    pages: Vec<u16>,
    slots: Vec<[u16; 64]>,
}

impl CharMap {
    #[inline]
    fn get(&self, char: char) -> usize {
        let code = char as usize;
        match self.pages.get(code >> 6) {
            Some(&page) if page > 0 => usize::from(self.slots[usize::from(page) - 1][code & 63]),
            _ => 0,
        }
    }

    fn set(&mut self, char: char, value: u16) {
        let (page, slot) = (char as usize >> 6, char as usize & 63);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, 0);
        }
        if self.pages[page] == 0 {
            self.slots.push([0; 64]);
            self.pages[page] = u16::try_from(self.slots.len()).expect("fewer pages than that are in Unicode");
        }
        self.slots[usize::from(self.pages[page]) - 1][slot] = value;
    }
}

/// The classes of all characters, for one direction of one scheme.
#[derive(Debug, Clone)]
pub(super) struct CharTable {
    map: CharMap,
    classes: Vec<CharClass>,
    /// The characters that have a class of their own, in order.
    pub listed: Vec<char>,
}

impl CharTable {
    /// The table for rules in `groups` (see [`groups`](super::rules::groups)). Each of `typed` is a letter
    /// and the signs that are typed for it; `accents` are read apart from the letter they are composed with.
    pub fn new(groups: &[Group], case: &CaseTable, accents: &[char], typed: &[String]) -> Self {
        let alphabet: FxHashSet<char> = groups
            .iter()
            .flat_map(|group| group.source.iter().copied())
            .filter(|&char| char != APOSTROPHE && !is_transparent(char))
            .collect();
        let in_alphabet = |char: char| alphabet.contains(&case.lower(char));
        let mut table = CharTable { map: CharMap::default(), classes: Vec::new(), listed: Vec::new() };
        table.classes.push(CharClass {
            flags: 0,
            small: '\0',
            typed: '\0',
            split: ('\0', '\0'),
            groups: 0..0,
        });

        for &char in &alphabet {
            table.class_mut(char).flags |= is::LETTER | is::ALPHABET;
        }
        for &char in case.lowers.keys().chain(case.uppers.keys()) {
            table.class_mut(char).flags |= is::LETTER;
        }
        for one in typed {
            let mut signs = one.chars();
            let letter = signs.next().unwrap_or('\0');
            for sign in signs {
                let class = table.class_mut(sign);
                class.flags |= is::LETTER | is::TYPED | if is_digit(sign) { is::DIGIT } else { 0 };
                class.typed = letter;
            }
        }
        for (&char, &small) in &case.lowers {
            let class = table.class_mut(char);
            class.small = small;
            class.flags |= is::CAPITAL;
        }
        for char in MARK_RANGES.into_iter().flatten().filter_map(char::from_u32).chain(INVISIBLE.chars()) {
            table.class_mut(char).flags |= is::MARK;
        }
        for (signs, flags) in [(APOSTROPHES, is::APOSTROPHE | is::QUOTE), (LOOSE_APOSTROPHES, is::APOSTROPHE)]
        {
            for char in signs.chars().filter(|char| !alphabet.contains(char)) {
                table.class_mut(char).flags |= flags;
            }
        }
        for (&letter, &pair) in &case.decomposed {
            if accents.contains(&pair.1) && !in_alphabet(letter) {
                let class = table.class_mut(letter);
                class.flags |= is::SPLIT | if in_alphabet(pair.0) { is::TOUCHED } else { 0 };
                class.split = pair;
            }
            if case.is_cased(letter) {
                table.class_mut(letter); // so that it is listed
            }
        }
        for (&(base, _), &letter) in &case.composed {
            if in_alphabet(letter) {
                table.class_mut(base).flags |= is::TOUCHED;
            }
        }
        for (number, group) in groups.iter().enumerate() {
            let number = u32::try_from(number).expect("fewer rules than that");
            let groups = &mut table.class_mut(group.source[0]).groups;
            *groups = if groups.end == 0 { number..number + 1 } else { groups.start..number + 1 };
        }
        table.listed.sort_unstable();
        for index in 0..table.listed.len() {
            let char = table.listed[index];
            let class = table.class_mut(char);
            class.flags |= if case.is_cased(char) { is::CASED } else { 0 };
            class.flags |= if class.is(is::LETTER) && in_alphabet(char) { is::TOUCHED } else { 0 };
            class.flags |= if in_alphabet(char) { is::KNOWN } else { 0 };
        }
        table
    }

    /// What `char` is. The `small` of a character that is in no table is not its own: see [`Self::small`].
    #[inline]
    pub fn class(&self, char: char) -> &CharClass {
        &self.classes[self.map.get(char)]
    }

    /// Whether `char` has one of `flags`.
    #[inline]
    pub fn is(&self, char: char, flags: u16) -> bool {
        self.class(char).flags & flags != 0
    }

    fn class_mut(&mut self, char: char) -> &mut CharClass {
        let mut number = self.map.get(char);
        if number == 0 {
            number = self.classes.len();
            self.map.set(char, u16::try_from(number).expect("fewer letters than that are in Unicode"));
            self.classes.push(CharClass {
                flags: 0,
                small: char,
                typed: '\0',
                split: ('\0', '\0'),
                groups: 0..0,
            });
            self.listed.push(char);
        }
        &mut self.classes[number]
    }
}

/// The small letter of a character that stands in a word.
pub(super) fn small(chars: &CharTable, char: char) -> char {
    let class = chars.class(char);
    if class.flags == 0 { char } else { class.small }
}
