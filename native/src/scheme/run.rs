//! The table at work: one look-up a character, and the interpreter for the words it leaves.

use super::chars::is;
use super::neighbours::{LEFT_EDGE, LEFT_PLAIN, small};
use super::output::{APOSTROPHE, COPY, Latin1, SPECIAL, STRESS, Sink, Ucs2, Ucs4, Utf8, WIDE};
use super::plan::{Classes, Lot, Plan};
use super::rewrite::{Interpreter, Scratch};
use super::word::word_end;
use std::ops::Range;

/// How many characters are written before more room is asked for.
const STRETCH: usize = 1024;
/// What stands at the edge of a word: class of the character before it.
const EDGE: u32 = LEFT_EDGE as u32;
/// The same where the word is known to be no exception.
const PLAIN_EDGE: u32 = LEFT_PLAIN as u32;

/// Where the work stands in a text.
#[derive(Debug, Clone, Copy)]
struct Cursor {
    /// The next character.
    at: usize,
    /// The class of the one before.
    left: u32,
    /// No word begins before and ends after here.
    floor: usize,
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
fn place(left: u32, here: Lot, right: u32) -> usize {
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
            let cell = *cells.add(place(left, *lots.add(here), (*classes.add(next)).right));
            let code = S::code(cell);
            if code < SPECIAL {
                S::store(cell, out);
                out = out.add(usize::from(code));
                left = (*classes.add(here)).left;
            } else if code != STRESS || !plan.is_done(numbers, at, left) {
                break;
            }
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
        while cursor.at < numbers.len() {
            let to = (numbers.len() - 1).min(cursor.at + STRETCH);
            out.reserve(8 * (STRETCH + 1));
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
    fn right(&self, numbers: &[u16], at: usize) -> u32 {
        self.classes(numbers.get(at)).right
    }

    fn classes(&self, number: Option<&u16>) -> Classes {
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
            COPY => self.skip::<S>(here, EDGE, cursor, out),
            WIDE => Err(TooWide),
            STRESS if !self.plan.is_left_letter(cursor.left) => self.skip::<S>(here, EDGE, cursor, out),
            STRESS if self.plan.is_done(numbers, cursor.at, cursor.left) => {
                cursor.at += 1;
                Ok(())
            }
            STRESS => {
                // a mark that stays; if it is not alone, or behind a letter that rules may change with it,
                // the interpreter must see
                let (letter, next) = (numbers[cursor.at - 1], numbers.get(cursor.at + 1));
                let is_followed = next.is_some_and(|&next| self.is(next, is::MARK));
                if is_followed || self.plan.stressed[usize::from(letter)] || self.composes(letter, here) {
                    self.word::<S>(numbers, cursor, out, scratch)
                } else {
                    self.skip::<S>(here, cursor.left, cursor, out)
                }
            }
            APOSTROPHE => match self.inside::<S>(numbers, cursor.at, cursor.left) {
                None => self.skip::<S>(here, EDGE, cursor, out),
                Some(cell) => match S::code(cell) {
                    WIDE => Err(TooWide),
                    COPY => self.skip::<S>(here, self.plan.left_inside, cursor, out),
                    SPECIAL.. => self.word::<S>(numbers, cursor, out, scratch),
                    length => {
                        put::<S>(cell, length, out);
                        (cursor.at, cursor.left) = (cursor.at + 1, self.plan.left_inside);
                        Ok(())
                    }
                },
            },
            SPECIAL.. => self.word::<S>(numbers, cursor, out, scratch),
            length => {
                put::<S>(cell, length, out);
                (cursor.at, cursor.left) = (cursor.at + 1, self.classes(Some(&here)).left);
                Ok(())
            }
        }
    }

    /// Whether a letter and a mark are read as one letter.
    fn composes(&self, letter: u16, mark: u16) -> bool {
        let reader = &self.exact.reader;
        reader.composes(small(&reader.chars, self.char(letter)), self.char(mark))
    }

    /// The cell of an apostrophe at `at`; none where it stands between no letters.
    fn inside<S: Cells>(&self, numbers: &[u16], at: usize, left: u32) -> Option<S::Cell> {
        let right = self.right(numbers, at + 1);
        if !self.plan.is_left_letter(left) || !self.plan.is_right_letter(right) {
            return None;
        }
        let here = if self.is(numbers[at], is::QUOTE) { self.plan.inside } else { self.plan.copy };
        Some(S::cells(self.plan)[place(left, here, right)])
    }

    /// Copies a character, and goes on as after a character of class `left`.
    fn skip<S: Cells>(
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

    /// Has the interpreter write the word at the cursor, of which the beginning may be written already.
    fn word<S: Cells>(
        &self,
        numbers: &[u16],
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        let Some(word) = self.word_at(numbers, cursor) else {
            self.skip::<S>(numbers[cursor.at], EDGE, cursor, out)?;
            cursor.floor = cursor.at;
            return Ok(());
        };
        if word.start == cursor.at && cursor.left == EDGE && self.is_plain(&numbers[word.clone()], scratch) {
            cursor.left = PLAIN_EDGE;
            return Ok(());
        }
        let written = self.written::<S>(numbers, word.start..cursor.at);
        out.truncate(out.len() - written);
        scratch.chars.clear();
        scratch.chars.extend(numbers[word.clone()].iter().map(|&number| self.char(number)));
        *cursor = Cursor { at: word.end, left: EDGE, floor: word.end };
        if self.rewritten::<S>(out, scratch) { Ok(()) } else { Err(TooWide) }
    }

    /// The word that the character at the cursor stands in.
    fn word_at(&self, numbers: &[u16], cursor: &Cursor) -> Option<Range<usize>> {
        let has = |at: usize, flag| numbers.get(at).is_some_and(|&number| self.is(number, flag));
        let mut start = cursor.at;
        while start > cursor.floor && has(start - 1, is::WORD) {
            start -= 1;
        }
        loop {
            start = (start..=cursor.at).find(|&at| has(at, is::LETTER))?;
            let end = word_end(start, has);
            if end > cursor.at {
                return Some(start..end);
            }
            start = end;
        }
    }

    /// Whether there are exceptions, but `word` is none of them.
    fn is_plain(&self, word: &[u16], scratch: &mut Scratch) -> bool {
        let (reader, words) = (&self.exact.reader, &self.exact.words);
        if words.is_empty() || word.iter().any(|&number| self.is(number, is::MARK | is::SPLIT | is::TYPED)) {
            return false;
        }
        if word.len() > self.plan.longest_exception {
            return true;
        }
        scratch.chars.clear();
        scratch.chars.extend(word.iter().map(|&number| self.char(number)));
        let raw = words.contains_key(scratch.chars.as_slice());
        for char in &mut scratch.chars {
            let is_apostrophe = reader.chars.is(*char, is::APOSTROPHE);
            *char = if is_apostrophe { super::chars::APOSTROPHE } else { small(&reader.chars, *char) };
        }
        !raw && !words.contains_key(scratch.chars.as_slice())
    }

    /// How many units were written for the beginning of a word.
    fn written<S: Cells>(&self, numbers: &[u16], start: Range<usize>) -> usize {
        let cells = S::cells(self.plan);
        let mut left = PLAIN_EDGE;
        let mut length = 0;
        for at in start {
            let here = self.plan.lots[usize::from(numbers[at])];
            let mut code = S::code(cells[place(left, here, self.right(numbers, at + 1))]);
            let mut passed = self.classes(Some(&numbers[at])).left;
            if code == STRESS && self.plan.stressed[usize::from(numbers[at - 1])] {
                continue;
            }
            if code == STRESS {
                (code, passed) = (COPY, left);
            } else if code >= SPECIAL {
                // nothing else special than an apostrophe can have been passed in a word
                code = self.inside::<S>(numbers, at, left).map_or(COPY, S::code);
                passed = self.plan.left_inside;
            }
            let itself = || S::length(u32::from(self.plan.code(numbers[at])));
            length += if code < SPECIAL { usize::from(code) } else { itself() };
            left = passed;
        }
        length
    }

    /// Writes the word `scratch.chars`; whether `out` can hold it.
    fn rewritten<S: Cells>(&self, out: &mut Vec<S::Unit>, scratch: &mut Scratch) -> bool {
        if !self.exact.reader.touches(&scratch.chars) {
            return scratch.chars.iter().all(|&char| S::push(out, u32::from(char)));
        }
        self.exact.rewrite(scratch);
        scratch.pieces(|char| S::push(out, u32::from(char)))
    }

    fn is(&self, number: u16, flags: u16) -> bool {
        let char = char::from_u32(u32::from(self.plan.code(number)));
        char.is_some_and(|char| self.exact.reader.chars.is(char, flags))
    }

    /// A character of a word: no surrogate.
    fn char(&self, number: u16) -> char {
        char::from_u32(u32::from(self.plan.code(number))).unwrap_or(char::REPLACEMENT_CHARACTER)
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
