//! Whole texts, in UTF-8 or in the units of a Python `str`.

use super::apply::Transliterator;
use super::chars::is;
use super::decode::{BLOCK, Block, Decode, End, Place, SLACK, decode_units, one};
use super::output::{Latin1, Output, Sink, Ucs2, Ucs4, Units, Utf8};
use super::plan::Plan;
use super::rewrite::{Interpreter, Scratch};
use super::run::{Cells, Machine, TooWide};
use std::mem::MaybeUninit;

/// So many ASCII bytes are worth to be copied by themselves.
const ASCII_RUN: usize = 64;
/// Texts up to this many units are worked on with less room.
const SHORT: usize = 256;

/// A text that blocks are read from, and copied from into output `S`.
trait Source<S: Sink> {
    fn len(&self) -> usize;

    /// Numbers the characters from `at` on.
    fn numbers(&self, plan: &Plan, at: usize, places: &mut [Place]) -> Block;

    /// The code point at `at`, and how many units it takes.
    fn code(&self, at: usize) -> (u32, usize);

    /// How many units a code point takes that is in a block.
    fn size(_code: u16) -> usize {
        1
    }

    /// Appends units to `out`; false if it cannot hold them.
    fn copy(&self, from: usize, to: usize, out: &mut Vec<S::Unit>) -> bool;

    /// How many units from `at` on are whole words that are nothing to the rules, if they are many.
    fn idle(&self, _transliterator: &Transliterator, _at: usize) -> Option<usize> {
        None
    }
}

struct Bytes<'t>(&'t [u8], Decode);

impl Source<Utf8> for Bytes<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn numbers(&self, plan: &Plan, at: usize, places: &mut [Place]) -> Block {
        self.1(plan, &self.0[at..], places)
    }

    fn code(&self, at: usize) -> (u32, usize) {
        one(&self.0[at..])
    }

    fn size(code: u16) -> usize {
        Utf8::length(u32::from(code))
    }

    fn copy(&self, from: usize, to: usize, out: &mut Vec<u8>) -> bool {
        out.extend_from_slice(&self.0[from..to]);
        true
    }

    fn idle(&self, transliterator: &Transliterator, at: usize) -> Option<usize> {
        let bytes = &self.0[at..];
        if transliterator.idle < 0x80 || bytes.len() < ASCII_RUN || !bytes[..ASCII_RUN].is_ascii() {
            return None;
        }
        let whole = bytes.chunks_exact(ASCII_RUN).take_while(|chunk| chunk.is_ascii()).count() * ASCII_RUN;
        let run = whole + bytes[whole..].iter().take_while(|byte| byte.is_ascii()).count();
        if run == bytes.len() {
            return Some(run);
        }
        let is_break = |&byte: &u8| !transliterator.exact.reader.chars.is(char::from(byte), is::WORD);
        bytes[..run].iter().rposition(is_break).map(|last| last + 1)
    }
}

impl<S: Sink, U: Copy + Into<u32>> Source<S> for &[U] {
    fn len(&self) -> usize {
        <[U]>::len(self)
    }

    fn numbers(&self, plan: &Plan, at: usize, places: &mut [Place]) -> Block {
        decode_units(plan, &self[at..], places)
    }

    fn code(&self, at: usize) -> (u32, usize) {
        self.get(at).map_or((0, 0), |&unit| (unit.into(), 1))
    }

    fn copy(&self, from: usize, to: usize, out: &mut Vec<S::Unit>) -> bool {
        self[from..to].iter().all(|&unit| S::push(out, unit.into()))
    }
}

impl Transliterator {
    /// Appends UTF-8 in the other script to `out`; what is not valid is copied.
    pub fn transliterate_bytes(&self, bytes: &[u8], out: &mut Vec<u8>) {
        out.reserve(bytes.len());
        let done = self.all::<Utf8, _>(&Bytes(bytes, self.decode), &mut 0, out);
        debug_assert!(done.is_ok(), "UTF-8 holds every character");
    }

    /// Puts text of code points up to U+FFFF into `out`, in place of what it holds; false if it is unchanged.
    pub fn transliterate_ucs2(&self, units: &[u16], out: &mut Output) -> bool {
        self.narrow(units, out);
        out.units() != Units::Two(units)
    }

    /// Puts text of code points up to U+00FF into `out`, in place of what it holds; false if it is unchanged.
    pub fn transliterate_latin1(&self, units: &[u8], out: &mut Output) -> bool {
        out.clear();
        if self.idle > 0xff {
            return false;
        }
        self.narrow(units, out);
        out.units() != Units::One(units)
    }

    /// Puts text of any code points into `out`, in place of what it holds; false if it is unchanged.
    pub fn transliterate_ucs4(&self, units: &[u32], out: &mut Output) -> bool {
        out.clear();
        let done = self.all::<Ucs4, _>(&units, &mut 0, &mut out.four);
        debug_assert!(done.is_ok(), "four bytes hold every character");
        out.shrink();
        out.units() != Units::Four(units)
    }

