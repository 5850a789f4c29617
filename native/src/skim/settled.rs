//! Names that are written as they should be: where nothing but findings is asked for, they need no thought.
//!
//! Most names in edited text are right already, and reading a paragraph for one takes a hundred times as long
//! as seeing that.

use super::{LONGEST, Skim};
use crate::ruleset::lexicon::ROOT;

const POSSESSIVE: [&str; 2] = ["'s", "\u{2019}s"];

impl<'r> Skim<'r> {
    /// The same look, which passes over names that are written right: they are mentions, but no findings. What
    /// they tell of other names has to be asked for by the full look.
    pub fn for_findings(ruleset: &'r crate::ruleset::Ruleset) -> Skim<'r> {
        let settles = ruleset.classes.has_plain_ascii() && ruleset.folder.has_plain_ascii();
        Skim { settles, ..Skim::new(ruleset) }
    }

    /// Whether a name may have been passed over since it is written right.
    pub fn has_settled(&self) -> bool {
        self.has_settled.get()
    }

    /// Whether a name that is this word of ASCII letters and digits would be replaced by what is written, or
    /// not at all. It may say no too often.
    pub(super) fn is_settled(&self, name: u32, written: &[u8]) -> bool {
        let is_settled = self.settles && self.is_right(name, written);
        self.has_settled.set(self.has_settled.get() | is_settled);
        is_settled
    }

    fn is_right(&self, name: u32, written: &[u8]) -> bool {
        let entry = self.ruleset.name(name);
        if self.ruleset.place(entry.place()).is_kept() {
            return true; // a place abroad, in Latin letters
        }
        let mut words = entry.words();
        let (Some(word), None) = (words.next(), words.next()) else { return false };
        let word = word.as_bytes();
        word == written || entry.keep() & 1 == 1 || {
            let is = |byte: &u8| byte.is_ascii_alphabetic();
            let is_of_one_case = written.iter().all(u8::is_ascii_lowercase)
                || (written.len() > 1 && written.iter().all(u8::is_ascii_uppercase));
            is_of_one_case && word.iter().all(is) && word.eq_ignore_ascii_case(written)
        }
    }

    /// Whether the part that begins `window` and ends at `end` is a possessive of which the name is settled.
    pub(super) fn is_settled_possessive(&self, window: &str, end: usize) -> bool {
        let part = &window[..end];
        let Some(stem) = POSSESSIVE.iter().find_map(|ending| part.strip_suffix(ending)) else { return false };
        let is_title = stem.bytes().skip(1).any(|byte| byte.is_ascii_lowercase())
            && stem.starts_with(|first: char| first.is_ascii_uppercase())
            && stem.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !self.settles || !is_title || stem.len() > LONGEST {
            return false;
        }
        let names = |key: &str| {
            let nodes = self.steps(key, &[ROOT]);
            nodes.into_iter().flat_map(|node| self.lexicon.payloads(self.container, node))
        };
        let follows = window[end..].chars().next().map(|char| self.classes.of(char));
        follows != Some(crate::text::Class::Apostrophe)
            && self.steps(&self.folder.key(part), &[ROOT]).is_empty()
            && names(&stem.to_ascii_lowercase()).all(|name| self.is_settled(name, stem.as_bytes()))
    }
}
