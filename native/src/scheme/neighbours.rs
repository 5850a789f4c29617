//! What may stand beside a letter, sorted into as few classes as the rules of a scheme can tell apart.

use super::chars::{ACUTE, APOSTROPHE, CharTable, GRAVE, is, is_transparent};
use super::context::{Seen, Truth};
use super::rewrite::Interpreter;
use super::rules::Group;
use rustc_hash::{FxHashMap, FxHashSet};

/// The case of a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Case {
    None,
    Small,
    Capital,
}

/// One class of neighbours on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Neighbour {
    pub edge: bool,
    /// A letter, of which the other fields tell all that matters.
    pub letter: bool,
    pub case: Case,
    /// A letter of the scheme.
    pub alphabet: bool,
    /// On the left: a mark of stress behind it is written with it.
    pub stressed: bool,
    /// On the left the first letter of a pair, on the right the second of a longer source; else NUL.
    pub part: char,
    /// Where to look up what it tells of that side of each rule.
    row: usize,
}

/// The first classes on the left, and on the right; letters follow.
pub(super) const LEFT_EDGE: usize = 0;
/// The edge of a word that is known to be no exception.
pub(super) const LEFT_PLAIN: usize = 1;
/// An apostrophe between two letters.
pub(super) const LEFT_INSIDE: usize = 2;
/// The edge is the first. An apostrophe, of which is not known whether it stands between two letters.
pub(super) const RIGHT_APOSTROPHE: usize = 1;
/// The two marks of stress, through which contexts look.
pub(super) const RIGHT_STRESS: [(char, usize); 2] = [(ACUTE, 2), (GRAVE, 3)];
/// A mark that makes its word one for the interpreter, and a letter that does.
pub(super) const RIGHT_MARK: usize = 4;
pub(super) const RIGHT_ODD_LETTER: usize = 5;

/// The classes on both sides of a letter, and which pairs of letters are sources by themselves.
pub(super) struct Neighbours {
    pub left: Vec<Neighbour>,
    pub right: Vec<Neighbour>,
    left_truths: Truths,
    right_truths: Truths,
    left_of: FxHashMap<char, usize>,
    right_of: FxHashMap<char, usize>,
    /// Pairs that are taken whenever they stand side by side, whatever else stands around them.
    pub pairs: FxHashSet<(char, char)>,
}

impl Neighbours {
    /// The classes of all letters in `chars` that the rules of `exact` tell apart.
    pub fn new(exact: &Interpreter, plain: &[char]) -> Self {
        let groups = &exact.groups;
        let pairs = pairs(groups);
        let firsts: FxHashSet<char> = pairs.iter().map(|pair| pair.0).collect();
        let longer = groups.iter().filter(|group| group.source.len() > 1);
        let seconds: FxHashSet<char> = longer.map(|group| group.source[1]).collect();
        let signs = exact.groups.iter().any(|group| {
            let uncased = !exact.case().is_cased(group.source[0]);
            uncased && group.rules.iter().any(|rule| rule.forms.upper != rule.forms.lower)
        });
        let gaps = exact.apostrophe.is_some() || groups.iter().any(|group| group.source[0] == APOSTROPHE);
        let (mut left_truths, mut right_truths) = (Truths::new(groups, true), Truths::new(groups, false));

        let seen = |truths: &mut Truths, seen: Seen| Neighbour {
            edge: seen == Seen::Edge,
            letter: false,
            case: Case::None,
            alphabet: false,
            stressed: false,
            part: '\0',
            row: truths.ask(groups, seen),
        };
        let edge = seen(&mut left_truths, Seen::Edge);
        let left = vec![edge, edge, seen(&mut left_truths, Seen::Letter(APOSTROPHE))];
        let unknown = seen(&mut right_truths, Seen::Unknown);
        let right_edge = seen(&mut right_truths, Seen::Edge);
        let right = [vec![right_edge], vec![unknown; RIGHT_ODD_LETTER]].concat();
        let (left_of, right_of) = (FxHashMap::default(), FxHashMap::default());
        let mut neighbours = Neighbours { left, right, left_truths, right_truths, left_of, right_of, pairs };
        neighbours.right[RIGHT_ODD_LETTER].letter = true;

        let (mut left_known, mut right_known) = (FxHashMap::default(), FxHashMap::default());
        for &char in plain {
            let small = small(&exact.reader.chars, char);
            let is_alphabet = exact.reader.chars.is(small, is::ALPHABET);
            let case = match exact.case().is_cased(small) {
                true if exact.reader.chars.is(char, is::CAPITAL) => Case::Capital,
                true => Case::Small,
                false => Case::None,
            };
            // before a letter, its case matters to signs only; but whether it has one matters to capitals
            let left_case = if signs || case == Case::None { case } else { Case::Small };
            let part = |parts: &FxHashSet<char>| if parts.contains(&small) { small } else { '\0' };
            let letter = |case, part, row| Neighbour {
                edge: false,
                letter: true,
                case,
                alphabet: gaps && is_alphabet,
                stressed: false,
                part,
                row,
            };
            let mut left = letter(left_case, part(&firsts), neighbours.left_truths.of(small));
            left.stressed = !exact.reader.chars.class(small).groups.is_empty()
                || neighbours.pairs.iter().any(|pair| pair.1 == small);
            let number = place(&mut neighbours.left, &mut left_known, left);
            neighbours.left_of.insert(char, number);
            let right = letter(case, part(&seconds), neighbours.right_truths.of(small));
            let number = place(&mut neighbours.right, &mut right_known, right);
            neighbours.right_of.insert(char, number);
        }
        neighbours
    }

