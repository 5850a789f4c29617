//! One direction of one scheme, ready to use: text in, text or edits out.

use super::casing::CaseTable;
use super::chars::{ACUTE, CharTable, GRAVE, is};
use super::context::NEAREST;
use super::decode::{Decode, decoder};
use super::plan::Plan;
use super::rewrite::{Interpreter, Scratch};
use super::rules::{DROP, Forms, KEEP, Rule, SchemeRules, groups};
use super::word::WordReader;
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// From so many units of text on, tables are worth the work.
const WORTH_TABLES: usize = 4096;

/// A scheme cannot be reversed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoWayBack(
    /// The name of the scheme.
    pub String,
);

impl fmt::Display for NoWayBack {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the scheme {} has no way back", self.0)
    }
}

impl std::error::Error for NoWayBack {}

/// What to replace: bytes from (inclusive) and to (exclusive), and what replaces them.
pub type Edit = (usize, usize, String);

/// One direction of one scheme. Immutable, and used from any number of threads at once.
///
/// Its tables are only worked out when there is enough text for them, which takes about a millisecond.
#[derive(Debug)]
pub struct Transliterator {
    pub(super) exact: Interpreter,
    plan: OnceLock<Option<Plan>>,
    /// How many units of text have been worked on without tables.
    untabled: AtomicUsize,
    pub(super) decode: Decode,
    /// The least code point that the rules may change.
    pub(super) idle: u32,
}

impl Transliterator {
    /// From the scheme's own script to Latin.
    pub fn forward(scheme: &SchemeRules, case: &CaseTable) -> Self {
        let apostrophe = (scheme.apostrophe != KEEP).then(|| scheme.apostrophe.clone());
        let stress = scheme.stress != DROP;
        Self::new(scheme, case, &scheme.forward, &scheme.words, apostrophe, stress, &[GRAVE], &scheme.typed)
    }

    /// From Latin back; an error where the scheme cannot be reversed.
    pub fn backward(scheme: &SchemeRules, case: &CaseTable) -> Result<Self, NoWayBack> {
        if scheme.reverse.is_empty() {
            return Err(NoWayBack(scheme.id.clone()));
        }
        Ok(Self::new(scheme, case, &scheme.reverse, &scheme.reverse_words, None, true, &[GRAVE, ACUTE], &[]))
    }

    #[allow(clippy::too_many_arguments)] // the two constructors above are all that see them
    fn new(
        scheme: &SchemeRules,
        case: &CaseTable,
        rules: &[Rule],
        words: &[(String, String)],
        apostrophe: Option<String>,
        stress: bool,
        accents: &'static [char],
        typed: &[String],
    ) -> Self {
        let case = if scheme.dotted { case.dotted() } else { case.clone() };
        let slash = rules.iter().map(|rule| &rule.source).chain(typed).any(|text| text.contains(NEAREST))
            || case.is_cased(NEAREST);
        let groups = groups(rules, &case, slash);
        let words =
            words.iter().map(|(word, rendering)| (word.chars().collect(), Forms::new(rendering, &case)));
        let words = words.collect();
        let chars = CharTable::new(&groups, &case, accents, typed);
        let reader = WordReader::new(chars, case, accents);
        let touched = |char: &&char| reader.chars.is(**char, is::TOUCHED);
        let idle = reader.chars.listed.iter().find(touched).map_or(u32::MAX, |&char| char as u32);
        let exact = Interpreter { reader, groups, words, apostrophe, stress };
        let (plan, untabled) = (OnceLock::new(), AtomicUsize::new(0));
        Transliterator { exact, plan, untabled, decode: decoder(), idle }
    }

    /// The tables, if there are any, for a text of `length` units.
    pub(super) fn plan(&self, length: usize) -> Option<&Plan> {
        match self.plan.get() {
            Some(plan) => plan.as_ref(),
            None if length + self.untabled.fetch_add(length, Ordering::Relaxed) < WORTH_TABLES => None,
            None => self.plan.get_or_init(|| Plan::new(&self.exact)).as_ref(),
        }
    }

    /// `text` in the other script; borrowed when nothing changes.
    pub fn transliterate<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.idle >= 0x80 && text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut out = Vec::new();
        self.append(text, &mut out);
        if out == text.as_bytes() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(String::from_utf8(out).expect("valid text stays valid"))
    }

    /// Appends `text` in the other script to `out`, which then holds valid UTF-8 more.
    pub fn append(&self, text: &str, out: &mut Vec<u8>) {
        self.transliterate_bytes(text.as_bytes(), out);
    }

    /// Whether an ASCII character ends every word, so that what stands before it and what after are
    /// transliterated alike together and apart.
    pub fn ends_words(&self, ascii: u8) -> bool {
        !self.exact.reader.chars.is(char::from(ascii), is::WORD)
    }

    /// What to replace in `text`: sorted, disjoint, and each a real change. In bytes.
    pub fn edits(&self, text: &str) -> Vec<Edit> {
        let reader = &self.exact.reader;
        let mut edits = Vec::new();
        let mut scratch = Scratch::default();
        let (mut run, mut places): (Vec<char>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut rest = text.char_indices().peekable();
        while let Some((place, char)) = rest.next() {
            if !reader.chars.is(char, is::WORD) {
                continue;
            }
            run.clear();
            places.clear();
            run.push(char);
            places.push(place);
            while let Some((place, char)) = rest.next_if(|&(_, char)| reader.chars.is(char, is::WORD)) {
                run.push(char);
                places.push(place);
            }
            places.push(rest.peek().map_or(text.len(), |&(place, _)| place));
            self.exact.run(&run, &mut scratch, |start, end, output| {
                edits.push((places[start], places[end], output.to_owned()));
            });
        }
        edits
    }
}

impl Interpreter {
    /// Calls `edit` with each edit of `run`, which holds whole words: characters from and to, and what
    /// replaces them.
    pub fn run(&self, run: &[char], scratch: &mut Scratch, mut edit: impl FnMut(usize, usize, &str)) {
        let mut from = 0;
        while let Some(word) = self.reader.next_word(run, from) {
            from = word.end;
            if self.reader.touches(&run[word.clone()]) {
                scratch.chars.clear();
                scratch.chars.extend_from_slice(&run[word.clone()]);
                self.rewrite(scratch);
                for &(start, end, first, last) in &scratch.edits {
                    edit(word.start + start, word.start + end, &scratch.output[first..last]);
                }
            }
        }
    }
}