    /// Fills `out` with one byte a character as long as that will do, and then with two, if not four.
    fn narrow<U: Copy + Into<u32>>(&self, units: &[U], out: &mut Output) {
        out.clear();
        let mut at = 0;
        if self.all::<Latin1, _>(&units, &mut at, &mut out.one).is_ok() {
            return;
        }
        out.widen(units.len() - at);
        if self.all::<Ucs2, _>(&units, &mut at, &mut out.two).is_err() {
            out.widen_more(units.len() - at);
            let done = self.all::<Ucs4, _>(&units, &mut at, &mut out.four);
            debug_assert!(done.is_ok(), "four bytes hold every character");
        }
        out.shrink();
    }

    /// Appends what `source` becomes from `at` on, which is moved to where `out` cannot hold what comes.
    fn all<S: Cells, T: Source<S>>(
        &self,
        source: &T,
        at: &mut usize,
        out: &mut Vec<S::Unit>,
    ) -> Result<(), TooWide> {
        match self.plan(source.len()) {
            None => self.slowly::<S, T>(source, at, out),
            Some(plan) if source.len() <= SHORT => {
                self.blocks(plan, source, at, &mut [MaybeUninit::uninit(); SHORT + SLACK], out)
            }
            Some(plan) => self.blocks(plan, source, at, &mut [MaybeUninit::uninit(); BLOCK + SLACK], out),
        }
    }

    /// `all` with a table, by way of `places`.
    fn blocks<S: Cells, T: Source<S>>(
        &self,
        plan: &Plan,
        source: &T,
        at: &mut usize,
        places: &mut [Place],
        out: &mut Vec<S::Unit>,
    ) -> Result<(), TooWide> {
        let machine = Machine { plan, exact: &self.exact };
        let mut scratch = Scratch::default();
        let mut larger = Vec::new();
        while *at < source.len() {
            let length = out.len();
            if let Some(run) = source.idle(self, *at) {
                source.copy(*at, *at + run, out);
                *at += run;
                continue;
            }
            let places = if larger.is_empty() { &mut *places } else { &mut larger };
            let (used, count, end) = source.numbers(plan, *at, places);
            // SAFETY: so many are initialized.
            let numbers = unsafe { &mut *(&raw mut places[..count] as *mut [u16]) };
            let ready = if end == End::Full { Self::last_break(plan, numbers) } else { count };
            if end == End::Full && ready == 0 {
                larger = vec![MaybeUninit::uninit(); places.len() * 2];
                continue;
            }
            if let Some(typed) = &plan.typed {
                typed.pass(plan, &mut numbers[..ready]);
            }
            if let Some(refine) = &plan.refine {
                // SAFETY: the plan gave them, just now.
                unsafe { refine.pass(&mut numbers[..ready]) };
            }
            if let Err(too_wide) = machine.run::<S>(&numbers[..ready], out, &mut scratch) {
                out.truncate(length);
                return Err(too_wide);
            }
            *at += used - numbers[ready..].iter().map(|&number| T::size(plan.code(number))).sum::<usize>();
            if end == End::Foreign {
                let from = *at;
                let mut next = source.code(from);
                while next.1 > 0 && plan.number(next.0).is_none() {
                    *at += next.1;
                    next = source.code(*at);
                }
                let length = out.len();
                if !source.copy(from, *at, out) {
                    out.truncate(length);
                    *at = from;
                    return Err(TooWide);
                }
            }
        }
        Ok(())
    }

    /// After the last character that stands in no word.
    fn last_break(plan: &Plan, numbers: &[u16]) -> usize {
        let is_break = |&number: &u16| !plan.facts(number).is(is::WORD);
        numbers.iter().rposition(is_break).map_or(0, |last| last + 1)
    }

    /// `all` without a table.
    fn slowly<S: Sink, T: Source<S>>(
        &self,
        source: &T,
        at: &mut usize,
        out: &mut Vec<S::Unit>,
    ) -> Result<(), TooWide> {
        let mut scratch = Scratch::default();
        let mut run = Vec::new();
        while *at < source.len() {
            let (from, length) = (*at, out.len());
            let (mut code, mut size) = source.code(*at);
            run.clear();
            while size > 0
                && let Some(char) = char::from_u32(code)
                && self.exact.reader.chars.is(char, is::WORD)
            {
                run.push(char);
                *at += size;
                (code, size) = source.code(*at);
            }
            let written = self.exact.pieces(&run, &mut scratch, |char| S::push(out, u32::from(char)));
            if !written || !source.copy(*at, *at + size, out) {
                out.truncate(length);
                *at = from;
                return Err(TooWide);
            }
            *at += size;
        }
        Ok(())
    }
}

impl Interpreter {
    /// Calls `put` with each character of what `run` becomes, which holds whole words, as long as it returns
    /// true; whether it did.
    fn pieces(&self, run: &[char], scratch: &mut Scratch, mut put: impl FnMut(char) -> bool) -> bool {
        let (mut done, mut all) = (0, true);
        self.run(run, scratch, |start, end, output| {
            let kept = run.get(done..start).unwrap_or_default();
            all = all && kept.iter().all(|&char| put(char)) && output.chars().all(&mut put);
            done = end;
        });
        all && run[done..].iter().all(|&char| put(char))
    }
}