    /// What two neighbours tell of the two sides of a rule, by its number.
    pub fn truths(&self, left: &Neighbour, right: &Neighbour, rule: usize) -> (Truth, Truth) {
        (self.left_truths.rows[left.row][rule], self.right_truths.rows[right.row][rule])
    }

    /// The class of a plain letter as the left neighbour of another, and as the right one.
    pub fn of(&self, char: char) -> (usize, usize) {
        (self.left_of[&char], self.right_of[&char])
    }
}

/// The small letter of a character that stands in a word.
pub(super) fn small(chars: &CharTable, char: char) -> char {
    let class = chars.class(char);
    if class.flags == 0 { char } else { class.small }
}

fn place(classes: &mut Vec<Neighbour>, known: &mut FxHashMap<Neighbour, usize>, one: Neighbour) -> usize {
    *known.entry(one).or_insert_with(|| {
        classes.push(one);
        classes.len() - 1
    })
}

/// Sources of two letters that are taken wherever the two stand side by side: without contexts, and no
/// other source can have taken the first letter, or take more.
fn pairs(groups: &[Group]) -> FxHashSet<(char, char)> {
    let later: FxHashSet<char> = groups.iter().flat_map(|group| group.source[1..].iter().copied()).collect();
    let plain = |char: char| char != APOSTROPHE && char != '\0' && !is_transparent(char);
    let is_pair = |group: &&Group| {
        let source = &group.source;
        source.len() == 2
            && !group.rules[0].contextual()
            && source.iter().all(|&char| plain(char))
            && !later.contains(&source[0])
            && !groups.iter().any(|other| other.source.len() > 2 && other.source.starts_with(source))
    };
    groups.iter().filter(is_pair).map(|group| (group.source[0], group.source[1])).collect()
}

/// What letters tell of one side of all rules.
struct Truths {
    left: bool,
    /// One for each letter that tells more than others, and so on; by the number of the rule.
    rows: Vec<Vec<Truth>>,
    known: FxHashMap<char, usize>,
    /// The row of a letter that no rule names.
    other: usize,
}

impl Truths {
    fn new(groups: &[Group], left: bool) -> Self {
        let mut truths = Truths { left, rows: Vec::new(), known: FxHashMap::default(), other: 0 };
        let rules = groups.iter().flat_map(|group| &group.rules);
        let telling: FxHashSet<char> =
            rules.flat_map(|rule| if left { &rule.left } else { &rule.right }.telling()).collect();
        for &char in &telling {
            let row = truths.ask(groups, Seen::Letter(char));
            truths.known.insert(char, row);
        }
        let other = (0..).filter_map(char::from_u32).find(|char| !telling.contains(char));
        truths.other = truths.ask(groups, Seen::Letter(other.expect("no rule names every character")));
        truths
    }

    /// The row of answers to what is seen.
    fn ask(&mut self, groups: &[Group], seen: Seen) -> usize {
        let rules = groups.iter().flat_map(|group| &group.rules);
        let answers = rules.map(|rule| if self.left { &rule.left } else { &rule.right }.truth(seen));
        let row: Vec<Truth> = answers.collect();
        self.rows.iter().position(|known| *known == row).unwrap_or_else(|| {
            self.rows.push(row);
            self.rows.len() - 1
        })
    }

    fn of(&self, letter: char) -> usize {
        self.known.get(&letter).copied().unwrap_or(self.other)
    }
}
