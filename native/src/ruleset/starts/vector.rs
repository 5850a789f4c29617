//! The filter asked of many words at a time, with gathered loads.

use std::arch::x86_64::*;

use super::{FACTORS, Starts};

/// What `Starts::passing` gives; None where the processor or the room does not serve. The filter must be sound.
#[inline]
pub fn passing(
    filter: Starts<'_>,
    text: &[u8],
    starts: &[u32],
    count: usize,
    passed: &mut [u32],
) -> Option<usize> {
    if text.len() < 8 || starts.len() < count + 16 || passed.len() < count {
        return None;
    }
    if is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("bmi1")
    {
        // SAFETY: the processor has been asked for every feature that the function is compiled for.
        return Some(unsafe { by_sixteen(filter, text, starts, count, passed) });
    }
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") {
        // SAFETY: the processor has been asked for every feature that the function is compiled for.
        return Some(unsafe { by_eight(filter, text, starts, count, passed) });
    }
    None
}

/// Eight words at a time. There must be room for eight starts more than `count`, and eight bytes of text.
#[target_feature(enable = "avx2,bmi1")]
fn by_eight(filter: Starts<'_>, text: &[u8], starts: &[u32], count: usize, passed: &mut [u32]) -> usize {
    let byte = |byte: u8| _mm256_set1_epi8(byte as i8);
    let factor = |number: usize| _mm256_set1_epi32(FACTORS[number] as i32);
    let (zero, ones) = (_mm256_setzero_si256(), _mm256_set1_epi32(-1));
    let (one, low_five) = (_mm256_set1_epi32(1), _mm256_set1_epi32(31));
    let limit = _mm256_set1_epi32((text.len() - 8).min(i32::MAX as usize) as i32);
    let shift = _mm_cvtsi32_si128(filter.shift as i32);
    // letters made small and digits as they are, zeros from the first other byte on
    let word = |bytes: __m256i| {
        let small = _mm256_or_si256(bytes, byte(0x20));
        let letter = _mm256_sub_epi8(small, byte(b'a'));
        let letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, byte(25)), letter);
        let digit = _mm256_sub_epi8(bytes, byte(b'0'));
        let digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, byte(9)), digit);
        let other = _mm256_xor_si256(_mm256_or_si256(letter, digit), ones);
        let lowest = _mm256_and_si256(other, _mm256_sub_epi32(zero, other));
        let before = _mm256_add_epi32(lowest, ones);
        (_mm256_and_si256(small, before), _mm256_cmpeq_epi32(other, zero))
    };
    let mut found = 0;
    let mut at = 0;
    while at < count {
        // SAFETY: the caller has made sure of eight numbers more than `count`, and `at` is below that; the
        // load asks no alignment.
        let start = unsafe { _mm256_loadu_si256(starts.as_ptr().add(at).cast()) };
        // a start beyond the limit, which no caller gives, is read at the limit: in bounds, if wrong
        let place = _mm256_min_epu32(start, limit);
        // SAFETY: every place is at most `text.len() - 8` and, as a signed number, not negative, so that
        // the eight bytes from it on are inside `text`.
        let (low, high) = unsafe {
            let base = text.as_ptr();
            (
                _mm256_i32gather_epi32::<1>(base.cast(), place),
                _mm256_i32gather_epi32::<1>(base.add(4).cast(), place),
            )
        };
        let ((low, goes_on), (high, _)) = (word(low), word(high));
        let high = _mm256_and_si256(high, goes_on);
        let mixed = _mm256_xor_si256(_mm256_mullo_epi32(low, factor(0)), _mm256_mullo_epi32(high, factor(1)));
        let mixed = _mm256_mullo_epi32(_mm256_xor_si256(mixed, _mm256_srli_epi32::<15>(mixed)), factor(3));
        let block = _mm256_srl_epi32(mixed, shift);
        // SAFETY: there are 2 to the power of `32 - shift` blocks of four bytes (see `new`), and a hash of
        // 32 bits shifted by `shift` is below that; at most 2 to the power of 31, so never negative.
        let block = unsafe { _mm256_i32gather_epi32::<4>(filter.blocks.as_ptr().cast(), block) };
        let first = _mm256_sllv_epi32(one, _mm256_and_si256(mixed, low_five));
        let second = _mm256_sllv_epi32(one, _mm256_and_si256(_mm256_srli_epi32::<5>(mixed), low_five));
        let third = _mm256_sllv_epi32(one, _mm256_and_si256(_mm256_srli_epi32::<10>(mixed), low_five));
        let wanted = _mm256_or_si256(_mm256_or_si256(first, second), third);
        let passes = _mm256_cmpeq_epi32(_mm256_and_si256(block, wanted), wanted);
        let mut passes = _mm256_movemask_ps(_mm256_castsi256_ps(passes)) as u32;
        passes &= u32::MAX >> (32 - (count - at).min(8));
        while passes != 0 {
            passed[found] = starts[at + passes.trailing_zeros() as usize];
            found += 1;
            passes &= passes - 1;
        }
        at += 8;
    }
    found
}

#[inline]
#[target_feature(enable = "avx512f")]
fn factor(number: usize) -> __m512i {
    _mm512_set1_epi32(FACTORS[number] as i32)
}

