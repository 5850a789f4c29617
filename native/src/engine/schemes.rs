//! The transliteration schemes of a ruleset, each made ready when it is first asked for.

use std::sync::OnceLock;

use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::{SchemeHead, SchemeRule};
use crate::scheme::{CaseTable, Rule, SchemeRules, Transliterator};

/// One scheme: its id, and both directions of it.
struct Scheme {
    id: Box<str>,
    forward: OnceLock<Transliterator>,
    backward: OnceLock<Option<Transliterator>>,
}

/// All schemes, in the order of the ruleset.
pub struct Schemes {
    schemes: Vec<Scheme>,
    case: CaseTable,
}

impl Schemes {
    /// The schemes of a ruleset; their rules are not read yet. Errors if it lacks a section.
    pub fn new(ruleset: &Ruleset) -> Result<Schemes, RulesetError> {
        ruleset.container.section("scheme.rules")?;
        let scheme = |head: SchemeHead| Scheme {
            id: head.id().into(),
            forward: OnceLock::new(),
            backward: OnceLock::new(),
        };
        Ok(Schemes {
            schemes: ruleset.records("schemes", SchemeHead)?.map(scheme).collect(),
            case: CaseTable::from_pairs(ruleset.case_pairs()?, ruleset.compositions()?),
        })
    }

    /// The number of a scheme by its id.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.schemes.iter().position(|scheme| &*scheme.id == id)
    }

    /// From the scheme's own script to Latin.
    pub fn forward(&self, ruleset: &Ruleset, number: usize) -> &Transliterator {
        let make = || Transliterator::forward(&rules(ruleset, number), &self.case);
        self.schemes[number].forward.get_or_init(make)
    }

    /// From Latin back; None where the scheme has no way back.
    pub fn backward(&self, ruleset: &Ruleset, number: usize) -> Option<&Transliterator> {
        let make = || Transliterator::backward(&rules(ruleset, number), &self.case).ok();
        self.schemes[number].backward.get_or_init(make).as_ref()
    }
}

/// The rules of scheme `number`, read out.
fn rules(ruleset: &Ruleset, number: usize) -> SchemeRules {
    let mut found = SchemeRules::default();
    if let Some(head) = ruleset.records("schemes", SchemeHead).ok().and_then(|mut heads| heads.nth(number)) {
        found.id = head.id().to_owned();
        found.apostrophe = head.apostrophe().to_owned();
        found.stress = head.stress().to_owned();
        found.dotted = head.dotted();
        found.typed = head.typed().map(str::to_owned).collect();
    }
    let Ok(rows) = ruleset.records("scheme.rules", SchemeRule) else { return found };
    for row in rows.filter(|row| row.scheme() as usize == number) {
        let (source, target) = (row.source().to_owned(), row.target().to_owned());
        if row.whole() {
            let words = if row.backward() { &mut found.reverse_words } else { &mut found.words };
            words.push((source, target));
            continue;
        }
        let rules = if row.backward() { &mut found.reverse } else { &mut found.forward };
        rules.push(Rule {
            source,
            target,
            left: row.left().map(str::to_owned).collect(),
            right: row.right().map(str::to_owned).collect(),
            left_edge: row.left_edge(),
            right_edge: row.right_edge(),
        });
    }
    found
}
