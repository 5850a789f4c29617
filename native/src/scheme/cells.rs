//! What each letter becomes between each two neighbours, as far as they tell it.

use super::chars::{APOSTROPHE, is, small};
use super::context::Truth;
use super::neighbours::{
    Case, LEFT_EDGE, LEFT_PLAIN, Neighbour, Neighbours, RIGHT_APOSTROPHE, RIGHT_MARK, RIGHT_ODD_LETTER,
    RIGHT_STRESS,
};
use super::rewrite::Interpreter;
use super::rules::Forms;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

/// What a letter becomes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Cell {
    Text(String),
    /// The character itself, which has the cell to itself.
    Itself(char),
    /// Stays as it is.
    Copy,
    /// An apostrophe: inside a word or not.
    Apostrophe,
    /// A mark of stress, which has been written with the letter before.
    Stress,
    /// The interpreter must be asked.
    Word,
    /// The interpreter must read the word from its beginning.
    Whole,
}

/// A letter for which cells are worked out.
pub(super) struct Column {
    unit: char,
    case: Case,
    /// Whether an exception begins with it, or a source that only stands at the beginning of a word.
    exception: bool,
    /// What stays where no rule is at work; none where that is several signs.
    itself: Option<char>,
}

/// Classes of neighbours on one side, sorted by what a letter can tell apart.
pub(super) struct Sorted {
    /// The kind of each class that there can be.
    pub kinds: Vec<usize>,
    /// A class of each kind.
    pub firsts: Vec<usize>,
}

impl Sorted {
    fn new<K: Hash + Eq>(classes: &[usize], key: impl Fn(usize) -> K) -> Self {
        let (mut known, mut firsts) = (FxHashMap::default(), Vec::new());
        let mut kind = |class: usize| {
            *known.entry(key(class)).or_insert_with(|| {
                firsts.push(class);
                firsts.len() - 1
            })
        };
        Sorted { kinds: classes.iter().map(|&class| kind(class)).collect(), firsts }
    }
}

/// Works out cells.
pub(super) struct Compiler<'e> {
    exact: &'e Interpreter,
    neighbours: &'e Neighbours,
    /// The number of the first rule of each group, and last that of all rules.
    numbers: Vec<usize>,
    /// By the first letter of exceptions, and of sources that only stand at the beginning of a word, the classes
    /// on the right of the letters that may follow; none where it may be an exception by itself. A small letter
    /// stands for its capital too.
    exceptions: FxHashMap<char, Option<FxHashSet<usize>>>,
    seconds: FxHashSet<char>,
}

