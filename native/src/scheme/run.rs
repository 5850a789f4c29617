//! The table at work: one look-up a character, and the interpreter for the words it leaves.

use super::chars::is;
use super::layout::Lot;
use super::neighbours::{LEFT_EDGE, LEFT_PLAIN};
use super::output::{APOSTROPHE, COPY, Latin1, SPECIAL, STRESS, Sink, Ucs2, Ucs4, Utf8, WIDE, WORD};
use super::plan::{Classes, Plan};
use super::rewrite::{Interpreter, Ready, Scratch};

/// How many characters are written before more room is asked for.
const STRETCH: usize = 1024;
/// What stands at the edge of a word: class of the character before it.
pub(super) const EDGE: u32 = LEFT_EDGE as u32;
/// The same where the word is known to be no exception.
pub(super) const PLAIN_EDGE: u32 = LEFT_PLAIN as u32;

/// Where the work stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    /// The next character.
    pub at: usize,
    /// The class of the one before.
    pub left: u32,
    /// No word begins before and ends after here.
    pub floor: usize,
}

/// The output cannot hold what must be written next.
#[derive(Debug)]
pub(super) struct TooWide;

/// A plan, and the interpreter it was made from.
#[derive(Clone, Copy)]
pub(super) struct Machine<'m> {
    pub plan: &'m Plan,
    pub exact: &'m Interpreter,
}

/// Which of the plan's tables an output reads.
pub(super) trait Cells: Sink {
    fn cells(plan: &Plan) -> &[Self::Cell];
}

impl Cells for Utf8 {
    fn cells(plan: &Plan) -> &[u64] {
        &plan.utf8
    }
}

impl Cells for Latin1 {
    fn cells(plan: &Plan) -> &[u64] {
        &plan.latin1
    }
}

impl Cells for Ucs2 {
    fn cells(plan: &Plan) -> &[[u16; 8]] {
        &plan.ucs2
    }
}

impl Cells for Ucs4 {
    fn cells(plan: &Plan) -> &[[u16; 8]] {
        &plan.ucs2
    }
}

/// The place of the cell of `here` between two others, of which the classes are given.
#[inline(always)]
pub(super) fn place(left: u32, here: Lot, right: u32) -> usize {
    (((left + right) & here.mask) + here.base) as usize
}

/// Writes the characters `from` to `to` of `numbers`, as long as there are cells for them; how far it came,
/// with the class of the character before, and how much is written. After `to` stands another character.
///
/// # Safety
/// `numbers` must be numbers of `plan`, `to` less than their number, and `out` have room for 8 units more
/// than there are characters, 8 times.
#[inline(never)]
unsafe fn stretch<S: Cells>(
    plan: &Plan,
    numbers: &[u16],
    from: usize,
    to: usize,
    mut left: u32,
    mut out: *mut S::Unit,
) -> (usize, u32, *mut S::Unit) {
    let (lots, classes, cells) = (plan.lots.as_ptr(), plan.classes.as_ptr(), S::cells(plan).as_ptr());
    let first = numbers.as_ptr();
    let mut at = from;
    // SAFETY: `lots` and `classes` are as long as there are numbers; sums of a base and of classes under
    // its mask are places of cells, for so the plan lays them out; and each round writes less than 8 units.
    unsafe {
        let mut here = usize::from(*first.add(at));
        while at < to {
            let next = usize::from(*first.add(at + 1));
            // kept by its place: a copy of its units would be stored in parts, and waited for when read whole
            let cell = cells.add(place(left, *lots.add(here), (*classes.add(next)).right));
            let code = S::code(*cell);
            if code >= SPECIAL {
                if code == WORD && left == EDGE && plan.starts_tell && plan.is_no_start(numbers, at) {
                    left = PLAIN_EDGE; // the cells after such an edge tell more
                    continue;
                }
                break;
            }
            S::store(*cell, out);
            out = out.add(usize::from(code));
            left = (*classes.add(here)).after(left);
            here = next;
            at += 1;
        }
    }
    (at, left, out)
}

