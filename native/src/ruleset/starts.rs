//! The filter of the words that begin phrases: a Bloom filter in blocks of 32 bits, used in place.
//!
//! How a word is hashed is told by `normalize/ruleset/lexicon.py` (`start_hash`, `start_bits`).

use crate::text::bytes::eight;

const FACTORS: [u32; 4] = [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F];
/// What makes ASCII letters small and leaves digits as they are, in each of eight bytes.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// The filter; says yes to a few other words too.
#[derive(Debug, Clone, Copy)]
pub struct Starts<'c> {
    blocks: &'c [[u8; 4]],
    /// How far a hash is shifted to be the number of a block; 0 for a filter that is not sound and passes all.
    shift: u32,
}

impl<'c> Starts<'c> {
    /// Over the bytes of the section: a power of two of blocks, at least two.
    pub fn new(bytes: &'c [u8]) -> Starts<'c> {
        let (blocks, _) = bytes.as_chunks();
        let is_sound = blocks.len() >= 2 && blocks.len().is_power_of_two() && blocks.len() <= 1 << 31;
        Starts { blocks, shift: if is_sound { 32 - blocks.len().ilog2() } else { 0 } }
    }

    /// Whether a phrase may begin with a word that begins with `length` ASCII letters and digits, of which the
    /// first eight are the first bytes of `eight`, first byte lowest; any bytes may stand after them.
    #[inline(always)]
    pub fn passes(self, eight: u64, length: usize) -> bool {
        if self.shift == 0 {
            return true;
        }
        self.has((eight | SMALL) & u64::MAX >> (64 - 8 * length.clamp(1, 8)), length)
    }

    /// The same for a word of which `letters` are the first eight bytes, with zeros after its last.
    #[inline(always)]
    pub fn passes_plain(self, letters: u64, length: usize) -> bool {
        self.shift == 0 || self.has((letters | SMALL) & u64::MAX >> (64 - 8 * length.clamp(1, 8)), length)
    }

    /// The same for a whole comparison key that does not begin with ASCII letters or goes on with others.
    #[inline]
    pub fn passes_key(self, key: &[u8]) -> bool {
        self.shift == 0 || self.has(eight(key, 0), key.len())
    }

    #[inline(always)]
    fn has(self, letters: u64, length: usize) -> bool {
        let mut mixed = (letters as u32).wrapping_mul(FACTORS[0]);
        mixed ^= ((letters >> 32) as u32).wrapping_mul(FACTORS[1]);
        mixed ^= (length as u32).wrapping_mul(FACTORS[2]);
        mixed = (mixed ^ mixed >> 15).wrapping_mul(FACTORS[3]);
        let bits = 1u32 << (mixed & 31) | 1 << (mixed >> 5 & 31) | 1 << (mixed >> 10 & 31);
        let block = self.blocks.get((mixed >> self.shift) as usize);
        block.is_none_or(|&block| u32::from_le_bytes(block) & bits == bits)
    }

    /// The first of some words, from number `from` on, that `passes`: word `i` is `text[starts[i]..ends[i]]`.
    /// Eight bytes from each start on must be inside `text`; words for which they are not pass.
    #[inline]
    pub fn next(self, text: &[u8], starts: &[u32], ends: &[u32], from: usize) -> Option<usize> {
        #[cfg(target_arch = "x86_64")]
        if self.shift != 0 && is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has been asked for AVX2.
            return unsafe { self.next_of_eight(text, starts, ends, from) };
        }
        self.next_of_one(text, starts, ends, from)
    }

    fn next_of_one(self, text: &[u8], starts: &[u32], ends: &[u32], from: usize) -> Option<usize> {
        (from..starts.len().min(ends.len())).find(|&index| {
            let start = starts[index] as usize;
            match text.get(start..).and_then(|rest| rest.first_chunk::<8>()) {
                Some(eight) => self.passes(u64::from_le_bytes(*eight), ends[index] as usize - start),
                None => true,
            }
        })
    }

