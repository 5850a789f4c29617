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
use std::cell::RefCell;

use blocks::BLOCK;

use crate::engine::segment::part_end;
use crate::ruleset::lexicon::{Lexicon, ROOT};
use crate::ruleset::starts::Starts;
use crate::ruleset::{Container, Ruleset};
use crate::text::{Class, Classes, Folder};

/// How many units are looked at in one go: their word starts fit into the nearest cache.
const CHUNK: usize = 32 * BLOCK;
/// How many are looked at in the first go.
const FIRST: usize = 4 * BLOCK;
/// How many units are read for that: the block after them too.
pub const READ: usize = CHUNK + BLOCK;
/// Word starts of a chunk, with room for what is written at a time.
const PLACES: usize = CHUNK / 2 + 40;
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
        SCRATCH.with_borrow_mut(|scratch| self.scan_with(scratch, source, from))
    }

    #[inline(always)]
    fn scan_with<S: Source>(&self, scratch: &mut Scratch, source: &S, from: usize) -> Option<usize> {
        let Scratch { room, places } = scratch;
        let mut special_end = from; // up to where words with other letters than ASCII are looked at
        let mut base = from;
        while base < source.len() {
            // short texts and paragraphs, of which many have a concern, are not read further than need be
            let chunk = if base == from { FIRST } else { CHUNK };
            let text = source.read(base, room);
            let (mut starts, mut ends) = (0, 0);
            let mut told = None;
            let mut carry = 0; // whether the unit before a block belongs to a word
            let (mut word, mut lead) = blocks::words_and_leads(block_at(text, 0));
            for at in (0..chunk).step_by(BLOCK) {
                let (next_word, next_lead) = blocks::words_and_leads(block_at(text, at + BLOCK));
                if lead != 0 {
                    told = self.concern_of_leads(source, base + at, lead, from, &mut special_end);
                }
                places.add_starts(&mut starts, at, word & !(word << 1 | carry));
                places.add_ends(&mut ends, at + 1, word & !(word >> 1 | next_word << 63));
                if told.is_some() {
                    break;
                }
                carry = word >> 63;
                (word, lead) = (next_word, next_lead);
            }
            // a word that goes on after what was read is looked at with the next chunk
            let rest = if starts > ends { places.starts[ends] as usize } else { chunk };
            let (starts, ends) = (&places.starts[..ends], &places.ends[..ends]);
            let mut index = 0;
            while let Some(passed) = self.starts.next(text, starts, ends, index) {
                let at = base + starts[passed] as usize;
                if told.is_some_and(|told| at >= told) {
                    break;
                }
                if self.concerns(source, at) {
                    return Some(at);
                }
                index = passed + 1;
            }
            if told.is_some() {
                return told;
            }
            if rest == 0 {
                return Some(base); // a word longer than a chunk: no name, but nothing is known of it
            }
            base += rest;
        }
        None
    }

    /// The first concern about the characters of a block that are not ASCII: one that tells by itself, or a
    /// letter in a word with which a name may begin. `leads` marks where such characters begin.
    #[inline(always)]
    fn concern_of_leads<S: Source>(
        &self,
        source: &S,
        base: usize,
        mut leads: u64,
        floor: usize,
        special_end: &mut usize,
    ) -> Option<usize> {
        while leads != 0 {
            let at = base + leads.trailing_zeros() as usize;
            leads &= leads - 1;
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
        let is_letter = u8::try_from(source.code_at(at)).is_ok_and(|byte| byte.is_ascii_alphabetic());
        if is_letter && source.continues(at, self.classes) {
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

/// What a look writes to, kept so that short texts need not pay for clearing it.
struct Scratch {
    room: [u8; READ],
    places: Places,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = const {
        RefCell::new(Scratch { room: [0; READ], places: Places { starts: [0; PLACES], ends: [0; PLACES] } })
    };
}

/// Where the words of a chunk begin and end.
struct Places {
    starts: [u32; PLACES],
    ends: [u32; PLACES],
}

impl Places {
    #[inline(always)]
    fn add_starts(&mut self, count: &mut usize, base: usize, bits: u64) {
        add(&mut self.starts, count, base, bits);
    }

    #[inline(always)]
    fn add_ends(&mut self, count: &mut usize, base: usize, bits: u64) {
        add(&mut self.ends, count, base, bits);
    }
}

/// Appends `base` plus the number of each bit; twelve are written at a time, for a block has seldom more.
#[inline(always)]
fn add(places: &mut [u32; PLACES], count: &mut usize, base: usize, mut bits: u64) {
    let all = bits.count_ones() as usize;
    let mut done = 0;
    loop {
        let room = &mut places[*count + done..][..12];
        for place in room {
            *place = (base as u32).wrapping_add(bits.trailing_zeros());
            bits &= bits.wrapping_sub(1);
        }
        done += 12;
        if done >= all {
            break;
        }
    }
    *count += all;
}

#[inline(always)]
fn block_at(text: &[u8; READ], at: usize) -> &[u8; BLOCK] {
    text[at..].first_chunk().expect("a block after the chunk is read with it")
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
