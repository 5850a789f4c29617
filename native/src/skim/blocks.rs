//! Sixty-four units at a time: which are ASCII letters or digits, and which are not ASCII.

/// How many units are looked at together.
pub const BLOCK: usize = 64;

/// Of 64 bytes from `at` on, which are ASCII letters or digits, which are ASCII spaces or beyond the end, and
/// which are not ASCII.
#[inline]
pub fn kinds(bytes: &[u8], at: usize) -> (u64, u64, u64) {
    match bytes.get(at..at + BLOCK).and_then(|block| <&[u8; BLOCK]>::try_from(block).ok()) {
        Some(block) => kinds_of_block(block),
        None => kinds_of_rest(bytes.get(at..).unwrap_or(&[])),
    }
}

fn kinds_of_rest(rest: &[u8]) -> (u64, u64, u64) {
    let beyond = u64::MAX.checked_shl(rest.len() as u32).unwrap_or(0);
    rest.iter().take(BLOCK).enumerate().fold((0, beyond, 0), |(word, space, high), (index, byte)| {
        let bit = |is: bool| u64::from(is) << index;
        (
            word | bit(byte.is_ascii_alphanumeric()),
            space | bit(*byte == b' '),
            high | bit(!byte.is_ascii()),
        )
    })
}

/// The masks of 64 bytes from `at` on; what is beyond the end is neither. In UTF-8 only the first byte of a
/// character counts as not ASCII.
#[inline(always)]
pub fn masks<const UTF8: bool>(bytes: &[u8], at: usize) -> (u64, u64) {
    match bytes.get(at..at + BLOCK).and_then(|block| <&[u8; BLOCK]>::try_from(block).ok()) {
        Some(block) => of_block::<UTF8>(block),
        None => of_rest::<UTF8>(bytes.get(at..).unwrap_or(&[])),
    }
}

/// The same for units of two bytes.
#[inline(always)]
pub fn masks_wide(units: &[u16], at: usize) -> (u64, u64) {
    match units.get(at..at + BLOCK).and_then(|block| <&[u16; BLOCK]>::try_from(block).ok()) {
        Some(block) => of_wide_block(block),
        None => masks_any_unit(units.get(at..).unwrap_or(&[])),
    }
}

/// The same for units of four bytes.
pub fn masks_any(units: &[u32], at: usize) -> (u64, u64) {
    let end = units.len().min(at.saturating_add(BLOCK));
    masks_any_unit(units.get(at..end).unwrap_or(&[]))
}

/// Eight bytes from `at` on, the first lowest; zeros beyond the end.
#[inline(always)]
pub fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok()) {
        Some(eight) => u64::from_le_bytes(eight),
        None => narrowed(bytes, at),
    }
}

/// The same for units of two bytes; meaningless for units above U+00FF.
#[inline(always)]
pub fn eight_wide(units: &[u16], at: usize) -> u64 {
    match units.get(at..at + 8).and_then(|eight| <&[u16; 8]>::try_from(eight).ok()) {
        Some(eight) => u64::from_le_bytes(eight.map(|unit| unit as u8)),
        None => narrowed(units, at),
    }
}

/// The same for units of four bytes.
pub fn eight_any(units: &[u32], at: usize) -> u64 {
    narrowed(units, at)
}

#[cold]
fn narrowed<U: Copy + Into<u32>>(units: &[U], at: usize) -> u64 {
    let rest = units.get(at..).unwrap_or(&[]).iter().take(8).enumerate();
    rest.fold(0, |number, (index, &unit)| number | (unit.into() as u64 & 0xFF) << (8 * index))
}

#[cold]
fn of_rest<const UTF8: bool>(rest: &[u8]) -> (u64, u64) {
    let block = &rest[..rest.len().min(BLOCK)];
    let (word, high) = masks_any_unit(block);
    let inside = block
        .iter()
        .enumerate()
        .fold(0, |bits, (index, &byte)| bits | u64::from(UTF8 && byte & 0xC0 == 0x80) << index);
    (word, high & !inside)
}

fn masks_any_unit<U: Copy + Into<u32>>(units: &[U]) -> (u64, u64) {
    units.iter().take(BLOCK).enumerate().fold((0, 0), |(word, high), (index, &unit)| {
        let code: u32 = unit.into();
        let is_word = code < 0x80 && (code as u8).is_ascii_alphanumeric();
        (word | u64::from(is_word) << index, high | u64::from(code >= 0x80) << index)
    })
}

#[cfg(target_arch = "x86_64")]
mod vector {
    use super::BLOCK;
    use std::arch::x86_64::*;

