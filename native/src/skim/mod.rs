//! The first look at a text: whether anything in it needs a thought, at the speed of memory.
//!
//! A name begins where a word begins, and an error of scripts needs a letter that is neither Latin nor of a
//! third script. So only word starts are looked at: their first eight letters are asked of a filter that
//! the ruleset holds, and nearly every word of ordinary prose is passed over with that. What passes the
//! filter is looked up. The look may say yes too often, never too rarely.

pub(crate) mod blocks;
mod source;

pub use source::{Latin1, Source, Ucs2, Ucs4, Utf8};

use std::borrow::Cow;

use blocks::BLOCK;

use crate::engine::segment::part_end;
use crate::ruleset::lexicon::{Lexicon, ROOT, Starts};
use crate::ruleset::{Container, Ruleset};
use crate::text::{Class, Classes, Folder};

/// ASCII letters in lower case, digits as they are.
const FOLD: u64 = 0x2020_2020_2020_2020;
/// By the length of a word: its bytes among eight.
const KEPT: [u64; 9] = [
    0,
    0xFF,
    0xFFFF,
    0xFF_FFFF,
    0xFFFF_FFFF,
    0xFF_FFFF_FFFF,
    0xFFFF_FFFF_FFFF,
    0xFF_FFFF_FFFF_FFFF,
    0xFFFF_FFFF_FFFF_FFFF,
];
/// The prominence of a place whose name alone tells what a text is about.
const WELL_KNOWN: u32 = 40;
/// Longer words than this are looked at the slow way.
const LONGEST: usize = 48;

/// The first look, by one ruleset.
#[derive(Clone, Copy)]
pub struct Skim<'r> {
    ruleset: &'r Ruleset,
    container: &'r Container,
    classes: &'r Classes,
    folder: &'r Folder,
    lexicon: &'r Lexicon,
    starts: Starts<'r>,
    quiet: &'r [u64],
}

