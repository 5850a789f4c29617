//! Where in a plan's table the cells of each character lie.

use super::cells::{Cell, Sorted};
use super::neighbours::Neighbours;
use super::output::Sink;
use super::plan::Classes;
use rustc_hash::FxHashMap;

/// Where the cells of a character begin, and which bits of its neighbours' classes matter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lot {
    pub base: u32,
    pub mask: u32,
}

/// Lays out cells, and interns them.
#[derive(Default)]
pub(super) struct Layout {
    cells: Vec<Cell>,
    known: FxHashMap<Cell, u32>,
    slots: Vec<u32>,
    /// The number of bits of a class on the left, and on the right.
    pub left_bits: u32,
    right_bits: u32,
    /// Where cells that ask only for the right neighbour lie between one another: from, and how many.
    shared: Option<(usize, usize)>,
    /// Where the last cells with a mask lie.
    last: FxHashMap<u32, usize>,
    /// After all places that bases and masks lead to.
    end: usize,
    /// Before it, no slot is free.
    free: usize,
    /// The places of cells that ask for no neighbour.
    plain: FxHashMap<u32, Lot>,
}

/// A slot without a cell.
const FREE: u32 = u32::MAX;
/// A table with more cells than this is not worth its memory.
const MOST_CELLS: usize = 1 << 16;
/// The same for classes: bits of both sides together.
const MOST_BITS: u32 = 14;

impl Layout {
    /// Room for no cells yet; none if there are too many neighbours for that.
    pub fn new(neighbours: &Neighbours) -> Option<Self> {
        let bits = |count: usize| count.next_power_of_two().trailing_zeros();
        let (left_bits, right_bits) = (bits(neighbours.left.len()), bits(neighbours.right.len()));
        let layout = Layout { left_bits, right_bits, ..Layout::default() };
        (left_bits + right_bits <= MOST_BITS).then_some(layout)
    }

    /// The classes of these numbers as a plan keeps them.
    pub fn classes(&self, left: usize, right: usize) -> Classes {
        Classes { left: left as u16, keep: 0, right: (right as u32) << self.left_bits }
    }

    fn intern(&mut self, cell: Cell) -> u32 {
        *self.known.entry(cell).or_insert_with_key(|cell| {
            self.cells.push(cell.clone());
            self.cells.len() as u32 - 1
        })
    }

    /// A place for a cell that asks for no neighbour.
    pub fn one(&mut self, cell: Cell) -> Lot {
        let cell = self.intern(cell);
        *self.plain.entry(cell).or_insert_with(|| {
            self.slots.push(cell);
            Lot { base: self.slots.len() as u32 - 1, mask: 0 }
        })
    }

    /// The same for a cell that none is like.
    pub fn next(&mut self, cell: Cell) -> Lot {
        self.cells.push(cell);
        self.slots.push(self.cells.len() as u32 - 1);
        Lot { base: self.slots.len() as u32 - 1, mask: 0 }
    }

