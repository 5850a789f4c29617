//! The rules of a scheme, compiled: what each letter becomes between each two neighbours, as one table.
//!
//! Most letters, in most words, become what they become because of the letter before and the letter after.
//! So each character of the Basic Multilingual Plane has a class as a left neighbour, a class as a right one
//! (see [`neighbours`](super::neighbours)), and its own place in a table of cells, which the two classes lead
//! on from. Wherever one letter on each side does not tell, the cell says that the interpreter must read the
//! whole word.

use super::chars::{APOSTROPHE, CharTable, is};
use super::context::Truth;
use super::neighbours::{
    Case, LEFT_EDGE, LEFT_INSIDE, Neighbour, Neighbours, RIGHT_APOSTROPHE, RIGHT_MARK,
    RIGHT_ODD_LETTER, RIGHT_STRESS, small,
};
use super::output::{Latin1, Sink, Ucs2, Utf8};
use super::rewrite::Interpreter;
use super::rules::Forms;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// What a letter becomes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Cell {
    Text(String),
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
struct Column {
    unit: char,
    case: Case,
    /// Whether an exception begins with it.
    exception: bool,
    /// What stays where no rule is at work; none where that is several signs.
    itself: Option<char>,
}

/// Where the cells of a character begin, and which bits of its neighbours' classes matter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lot {
    pub base: u32,
    pub mask: u32,
}

/// The classes of a character: as the one before another ([`KEEP_LEFT`] to keep the class of the one before
/// it), and as the one after. Their bits are apart, so that their sum tells both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes {
    pub left: u32,
    pub right: u32,
}

/// As a class: what stands before the character counts as standing before the next.
pub(super) const KEEP_LEFT: u32 = 1 << 31;

impl Classes {
    /// The class of what stands before the next character, where `left` is that of what stands before this.
    #[inline(always)]
    pub fn after(self, left: u32) -> u32 {
        if self.left & KEEP_LEFT != 0 { left } else { self.left }
    }
}

/// What a character is (see [`is`]), and its small letter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    pub flags: u16,
    pub small: char,
}

impl Facts {
    #[inline]
    pub fn is(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }
}

/// Characters below this have their own code point for a number.
pub(super) const DIRECT: u32 = 0x800;

/// The compiled rules.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// For each 64 code points from `DIRECT` on, the number of the first; 0 where they have none.
    pages: Box<[u16; 1024]>,
    /// The code points of numbers from `DIRECT` on.
    codes: Vec<u16>,
    /// By the number of a character. Both are of one length.
    pub lots: Vec<Lot>,
    pub classes: Vec<Classes>,
    facts: Vec<Facts>,
    pub utf8: Vec<<Utf8 as Sink>::Cell>,
    pub latin1: Vec<<Latin1 as Sink>::Cell>,
    pub ucs2: Vec<<Ucs2 as Sink>::Cell>,
    /// The cells of an apostrophe between two letters.
    pub inside: Lot,
    /// The cell of a character that stays as it is.
    pub copy: Lot,
    pub left_inside: u32,
    left_letters: Vec<bool>,
    right_letters: Vec<bool>,
    /// The number of bits of a class on the left.
    left_bits: u32,
    /// The length of the longest exception.
    pub longest_exception: usize,
}

/// Lays out cells, and interns them.
#[derive(Default)]
struct Layout {
    cells: Vec<Cell>,
    known: FxHashMap<Cell, u32>,
    slots: Vec<u32>,
    /// The number of bits of a class on the left, and on the right.
    bits: (u32, u32),
    /// Where cells that ask only for the right neighbour lie between one another: from, and how many.
    shared: Option<(usize, usize)>,
    plain: FxHashMap<u32, Lot>,
}

/// A table with more cells than this is not worth its memory.
const MOST_CELLS: usize = 1 << 16;
/// Characters below this, and punctuation, have cells of their own even where they are nothing to the rules.
const COMMON: u32 = 0x590;
const PUNCTUATION: Range<u32> = 0x2000..0x2140;

