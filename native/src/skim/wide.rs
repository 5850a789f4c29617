//! The first look sixty-four units at a time, for processors that have AVX-512 with byte compression.

use std::arch::x86_64::*;

use super::blocks::{BLOCK, has_mask_instructions};
use super::{Places, READ};
use crate::ruleset::starts::Starts;

/// The first of the 64 characters U+2000 to U+203F: the quotation marks and dashes of newsrooms are there.
pub const PUNCTUATION: usize = 0x2000;

/// Whether the processor has what the functions here are compiled for.
#[inline]
pub fn is_here() -> bool {
    has_mask_instructions()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vbmi")
        && is_x86_feature_detected!("avx512vbmi2")
}

/// How far ahead of the block that is looked at the text is fetched from memory.
const AHEAD: usize = 4096;

/// The numbers 0 to 63.
const NUMBERS: [u8; 64] = {
    let mut numbers = [0; 64];
    let mut at = 0;
    while at < 64 {
        numbers[at] = at as u8;
        at += 1;
    }
    numbers
};

/// A byte for each bit, all ones where the bit is set.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub fn marks(bits: u64) -> __m512i {
    _mm512_movm_epi8(bits)
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn load(text: &[u8; READ], at: usize) -> __m512i {
    let block: &[u8; 64] = text[at..].first_chunk().expect("64 bytes more are read than the last block has");
    // SAFETY: the block has 64 bytes; the load asks no alignment.
    unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
}

/// What `Places::add` does for the block at `at`; and puts down how each word begins, for `narrow`. Gives the
/// leads in it but those of quiet punctuation: `quiet` has a byte for each character from `PUNCTUATION` on.
/// There is one for each kind of source `S`, so that it is called in one place, and compiled into it.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,popcnt")]
pub fn add<S>(_: &S, text: &[u8; READ], at: usize, places: &mut Places, quiet: __m512i) -> u64 {
    _mm_prefetch::<_MM_HINT_T0>(text.as_ptr().wrapping_add(at + AHEAD).cast());
    let bytes = load(text, at);
    let small = _mm512_or_si512(bytes, byte(SMALL));
    let letter = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(small, byte(b'a')), byte(26));
    let digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, byte(b'0')), byte(10));
    let capital = _mm512_mask_testn_epi8_mask(letter, bytes, byte(SMALL));
    let (small, before) = (letter & !capital | digit, places.carry_small);
    places.carry_small = small >> 63;
    let mut inner = capital & (small << 1 | before);
    let (first, begins) = (places.count, places.begins(letter | digit));
    places.add_words(text, at, bytes, begins);
    while inner != 0 {
        // a capital after a small letter: its word, the last that begins before it, is not in small letters
        let before = begins & ((1 << inner.trailing_zeros()) - 1);
        places.keep(first + before.count_ones() as usize);
        inner &= inner - 1;
    }
    let leads = _mm512_cmpge_epu8_mask(bytes, byte(0xC0));
    if leads == 0 {
        return 0;
    }
    let is_near = _mm512_mask_cmpeq_epu8_mask(leads, bytes, byte(0xE2));
    let is_near = _mm512_mask_cmpeq_epu8_mask(is_near, load(text, at + 1), byte(0x80));
    let is_quiet = _mm512_permutexvar_epi8(load(text, at + 2), quiet); // by the lowest six bits
    leads & !(is_near & _mm512_movepi8_mask(is_quiet))
}

/// Of the words in small letters leaves only those of which the first four letters are in the filter `small`.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,popcnt")]
pub fn narrow(places: &mut Places, small: Starts<'_>) {
    let mut kept = 0;
    for at in (0..places.count).step_by(LANES) {
        let [starts, fours] = [&places.starts[at..][..LANES], &places.fours[at..][..LANES]];
        // SAFETY: both slices have sixteen numbers of four bytes; the loads ask no alignment.
        let (starts, fours) = unsafe {
            (_mm512_loadu_si512(starts.as_ptr().cast()), _mm512_loadu_si512(fours.as_ptr().cast()))
        };
        // capitals and digits lack one of two bits of small letters
        let both = _mm512_set1_epi32(0x60);
        let other = _mm512_cmpneq_epi32_mask(_mm512_and_si512(fours, both), both);
        let all = u16::MAX >> (LANES - (places.count - at).min(LANES));
        let passes = (other | small.has_sixteen(fours)) & all;
        let room = &mut places.starts[kept..][..LANES]; // not beyond what has been read
        // SAFETY: there is room for sixteen numbers of four bytes; the store asks no alignment.
        unsafe { _mm512_storeu_si512(room.as_mut_ptr().cast(), _mm512_maskz_compress_epi32(passes, starts)) };
        kept += passes.count_ones() as usize;
    }
    places.count = kept;
}

