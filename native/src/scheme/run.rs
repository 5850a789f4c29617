//! The table at work: one look-up a character, and the interpreter for the words it leaves.

use super::chars::is;
use super::neighbours::small;
use super::output::{APOSTROPHE, COPY, SPECIAL, Sink, WIDE};
use super::plan::Plan;
use super::rewrite::{Interpreter, Scratch};
use super::word::word_end;
use std::ops::Range;

/// How many characters are written before more room is asked for.
const STRETCH: usize = 1024;

/// Where the work stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    /// The next character.
    pub at: usize,
    /// The information of the one before; that of an edge where no word is at work.
    prev: u64,
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

impl Cells for super::output::Utf8 {
    fn cells(plan: &Plan) -> &[u64] {
        &plan.utf8
    }
}

impl Cells for super::output::Latin1 {
    fn cells(plan: &Plan) -> &[u64] {
        &plan.latin1
    }
}

impl Cells for super::output::Ucs2 {
    fn cells(plan: &Plan) -> &[[u16; 8]] {
        &plan.ucs2
    }
}

impl Plan {
    /// The information of a character.
    #[inline(always)]
    fn info(&self, unit: u16) -> u64 {
        let page = usize::from(self.pages[usize::from(unit >> 6)]);
        // SAFETY: each page begins 64 or more entries before the end of `infos`.
        unsafe { *self.infos.get_unchecked(page + usize::from(unit & 63)) }
    }
}

/// The place of the cell of `here` between `prev` and `next`.
#[inline(always)]
fn place(prev: u64, here: u64, next: u64) -> usize {
    let classes = (prev >> 16) + (next >> 32);
    ((here & 0xffff) + (classes & (here >> 48))) as usize
}

