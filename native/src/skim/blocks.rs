//! Sixty-four units at a time: which are ASCII letters or digits, and which are not ASCII.

/// How many units are looked at together.
pub const BLOCK: usize = 64;

/// Whether the processor has what code that works on masks of blocks is best compiled for: `avx2`, `bmi1`,
/// `bmi2` and `popcnt`.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn has_mask_instructions() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("popcnt")
}

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
        (word | bit(byte.is_ascii_alphanumeric()), space | bit(*byte == b' '), high | bit(!byte.is_ascii()))
    })
}

/// Of 64 bytes from `at` on, which are ASCII and neither letters, digits, spaces nor beyond the end; and which
/// begin characters of two bytes or more but those of Russian and Ukrainian and of most punctuation.
#[inline]
pub fn marks_and_rare(bytes: &[u8], at: usize) -> (u64, u64) {
    match bytes.get(at..at + BLOCK).and_then(|block| <&[u8; BLOCK]>::try_from(block).ok()) {
        Some(block) => marks_and_rare_of_block(block),
        None => marks_and_rare_of_rest(bytes.get(at..).unwrap_or(&[])),
    }
}

fn is_rare_lead(byte: u8) -> bool {
    byte >= 0xC0 && !matches!(byte, 0xD0 | 0xD1 | 0xE2)
}

fn marks_and_rare_of_rest(rest: &[u8]) -> (u64, u64) {
    rest.iter().take(BLOCK).enumerate().fold((0, 0), |(mark, rare), (index, byte)| {
        let bit = |is: bool| u64::from(is) << index;
        let is_mark = byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b' ';
        (mark | bit(is_mark), rare | bit(is_rare_lead(*byte)))
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

    /// Which of 64 bytes are ASCII letters or digits, and which are 0xC0 or more.
    #[inline(always)]
    pub fn words_and_leads(block: &[u8; BLOCK]) -> (u64, u64) {
        let (mut word, mut lead) = (0, 0);
        for index in 0..4 {
            // SAFETY: 16 bytes from 16 * index on are inside the block of 64; the load asks no alignment.
            let bytes = unsafe { _mm_loadu_si128(block.as_ptr().add(16 * index).cast()) };
            let (words, highs) = of_sixteen(bytes);
            // SAFETY: SSE2 is part of every x86-64 processor; no memory is touched.
            let seconds = unsafe { _mm_movemask_epi8(_mm_add_epi8(bytes, bytes)) } as u32;
            word |= words << (16 * index);
            lead |= (highs & u64::from(seconds)) << (16 * index);
        }
        (word, lead)
    }

    /// The same as `words_and_leads`, 32 bytes at a time.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub fn words_and_leads_avx2(block: &[u8; BLOCK]) -> (u64, u64) {
        let byte = |byte: u8| _mm256_set1_epi8(byte as i8);
        let (mut word, mut lead) = (0, 0);
        for half in 0..2 {
            // SAFETY: 32 bytes from 32 * half on are inside the block of 64; the load asks no alignment.
            let bytes = unsafe { _mm256_loadu_si256(block.as_ptr().add(32 * half).cast()) };
            let letter = _mm256_sub_epi8(_mm256_or_si256(bytes, byte(0x20)), byte(b'a'));
            let letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, byte(25)), letter);
            let digit = _mm256_sub_epi8(bytes, byte(b'0'));
            let digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, byte(9)), digit);
            let words = _mm256_movemask_epi8(_mm256_or_si256(letter, digit)) as u32;
            // the two highest bits
            let leads = _mm256_movemask_epi8(_mm256_and_si256(bytes, _mm256_add_epi8(bytes, bytes))) as u32;
            word |= u64::from(words) << (32 * half);
            lead |= u64::from(leads) << (32 * half);
        }
        (word, lead)
    }

    #[inline(always)]
    pub fn marks_and_rare_of_block(block: &[u8; BLOCK]) -> (u64, u64) {
        let (mut mark, mut rare) = (0, 0);
        for index in 0..4 {
            // SAFETY: 16 bytes from 16 * index on are inside the block of 64; the load asks no alignment. SSE2
            // is part of every x86-64 processor.
            let (bytes, spaces, common, seconds) = unsafe {
                let bytes = _mm_loadu_si128(block.as_ptr().add(16 * index).cast());
                let is = |byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8));
                let common = _mm_or_si128(_mm_or_si128(is(0xD0), is(0xD1)), is(0xE2));
                let seconds = _mm_movemask_epi8(_mm_add_epi8(bytes, bytes));
                (bytes, _mm_movemask_epi8(is(b' ')), _mm_movemask_epi8(common), seconds)
            };
            let (words, highs) = of_sixteen(bytes);
            let of = |mask: i32| u64::from(mask as u32);
            mark |= (!(words | highs | of(spaces)) & 0xFFFF) << (16 * index);
            rare |= (highs & of(seconds) & !of(common)) << (16 * index);
        }
        (mark, rare)
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
}

#[cfg(not(target_arch = "x86_64"))]
mod vector {
    pub use super::{
        kinds_of_rest as kinds_of_block, marks_and_rare_of_rest as marks_and_rare_of_block,
        words_and_leads_of_rest as words_and_leads,
    };
}

pub use vector::words_and_leads;
#[cfg(target_arch = "x86_64")]
pub use vector::words_and_leads_avx2;
use vector::{kinds_of_block, marks_and_rare_of_block};

#[cfg(any(test, not(target_arch = "x86_64")))]
fn words_and_leads_of_rest(block: &[u8; BLOCK]) -> (u64, u64) {
    let (word, _, _) = kinds_of_rest(block);
    let leads = block.iter().enumerate();
    (word, leads.fold(0, |bits, (index, &byte)| bits | u64::from(byte >= 0xC0) << index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_say_what_single_bytes_say() {
        let mut state = 1u32;
        for round in 0..400 {
            let mut bytes = [0u8; BLOCK];
            for byte in &mut bytes {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *byte = (state >> 24) as u8 >> (round % 3);
            }
            assert_eq!(words_and_leads(&bytes), words_and_leads_of_rest(&bytes));
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                // SAFETY: the processor has been asked for AVX2.
                assert_eq!(unsafe { words_and_leads_avx2(&bytes) }, words_and_leads(&bytes));
            }
            assert_eq!(kinds_of_block(&bytes), kinds_of_rest(&bytes));
            assert_eq!(marks_and_rare_of_block(&bytes), marks_and_rare_of_rest(&bytes));
        }
    }
}
