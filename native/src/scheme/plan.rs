//! The rules of a scheme, compiled: what each letter becomes between each two neighbours, as one table.
//!
//! Most letters, in most words, become what they become because of the letter before and the letter after.
//! So each character of the Basic Multilingual Plane has a class as a left neighbour, a class as a right one
//! (see [`neighbours`](super::neighbours)), and its own place in a table of cells, which the two classes lead
//! on from. Wherever one letter on each side does not tell, the cell says that the interpreter must read the
//! whole word.

use super::chars::{APOSTROPHE, is};
use super::context::Truth;
use super::neighbours::{
    Case, LEFT_EDGE, LEFT_INSIDE, LEFT_PLAIN, Neighbour, Neighbours, RIGHT_APOSTROPHE, RIGHT_MARK,
    RIGHT_ODD_LETTER, small,
};
use super::output::{Latin1, Sink, Ucs2, Utf8};
use super::rewrite::Interpreter;
use super::rules::Forms;
use rustc_hash::{FxHashMap, FxHashSet};

/// What a letter becomes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Cell {
    Text(String),
    /// Stays as it is.
    Copy,
    /// An apostrophe: inside a word or not.
    Apostrophe,
    /// The interpreter must read the word.
    Word,
}

/// A letter for which cells are worked out.
struct Column {
    unit: char,
    case: Case,
    /// Whether an exception begins with it.
    exception: bool,
    /// What stays where no rule is at work.
    itself: Cell,
}

/// The compiled rules.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// For each 64 code points, where in `infos` theirs begin.
    pub pages: Box<[u16; 1024]>,
    /// Four fields of 16 bits each: where the cells begin, the class on the left of the next character, the
    /// class on the right of the one before, and which bits of the neighbours' classes matter. (The least
    /// field first.)
    pub infos: Vec<u64>,
    pub utf8: Vec<<Utf8 as Sink>::Cell>,
    pub latin1: Vec<<Latin1 as Sink>::Cell>,
    pub ucs2: Vec<<Ucs2 as Sink>::Cell>,
    /// The information of an apostrophe between two letters, of the edge of a word, and of such an edge
    /// where no exception stands.
    pub inside: u64,
    pub edge: u64,
    pub plain_edge: u64,
    /// By the field of a class: whether it is one of letters.
    left_letters: Vec<bool>,
    right_letters: Vec<bool>,
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
    plain: FxHashMap<u32, u64>,
}

/// A table with more cells than this is not worth its memory.
const MOST_CELLS: usize = 1 << 16;

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
        let quote = Column { unit: APOSTROPHE, case: Case::None, exception: false, itself: Cell::Copy };
        let inside = layout.put(&compiler, &quote)?;
        let mut infos = FxHashMap::default();
        for &char in chars.listed.iter().filter(|&&char| chars.is(char, is::WORD)) {
            let flags = chars.class(char).flags;
            let info = if flags & odd == 0 {
                let (left, right) = neighbours.of(char);
                layout.put(&compiler, &compiler.column(char))? | layout.fields(left, right)
            } else if flags & odd == is::APOSTROPHE && flags & is::LETTER == 0 {
                layout.one(Cell::Apostrophe) | layout.fields(LEFT_EDGE, RIGHT_APOSTROPHE)
            } else if flags & is::LETTER != 0 {
                layout.one(Cell::Word) | layout.fields(LEFT_EDGE, RIGHT_ODD_LETTER)
            } else {
                layout.one(Cell::Word) | layout.fields(LEFT_EDGE, RIGHT_MARK)
            };
            infos.insert(char as u32, info);
        }
        let (pages, infos) = layout.pages(&infos);
        if layout.slots.len() > MOST_CELLS {
            return None;
        }
        Some(Plan {
            pages,
            infos,
            utf8: layout.encode::<Utf8>(),
            latin1: layout.encode::<Latin1>(),
            ucs2: layout.encode::<Ucs2>(),
            inside: inside | layout.fields(LEFT_INSIDE, RIGHT_APOSTROPHE),
            edge: layout.one(Cell::Copy),
            plain_edge: layout.one(Cell::Copy) | layout.fields(LEFT_PLAIN, 0),
            left_letters: neighbours.left.iter().map(|one| one.letter).collect(),
            right_letters: neighbours.right.iter().map(|one| one.letter).collect(),
            longest_exception: exact.words.keys().map(|word| word.len()).max().unwrap_or(0),
        })
    }

    /// Whether the character was a letter, or is one, by its information.
    pub fn left_letter(&self, info: u64) -> bool {
        self.left_letters[usize::from((info >> 16) as u16)]
    }

    /// Whether a word may begin after the character; not if it is known to be no exception.
    pub fn after_edge(&self, info: u64) -> bool {
        usize::from((info >> 16) as u16) == LEFT_EDGE
    }

    /// Whether the character that follows is a letter.
    pub fn right_letter(&self, info: u64) -> bool {
        let bits = self.left_letters.len().next_power_of_two().trailing_zeros();
        self.right_letters[usize::from((info >> 32) as u16) >> bits]
    }
}

impl Layout {
    fn fields(&self, left: usize, right: usize) -> u64 {
        (left as u64) << 16 | ((right as u64) << self.bits.0) << 32
    }

