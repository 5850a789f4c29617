//! Splitting a paragraph into atoms: by masks of 64 bytes where it is ASCII, character by character elsewhere.

use std::ops::Range;

use crate::engine::hints::{hash_of_key, plain_word};
use crate::engine::segment::{Atom, PartScript, Zone, part_end, script_of};
use crate::ruleset::Ruleset;
use crate::ruleset::starts::Starts;
use crate::skim::blocks::{BLOCK, has_mask_instructions, kinds};
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

/// Bytes of the longest word of Cyrillic letters of two bytes that is taken the fast way.
const LONGEST: usize = 96;

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
        joint: usize::MAX,
        seen: Seen::default(),
    };
    if classes.has_plain_ascii() && folder.has_plain_ascii() {
        split.all(span.start);
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
    classes: &'s Classes,
    text: &'s str,
    atoms: &'s mut Vec<Atom>,
    word: i32,
    /// Where a hyphen ends that directly follows a part.
    joint: usize,
    seen: Seen,
}

impl Split<'_> {
    fn all(&mut self, start: usize) {
        #[cfg(target_arch = "x86_64")]
        if has_mask_instructions() {
            // SAFETY: the processor has been asked for every feature that the function is compiled for.
            return unsafe { self.all_by_masks(start) };
        }
        self.by_blocks(start);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    fn all_by_masks(&mut self, start: usize) {
        self.by_blocks(start);
    }

    #[inline(always)]
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
                at = match bytes.get(at) {
                    Some(0xD0 | 0xD1) => self.simple_part(at).unwrap_or_else(|| self.any_part_or_mark(at)),
                    _ => self.one(at),
                };
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
    #[inline(always)]
    fn plain_part(&mut self, start: usize, end: usize) -> usize {
        let plain = plain_word(self.text.as_bytes(), start, end);
        let letters = plain.letters;
        self.seen.letters[Script::Latin as usize] += letters;
        let script = if letters > 0 { PartScript::One(Script::Latin) } else { PartScript::None };
        self.push_part(Atom {
            start,
            end,
            hash: plain.hash,
            repaired: None,
            word: 0,
            letters,
            written: script,
            script,
            zone: Zone::None,
            is_part: true,
            has_capitals: letters > plain.small + 1,
            has_digits: letters as usize != end - start,
            may_begin: self.names.passes(plain.eight),
        });
        end
    }

    /// The atom that begins at byte `at`, if one does. Gives where the next character is to be looked at.
    fn one(&mut self, at: usize) -> usize {
        match self.text.as_bytes().get(at) {
            Some(0xD0 | 0xD1) => self.simple_part(at).unwrap_or_else(|| self.any_part_or_mark(at)),
            _ => self.any_part_or_mark(at),
        }
    }

    fn any_part_or_mark(&mut self, at: usize) -> usize {
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
        if class == Class::Hyphen && self.atoms.last().is_some_and(|part| part.is_part && part.end == at) {
            self.joint = end;
        }
        self.atoms.push(Atom {
            start: at,
            end,
            hash: 0,
            repaired: None,
            word: -1,
            letters: 0,
            written: PartScript::None,
            script: PartScript::None,
            zone: Zone::None,
            is_part: false,
            has_capitals: false,
            has_digits: false,
            may_begin: false,
        });
        end
    }

    #[inline]
    fn see(&mut self, class: Class) {
        self.seen.telling |= class.is_telling();
        self.seen.hidden |= matches!(class, Class::Invisible | Class::Bidi);
    }

    /// A part of any letters. Gives its end.
    fn any_part(&mut self, start: usize) -> usize {
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
        let script = script_of(&letters);
        self.push_part(Atom {
            start,
            end,
            hash: 0,
            repaired: None,
            word: 0,
            letters: letters.iter().sum(),
            written: script,
            script,
            zone: Zone::None,
            is_part: true,
            has_capitals: capitals > 1,
            has_digits,
            may_begin: true,
        });
        end
    }

    /// A part of letters of which a key takes the small ones and nothing else, all of one script, with
    /// nothing after it that could belong to it. Gives its end.
    #[inline(always)]
    fn simple_part(&mut self, start: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[start..];
        let mut key = [0; LONGEST];
        let (mut length, mut capitals) = (0, 0);
        for (pair, small_pair) in rest.as_chunks::<2>().0.iter().zip(key.as_chunks_mut::<2>().0) {
            if pair[0] & 0xFE != 0xD0 {
                break;
            }
            let small = self.folder.simple_pair(pair[0], pair[1]);
            if small == 0 {
                return None;
            }
            *small_pair = small.to_le_bytes();
            capitals += u32::from(small_pair != pair);
            length += 2;
        }
        let is_over = rest
            .get(length)
            .is_none_or(|&next| !next.is_ascii_alphanumeric() && !self.classes.may_continue(next));
        if length == 0 || length == LONGEST || !is_over {
            return None;
        }
        let (end, letters) = (start + length, length as u32 / 2);
        self.seen.telling = true;
        self.seen.letters[Script::Cyrillic as usize] += letters;
        self.push_part(Atom {
            start,
            end,
            hash: hash_of_key(&key[..length]),
            repaired: None,
            word: 0,
            letters,
            written: PartScript::One(Script::Cyrillic),
            script: PartScript::One(Script::Cyrillic),
            zone: Zone::None,
            is_part: true,
            has_capitals: capitals > 1,
            has_digits: false,
            may_begin: self.other_names.passes_key(&key[..length]),
        });
        Some(end)
    }

    /// Adds a part, numbered with its word: a hyphen joins it to the part before.
    #[inline(always)]
    fn push_part(&mut self, mut atom: Atom) {
        self.word += i32::from(atom.start != self.joint);
        atom.word = self.word;
        self.atoms.push(atom);
    }
}