    /// The same where every class may stand beside every other.
    fn dense(&mut self, cells: &[Vec<u32>], sorted: &(Sorted, Sorted)) -> Option<Lot> {
        let (lefts, rights) = (sorted.0.kinds.len(), sorted.1.kinds.len());
        let at = |left: usize, right: usize| cells[sorted.0.kinds[left]][sorted.1.kinds[right]];
        let same_right = cells.iter().all(|row| row.iter().all(|cell| *cell == row[0]));
        let same_left = cells.iter().all(|row| *row == cells[0]);
        let (width, height) = (1 << self.left_bits, 1 << self.right_bits);
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

    /// A place for the cells that `cell` tells of each two neighbours, which are the same for classes that are
    /// `sorted` together; none if there is no room.
    pub fn plane(
        &mut self,
        neighbours: &Neighbours,
        sorted: &(Sorted, Sorted),
        cell: impl Fn(usize, usize) -> Cell,
    ) -> Option<Lot> {
        let (left, right) = sorted;
        let mut row =
            |left: usize| right.firsts.iter().map(|&right| self.intern(cell(left, right))).collect();
        let cells: Vec<Vec<u32>> = left.firsts.iter().map(|&left| row(left)).collect();
        if !neighbours.far {
            return self.dense(&cells, sorted);
        }
        let column = |right: usize| cells.iter().map(|row| row[right]).collect();
        let columns: Vec<Vec<u32>> = (0..right.firsts.len()).map(column).collect();
        let (left_mask, lefts) = places(self.left_bits, &neighbours.left_used, &left.kinds, &cells);
        let (right_mask, rights) = places(self.right_bits, &neighbours.right_used, &right.kinds, &columns);
        let mask = left_mask | right_mask << self.left_bits;
        let mut plane = Vec::with_capacity(lefts.len() * rights.len());
        for (right, column) in rights {
            let place = |left: u32| left | right << self.left_bits;
            plane.extend(lefts.iter().map(|&(left, row)| (place(left), cells[row][column])));
        }
        if mask == 0 {
            return Some(self.one(self.cells[plane[0].1 as usize].clone()));
        }
        // the first room where nothing else lies
        let is_free = |&(place, _): &(u32, u32), base: usize| {
            self.slots.get(base + place as usize).is_none_or(|&slot| slot == FREE)
        };
        let mut base = self.last.get(&mask).copied().unwrap_or(self.free);
        while !plane.iter().all(|place| is_free(place, base)) {
            base += 1;
        }
        let end = base + plane.last().map_or(0, |&(place, _)| place as usize) + 1;
        self.end = self.end.max(base + mask as usize + 1);
        if end > MOST_CELLS {
            return None;
        }
        self.slots.resize(self.slots.len().max(end), FREE);
        self.last.insert(mask, base);
        for &(place, number) in &plane {
            self.slots[base + place as usize] = number;
        }
        self.free += self.slots[self.free..].iter().take_while(|&&slot| slot != FREE).count();
        Some(Lot { base: base as u32, mask })
    }

    /// The cells for one output, and so many that no sum of a base and what its mask lets through is beyond.
    pub fn encode<S: Sink>(&self) -> Vec<S::Cell> {
        let cells: Vec<S::Cell> = self.cells.iter().map(S::encode).collect();
        let idle = S::encode(&Cell::Word);
        let slots = self.slots.iter().map(|&slot| cells.get(slot as usize).copied().unwrap_or(idle));
        let mut all: Vec<S::Cell> = slots.collect();
        all.resize(all.len().max(self.end), idle);
        all
    }
}

/// Which bits of classes matter, if the others count as 0, and what is left of each class, in order, with its
/// kind. `classes` are of these `kinds`, and `cells` has what is told by each kind.
fn places(count: u32, classes: &[usize], kinds: &[usize], cells: &[Vec<u32>]) -> (u32, Vec<(u32, usize)>) {
    let mut known = FxHashMap::default();
    let same: Vec<usize> =
        cells.iter().enumerate().map(|(kind, cells)| *known.entry(cells).or_insert(kind)).collect();
    let mut mask = (1 << count) - 1;
    let mut seen = vec![usize::MAX; 1 << count];
    for bit in (0..count).rev() {
        let less = mask & !(1 << bit);
        seen.fill(usize::MAX);
        let mut all = classes.iter().zip(kinds);
        if all.all(|(&class, &kind)| {
            let known = &mut seen[class & less];
            *known = if *known == usize::MAX { same[kind] } else { *known };
            *known == same[kind]
        }) {
            mask = less;
        }
    }
    let mut places: Vec<(u32, usize)> =
        classes.iter().zip(kinds).map(|(&class, &kind)| ((class & mask) as u32, kind)).collect();
    places.sort_unstable();
    places.dedup_by_key(|(place, _)| *place);
    (mask as u32, places)
}
