//! Whether a stretch of text may hold a cue, seen without splitting it into atoms.
//!
//! Paragraphs in which no name may begin are only read for cues, and most hold none that is asked for.

use std::ops::Range;

use crate::engine::context::{CueFinder, Needed};
use crate::engine::hints::plain_word;
use crate::ruleset::Ruleset;
use crate::skim::blocks::{BLOCK, has_mask_instructions, kinds};
use crate::text::Class;

impl CueFinder {
    /// Whether a cue of a needed group may stand in `text[span]`; says yes too often, never too rarely.
    pub fn may_be_in(&self, ruleset: &Ruleset, text: &str, span: Range<usize>, needed: &Needed) -> bool {
        if !ruleset.classes.has_plain_ascii() || !ruleset.folder.has_plain_ascii() {
            return true;
        }
        let text = &text[..span.end];
        #[cfg(target_arch = "x86_64")]
        if has_mask_instructions() {
            // SAFETY: the processor has been asked for every feature that the function is compiled for.
            return unsafe { self.may_be_in_by_masks(ruleset, text, span.start, needed) };
        }
        self.scan(ruleset, text, span.start, needed)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    fn may_be_in_by_masks(&self, ruleset: &Ruleset, text: &str, start: usize, needed: &Needed) -> bool {
        self.scan(ruleset, text, start, needed)
    }

    #[inline(always)]
    fn scan(&self, ruleset: &Ruleset, text: &str, start: usize, needed: &Needed) -> bool {
        let bytes = text.as_bytes();
        let mut pending = None; // the hash of the word before, if a phrase may begin with it
        let mut skip_to = start; // where a word ends that reaches into the next block
        for base in (start..bytes.len()).step_by(BLOCK) {
            let (word, _, mut high) = kinds(bytes, base);
            while high != 0 {
                let at = base + high.trailing_zeros() as usize;
                high &= high - 1;
                if bytes[at] >= 0xC0 && self.belongs_to_word(ruleset, text, at) {
                    return true;
                }
            }
            let mut rest = word;
            if skip_to > base {
                rest &= u64::MAX.checked_shl((skip_to - base) as u32).unwrap_or(0);
            }
            while rest != 0 {
                let first = rest.trailing_zeros() as usize;
                let at = base + first;
                let mut end = at + (!(rest >> first)).trailing_zeros() as usize;
                if end >= base + BLOCK {
                    end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                    skip_to = end;
                    rest = 0;
                } else {
                    rest &= u64::MAX << (end - base);
                }
                let hash = plain_word(bytes, at, end).hash;
                let goes_on = pending.is_some_and(|first| self.may_begin_with_two(ruleset, first, hash));
                let is_joined = bytes.get(end).is_some_and(|&next| ruleset.classes.may_continue(next))
                    && text[end..].chars().next().is_some_and(|c| ruleset.classes.of(c) == Class::Apostrophe);
                if goes_on || is_joined && (pending.is_some() || self.may_begin_with(hash)) {
                    return true;
                }
                pending = (!is_joined && self.may_begin(Some(hash))).then_some(hash);
                if pending.is_some() && self.is_needed(hash, needed) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the character at `at`, which is not ASCII, belongs to a word.
    #[inline(never)]
    fn belongs_to_word(&self, ruleset: &Ruleset, text: &str, at: usize) -> bool {
        let class = text[at..].chars().next().map(|char| ruleset.classes.of(char));
        class.is_some_and(|class| {
            class.is_letter() || matches!(class, Class::Digit | Class::Mark | Class::Invisible | Class::Bidi)
        })
    }
}
