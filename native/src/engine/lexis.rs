//! What is known of words apart from places: listed spellings, acronyms, numerals.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::folds::{Folds, Tiers, first_script, scripts};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::{GlossaryEntry, LanguageWord, ListedWord, Signal, Unit};
use crate::text::{Classes, Folder, Script, Shape};

/// The class of listed words that are compared in any case.
const ANY_CASE: &str = "word";

/// A listed word of one script.
struct Listed {
    form: Box<str>,
    script: Script,
}

/// A unit by its two symbols, as many letters in each.
pub struct UnitSymbols {
    /// In Latin letters.
    pub latin: Box<str>,
    /// In Cyrillic letters.
    pub cyrillic: Box<str>,
}

impl UnitSymbols {
    /// Whether a text of as many letters has, letter for letter, one of the two symbols' letters; and, if
    /// `twins`, whether letters that look like them will do.
    fn is_mixed_in(&self, folds: &Folds, text: &str, twins: bool) -> bool {
        let twin = |char, script, wanted: char| {
            let found = folds.letter(char, script, &[], Tiers::STRONG);
            found.is_some_and(|found| found.chars().eq([wanted]))
        };
        text.chars().zip(self.latin.chars().zip(self.cyrillic.chars())).all(|(char, (latin, cyrillic))| {
            char == latin
                || char == cyrillic
                || twins && (twin(char, Script::Latin, latin) || twin(char, Script::Cyrillic, cyrillic))
        })
    }
}

/// Listed words by their exact form and by their skeleton.
pub struct Lexis {
    exact: FxHashSet<Box<str>>,
    listed: Vec<Listed>,
    /// Rows of `listed` by skeleton: weak rows included, and strong rows only. Made when first asked, for
    /// most texts never ask.
    by_skeleton: [OnceLock<FxHashMap<Box<str>, Vec<u32>>>; 2],
    lookalikes: FxHashSet<Box<str>>,
    glossary: FxHashMap<Box<str>, Box<str>>,
    /// The units by how many letters their symbols have.
    units: Vec<Vec<UnitSymbols>>,
    /// Initials of chess pieces.
    pieces: FxHashSet<Box<str>>,
    /// Abbreviations that stand as indices of quantities.
    indices: FxHashSet<Box<str>>,
    numeral_letters: FxHashSet<Box<str>>,
    numeral_tails: FxHashSet<Box<str>>,
    placeholders: FxHashSet<Box<str>>,
    vowels: FxHashSet<Box<str>>,
    /// Bytes of the longest of these and of the letters.
    longest_tail: usize,
}

impl Lexis {
    /// The listed words of a ruleset. Errors if it lacks a section.
    pub fn new(ruleset: &Ruleset) -> Result<Lexis, RulesetError> {
        let folder = &ruleset.folder;
        let mut lexis = Lexis {
            exact: FxHashSet::default(),
            listed: Vec::new(),
            by_skeleton: Default::default(),
            lookalikes: ruleset
                .records("lookalike_words", LanguageWord)?
                .map(|row| row.word().into())
                .collect(),
            glossary: ruleset
                .records("glossary", GlossaryEntry)?
                .map(|row| (row.source().into(), row.target().into()))
                .collect(),
            units: Vec::new(),
            pieces: signals(ruleset, "chess-piece")?,
            indices: signals(ruleset, "quantity-index")?,
            numeral_letters: signals(ruleset, "numeral-letter")?,
            numeral_tails: signals(ruleset, "numeral-tail")?,
            placeholders: signals(ruleset, "placeholder-letter")?,
            vowels: signals(ruleset, "vowel")?,
            longest_tail: 0,
        };
        for row in ruleset.records("units", Unit)? {
            let length = row.latin().chars().count();
            if lexis.units.len() <= length {
                lexis.units.resize_with(length + 1, Vec::new);
            }
            lexis.units[length]
                .push(UnitSymbols { latin: row.latin().into(), cyrillic: row.cyrillic().into() });
        }
        let tails = lexis.numeral_letters.iter().chain(&lexis.numeral_tails);
        lexis.longest_tail = tails.map(|tail| tail.len()).max().unwrap_or(0);
        for row in ruleset.records("words", ListedWord)? {
            lexis.add(folder, row.word().into());
            if row.group() == ANY_CASE {
                lexis.add(folder, folder.reshape(row.word(), Shape::Title).into());
                lexis.add(folder, folder.upper(row.word()).into());
            }
        }
        Ok(lexis)
    }

    fn add(&mut self, folder: &Folder, form: Box<str>) {
        if !self.exact.insert(form.clone()) {
            return;
        }
        let Some(script) = first_script(folder.classes(), &form) else { return };
        if scripts(folder.classes(), &form).all(|other| other == script) {
            self.listed.push(Listed { form, script });
        }
    }

