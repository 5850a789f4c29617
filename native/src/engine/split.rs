//! Splitting a paragraph into atoms: by masks of 64 bytes where it is ASCII, character by character elsewhere.

use std::ops::Range;

use crate::engine::hints::{hash_of_key, hash_of_plain};
use crate::engine::segment::{Atom, PartScript, Zone, part_end, script_of};
use crate::ruleset::Ruleset;
use crate::ruleset::starts::Starts;
use crate::skim::blocks::{BLOCK, kinds};
use crate::text::bytes::eight;
use crate::text::{Class, Classes, Folder, Script};

/// What was seen of a stretch of text while it was split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// How many letters of each script.
    pub letters: [u32; 4],
    /// Whether any character tells of another script, or is hidden (`Class::is_telling`).
    pub telling: bool,
    /// Whether any character is hidden: invisible, or a sign of direction.
    pub hidden: bool,
}

/// The atoms of `text[span]`, in order, appended to `atoms`.
pub fn atoms(ruleset: &Ruleset, text: &str, span: Range<usize>, atoms: &mut Vec<Atom>) -> Seen {
    let (folder, classes) = (&ruleset.folder, &ruleset.classes);
    let mut split = Split {
        folder,
        classes,
        names: ruleset.place_lexicon.starts(&ruleset.container),
        other_names: ruleset.place_lexicon.other_starts(&ruleset.container),
        text: &text[..span.end],
        atoms,
        word: 0,
        seen: Seen::default(),
        key: String::new(),
    };
    if classes.has_plain_ascii() && folder.has_plain_ascii() {
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
    folder: &'s Folder,
    names: Starts<'s>,
    other_names: Starts<'s>,
    key: String,
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
        let (hash, count, small) = hash_of_plain(bytes, start, end);
        self.seen.letters[Script::Latin as usize] += count;
        let length = end - start;
        self.push_part(Atom {
            start,
            end,
            is_part: true,
            word: 0,
            letters: [count, 0, 0, 0],
            script: if count > 0 { PartScript::One(Script::Latin) } else { PartScript::None },
            zone: Zone::None,
            capitals: count - small,
            has_digits: count as usize != length,
            may_begin: self.names.passes(eight(bytes, start), length),
            hash,
            repaired: None,
        });
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
        self.see(class);
        self.atoms.push(Atom {
            start: at,
            end,
            is_part: false,
            word: -1,
            letters: [0; 4],
            script: PartScript::None,
            zone: Zone::None,
            capitals: 0,
            has_digits: false,
            may_begin: false,
            hash: 0,
            repaired: None,
        });
        end
    }

    fn see(&mut self, class: Class) {
        self.seen.telling |= class.is_telling();
        self.seen.hidden |= matches!(class, Class::Invisible | Class::Bidi);
    }

    /// A part of any letters. Gives its end.
    fn any_part(&mut self, start: usize) -> usize {
        if let Some(end) = self.simple_part(start) {
            return end;
        }
        let end = part_end(self.classes, self.text, start);
        let (mut letters, mut capitals, mut has_digits) = ([0; 4], 0, false);
        for char in self.text[start..end].chars() {
            let class = self.classes.of(char);
            self.see(class);
            has_digits |= class == Class::Digit;
            if let Some(script) = class.script() {
                letters[script as usize] += 1;
                capitals += u32::from(self.folder.is_upper(char));
            }
        }
        self.seen.letters.iter_mut().zip(letters).for_each(|(all, own)| *all += own);
        self.push_part(Atom {
            start,
            end,
            is_part: true,
            word: 0,
            letters,
            script: script_of(&letters),
            zone: Zone::None,
            capitals,
            has_digits,
            may_begin: true,
            hash: 0,
            repaired: None,
        });
        end
    }

    /// A part of letters of which a key takes the small ones and nothing else, all of one script, with
    /// nothing after it that could belong to it. Gives its end.
    fn simple_part(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut count, mut capitals) = (start, 0, 0);
        self.key.clear();
        while let Some(&[lead @ 0xD0..=0xD1, second]) = bytes.get(at..at + 2) {
            let char = char::from_u32(u32::from(lead & 0x1F) << 6 | u32::from(second & 0x3F))?;
            let small = self.folder.simple_small(char)?;
            self.key.push(small);
            capitals += u32::from(small != char);
            count += 1;
            at += 2;
        }
        let is_over = bytes
            .get(at)
            .is_none_or(|&next| !next.is_ascii_alphanumeric() && !self.classes.may_continue(next));
        if count == 0 || !is_over {
            return None;
        }
        self.seen.telling = true;
        self.seen.letters[Script::Cyrillic as usize] += count;
        self.push_part(Atom {
            start,
            end: at,
            is_part: true,
            word: 0,
            letters: [0, count, 0, 0],
            script: PartScript::One(Script::Cyrillic),
            zone: Zone::None,
            capitals,
            has_digits: false,
            may_begin: self.other_names.passes_key(&self.key),
            hash: hash_of_key(self.key.as_bytes()),
            repaired: None,
        });
        Some(at)
    }

    #[inline]
    fn push_part(&mut self, mut atom: Atom) {
        if !self.continues(atom.start) {
            self.word += 1;
        }
        atom.word = self.word;
        self.atoms.push(atom);
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
