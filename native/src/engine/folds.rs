//! Replacing look-alike letters: what a word reads as if all its letters were of one script.
//!
//! The letter facts are directed rows `from -> to` of a tier; `strong` and `accent` rows may repair any
//! word, `weak` and `ocr` rows only lead to a word that is listed.

use rustc_hash::FxHashMap;

use crate::engine::languages::{LanguageId, LanguageNames};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::Lookalike;
use crate::text::{Classes, Folder, Script};

/// Tiers of rows, as a set of bits; a lower bit goes before a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tiers(u8);

impl Tiers {
    /// Letters that look the same.
    pub const STRONG: Tiers = Tiers(1);
    /// Letters with an accent, for a letter and its stress mark.
    pub const ACCENT: Tiers = Tiers(2);
    /// Letters that look alike in some typefaces.
    pub const WEAK: Tiers = Tiers(4);
    /// Letters that are taken for each other when print is read.
    pub const OCR: Tiers = Tiers(8);
    /// Letters that are the same byte in different code pages.
    pub const CODEPAGE: Tiers = Tiers(16);
    /// Letters that are the same key on different keyboards.
    pub const KEYBOARD: Tiers = Tiers(32);
    /// What may repair any word.
    pub const REPAIRING: Tiers = Tiers(Self::STRONG.0 | Self::ACCENT.0);
    /// What may lead to a listed word.
    pub const MISREADING: Tiers = Tiers(Self::REPAIRING.0 | Self::WEAK.0 | Self::OCR.0);

    fn named(name: &str) -> Option<Tiers> {
        Some(match name {
            "strong" => Tiers::STRONG,
            "accent" => Tiers::ACCENT,
            "weak" => Tiers::WEAK,
            "ocr" => Tiers::OCR,
            "codepage" => Tiers::CODEPAGE,
            "keyboard" => Tiers::KEYBOARD,
            _ => return None,
        })
    }

    fn holds(self, tier: Tiers) -> bool {
        self.0 & tier.0 != 0
    }
}

/// What a letter was meant as, by one row.
struct Meant {
    target: Box<str>,
    tier: Tiers,
    languages: Box<[LanguageId]>,
    /// Whether the row is bound to languages, of which the ruleset need not know any.
    is_bound: bool,
}

/// Folding words into one script by a ruleset's look-alike rows.
pub struct Folds {
    /// By target script (Latin, Cyrillic, Greek), the rows of a letter in the order in which they serve.
    rows: [FxHashMap<char, Vec<Meant>>; 3],
    skeleton: FxHashMap<char, Box<str>>,
    strong_skeleton: FxHashMap<char, Box<str>>,
}

impl Folds {
    /// The look-alike rows of a ruleset. Errors if it has no such section.
    pub fn new(ruleset: &Ruleset, names: &LanguageNames) -> Result<Folds, RulesetError> {
        let mut folds = Folds {
            rows: Default::default(),
            skeleton: FxHashMap::default(),
            strong_skeleton: FxHashMap::default(),
        };
        for row in ruleset.records("lookalikes", Lookalike)? {
            let first = row.target().chars().next();
            let target = match first.and_then(|char| ruleset.classes.script(char)) {
                None | Some(Script::Letter) => continue,
                Some(script) => script,
            };
            let mut source = row.source().chars();
            let (Some(source), None) = (source.next(), source.next()) else { continue };
            let Some(tier) = Tiers::named(row.tier()) else { continue };
            if target == Script::Latin && row.languages().len() == 0 {
                if tier == Tiers::STRONG {
                    folds.strong_skeleton.insert(source, row.target().into());
                    folds.skeleton.insert(source, row.target().into());
                } else if tier == Tiers::WEAK || tier == Tiers::OCR {
                    folds.skeleton.entry(source).or_insert_with(|| row.target().into());
                }
            }
            folds.rows[target as usize].entry(source).or_default().push(Meant {
                target: row.target().into(),
                tier,
                languages: row.languages().filter_map(|name| names.id(name)).collect(),
                is_bound: row.languages().len() > 0,
            });
        }
        for rows in folds.rows.iter_mut().flat_map(FxHashMap::values_mut) {
            rows.sort_by_key(|row| (!row.is_bound, row.tier));
        }
        Ok(folds)
    }

    /// The letters of a word that are not of `script`, each once.
    pub fn strangers(&self, folder: &Folder, text: &str, script: Script) -> Vec<char> {
        let mut found = Vec::new();
        for char in folder.compose(text).chars() {
            if folder.classes().script(char).is_some_and(|own| own != script) && !found.contains(&char) {
                found.push(char);
            }
        }
        found
    }

