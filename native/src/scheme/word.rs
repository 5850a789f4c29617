//! A word as rules see it: small letters, composed, with marks kept apart, and where each stood.

use super::casing::CaseTable;
use super::chars::{APOSTROPHE, CharTable, is, is_stress};
use std::ops::Range;

/// The units of one word.
///
/// `text` has one character a unit: small letters, marks, invisible signs, and every apostrophe as U+2019 (a
/// loose one as itself). `starts` has the place of each unit among the characters of the word and, last,
/// their number. `capitals` tells which units were capitals, `letters` is `text` without what contexts look
/// through, and `before` the number of such letters before each unit (and, last, their number).
#[derive(Debug, Default)]
pub(super) struct Word {
    pub text: Vec<char>,
    pub starts: Vec<usize>,
    pub capitals: Vec<bool>,
    pub letters: Vec<char>,
    pub before: Vec<usize>,
}

impl Word {
    /// Makes room for another word.
    pub fn clear(&mut self) {
        self.text.clear();
        self.starts.clear();
        self.capitals.clear();
        self.letters.clear();
        self.before.clear();
    }
}

/// Finds the words of a text and reads them for the alphabet of its table.
///
/// A letter that is written with a mark is read as the composed letter, except with a mark of `accents`,
/// which is read apart (even where it stands composed) unless the alphabet has that very letter. A typed
/// sign is read as its letter directly after a letter of the alphabet, or before two of them at the beginning
/// of a word (but no digit there).
#[derive(Debug, Clone)]
pub(super) struct WordReader {
    pub chars: CharTable,
    pub case: CaseTable,
    accents: &'static [char],
}

impl WordReader {
    pub fn new(chars: CharTable, case: CaseTable, accents: &'static [char]) -> Self {
        WordReader { chars, case, accents }
    }

    /// The next word of `text` at or after `from`.
    pub fn next_word(&self, text: &[char], from: usize) -> Option<Range<usize>> {
        let has = |at: usize, flag| text.get(at).is_some_and(|&char| self.chars.is(char, flag));
        let start = (from..text.len()).find(|&at| has(at, is::LETTER))?;
        Some(start..word_end(start, has))
    }

    /// Whether the rules may change `word`.
    pub fn touches(&self, word: &[char]) -> bool {
        word.iter().any(|&char| self.chars.is(char, is::TOUCHED))
    }

    /// Reads the word that `chars` are into `word`, in place of what it holds.
    pub fn read(&self, chars: &[char], word: &mut Word) {
        word.clear();
        let mut base = 0;
        for (index, &char) in chars.iter().enumerate() {
            let class = self.chars.class(char);
            let mut small = if class.flags == 0 { char } else { class.small };
            let mut capital = class.is(is::CAPITAL);
            if class.is(is::TYPED) && self.beside(class.is(is::DIGIT), &word.text, &chars[index + 1..]) {
                (small, base) = (class.typed, word.text.len());
                if let Some(&last) = word.capitals.last() {
                    // such a sign tells nothing of case: the next letter does, or the one before
                    let next = chars.get(index + 1).map(|&next| self.chars.class(next));
                    capital =
                        next.filter(|next| next.is(is::CASED)).map_or(last, |next| next.is(is::CAPITAL));
                }
            } else if class.is(is::MARK) {
                if self.joins(char, base, word) {
                    continue;
                }
            } else {
                base = word.text.len();
                if class.is(is::SPLIT) {
                    let (letter, accent) = class.split;
                    let capital = self.chars.is(letter, is::CAPITAL);
                    word.text.extend([self.case.lower(letter), accent]);
                    word.starts.extend([index, index + 1]);
                    word.capitals.extend([capital, false]);
                    continue;
                }
                if class.is(is::QUOTE) {
                    small = APOSTROPHE;
                }
            }
            word.text.push(small);
            word.starts.push(index);
            word.capitals.push(capital);
        }
        word.starts.push(chars.len());
        self.look_through(word);
    }

    /// Whether `mark` makes one letter with the unit at `base`, which it then is.
    fn joins(&self, mark: char, base: usize, word: &mut Word) -> bool {
        let later = word.text.get(base + 1..).unwrap_or_default();
        if base >= word.text.len() || !later.iter().all(|&char| is_stress(char)) {
            return false;
        }
        let joined = self.joined(word.text[base], mark);
        if let Some(joined) = joined {
            word.text[base] = joined;
        }
        joined.is_some()
    }

    /// The letter that `base` with `mark` is read as, if it is one letter.
    fn joined(&self, base: char, mark: char) -> Option<char> {
        let joined = self.case.composed.get(&(base, mark)).copied();
        joined.filter(|&joined| self.chars.is(joined, is::ALPHABET) || !self.accents.contains(&mark))
    }

    /// Whether `base` with `mark` is read as one letter.
    pub fn composes(&self, base: char, mark: char) -> bool {
        self.joined(base, mark).is_some()
    }

    /// Whether a sign between `text`, already read, and `following` stands for a letter.
    fn beside(&self, digit: bool, text: &[char], following: &[char]) -> bool {
        let in_alphabet = |&char: &char| self.chars.is(char, is::ALPHABET);
        match text.last() {
            Some(last) => in_alphabet(last),
            None => {
                let small = following.iter().take(2).map(|&char| self.case.lower(char));
                small.filter(in_alphabet).count() > 1 && !digit
            }
        }
    }

    /// Fills in what contexts see.
    fn look_through(&self, word: &mut Word) {
        for &char in &word.text {
            word.before.push(word.letters.len());
            if !self.chars.is(char, is::MARK) {
                let is_loose = self.chars.class(char).flags & is::JOINS == is::APOSTROPHE;
                word.letters.push(if is_loose { APOSTROPHE } else { char });
            }
        }
        word.before.push(word.letters.len());
    }
}

/// The end of the word that begins with the letter at `start`: letters with marks behind them, and single
/// apostrophes between letters. `has` tells whether the character at a place has a flag.
pub(super) fn word_end(start: usize, has: impl Fn(usize, u16) -> bool) -> usize {
    let mut at = start + 1;
    loop {
        while has(at, is::MARK) {
            at += 1;
        }
        if has(at, is::APOSTROPHE) && has(at + 1, is::LETTER) {
            at += 2;
        } else if has(at, is::LETTER) {
            at += 1;
        } else {
            return at;
        }
    }
}
