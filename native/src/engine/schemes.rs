//! The transliteration schemes of a ruleset, each made ready when it is first asked for.

use std::sync::OnceLock;

use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::{SchemeHead, SchemeRule};
use crate::scheme::{CaseTable, Rule, STYLE_MARK, STYLES, SchemeRules, Transliterator};

/// One scheme: its id, and both directions of it.
struct Scheme {
    id: Box<str>,
    forward: OnceLock<Transliterator>,
    backward: OnceLock<Option<Transliterator>>,
    /// Forward in each style of apostrophes and primes.
    styled: [OnceLock<Box<Transliterator>>; STYLES.len()],
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
            styled: Default::default(),
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

    /// The same for `ID@STYLE`, with apostrophes and primes in that style; None if either is unknown.
    pub fn styled(&self, ruleset: &Ruleset, name: &str) -> Option<&Transliterator> {
        let (id, style) = name.split_once(STYLE_MARK)?;
        let number = self.number(id)?;
        let place = STYLES.iter().position(|one| one.name == style)?;
        let rules = || STYLES[place].of(rules(ruleset, number));
        let make = || Box::new(Transliterator::forward(&rules(), &self.case));
        Some(self.schemes[number].styled[place].get_or_init(make))
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
