//! Interpreting a decision table: the first row whose conditions all hold decides.
//!
//! Conditions are compiled once: a feature by its number, its allowed values as a set of bits. A row that
//! asks for an unknown feature, or for values that no feature has, never fits and is left out.

use crate::engine::findings::Applicability;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::Verdict;
use crate::text::{Script, Shape};

/// The values that features have; their names are those of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)] // they are named below
pub enum Value {
    True,
    False,
    None,
    Latin,
    Cyrillic,
    Greek,
    Letter,
    Both,
    Case,
    Suffix,
    Plain,
    Tie,
    One,
    Few,
    Many,
    Inside,
    Hyphen,
    Lower,
    Upper,
    Title,
    Mixed,
    Native,
    Official,
    Lookalike,
    Tail,
}

const NAMES: [&str; 25] = [
    "true",
    "false",
    "none",
    "latin",
    "cyrillic",
    "greek",
    "letter",
    "both",
    "case",
    "suffix",
    "plain",
    "tie",
    "1",
    "2-3",
    "4+",
    "inside",
    "hyphen",
    "lower",
    "upper",
    "title",
    "mixed",
    "native",
    "official",
    "lookalike",
    "tail",
];

impl Value {
    /// The name that tables and explanations use.
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// A number of letters.
    pub fn length(letters: usize) -> Value {
        match letters {
            1 => Value::One,
            0 | 2 | 3 => Value::Few,
            _ => Value::Many,
        }
    }

    /// Latin or Cyrillic, `None` for anything else.
    pub fn of_two(script: Option<Script>) -> Value {
        match script {
            Some(Script::Latin) => Value::Latin,
            Some(Script::Cyrillic) => Value::Cyrillic,
            _ => Value::None,
        }
    }

    /// Which of Latin and Cyrillic are there.
    pub fn which(latin: bool, cyrillic: bool) -> Value {
        match (latin, cyrillic) {
            (true, true) => Value::Both,
            (true, false) => Value::Latin,
            (false, true) => Value::Cyrillic,
            (false, false) => Value::None,
        }
    }
}

impl From<bool> for Value {
    fn from(is: bool) -> Value {
        if is { Value::True } else { Value::False }
    }
}

impl From<Script> for Value {
    fn from(script: Script) -> Value {
        match script {
            Script::Latin => Value::Latin,
            Script::Cyrillic => Value::Cyrillic,
            Script::Greek => Value::Greek,
            Script::Letter => Value::Letter,
        }
    }
}

impl From<Shape> for Value {
    fn from(shape: Shape) -> Value {
        match shape {
            Shape::Lower => Value::Lower,
            Shape::Upper => Value::Upper,
            Shape::Title => Value::Title,
            Shape::Mixed => Value::Mixed,
        }
    }
}

/// What a table decides by one of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The id of the row.
    pub id: Box<str>,
    /// The verdict; `fine` is that nothing is to be said.
    pub verdict: Box<str>,
    /// The repair that is to be tried.
    pub repair: Box<str>,
    /// How far the repair may be trusted.
    pub applicability: Applicability,
    /// The template of the message.
    pub message: Box<str>,
}

impl Row {
    /// Whether nothing is to be said.
    pub fn is_fine(&self) -> bool {
        &*self.verdict == "fine"
    }
}

struct Condition {
    feature: u8,
    values: u32,
}

/// An ordered decision table over features of these numbers.
pub struct Table {
    rows: Vec<(Vec<Condition>, Row)>,
    fine: Row,
}

impl Table {
    /// The table of a section; `features` are the names of the features that are computed, by number.
    /// Errors if the ruleset has no such section.
    pub fn new(ruleset: &Ruleset, section: &str, features: &[&str]) -> Result<Table, RulesetError> {
        let mut rows = Vec::new();
        for row in ruleset.records(section, Verdict)? {
            let conditions: Option<Vec<Condition>> =
                row.when().map(|condition| Condition::new(condition, features)).collect();
            if let Some(conditions) = conditions {
                rows.push((
                    conditions,
                    Row {
                        id: row.id().into(),
                        verdict: row.verdict().into(),
                        repair: row.repair().into(),
                        applicability: Applicability::named(row.applicability()),
                        message: row.message().into(),
                    },
                ));
            }
        }
        let fine = Row {
            id: "no-row".into(),
            verdict: "fine".into(),
            repair: "none".into(),
            applicability: Applicability::None,
            message: "".into(),
        };
        Ok(Table { rows, fine })
    }

    /// The first row that fits, or None. `find` computes a feature; it is called once for each at most.
    pub fn decide(&self, find: impl FnMut(usize) -> Value) -> Option<&Row> {
        let mut known = NOTHING_KNOWN;
        self.decide_by(&mut known, find)
    }

    /// The same by features of which some are known already; those that `find` computes are added.
    pub fn decide_by(&self, known: &mut Known, mut find: impl FnMut(usize) -> Value) -> Option<&Row> {
        let mut holds = |condition: &Condition| {
            let feature = condition.feature as usize;
            let value = *known[feature].get_or_insert_with(|| find(feature));
            condition.values >> value as u8 & 1 != 0
        };
        self.rows.iter().find(|(conditions, _)| conditions.iter().all(&mut holds)).map(|(_, row)| row)
    }

    /// Whether the first row that fits may say anything, where only some features are known.
    pub fn may_tell(&self, known: &Known) -> bool {
        for (conditions, row) in &self.rows {
            let holds = |condition: &Condition| {
                known[condition.feature as usize].map(|value| condition.values >> value as u8 & 1 != 0)
            };
            if conditions.iter().any(|condition| holds(condition) == Some(false)) {
                continue;
            }
            if !row.is_fine() {
                return true;
            }
            if conditions.iter().all(|condition| holds(condition) == Some(true)) {
                return false;
            }
        }
        false
    }

    /// What stands for a row where none fits: nothing is to be said.
    pub fn fine(&self) -> &Row {
        &self.fine
    }
}

/// So many features a table may know.
const MOST_FEATURES: usize = 40;
/// Features by number, as far as they were asked for.
pub type Known = [Option<Value>; MOST_FEATURES];
/// Before any was asked for.
pub const NOTHING_KNOWN: Known = [None; MOST_FEATURES];

impl Condition {
    /// `feature=value|value`; None if it can never hold.
    fn new(condition: &str, features: &[&str]) -> Option<Condition> {
        let (feature, values) = condition.split_once('=').unwrap_or((condition, ""));
        let feature = features.iter().take(MOST_FEATURES).position(|name| *name == feature)? as u8;
        let number = |value: &str| NAMES.iter().position(|name| *name == value);
        let values = values.split('|').filter_map(number).fold(0, |bits, value| bits | 1 << value);
        (values != 0).then_some(Condition { feature, values })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_go_together() {
        assert_eq!(NAMES[Value::Lookalike as usize], "lookalike");
        assert_eq!(Value::length(2).name(), "2-3");
        assert_eq!(Value::of_two(Some(Script::Greek)).name(), "none");
        assert_eq!(Value::which(true, true).name(), "both");
    }

    #[test]
    fn conditions_that_never_hold_are_told_at_once() {
        let features = ["seam", "listed"];
        let condition = Condition::new("listed=true|odd|none", &features).unwrap();
        assert_eq!((condition.feature, condition.values), (1, 0b101));
        for never in ["unknown=true", "seam=nonsense", "seam", "seam="] {
            assert!(Condition::new(never, &features).is_none());
        }
    }
}