    /// Eight words at a time, with gathered loads.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn next_of_eight(self, text: &[u8], starts: &[u32], ends: &[u32], from: usize) -> Option<usize> {
        use std::arch::x86_64::*;
        let count = starts.len().min(ends.len());
        let Some(last_safe) = text.len().checked_sub(8) else {
            return self.next_of_one(text, starts, ends, from);
        };
        let factor = |number: usize| _mm256_set1_epi32(FACTORS[number] as i32);
        let (one, ones) = (_mm256_set1_epi32(1), _mm256_set1_epi32(-1));
        let limit = _mm256_set1_epi32(last_safe.min(i32::MAX as usize) as i32);
        let mut at = from;
        while at + 8 <= count {
            // SAFETY: eight numbers from `at` on are inside both slices; the loads ask no alignment.
            let (start, end) = unsafe {
                (
                    _mm256_loadu_si256(starts.as_ptr().add(at).cast()),
                    _mm256_loadu_si256(ends.as_ptr().add(at).cast()),
                )
            };
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
            let length = _mm256_sub_epi32(end, start);
            let bits = _mm256_slli_epi32::<3>(_mm256_min_epu32(length, _mm256_set1_epi32(8)));
            // a shift by 32 or more gives zero: no letter is kept of a half that the word does not reach
            let kept_low = _mm256_srlv_epi32(
                ones,
                _mm256_sub_epi32(_mm256_set1_epi32(32), _mm256_min_epu32(bits, _mm256_set1_epi32(32))),
            );
            let kept_high = _mm256_srlv_epi32(ones, _mm256_sub_epi32(_mm256_set1_epi32(64), bits));
            let small = _mm256_set1_epi32(SMALL as i32);
            let low = _mm256_and_si256(_mm256_or_si256(low, small), kept_low);
            let high = _mm256_and_si256(_mm256_or_si256(high, small), kept_high);
            let mixed = _mm256_xor_si256(
                _mm256_xor_si256(_mm256_mullo_epi32(low, factor(0)), _mm256_mullo_epi32(high, factor(1))),
                _mm256_mullo_epi32(length, factor(2)),
            );
            let mixed =
                _mm256_mullo_epi32(_mm256_xor_si256(mixed, _mm256_srli_epi32::<15>(mixed)), factor(3));
            let block = _mm256_srl_epi32(mixed, _mm_cvtsi32_si128(self.shift as i32));
            // SAFETY: there are 2 to the power of `32 - shift` blocks of four bytes (see `new`), and a hash of
            // 32 bits shifted by `shift` is below that; at most 2 to the power of 31, so never negative.
            let block = unsafe { _mm256_i32gather_epi32::<4>(self.blocks.as_ptr().cast(), block) };
            let low_five = _mm256_set1_epi32(31);
            let first = _mm256_sllv_epi32(one, _mm256_and_si256(mixed, low_five));
            let second = _mm256_sllv_epi32(one, _mm256_and_si256(_mm256_srli_epi32::<5>(mixed), low_five));
            let third = _mm256_sllv_epi32(one, _mm256_and_si256(_mm256_srli_epi32::<10>(mixed), low_five));
            let wanted = _mm256_or_si256(_mm256_or_si256(first, second), third);
            let passed = _mm256_cmpeq_epi32(_mm256_and_si256(block, wanted), wanted);
            let passed = _mm256_movemask_ps(_mm256_castsi256_ps(passed)) as u32;
            if passed != 0 {
                return Some(at + passed.trailing_zeros() as usize);
            }
            at += 8;
        }
        self.next_of_one(text, starts, ends, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_at_a_time_pass_as_one_by_one() {
        let mut state = 7u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        let blocks: Vec<u8> = (0..4 * 64).map(|_| (random() | random()) as u8).collect();
        let starts_filter = Starts::new(&blocks);
        let text: Vec<u8> = (0..5000).map(|_| b"abcXYZ019"[random() as usize % 9]).collect();
        let starts: Vec<u32> = (0..603).map(|_| random() % 4900).collect();
        let ends: Vec<u32> = starts.iter().map(|start| start + 1 + random() % 20).collect();
        let all = |next: &dyn Fn(usize) -> Option<usize>| {
            let mut found = Vec::new();
            let mut from = 0;
            while let Some(index) = next(from) {
                found.push(index);
                from = index + 1;
            }
            found
        };
        let one_by_one = all(&|from| starts_filter.next_of_one(&text, &starts, &ends, from));
        assert!((20..580).contains(&one_by_one.len()));
        assert_eq!(all(&|from| starts_filter.next(&text, &starts, &ends, from)), one_by_one);
    }
}
