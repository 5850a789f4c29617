//! What is done to values: finding and repairing, and transliteration.

use super::Rewrite;
use crate::normalizer::{Fixes, Normalizer};
use crate::scheme::Transliterator;
use crate::skim::{Skim, Utf8};

/// Each value with its findings applied.
pub struct Normalize<'n> {
    /// Finds.
    pub normalizer: &'n Normalizer,
    /// Which findings are applied.
    pub fixes: Fixes,
}

impl Rewrite for Normalize<'_> {
    fn rewrite(&self, value: &str, out: &mut Vec<u8>) -> bool {
        let findings = self.normalizer.find(value);
        let mut done = 0;
        let mut changed = false;
        for finding in findings.iter().filter(|finding| self.fixes.apply(finding)) {
            out.extend_from_slice(&value.as_bytes()[done..finding.start]);
            out.extend_from_slice(finding.replacement.as_deref().unwrap_or_default().as_bytes());
            done = finding.end;
            changed = true;
        }
        out.extend_from_slice(&value.as_bytes()[done..]);
        changed
    }

    /// A line feed ends every word, so what the first look passes over in all values, it does in each.
    fn next_change(&self, joined: &str, from: usize) -> Option<usize> {
        if self.fixes == Fixes::None {
            return None;
        }
        Skim::for_findings(&self.normalizer.engine.ruleset).next_concern(&Utf8(joined), from)
    }
}

/// Each value in the other script.
pub struct Transliterate<'t>(
    /// One direction of a scheme.
    pub &'t Transliterator,
);

impl Rewrite for Transliterate<'_> {
    fn rewrite(&self, value: &str, out: &mut Vec<u8>) -> bool {
        let before = out.len();
        self.0.append(value, out);
        out[before..] != *value.as_bytes()
    }

    /// One text costs less than many, and words are transliterated each by itself.
    fn rewrite_lines(&self, joined: &str, out: &mut Vec<u8>) -> bool {
        let can = self.0.ends_words(b'\n');
        if can {
            self.0.append(joined, out);
        }
        can
    }
}
