//! Finding and repairing as a user has set it: levels of rules, allowed words, marks in the text.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memmem;
use rustc_hash::FxHashSet;

use crate::engine::findings::{Applicability, Finding, RULES, Rule};
use crate::engine::{Engine, Mention};
use crate::skim::{Skim, Source, Utf8};
use crate::suppression::Suppressions;
use crate::text::source;

/// Bytes of a long text that are checked and looked at together, and more to the next empty line.
const PIECE: usize = 1 << 17;

/// Which findings are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixes {
    /// Those that are safe.
    Safe,
    /// Those that are safe, and those that are only offered.
    Unsafe,
    /// None.
    None,
}

impl Fixes {
    /// The choice of this name.
    pub fn named(name: &str) -> Option<Fixes> {
        match name {
            "safe" => Some(Fixes::Safe),
            "unsafe" => Some(Fixes::Unsafe),
            "none" => Some(Fixes::None),
            _ => None,
        }
    }

    /// Whether a finding is applied.
    #[inline]
    pub fn apply(self, finding: &Finding) -> bool {
        finding.replacement.is_some()
            && match self {
                Fixes::Safe => finding.applicability == Applicability::Safe,
                Fixes::Unsafe => finding.applicability != Applicability::None,
                Fixes::None => false,
            }
    }
}

/// An engine with a user's settings. Immutable, and shared between threads as it is.
pub struct Normalizer {
    /// The engine.
    pub engine: Arc<Engine>,
    /// The most that each rule may claim; None for a rule that is off.
    levels: [Option<Applicability>; RULES.len()],
    allow: FxHashSet<Box<str>>,
}

/// A text as the engine read it, and what was found there.
pub struct Found<'t> {
    /// The text: the source itself where it is valid UTF-8.
    pub text: Cow<'t, str>,
    /// The findings, in bytes of `text`.
    pub findings: Vec<Finding>,
}

impl Normalizer {
    /// `levels` are pairs of a rule's id and the most that it may claim (`off` drops its findings); rules
    /// that it does not name may claim everything, and ids that name no rule are passed over. Findings
    /// whose text stands in `allow` are dropped.
    pub fn new<'s>(
        engine: Arc<Engine>,
        levels: impl IntoIterator<Item = (&'s str, &'s str)>,
        allow: impl IntoIterator<Item = Box<str>>,
    ) -> Normalizer {
        let mut most = [Some(Applicability::Safe); RULES.len()];
        for (id, level) in levels {
            if let Some(rule) = RULES.iter().position(|rule| rule.id() == id) {
                most[rule] = (level != "off").then(|| Applicability::named(level));
            }
        }
        Normalizer { engine, levels: most, allow: allow.into_iter().collect() }
    }

    /// Whether nothing in a text needs a thought: then nothing is found in it.
    #[inline]
    pub fn is_clean<S: Source>(&self, source: &S) -> bool {
        Skim::for_findings(&self.engine.ruleset).is_clean(source)
    }

    /// The same for bytes, which need not be valid UTF-8. They are checked and looked at piece by piece, so that
    /// a long text is fetched from memory once.
    pub fn is_clean_bytes(&self, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        while !rest.is_empty() {
            // no phrase goes on after an empty line
            let from = rest.len().min(PIECE);
            let end = memmem::find(&rest[from..], b"\n\n").map_or(rest.len(), |gap| from + gap + 2);
            let (piece, after) = rest.split_at(end);
            let is_clean = match simdutf8::basic::from_utf8(piece) {
                Ok(text) => self.is_clean(&Utf8(text)),
                Err(_) => return self.is_clean(&Utf8(&source::from_bytes(rest))),
            };
            if !is_clean {
                return false;
            }
            rest = after;
        }
        true
    }

    /// All findings, sorted and disjoint, in bytes of the text.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        let mut findings = self.engine.find(text);
        findings.retain_mut(|finding| self.keep(text, finding));
        if !findings.is_empty()
            && let Some(marks) = Suppressions::scan(text)
        {
            findings.retain(|finding| !marks.covers(finding.start, finding.end, finding.rule.id()));
        }
        findings
    }

    /// The same for bytes, which need not be valid UTF-8.
    pub fn find_bytes<'t>(&self, bytes: &'t [u8]) -> Found<'t> {
        let text = source::from_bytes(bytes);
        let findings = self.find(&text);
        Found { text, findings }
    }

    /// Every place that is named, in bytes of the text.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.engine.mentions(text)
    }

    /// Bytes with their findings applied; None where nothing changes.
    pub fn normalize(&self, bytes: &[u8], fixes: Fixes) -> Option<Vec<u8>> {
        self.find_bytes(bytes).applied(bytes, fixes)
    }

    /// Leaves a finding as the levels of its rule and the allowed words do; false where they drop it.
    fn keep(&self, text: &str, finding: &mut Finding) -> bool {
        let Some(level) = self.level(finding.rule) else { return false };
        finding.weaken(level);
        self.allow.is_empty() || !self.allow.contains(&text[finding.start..finding.end])
    }

    fn level(&self, rule: Rule) -> Option<Applicability> {
        self.levels[RULES.iter().position(|&one| one == rule)?]
    }
}

impl Found<'_> {
    /// The source bytes with findings applied; None where nothing is.
    pub fn applied(&self, source: &[u8], fixes: Fixes) -> Option<Vec<u8>> {
        let mut applied = self.findings.iter().filter(|finding| fixes.apply(finding)).peekable();
        applied.peek()?;
        let growth: usize =
            self.findings.iter().filter_map(|one| Some(one.replacement.as_ref()?.len())).sum();
        let mut out = Vec::with_capacity(source.len() + growth);
        let mut place = Place::new(&self.text, source);
        let mut done = 0;
        for finding in applied {
            out.extend_from_slice(&source[done..place.of(finding.start)]);
            out.extend_from_slice(finding.replacement.as_deref().unwrap_or("").as_bytes());
            done = place.of(finding.end);
        }
        out.extend_from_slice(&source[done..]);
        Some(out)
    }
}

/// Where bytes of the text that was read stand in the source: each private character was one byte there.
struct Place<'t> {
    text: &'t str,
    bytes: &'t [u8],
    read: usize,
    source: usize,
}

impl<'t> Place<'t> {
    fn new(text: &'t str, bytes: &'t [u8]) -> Place<'t> {
        Place { text, bytes, read: 0, source: 0 }
    }

    /// The source byte of a byte of the text, not before the last one asked for.
    fn of(&mut self, at: usize) -> usize {
        if self.text.len() == self.bytes.len() {
            return at; // every byte that is not text would have become several
        }
        for char in self.text[self.read..at].chars() {
            let mut encoded = [0; 4];
            let encoded = char.encode_utf8(&mut encoded).as_bytes();
            self.source += if self.bytes[self.source..].starts_with(encoded) { encoded.len() } else { 1 };
        }
        self.read = at;
        self.source
    }
}
