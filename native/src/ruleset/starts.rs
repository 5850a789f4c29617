//! The filter of the words that begin phrases: a Bloom filter in blocks of 32 bits, used in place.
//!
//! How a word is hashed is told by `normalize/ruleset/lexicon.py` (`start_hash`, `start_bits`).

use crate::text::bytes::eight;

#[cfg(target_arch = "x86_64")]
mod vector;

const FACTORS: [u32; 4] = [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F];

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

    /// Whether a phrase may begin with a word that begins with at least one ASCII letter or digit: `letters` are
    /// the first eight of those, first byte lowest, with zeros after the last.
    #[inline(always)]
    pub fn passes(self, letters: u64) -> bool {
        self.shift == 0 || self.has(small(letters), 0)
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

    /// Of the words that begin in `text` at the first `count` of `starts` those that `passes`, written to the
    /// beginning of `passed`; how many they are. A start of which the eight bytes from it on are not in `text`
    /// passes. It goes fastest where `starts` and `passed` have room for sixteen more than `count`.
    pub fn passing(self, text: &[u8], starts: &[u32], count: usize, passed: &mut [u32]) -> usize {
        #[cfg(target_arch = "x86_64")]
        if self.shift != 0
            && let Some(found) = vector::passing(self, text, starts, count, passed)
        {
            return found;
        }
        self.passing_one_by_one(text, &starts[..count], passed)
    }

    fn passing_one_by_one(self, text: &[u8], starts: &[u32], passed: &mut [u32]) -> usize {
        let mut found = 0;
        for &start in starts {
            let eight = text.get(start as usize..).and_then(|rest| rest.first_chunk::<8>());
            if eight.is_none_or(|&eight| self.passes(word_of(u64::from_le_bytes(eight)))) {
                passed[found] = start;
                found += 1;
            }
        }
        found
    }
}

/// ASCII letters made small, with digits and zeros as they are.
#[inline(always)]
fn small(letters: u64) -> u64 {
    letters | (letters & 0x4040_4040_4040_4040) >> 1
}

/// Of eight bytes, the first lowest, the ASCII letters and digits before the first other byte.
#[inline]
fn word_of(eight: u64) -> u64 {
    let length = eight.to_le_bytes().iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if length == 0 { 0 } else { eight & u64::MAX >> (64 - 8 * length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_word() {
        let number = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        assert_eq!(small(word_of(number(b"Ab1-cdef"))), number(b"ab1\0\0\0\0\0"));
        assert_eq!(small(word_of(number(b"ABCdefgH"))), number(b"abcdefgh"));
        assert_eq!(word_of(number(b"-bcdefgh")), 0);
    }
}
