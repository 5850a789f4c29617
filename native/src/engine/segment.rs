//! Splitting text into atoms: the parts of words, and the marks between them.
//!
//! A *chunk* is a run of letters, their marks, digits and invisible characters: what is judged for mixed
//! scripts. A *part* is chunks joined by apostrophes: what names are matched by. A *word* is parts joined
//! by hyphens. `Wi-Fi-мережа` has three parts, `COVID'ом` one part of two chunks, `B2B` one chunk.

use std::ops::Range;

pub use crate::engine::split::{Seen, atoms};
use crate::text::{Class, Classes, Script};

/// The script of a part: what its letters have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartScript {
    /// It has no letters.
    None,
    /// All letters are of one script.
    One(Script),
    /// Letters of several scripts.
    Mixed,
}

impl PartScript {
    /// Whether all letters, of which there is at least one, are of this script.
    #[inline]
    pub fn is(self, script: Script) -> bool {
        self == PartScript::One(script)
    }

    /// Whether there are letters.
    #[inline]
    pub fn is_some(self) -> bool {
        self != PartScript::None
    }
}

/// What a zone allows to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// In no zone.
    None,
    /// Script errors are reported and never repaired without asking.
    Report,
    /// Not looked at.
    Skip,
}

/// A part of a word, or one mark of punctuation. Positions are bytes of the document.
#[derive(Debug, Clone)]
pub struct Atom {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The hash of the comparison key of what is written (`hints::hash_of_key`), 0 if it was not made.
    pub hash: u64,
    /// How it reads once its script errors are repaired, if that is not as it is written.
    pub repaired: Option<Box<str>>,
    /// Numbers the hyphenated word that a part belongs to; marks have -1.
    pub word: i32,
    /// How many letters it has.
    pub letters: u32,
    /// The script of what is written.
    pub written: PartScript,
    /// The script of its reading.
    pub script: PartScript,
    /// The zone that it stands in.
    pub zone: Zone,
    /// Whether it is a part of a word.
    pub is_part: bool,
    /// Whether more than one of its letters is a capital.
    pub has_capitals: bool,
    /// Whether it holds a digit.
    pub has_digits: bool,
    /// Whether a name of a place may begin with it; says yes too often.
    pub may_begin: bool,
}

impl Atom {
    /// What is written.
    #[inline]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// How it reads once its script errors are repaired: names are matched on this.
    #[inline]
    pub fn reading<'t>(&'t self, text: &'t str) -> &'t str {
        match &self.repaired {
            Some(reading) => reading,
            None => &text[self.start..self.end],
        }
    }
}

/// Where the part ends that begins, with a letter or a digit, at byte `start`.
pub fn part_end(classes: &Classes, text: &str, start: usize) -> usize {
    let mut end = chunk_end(classes, text, start);
    while let Some(mark) = text[end..].chars().next() {
        let next = end + mark.len_utf8();
        let is_joint = classes.of(mark) == Class::Apostrophe
            && text[next..].chars().next().is_some_and(|char| classes.is_letter(char));
        if !is_joint {
            break;
        }
        end = chunk_end(classes, text, next);
    }
    end
}

/// Where the chunk ends that begins, with a letter or a digit, at byte `start`: invisible characters
/// belong to it only between others.
fn chunk_end(classes: &Classes, text: &str, start: usize) -> usize {
    let mut end = start;
    for (at, char) in text[start..].char_indices() {
        match classes.of(char) {
            Class::Latin | Class::Cyrillic | Class::Greek | Class::Letter | Class::Digit | Class::Mark => {
                end = start + at + char.len_utf8()
            }
            Class::Invisible => {}
            _ => break,
        }
    }
    end
}

/// The chunks of a part, as byte ranges of `text`; `part` is its range.
pub fn chunks(classes: &Classes, text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = part.start;
    while let Some(char) = text[at..part.end].chars().next() {
        let class = classes.of(char);
        if class.is_letter() || class == Class::Digit {
            let end = chunk_end(classes, &text[..part.end], at);
            found.push(at..end);
            at = end;
        } else {
            at += char.len_utf8();
        }
    }
    found
}

/// How many letters of each script a text has.
pub fn letters_of(classes: &Classes, text: &str) -> [u32; 4] {
    let mut letters = [0; 4];
    if classes.has_plain_ascii() && text.is_ascii() {
        let count = text.bytes().filter(u8::is_ascii_alphabetic).count();
        letters[Script::Latin as usize] = count as u32;
        return letters;
    }
    for char in text.chars() {
        if let Some(script) = classes.script(char) {
            letters[script as usize] += 1;
        }
    }
    letters
}

/// The script that letters have in common.
pub fn script_of(letters: &[u32; 4]) -> PartScript {
    const SCRIPTS: [Script; 4] = [Script::Latin, Script::Cyrillic, Script::Greek, Script::Letter];
    let mut found = PartScript::None;
    for (script, &count) in SCRIPTS.iter().zip(letters) {
        if count > 0 {
            found = if found == PartScript::None { PartScript::One(*script) } else { PartScript::Mixed };
        }
    }
    found
}
