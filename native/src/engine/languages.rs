//! Telling the language of a word or a text, from letters and from listed words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::folds::{Folds, Tiers};
pub use crate::engine::language_names::{LanguageId, LanguageNames};
use crate::engine::latin_languages::{LatinLanguages, add_once};
use crate::engine::segment::Atom;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::Language;
use crate::text::{Class, Folder, Script};

/// Characters below this are looked up in tables, which hold the letters of nearly every text.
const NEAR: usize = 0x600;
const TELLS: u8 = 1;
const BEGINS_CLUSTER: u8 = 2;
const FOLLOWS_IN_CLUSTER: u8 = 4;

/// The letters of an alphabet.
#[derive(Default)]
struct Alphabet {
    near: [u64; NEAR / 64],
    far: Vec<char>,
}

impl Alphabet {
    fn new(letters: &str) -> Alphabet {
        let mut alphabet = Alphabet::default();
        for char in letters.chars() {
            match alphabet.near.get_mut(char as usize / 64) {
                Some(word) => *word |= 1 << (char as usize % 64),
                None => alphabet.far.push(char),
            }
        }
        alphabet
    }

    fn has(&self, char: char) -> bool {
        match self.near.get(char as usize / 64) {
            Some(word) => word >> (char as usize % 64) & 1 != 0,
            None => self.far.contains(&char),
        }
    }
}

/// Letters in a row, and the languages that they tell of.
type Cluster = (Box<str>, Vec<LanguageId>);

/// What is known of a language in Cyrillic letters.
struct Cyrillic {
    alphabet: Alphabet,
    beats: Vec<LanguageId>,
    never_initial: Vec<Box<str>>,
    presumed: bool,
}

/// Buffers that questions about many words share.
#[derive(Default)]
struct Scratch {
    key: String,
    by_letters: Vec<LanguageId>,
    clusters: Vec<LanguageId>,
    told: Vec<LanguageId>,
}

/// Tells the Cyrillic language of a word, from its letters and then from the text around it.
pub struct Languages {
    /// The names of the languages.
    pub names: LanguageNames,
    /// By id; None for a language in Latin letters.
    cyrillic: Vec<Option<Cyrillic>>,
    presumed: Vec<LanguageId>,
    /// What the characters below `NEAR` may tell: bits.
    near: [u8; NEAR],
    telling_letters: FxHashMap<char, Vec<LanguageId>>,
    /// Clusters by their first two letters; U+0000 stands for a second that there is not.
    clusters: FxHashMap<(char, char), Vec<Cluster>>,
    words: FxHashMap<Box<str>, Vec<LanguageId>>,
    function_words: FxHashSet<Box<str>>,
    latin: LatinLanguages,
}

impl Languages {
    /// The languages of a ruleset. Errors if it has no such section.
    pub fn new(ruleset: &Ruleset, names: LanguageNames, folds: &Folds) -> Result<Languages, RulesetError> {
        let mut known = Languages {
            cyrillic: (0..names.count()).map(|_| None).collect(),
            names,
            presumed: Vec::new(),
            near: [0; NEAR],
            telling_letters: FxHashMap::default(),
            clusters: FxHashMap::default(),
            words: FxHashMap::default(),
            function_words: FxHashSet::default(),
            latin: LatinLanguages::new(ruleset)?,
        };
        let rows = || Ok(ruleset.records("languages", Language)?.enumerate());
        let in_presumed: FxHashSet<char> = rows()?
            .filter(|(_, row)| row.script() == Script::Cyrillic.name() && row.presumed())
            .flat_map(|(_, row)| row.alphabet().chars())
            .collect();
        for (id, row) in rows()? {
            let id = id as LanguageId;
            if row.script() == Script::Cyrillic.name() {
                known.add_cyrillic(id, row, &in_presumed);
                if row.presumed() {
                    let is_function_word = |word: &&str| {
                        word.chars().nth(1).is_some()
                            && folds.fold(&ruleset.folder, word, Script::Latin, &[], Tiers::STRONG).is_none()
                    };
                    known.function_words.extend(row.words().filter(is_function_word).map(Box::from));
                }
            }
        }
        Ok(known)
    }