impl<'r> Skim<'r> {
    /// The look for names of places, by the ruleset's place lexicon.
    pub fn new(ruleset: &'r Ruleset) -> Skim<'r> {
        Skim {
            ruleset,
            container: &ruleset.container,
            classes: &ruleset.classes,
            folder: &ruleset.folder,
            lexicon: &ruleset.place_lexicon,
            starts: ruleset.place_lexicon.starts(&ruleset.container),
            quiet: &ruleset.quiet,
        }
    }

    /// Whether a phrase may begin with the word `text[start..end]` of ASCII letters and digits; it may say yes
    /// too often.
    #[inline]
    pub fn may_begin(&self, text: &[u8], start: usize, end: usize) -> bool {
        let length = end - start;
        let number = (blocks::eight(text, start) | FOLD) & KEPT[length.min(8)];
        self.starts.passes(number, length.min(64) as u32)
    }

    /// Whether nothing in the text needs a thought.
    pub fn is_clean<S: Source>(&self, source: &S) -> bool {
        self.next_concern(source, 0).is_none()
    }

    /// The first place at or after `from` (a word start, in units of the source) that needs a thought.
    pub fn next_concern<S: Source>(&self, source: &S, from: usize) -> Option<usize> {
        if !self.folder.has_plain_ascii() {
            return (from < source.len()).then_some(from);
        }
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
        {
            // SAFETY: the processor has been asked for every feature that the function is compiled for.
            return unsafe { self.next_concern_avx2(source, from) };
        }
        self.scan(source, from)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt")]
    fn next_concern_avx2<S: Source>(&self, source: &S, from: usize) -> Option<usize> {
        self.scan(source, from)
    }

    #[inline(always)]
    fn scan<S: Source>(&self, source: &S, from: usize) -> Option<usize> {
        let starts_filter = self.starts;
        let mut carry = 0u64; // whether the unit before the block belongs to a word
        let mut special_end = from; // up to where words with other letters than ASCII are looked at
        let mut base = from;
        let (mut word, mut high) = source.masks(base);
        while base < source.len() {
            let (next_word, next_high) = source.masks(base + BLOCK);
            let mut starts = word & !(word << 1 | carry);
            let mut told = None;
            if high != 0 {
                told = self.concern_of_high(source, base, high, from, &mut special_end);
                if let Some(at) = told {
                    // only what begins before it is still of interest
                    starts &= (1u64 << at.saturating_sub(base)) - 1;
                }
            }
            while starts != 0 {
                let bit = starts.trailing_zeros();
                starts &= starts - 1;
                let run = word >> bit | (next_word << (63 - bit)) << 1;
                let length = (!run).trailing_zeros();
                let kept = KEPT[length.min(8) as usize];
                let at = base + bit as usize;
                let number = (source.eight(at) | FOLD) & kept;
                if starts_filter.passes(number, length) && self.concerns(source, at) {
                    return Some(at);
                }
            }
            if told.is_some() {
                return told;
            }
            carry = word >> 63;
            (word, high) = (next_word, next_high);
            base += BLOCK;
        }
        None
    }

    /// The first concern about the characters of a block that are not ASCII: one that tells by itself, or a
    /// letter in a word with which a name may begin. `high` marks where such characters begin.
    #[inline(always)]
    fn concern_of_high<S: Source>(
        &self,
        source: &S,
        base: usize,
        mut high: u64,
        floor: usize,
        special_end: &mut usize,
    ) -> Option<usize> {
        while high != 0 {
            let at = base + high.trailing_zeros() as usize;
            high &= high - 1;
            let code = source.code_at(at);
            if !self.is_quiet(code)
                && let Some(at) = self.concern_of(source, at, code, floor, special_end)
            {
                return Some(at);
            }
        }
        None
    }

    /// Whether a character neither tells anything nor belongs to a word, as far as a small table knows.
    #[inline(always)]
    fn is_quiet(&self, code: u32) -> bool {
        self.quiet.get(code as usize / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }

    #[inline(never)]
    fn concern_of<S: Source>(
        &self,
        source: &S,
        at: usize,
        code: u32,
        floor: usize,
        special_end: &mut usize,
    ) -> Option<usize> {
        let class = self.classes.of_code(code);
        if class.is_telling() {
            return Some(at);
        }
        if (class.is_letter() || class == Class::Digit) && at >= *special_end {
            let start = source.word_start(at, floor.max(*special_end), self.classes);
            let window = source.window(start);
            let end = part_end(self.classes, &window, 0);
            *special_end = source.after(start, &window[..end]);
            if self.begins(&window, source.is_cut(start)) {
                return Some(start);
            }
        }
        None
    }

    /// Whether the word at `at`, an ASCII letter or digit, needs a thought: a name may begin there.
    #[inline(never)]
    fn concerns<S: Source>(&self, source: &S, at: usize) -> bool {
        if source.continues(at, self.classes) {
            return false; // after an apostrophe, inside a part
        }
        let mut key = [0u8; LONGEST];
        match source.ascii_word(at, &mut key) {
            Some(length) => self.begins_plain(&mut key, length, || source.window(at), source.is_cut(at)),
            None => self.begins(&source.window(at), source.is_cut(at)),
        }
    }

    /// The same for a word of `length` ASCII letters and digits, as written, that no apostrophe follows.
    fn begins_plain<'w>(
        &self,
        key: &mut [u8; LONGEST],
        length: usize,
        window: impl Fn() -> Cow<'w, str>,
        cut: bool,
    ) -> bool {
        let is_lower = !key[..length].iter().any(u8::is_ascii_uppercase);
        key.make_ascii_lowercase();
        // without an apostrophe after it, no other variant of the word is asked for
        let plain = std::str::from_utf8(&key[..length]).unwrap_or("");
        let mut goes_on = false;
        for (component, _) in self.lexicon.spelled(self.container, plain) {
            let Some(node) = self.lexicon.step(self.container, ROOT, component) else { continue };
            goes_on = true;
            let mut names = self.lexicon.payloads(self.container, node);
            // in small letters, only a well-known name is taken for one
            if names.any(|name| !is_lower || self.prominence(name) >= WELL_KNOWN) {
                return true;
            }
        }
        goes_on && self.goes_on(&window()[length..], cut, &self.steps(plain, &[ROOT]))
    }

    fn prominence(&self, name: u32) -> u32 {
        self.ruleset.place(self.ruleset.name(name).place()).prominence()
    }

    /// Whether a phrase may begin at the beginning of `window`; `cut` says that the text goes on after it.
    fn begins(&self, window: &str, cut: bool) -> bool {
        let end = part_end(self.classes, window, 0);
        if cut && end == window.len() {
            return true;
        }
        let key = self.folder.key(&window[..end]);
        if [with_soft_sign(&key), without_possessive(&key)].iter().any(|one| self.is_name(one)) {
            return true;
        }
        let nodes = self.steps(&key, &[ROOT]);
        if nodes.iter().any(|&node| self.lexicon.payloads(self.container, node).len() > 0) {
            return true;
        }
        !nodes.is_empty() && self.goes_on(&window[end..], cut, &nodes)
    }

    /// Whether the next part after a phrase's first words may continue it; `rest` is what follows them.
    fn goes_on(&self, rest: &str, cut: bool, nodes: &[u32]) -> bool {
        let mut is_joined = false;
        for (at, char) in rest.char_indices() {
            match self.classes.of(char) {
                Class::Space | Class::Newline if !is_joined => {}
                Class::Hyphen if at == 0 => is_joined = true,
                class if at > 0 && (class.is_letter() || class == Class::Digit) => {
                    let end = at + part_end(self.classes, &rest[at..], 0);
                    let key = self.folder.key(&rest[at..end]);
                    let variants = [with_soft_sign(&key), without_possessive(&key), key.clone()];
                    return cut && end == rest.len()
                        || variants.iter().any(|key| !self.steps(key, nodes).is_empty());
                }
                _ => return false,
            }
        }
        cut
    }

    fn is_name(&self, key: &str) -> bool {
        let nodes = if key.is_empty() { Vec::new() } else { self.steps(key, &[ROOT]) };
        nodes.iter().any(|&node| self.lexicon.payloads(self.container, node).len() > 0)
    }

    fn steps(&self, key: &str, nodes: &[u32]) -> Vec<u32> {
        let mut reached = Vec::new();
        for (component, _) in self.lexicon.spelled(self.container, key) {
            reached
                .extend(nodes.iter().filter_map(|&node| self.lexicon.step(self.container, node, component)));
        }
        reached
    }
}

fn with_soft_sign<'k>(key: &str) -> Cow<'k, str> {
    Cow::Owned(format!("{key}'"))
}

/// The key without `'s`; empty if it does not end so.
fn without_possessive<'k>(key: &str) -> Cow<'k, str> {
    Cow::Owned(key.strip_suffix("'s").unwrap_or("").to_owned())
}

#[cfg(test)]
mod tests;
