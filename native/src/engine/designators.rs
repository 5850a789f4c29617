//! Designators: letters beside digits in names of weapons, vehicles, aircraft, roads.
//!
//! The letters have an official form in the other script, which need not look alike. A row with digits is
//! one model and goes before the rows of letters alone.

use rustc_hash::FxHashMap;

use crate::engine::folds::{Folds, Tiers};
use crate::engine::letters::is_decimal;
use crate::engine::verdicts::Value;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::Designator;
use crate::text::{Folder, Script};

/// The kind whose letters stand between digits: 9M133.
const INDEX: &str = "index";

/// How a designator is written, and its right letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designation {
    /// `Native`, `Official` or `Lookalike`.
    pub form: Value,
    /// The letters that should stand there.
    pub repair: String,
}

/// The designators of one script.
#[derive(Default)]
struct Known {
    /// Letters by models, without hyphens.
    models: FxHashMap<String, String>,
    /// By letters: those that stand before digits, and those between digits.
    letters: [FxHashMap<Box<str>, Box<str>>; 2],
}

/// The designators of a ruleset by script, by model and by letters.
pub struct Designators {
    by_script: [Known; 2],
}

impl Designators {
    /// The designators of a ruleset. Errors if it has no such section.
    pub fn new(ruleset: &Ruleset) -> Result<Designators, RulesetError> {
        let classes = ruleset.folder.classes();
        let letters = |cell: &str| cell.chars().filter(|&char| classes.is_letter(char)).collect::<String>();
        let mut by_script: [Known; 2] = Default::default();
        for row in ruleset.records("designators", Designator)? {
            let cyrillic = if row.cyrillic().is_empty() { row.native_uk() } else { row.cyrillic() };
            for (script, cell, other) in [
                (Script::Cyrillic, row.cyrillic(), row.latin()),
                (Script::Cyrillic, row.native_uk(), row.latin()),
                (Script::Latin, row.latin(), cyrillic),
            ] {
                if cell.is_empty() {
                    continue;
                }
                let known = &mut by_script[script as usize];
                if cell.chars().any(|char| is_decimal(classes, char)) {
                    let right = Some(letters(other)).filter(|right| !right.is_empty());
                    known
                        .models
                        .entry(cell.replace('-', ""))
                        .or_insert_with(|| right.unwrap_or_else(|| letters(cell)));
                } else {
                    let right = if other.is_empty() { cell } else { other };
                    let table = &mut known.letters[usize::from(row.kind() == INDEX)];
                    table.entry(cell.into()).or_insert_with(|| right.into());
                }
            }
        }
        Ok(Designators { by_script })
    }

    /// What letters of `script` (Latin or Cyrillic) beside digits are; None where no designator is written
    /// or looks so.
    ///
    /// `number` is the digits that follow; `between` tells that digits also stand before.
    pub fn of(
        &self,
        folder: &Folder,
        folds: &Folds,
        letters: &str,
        script: Script,
        number: &str,
        between: bool,
    ) -> Option<Designation> {
        let own = if script == Script::Cyrillic { Value::Native } else { Value::Official };
        let (known, others) = (&self.by_script[script as usize], &self.by_script[script.other() as usize]);
        let twin = folds.fold(folder, letters, script.other(), &[], Tiers::STRONG).unwrap_or_default();
        if let Some(right) = known.models.get(&format!("{letters}{number}")) {
            return Some(Designation { form: own, repair: right.clone() });
        }
        if !twin.is_empty() && others.models.contains_key(&format!("{twin}{number}")) {
            return Some(Designation { form: Value::Lookalike, repair: twin });
        }
        if number.is_empty() && !between {
            return None;
        }
        if let Some(right) = known.letters[usize::from(between)].get(letters) {
            return Some(Designation { form: own, repair: right.to_string() });
        }
        let is_twin = others.letters[usize::from(between)].contains_key(&*twin);
        is_twin.then_some(Designation { form: Value::Lookalike, repair: twin })
    }
}
