//! What may stand beside a letter, sorted into as few classes as the rules of a scheme can tell apart.

use super::beyond::{Beyond, Kinds, Next, Nexts};
use super::chars::{ACUTE, APOSTROPHE, GRAVE, is, small};
use super::context::{Seen, Truth};
use super::rewrite::Interpreter;
use super::rules::Pairs;
use super::truths::{Truths, right_sides};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

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
    pub row: usize,
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

/// How much of what stands beyond neighbours is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing.
    Neighbours,
    /// The nearest letters of some kinds, and where words begin and end.
    Kinds,
    /// And the letters directly beyond.
    Letters,
}

/// The classes on both sides of a letter, and which pairs of letters are sources by themselves.
pub(super) struct Neighbours {
    /// The classes by themselves, and then as many again for each further state of `left_kinds`.
    pub left: Vec<Neighbour>,
    pub right: Vec<Neighbour>,
    /// Whether letters further away are told apart.
    pub far: bool,
    /// How many classes `left` has for one state.
    pub left_count: usize,
    /// Which of `left`, and of `right`, there can be: all, if letters further away are not told apart.
    pub left_used: Vec<usize>,
    pub right_used: Vec<usize>,
    pub left_kinds: Kinds,
    pub right_kinds: Kinds,
    left_truths: Truths,
    right_truths: Truths,
    /// What is told apart directly beyond a neighbour on the left. On the right, nothing is: sources of which
    /// contexts ask for more letters there are mostly long.
    pub left_nexts: Nexts,
    pub left_of: FxHashMap<char, Vec<usize>>,
    pub right_of: FxHashMap<char, Vec<usize>>,
    pub pairs: Pairs,
}