impl Plan {
    /// The table for `exact`; none where the letters are not all of the Basic Multilingual Plane, or the
    /// rules tell so many neighbours apart that a table would be too large.
    pub fn new(exact: &Interpreter) -> Option<Plan> {
        let chars = &exact.reader.chars;
        if chars.listed.iter().any(|&char| char as u32 > 0xffff && chars.is(char, is::WORD)) {
            return None;
        }
        let odd = is::MARK | is::APOSTROPHE | is::TYPED | is::SPLIT;
        let is_plain = |char: &char| chars.class(*char).flags & (is::LETTER | odd) == is::LETTER;
        let plain: Vec<char> = chars.listed.iter().copied().filter(is_plain).collect();
        let neighbours = Neighbours::new(exact, &plain);
        let bits = |count: usize| count.next_power_of_two().trailing_zeros();
        let mut layout = Layout {
            bits: (bits(neighbours.left.len()), bits(neighbours.right.len())),
            ..Layout::default()
        };
        if layout.bits.0 + layout.bits.1 > 14 {
            return None;
        }
        let compiler = Compiler::new(exact, &neighbours);
        let quote = Column { unit: APOSTROPHE, case: Case::None, exception: false, itself: None };
        let inside = layout.put(&compiler, &quote)?;
        let mut infos = FxHashMap::default();
        for &char in chars.listed.iter().filter(|&&char| chars.is(char, is::WORD)) {
            let flags = chars.class(char).flags;
            let (lot, left, right) = if flags & odd == 0 {
                let (left, right) = neighbours.of(char);
                (layout.put(&compiler, &compiler.column(char))?, left, right)
            } else if flags & odd == is::APOSTROPHE && flags & is::LETTER == 0 {
                (layout.one(Cell::Apostrophe), LEFT_EDGE, RIGHT_APOSTROPHE)
            } else if flags & is::LETTER != 0 {
                (layout.one(Cell::Word), LEFT_EDGE, RIGHT_ODD_LETTER)
            } else if let (Some((_, right)), true) =
                (RIGHT_STRESS.iter().find(|(mark, _)| *mark == char), chars.class(char).groups.is_empty())
            {
                let lot = layout.plane(&neighbours, |left, right| compiler.stress(left, right))?;
                infos.insert(char as u32, (lot, Classes { left: KEEP_LEFT, ..layout.classes(0, *right) }));
                continue;
            } else {
                (layout.one(Cell::Word), LEFT_EDGE, RIGHT_MARK)
            };
            infos.insert(char as u32, (lot, layout.classes(left, right)));
        }
        let left_letters = neighbours.left.iter().map(|one| one.letter).collect();
        let right_letters = neighbours.right.iter().map(|one| one.letter).collect();
        let mut plan = Plan {
            pages: Box::new([0; 1024]),
            codes: Vec::new(),
            lots: Vec::new(),
            classes: Vec::new(),
            facts: Vec::new(),
            utf8: Vec::new(),
            latin1: Vec::new(),
            ucs2: Vec::new(),
            inside,
            copy: layout.one(Cell::Copy),
            left_inside: layout.classes(LEFT_INSIDE, 0).left,
            left_letters,
            right_letters,
            left_bits: layout.bits.0,
            longest_exception: exact.words.keys().map(|word| word.len()).max().unwrap_or(0),
        };
        plan.number_all(&infos, &mut layout, chars);
        plan.utf8 = layout.encode::<Utf8>();
        plan.latin1 = layout.encode::<Latin1>();
        plan.ucs2 = layout.encode::<Ucs2>();
        Some(plan)
    }

    /// Numbers the characters of `infos`, and others in common use, 64 by 64.
    fn number_all(
        &mut self,
        infos: &FxHashMap<u32, (Lot, Classes)>,
        layout: &mut Layout,
        chars: &CharTable,
    ) {
        let mut pages: Vec<u32> = infos.keys().map(|code| code >> 6).chain(0..DIRECT >> 6).collect();
        pages.extend(PUNCTUATION.map(|code| code >> 6));
        pages.sort_unstable();
        pages.dedup();
        let copy = layout.one(Cell::Copy);
        for page in pages {
            if page >= DIRECT >> 6 {
                self.pages[page as usize] = self.lots.len() as u16;
            }
            for code in page << 6..(page + 1) << 6 {
                let common = code < COMMON || PUNCTUATION.contains(&code);
                let (lot, classes) = match (infos.get(&code), char::from_u32(code)) {
                    (Some(&info), _) => info,
                    (None, Some(char)) if common => (layout.next(Cell::Itself(char)), Classes::default()),
                    _ => (copy, Classes::default()),
                };
                self.lots.push(lot);
                self.classes.push(classes);
                self.facts.push(char::from_u32(code).map_or_else(Facts::default, |char| Facts {
                    flags: chars.class(char).flags,
                    small: small(chars, char),
                }));
                if code >= DIRECT {
                    self.codes.push(code as u16);
                }
            }
        }
    }

