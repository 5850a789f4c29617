//! Telling the language of a text in Latin letters, from its function words and its letters.

use rustc_hash::FxHashMap;

use crate::engine::hints::hash_of_key;
use crate::engine::language_names::LanguageId;
use crate::engine::segment::{Atom, Zone};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::Language;
use crate::text::{Folder, Script};

/// Letters below this are looked up in a table.
const NEAR: usize = 0x600;

/// What tells of languages in Latin letters.
pub struct LatinLanguages {
    words: FxHashMap<Box<str>, Vec<LanguageId>>,
    /// The same words by the hash of their key, in open addressing.
    slots: Vec<Option<Box<Slot>>>,
    /// The hashes in the slots, 0 for none.
    hashes: Vec<u64>,
    /// Bytes of the longest word.
    longest: usize,
    letters: FxHashMap<char, Vec<LanguageId>>,
    /// Which characters below `NEAR` are such letters.
    near: [bool; NEAR],
    /// How many languages there are in the ruleset.
    count: usize,
}

/// A listed word with the languages that it tells of.
struct Slot {
    word: Box<str>,
    told: Vec<LanguageId>,
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
        let longest = words.keys().map(|word| word.len()).max().unwrap_or(0);
        let size = (4 * words.len()).next_power_of_two().max(4);
        let mut all = LatinLanguages {
            slots: (0..size).map(|_| None).collect(),
            hashes: vec![0; size],
            words,
            longest,
            letters,
            near,
            count,
        };
        for (word, told) in &all.words {
            let hash = hash_of_key(word.to_ascii_lowercase().as_bytes());
            let mut at = hash as usize % size;
            while all.hashes[at] != 0 {
                at = (at + 1) % size;
            }
            all.hashes[at] = hash;
            all.slots[at] = Some(Box::new(Slot { word: word.clone(), told: told.clone() }));
        }
        Ok(all)
    }

    /// The languages that a listed word tells of, by the hash of its key.
    #[inline(always)]
    fn told_by(&self, word: &[u8], hash: u64) -> &[LanguageId] {
        let mask = self.hashes.len() - 1;
        let mut at = hash as usize & mask;
        while self.hashes[at] != 0 {
            if self.hashes[at] == hash
                && let Some(slot) = &self.slots[at]
                && slot.word.as_bytes() == word
            {
                return &slot.told;
            }
            at = (at + 1) & mask;
        }
        &[]
    }

    /// The languages that most words of a text tell of, outside zones; empty where none does.
    pub fn of_text(&self, folder: &Folder, text: &str, atoms: &[Atom]) -> Vec<LanguageId> {
        let mut counts: Vec<u32> = vec![0; self.count];
        let mut count = |language: LanguageId| counts[language as usize] += 1;
        for atom in atoms.iter().filter(|atom| atom.is_part && atom.zone == Zone::None) {
            if atom.hash != 0 {
                let word = &text.as_bytes()[atom.start..atom.end];
                self.told_by(word, atom.hash).iter().copied().for_each(&mut count);
                continue;
            }
            let word = atom.text(text);
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