impl Neighbours {
    /// The classes of all letters in `plain` that the rules of `exact` tell apart.
    pub fn new(exact: &Interpreter, plain: &[char], reach: Reach) -> Self {
        let far = reach != Reach::Neighbours;
        let groups = &exact.groups;
        let pairs = Pairs::new(groups);
        let firsts: FxHashSet<char> = pairs.whole.iter().map(|pair| pair.0).collect();
        let longer = groups.iter().filter(|group| group.source.len() > 1 && !group.is_start());
        let seconds: FxHashSet<char> = longer.map(|group| group.source[1]).collect();
        let signs = exact.groups.iter().any(|group| {
            let uncased = !exact.case().is_cased(group.source[0]);
            uncased && group.rules.iter().any(|rule| rule.forms.upper != rule.forms.lower)
        });
        let gaps = exact.apostrophe.is_some() || groups.iter().any(|group| group.source[0] == APOSTROPHE);
        let rules = || groups.iter().flat_map(|group| &group.rules);
        let (mut left_kinds, mut right_kinds) = (Kinds::default(), Kinds::default());
        if far {
            left_kinds = Kinds::new(rules().map(|rule| &rule.left));
            right_kinds = Kinds::new(right_sides(groups));
        }
        let left_nexts = match reach {
            Reach::Letters => Nexts::fine(rules().map(|rule| &rule.left)),
            Reach::Kinds => Nexts::coarse(),
            Reach::Neighbours => Nexts::none(),
        };
        let mut left_truths = Truths::new(groups, true, &left_kinds, &left_nexts.list);
        let mut right_truths = Truths::new(groups, false, &right_kinds, &Nexts::none().list);

        let seen = |truths: &mut Truths, kinds: &Kinds, seen: Seen| Neighbour {
            edge: seen == Seen::Edge,
            letter: false,
            case: Case::None,
            alphabet: false,
            stressed: false,
            part: '\0',
            row: truths.ask(groups, seen, Beyond { next: Next::Unknown, kinds, state: kinds.unknown() }),
        };
        let edge = seen(&mut left_truths, &left_kinds, Seen::Edge);
        let inside = seen(&mut left_truths, &left_kinds, Seen::Letter(APOSTROPHE));
        let left = vec![edge, edge, inside];
        let unknown = seen(&mut right_truths, &right_kinds, Seen::Unknown);
        let right_edge = seen(&mut right_truths, &right_kinds, Seen::Edge);
        let right = [vec![right_edge], vec![unknown; RIGHT_ODD_LETTER]].concat();
        let mut neighbours = Neighbours {
            far,
            left_count: 0,
            left_used: Vec::new(),
            right_used: Vec::new(),
            left,
            right,
            left_kinds,
            right_kinds,
            left_nexts,
            left_truths,
            right_truths,
            left_of: FxHashMap::default(),
            right_of: FxHashMap::default(),
            pairs,
        };
        neighbours.right[RIGHT_ODD_LETTER].letter = true;

        let mut left_known = FxHashMap::default();
        let mut right_rows: Vec<(char, Neighbour, Vec<usize>)> = Vec::new();
        let mut families: Vec<Vec<usize>> = Vec::new();
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
            let is_second = neighbours.pairs.whole.iter().any(|pair| pair.1 == small);
            let stressed = !exact.reader.chars.class(small).groups.is_empty() || is_second;
            let mut lefts = vec![0; neighbours.left_nexts.list.len()];
            for (next, class) in lefts.iter_mut().enumerate() {
                // the rows for all states are looked up at last
                let states = 0..neighbours.left_kinds.len();
                let rows: Vec<usize> =
                    states.map(|state| neighbours.left_truths.of(small, next, state)).collect();
                let family = families.iter().position(|known| *known == rows).unwrap_or_else(|| {
                    families.push(rows);
                    families.len() - 1
                });
                let left = Neighbour { stressed, ..letter(left_case, part(&firsts), family) };
                *class = place(&mut neighbours.left, &mut left_known, left);
            }
            neighbours.left_of.insert(char, lefts);
            let states = 0..neighbours.right_kinds.len();
            let rights = states.map(|state| neighbours.right_truths.of(small, 0, state)).collect();
            right_rows.push((char, letter(case, part(&seconds), 0), rights));
        }
        neighbours.expand_right(&right_rows);
        neighbours.expand_left(&families);
        let unknown = neighbours.left_kinds.unknown() * neighbours.left_count;
        let edges = [LEFT_EDGE, LEFT_PLAIN, unknown + LEFT_INSIDE];
        let letters = plain.iter().flat_map(|&char| {
            let (states, small) = (neighbours.left_states(small(&exact.reader.chars, char)), char);
            let classes = &neighbours.left_of[&small];
            let of = |state| classes.iter().map(move |class| class + state * neighbours.left_count);
            states.into_iter().flat_map(of).collect::<Vec<_>>()
        });
        let mut used: Vec<usize> = edges.into_iter().chain(letters).collect();
        used.sort_unstable();
        used.dedup();
        neighbours.left_used = used;
        if !far {
            neighbours.left_used = (0..neighbours.left.len()).collect();
            neighbours.right_used = (0..neighbours.right.len()).collect();
        }
        neighbours
    }

    /// The states of `left_kinds` that may stand behind a small letter: all if it leaves them as they are,
    /// and else one.
    pub fn left_states(&self, small: char) -> Vec<usize> {
        let kinds = &self.left_kinds;
        let after = |state| kinds.next(state, small);
        if (0..kinds.len()).all(|state| after(state) == state) {
            (0..kinds.len()).collect()
        } else if (0..kinds.len()).all(|state| after(state) == after(0)) {
            vec![after(0)]
        } else {
            vec![kinds.unknown()]
        }
    }

    /// What two neighbours tell of the two sides of a rule, by its number.
    pub fn truths(&self, left: &Neighbour, right: &Neighbour, rule: usize) -> (Truth, Truth) {
        (self.left_truths.rows[left.row][rule], self.right_truths.rows[right.row][rule])
    }

    /// For each row, of the left and of the right, the first that says the same of some rules.
    pub fn rows_alike(&self, rules: Range<usize>) -> (Vec<usize>, Vec<usize>) {
        (self.left_truths.alike(rules.clone()), self.right_truths.alike(rules))
    }

    /// The classes of a plain letter as the left neighbour of another, by what is known beyond it.
    pub fn left_of(&self, char: char) -> &[usize] {
        &self.left_of[&char]
    }

    /// All plain letters, with their classes on the right.
    pub fn rights(&self) -> impl Iterator<Item = (&char, &Vec<usize>)> {
        self.right_of.iter()
    }

    /// The same on the right: by the state of `right_kinds`.
    pub fn right_of(&self, char: char) -> &[usize] {
        &self.right_of[&char]
    }
}

fn place(classes: &mut Vec<Neighbour>, known: &mut FxHashMap<Neighbour, usize>, one: Neighbour) -> usize {
    *known.entry(one).or_insert_with(|| {
        classes.push(one);
        classes.len() - 1
    })
}
