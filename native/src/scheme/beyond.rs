//! What may be known of the letters beyond a neighbour, as far as the contexts of rules ask for it.

use super::context::{Letters, Nearest, Side};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The letter directly beyond a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Next {
    /// The word ends with the neighbour.
    Edge,
    /// Some letter.
    Any,
    /// This letter, or one that is the same to all rules there.
    Letter(char),
    /// Nothing is known.
    Unknown,
}

/// What is told apart directly beyond a neighbour on one side: the edge, what is not known, letters that no
/// rule asks for there, and perhaps others.
#[derive(Debug, Clone)]
pub(super) struct Nexts {
    pub list: Vec<Next>,
    numbers: FxHashMap<char, usize>,
}

impl Nexts {
    /// The place in `list` of the edge.
    pub const EDGE: usize = 0;
    const UNKNOWN: usize = 1;
    const OTHER: usize = 2;

    /// All letters are alike.
    pub fn coarse() -> Self {
        Nexts { list: vec![Next::Edge, Next::Unknown, Next::Any], numbers: FxHashMap::default() }
    }

    /// Nothing is told apart.
    pub fn none() -> Self {
        Nexts { list: vec![Next::Unknown], numbers: FxHashMap::default() }
    }

    /// Letters are told apart as `sides` ask for them.
    pub fn fine<'s>(sides: impl Iterator<Item = &'s Side>) -> Self {
        let mut asked: BTreeMap<char, BTreeSet<(usize, char)>> = BTreeMap::new();
        let mut is_asked = false;
        for (number, side) in sides.enumerate() {
            is_asked |= side.is_beyond();
            for (first, second) in side.seconds() {
                asked.entry(second).or_default().insert((number, first));
            }
        }
        if asked.is_empty() {
            return if is_asked { Nexts::coarse() } else { Nexts::none() };
        }
        let mut nexts =
            Nexts { list: vec![Next::Edge, Next::Unknown, Next::Letter('\0')], ..Nexts::coarse() };
        let mut known = FxHashMap::default();
        for (letter, asked) in asked {
            let number = *known.entry(asked).or_insert_with(|| {
                nexts.list.push(Next::Letter(letter));
                nexts.list.len() - 1
            });
            nexts.numbers.insert(letter, number);
        }
        nexts
    }

    /// The place of what is not known.
    pub fn unknown(&self) -> usize {
        Self::UNKNOWN.min(self.list.len() - 1)
    }

    /// The place of a letter.
    pub fn of(&self, letter: char) -> usize {
        self.numbers.get(&letter).copied().unwrap_or(Self::OTHER).min(self.list.len() - 1)
    }
}

/// All that is known beyond a neighbour: the letter there, and a state of [`Kinds`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Beyond<'k> {
    pub next: Next,
    pub kinds: &'k Kinds,
    pub state: usize,
}

/// Which letter of each kind that rules ask for is the nearest one: as few states as the rules can tell
/// apart. In the first there are no such letters; in the last, if there is another, nothing is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    kinds: Vec<Letters>,
    states: Vec<Vec<Option<char>>>,
    /// Of letters that are the same to all rules, one that stands for all.
    represented: FxHashMap<char, char>,
}

/// With more states than these, one that tells nothing included, nothing is known.
pub(super) const MOST_STATES: usize = 8;

impl Kinds {
    /// The kinds that some of `sides` ask for.
    pub fn new<'s>(sides: impl Iterator<Item = &'s Side>) -> Self {
        let nearest: Vec<&Nearest> = sides.flat_map(|side| &side.nearest).collect();
        let mut all = Kinds::default();
        for one in &nearest {
            if !all.kinds.contains(&one.kind) {
                all.kinds.push(one.kind.clone());
            }
        }
        let mut known: Vec<(Vec<(bool, bool)>, char)> = Vec::new();
        for &char in all.kinds.iter().flat_map(|kind| kind.list.iter()) {
            let of = |one: &&Nearest| (one.kind.contains(char), one.wanted.contains(char));
            let asked: Vec<(bool, bool)> = nearest.iter().map(of).collect();
            let same = known.iter().find(|(other, _)| *other == asked).map(|&(_, same)| same);
            all.represented.insert(char, same.unwrap_or(char));
            known.push((asked, char));
        }
        all.states.push(vec![None; all.kinds.len()]);
        let mut at = 0;
        while at < all.states.len() && all.states.len() < MOST_STATES {
            for &(_, letter) in &known {
                let state = all.passed(&all.states[at], letter);
                if !all.states.contains(&state) {
                    all.states.push(state);
                }
            }
            at += 1;
        }
        if all.states.len() >= MOST_STATES {
            all.states.truncate(1);
        }
        all
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        if self.kinds.is_empty() { 1 } else { self.states.len() + 1 }
    }

    /// The state in which nothing is known.
    pub fn unknown(&self) -> usize {
        self.len() - 1
    }

    /// The state behind `letter`, which has `state` beyond it.
    pub fn next(&self, state: usize, letter: char) -> usize {
        if !self.represented.contains_key(&letter) {
            return state;
        }
        let Some(found) = self.states.get(state) else {
            // one that is of all kinds tells all
            let all = !self.kinds.is_empty() && self.kinds.iter().all(|kind| kind.contains(letter));
            return if all { self.next(0, letter) } else { state };
        };
        let passed = self.passed(found, letter);
        self.states.iter().position(|state| *state == passed).unwrap_or(self.unknown())
    }

    fn passed(&self, found: &[Option<char>], letter: char) -> Vec<Option<char>> {
        let represented = self.represented.get(&letter).copied();
        let kinds = self.kinds.iter().zip(found);
        kinds.map(|(kind, &found)| if kind.contains(letter) { represented } else { found }).collect()
    }
}

impl Beyond<'_> {
    /// The nearest letter of a kind; none if that is not known, and nothing in it if there is no such letter.
    pub fn nearest(&self, kind: &Letters) -> Option<Option<char>> {
        let number = self.kinds.kinds.iter().position(|other| other == kind)?;
        self.kinds.states.get(self.state).map(|state| state[number])
    }
}