    /// Masks of 16 bytes.
    #[inline(always)]
    fn of_sixteen(bytes: __m128i) -> (u64, u64) {
        // SAFETY: SSE2 is part of every x86-64 processor; no memory is touched.
        unsafe {
            let small = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8(b'a' as i8));
            let letter = _mm_cmpeq_epi8(_mm_min_epu8(small, _mm_set1_epi8(25)), small);
            let number = _mm_sub_epi8(bytes, _mm_set1_epi8(b'0' as i8));
            let digit = _mm_cmpeq_epi8(_mm_min_epu8(number, _mm_set1_epi8(9)), number);
            let word = _mm_movemask_epi8(_mm_or_si128(letter, digit)) as u32;
            (u64::from(word), u64::from(_mm_movemask_epi8(bytes) as u32))
        }
    }

    #[inline(always)]
    pub fn of_block<const UTF8: bool>(block: &[u8; BLOCK]) -> (u64, u64) {
        let (mut word, mut high) = (0, 0);
        for index in 0..4 {
            // SAFETY: 16 bytes from 16 * index on are inside the block of 64; the load asks no alignment.
            let bytes = unsafe { _mm_loadu_si128(block.as_ptr().add(16 * index).cast()) };
            let (words, mut highs) = of_sixteen(bytes);
            if UTF8 {
                // SAFETY: SSE2 is part of every x86-64 processor; no memory is touched.
                highs &= unsafe { _mm_movemask_epi8(_mm_add_epi8(bytes, bytes)) } as u64;
            }
            word |= words << (16 * index);
            high |= highs << (16 * index);
        }
        (word, high)
    }

    #[inline(always)]
    pub fn kinds_of_block(block: &[u8; BLOCK]) -> (u64, u64, u64) {
        let (mut word, mut space, mut high) = (0, 0, 0);
        for index in 0..4 {
            // SAFETY: 16 bytes from 16 * index on are inside the block of 64; the load asks no alignment. SSE2
            // is part of every x86-64 processor.
            let (bytes, spaces) = unsafe {
                let bytes = _mm_loadu_si128(block.as_ptr().add(16 * index).cast());
                (bytes, _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(b' ' as i8))) as u32)
            };
            let (words, highs) = of_sixteen(bytes);
            word |= words << (16 * index);
            space |= u64::from(spaces) << (16 * index);
            high |= highs << (16 * index);
        }
        (word, space, high)
    }

    #[inline(always)]
    pub fn of_wide_block(block: &[u16; BLOCK]) -> (u64, u64) {
        let (mut word, mut high) = (0, 0);
        for index in 0..4 {
            // SAFETY: 32 bytes from unit 16 * index on are inside the block of 64 units of two bytes; the
            // loads ask no alignment. SSE2 is part of every x86-64 processor.
            let bytes = unsafe {
                let first = _mm_loadu_si128(block.as_ptr().add(16 * index).cast());
                let second = _mm_loadu_si128(block.as_ptr().add(16 * index + 8).cast());
                let ascii = _mm_set1_epi16(0x7F);
                let zero = _mm_setzero_si128();
                // a unit above U+007F becomes 0xFF: not ASCII
                let above = _mm_packs_epi16(
                    _mm_cmpeq_epi16(_mm_subs_epu16(first, ascii), zero),
                    _mm_cmpeq_epi16(_mm_subs_epu16(second, ascii), zero),
                );
                let low = _mm_packus_epi16(_mm_and_si128(first, ascii), _mm_and_si128(second, ascii));
                _mm_or_si128(low, _mm_xor_si128(above, _mm_set1_epi8(-1)))
            };
            let (words, highs) = of_sixteen(bytes);
            word |= words << (16 * index);
            high |= highs << (16 * index);
        }
        (word, high)
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod vector {
    use super::{BLOCK, kinds_of_rest, masks_any_unit, of_rest};

    pub fn kinds_of_block(block: &[u8; BLOCK]) -> (u64, u64, u64) {
        kinds_of_rest(block)
    }

    pub fn of_block<const UTF8: bool>(block: &[u8; BLOCK]) -> (u64, u64) {
        of_rest::<UTF8>(block)
    }

    pub fn of_wide_block(block: &[u16; BLOCK]) -> (u64, u64) {
        masks_any_unit(block)
    }
}

use vector::{kinds_of_block, of_block, of_wide_block};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_say_what_single_units_say() {
        let mut state = 1u32;
        for round in 0..400 {
            let mut wide = [0u16; BLOCK];
            for unit in &mut wide {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *unit = (state >> 16) as u16 >> (round % 9);
            }
            let bytes = wide.map(|unit| unit as u8);
            assert_eq!(of_block::<false>(&bytes), masks_any_unit(&bytes));
            assert_eq!(of_block::<true>(&bytes), of_rest::<true>(&bytes));
            assert_eq!(of_wide_block(&wide), masks_any_unit(&wide));
            assert_eq!(kinds_of_block(&bytes), kinds_of_rest(&bytes));
        }
    }
}
