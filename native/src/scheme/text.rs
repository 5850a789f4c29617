//! Whole texts, in UTF-8 or in the units of a Python `str`.

use super::apply::Transliterator;
use super::chars::is;
use super::decode::{BLOCK, End, Place, SLACK, one};
use super::output::{Latin1, Output, Sink, Ucs2, Units, Utf8};
use super::rewrite::{Interpreter, Scratch};
use super::run::Machine;
use std::mem::MaybeUninit;

/// So many ASCII bytes are worth to be copied by themselves.
const ASCII_RUN: usize = 64;
/// How many units of one or four bytes are worked on at a time, unless a word is longer.
const STRETCH: usize = 1 << 14;

impl Transliterator {
    fn machine(&self) -> Option<Machine<'_>> {
        self.plan.as_ref().map(|plan| Machine { plan, exact: &self.exact })
    }

    /// Appends UTF-8 in the other script to `out`; what is not valid is copied.
    pub fn transliterate_bytes(&self, bytes: &[u8], out: &mut Vec<u8>) {
        out.reserve(bytes.len());
        match self.machine() {
            Some(machine) if bytes.len() <= BLOCK / 8 => {
                self.blocks(machine, bytes, &mut [MaybeUninit::uninit(); BLOCK / 8 + SLACK], out);
            }
            Some(machine) => self.blocks(machine, bytes, &mut [MaybeUninit::uninit(); BLOCK + SLACK], out),
            None => {
                let mut slow = Slow::default();
                let mut at = 0;
                loop {
                    let (code, length) = one(&bytes[at..]);
                    match char::from_u32(code) {
                        Some(char) if length > 0 => slow.put(&self.exact, char, |char| {
                            Utf8::push(out, char);
                        }),
                        _ => {
                            slow.flush(&self.exact, |char| {
                                Utf8::push(out, char);
                            });
                            out.extend_from_slice(&bytes[at..at + length]);
                        }
                    }
                    if length == 0 {
                        return;
                    }
                    at += length;
                }
            }
        }
    }

    /// `transliterate_bytes` with a table, by way of `places`.
    fn blocks(&self, machine: Machine<'_>, bytes: &[u8], places: &mut [Place], out: &mut Vec<u8>) {
        let mut scratch = Scratch::default();
        let mut larger = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            if let Some(run) = self.idle_ascii(&bytes[at..]) {
                out.extend_from_slice(&bytes[at..at + run]);
                at += run;
                continue;
            }
            let places = if larger.is_empty() { &mut *places } else { &mut larger };
            let (used, count, end) = (self.decode)(&bytes[at..], places);
            // SAFETY: the decoder has initialized so many.
            let units = unsafe { &*(&raw const places[..count] as *const [u16]) };
            let ready = if end == End::Full { self.last_break(units) } else { count };
            if end == End::Full && ready == 0 {
                larger = vec![MaybeUninit::uninit(); places.len() * 2];
                continue;
            }
            let mut cursor = machine.start();
            let done = machine.run::<Utf8>(&units[..ready], &mut cursor, out, &mut scratch);
            debug_assert!(done.is_ok(), "UTF-8 holds every character");
            at += used - units[ready..].iter().map(|&unit| Utf8::length(u32::from(unit))).sum::<usize>();
            if let End::Foreign(mut length) = end {
                while length > 0 {
                    out.extend_from_slice(&bytes[at..at + length]);
                    at += length;
                    let (code, next) = one(&bytes[at..]);
                    length = if code > 0xffff { next } else { 0 };
                }
            }
        }
    }

    /// How many bytes at the beginning are ASCII and nothing to the rules, if they are many: whole words.
    fn idle_ascii(&self, bytes: &[u8]) -> Option<usize> {
        if self.idle < 0x80 || bytes.len() < ASCII_RUN || !bytes[..ASCII_RUN].is_ascii() {
            return None;
        }
        let run = ascii_run(bytes);
        if run == bytes.len() {
            return Some(run);
        }
        let is_break = |&byte: &u8| !self.exact.reader.chars.is(char::from(byte), is::WORD);
        bytes[..run].iter().rposition(is_break).map(|last| last + 1)
    }

    /// After the last unit that stands in no word.
    fn last_break(&self, units: &[u16]) -> usize {
        let chars = &self.exact.reader.chars;
        let is_break =
            |&unit: &u16| !char::from_u32(u32::from(unit)).is_some_and(|char| chars.is(char, is::WORD));
        units.iter().rposition(is_break).map_or(0, |last| last + 1)
    }

    /// Puts text of code points up to U+FFFF into `out`, in place of what it holds; false if it is unchanged.
    pub fn transliterate_ucs2(&self, units: &[u16], out: &mut Output) -> bool {
        out.clear();
        match self.machine() {
            Some(machine) => self.units(machine, units, out, &mut Scratch::default()),
            None => self.slow_units(units.iter().map(|&unit| u32::from(unit)), out),
        }
        out.units() != Units::Two(units)
    }

    /// Puts text of code points up to U+00FF into `out`, in place of what it holds; false if it is unchanged.
    pub fn transliterate_latin1(&self, units: &[u8], out: &mut Output) -> bool {
        out.clear();
        if self.idle > 0xff {
            return false;
        }
        let Some(machine) = self.machine() else {
            self.slow_units(units.iter().map(|&unit| u32::from(unit)), out);
            return out.units() != Units::One(units);
        };
        let mut scratch = Scratch::default();
        let mut wide = Vec::new();
        let mut rest = units;
        while !rest.is_empty() {
            let is_break = |&unit: &u8| !self.exact.reader.chars.is(char::from(unit), is::WORD);
            let mut end = rest.len().min(STRETCH);
            if end < rest.len() {
                let last = rest[..end].iter().rposition(is_break);
                let first = || rest[end..].iter().position(is_break);
                end = last.or_else(|| first().map(|first| end + first)).map_or(rest.len(), |place| place + 1);
            }
            wide.clear();
            wide.extend(rest[..end].iter().map(|&unit| u16::from(unit)));
            self.units(machine, &wide, out, &mut scratch);
            rest = &rest[end..];
        }
        out.units() != Units::One(units)
    }

    /// Puts text of any code points into `out`, in place of what it holds; false if it is unchanged.
    pub fn transliterate_ucs4(&self, units: &[u32], out: &mut Output) -> bool {
        out.clear();
        let Some(machine) = self.machine() else {
            self.slow_units(units.iter().copied(), out);
            return out.units() != Units::Four(units);
        };
        let mut scratch = Scratch::default();
        let (mut narrow, mut done) = (Vec::new(), Output::default());
        let mut rest = units;
        while !rest.is_empty() {
            let end = rest.iter().position(|&unit| unit > 0xffff).unwrap_or(rest.len());
            narrow.clear();
            narrow.extend(rest[..end].iter().map(|&unit| unit as u16));
            done.clear();
            self.units(machine, &narrow, &mut done, &mut scratch);
            out.append(done.units());
            rest = &rest[end..];
            let end = rest.iter().position(|&unit| unit <= 0xffff).unwrap_or(rest.len());
            out.append(Units::Four(&rest[..end]));
            rest = &rest[end..];
        }
        out.units() != Units::Four(units)
    }

    /// Appends units that begin and end where words may.
    fn units(&self, machine: Machine<'_>, units: &[u16], out: &mut Output, scratch: &mut Scratch) {
        let mut cursor = machine.start();
        if out.two.is_empty() {
            out.one.reserve(units.len());
            if machine.run::<Latin1>(units, &mut cursor, &mut out.one, scratch).is_ok() {
                return;
            }
            out.widen(units.len() - cursor.at);
        }
        let done = machine.run::<Ucs2>(units, &mut cursor, &mut out.two, scratch);
        debug_assert!(done.is_ok(), "letters and what they become are of two bytes, or there is no table");
    }

    fn slow_units(&self, units: impl Iterator<Item = u32>, out: &mut Output) {
        let mut slow = Slow::default();
        for unit in units {
            match char::from_u32(unit) {
                Some(char) => slow.put(&self.exact, char, |char| out.push(char)),
                None => {
                    slow.flush(&self.exact, |char| out.push(char));
                    out.push(unit);
                }
            }
        }
        slow.flush(&self.exact, |char| out.push(char));
    }
}

/// How many bytes at the beginning are ASCII.
fn ascii_run(bytes: &[u8]) -> usize {
    let whole = bytes.chunks_exact(ASCII_RUN).take_while(|chunk| chunk.is_ascii()).count() * ASCII_RUN;
    whole + bytes[whole..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// Rewrites without a table.
#[derive(Default)]
struct Slow {
    run: Vec<char>,
    scratch: Scratch,
}

impl Slow {
    fn put(&mut self, exact: &Interpreter, char: char, mut push: impl FnMut(u32)) {
        if exact.reader.chars.is(char, is::WORD) {
            self.run.push(char);
        } else {
            self.flush(exact, &mut push);
            push(u32::from(char));
        }
    }

    fn flush(&mut self, exact: &Interpreter, mut push: impl FnMut(u32)) {
        let mut done = 0;
        exact.run(&self.run, &mut self.scratch, |start, end, output| {
            self.run.get(done..start).unwrap_or_default().iter().for_each(|&char| push(char.into()));
            output.chars().for_each(|char| push(char.into()));
            done = end;
        });
        self.run[done..].iter().for_each(|&char| push(char.into()));
        self.run.clear();
    }
}
