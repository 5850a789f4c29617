//! What the judges of letters ask: everything that is known of letters and words, by reference.

use crate::engine::folds::Folds;
use crate::engine::languages::{LanguageId, LanguageNames, Languages};
use crate::engine::lexis::Lexis;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::text::{Class, Classes, Folder, properties};

/// The knowledge of letters and words that a ruleset gives. Immutable.
pub struct Letters {
    /// Look-alike letters.
    pub folds: Folds,
    /// Listed words.
    pub lexis: Lexis,
    /// Languages.
    pub languages: Languages,
}

impl Letters {
    /// Read out of a ruleset. Errors if it lacks a section.
    pub fn new(ruleset: &Ruleset) -> Result<Letters, RulesetError> {
        let names = LanguageNames::new(ruleset)?;
        let folds = Folds::new(ruleset, &names)?;
        let lexis = Lexis::new(ruleset)?;
        let languages = Languages::new(ruleset, names, &folds)?;
        Ok(Letters { folds, lexis, languages })
    }
}

/// What a judge may ask while it judges.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Case, composition and classes.
    pub folder: &'a Folder,
    /// Letters and words.
    pub letters: &'a Letters,
    /// Whether a word is a name of a place, whatever its case.
    pub is_place: &'a dyn Fn(&str) -> bool,
    /// A Cyrillic word by the profile's scheme for its language.
    pub romanize: &'a dyn Fn(&str, &[LanguageId]) -> String,
}

impl<'a> Asked<'a> {
    /// The classes of characters.
    #[inline]
    pub fn classes(self) -> &'a Classes {
        self.folder.classes()
    }
}

/// Python's `str.isdecimal` of one character; quick for letters.
#[inline]
pub fn is_decimal(classes: &Classes, char: char) -> bool {
    classes.of(char) == Class::Digit && properties::is_decimal(char)
}