    fn intern(&mut self, cell: Cell) -> u32 {
        *self.known.entry(cell).or_insert_with_key(|cell| {
            self.cells.push(cell.clone());
            self.cells.len() as u32 - 1
        })
    }

    /// A place for a cell that asks for no neighbour.
    fn one(&mut self, cell: Cell) -> u64 {
        let cell = self.intern(cell);
        *self.plain.entry(cell).or_insert_with(|| {
            self.slots.push(cell);
            self.slots.len() as u64 - 1
        })
    }

    /// A place for the cells of `column`; none if there is no room.
    fn put(&mut self, compiler: &Compiler<'_>, column: &Column) -> Option<u64> {
        if !compiler.varies(column) {
            let cell = compiler.cell(column, LEFT_EDGE, 0);
            return Some(self.one(cell));
        }
        let (lefts, rights) = (compiler.neighbours.left.len(), compiler.neighbours.right.len());
        let mut plane = vec![0; lefts * rights];
        for left in 0..lefts {
            for right in 0..rights {
                // a word with a mark or an odd letter is the interpreter's anyhow
                let idle = right == RIGHT_MARK || right == RIGHT_ODD_LETTER;
                let cell = if idle { plane[left * rights] } else { self.intern(compiler.cell(column, left, right)) };
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
        (self.slots.len() <= MOST_CELLS).then_some(base as u64 | (mask as u64) << 48)
    }

    fn room(&mut self, size: usize) -> usize {
        let base = self.slots.len();
        let idle = self.intern(Cell::Word);
        self.slots.resize(base + size, idle);
        base
    }

    /// The pages of `infos`, and of other characters in common use; all else is one page.
    fn pages(&mut self, infos: &FxHashMap<u32, u64>) -> (Box<[u16; 1024]>, Vec<u64>) {
        let edge = self.one(Cell::Copy);
        let mut pages = Box::new([0; 1024]);
        let mut all = vec![edge; 64];
        let common = (0..0x600).chain(0x2000..0x2140);
        let listed: FxHashSet<u32> = infos.keys().copied().chain(common).map(|code| code >> 6).collect();
        let mut listed: Vec<u32> = listed.into_iter().collect();
        listed.sort_unstable();
        for page in listed {
            pages[page as usize] = u16::try_from(all.len()).expect("at most 65,536 code points are here");
            for code in page << 6..(page + 1) << 6 {
                let itself = char::from_u32(code).map(|char| Cell::Text(char.into()));
                let info = infos.get(&code).copied();
                all.push(info.unwrap_or_else(|| itself.map_or(edge, |itself| self.one(itself))));
            }
        }
        (pages, all)
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
        Column { unit, case, exception, itself: Cell::Text(char.into()) }
    }

    /// Whether neighbours may matter.
    fn varies(&self, column: &Column) -> bool {
        let groups = &self.exact.reader.chars.class(column.unit).groups;
        let groups = &self.exact.groups[groups.start as usize..groups.end as usize];
        let cased = |forms: &Forms| match column.case {
            Case::Small => false,
            Case::Capital => forms.upper != forms.title,
            Case::None => forms.upper != forms.lower,
        };
        column.exception
            || column.unit == APOSTROPHE
            || self.seconds.contains(&column.unit)
            || groups.iter().any(|group| {
                let varies = |rule: &super::rules::ReadyRule| rule.contextual() || cased(&rule.forms);
                group.source.len() > 1 || group.rules.iter().any(varies)
            })
    }

    fn cell(&self, column: &Column, left: usize, right: usize) -> Cell {
        if left == LEFT_EDGE && column.exception {
            return Cell::Word;
        }
        let (left, right) = (&self.neighbours.left[left], &self.neighbours.right[right]);
        let form = match self.choice(column.unit, left, right) {
            Choice::Unknown => None,
            Choice::Taken => Some(""),
            Choice::One(forms) => one_cased(column.case, forms, left, right),
            Choice::Pair(forms) => pair_cased(column.case, forms, right),
            Choice::Nothing => match &self.exact.apostrophe {
                Some(apostrophe) if column.unit == APOSTROPHE && left.alphabet && right.alphabet => {
                    Some(apostrophe.as_str())
                }
                _ => return column.itself.clone(),
            },
        };
        form.map_or(Cell::Word, |form| Cell::Text(form.to_owned()))
    }

    fn choice(&self, unit: char, left: &Neighbour, right: &Neighbour) -> Choice<'e> {
        if left.part != '\0' && self.neighbours.pairs.contains(&(left.part, unit)) {
            return Choice::Taken;
        }
        let groups = self.exact.reader.chars.class(unit).groups.clone();
        for number in groups.start as usize..groups.end as usize {
            let group = &self.exact.groups[number];
            if let Some(&second) = group.source.get(1) {
                let unknown = !right.letter && !right.edge && second == APOSTROPHE;
                if unknown || (right.letter && second == right.part) {
                    let pair = group.source.len() == 2 && self.neighbours.pairs.contains(&(unit, second));
                    return if pair { Choice::Pair(&group.rules[0].forms) } else { Choice::Unknown };
                }
                continue;
            }
            for (index, rule) in group.rules.iter().enumerate() {
                let rule_number = self.numbers[number] + index;
                match left.truths[rule_number].min(right.truths[rule_number]) {
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
