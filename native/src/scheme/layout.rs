//! Where in a plan's table the cells of each character lie.

use super::cells::Cell;
use super::neighbours::{Neighbours, RIGHT_ODD_LETTER};
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
    fn dense(&mut self, neighbours: &Neighbours, cell: impl Fn(usize, usize) -> Cell) -> Option<Lot> {
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

    /// A place for the cells that `cell` tells of each two neighbours; none if there is no room.
    pub fn plane(&mut self, neighbours: &Neighbours, cell: impl Fn(usize, usize) -> Cell) -> Option<Lot> {
        if !neighbours.far {
            return self.dense(neighbours, cell);
        }
        let (lefts, rights) = (&neighbours.left_used, &neighbours.right_used);
        let mut cells = vec![Vec::with_capacity(rights.len()); lefts.len()];
        for (row, &left) in cells.iter_mut().zip(lefts) {
            for &right in rights {
                // a word with an odd letter is the interpreter's anyhow
                let idle = right == RIGHT_ODD_LETTER;
                row.push(if idle { row[0] } else { self.intern(cell(left, right)) });
            }
        }
        let columns: Vec<Vec<u32>> =
            (0..rights.len()).map(|right| cells.iter().map(|row| row[right]).collect()).collect();
        let mask =
            bits(self.left_bits, lefts, &cells) | bits(self.right_bits, rights, &columns) << self.left_bits;
        let mut plane = Vec::with_capacity(lefts.len() * rights.len());
        for (row, &left) in cells.iter().zip(lefts) {
            plane.extend(
                row.iter()
                    .zip(rights)
                    .map(|(&number, &right)| (((left | right << self.left_bits) as u32) & mask, number)),
            );
        }
        plane.sort_unstable();
        plane.dedup();
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

/// Which bits of classes matter, if the others count as 0: `cells` has what is told by each class of `used`.
fn bits(count: u32, used: &[usize], cells: &[Vec<u32>]) -> u32 {
    let mut mask = (1 << count) - 1;
    for bit in (0..count).rev() {
        let less = mask & !(1 << bit);
        let mut seen: Vec<Option<&[u32]>> = vec![None; 1 << count];
        let mut all = used.iter().zip(cells);
        if all.all(|(&class, cells)| *seen[class & less].get_or_insert(cells) == *cells) {
            mask = less;
        }
    }
    mask as u32
}
