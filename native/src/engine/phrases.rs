//! Finding names: the longest phrase of a lexicon at a part of a word, whatever script its words are in.
//!
//! Parts of one phrase may be separated by spaces of any kind, one line break, or one hyphen; spellings
//! do not say which. A possessive ending belongs to the text and not to the name.

use memchr::{memchr_iter, memrchr};
use smallvec::{SmallVec, smallvec};

use crate::engine::segment::{Atom, Zone};
use crate::errors::RulesetError;
use crate::ruleset::lexicon::{Lexicon, ROOT};
use crate::ruleset::{Container, Ruleset};
use crate::text::{Class, Classes, Folder};

const POSSESSIVE: &str = "'s";
/// Never quotation marks.
const SOFT_SIGNS: [char; 2] = ['\u{2B9}', '\u{2BC}'];

/// A phrase found; positions are bytes of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The indexes of its atoms.
    pub parts: SmallVec<[u32; 4]>,
    /// Where it begins.
    pub start: usize,
    /// Where its last word ends without an ending.
    pub end: usize,
    /// For every payload the worst kind among the spellings of its words; sorted.
    pub hits: SmallVec<[(u32, u32); 4]>,
}

impl Phrase {
    /// The index of its first atom.
    #[inline]
    pub fn first(&self) -> usize {
        self.parts[0] as usize
    }

    /// The index of its last atom.
    #[inline]
    pub fn last(&self) -> usize {
        self.parts[self.parts.len() - 1] as usize
    }

    /// Its atoms.
    pub fn atoms<'a>(
        &self,
        atoms: &'a [Atom],
    ) -> impl ExactSizeIterator<Item = &'a Atom> + DoubleEndedIterator + use<'a, '_> {
        self.parts.iter().map(move |&index| &atoms[index as usize])
    }
}

/// Nodes of a lexicon that have been reached, each with the worst kind of the words on the way.
type States = SmallVec<[(u32, u32); 8]>;

/// What looking for phrases in one text makes use of again and again.
pub struct Scratch<'t> {
    /// The text.
    pub text: &'t str,
    /// A word's key.
    pub word: String,
    /// The key of the phrase that was found last: of its words, joined by spaces.
    pub found: String,
    /// The index of the last atom that was looked at for a phrase.
    pub reach: usize,
    keys: String,
    line: Line,
}

/// What is known of the apostrophes of a line.
#[derive(Default)]
struct Line {
    start: usize,
    /// Up to where the line was read.
    read: usize,
    /// The first apostrophe that follows no letter, and so may open a quotation.
    opened: Option<usize>,
}

impl<'t> Scratch<'t> {
    /// For one text.
    pub fn new(text: &'t str) -> Scratch<'t> {
        let (word, found, keys) = (String::new(), String::new(), String::new());
        Scratch { text, word, found, reach: 0, keys, line: Line::default() }
    }

    /// Whether an apostrophe at byte `at` can belong to a name: no quotation has been opened with one.
    /// Then how many bytes it has.
    #[inline]
    fn soft_sign(&mut self, classes: &Classes, at: usize) -> Option<usize> {
        let char = self.text[at..].chars().next()?;
        if classes.of(char) != Class::Apostrophe {
            return None;
        }
        (SOFT_SIGNS.contains(&char) || !self.is_opened(classes, at)).then(|| char.len_utf8())
    }

    /// Whether an apostrophe that follows no letter stands in the line before byte `at`. Each line is read
    /// once, as long as questions go forward.
    fn is_opened(&mut self, classes: &Classes, at: usize) -> bool {
        let line = &mut self.line;
        let from = if at < line.start { 0 } else { line.read.min(at) };
        let is_other = at < line.start || memrchr(b'\n', &self.text.as_bytes()[from..at]).is_some();
        if is_other {
            let start = memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |newline| newline + 1);
            *line = Line { start, read: start, opened: None };
        }
        if line.read < at {
            let before = self.text[line.start..line.read].chars().next_back();
            let mut follows_letter = before.is_some_and(|char| classes.is_letter(char));
            for (offset, char) in self.text[line.read..at].char_indices() {
                if line.opened.is_none() && !follows_letter && classes.of(char) == Class::Apostrophe {
                    line.opened = Some(line.read + offset);
                }
                follows_letter = classes.is_letter(char);
            }
            line.read = at;
        }
        line.opened.is_some_and(|opened| opened < at)
    }
}