    /// The word with every letter of another script replaced, or None where one has no counterpart.
    ///
    /// Invisible characters are dropped and decomposed letters composed. A row that is bound to
    /// languages serves only if `languages` holds one of them, and then comes first.
    pub fn fold(
        &self,
        folder: &Folder,
        text: &str,
        script: Script,
        languages: &[LanguageId],
        tiers: Tiers,
    ) -> Option<String> {
        let visible = folder.visible(text);
        let mut out = String::with_capacity(text.len() + 2);
        for char in folder.compose(&visible).chars() {
            match folder.classes().script(char) {
                Some(own) if own != script => out.push_str(self.letter(char, script, languages, tiers)?),
                _ => out.push(char),
            }
        }
        Some(match folder.compose(&out) {
            std::borrow::Cow::Owned(composed) => composed,
            std::borrow::Cow::Borrowed(_) => out,
        })
    }

    /// What one letter was meant as in `script`, or None.
    pub fn letter(&self, char: char, script: Script, languages: &[LanguageId], tiers: Tiers) -> Option<&str> {
        let serves = |row: &&Meant| {
            tiers.holds(row.tier)
                && (!row.is_bound || row.languages.iter().any(|one| languages.contains(one)))
        };
        let rows = self.rows.get(script as usize)?.get(&char)?;
        rows.iter().find(serves).map(|row| &*row.target)
    }

    /// What words that look alike share, weak and misread letters included unless `strong`.
    ///
    /// For comparing only: nothing is ever repaired to a skeleton.
    pub fn skeleton(&self, folder: &Folder, text: &str, strong: bool) -> String {
        let table = if strong { &self.strong_skeleton } else { &self.skeleton };
        let visible = folder.visible(text);
        let mut out = String::with_capacity(text.len());
        for char in folder.compose(&visible).chars() {
            match table.get(&char) {
                Some(target) => out.push_str(target),
                None => out.push(char),
            }
        }
        out
    }

    /// The Latin letters of a Roman numeral, if the word is one in whatever script.
    pub fn roman(&self, folder: &Folder, text: &str) -> Option<String> {
        self.fold(folder, text, Script::Latin, &[], Tiers::REPAIRING).filter(|latin| is_roman(latin))
    }
}

/// Whether a text is a Roman numeral from I to MMMCMXCIX, in Latin capitals.
pub fn is_roman(text: &str) -> bool {
    let all = text.as_bytes();
    let mut rest = all;
    strip_up_to_three(&mut rest, b'M');
    for [one, five, ten] in [*b"CDM", *b"XLC", *b"IVX"] {
        if let [a, b, tail @ ..] = rest
            && *a == one
            && (*b == five || *b == ten)
        {
            rest = tail;
            continue;
        }
        rest = rest.strip_prefix(&[five]).unwrap_or(rest);
        strip_up_to_three(&mut rest, one);
    }
    rest.is_empty() && !all.is_empty()
}

fn strip_up_to_three(rest: &mut &[u8], sign: u8) {
    for _ in 0..3 {
        *rest = rest.strip_prefix(&[sign]).unwrap_or(rest);
    }
}

/// Lengths of the runs of letters of one script: `[(Cyrillic, 6), (Latin, 4)]`.
pub fn runs(scripts: &[Script]) -> Vec<(Script, usize)> {
    scripts.chunk_by(|one, other| one == other).map(|run| (run[0], run.len())).collect()
}

/// The script of each letter, in order; marks, digits and the rest are left out.
pub fn scripts<'t>(classes: &'t Classes, text: &'t str) -> impl Iterator<Item = Script> + 't {
    text.chars().filter_map(|char| classes.script(char))
}

/// The script of the first letter.
pub fn first_script(classes: &Classes, text: &str) -> Option<Script> {
    scripts(classes, text).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A numeral the plain way, to hold the parser to.
    fn numeral(mut number: u32) -> String {
        const SIGNS: [(u32, &str); 13] = [
            (1000, "M"),
            (900, "CM"),
            (500, "D"),
            (400, "CD"),
            (100, "C"),
            (90, "XC"),
            (50, "L"),
            (40, "XL"),
            (10, "X"),
            (9, "IX"),
            (5, "V"),
            (4, "IV"),
            (1, "I"),
        ];
        let mut out = String::new();
        for (value, sign) in SIGNS {
            while number >= value {
                out.push_str(sign);
                number -= value;
            }
        }
        out
    }

    #[test]
    fn every_string_of_signs_is_a_numeral_or_none() {
        let numerals: std::collections::HashSet<String> = (1..4000).map(numeral).collect();
        assert!(numerals.iter().all(|one| is_roman(one)));
        let mut words = vec![String::new()];
        for _ in 0..5 {
            words = words
                .iter()
                .flat_map(|word| "IVXLCDMa".chars().map(move |sign| format!("{word}{sign}")))
                .collect();
            assert!(words.iter().all(|word| is_roman(word) == numerals.contains(word)));
        }
        assert!(!is_roman(""));
    }

    #[test]
    fn runs_are_counted_by_script() {
        use Script::{Cyrillic, Latin};
        assert_eq!(runs(&[Latin, Latin, Cyrillic, Latin]), [(Latin, 2), (Cyrillic, 1), (Latin, 1)]);
        assert_eq!(runs(&[]), []);
    }
}