impl Machine<'_> {
    /// A place to begin in a text that begins where a word may begin.
    pub fn start(&self) -> Cursor {
        Cursor { at: 0, prev: self.plan.edge, floor: 0 }
    }

    /// Writes `units` from the cursor on to `out`. `units` ends where a word may end.
    ///
    /// If `out` cannot hold what comes, the work can go on with another output that begins the same.
    pub fn run<S: Cells>(
        &self,
        units: &[u16],
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        while cursor.at < units.len() {
            let cell = self.stretch::<S>(units, cursor, out);
            if let Some(cell) = cell {
                self.special::<S>(cell, units, cursor, out, scratch)?;
            }
        }
        Ok(())
    }

    /// Writes characters as long as there are cells for them, at most `STRETCH`; what stopped it, if a cell.
    fn stretch<S: Cells>(
        &self,
        units: &[u16],
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
    ) -> Option<S::Cell> {
        let plan = self.plan;
        let cells = S::cells(plan);
        out.reserve(8 * (STRETCH + 1));
        let end = units.len().min(cursor.at + STRETCH);
        let mut prev = cursor.prev;
        let mut at = cursor.at;
        let mut here = plan.info(units[at]);
        let mut stop = None;
        // SAFETY: each of at most STRETCH + 1 rounds moves `to` by less than 8 units, and room for 8 times
        // that was reserved. Cells are found within the table, for the plan lays it out so: see `place`.
        unsafe {
            let first = out.as_mut_ptr().add(out.len());
            let mut to = first;
            while at + 1 < end {
                let next = plan.info(*units.get_unchecked(at + 1));
                let cell = *cells.get_unchecked(place(prev, here, next));
                let code = S::code(cell);
                if code >= SPECIAL {
                    stop = Some(cell);
                    break;
                }
                S::store(cell, to);
                to = to.add(usize::from(code));
                prev = here;
                here = next;
                at += 1;
            }
            if stop.is_none() {
                let next = units.get(at + 1).map_or(plan.edge, |&unit| plan.info(unit));
                let cell = *cells.get_unchecked(place(prev, here, next));
                let code = S::code(cell);
                if code >= SPECIAL {
                    stop = Some(cell);
                } else {
                    S::store(cell, to);
                    to = to.add(usize::from(code));
                    prev = here;
                    at += 1;
                }
            }
            out.set_len(out.len() + to.offset_from_unsigned(first));
        }
        (cursor.at, cursor.prev) = (at, prev);
        stop
    }

    /// Does what the cell at the cursor asks for.
    #[cold]
    #[inline(never)]
    fn special<S: Cells>(
        &self,
        cell: S::Cell,
        units: &[u16],
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        let unit = units[cursor.at];
        match S::code(cell) {
            COPY => self.skip::<S>(unit, cursor, out),
            WIDE => Err(TooWide),
            APOSTROPHE => match self.inside::<S>(units, cursor.at, cursor.prev) {
                None => self.skip::<S>(unit, cursor, out),
                Some(cell) => match S::code(cell) {
                    WIDE => Err(TooWide),
                    COPY => {
                        self.skip::<S>(unit, cursor, out)?;
                        cursor.prev = self.plan.inside;
                        Ok(())
                    }
                    SPECIAL.. => self.word::<S>(units, cursor, out, scratch),
                    length => {
                        put::<S>(cell, length, out);
                        cursor.at += 1;
                        cursor.prev = self.plan.inside;
                        Ok(())
                    }
                },
            },
            _ => self.word::<S>(units, cursor, out, scratch),
        }
    }

    /// The cell of an apostrophe at `at`; none where it stands between no letters.
    fn inside<S: Cells>(&self, units: &[u16], at: usize, prev: u64) -> Option<S::Cell> {
        let next = units.get(at + 1).map_or(self.plan.edge, |&unit| self.plan.info(unit));
        if !self.plan.left_letter(prev) || !self.plan.right_letter(next) {
            return None;
        }
        let is_quote = self.is(units[at], is::QUOTE);
        let here = if is_quote { self.plan.inside } else { self.plan.edge };
        Some(S::cells(self.plan)[place(prev, here, next)])
    }

    /// Copies a character that stands in no word.
    fn skip<S: Cells>(&self, unit: u16, cursor: &mut Cursor, out: &mut Vec<S::Unit>) -> Result<(), TooWide> {
        if !S::push(out, u32::from(unit)) {
            return Err(TooWide);
        }
        cursor.at += 1;
        cursor.prev = self.plan.edge;
        Ok(())
    }

    /// Has the interpreter write the word at the cursor, of which the beginning may be written already.
    fn word<S: Cells>(
        &self,
        units: &[u16],
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        let Some(word) = self.word_at(units, cursor) else {
            self.skip::<S>(units[cursor.at], cursor, out)?;
            cursor.floor = cursor.at;
            return Ok(());
        };
        let begins = word.start == cursor.at && self.plan.after_edge(cursor.prev);
        if begins && self.is_plain(&units[word.clone()], scratch) {
            cursor.prev = self.plan.plain_edge;
            return Ok(());
        }
        let written = self.written::<S>(units, word.start..cursor.at);
        out.truncate(out.len() - written);
        *cursor = Cursor { at: word.start, prev: self.plan.edge, floor: word.start };
        let length = out.len();
        scratch.chars.clear();
        scratch.chars.extend(units[word.clone()].iter().map(|&unit| character(unit)));
        if self.rewritten::<S>(out, scratch) {
            (cursor.at, cursor.floor) = (word.end, word.end);
            return Ok(());
        }
        out.truncate(length);
        Err(TooWide)
    }

    /// The word that the character at the cursor stands in.
    fn word_at(&self, units: &[u16], cursor: &Cursor) -> Option<Range<usize>> {
        let has = |at: usize, flag| units.get(at).is_some_and(|&unit| self.is(unit, flag));
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
        if words.is_empty() || word.iter().any(|&unit| self.is(unit, is::MARK | is::SPLIT | is::TYPED)) {
            return false;
        }
        if word.len() > self.plan.longest_exception {
            return true;
        }
        scratch.chars.clear();
        scratch.chars.extend(word.iter().map(|&unit| character(unit)));
        let raw = words.contains_key(scratch.chars.as_slice());
        for char in &mut scratch.chars {
            let is_apostrophe = reader.chars.is(*char, is::APOSTROPHE);
            *char = if is_apostrophe { super::chars::APOSTROPHE } else { small(&reader.chars, *char) };
        }
        !raw && !words.contains_key(scratch.chars.as_slice())
    }

    /// How many units were written for the beginning of a word.
    fn written<S: Cells>(&self, units: &[u16], start: Range<usize>) -> usize {
        let (plan, cells) = (self.plan, S::cells(self.plan));
        let mut prev = plan.plain_edge;
        let mut length = 0;
        for at in start {
            let (here, next) = (plan.info(units[at]), plan.info(units[at + 1]));
            let mut code = S::code(cells[place(prev, here, next)]);
            let mut passed = here;
            if code >= SPECIAL {
                // nothing else special than an apostrophe can have been passed in a word
                code = self.inside::<S>(units, at, prev).map_or(COPY, S::code);
                passed = plan.inside;
            }
            length += if code < SPECIAL { usize::from(code) } else { S::length(u32::from(units[at])) };
            prev = passed;
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

    fn is(&self, unit: u16, flags: u16) -> bool {
        char::from_u32(u32::from(unit)).is_some_and(|char| self.exact.reader.chars.is(char, flags))
    }
}

/// A unit of a word: no surrogate.
fn character(unit: u16) -> char {
    char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)
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
