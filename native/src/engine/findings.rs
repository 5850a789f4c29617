//! Findings: what they are in the engine, and among themselves which claims more and goes before which.

use crate::engine::context::{Group, Surroundings};
use crate::engine::segment::Zone;

/// The rules, in the order of the ranks that findings of other kinds than names have among themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// `toponym-variant`
    ToponymVariant,
    /// `toponym-former`
    ToponymFormer,
    /// `toponym-ambiguous`
    ToponymAmbiguous,
    /// `mixed-script-word`
    MixedScriptWord,
    /// `stray-script-word`
    StrayScriptWord,
    /// `invisible-character`
    InvisibleCharacter,
    /// `bidi-control`
    BidiControl,
}

/// Every rule, by number.
pub const RULES: [Rule; 7] = [
    Rule::ToponymVariant,
    Rule::ToponymFormer,
    Rule::ToponymAmbiguous,
    Rule::MixedScriptWord,
    Rule::StrayScriptWord,
    Rule::InvisibleCharacter,
    Rule::BidiControl,
];

impl Rule {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Rule::ToponymVariant => "toponym-variant",
            Rule::ToponymFormer => "toponym-former",
            Rule::ToponymAmbiguous => "toponym-ambiguous",
            Rule::MixedScriptWord => "mixed-script-word",
            Rule::StrayScriptWord => "stray-script-word",
            Rule::InvisibleCharacter => "invisible-character",
            Rule::BidiControl => "bidi-control",
        }
    }

    fn rank(self) -> u8 {
        match self {
            Rule::MixedScriptWord => 1,
            Rule::ToponymAmbiguous => 2, // that a name is in doubt does not hide that it is misspelled
            Rule::StrayScriptWord => 3,
            Rule::InvisibleCharacter => 4,
            Rule::BidiControl => 5,
            _ => 0,
        }
    }
}

/// How far a finding's replacement may be trusted; the greater claims less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Applied by default.
    Safe,
    /// Applied on request.
    Unsafe,
    /// Only reported.
    None,
}

impl Applicability {
    /// The applicability of this name; `None` for any other.
    pub fn named(name: &str) -> Applicability {
        match name {
            "safe" => Applicability::Safe,
            "unsafe" => Applicability::Unsafe,
            _ => Applicability::None,
        }
    }

    /// The name that users see.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::None => "none",
        }
    }

    /// The least that a finding in a zone may claim.
    pub fn within(self, zone: Zone) -> Applicability {
        if zone == Zone::Report { self.max(Applicability::Unsafe) } else { self }
    }
}

/// Why a name was decided as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing to be said.
    None,
    /// "the text has named another place so"
    OtherPlace,
    /// "the text speaks of …": a cue group.
    SpeaksOf(Group),
    /// "nothing in the text tells"
    NothingTells,
    /// "more than one place fits"
    SeveralFit,
    /// What stands around the name; never in a message.
    Around(Surroundings),
}

/// What a message says; made into words only when it is shown (`engine::messages`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Invisible characters inside a word.
    Invisible(Vec<char>),
    /// A sign of direction that does not balance.
    Bidi(char),
    /// The message of a verdict's row (its string index in the ruleset), about these letters.
    Row {
        /// The template, with `{word}`, `{letters}` and `{repair}`.
        template: Box<str>,
        /// The letters that are named.
        letters: Vec<char>,
        /// What stands for `{repair}`; it need not be the finding's replacement.
        repair: Box<str>,
    },
    /// A name of a place.
    Name {
        /// Where the name begins (byte): after an abbreviation, if the finding begins with one.
        start: usize,
        /// The row of the place.
        place: u32,
        /// The row of the name.
        name: u32,
        /// The number of the way in which it is written.
        kind: u32,
        /// Letters that were repaired to read the name.
        odd: Vec<char>,
        /// Why.
        reason: Reason,
    },
    /// A name that may mean any of these places, by their rows.
    Ambiguous {
        /// The first few places.
        places: Vec<u32>,
        /// Why none of them was chosen.
        reason: Reason,
    },
}

/// One thing wrong with the text; positions are bytes of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What should stand there.
    pub replacement: Option<Box<str>>,
    /// How far that may be trusted.
    pub applicability: Applicability,
    /// Why.
    pub message: Message,
    /// The row of the place that was recognised.
    pub place: Option<u32>,
}

impl Finding {
    /// Whether it is applied by default.
    #[inline]
    pub fn is_safe(&self) -> bool {
        self.applicability == Applicability::Safe && self.replacement.is_some()
    }

    /// Make it claim no more than `level`.
    pub fn weaken(&mut self, level: Applicability) {
        self.applicability = self.applicability.max(level);
    }
}

/// Findings sorted, and where some overlap only the most telling: names before letters before marks.
pub fn disjoint(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.windows(2).all(|pair| pair[0].end <= pair[1].start) {
        return findings; // sorted and disjoint already, as most are
    }
    findings.sort_by_key(|one| one.start);
    let mut kept = Vec::with_capacity(findings.len());
    let mut near: Vec<Finding> = Vec::new(); // findings that overlap, one with the next
    let mut end = 0;
    for finding in findings {
        if finding.start >= end {
            keep_disjoint(&mut near, &mut kept);
        }
        end = end.max(finding.end);
        near.push(finding);
    }
    keep_disjoint(&mut near, &mut kept);
    kept
}

/// Of findings that overlap, moves the most telling to `kept`, in the order of the text.
fn keep_disjoint(near: &mut Vec<Finding>, kept: &mut Vec<Finding>) {
    if near.len() < 2 {
        kept.append(near);
        return;
    }
    let rank = |one: &Finding| if one.place.is_some() { 0 } else { one.rule.rank() };
    near.sort_by_key(|one| (rank(one), one.start, std::cmp::Reverse(one.end)));
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let first = kept.len();
    kept.extend(near.drain(..).filter(|one| {
        let free_before = taken.range(..=one.start).next_back().is_none_or(|(_, &end)| end <= one.start);
        let free_after = taken.range(one.start..).next().is_none_or(|(&start, _)| one.end <= start);
        let free = free_before && free_after;
        if free {
            taken.insert(one.start, one.end);
        }
        free
    }));
    kept[first..].sort_by_key(|one| one.start);
}
