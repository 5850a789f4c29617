//! The first look at a text: whether anything in it needs a thought, at the speed of memory.
//!
//! A name begins where a word begins, and an error of scripts needs a letter that is neither Latin nor of a
//! third script. So only word starts are looked at: their first eight letters are asked of a filter that
//! the ruleset holds, and nearly every word of ordinary prose is passed over with that. What passes the
//! filter is looked up. The look may say yes too often, never too rarely.

pub(crate) mod blocks;
mod settled;
mod source;
#[cfg(target_arch = "x86_64")]
mod wide;

pub use source::{Latin1, Source, Ucs2, Ucs4, Utf8};

use std::borrow::Cow;
use std::cell::Cell;

use blocks::BLOCK;
use smallvec::SmallVec;

use crate::engine::segment::part_end;
use crate::ruleset::lexicon::{Lexicon, ROOT};
use crate::ruleset::reader::FOUND_SMALL;
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
/// Longer words than this are looked at the slow way.
const LONGEST: usize = 48;

/// The first look, by one ruleset.
#[derive(Clone)]
pub struct Skim<'r> {
    ruleset: &'r Ruleset,
    container: &'r Container,
    classes: &'r Classes,
    folder: &'r Folder,
    lexicon: &'r Lexicon,
    starts: Starts<'r>,
    alone: Starts<'r>,
    later: Starts<'r>,
    quiet: &'r [u64],
    /// Whether U+2019 is an apostrophe.
    has_curly_apostrophe: bool,
    /// Whether names that are written right are passed over.
    settles: bool,
    /// Whether one was.
    has_settled: Cell<bool>,
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
            alone: ruleset.place_lexicon.alone(&ruleset.container),
            later: ruleset.place_lexicon.later(&ruleset.container),
            quiet: &ruleset.quiet,
            has_curly_apostrophe: ruleset.classes.of('\u{2019}') == Class::Apostrophe,
            settles: false,
            has_settled: Cell::new(false),
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
        if wide::is_here() {
            // SAFETY: the processor has been asked for every feature that the function is compiled for.
            return unsafe { self.next_concern_avx512(source, from) };
        }
        #[cfg(target_arch = "x86_64")]
        if blocks::has_mask_instructions() {
            // SAFETY: the processor has been asked for every feature that the function is compiled for.
            return unsafe { self.next_concern_avx2(source, from) };
        }
        self.scan(
            source,
            from,
            |text, at, places| places.add(at, blocks::words_and_leads(block_at(text, at))),
            |_, _, _| {},
        )
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    fn next_concern_avx2<S: Source>(&self, source: &S, from: usize) -> Option<usize> {
        self.scan(
            source,
            from,
            |text, at, places| places.add(at, blocks::words_and_leads_avx2(block_at(text, at))),
            |_, _, _| {},
        )
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,avx2,bmi1,bmi2,popcnt")]
    fn next_concern_avx512<S: Source>(&self, source: &S, from: usize) -> Option<usize> {
        let quiet = wide::marks(self.quiet.get(wide::PUNCTUATION / 64).copied().unwrap_or(0));
        let small = self.lexicon.small_starts(self.container);
        self.scan(
            source,
            from,
            |text, at, places| wide::add(source, text, at, places, quiet),
            |text, end, places| {
                places.keep_last(text, end);
                wide::narrow(places, small);
            },
        )
    }

    /// `look` adds the word starts of the block at a place to those known, and gives the leads of characters
    /// beyond ASCII in it that have to be looked at. `narrow` may take words out of which no name begins, once
    /// all of a chunk are known, of which it is told where it ends.
    #[inline(always)]
    fn scan<S: Source>(
        &self,
        source: &S,
        from: usize,
        look: impl Fn(&[u8; READ], usize, &mut Places) -> u64,
        narrow: impl Fn(&[u8; READ], usize, &mut Places),
    ) -> Option<usize> {
        // taken and put back rather than lent to a closure, which would be compiled for any processor
        let mut scratch = SCRATCH.take().unwrap_or_default();
        let told = self.scan_with(&mut scratch, source, from, look, narrow);
        SCRATCH.set(Some(scratch));
        told
    }

    #[inline(always)]
    fn scan_with<S: Source>(
        &self,
        scratch: &mut Scratch,
        source: &S,
        from: usize,
        look: impl Fn(&[u8; READ], usize, &mut Places) -> u64,
        narrow: impl Fn(&[u8; READ], usize, &mut Places),
    ) -> Option<usize> {
        let Scratch { room, places, passed } = scratch;
        let mut special_end = from; // up to where words with other letters than ASCII are looked at
        (places.carry, places.carry_small) = (0, 0);
        let mut base = from;
        while base < source.len() {
            // short texts and paragraphs, of which many have a concern, are not read further than need be
            let chunk = if base == from { FIRST } else { CHUNK };
            let text = source.read(base, room);
            places.count = 0;
            let mut told = None;
            for at in (0..chunk).step_by(BLOCK) {
                let leads = look(text, at, places);
                if leads != 0 {
                    told = self.concern_of_leads(source, base + at, leads, from, &mut special_end);
                    if told.is_some() {
                        break;
                    }
                }
            }
            narrow(text, chunk, places);
            let found = self.starts.passing(text, &places.starts, places.count, passed);
            for &place in &passed[..found] {
                let at = base + place as usize;
                if told.is_some_and(|told| at >= told) {
                    break;
                }
                let place = place as usize;
                let joint = self.joint(text, place);
                if joint != Some(true)
                    && !self.is_common(text, place)
                    && self.concerns(source, at, joint.is_none())
                {
                    return Some(at);
                }
            }
            if told.is_some() {
                return told;
            }
            base += chunk;
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

    /// Whether an apostrophe joins the letter at `place` to ASCII letters or digits, as in most possessives;
    /// None where that cannot be told so fast.
    #[inline(always)]
    fn joint(&self, text: &[u8; READ], place: usize) -> Option<bool> {
        let before = &text[place.checked_sub(4)?..place];
        if !self.classes.may_continue(before[3]) {
            return Some(false);
        }
        let is_joint = match before {
            [_, _, word, b'\''] => word.is_ascii_alphanumeric(),
            [word, 0xE2, 0x80, 0x99] => word.is_ascii_alphanumeric() && self.has_curly_apostrophe,
            _ => return None,
        };
        (is_joint && text[place].is_ascii_alphabetic()).then_some(true)
    }

    /// Whether the word at `place` is in small letters and such as nothing is found of that stands alone, and
    /// no phrase goes on with the word after it. False where that cannot be told so fast.
    #[inline(always)]
    fn is_common(&self, text: &[u8; READ], place: usize) -> bool {
        let word = |from: usize| {
            let rest = text.get(from..from + LONGEST)?;
            let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
            let letters = u64::from_le_bytes(*rest.first_chunk()?);
            let letters = letters & (u64::MAX >> (64 - 8 * length.clamp(1, 8)));
            (length > 0 && !self.classes.may_continue(rest[length])).then_some((length, letters))
        };
        let Some((length, letters)) = word(place) else { return false };
        let end = place + length;
        text[place..end].iter().all(u8::is_ascii_lowercase)
            && !self.alone.passes(letters)
            && text[end] == b' '
            && word(end + 1).is_some_and(|(_, letters)| !self.later.passes(letters))
    }

    /// Whether the word at `at`, an ASCII letter or digit, needs a thought: a name may begin there.
    /// `may_continue` tells that an apostrophe may stand before it.
    #[inline(never)]
    fn concerns<S: Source>(&self, source: &S, at: usize, may_continue: bool) -> bool {
        let is_letter = || u8::try_from(source.code_at(at)).is_ok_and(|byte| byte.is_ascii_alphabetic());
        if may_continue && is_letter() && source.continues(at, self.classes) {
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
        let written = *key;
        key.make_ascii_lowercase();
        // without an apostrophe after it, no other variant of the word is asked for
        let plain = std::str::from_utf8(&key[..length]).unwrap_or("");
        let mut goes_on = false;
        for (component, _) in self.lexicon.spelled(self.container, plain) {
            let Some(node) = self.lexicon.step(self.container, ROOT, component) else { continue };
            goes_on = true;
            let mut names = self.lexicon.payloads(self.container, node);
            // in small letters, only a well-known name is taken for one
            if names.any(|name| {
                (!is_lower || self.prominence(name) >= FOUND_SMALL)
                    && !self.is_settled(name, &written[..length])
            }) {
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
        if self.is_settled_possessive(window, end) {
            return false;
        }
        let key = self.folder.key(&window[..end]);
        if self.variants(&key, &window[end..]).iter().any(|one| self.is_name(one)) {
            return true;
        }
        let nodes = self.steps(&key, &[ROOT]);
        if nodes.iter().any(|&node| self.lexicon.payloads(self.container, node).len() > 0) {
            return true;
        }
        !nodes.is_empty() && self.goes_on(&window[end..], cut, &nodes)
    }

    /// What else a word may be that has this key, by what follows it: with the apostrophe for a soft sign, or
    /// without a possessive ending.
    fn variants(&self, key: &str, after: &str) -> SmallVec<[String; 2]> {
        let is_apostrophe = |char| self.classes.of(char) == Class::Apostrophe;
        let soft_sign = after.starts_with(is_apostrophe).then(|| format!("{key}'"));
        let without_ending = key.strip_suffix("'s").map(str::to_owned);
        soft_sign.into_iter().chain(without_ending).collect()
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
                    let is_step = |key: &str| !self.steps(key, nodes).is_empty();
                    return cut && end == rest.len()
                        || is_step(&key)
                        || self.variants(&key, &rest[end..]).iter().any(|key| is_step(key));
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
    /// Where those words begin that pass the filter.
    passed: [u32; PLACES],
}

impl Default for Scratch {
    fn default() -> Scratch {
        Scratch { room: [0; READ], places: Places::none(), passed: [0; PLACES] }
    }
}

thread_local! {
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// Where the words of a chunk begin, or those of them that have to be looked at.
struct Places {
    starts: [u32; PLACES],
    /// The first four bytes of each, where `narrow` asks for them.
    fours: [u32; PLACES],
    /// How many are known.
    count: usize,
    /// 1 if the unit before the next block belongs to a word.
    carry: u64,
    /// 1 if that unit is a small letter or a digit.
    carry_small: u64,
}

impl Places {
    fn none() -> Places {
        Places { starts: [0; PLACES], fours: [0; PLACES], count: 0, carry: 0, carry_small: 0 }
    }

    /// Take in which units of the block at `base` belong to words; gives the leads as they are.
    #[inline(always)]
    fn add(&mut self, base: usize, (word, leads): (u64, u64)) -> u64 {
        let mut bits = self.begins(word);
        let all = bits.count_ones() as usize;
        let mut done = 0;
        loop {
            // twelve are written at a time, for a block has seldom more
            let room = &mut self.starts[self.count + done..][..12];
            for place in room {
                *place = (base as u32).wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            done += 12;
            if done >= all {
                break;
            }
        }
        self.count += all;
        leads
    }

    /// Which units of a block begin a word, by those that belong to one.
    #[inline(always)]
    fn begins(&mut self, word: u64) -> u64 {
        let begins = word & !(word << 1 | self.carry);
        self.carry = word >> 63;
        begins
    }
}

#[inline(always)]
fn block_at(text: &[u8; READ], at: usize) -> &[u8; BLOCK] {
    text[at..].first_chunk().expect("a block after the chunk is read with it")
}

#[cfg(test)]
mod tests;