    fn add_cyrillic(&mut self, id: LanguageId, row: Language<'_>, in_presumed: &FxHashSet<char>) {
        for letter in row.exclusive().chars() {
            if row.presumed() || !in_presumed.contains(&letter) {
                self.telling_letters.entry(letter).or_default().push(id);
                if let Some(bits) = self.near.get_mut(letter as usize) {
                    *bits |= TELLS;
                }
            }
        }
        for cluster in row.clusters() {
            let mut letters = cluster.chars();
            let (Some(first), second) = (letters.next(), letters.next()) else { continue };
            if let Some(bits) = self.near.get_mut(first as usize) {
                *bits |= BEGINS_CLUSTER;
            }
            match second.map(|second| self.near.get_mut(second as usize)) {
                Some(Some(bits)) => *bits |= FOLLOWS_IN_CLUSTER,
                Some(None) => {}
                None => self.near.iter_mut().for_each(|bits| *bits |= FOLLOWS_IN_CLUSTER),
            }
            let alike = self.clusters.entry((first, second.unwrap_or('\0'))).or_default();
            match alike.iter_mut().find(|(other, _)| **other == *cluster) {
                Some((_, languages)) => add_once(languages, id),
                None => alike.push((cluster.into(), vec![id])),
            }
        }
        for word in row.words() {
            add_once(self.words.entry(word.into()).or_default(), id);
        }
        if row.presumed() {
            self.presumed.push(id);
        }
        self.cyrillic[id as usize] = Some(Cyrillic {
            alphabet: Alphabet::new(row.alphabet()),
            beats: row.beats().filter_map(|name| self.names.id(name)).collect(),
            never_initial: row.never_initial().map(Box::from).collect(),
            presumed: row.presumed(),
        });
    }

    /// The languages that are presumed where nothing tells of others, in order.
    pub fn presumed(&self) -> &[LanguageId] {
        &self.presumed
    }

    /// Languages that the word can be of, the likeliest first; `fallback` where nothing tells.
    pub fn of(&self, folder: &Folder, word: &str, fallback: &[LanguageId]) -> Vec<LanguageId> {
        let told = self.telling(folder, word);
        if told.is_empty() { fallback.to_vec() } else { told }
    }

    /// The languages in Latin letters that most words of a text tell of; empty where none does.
    ///
    /// A function word or a telling letter tells; words with a capital (names, mostly) and those in zones are
    /// not asked.
    pub fn of_latin_text(&self, folder: &Folder, text: &str, atoms: &[Atom]) -> Vec<LanguageId> {
        self.latin.of_text(folder, text, atoms)
    }

    /// Languages that a word with foreign letters can be of: a presumed one of its own does not hinder.
    ///
    /// What tells of a presumed language may be left of a word of another, so then the first language
    /// of the document is asked too.
    pub fn of_mixed(&self, folder: &Folder, word: &str, fallback: &[LanguageId]) -> Vec<LanguageId> {
        let mut own = self.telling(folder, word);
        let is_presumed = |id: &LanguageId| self.cyrillic(*id).is_some_and(|language| language.presumed);
        if own.iter().all(is_presumed)
            && let Some(&first) = fallback.first()
        {
            own.insert(0, first);
        }
        own
    }

    /// Whether a presumed language lists the word, and no Latin word can look like it.
    pub fn is_function_word(&self, folder: &Folder, word: &str) -> bool {
        self.function_words.contains(&*folder.key(word))
    }

