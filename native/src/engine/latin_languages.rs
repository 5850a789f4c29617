//! Telling the language of a text in Latin letters, from its function words and its letters.

use rustc_hash::FxHashMap;

use crate::engine::hints::{WordBits, hash_of_key};
use crate::engine::language_names::LanguageId;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::Language;
use crate::text::{Folder, Script};

/// Letters below this are looked up in a table.
const NEAR: usize = 0x600;

/// What tells of languages in Latin letters.
pub struct LatinLanguages {
    words: FxHashMap<Box<str>, Vec<LanguageId>>,
    /// The hashes of the words.
    bits: WordBits,
    /// Bytes of the longest word.
    longest: usize,
    letters: FxHashMap<char, Vec<LanguageId>>,
    /// Which characters below `NEAR` are such letters.
    near: [bool; NEAR],
    /// How many languages there are in the ruleset.
    count: usize,
}

impl LatinLanguages {
    /// The languages of a ruleset. Errors if it has no such section.
    pub fn new(ruleset: &Ruleset) -> Result<LatinLanguages, RulesetError> {
        let rows = ruleset.records("languages", Language)?;
        let mut words: FxHashMap<Box<str>, Vec<LanguageId>> = FxHashMap::default();
        let mut letters: FxHashMap<char, Vec<LanguageId>> = FxHashMap::default();
        let mut near = [false; NEAR];
        let count = rows.len();
        for (id, row) in (0..).zip(rows).filter(|(_, row)| row.script() == Script::Latin.name()) {
            for word in row.words() {
                add_once(words.entry(word.into()).or_default(), id);
            }
            for letter in row.exclusive().chars() {
                add_once(letters.entry(letter).or_default(), id);
                if let Some(is_letter) = near.get_mut(letter as usize) {
                    *is_letter = true;
                }
            }
        }
        let hashes = words.keys().map(|word| hash_of_key(word.to_ascii_lowercase().as_bytes()));
        let bits = WordBits::new(&hashes.collect::<Vec<u64>>());
        let longest = words.keys().map(|word| word.len()).max().unwrap_or(0);
        Ok(LatinLanguages { words, bits, longest, letters, near, count })
    }

    /// The languages that most words of a text tell of; empty where none does. Words of ASCII come with the
    /// hash of their key, others with 0.
    pub fn of_text<'w>(
        &self,
        folder: &Folder,
        words: impl Iterator<Item = (&'w str, u64)>,
    ) -> Vec<LanguageId> {
        let mut counts: Vec<u32> = Vec::new();
        let mut count = |language: LanguageId| {
            if counts.is_empty() {
                counts.resize(self.count, 0);
            }
            counts[language as usize] += 1;
        };
        for (word, hash) in words {
            if hash != 0 && !self.bits.may_have(Some(hash)) {
                continue;
            }
            let listed = if word.len() <= self.longest { self.words.get(word) } else { None };
            if !word.is_ascii() && self.has_letter(word) && folder.key(word) == word {
                let mut told = listed.cloned().unwrap_or_default();
                for language in word.chars().filter_map(|letter| self.letters.get(&letter)).flatten() {
                    add_once(&mut told, *language);
                }
                told.into_iter().for_each(&mut count);
            } else if let Some(told) = listed {
                told.iter().copied().for_each(&mut count);
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        let languages = (0..).zip(counts).filter(|&(_, count)| most > 0 && count == most);
        languages.map(|(language, _)| language).collect()
    }

    /// Whether a word may hold a letter that tells of a language.
    fn has_letter(&self, word: &str) -> bool {
        word.chars().any(|letter| self.near.get(letter as usize).copied().unwrap_or(true))
    }
}

/// Add a language that is not there.
pub fn add_once(languages: &mut Vec<LanguageId>, id: LanguageId) {
    if !languages.contains(&id) {
        languages.push(id);
    }
}
