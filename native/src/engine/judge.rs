//! Whether a name means a place, and which: the rows of `judgements`, cues, frames and other names.
//!
//! Evidence only grows: a name that is believed because of its own cue is itself evidence for the names
//! beside it, so decisions are repeated until nothing changes.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::engine::context::{CueFinder, Group, Needed, Surroundings};
use crate::engine::evidence::{Evidence, Homes, WELL_KNOWN};
use crate::engine::findings::Reason;
use crate::engine::frames::Effect;
use crate::engine::hints::{WordBits, hash_of_key};
use crate::engine::names::{CANONICAL, NATIVE, Reading, Readings};
use crate::engine::phrases::Phrase;
use crate::errors::RulesetError;
use crate::ruleset::records::Judgement;
use crate::ruleset::{Container, Lexicon, Ruleset};

/// The cue group of general evidence.
const HOME: &str = "ukraine";
/// What a key begins with that judges all names of a place; then the place's id follows.
const OF_PLACE: &str = "* ";
const HOME_COUNTRY: &str = "UA";
/// Cue groups of parts of the country, named as the places are, begin so.
const OBLAST: &str = "oblast-";
/// Letters up to which a spelling of a little known place is not believed without a cue.
const SHORT_NAME: usize = 7;
/// How much more prominent a place must be to be meant where nothing else decides.
const DOMINANCE: i64 = 30;

/// What was decided of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It means a place.
    Place,
    /// Nothing tells.
    Undecided,
    /// It does not mean the place.
    Other,
}

/// A name in the text with all its readings, and what was decided of it.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// The number of its paragraph.
    pub paragraph: u32,
    /// Where it stands.
    pub phrase: Phrase,
    /// What it can mean.
    pub readings: Readings<'a>,
    /// What stands around it.
    pub surroundings: Option<Surroundings>,
    /// What was decided.
    pub verdict: Verdict,
    /// The reading that was chosen, by its index.
    pub chosen: Option<u32>,
    /// Why.
    pub reason: Reason,
    key: SmallVec<[u8; 24]>,
    /// The row that judges each reading.
    rows: SmallVec<[RowOf; 2]>,
    settled: bool,
}

impl<'a> Candidate<'a> {
    /// An undecided name, whose comparison key is `key`.
    pub fn new(
        ruleset: &Ruleset,
        judge: &Judge,
        paragraph: u32,
        phrase: Phrase,
        readings: Readings<'a>,
        key: &str,
    ) -> Candidate<'a> {
        let rows = judge.rows(ruleset, key, &readings);
        Candidate {
            paragraph,
            phrase,
            readings,
            surroundings: None,
            verdict: Verdict::Undecided,
            chosen: None,
            reason: Reason::None,
            key: SmallVec::from_slice(key.as_bytes()),
            rows,
            settled: false,
        }
    }

    /// The reading that was chosen.
    pub fn chosen(&self) -> Option<&Reading<'a>> {
        self.readings.get(self.chosen? as usize)
    }

    /// What follows from what stands around it.
    pub fn effect(&self) -> Option<Effect> {
        self.surroundings.map(|around| around.effect)
    }

    /// Whether what has the key of this name may be written right, by one reading of it.
    pub fn may_be_right(&self, ruleset: &Ruleset, reading: &Reading<'_>) -> bool {
        let name = ruleset.name(reading.name);
        let letters = |key: &mut dyn Iterator<Item = char>| -> String {
            key.filter(|char| !matches!(char, ' ' | '-')).collect()
        };
        let words: String = name.words().collect();
        let key = std::str::from_utf8(&self.key).unwrap_or("");
        ruleset.place(reading.place).is_kept()
            || name.keep() != 0
            || letters(&mut ruleset.folder.key(&words).chars()) == letters(&mut key.chars())
    }

    /// Decide that it is a common word and no name at all.
    pub fn dismiss(&mut self) {
        self.verdict = Verdict::Other;
        self.settled = true;
        self.readings.clear();
        self.rows.clear();
    }

    /// Whether the document's cues can change what is decided of it.
    pub fn needs_cues(&self, ruleset: &Ruleset) -> bool {
        let ids = |reading: &Reading| ruleset.place(reading.place).id();
        self.rows.iter().any(|&row| row != RowOf::Always)
            || self
                .readings
                .windows(2)
                .any(|two| two[0].place != two[1].place && ids(&two[0]) != ids(&two[1]))
    }

    /// Whether nothing but a rule of thumb speaks of it: then doubts are not worth a word.
    pub fn is_unheard(&self) -> bool {
        self.rows.iter().all(|&row| row == RowOf::Unheard)
    }

    /// Whether some row says that the name is not always a place.
    pub fn is_doubtful(&self, judge: &Judge) -> bool {
        self.rows.iter().any(|&row| judge.row(row).behaviour != Behaviour::Always)
    }
}

