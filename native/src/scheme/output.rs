//! Where output goes: UTF-8, or units of one, two or four bytes as a Python `str` holds them.

use std::ops::Range;

use super::cells::Cell;

/// Above the lengths of texts: what else a cell may ask for. The least of them also tells them from lengths.
pub(super) const SPECIAL: u16 = 0x80;
pub(super) const COPY: u16 = 0x80;
pub(super) const APOSTROPHE: u16 = 0x81;
pub(super) const WORD: u16 = 0x82;
/// The text has characters that this output cannot hold.
pub(super) const WIDE: u16 = 0x83;
pub(super) const STRESS: u16 = 0x84;
pub(super) const WHOLE: u16 = 0x85;

/// How many units a cell has room for.
pub(super) const CELL_UNITS: usize = 7;

/// One kind of output, and how cells are kept for it: small enough to be stored whole, in one step, of which
/// the next cell then overwrites what is too much.
pub(super) trait Sink {
    type Unit: Copy;
    type Cell: Copy;

    fn encode(cell: &Cell) -> Self::Cell;

    /// The number of units of the text, or what else is asked for.
    fn code(cell: Self::Cell) -> u16;

    /// Stores the text.
    ///
    /// # Safety
    /// There must be room for 8 units at `to`.
    unsafe fn store(cell: Self::Cell, to: *mut Self::Unit);

    /// Appends `char`, which may be a lone surrogate where the units can hold it; false if they cannot.
    fn push(out: &mut Vec<Self::Unit>, char: u32) -> bool;

    /// Appends `text`; false if the units cannot hold it.
    fn push_str(out: &mut Vec<Self::Unit>, text: &str) -> bool {
        text.chars().all(|char| Self::push(out, u32::from(char)))
    }

    /// How many units `push` appends for a character that these units can hold.
    fn length(_char: u32) -> usize {
        1
    }
}

/// The code of a cell that is no text.
fn special(cell: &Cell) -> u16 {
    match cell {
        Cell::Copy => COPY,
        Cell::Apostrophe => APOSTROPHE,
        Cell::Stress => STRESS,
        Cell::Whole => WHOLE,
        Cell::Word | Cell::Text(_) | Cell::Itself(_) => WORD,
    }
}

/// The characters of a cell; none if it is something else.
fn text<'c>(cell: &'c Cell, buffer: &'c mut [u8; 4]) -> Option<&'c str> {
    match cell {
        Cell::Text(text) => Some(text),
        Cell::Itself(char) => Some(char.encode_utf8(buffer)),
        _ => None,
    }
}

/// Bytes and, in the last byte, their number.
fn bytes(text: &[u8]) -> Option<u64> {
    let mut cell = [0; 8];
    cell.get_mut(..CELL_UNITS)?.get_mut(..text.len())?.copy_from_slice(text);
    cell[7] = text.len() as u8;
    Some(u64::from_le_bytes(cell))
}

fn special_bytes(code: u16) -> u64 {
    u64::from(code) << 56
}

/// UTF-8.
pub(super) struct Utf8;

impl Sink for Utf8 {
    type Unit = u8;
    type Cell = u64;

    fn encode(cell: &Cell) -> u64 {
        let cells = text(cell, &mut [0; 4]).and_then(|text| bytes(text.as_bytes()));
        cells.unwrap_or_else(|| special_bytes(special(cell)))
    }

    #[inline(always)]
    fn code(cell: u64) -> u16 {
        (cell >> 56) as u16
    }

    #[inline(always)]
    unsafe fn store(cell: u64, to: *mut u8) {
        // SAFETY: the caller has room for 8 bytes.
        unsafe { to.cast::<u64>().write_unaligned(cell.to_le()) }
    }

    fn push(out: &mut Vec<u8>, char: u32) -> bool {
        let Some(char) = char::from_u32(char) else { return false };
        out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        true
    }

    fn push_str(out: &mut Vec<u8>, text: &str) -> bool {
        out.extend_from_slice(text.as_bytes());
        true
    }

    fn length(char: u32) -> usize {
        char::from_u32(char).map_or(0, char::len_utf8)
    }
}

/// Characters up to U+00FF in one byte each.
pub(super) struct Latin1;

impl Sink for Latin1 {
    type Unit = u8;
    type Cell = u64;

    fn encode(cell: &Cell) -> u64 {
        let mut buffer = [0; 4];
        let Some(text) = text(cell, &mut buffer) else { return special_bytes(special(cell)) };
        match text.chars().map(|char| u8::try_from(u32::from(char))).collect::<Result<Vec<u8>, _>>() {
            Ok(units) => bytes(&units).unwrap_or(special_bytes(WORD)),
            Err(_) => special_bytes(WIDE),
        }
    }

    #[inline(always)]
    fn code(cell: u64) -> u16 {
        Utf8::code(cell)
    }

    #[inline(always)]
    unsafe fn store(cell: u64, to: *mut u8) {
        // SAFETY: the caller has room for 8 bytes.
        unsafe { Utf8::store(cell, to) }
    }

    fn push(out: &mut Vec<u8>, char: u32) -> bool {
        u8::try_from(char).map(|unit| out.push(unit)).is_ok()
    }
}

/// Characters of the Basic Multilingual Plane, and lone surrogates, in two bytes each.
pub(super) struct Ucs2;

impl Sink for Ucs2 {
    type Unit = u16;
    type Cell = [u16; 8];

