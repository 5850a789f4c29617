//! What one neighbour tells of the contexts of all rules, worked out once for each letter that tells anything.

use super::beyond::{Beyond, Kinds, Next};
use super::context::{Seen, Side, Truth};
use super::rules::{Group, ReadyRule};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// What letters tell of one side of all rules.
pub(super) struct Truths {
    left: bool,
    /// One for each letter that tells more than others, and so on; by the number of the rule.
    pub rows: Vec<Vec<Truth>>,
    /// By what is known beyond the letter, and the state there.
    known: FxHashMap<(char, usize, usize), usize>,
    /// How much is told apart directly beyond a letter.
    nexts: usize,
    /// A letter that no rule names.
    other: char,
}

impl Truths {
    pub fn new(groups: &[Group], left: bool, kinds: &Kinds, nexts: &[Next]) -> Self {
        let known = FxHashMap::default();
        let mut truths = Truths { left, rows: Vec::new(), known, nexts: nexts.len(), other: '\0' };
        let rules = groups.iter().flat_map(|group| &group.rules);
        let mut telling: FxHashSet<char> = if left {
            rules.flat_map(|rule| rule.left.telling()).collect()
        } else {
            right_sides(groups).flat_map(|side| side.telling()).collect()
        };
        let other = (0..).filter_map(char::from_u32).find(|char| !telling.contains(char));
        truths.other = other.expect("no rule names every character");
        telling.insert(truths.other);
        for &char in &telling {
            for (number, &next) in nexts.iter().enumerate() {
                for state in 0..kinds.len() {
                    let row = truths.ask(groups, Seen::Letter(char), Beyond { next, kinds, state });
                    truths.known.insert((char, number, state), row);
                }
            }
        }
        truths
    }

    /// The row of answers to what is seen.
    pub fn ask(&mut self, groups: &[Group], seen: Seen, beyond: Beyond) -> usize {
        let truth = |group: &Group, rule: &ReadyRule| match (self.left, group.source.len()) {
            (true, _) => rule.left.truth(seen, beyond),
            (false, 1) => rule.right.truth(seen, beyond),
            _ => Truth::Maybe,
        };
        let of_group = |group: &Group| group.rules.iter().map(|rule| truth(group, rule)).collect::<Vec<_>>();
        let row: Vec<Truth> = groups.iter().flat_map(of_group).collect();
        self.rows.iter().position(|known| *known == row).unwrap_or_else(|| {
            self.rows.push(row);
            self.rows.len() - 1
        })
    }

    /// For each row the first that says the same of some rules.
    pub fn alike(&self, rules: Range<usize>) -> Vec<usize> {
        let mut known = FxHashMap::default();
        let rows = self.rows.iter().enumerate();
        rows.map(|(number, row)| *known.entry(&row[rules.clone()]).or_insert(number)).collect()
    }

    /// The row of a letter.
    pub fn of(&self, letter: char, next: usize, state: usize) -> usize {
        let next = next.min(self.nexts - 1);
        let known = self.known.get(&(letter, next, state));
        known.or(self.known.get(&(self.other, next, state))).copied().unwrap_or(0)
    }
}

/// The right sides that one neighbour may tell of: those of single letters.
pub(super) fn right_sides(groups: &[Group]) -> impl Iterator<Item = &Side> {
    let single = groups.iter().filter(|group| group.source.len() == 1);
    single.flat_map(|group| &group.rules).map(|rule| &rule.right)
}