#[inline]
#[target_feature(enable = "avx512f")]
fn byte(byte: u8) -> __m512i {
    _mm512_set1_epi8(byte as i8)
}

impl Places {
    /// Take in the words that begin in a block: where, and with which four bytes.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")]
    fn add_words(&mut self, text: &[u8; READ], at: usize, block: __m512i, begins: u64) {
        // SAFETY: all three have 64 bytes; the loads ask no alignment.
        let (numbers, each, four) = unsafe {
            (
                _mm512_loadu_si512(NUMBERS.as_ptr().cast()),
                _mm512_loadu_si512(EACH.as_ptr().cast()),
                _mm512_loadu_si512(FOUR.as_ptr().cast()),
            )
        };
        let (base, after) = (_mm512_set1_epi32(at as i32), load(text, at + BLOCK));
        let numbers = _mm512_maskz_compress_epi8(begins, numbers);
        let count = begins.count_ones() as usize;
        let starts = &mut self.starts[self.count..][..2 * LANES]; // no more words begin in 64 bytes
        let fours = &mut self.fours[self.count..][..2 * LANES];
        let first = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(numbers));
        let bytes = _mm512_add_epi8(_mm512_permutexvar_epi8(each, numbers), four);
        let bytes = _mm512_permutex2var_epi8(block, bytes, after);
        // SAFETY: there is room for 32 numbers of four bytes in both; the stores ask no alignment.
        unsafe {
            _mm512_storeu_si512(starts.as_mut_ptr().cast(), _mm512_add_epi32(base, first));
            _mm512_storeu_si512(fours.as_mut_ptr().cast(), bytes);
        }
        if count > LANES {
            let second = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32::<1>(numbers));
            let each = _mm512_or_si512(each, byte(LANES as u8));
            let bytes = _mm512_add_epi8(_mm512_permutexvar_epi8(each, numbers), four);
            let bytes = _mm512_permutex2var_epi8(block, bytes, after);
            // SAFETY: as above; these are the last sixteen.
            unsafe {
                let second = _mm512_add_epi32(base, second);
                _mm512_storeu_si512(starts.as_mut_ptr().add(LANES).cast(), second);
                _mm512_storeu_si512(fours.as_mut_ptr().add(LANES).cast(), bytes);
            }
        }
        self.count += count;
    }

    /// Leave the last of the first `count` words where it is, whatever it is: it counts as one with a capital.
    fn keep(&mut self, count: usize) {
        // without one the word began before the chunk, and was kept then
        if let Some(four) = count.checked_sub(1).and_then(|last| self.fours.get_mut(last)) {
            *four &= !u32::from(SMALL);
        }
    }

    /// The last word of a chunk may go on in the next one with a capital.
    pub fn keep_last(&mut self, text: &[u8; READ], end: usize) {
        if text[end - 1].is_ascii_alphanumeric() {
            self.keep(self.count);
        }
    }
}

/// The bit of small letters.
const SMALL: u8 = 0x20;
const LANES: usize = 16;
/// For each lane of four bytes its number, four times.
const EACH: [u8; 64] = {
    let mut each = [0; 64];
    let mut at = 0;
    while at < 64 {
        each[at] = at as u8 / 4;
        at += 1;
    }
    each
};
/// For each lane the numbers 0 to 3.
const FOUR: [u8; 64] = {
    let mut four = [0; 64];
    let mut at = 0;
    while at < 64 {
        four[at] = at as u8 % 4;
        at += 1;
    }
    four
};
