//! Words that markup cuts into pieces: character references and inline tags between their letters.
//!
//! `Ки&iuml;в` and `<b>K</b>иїв` read as words of mixed scripts, though none of their pieces is one. Such a
//! word is judged as it reads, and repaired letter for letter in its place, the markup kept.

use memchr::{memchr, memchr2, memchr3};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::{Entity, Signal};
use crate::text::{Class, Classes};

/// Code points from `<` to `>`.
const LONGEST_TAG: usize = 200;
/// Code points from `&` to `;`.
const LONGEST_REFERENCE: usize = 34;

/// A letter as it reads and where it is written, or a tag, which reads as nothing. Positions are bytes.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    reads: Option<char>,
    /// Whether it is a letter written as itself.
    is_plain: bool,
}

/// A word that begins and ends with a letter and has markup inside, or a letter written as markup.
pub struct MarkedWord {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    pieces: Vec<Piece>,
}

impl MarkedWord {
    /// What it reads as.
    pub fn reads(&self) -> String {
        self.pieces.iter().filter_map(|piece| piece.reads).collect()
    }

    /// Whether one of its letters that are written as themselves begins here.
    pub fn has_letter_at(&self, at: usize) -> bool {
        let found = self.pieces.binary_search_by_key(&at, |piece| piece.start);
        found.is_ok_and(|index| self.pieces[index].is_plain)
    }

    /// What is to be written for it to read as the replacement; None if the letters do not pair.
    pub fn repaired(&self, text: &str, replacement: &str) -> Option<String> {
        if replacement.chars().count() != self.pieces.iter().filter(|piece| piece.reads.is_some()).count() {
            return None;
        }
        let mut letters = replacement.chars();
        let mut out = String::with_capacity(self.end - self.start);
        for piece in &self.pieces {
            match piece.reads.and_then(|reads| letters.next().filter(|meant| *meant != reads)) {
                Some(meant) => out.push(meant),
                None => out.push_str(&text[piece.start..piece.end]),
            }
        }
        Some(out)
    }
}

/// Finds such words, by the character references and inline tags of a ruleset.
pub struct Markup {
    references: FxHashMap<Box<str>, char>,
    tags: FxHashSet<Box<str>>,
}

impl Markup {
    /// The references and tags of a ruleset. Errors if it lacks a section.
    pub fn new(ruleset: &Ruleset) -> Result<Markup, RulesetError> {
        Ok(Markup {
            references: ruleset
                .records("entities", Entity)?
                .filter_map(|row| Some((row.name().into(), row.letter().chars().next()?)))
                .collect(),
            tags: ruleset
                .records("signals", Signal)?
                .filter(|row| row.signal() == "inline-tag")
                .map(|row| row.text().into())
                .collect(),
        })
    }

    /// The words of `text[start..end]` that markup cuts, in order.
    pub fn words(&self, classes: &Classes, text: &str, start: usize, end: usize) -> Vec<MarkedWord> {
        let text = &text[..end];
        let mut found = Vec::new();
        let (mut at, mut done) = (start, start);
        while let Some(mark) = memchr2(b'&', b'<', &text.as_bytes()[at..]) {
            at += mark;
            if self.markup(classes, text, at).is_none() {
                at += 1;
                continue;
            }
            let mut first = at;
            for (before, char) in text[done..at].char_indices().rev() {
                if !is_letter(classes, char) {
                    break;
                }
                first = done + before;
            }
            let pieces = self.pieces(classes, text, first);
            at = pieces.last().map_or(at + 1, |last| last.end);
            done = at;
            let is_letter = |piece: &Piece| piece.reads.is_some();
            let (Some(low), Some(high)) =
                (pieces.iter().position(is_letter), pieces.iter().rposition(is_letter))
            else {
                continue;
            };
            let pieces = pieces[low..=high].to_vec();
            if pieces.iter().any(|piece| !piece.is_plain) {
                found.push(MarkedWord { start: pieces[0].start, end: pieces[pieces.len() - 1].end, pieces });
            }
        }
        found
    }

    fn pieces(&self, classes: &Classes, text: &str, start: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = start;
        while let Some(char) = text[at..].chars().next() {
            let piece = if is_letter(classes, char) {
                Piece { start: at, end: at + char.len_utf8(), reads: Some(char), is_plain: true }
            } else if let Some(piece) = self.markup(classes, text, at) {
                piece
            } else {
                break;
            };
            pieces.push(piece);
            at = piece.end;
        }
        pieces
    }

    fn markup(&self, classes: &Classes, text: &str, at: usize) -> Option<Piece> {
        match text.as_bytes()[at] {
            b'&' => self.reference(classes, text, at),
            b'<' => self.tag(text, at),
            _ => None,
        }
    }

    fn reference(&self, classes: &Classes, text: &str, at: usize) -> Option<Piece> {
        let close = find_within(text, at, b';', LONGEST_REFERENCE)?;
        let name = &text[at + 1..close];
        let letter = match name.strip_prefix('#') {
            Some(digits) => number(digits)?,
            None => *self.references.get(name)?,
        };
        let piece = Piece { start: at, end: close + 1, reads: Some(letter), is_plain: false };
        is_letter(classes, letter).then_some(piece)
    }

    fn tag(&self, text: &str, at: usize) -> Option<Piece> {
        let close = find_within(text, at, b'>', LONGEST_TAG)?;
        let inside = &text[at + 1..close];
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        if memchr3(b'<', b'\n', b'\r', inside.as_bytes()).is_some() {
            return None;
        }
        let length = inside.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let piece = Piece { start: at, end: close + 1, reads: None, is_plain: false };
        self.tags.contains(&*inside[..length].to_ascii_lowercase()).then_some(piece)
    }
}

/// Where the mark stands that closes what begins at `at`, among so many characters.
fn find_within(text: &str, at: usize, mark: u8, longest: usize) -> Option<usize> {
    let near = &text.as_bytes()[at..text.len().min(at + 4 * longest)];
    let close = at + memchr(mark, near)?;
    (text[at..close].chars().count() < longest).then_some(close)
}

fn is_letter(classes: &Classes, char: char) -> bool {
    matches!(classes.of(char), Class::Latin | Class::Cyrillic | Class::Greek | Class::Letter | Class::Mark)
}

/// The character of a numeric reference, without its `#`.
fn number(digits: &str) -> Option<char> {
    let (base, digits) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, digits),
    };
    let is_number =
        !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|byte| (byte as char).is_digit(base));
    if is_number { char::from_u32(u32::from_str_radix(digits, base).ok()?) } else { None }
}