/// What is at work on a letter.
enum Choice<'e> {
    Nothing,
    /// It was taken with the letter before.
    Taken,
    One(&'e Forms),
    /// With the letter after.
    Pair(&'e Forms),
    Unknown,
}

impl<'e> Compiler<'e> {
    /// What is asked for again and again.
    pub fn new(exact: &'e Interpreter, neighbours: &'e Neighbours) -> Self {
        let mut numbers = Vec::new();
        let mut rules = 0;
        for group in &exact.groups {
            numbers.push(rules);
            rules += group.rules.len();
        }
        numbers.push(rules);
        let chars = &exact.reader.chars;
        let words = exact.words.keys().map(|word| &**word);
        let starts = exact.groups.iter().filter(|group| group.is_start()).map(|group| &*group.source);
        let mut behind: FxHashMap<char, Vec<usize>> = FxHashMap::default();
        for (&char, classes) in neighbours.rights() {
            behind.entry(small(chars, char)).or_default().extend(classes);
        }
        let mut exceptions = FxHashMap::default();
        for word in words.chain(starts) {
            let Some(&first) = word.first() else { continue };
            // what is listed with a capital is meant as it stands
            let follow = exceptions.entry(first).or_insert_with(|| Some(FxHashSet::default()));
            let Some(&second) = word.get(1) else {
                *follow = None;
                continue;
            };
            if let Some(follow) = follow {
                follow.extend(behind.get(&small(chars, second)).into_iter().flatten());
            }
        }
        let seconds = neighbours.pairs.whole.iter().map(|pair| pair.1).collect();
        Compiler { exact, neighbours, numbers, exceptions, seconds }
    }

    /// A plain letter, or a sign that counts as one.
    pub fn column(&self, char: char, letter: char) -> Column {
        let chars = &self.exact.reader.chars;
        let unit = small(chars, letter);
        let case = match chars.is(unit, is::CASED) {
            true if chars.is(letter, is::CAPITAL) => Case::Capital,
            true => Case::Small,
            false => Case::None,
        };
        let exception = self.exceptions.contains_key(&unit) || self.exceptions.contains_key(&char);
        Column { unit, case, exception, itself: Some(char) }
    }

    /// An apostrophe between two letters.
    pub fn apostrophe() -> Column {
        Column { unit: APOSTROPHE, case: Case::None, exception: false, itself: None }
    }

    /// The classes on the left, and on the right, as [`Compiler::cell`] tells them apart.
    pub fn sorted(&self, column: &Column) -> (Sorted, Sorted) {
        let numbers = self.exact.reader.chars.class(column.unit).groups.clone();
        let (from, to) = (numbers.start as usize, numbers.end as usize);
        let groups = &self.exact.groups[from..to];
        let (left_rows, right_rows) = self.neighbours.rows_alike(self.numbers[from]..self.numbers[to]);
        let case = |one: &Neighbour| if column.case == Case::Small { Case::None } else { one.case };
        let left = Sorted::new(&self.neighbours.left_used, |class| {
            let one = &self.neighbours.left[class];
            let pair = one.part != '\0' && self.neighbours.pairs.whole.contains(&(one.part, column.unit));
            let edge = (class == LEFT_EDGE, class == LEFT_PLAIN, one.edge);
            (edge, case(one), one.alphabet, pair, left_rows[one.row])
        });
        let right = Sorted::new(&self.neighbours.right_used, |class| {
            let class = idle(class);
            let one = &self.neighbours.right[class];
            let stress = RIGHT_STRESS.iter().position(|&(_, other)| other == class);
            let is_part = groups.iter().any(|group| group.source.get(1) == Some(&one.part));
            let part = if is_part { one.part } else { '\0' };
            let exception = self.may_be_exception(column, class);
            (stress, exception, one.letter, one.edge, case(one), one.alphabet, part, right_rows[one.row])
        });
        (left, right)
    }

    /// The same for a mark of stress.
    pub fn sorted_stress(&self) -> (Sorted, Sorted) {
        let left = Sorted::new(&self.neighbours.left_used, |class| self.neighbours.left[class].stressed);
        (left, Sorted::new(&self.neighbours.right_used, |class| is_mark(idle(class))))
    }

    /// Whether a word may be an exception that begins with a letter before one of a class.
    fn may_be_exception(&self, column: &Column, right: usize) -> bool {
        let is_sign = (RIGHT_APOSTROPHE..=RIGHT_MARK).contains(&right);
        let may = |follow: &Option<FxHashSet<usize>>| {
            is_sign || follow.as_ref().is_none_or(|follow| follow.contains(&right))
        };
        let begins = |char: &char| self.exceptions.get(char).is_some_and(may);
        column.exception && (begins(&column.unit) || column.itself.as_ref().is_some_and(begins))
    }

    /// Whether neighbours may matter. Those that are marks of stress do to all letters with rules.
    pub fn varies(&self, column: &Column) -> bool {
        self.has_rules(column.unit) || column.exception
    }

    /// Whether rules change a letter, alone or as the second of a pair.
    fn has_rules(&self, unit: char) -> bool {
        !self.exact.reader.chars.class(unit).groups.is_empty() || self.seconds.contains(&unit)
    }

    /// The cell of a mark of stress.
    pub fn stress(&self, left: usize, right: usize) -> Cell {
        let is_written = self.neighbours.left[left].stressed && !is_mark(right);
        if is_written { Cell::Text(String::new()) } else { Cell::Stress }
    }

    /// What a letter becomes between neighbours of two classes.
    pub fn cell(&self, column: &Column, left: usize, right: usize) -> Cell {
        if left == LEFT_EDGE && self.may_be_exception(column, right) {
            return Cell::Word;
        }
        let stress = RIGHT_STRESS.iter().find(|(_, class)| *class == right).map(|&(mark, _)| mark);
        let is_first = || self.neighbours.pairs.whole.iter().any(|pair| pair.0 == column.unit);
        if stress.is_some_and(|mark| is_first() || self.exact.reader.composes(column.unit, mark)) {
            return Cell::Whole; // no pair is one with a mark between
        }
        let (left, right) = (&self.neighbours.left[left], &self.neighbours.right[right]);
        let (pairs, ahead) = (&self.neighbours.pairs, (column.unit, right.part));
        if pairs.breaks.contains(&ahead)
            || (pairs.whole.contains(&(left.part, column.unit)) && pairs.whole.contains(&ahead))
        {
            return Cell::Whole; // which of the letters are taken together, those further away tell
        }
        let choice = self.choice(column.unit, left, right, stress);
        if column.unit == APOSTROPHE
            && !matches!(choice, Choice::Nothing)
            && !left.alphabet
            && !right.alphabet
        {
            return Cell::Word; // the rules may not touch this word at all
        }
        let form = match choice {
            Choice::Unknown => None,
            Choice::Taken if stress.is_some() => return Cell::Whole,
            Choice::Taken => Some(""),
            Choice::One(forms) => one_cased(column.case, forms, left, right),
            Choice::Pair(forms) => pair_cased(column.case, forms, right),
            Choice::Nothing => match (&self.exact.apostrophe, column.itself, stress) {
                (Some(apostrophe), None, _) if left.alphabet && right.alphabet => Some(apostrophe.as_str()),
                (_, None, _) => return Cell::Copy,
                (_, Some(char), Some(mark)) if self.has_rules(column.unit) => {
                    return Cell::Text([char, mark].iter().collect());
                }
                (_, Some(char), _) => return Cell::Itself(char),
            },
        };
        match (form, stress) {
            (None, _) => Cell::Word,
            (Some(form), Some(mark)) if self.exact.stress => {
                let mut form = form.to_owned();
                self.exact.put_stress(&mut form, 0, mark);
                Cell::Text(form)
            }
            (Some(form), _) => Cell::Text(form.to_owned()),
        }
    }

    /// What is at work on a letter, and perhaps a mark of stress behind it. No source stands here that only
    /// stands at the beginning of a word: such words are the interpreter's.
    fn choice(&self, unit: char, left: &Neighbour, right: &Neighbour, stress: Option<char>) -> Choice<'e> {
        if left.part != '\0' && self.neighbours.pairs.whole.contains(&(left.part, unit)) {
            return Choice::Taken;
        }
        let groups = self.exact.reader.chars.class(unit).groups.clone();
        for number in groups.start as usize..groups.end as usize {
            let group = &self.exact.groups[number];
            let truths = |index: usize| self.neighbours.truths(left, right, self.numbers[number] + index);
            if let Some(&second) = group.source.get(1) {
                if group.is_start() || (0..group.rules.len()).all(|index| truths(index).0 == Truth::No) {
                    continue;
                }
                let unknown =
                    !right.letter && !right.edge && (second == APOSTROPHE || stress == Some(second));
                if unknown || (right.letter && second == right.part) {
                    let pair =
                        group.source.len() == 2 && self.neighbours.pairs.whole.contains(&(unit, second));
                    return if pair { Choice::Pair(&group.rules[0].forms) } else { Choice::Unknown };
                }
                continue;
            }
            for (index, rule) in group.rules.iter().enumerate() {
                let (on_left, on_right) = truths(index);
                match on_left.min(on_right) {
                    Truth::Yes => return Choice::One(&rule.forms),
                    Truth::Maybe => return Choice::Unknown,
                    Truth::No => {}
                }
            }
        }
        Choice::Nothing
    }
}