/// Which row judges a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowOf {
    /// No row does.
    Always,
    /// None does, and the spelling is short and of a little known place.
    Unheard,
    /// The row of this number.
    Listed(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behaviour {
    Always,
    Unless,
    Only,
}

/// A judgement, with its cues by group; a cue that no phrase has is left out, for it is never found.
struct Rule {
    /// The row of the place plus one; 0 for any.
    place: u32,
    behaviour: Behaviour,
    cues: Vec<Group>,
    counter_cues: Vec<Group>,
}

impl Rule {
    const fn unlisted(behaviour: Behaviour) -> Rule {
        Rule { place: 0, behaviour, cues: Vec::new(), counter_cues: Vec::new() }
    }
}

/// Decides names by the judgements of a ruleset.
pub struct Judge {
    rules: Vec<Rule>,
    judged: Lexicon,
    /// A filter of the judged names, made when the first name is judged.
    judged_bits: OnceLock<WordBits>,
    /// The row that judges all names of a place, by the place's id.
    of_places: FxHashMap<Box<str>, u32>,
    groups: usize,
    home: Vec<Group>,
}

impl Judge {
    /// By the judgements of a ruleset and the groups of its cues.
    pub fn new(ruleset: &Ruleset, cues: &CueFinder) -> Result<Judge, RulesetError> {
        let groups =
            |names: &mut dyn Iterator<Item = &str>| names.filter_map(|name| cues.group(name)).collect();
        let rules: Vec<Rule> = ruleset
            .records("judgements", Judgement)?
            .map(|row| Rule {
                place: row.place(),
                behaviour: match row.behaviour() {
                    "always" => Behaviour::Always,
                    "only" => Behaviour::Only,
                    _ => Behaviour::Unless,
                },
                cues: groups(&mut row.cues()),
                counter_cues: groups(&mut row.counter_cues()),
            })
            .collect();
        let judged = Lexicon::open(&ruleset.container, "judged")?;
        let of_place = |row: Judgement<'_>| {
            let first = judged.whole(&ruleset.container, row.key()).next()?;
            Some((row.key().strip_prefix(OF_PLACE)?.into(), first))
        };
        let of_places =
            ruleset.records("judgements", Judgement)?.filter(|row| row.key().starts_with(OF_PLACE));
        let of_places =
            of_places.filter_map(of_place).filter(|(_, row)| (*row as usize) < rules.len()).collect();
        let home = cues.names().iter().enumerate();
        let home = home.filter(|(_, name)| &***name == HOME || name.starts_with(OBLAST));
        let home = home.map(|(number, _)| Group(number as u32)).collect();
        Ok(Judge { rules, judged, judged_bits: OnceLock::new(), of_places, groups: cues.names().len(), home })
    }

    /// The row that judges each reading of a name. Readings of one place share the row of the first.
    fn rows(&self, ruleset: &Ruleset, key: &str, readings: &[Reading<'_>]) -> SmallVec<[RowOf; 2]> {
        let judged = self.judged_bits.get_or_init(|| bits_of(&self.judged, &ruleset.container));
        let mut of_key: SmallVec<[u32; 4]> = SmallVec::new();
        if judged.may_have(Some(hash_of_key(key.as_bytes()))) {
            of_key.extend(self.judged.whole(&ruleset.container, key));
        }
        let mut is_short = None;
        let mut known: SmallVec<[RowOf; 2]> = SmallVec::new();
        let mut places: FxHashMap<u32, RowOf> = FxHashMap::default();
        for (index, reading) in readings.iter().enumerate() {
            let same = match index {
                0..16 => {
                    readings[..index].iter().position(|one| one.place == reading.place).map(|at| known[at])
                }
                _ => places.get(&reading.place).copied(),
            };
            let row = same.unwrap_or_else(|| {
                let is_of =
                    |row: u32, place| self.rules.get(row as usize).is_some_and(|rule| rule.place == place);
                let of = |place: u32| of_key.iter().copied().find(|&row| is_of(row, place));
                if let Some(row) = of(reading.place + 1).or_else(|| of(0)) {
                    return RowOf::Listed(row);
                }
                if reading.kind == CANONICAL {
                    return RowOf::Always;
                }
                if let Some(&row) = self.of_places.get(ruleset.place(reading.place).id()) {
                    return RowOf::Listed(row);
                }
                if reading.kind == NATIVE && !ruleset.place(reading.place).language().is_empty() {
                    return RowOf::Always; // of a place abroad: in texts only where it is no word
                }
                let is_short = *is_short
                    .get_or_insert_with(|| !key.contains(' ') && key.chars().nth(SHORT_NAME).is_none());
                if is_short && reading.prominence < WELL_KNOWN { RowOf::Unheard } else { RowOf::Always }
            });
            known.push(row);
            if readings.len() > 16 {
                places.entry(reading.place).or_insert(row);
            }
        }
        known
    }

    fn row(&self, row: RowOf) -> &Rule {
        static ALWAYS: Rule = Rule::unlisted(Behaviour::Always);
        static UNHEARD: Rule = Rule::unlisted(Behaviour::Only);
        match row {
            RowOf::Always => &ALWAYS,
            RowOf::Unheard => &UNHEARD,
            RowOf::Listed(row) => &self.rules[row as usize],
        }
    }

    /// No evidence yet.
    pub fn no_evidence(&self) -> Evidence {
        Evidence::new(self.groups, &self.home)
    }

    /// The cue groups that can change what is decided of some names.
    pub fn needed(&self, ruleset: &Ruleset, cues: &CueFinder, candidates: &[Candidate<'_>]) -> Needed {
        let needed = Needed::none_of(self.groups);
        let mut asks_for_home = false;
        for candidate in candidates.iter().filter(|one| !one.settled) {
            for (reading, &row) in candidate.readings.iter().zip(&candidate.rows) {
                let row = self.row(row);
                row.cues.iter().chain(&row.counter_cues).for_each(|&group| needed.add(group));
                cues.group(ruleset.place(reading.place).part_of())
                    .into_iter()
                    .for_each(|one| needed.add(one));
                asks_for_home |= row.behaviour == Behaviour::Only;
            }
        }
        if asks_for_home {
            self.home.iter().for_each(|&group| needed.add(group));
        }
        needed
    }

    /// Decide some names of a document, given its cues; false if other names of it may change that, by speaking
    /// of home.
    pub fn decide_some(
        &self,
        ruleset: &Ruleset,
        cues: &CueFinder,
        candidates: &mut [Candidate<'_>],
        evidence: &Evidence,
    ) -> bool {
        let mut others = candidates.to_vec();
        self.decide(ruleset, cues, candidates, evidence, Homes::default());
        self.decide(ruleset, cues, &mut others, evidence, Homes::enough());
        let of = |one: &Candidate<'_>| (one.verdict, one.chosen, one.reason);
        candidates.iter().map(of).eq(others.iter().map(of))
    }

    /// Decide all names of a document, given its cues and the names that are believed already.
    pub fn decide(
        &self,
        ruleset: &Ruleset,
        cues: &CueFinder,
        candidates: &mut [Candidate<'_>],
        evidence: &Evidence,
        mut homes: Homes,
    ) {
        let is_foreign = |one: &&Candidate| !one.settled && one.effect() == Some(Effect::Foreign);
        let foreign: FxHashSet<_> = candidates.iter().filter(is_foreign).map(|one| one.key.clone()).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for candidate in candidates.iter_mut().filter(|one| !one.settled) {
                if candidate.surroundings.is_none() && foreign.contains(&candidate.key) {
                    (candidate.verdict, candidate.reason) = (Verdict::Other, Reason::OtherPlace);
                    continue;
                }
                self.decide_one(ruleset, cues, candidate, evidence, &homes);
                let chosen = candidate.chosen().map(|one| (one.place, one.prominence));
                if let (Verdict::Place, Some((place, prominence))) = (candidate.verdict, chosen)
                    && ruleset.place(place).country() == HOME_COUNTRY
                {
                    candidate.settled = true;
                    changed = true;
                    homes.add(&candidate.key, prominence);
                }
            }
        }
    }

    fn decide_one(
        &self,
        ruleset: &Ruleset,
        cues: &CueFinder,
        candidate: &mut Candidate<'_>,
        evidence: &Evidence,
        homes: &Homes,
    ) {
        if let Some(around) = candidate.surroundings
            && matches!(around.effect, Effect::Foreign | Effect::Person)
        {
            (candidate.verdict, candidate.reason) = (Verdict::Other, Reason::Around(around));
            return;
        }
        let phrase = &candidate.phrase;
        // else they decide nothing, and are no reason
        let takes_cues = !evidence.is_empty() && candidate.needs_cues(ruleset);
        let mut at_home = None;
        let mut viable: Viable = SmallVec::new();
        let mut countered = None;
        for (index, (reading, &row)) in candidate.readings.iter().zip(&candidate.rows).enumerate() {
            let row = self.row(row);
            let first = |cues: &[Group]| cues.iter().copied().find(|&cue| evidence.has(cue, phrase));
            let counter = first(&row.counter_cues);
            let local = takes_cues
                .then(|| {
                    let part_of = cues.group(ruleset.place(reading.place).part_of());
                    part_of.filter(|&cue| evidence.has(cue, phrase)).or_else(|| first(&row.cues))
                })
                .flatten();
            if counter.is_some() && local.is_none() {
                countered = counter;
            } else if row.behaviour != Behaviour::Only
                || local.is_some()
                || *at_home.get_or_insert_with(|| {
                    homes.speak_of_home(&candidate.key)
                        || candidate.effect() == Some(Effect::Support)
                        || evidence.is_home(phrase)
                })
            {
                viable.push((local, index as u32));
            }
        }
        choose(candidate, &viable, countered);
    }
}

/// A filter of the words of a lexicon.
fn bits_of(lexicon: &Lexicon, container: &Container) -> WordBits {
    let hashes: Vec<u64> = lexicon.words(container).map(|word| hash_of_key(word.as_bytes())).collect();
    WordBits::new(&hashes)
}

/// Readings that may be meant, by index, each with the cue that speaks for it.
type Viable = SmallVec<[(Option<Group>, u32); 4]>;

fn choose(candidate: &mut Candidate<'_>, viable: &Viable, countered: Option<Group>) {
    candidate.chosen = None;
    if viable.is_empty() {
        (candidate.verdict, candidate.reason) = match countered {
            Some(cue) => (Verdict::Other, Reason::SpeaksOf(cue)),
            None => (Verdict::Undecided, Reason::NothingTells),
        };
        return;
    }
    let readings = &candidate.readings;
    let pool = |local_only: bool| {
        viable.iter().filter(move |(cue, _)| cue.is_some() || !local_only).map(|&(cue, index)| (cue, index))
    };
    for local_only in [true, false] {
        let Some((cue, first)) = pool(local_only).next() else { continue };
        let others = || pool(local_only).skip(1).map(|(_, index)| &readings[index as usize]);
        let chosen = &readings[first as usize];
        let is_single = others().all(|one| one.replacement == chosen.replacement);
        if is_single || dominates(chosen, others()) {
            candidate.verdict = Verdict::Place;
            candidate.chosen = Some(first);
            candidate.reason = cue.map_or(Reason::None, Reason::SpeaksOf);
            return;
        }
    }
    (candidate.verdict, candidate.reason) = (Verdict::Undecided, Reason::SeveralFit);
}

/// Whether the first reading is written more regularly, or is far more prominent, than all others.
fn dominates<'c, 'a: 'c>(first: &Reading<'a>, mut others: impl Iterator<Item = &'c Reading<'a>>) -> bool {
    first.kind == CANONICAL
        || others.all(|one| {
            one.replacement == first.replacement
                || i64::from(first.prominence) - i64::from(one.prominence) >= DOMINANCE
        })
}