    /// The languages of a text by its words, the one that most words tell of first.
    pub fn of_text<'w>(&self, folder: &Folder, words: impl Iterator<Item = &'w str>) -> Vec<LanguageId> {
        let mut counts: Vec<u32> = vec![0; self.cyrillic.len()];
        let mut scratch = Scratch::default();
        for word in words {
            self.tell(folder, word, &mut scratch);
            for &language in &scratch.told {
                counts[language as usize] += 1;
            }
        }
        let is_presumed = |id: LanguageId| self.cyrillic(id).is_some_and(|language| language.presumed);
        let mut found: Vec<LanguageId> =
            (0..).zip(&counts).filter(|pair| *pair.1 > 0).map(|pair| pair.0).collect();
        found.sort_by_key(|&id| (std::cmp::Reverse(counts[id as usize]), !is_presumed(id), id));
        found
    }

    /// Whether no word of these languages (or of any presumed one) begins as this does.
    pub fn never_begins(&self, folder: &Folder, word: &str, languages: &[LanguageId]) -> bool {
        let key = folder.key(word);
        let begins_so = |id: &LanguageId| {
            self.cyrillic(*id)
                .is_some_and(|one| one.never_initial.iter().any(|beginning| key.starts_with(&**beginning)))
        };
        if languages.iter().any(|&id| self.cyrillic(id).is_some()) {
            languages.iter().any(begins_so)
        } else {
            self.presumed.iter().any(begins_so)
        }
    }

    fn cyrillic(&self, id: LanguageId) -> Option<&Cyrillic> {
        self.cyrillic.get(id as usize)?.as_ref()
    }

    fn telling(&self, folder: &Folder, word: &str) -> Vec<LanguageId> {
        let mut scratch = Scratch::default();
        self.tell(folder, word, &mut scratch);
        scratch.told
    }

    /// What the key of a word tells of, into `scratch.told`.
    fn tell(&self, folder: &Folder, word: &str, scratch: &mut Scratch) {
        scratch.told.clear();
        let mut key = std::mem::take(&mut scratch.key);
        key.clear();
        folder.key_into(word, &mut key);
        self.find(folder, &key, scratch);
        scratch.key = key;
    }

    /// By letters, where a language that has them beats its neighbours; and by listed words.
    ///
    /// Of the languages of its letters, a listed word is of those that list it; letters that only tell one
    /// presumed language from another tell less than a list.
    fn find(&self, folder: &Folder, key: &str, scratch: &mut Scratch) {
        let Scratch { by_letters, clusters, told, .. } = scratch;
        by_letters.clear();
        clusters.clear();
        let mut before: Option<(usize, char)> = None; // the letter before, if it may begin a cluster
        for (at, char) in key.char_indices() {
            let bits = self.near.get(char as usize).copied().unwrap_or(!0);
            if bits & TELLS != 0 {
                // each once: a word without end may tell of one with every letter
                let told = self.telling_letters.get(&char).into_iter().flatten();
                told.for_each(|&id| add_once(by_letters, id));
            }
            if let Some((start, first)) = before
                && bits & FOLLOWS_IN_CLUSTER != 0
            {
                self.add_clusters(first, char, &key[start..], clusters);
            }
            before = (bits & BEGINS_CLUSTER != 0).then_some((at, char));
        }
        if let Some((last, first)) = before {
            self.add_clusters(first, '\0', &key[last..], clusters);
        }
        clusters.sort_unstable();
        clusters.dedup();
        clusters.iter().for_each(|&id| add_once(by_letters, id));
        if !by_letters.is_empty() {
            if by_letters.iter().any(|&id| self.writes(folder, id, key)) {
                by_letters.retain(|&id| self.writes(folder, id, key));
            }
            let is_beaten = |id: LanguageId| {
                by_letters
                    .iter()
                    .any(|&other| self.cyrillic(other).is_some_and(|one| one.beats.contains(&id)))
            };
            by_letters.iter().filter(|&&id| !is_beaten(id)).for_each(|&id| add_once(told, id));
        }
        let Some(listed) = self.words.get(key) else { return };
        let is_presumed = |id: &LanguageId| self.cyrillic(*id).is_some_and(|one| one.presumed);
        if told.is_empty() {
            told.extend(listed);
        } else if told.iter().any(|id| listed.contains(id)) {
            told.retain(|id| listed.contains(id));
        } else if told.iter().all(is_presumed) && listed.iter().any(|&id| self.writes(folder, id, key)) {
            told.clear();
            told.extend(listed.iter().filter(|&&id| self.writes(folder, id, key)));
        }
    }

    /// The languages of the clusters of these first two letters, or of the first, that `rest` begins with.
    fn add_clusters(&self, first: char, second: char, rest: &str, found: &mut Vec<LanguageId>) {
        for key in [(first, second), (first, '\0')] {
            for (cluster, languages) in self.clusters.get(&key).into_iter().flatten() {
                if rest.starts_with(&**cluster) {
                    found.extend(languages);
                }
            }
        }
    }

    /// Whether all Cyrillic letters of a word are of the alphabet of a language.
    fn writes(&self, folder: &Folder, id: LanguageId, key: &str) -> bool {
        self.cyrillic(id).is_some_and(|language| {
            key.chars()
                .all(|char| language.alphabet.has(char) || folder.classes().of(char) != Class::Cyrillic)
        })
    }
}