fn is_mark(right: usize) -> bool {
    (RIGHT_STRESS[0].1..=RIGHT_MARK).contains(&right)
}

/// A word with an odd letter is the interpreter's anyhow: then any other class will do as well.
fn idle(right: usize) -> usize {
    if right == RIGHT_ODD_LETTER { 0 } else { right }
}

/// A target in the case of the one letter it stands for, if the neighbours tell it.
fn one_cased<'f>(case: Case, forms: &'f Forms, left: &Neighbour, right: &Neighbour) -> Option<&'f str> {
    let Forms { lower, title, upper } = forms;
    match case {
        Case::Small => Some(lower),
        Case::Capital if title == upper => Some(upper),
        Case::Capital => match right.case {
            Case::Small => Some(title),
            Case::Capital => Some(upper),
            Case::None if !right.edge => None,
            Case::None if left.edge => Some(title),
            Case::None => (left.case != Case::None).then_some(upper),
        },
        Case::None if upper == lower => Some(lower),
        Case::None => match (left.case, right.case) {
            (Case::Small, _) | (_, Case::Small) => Some(lower),
            (Case::Capital, Case::Capital) => Some(upper),
            _ => (left.edge && right.edge).then_some(lower),
        },
    }
}

/// A target in the case of the letter and of the one after, which it stands for together.
fn pair_cased<'f>(case: Case, forms: &'f Forms, second: &Neighbour) -> Option<&'f str> {
    let Forms { lower, title, upper } = forms;
    match (case, second.case) {
        (Case::Small, _) => Some(lower),
        _ if lower == upper && title == upper => Some(lower),
        (Case::Capital, Case::Small) => Some(title),
        (Case::Capital, Case::Capital) => Some(upper),
        _ => None,
    }
}
