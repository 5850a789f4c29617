//! The first look sixty-four units at a time, for processors that have AVX-512 with byte compression.

use std::arch::x86_64::*;

use super::blocks::has_mask_instructions;
use super::{Places, READ};

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

/// What `Places::add` does for the block at `at`, and the leads in it but those of quiet punctuation: `quiet`
/// has a byte for each character from `PUNCTUATION` on.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")]
pub fn add(text: &[u8; READ], at: usize, places: &mut Places, quiet: __m512i) -> u64 {
    let byte = |byte: u8| _mm512_set1_epi8(byte as i8);
    let bytes = load(text, at);
    let small = _mm512_or_si512(bytes, byte(0x20));
    let letter = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(small, byte(b'a')), byte(26));
    let digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, byte(b'0')), byte(10));
    let begins = places.begins(letter | digit);
    // SAFETY: there are 64 numbers; the load asks no alignment.
    let numbers = unsafe { _mm512_loadu_si512(NUMBERS.as_ptr().cast()) };
    let starts = _mm512_maskz_compress_epi8(begins, numbers);
    let base = _mm512_set1_epi32(at as i32);
    let room = &mut places.starts[places.count..][..32]; // no more words begin in 64 bytes
    let first = _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(starts)));
    let second = _mm512_extracti32x4_epi32::<1>(starts);
    let second = _mm512_add_epi32(base, _mm512_cvtepu8_epi32(second));
    // SAFETY: there is room for 32 numbers of four bytes; the stores ask no alignment.
    unsafe {
        _mm512_storeu_si512(room.as_mut_ptr().cast(), first);
        _mm512_storeu_si512(room.as_mut_ptr().add(16).cast(), second);
    }
    places.count += begins.count_ones() as usize;
    let leads = _mm512_cmpge_epu8_mask(bytes, byte(0xC0));
    if leads == 0 {
        return 0;
    }
    let is_near = _mm512_mask_cmpeq_epu8_mask(leads, bytes, byte(0xE2));
    let is_near = _mm512_mask_cmpeq_epu8_mask(is_near, load(text, at + 1), byte(0x80));
    let is_quiet = _mm512_permutexvar_epi8(load(text, at + 2), quiet); // by the lowest six bits
    leads & !(is_near & _mm512_movepi8_mask(is_quiet))
}