impl Machine<'_> {
    /// Appends what `numbers` become to `out`. They begin and end where words may.
    pub fn run<S: Cells>(
        &self,
        numbers: &[u16],
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        let mut cursor = Cursor { at: 0, left: EDGE, floor: 0 };
        scratch.ready = Ready::default();
        while cursor.at < numbers.len() {
            let to = (numbers.len() - 1).min(cursor.at + STRETCH);
            out.reserve(8 * (to - cursor.at + 1));
            // SAFETY: all numbers come from the plan, and room for 8 units a character is reserved.
            unsafe {
                let start = out.as_mut_ptr().add(out.len());
                let (at, left, end) = stretch::<S>(self.plan, numbers, cursor.at, to, cursor.left, start);
                out.set_len(out.len() + end.offset_from_unsigned(start));
                (cursor.at, cursor.left) = (at, left);
            }
            if cursor.at < to || cursor.at == numbers.len() - 1 {
                self.step::<S>(numbers, &mut cursor, out, scratch)?;
            }
        }
        Ok(())
    }

    /// The class of the character at `at` as one that follows.
    pub(super) fn right(&self, numbers: &[u16], at: usize) -> u32 {
        self.classes(numbers.get(at)).right
    }

    pub(super) fn classes(&self, number: Option<&u16>) -> Classes {
        number.map_or_else(Classes::default, |&number| self.plan.classes[usize::from(number)])
    }

    /// Does what the cell of the character at the cursor asks for.
    #[inline(never)]
    fn step<S: Cells>(
        &self,
        numbers: &[u16],
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        let here = numbers[cursor.at];
        let right = self.right(numbers, cursor.at + 1);
        let cell = S::cells(self.plan)[place(cursor.left, self.plan.lots[usize::from(here)], right)];
        match S::code(cell) {
            WORD if cursor.left == EDGE
                && self.plan.starts_tell
                && self.plan.is_no_start(numbers, cursor.at) =>
            {
                cursor.left = PLAIN_EDGE;
                Ok(())
            }
            COPY => self.skip::<S>(here, EDGE, cursor, out),
            WIDE => Err(TooWide),
            STRESS if !self.plan.is_left_letter(cursor.left) => self.skip::<S>(here, EDGE, cursor, out),
            STRESS => {
                // a mark that stays where it is, unless it is one of several, or makes another letter
                let (letter, next) = (numbers[cursor.at - 1], numbers.get(cursor.at + 1));
                let is_followed = next.is_some_and(|&next| self.plan.facts(next).is(is::MARK));
                if is_followed || self.composes(letter, here) {
                    self.word::<S>(S::code(cell), numbers, cursor, out, scratch)
                } else {
                    self.skip::<S>(here, cursor.left, cursor, out)
                }
            }
            APOSTROPHE => match self.inside::<S>(numbers, cursor.at, cursor.left) {
                None => self.skip::<S>(here, EDGE, cursor, out),
                Some(cell) => match S::code(cell) {
                    WIDE => Err(TooWide),
                    COPY => self.skip::<S>(here, self.plan.left_inside, cursor, out),
                    length if length < SPECIAL => {
                        put::<S>(cell, length, out);
                        (cursor.at, cursor.left) = (cursor.at + 1, self.plan.left_inside);
                        Ok(())
                    }
                    code => self.word::<S>(code, numbers, cursor, out, scratch),
                },
            },
            length if length < SPECIAL => {
                put::<S>(cell, length, out);
                (cursor.at, cursor.left) = (cursor.at + 1, self.classes(Some(&here)).after(cursor.left));
                Ok(())
            }
            code => self.word::<S>(code, numbers, cursor, out, scratch),
        }
    }

    /// Whether a letter and a mark are read as one letter.
    fn composes(&self, letter: u16, mark: u16) -> bool {
        let mark = char::from_u32(u32::from(self.plan.code(mark)));
        mark.is_some_and(|mark| self.exact.reader.composes(self.plan.facts(letter).small, mark))
    }

    /// The cell of an apostrophe at `at`; none where it stands between no letters.
    pub(super) fn inside<S: Cells>(&self, numbers: &[u16], at: usize, left: u32) -> Option<S::Cell> {
        let right = self.right(numbers, at + 1);
        if !self.plan.is_left_letter(left) || !self.plan.is_right_letter(right) {
            return None;
        }
        let here = if self.plan.facts(numbers[at]).is(is::QUOTE) { self.plan.inside } else { self.plan.copy };
        Some(S::cells(self.plan)[place(left, here, right)])
    }

    /// Copies a character, and goes on as after a character of class `left`.
    pub(super) fn skip<S: Cells>(
        &self,
        number: u16,
        left: u32,
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
    ) -> Result<(), TooWide> {
        if !S::push(out, u32::from(self.plan.code(number))) {
            return Err(TooWide);
        }
        (cursor.at, cursor.left) = (cursor.at + 1, left);
        Ok(())
    }
}

/// Appends a cell of `length` units.
fn put<S: Sink>(cell: S::Cell, length: u16, out: &mut Vec<S::Unit>) {
    out.reserve(8);
    // SAFETY: room for 8 units was reserved, and `length` of them are now initialized.
    unsafe {
        S::store(cell, out.as_mut_ptr().add(out.len()));
        out.set_len(out.len() + usize::from(length));
    }
}
