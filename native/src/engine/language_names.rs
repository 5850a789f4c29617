//! The names and numbers of languages.

use rustc_hash::FxHashMap;

use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::{Language, LanguageWord, Lookalike};

/// A language: its row in the section `languages`, or a greater number if only other sections name it.
pub type LanguageId = u16;

/// The ids of languages by name, and the reverse.
pub struct LanguageNames {
    names: Vec<Box<str>>,
    ids: FxHashMap<Box<str>, LanguageId>,
}

impl LanguageNames {
    /// The languages of a ruleset, and what other languages its sections name. Errors if one is missing.
    pub fn new(ruleset: &Ruleset) -> Result<LanguageNames, RulesetError> {
        let mut names = LanguageNames { names: Vec::new(), ids: FxHashMap::default() };
        for row in ruleset.records("languages", Language)? {
            names.ids.insert(row.id().into(), names.names.len() as LanguageId);
            names.names.push(row.id().into());
        }
        for row in ruleset.records("one_letter_words", LanguageWord)? {
            names.add(row.language());
        }
        for row in ruleset.records("lookalikes", Lookalike)? {
            row.languages().for_each(|name| names.add(name));
        }
        Ok(names)
    }

    fn add(&mut self, name: &str) {
        if !self.ids.contains_key(name) {
            self.ids.insert(name.into(), self.names.len() as LanguageId);
            self.names.push(name.into());
        }
    }

    /// The id of a language; None for one that no section names.
    pub fn id(&self, name: &str) -> Option<LanguageId> {
        self.ids.get(name).copied()
    }

    /// The name of a language.
    pub fn name(&self, id: LanguageId) -> &str {
        &self.names[id as usize]
    }

    /// How many languages there are.
    pub fn count(&self) -> usize {
        self.names.len()
    }
}
