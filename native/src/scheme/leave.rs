//! Words of which the table does not tell all: what else must be known, or the interpreter as a whole.

use super::chars::{APOSTROPHE, is, is_stress};
use super::filter::WordFilter;
use super::output::{COPY, SPECIAL, STRESS, Sink, WORD};
use super::plan::KEEP_ALL;
use super::rewrite::{Ready, Scratch};
use super::rules::Group;
use super::run::{Cells, Cursor, EDGE, Machine, PLAIN_EDGE, TooWide, place};
use super::word::word_end;
use std::ops::Range;

impl Machine<'_> {
    /// Writes the letter at the cursor, or all of its word anew, for a cell asks for it by its code.
    pub(super) fn word<S: Cells>(
        &self,
        code: u16,
        numbers: &[u16],
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        if scratch.ready.word.contains(&cursor.at) {
            let Ready { word, from, length } = scratch.ready.clone();
            return if code == WORD {
                self.ask::<S>(numbers, word, cursor, out, scratch)
            } else {
                self.anew::<S>(numbers, word, (from, length), cursor, out, scratch)
            };
        }
        let Some(word) = self.word_at(numbers, cursor) else {
            self.skip::<S>(numbers[cursor.at], EDGE, cursor, out)?;
            cursor.floor = cursor.at;
            return Ok(());
        };
        let begins = word.start == cursor.at && cursor.left == EDGE;
        let is_listed = if begins && code == WORD { self.is_listed(&numbers[word.clone()]) } else { None };
        if is_listed == Some(true) {
            return self.anew::<S>(numbers, word, (cursor.at, out.len()), cursor, out, scratch);
        }
        let is_no_start = begins && !self.is_start(&numbers[word.clone()]);
        if is_no_start && is_listed == Some(false) {
            cursor.left = PLAIN_EDGE;
            return Ok(());
        }
        let is_start = cursor.left == EDGE && !is_no_start;
        if code == WORD && !is_start && self.is_plain(&numbers[word.clone()], begins, scratch) {
            self.exact.begin(scratch);
            scratch.ready = Ready { word: word.clone(), from: cursor.at, length: out.len() };
            if begins {
                cursor.left = PLAIN_EDGE;
                return Ok(());
            }
            return self.ask::<S>(numbers, word, cursor, out, scratch);
        }
        self.anew::<S>(numbers, word, (cursor.at, out.len()), cursor, out, scratch)
    }

    /// Has the interpreter write a word from its beginning. `from` is up to where cells alone have written
    /// it, and how much was written then.
    fn anew<S: Cells>(
        &self,
        numbers: &[u16],
        word: Range<usize>,
        from: (usize, usize),
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        out.truncate(from.1 - self.written::<S>(numbers, word.start..from.0));
        if !self.rewritten::<S>(&numbers[word.clone()], out, scratch) {
            return Err(TooWide);
        }
        *cursor = Cursor { at: word.end, left: EDGE, floor: word.end };
        Ok(())
    }

    /// The word that the character at the cursor stands in.
    fn word_at(&self, numbers: &[u16], cursor: &Cursor) -> Option<Range<usize>> {
        let has = |at: usize, flag| numbers.get(at).is_some_and(|&number| self.plan.facts(number).is(flag));
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

    /// Whether a word begins with a source that only stands there, or may do so.
    fn is_start(&self, numbers: &[u16]) -> bool {
        let small = |number: &u16| self.plan.facts(*number).small;
        let odd = is::MARK | is::APOSTROPHE | is::SPLIT | is::TYPED;
        let is_odd = || numbers.iter().any(|&number| self.plan.facts(number).is(odd));
        let groups = self.exact.reader.chars.class(small(&numbers[0])).groups.clone();
        let groups = &self.exact.groups[groups.start as usize..groups.end as usize];
        if is_odd() {
            return groups.iter().any(Group::is_start);
        }
        let code = |at: usize| numbers.get(at).map_or(0, |number| u64::from(u32::from(small(number))));
        let after = code(1) | code(2) << 32;
        groups.iter().any(|group| {
            let source = group.source.iter().copied();
            group.may_begin(after)
                && group.is_start()
                && numbers.iter().map(small).take(source.len()).eq(source)
        })
    }

    /// Whether a word is most likely an exception, or surely none; none if it is not one of nothing but letters.
    fn is_listed(&self, numbers: &[u16]) -> Option<bool> {
        let (mut all, mut hash) = (0, WordFilter::START);
        for &number in numbers {
            let facts = self.plan.facts(number);
            all |= facts.flags;
            hash = WordFilter::add(hash, facts.small);
        }
        let is_plain = all & (is::MARK | is::APOSTROPHE | is::SPLIT | is::TYPED) == 0;
        is_plain.then(|| self.plan.exceptions.may_hold(hash))
    }

    /// Whether a word is one of plain letters that the rules may change, perhaps with marks of stress, and
    /// none of the exceptions, which are only to be looked for where it begins. Reads it into `scratch.word`
    /// if so.
    fn is_plain(&self, numbers: &[u16], begins: bool, scratch: &mut Scratch) -> bool {
        let Scratch { chars, word, .. } = scratch;
        word.clear();
        let all = numbers.iter().fold(0, |all, &number| all | self.plan.facts(number).flags);
        if all & (is::MARK | is::APOSTROPHE | is::SPLIT | is::TYPED) == 0 {
            word.text.extend(numbers.iter().map(|&number| self.plan.facts(number).small));
            word.capitals.extend(numbers.iter().map(|&number| self.plan.facts(number).is(is::CAPITAL)));
            word.letters.extend_from_slice(&word.text);
            word.before.extend(0..=numbers.len());
            return all & is::TOUCHED != 0 && !(begins && self.is_exception(numbers, chars, &word.letters));
        }
        for &number in numbers {
            let facts = self.plan.facts(number);
            if facts.is(is::SPLIT | is::TYPED) || facts.flags & is::JOINS == is::APOSTROPHE {
                return false;
            }
            word.before.push(word.letters.len());
            let small = if facts.is(is::QUOTE) { APOSTROPHE } else { facts.small };
            if facts.is(is::MARK) {
                let last = word.text.last().copied().filter(|&last| !is_stress(last));
                let is_apart = last.is_some_and(|last| !self.exact.reader.composes(last, small));
                if self.plan.classes[usize::from(number)].keep != KEEP_ALL || !is_apart {
                    return false;
                }
            } else {
                word.letters.push(small);
            }
            word.text.push(small);
            word.capitals.push(facts.is(is::CAPITAL));
        }
        word.before.push(word.letters.len());
        all & is::TOUCHED != 0 && !(begins && self.is_exception(numbers, chars, &word.letters))
    }

    /// Whether a word, of which `letters` are the small letters, is an exception.
    fn is_exception(&self, numbers: &[u16], chars: &mut Vec<char>, letters: &[char]) -> bool {
        let words = &self.exact.words;
        if words.is_empty() || letters.len() > self.plan.longest_exception {
            return false;
        }
        self.spell(numbers, chars);
        words.contains_key(chars.as_slice()) || words.contains_key(letters)
    }

    /// Writes the letter at the cursor, or as many as it is taken with, of the plain word in `scratch.word`,
    /// with its stress.
    fn ask<S: Cells>(
        &self,
        numbers: &[u16],
        word: Range<usize>,
        cursor: &mut Cursor,
        out: &mut Vec<S::Unit>,
        scratch: &mut Scratch,
    ) -> Result<(), TooWide> {
        let at = cursor.at;
        let is_mark = |at: usize| self.plan.facts(numbers[at]).is(is::MARK);
        let size = self.exact.one(scratch, at - word.start);
        let end = at + size.unwrap_or_else(|| 1 + usize::from(at + 1 < word.end && is_mark(at + 1)));
        let code = |&number: &u16| u32::from(self.plan.code(number));
        let written = match size {
            Some(_) => S::push_str(out, &scratch.output),
            None => numbers[at..end].iter().all(|number| S::push(out, code(number))),
        };
        if !written {
            return Err(TooWide);
        }
        for number in &numbers[at..end] {
            let is_inside = self.plan.facts(*number).is(is::APOSTROPHE);
            let class = self.classes(Some(number)).after(cursor.left);
            cursor.left = if is_inside { self.plan.left_inside } else { class };
        }
        cursor.at = end;
        Ok(())
    }

    /// How many units were written for the beginning of a word.
    fn written<S: Cells>(&self, numbers: &[u16], start: Range<usize>) -> usize {
        let cells = S::cells(self.plan);
        let mut left = PLAIN_EDGE;
        let mut length = 0;
        for at in start {
            let here = self.plan.lots[usize::from(numbers[at])];
            let mut code = S::code(cells[place(left, here, self.right(numbers, at + 1))]);
            let mut passed = self.classes(numbers.get(at)).after(left);
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

    /// Has the interpreter write a word; whether `out` can hold it.
    fn rewritten<S: Sink>(&self, word: &[u16], out: &mut Vec<S::Unit>, scratch: &mut Scratch) -> bool {
        self.spell(word, &mut scratch.chars);
        if !self.exact.reader.touches(&scratch.chars) {
            return scratch.chars.iter().all(|&char| S::push(out, u32::from(char)));
        }
        self.exact.rewrite(scratch);
        scratch.pieces(|char| S::push(out, u32::from(char)))
    }

    /// Puts the characters of a word into `chars`. They are no surrogates.
    fn spell(&self, word: &[u16], chars: &mut Vec<char>) {
        chars.clear();
        let code = |&number: &u16| char::from_u32(u32::from(self.plan.code(number)));
        chars.extend(word.iter().map(|number| code(number).unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
}