    fn encode(cell: &Cell) -> [u16; 8] {
        let mut units = [0; 8];
        units[CELL_UNITS] = special(cell);
        if let Some(text) = text(cell, &mut [0; 4]) {
            let codes = text.chars().map(|char| u16::try_from(u32::from(char)));
            if let Ok(codes) = codes.collect::<Result<Vec<u16>, _>>()
                && codes.len() <= CELL_UNITS
            {
                units[..codes.len()].copy_from_slice(&codes);
                units[CELL_UNITS] = codes.len() as u16;
            }
        }
        units
    }

    #[inline(always)]
    fn code(cell: [u16; 8]) -> u16 {
        cell[CELL_UNITS]
    }

    #[inline(always)]
    unsafe fn store(cell: [u16; 8], to: *mut u16) {
        // SAFETY: the caller has room for 8 units.
        unsafe { to.cast::<[u16; 8]>().write_unaligned(cell) }
    }

    fn push(out: &mut Vec<u16>, char: u32) -> bool {
        u16::try_from(char).map(|unit| out.push(unit)).is_ok()
    }
}

/// Code points in four bytes each; the cells are those of two bytes.
pub(super) struct Ucs4;

impl Sink for Ucs4 {
    type Unit = u32;
    type Cell = [u16; 8];

    fn encode(cell: &Cell) -> [u16; 8] {
        Ucs2::encode(cell)
    }

    #[inline(always)]
    fn code(cell: [u16; 8]) -> u16 {
        Ucs2::code(cell)
    }

    #[inline(always)]
    unsafe fn store(cell: [u16; 8], to: *mut u32) {
        // SAFETY: the caller has room for 8 units.
        unsafe { to.cast::<[u32; 8]>().write_unaligned(cell.map(u32::from)) }
    }

    fn push(out: &mut Vec<u32>, char: u32) -> bool {
        out.push(char);
        true
    }
}

/// Text in units of one width, as a Python `str` holds it.
#[derive(Debug, Clone, Copy)]
pub enum Units<'t> {
    /// Code points up to U+00FF.
    One(&'t [u8]),
    /// Code points up to U+FFFF.
    Two(&'t [u16]),
    /// All code points.
    Four(&'t [u32]),
}

impl PartialEq for Units<'_> {
    /// Whether the texts are equal, whatever the width.
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Units::One(one), Units::One(other)) => one == other,
            (Units::Two(one), Units::Two(other)) => one == other,
            (Units::Four(one), Units::Four(other)) => one == other,
            _ => self.len() == other.len() && self.codes().eq(other.codes()),
        }
    }
}

impl<'t> Units<'t> {
    /// The number of code points.
    pub fn len(&self) -> usize {
        match self {
            Units::One(units) => units.len(),
            Units::Two(units) => units.len(),
            Units::Four(units) => units.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A stretch of the text.
    pub fn part(self, range: Range<usize>) -> Units<'t> {
        match self {
            Units::One(units) => Units::One(&units[range]),
            Units::Two(units) => Units::Two(&units[range]),
            Units::Four(units) => Units::Four(&units[range]),
        }
    }

    /// The code points.
    pub fn codes(self) -> impl Iterator<Item = u32> + 't {
        let (one, two, four): (&[u8], &[u16], &[u32]) = match self {
            Units::One(units) => (units, &[], &[]),
            Units::Two(units) => (&[], units, &[]),
            Units::Four(units) => (&[], &[], units),
        };
        let narrow = one.iter().map(|&unit| u32::from(unit));
        narrow.chain(two.iter().map(|&unit| u32::from(unit))).chain(four.iter().copied())
    }
}

/// Text that is being put together in the narrowest units that hold it. Its room is used again and again.
#[derive(Debug, Clone, Default)]
pub struct Output {
    pub(super) one: Vec<u8>,
    /// Not empty only if a code point above U+00FF has come; the same for `four` and U+FFFF.
    pub(super) two: Vec<u16>,
    pub(super) four: Vec<u32>,
}

impl Output {
    /// The text. It has a code point that narrower units could not hold.
    pub fn units(&self) -> Units<'_> {
        if !self.four.is_empty() {
            Units::Four(&self.four)
        } else if !self.two.is_empty() {
            Units::Two(&self.two)
        } else {
            Units::One(&self.one)
        }
    }

    pub(super) fn clear(&mut self) {
        self.one.clear();
        self.two.clear();
        self.four.clear();
    }

    /// Goes on in two bytes, with room for `more` units.
    pub(super) fn widen(&mut self, more: usize) {
        self.two.reserve(self.one.len() + more);
        self.two.extend(self.one.drain(..).map(u16::from));
    }

    /// Goes on in four bytes, with room for `more` units.
    pub(super) fn widen_more(&mut self, more: usize) {
        self.four.reserve(self.two.len() + more);
        self.four.extend(self.two.drain(..).map(u32::from));
    }

    /// Brings the text to the narrowest units that hold it. (A letter may have asked for more, and then have
    /// become something else with a mark behind it.)
    pub(super) fn shrink(&mut self) {
        if !self.four.iter().any(|&unit| unit > 0xffff) {
            self.two.extend(self.four.drain(..).map(|unit| unit as u16));
        }
        if !self.two.iter().any(|&unit| unit > 0xff) {
            self.one.extend(self.two.drain(..).map(|unit| unit as u8));
        }
    }
}