/// Of sixteen times four bytes the ASCII letters, made small, and digits, zeros from the first other byte on; and
/// where there is no other.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn beginnings(bytes: __m512i) -> (__m512i, __mmask16) {
    let byte = |byte: u8| _mm512_set1_epi8(byte as i8);
    let small = _mm512_or_si512(bytes, byte(0x20));
    let letter = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(small, byte(b'a')), byte(26));
    let digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, byte(b'0')), byte(10));
    let other = _mm512_movm_epi8(!(letter | digit));
    let lowest = _mm512_and_si512(other, _mm512_sub_epi32(_mm512_setzero_si512(), other));
    let before = _mm512_add_epi32(lowest, _mm512_set1_epi32(-1));
    (_mm512_and_si512(small, before), _mm512_testn_epi32_mask(other, other))
}

/// Which of sixteen hashes, not yet finished, the filter lacks. It must be sound.
#[inline]
#[target_feature(enable = "avx512f")]
fn lacking(filter: Starts<'_>, mixed: __m512i) -> __mmask16 {
    let (ones, one) = (_mm512_set1_epi32(-1), _mm512_set1_epi32(1));
    let mixed = _mm512_mullo_epi32(_mm512_xor_si512(mixed, _mm512_srli_epi32::<15>(mixed)), factor(3));
    let block = _mm512_srl_epi32(mixed, _mm_cvtsi32_si128(filter.shift as i32));
    // SAFETY: there are 2 to the power of `32 - shift` blocks of four bytes (see `Starts::new`), and a hash of
    // 32 bits shifted by `shift` is below that; at most 2 to the power of 31, so never negative.
    let block = unsafe { _mm512_i32gather_epi32::<4>(block, filter.blocks.as_ptr().cast()) };
    // a rotation takes the lowest five bits of its count
    let first = _mm512_rolv_epi32(one, mixed);
    let second = _mm512_rolv_epi32(one, _mm512_srli_epi32::<5>(mixed));
    let third = _mm512_rolv_epi32(one, _mm512_srli_epi32::<10>(mixed));
    let wanted = _mm512_or_si512(_mm512_or_si512(first, second), third);
    _mm512_test_epi32_mask(_mm512_andnot_si512(block, wanted), ones)
}

impl Starts<'_> {
    /// Which of sixteen words the filter has by the first four letters of each, a bit for each: `four` are as
    /// many bytes of each, of which the first that is no letter or digit ends the word.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    pub(crate) fn has_sixteen(self, four: __m512i) -> __mmask16 {
        if self.shift == 0 {
            return u16::MAX;
        }
        let (letters, _) = beginnings(four);
        !lacking(self, _mm512_mullo_epi32(letters, factor(0)))
    }
}

/// Sixteen words at a time. There must be room for sixteen starts more than `count`, and eight bytes of text.
#[target_feature(enable = "avx512f,avx512bw,bmi1")]
fn by_sixteen(filter: Starts<'_>, text: &[u8], starts: &[u32], count: usize, passed: &mut [u32]) -> usize {
    let limit = _mm512_set1_epi32((text.len() - 8).min(i32::MAX as usize) as i32);
    let mut found = 0;
    for at in (0..count).step_by(16) {
        // SAFETY: the caller has made sure of sixteen numbers more than `count`, and `at` is below that; the
        // load asks no alignment.
        let start = unsafe { _mm512_loadu_si512(starts.as_ptr().add(at).cast()) };
        // a start beyond the limit, which no caller gives, is read at the limit: in bounds, if wrong
        let place = _mm512_min_epu32(start, limit);
        // SAFETY: every place is at most `text.len() - 8` and, as a signed number, not negative, so that the
        // eight bytes from it on are inside `text`.
        let (low, high) = unsafe {
            let base = text.as_ptr();
            (
                _mm512_i32gather_epi32::<1>(place, base.cast()),
                _mm512_i32gather_epi32::<1>(place, base.add(4).cast()),
            )
        };
        let ((low, goes_on), (high, _)) = (beginnings(low), beginnings(high));
        let high = _mm512_maskz_mullo_epi32(goes_on, high, factor(1));
        let mixed = _mm512_xor_si512(_mm512_mullo_epi32(low, factor(0)), high);
        let lacks = lacking(filter, mixed);
        let mut passes = u32::from(!lacks) & u32::MAX >> (32 - (count - at).min(16));
        while passes != 0 {
            passed[found] = starts[at + passes.trailing_zeros() as usize];
            found += 1;
            passes &= passes - 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_and_sixteen_at_a_time_pass_as_one_by_one() {
        let mut state = 7u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        let blocks: Vec<u8> = (0..4 * 64).map(|_| (random() | random()) as u8).collect();
        let filter = Starts::new(&blocks);
        let text: Vec<u8> = (0..5000).map(|_| b"abcXYZ019-'\xE2"[random() as usize % 12]).collect();
        for count in [0, 1, 7, 8, 9, 16, 17, 603] {
            let starts: Vec<u32> = (0..count + 16).map(|_| random() % 4900).collect();
            let mut passed = vec![0; count];
            let found = filter.passing_one_by_one(&text, &starts[..count], &mut passed);
            let expected = passed[..found].to_vec();
            assert!(count < 100 || (20..count - 20).contains(&found));
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") {
                // SAFETY: the processor has been asked for what the function is compiled for.
                let found = unsafe { by_eight(filter, &text, &starts, count, &mut passed) };
                assert_eq!(passed[..found], expected);
            }
            let found = filter.passing(&text, &starts, count, &mut passed);
            assert_eq!(passed[..found], expected);
        }
    }
}
