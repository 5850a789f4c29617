//! Splitting a paragraph into atoms: by masks of 64 bytes where it is ASCII, character by character elsewhere.

use std::ops::Range;

use crate::engine::hints::hash_of_plain;
use crate::engine::segment::{Atom, PartScript, Zone, part_end, script_of};
use crate::skim::blocks::{BLOCK, kinds};
use crate::text::{Class, Classes, Script};

/// The bit that ASCII letters have and ASCII digits have not, in each of eight bytes.
const LETTER_BITS: u64 = 0x4040_4040_4040_4040;

/// What was seen of a stretch of text while it was split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// How many letters of each script.
    pub letters: [u32; 4],
    /// Whether any character tells of another script, or is hidden (`Class::is_telling`).
    pub telling: bool,
}

/// The atoms of `text[span]`, in order, appended to `atoms`.
pub fn atoms(classes: &Classes, text: &str, span: Range<usize>, atoms: &mut Vec<Atom>) -> Seen {
    let mut split = Split { classes, text: &text[..span.end], atoms, word: 0, seen: Seen::default() };
    if classes.has_plain_ascii() {
        split.by_blocks(span.start);
    } else {
        let mut at = span.start;
        while at < span.end {
            at = split.one(at);
        }
    }
    split.seen
}

struct Split<'s> {
    classes: &'s Classes,
    text: &'s str,
    atoms: &'s mut Vec<Atom>,
    word: i32,
    seen: Seen,
}

impl Split<'_> {
    fn by_blocks(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let (mut at, mut base) = (start, start);
        let (mut word, mut space, _) = kinds(bytes, base);
        while at < bytes.len() {
            if at >= base + BLOCK {
                base += (at - base) / BLOCK * BLOCK;
                (word, space, _) = kinds(bytes, base);
            }
            let ahead = !space >> (at - base);
            if ahead == 0 {
                at = base + BLOCK;
                continue;
            }
            at += ahead.trailing_zeros() as usize;
            let run = (!(word >> (at - base))).trailing_zeros() as usize;
            if run == 0 {
                at = self.one(at);
                continue;
            }
            let mut end = at + run;
            if end >= base + BLOCK {
                end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            }
            at = match bytes.get(end) {
                Some(&next) if self.classes.may_continue(next) => self.one(at),
                _ => self.plain_part(at, end),
            };
        }
    }

    /// A part of ASCII letters and digits. Gives its end.
    #[inline]
    fn plain_part(&mut self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (hash, count) = hash_of_plain(bytes, start, end, LETTER_BITS);
        self.seen.letters[Script::Latin as usize] += count;
        let script = if count > 0 { PartScript::One(Script::Latin) } else { PartScript::None };
        self.push_part(start, end, [count, 0, 0, 0], script, hash);
        end
    }

    /// The atom that begins at byte `at`, if one does. Gives where the next character is to be looked at.
    fn one(&mut self, at: usize) -> usize {
        let Some(char) = self.text[at..].chars().next() else { return self.text.len() };
        let class = self.classes.of(char);
        let end = at + char.len_utf8();
        if matches!(class, Class::Space | Class::Newline) {
            return end;
        }
        if class.is_letter() || class == Class::Digit {
            return self.any_part(at);
        }
        self.seen.telling |= class.is_telling();
        self.atoms.push(Atom {
            start: at,
            end,
            is_part: false,
            word: -1,
            letters: [0; 4],
            script: PartScript::None,
            zone: Zone::None,
            hash: 0,
            repaired: None,
        });
        end
    }

    /// A part of any letters. Gives its end.
    fn any_part(&mut self, start: usize) -> usize {
        let end = part_end(self.classes, self.text, start);
        let mut letters = [0; 4];
        for char in self.text[start..end].chars() {
            let class = self.classes.of(char);
            self.seen.telling |= class.is_telling();
            if let Some(script) = class.script() {
                letters[script as usize] += 1;
            }
        }
        self.seen.letters.iter_mut().zip(letters).for_each(|(all, own)| *all += own);
        self.push_part(start, end, letters, script_of(&letters), 0);
        end
    }

    #[inline]
    fn push_part(&mut self, start: usize, end: usize, letters: [u32; 4], script: PartScript, hash: u64) {
        if !self.continues(start) {
            self.word += 1;
        }
        let (word, zone) = (self.word, Zone::None);
        self.atoms.push(Atom {
            start,
            end,
            is_part: true,
            word,
            letters,
            script,
            zone,
            hash,
            repaired: None,
        });
    }

    /// Whether a part that starts here belongs to the same word as the part before it.
    #[inline]
    fn continues(&self, start: usize) -> bool {
        let [.., part, mark] = &self.atoms[..] else { return false };
        mark.end == start
            && !mark.is_part
            && part.is_part
            && part.end == mark.start
            && self.text[mark.start..]
                .chars()
                .next()
                .is_some_and(|char| self.classes.of(char) == Class::Hyphen)
    }
}