    /// Whether the exact form is listed.
    pub fn is_listed(&self, text: &str) -> bool {
        self.exact.contains(text)
    }

    /// Listed words of one script that look like `text`, with their script; by strong rows only, if asked.
    pub fn alike(&self, folder: &Folder, folds: &Folds, text: &str, strong: bool) -> Vec<(&str, Script)> {
        let rows = self.by_skeleton[usize::from(strong)].get_or_init(|| {
            let mut rows: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
            for (number, one) in (0..).zip(&self.listed) {
                rows.entry(folds.skeleton(folder, &one.form, strong).into()).or_default().push(number);
            }
            rows
        });
        let Some(rows) = rows.get(&*folds.skeleton(folder, text, strong)) else { return Vec::new() };
        let rows = rows.iter().map(|&row| &self.listed[row as usize]);
        rows.filter(|one| &*one.form != text).map(|one| (&*one.form, one.script)).collect()
    }

    /// Whether a Latin form is an English word that consists of look-alike letters only.
    pub fn is_lookalike_word(&self, latin: &str) -> bool {
        self.lookalikes.contains(latin)
    }

    /// The established Latin form of a Cyrillic acronym or word.
    pub fn established(&self, text: &str) -> Option<&str> {
        self.glossary.get(text).map(|target| &**target)
    }

    /// Whether a chunk is a move in algebraic notation, with the initials of the pieces.
    pub fn is_chess_move(&self, text: &str) -> bool {
        let starts = self.pieces.iter().map(|piece| &**piece).chain([""]);
        let ends = || self.pieces.iter().map(|piece| &**piece).chain([""]);
        starts.filter_map(|piece| text.strip_prefix(piece)).any(|rest| {
            ends().filter_map(|piece| rest.strip_suffix(piece)).any(|squares| {
                let [before @ .., b'a'..=b'h', b'1'..=b'8'] = squares.as_bytes() else { return false };
                matches!(before, [] | [b'a'..=b'h' | b'1'..=b'8' | b'x'] | [b'a'..=b'h' | b'1'..=b'8', b'x'])
            })
        })
    }

    /// Whether a chunk is the Latin symbol of a quantity with the abbreviation of a word: Imax in Cyrillic.
    pub fn is_quantity(&self, text: &str) -> bool {
        text.strip_prefix(|first: char| first.is_ascii_uppercase())
            .is_some_and(|index| self.indices.contains(index))
    }

    /// Whether a chunk is a Cyrillic word and a letter to be filled in, where no ending has its twin.
    pub fn is_with_placeholder(&self, classes: &Classes, text: &str) -> bool {
        let is_last = |listed: &FxHashSet<Box<str>>, text: &str| {
            text.char_indices().next_back().is_some_and(|(at, _)| listed.contains(&text[at..]))
        };
        let word = &text[..text.char_indices().next_back().map_or(0, |(at, _)| at)];
        is_last(&self.placeholders, text)
            && !is_last(&self.vowels, word)
            && scripts(classes, word).count() > 2
            && scripts(classes, word).all(|script| script == Script::Cyrillic)
    }

    /// The only unit of whose two symbols a chunk is a mixture, letter for letter.
    ///
    /// A letter that looks like the symbol's leaves in doubt which unit is meant, so it counts too.
    pub fn unit(&self, folds: &Folds, text: &str) -> Option<&UnitSymbols> {
        let units = self.units.get(text.chars().count())?;
        let mut found = units.iter().filter(|unit| unit.is_mixed_in(folds, text, true));
        let (Some(unit), None) = (found.next(), found.next()) else { return None };
        unit.is_mixed_in(folds, text, false).then_some(unit)
    }

    /// Whether a Roman numeral in Latin letters is followed by a tail that numerals take.
    pub fn is_numeral_with_tail(&self, folder: &Folder, folds: &Folds, text: &str) -> bool {
        let is_near_end = |&(at, _): &(usize, char)| text.len() - at <= self.longest_tail;
        text.char_indices().rev().take_while(is_near_end).filter(|&(at, _)| at > 0).any(|(at, _)| {
            let (head, tail) = text.split_at(at);
            let is_long = head.chars().nth(1).is_some();
            let is_tail =
                self.numeral_letters.contains(tail) || (is_long && self.numeral_tails.contains(tail));
            let is_latin = || {
                let mut scripts = scripts(folder.classes(), head).peekable();
                scripts.peek().is_some() && scripts.all(|script| script == Script::Latin)
            };
            is_tail && is_latin() && folds.roman(folder, head).is_some_and(|roman| roman == head)
        })
    }
}

/// The texts of a signal.
fn signals(ruleset: &Ruleset, name: &str) -> Result<FxHashSet<Box<str>>, RulesetError> {
    let rows = ruleset.records("signals", Signal)?.filter(|row| row.signal() == name);
    Ok(rows.map(|row| row.text().into()).collect())
}