/// Finds the phrases of one lexicon.
pub struct PhraseFinder {
    lexicon: Lexicon,
    /// The node after the root for each component; 0 for none.
    roots: Vec<u32>,
    /// One bit for each node that a phrase goes on from.
    inner: Vec<u64>,
}

impl PhraseFinder {
    /// Of the lexicon `lexicon`, which is called `name` in the container.
    pub fn new(container: &Container, name: &str, lexicon: Lexicon) -> Result<PhraseFinder, RulesetError> {
        let edges = container.section(&format!("{name}.edges"))?;
        let nodes = container.section(&format!("{name}.nodes"))?.rows();
        let most = 4 * edges.rows() + 1024; // no sound file numbers its components so high
        let mut roots = Vec::new();
        let mut inner = vec![0u64; nodes / 64 + 1];
        for row in 0..edges.rows() {
            let (node, component) = (container.cell(edges, row, 0), container.cell(edges, row, 1) as usize);
            if node != ROOT {
                if let Some(block) = inner.get_mut(node as usize / 64) {
                    *block |= 1 << (node % 64);
                }
            } else if component < most {
                if roots.len() <= component {
                    roots.resize(component + 1, ROOT);
                }
                roots[component] = container.cell(edges, row, 2);
            }
        }
        Ok(PhraseFinder { lexicon, roots, inner })
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The node after `component`, or None where no phrase goes on so.
    #[inline]
    pub fn step(&self, container: &Container, node: u32, component: u32) -> Option<u32> {
        match self.roots.get(component as usize) {
            Some(&next) if node == ROOT => (next != ROOT).then_some(next),
            _ => self.lexicon.step(container, node, component),
        }
    }

    /// Whether some phrase begins with the word, with or without an ending that belongs to the text.
    pub fn begins(&self, ruleset: &Ruleset, word: &str) -> bool {
        let mut key = ruleset.folder.key(word).into_owned();
        let begins = |key: &str| {
            let mut components = self.lexicon.spelled(&ruleset.container, key);
            components.any(|(component, _)| self.step(&ruleset.container, ROOT, component).is_some())
        };
        if begins(&key) || key.strip_suffix(POSSESSIVE).is_some_and(begins) {
            return true;
        }
        key.push('\'');
        begins(&key)
    }

    /// The longest phrase that begins at atom `first`, or None. Its key is then `scratch.found`.
    pub fn at(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
        first: usize,
    ) -> Option<Phrase> {
        let (container, text) = (&ruleset.container, scratch.text);
        let mut best: Option<Phrase> = None;
        let mut states: States = smallvec![(ROOT, 0)];
        let mut parts = SmallVec::new();
        let mut index = first;
        scratch.keys.clear();
        loop {
            let atom = &atoms[index];
            scratch.reach = index;
            if atom.zone != Zone::None {
                break;
            }
            let from = scratch.keys.len();
            add_key(&ruleset.folder, atom.reading(text), &mut scratch.keys);
            parts.push(index as u32);
            let to = scratch.keys.len();
            let arrived = self.advance(container, &states, &scratch.keys[from..]);
            let mut found = None;
            if scratch.keys[from..].ends_with(POSSESSIVE) {
                found = self.hits(container, &arrived).map(|hits| (hits, to, atom.end));
                if found.is_none() {
                    let short = to - POSSESSIVE.len();
                    let others = self.advance(container, &states, &scratch.keys[from..short]);
                    found = self
                        .hits(container, &others)
                        .map(|hits| (hits, short, before_two_code_points(text, atom.end)));
                }
            } else {
                if let Some(length) = scratch.soft_sign(&ruleset.classes, atom.end) {
                    scratch.keys.push('\'');
                    let others = self.advance(container, &states, &scratch.keys[from..]);
                    found = self.hits(container, &others).map(|hits| (hits, to + 1, atom.end + length));
                }
                if found.is_none() {
                    found = self.hits(container, &arrived).map(|hits| (hits, to, atom.end));
                }
            }
            if let Some((hits, key, end)) = found {
                scratch.found.clear();
                scratch.found.push_str(&scratch.keys[..key]);
                best = Some(Phrase { parts: parts.clone(), start: atoms[first].start, end, hits });
            }
            if !arrived.iter().any(|&(node, _)| self.goes_on(node)) {
                break;
            }
            let Some(next) = next_part(text, atoms, index) else { break };
            scratch.keys.truncate(to);
            scratch.keys.push(' ');
            (states, index) = (arrived, next);
        }
        best
    }

    /// All phrases, from left to right, the longest first, none inside another.
    pub fn all(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
        mut found: impl FnMut(&mut Scratch<'_>, Phrase),
    ) {
        let mut index = 0;
        while index < atoms.len() {
            let phrase = if atoms[index].is_part { self.at(ruleset, scratch, atoms, index) } else { None };
            if let Some(phrase) = phrase {
                index = phrase.last();
                found(scratch, phrase);
            }
            index += 1;
        }
    }

    #[inline]
    fn goes_on(&self, node: u32) -> bool {
        self.inner.get(node as usize / 64).is_some_and(|block| block >> (node % 64) & 1 == 1)
    }

    #[inline]
    fn advance(&self, container: &Container, states: &States, key: &str) -> States {
        let mut arrived = States::new();
        for (component, kind) in self.lexicon.spelled(container, key) {
            for &(node, worst) in states {
                if let Some(next) = self.step(container, node, component) {
                    let state = (next, worst.max(kind));
                    if !arrived.contains(&state) {
                        arrived.push(state);
                    }
                }
            }
        }
        arrived
    }

    /// The payloads at these nodes, each with its least kind; None if there are none.
    #[inline]
    fn hits(&self, container: &Container, states: &States) -> Option<SmallVec<[(u32, u32); 4]>> {
        let mut hits: SmallVec<[(u32, u32); 4]> = SmallVec::new();
        for &(node, kind) in states {
            hits.extend(self.lexicon.payloads(container, node).map(|payload| (payload, kind)));
        }
        if hits.len() > 1 {
            hits.sort_unstable();
            hits.dedup_by_key(|hit| hit.0);
        }
        (!hits.is_empty()).then_some(hits)
    }
}

/// The part that may continue a phrase after atom `index`: across spaces, one line break or a hyphen.
#[inline]
pub fn next_part(text: &str, atoms: &[Atom], index: usize) -> Option<usize> {
    let following = atoms.get(index + 1)?;
    if following.is_part {
        let between = &text.as_bytes()[atoms[index].end..following.start];
        return (!between.is_empty() && memchr_iter(b'\n', between).count() < 2).then_some(index + 1);
    }
    let joined = atoms.get(index + 2)?;
    (joined.is_part && joined.word == atoms[index].word).then_some(index + 2)
}

/// Add the comparison key of a word to `keys`: that of one of ASCII letters and digits is the word itself in
/// small letters.
#[inline]
fn add_key(folder: &Folder, word: &str, keys: &mut String) {
    if folder.has_plain_ascii() && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let from = keys.len();
        keys.push_str(word);
        keys[from..].make_ascii_lowercase();
    } else {
        folder.key_into(word, keys);
    }
}

fn before_two_code_points(text: &str, end: usize) -> usize {
    text[..end].char_indices().rev().nth(1).map_or(0, |(at, _)| at)
}