    /// The number of a character; none if it is nothing to the rules, and rare.
    #[inline]
    pub fn number(&self, code: u32) -> Option<u16> {
        if code < DIRECT {
            return Some(code as u16);
        }
        match self.pages.get(code as usize >> 6) {
            Some(&page) if page > 0 => Some(page + (code & 63) as u16),
            _ => None,
        }
    }

    /// What the character of a number is.
    #[inline]
    pub fn facts(&self, number: u16) -> &Facts {
        &self.facts[usize::from(number)]
    }

    /// The code point of a number.
    #[inline]
    pub fn code(&self, number: u16) -> u16 {
        let index = usize::from(number).checked_sub(DIRECT as usize);
        index.map_or(number, |index| self.codes[index])
    }

    /// Whether a class of a character before, or of one after, is one of letters.
    pub fn is_left_letter(&self, left: u32) -> bool {
        self.left_letters[left as usize]
    }

    /// The same for a class of a character after.
    pub fn is_right_letter(&self, right: u32) -> bool {
        self.right_letters[(right >> self.left_bits) as usize]
    }
}

impl Layout {
    fn classes(&self, left: usize, right: usize) -> Classes {
        Classes { left: left as u32, right: (right as u32) << self.bits.0 }
    }

    fn intern(&mut self, cell: Cell) -> u32 {
        *self.known.entry(cell).or_insert_with_key(|cell| {
            self.cells.push(cell.clone());
            self.cells.len() as u32 - 1
        })
    }

    /// A place for a cell that asks for no neighbour.
    fn one(&mut self, cell: Cell) -> Lot {
        let cell = self.intern(cell);
        *self.plain.entry(cell).or_insert_with(|| {
            self.slots.push(cell);
            Lot { base: self.slots.len() as u32 - 1, mask: 0 }
        })
    }

    /// The same for a cell that none is like.
    fn next(&mut self, cell: Cell) -> Lot {
        self.cells.push(cell);
        self.slots.push(self.cells.len() as u32 - 1);
        Lot { base: self.slots.len() as u32 - 1, mask: 0 }
    }

    /// A place for the cells of `column`; none if there is no room.
    fn put(&mut self, compiler: &Compiler<'_>, column: &Column) -> Option<Lot> {
        if !compiler.varies(column) {
            let cell = compiler.cell(column, LEFT_EDGE, 0);
            return Some(self.one(cell));
        }
        self.plane(compiler.neighbours, |left, right| compiler.cell(column, left, right))
    }

    /// A place for the cells that `cell` tells of each two neighbours; none if there is no room.
    fn plane(&mut self, neighbours: &Neighbours, cell: impl Fn(usize, usize) -> Cell) -> Option<Lot> {
        let (lefts, rights) = (neighbours.left.len(), neighbours.right.len());
        let mut plane = vec![0; lefts * rights];
        for left in 0..lefts {
            for right in 0..rights {
                // a word with an odd letter is the interpreter's anyhow
                let idle = right == RIGHT_ODD_LETTER;
                let cell = if idle { plane[left * rights] } else { self.intern(cell(left, right)) };
                plane[left * rights + right] = cell;
            }
        }
        let at = |left: usize, right: usize| plane[left * rights + right];
        let same_right = (0..lefts).all(|left| (0..rights).all(|right| at(left, right) == at(left, 0)));
        let same_left = (0..rights).all(|right| (0..lefts).all(|left| at(left, right) == at(0, right)));
        let (width, height) = (1 << self.bits.0, 1 << self.bits.1);
        let (base, mask) = match (same_left, same_right) {
            (true, true) => return Some(self.one(self.cells[at(0, 0) as usize].clone())),
            (false, true) => {
                let base = self.room(width);
                (0..lefts).for_each(|left| self.slots[base + left] = at(left, 0));
                (base, width - 1)
            }
            (true, false) => {
                let (from, used) = match self.shared {
                    Some((from, used)) if used < width => (from, used),
                    _ => (self.room(width * height), 0),
                };
                self.shared = Some((from, used + 1));
                (0..rights).for_each(|right| self.slots[from + used + right * width] = at(0, right));
                (from + used, (height - 1) * width)
            }
            (false, false) => {
                let base = self.room(width * height);
                for left in 0..lefts {
                    (0..rights).for_each(|right| self.slots[base + left + right * width] = at(left, right));
                }
                (base, width * height - 1)
            }
        };
        (self.slots.len() <= MOST_CELLS).then_some(Lot { base: base as u32, mask: mask as u32 })
    }

    fn room(&mut self, size: usize) -> usize {
        let base = self.slots.len();
        let idle = self.intern(Cell::Word);
        self.slots.resize(base + size, idle);
        base
    }

    fn encode<S: Sink>(&self) -> Vec<S::Cell> {
        let cells: Vec<S::Cell> = self.cells.iter().map(S::encode).collect();
        self.slots.iter().map(|&slot| cells[slot as usize]).collect()
    }
}

/// Works out cells.
struct Compiler<'e> {
    exact: &'e Interpreter,
    neighbours: &'e Neighbours,
    /// The number of the first rule of each group.
    numbers: Vec<usize>,
    /// The first letters of exceptions.
    exceptions: FxHashSet<char>,
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
    fn new(exact: &'e Interpreter, neighbours: &'e Neighbours) -> Self {
        let mut numbers = Vec::new();
        let mut rules = 0;
        for group in &exact.groups {
            numbers.push(rules);
            rules += group.rules.len();
        }
        let firsts = exact.words.keys().filter_map(|word| word.first());
        let exceptions = firsts.flat_map(|&first| [first, exact.case().lower(first)]).collect();
        let seconds = neighbours.pairs.iter().map(|pair| pair.1).collect();
        Compiler { exact, neighbours, numbers, exceptions, seconds }
    }

    fn column(&self, char: char) -> Column {
        let chars = &self.exact.reader.chars;
        let unit = small(chars, char);
        let case = match chars.is(unit, is::CASED) {
            true if chars.is(char, is::CAPITAL) => Case::Capital,
            true => Case::Small,
            false => Case::None,
        };
        let exception = self.exceptions.contains(&unit) || self.exceptions.contains(&char);
        Column { unit, case, exception, itself: Some(char) }
    }

    /// Whether neighbours may matter. Those that are marks of stress do to all letters with rules.
    fn varies(&self, column: &Column) -> bool {
        self.has_rules(column.unit) || column.exception || column.unit == APOSTROPHE
    }

    /// Whether rules change a letter, alone or as the second of a pair.
    fn has_rules(&self, unit: char) -> bool {
        !self.exact.reader.chars.class(unit).groups.is_empty() || self.seconds.contains(&unit)
    }

    /// The cell of a mark of stress.
    fn stress(&self, left: usize, right: usize) -> Cell {
        let is_mark = (RIGHT_STRESS[0].1..=RIGHT_MARK).contains(&right);
        let is_written = self.neighbours.left[left].stressed && !is_mark;
        if is_written { Cell::Text(String::new()) } else { Cell::Stress }
    }

    fn cell(&self, column: &Column, left: usize, right: usize) -> Cell {
        if left == LEFT_EDGE && column.exception {
            return Cell::Word;
        }
        let stress = RIGHT_STRESS.iter().find(|(_, class)| *class == right).map(|&(mark, _)| mark);
        let is_first = || self.neighbours.pairs.iter().any(|pair| pair.0 == column.unit);
        if stress.is_some_and(|mark| is_first() || self.exact.reader.composes(column.unit, mark)) {
            return Cell::Whole; // no pair is one with a mark between
        }
        let (left, right) = (&self.neighbours.left[left], &self.neighbours.right[right]);
        let choice = self.choice(column.unit, left, right, stress);
        if column.unit == APOSTROPHE && !matches!(choice, Choice::Nothing) && !left.alphabet && !right.alphabet {
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

    fn choice(&self, unit: char, left: &Neighbour, right: &Neighbour, stress: Option<char>) -> Choice<'e> {
        if left.part != '\0' && self.neighbours.pairs.contains(&(left.part, unit)) {
            return Choice::Taken;
        }
        let groups = self.exact.reader.chars.class(unit).groups.clone();
        for number in groups.start as usize..groups.end as usize {
            let group = &self.exact.groups[number];
            let truths = |index: usize| self.neighbours.truths(left, right, self.numbers[number] + index);
            if let Some(&second) = group.source.get(1) {
                if (0..group.rules.len()).all(|index| truths(index).0 == Truth::No) {
                    continue;
                }
                let unknown = !right.letter && !right.edge && (second == APOSTROPHE || stress == Some(second));
                if unknown || (right.letter && second == right.part) {
                    let pair = group.source.len() == 2 && self.neighbours.pairs.contains(&(unit, second));
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
