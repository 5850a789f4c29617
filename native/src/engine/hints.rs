//! Filters that tell from a word as written that it can be nothing that is looked for.
//!
//! A word of a text is mostly no word of a small lexicon. Its comparison key is hashed without being made
//! (for a word of ASCII letters), and a filter of a few bits says so at once.

use crate::engine::segment::Atom;
use crate::text::Folder;
use crate::text::bytes::eight;

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
const POSSESSIVE: &[u8] = b"'s";

/// The hash of a comparison key.
pub fn hash_of_key(key: &[u8]) -> u64 {
    let mut hash = key.len() as u64;
    for chunk in key.chunks(8) {
        hash = mix(hash, load(chunk));
    }
    hash.max(1)
}

/// The hash of two words in a row, by theirs.
#[inline]
pub fn hash_of_two(first: u64, second: u64) -> u64 {
    mix(first, second)
}

/// The hash of a word's comparison key; None where any key must be expected: with an ending that may belong
/// to the text and not to the name. `scratch` is made use of for words of other letters than ASCII.
#[inline(never)]
pub fn hash_of_word(folder: &Folder, word: &str, scratch: &mut String) -> Option<u64> {
    if folder.has_plain_ascii() {
        let mut hash = word.len() as u64;
        let mut odd = 0;
        for chunk in word.as_bytes().chunks(8) {
            let eight = load(chunk);
            odd |= eight & HIGH | has_backtick(eight);
            hash = mix(hash, lower(eight));
        }
        if odd == 0 {
            let is_possessive = matches!(word.as_bytes(), [.., b'\'', b's' | b'S']);
            return (!is_possessive).then_some(hash.max(1));
        }
    }
    scratch.clear();
    folder.key_into(word, scratch);
    (!scratch.as_bytes().ends_with(POSSESSIVE)).then(|| hash_of_key(scratch.as_bytes()))
}

/// The hash of the comparison key of an atom's reading, as `hash_of_word` gives it.
#[inline(always)]
pub fn hash_of_atom(folder: &Folder, atom: &Atom, text: &str, scratch: &mut String) -> Option<u64> {
    if atom.hash != 0 && atom.repaired.is_none() {
        return Some(atom.hash);
    }
    hash_of_word(folder, atom.reading(text), scratch)
}

/// What is known of a word of ASCII letters and digits.
pub struct Plain {
    /// The hash of its key; never 0.
    pub hash: u64,
    /// How many bytes of it are letters.
    pub letters: u32,
    /// How many of these are small.
    pub small: u32,
    /// Its first eight bytes, zeros after the last.
    pub eight: u64,
}

/// The word `bytes[start..end]` of ASCII letters and digits, which is not empty.
#[inline(always)]
pub fn plain_word(bytes: &[u8], start: usize, end: usize) -> Plain {
    let length = end - start;
    let first = eight(bytes, start) & (u64::MAX >> (64 - 8 * length.clamp(1, 8)));
    let mut plain = Plain { hash: length as u64, letters: 0, small: 0, eight: first };
    plain.add(first);
    for at in (start + 8..end).step_by(8) {
        plain.add(eight(bytes, at) & (u64::MAX >> (64 - 8 * (end - at).min(8))));
    }
    plain.hash = plain.hash.max(1);
    plain
}

impl Plain {
    #[inline(always)]
    fn add(&mut self, eight: u64) {
        let letters = eight & (0x40 * LOW);
        self.letters += letters.count_ones();
        self.small += (eight << 1 & letters).count_ones();
        // digits have the bit of small letters already
        self.hash = mix(self.hash, eight | letters >> 1);
    }
}

/// Up to eight bytes as a number, the first lowest, zeros after the last.
#[inline]
fn load(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    if let Some(eight) = bytes.first_chunk::<8>() {
        u64::from_le_bytes(*eight)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last));
        u64::from(u32::from_le_bytes(*first)) | last << (8 * (length - 4))
    } else {
        bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
    }
}

#[inline(always)]
fn mix(hash: u64, number: u64) -> u64 {
    let product = u128::from(hash ^ 0x9E37_79B9_7F4A_7C15) * u128::from(number ^ 0xD1B5_4A32_D192_ED03);
    (product >> 64) as u64 ^ product as u64
}

/// The capitals A to Z among eight bytes made small.
#[inline]
fn lower(eight: u64) -> u64 {
    let low = eight & !HIGH;
    let from_a = low + (0x80 - u64::from(b'A')) * LOW;
    let after_z = low + (0x7F - u64::from(b'Z')) * LOW;
    eight | ((from_a ^ after_z) & !eight & HIGH) >> 2
}

/// Not zero if one of eight bytes is a backtick, which a key has as an apostrophe.
#[inline]
fn has_backtick(eight: u64) -> u64 {
    let differing = eight ^ (LOW * u64::from(b'`'));
    differing.wrapping_sub(LOW) & !differing & HIGH
}

/// A set of hashes that says yes to a few others too.
pub struct WordBits {
    blocks: Vec<u64>,
    shift: u32,
}

impl WordBits {
    /// The set of some hashes.
    pub fn new(hashes: &[u64]) -> WordBits {
        let size = (hashes.len() * 16).div_ceil(64).next_power_of_two().max(2);
        let mut set = WordBits { blocks: vec![0; size], shift: 64 - size.ilog2() };
        for &hash in hashes {
            set.blocks[(hash >> set.shift) as usize] |= bits(hash);
        }
        set
    }

    /// Whether a hash may be in the set; any may that is not known.
    #[inline]
    pub fn may_have(&self, hash: Option<u64>) -> bool {
        hash.is_none_or(|hash| self.blocks[(hash >> self.shift) as usize] & bits(hash) == bits(hash))
    }
}

#[inline]
fn bits(hash: u64) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63)
}

/// The hashes that a listed word must be found by: it may stand without its last apostrophe.
pub fn hashes_of_listed(word: &str) -> impl Iterator<Item = u64> {
    let shorter = word.strip_suffix('\'').map(|shorter| hash_of_key(shorter.as_bytes()));
    std::iter::once(hash_of_key(word.as_bytes())).chain(shorter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_lowered_as_ascii_is() {
        for byte in 0..=255u8 {
            let eight = load(&[byte, b'x', byte]);
            let [first, second, third, ..] = lower(eight).to_le_bytes();
            assert_eq!([first, second, third], [byte.to_ascii_lowercase(), b'x', byte.to_ascii_lowercase()]);
            assert_eq!(has_backtick(eight) != 0, byte == b'`');
        }
    }

    #[test]
    fn plain_words_have_the_hash_of_their_key() {
        for word in ["a", "Kyiv", "B2B", "abcdefgh", "ABCDEFGHI", "longerThanSixteenBytes7"] {
            let text = format!("({word}) and more");
            for plain in
                [plain_word(text.as_bytes(), 1, 1 + word.len()), plain_word(word.as_bytes(), 0, word.len())]
            {
                assert_eq!(plain.hash, hash_of_key(word.to_ascii_lowercase().as_bytes()));
                assert_eq!(plain.letters as usize, word.bytes().filter(u8::is_ascii_alphabetic).count());
                assert_eq!(plain.small as usize, word.bytes().filter(u8::is_ascii_lowercase).count());
                assert_eq!(plain.eight, load(&word.as_bytes()[..word.len().min(8)]));
            }
        }
    }

    #[test]
    fn loading_reads_all_bytes_once() {
        let bytes = b"abcdefgh";
        for length in 0..=8 {
            let mut expected = [0; 8];
            expected[..length].copy_from_slice(&bytes[..length]);
            assert_eq!(load(&bytes[..length]), u64::from_le_bytes(expected));
        }
    }

    #[test]
    fn a_set_has_what_was_put_in() {
        let words: Vec<String> = (0..500).map(|number| format!("word{number}")).collect();
        let hashes: Vec<u64> = words.iter().map(|word| hash_of_key(word.as_bytes())).collect();
        let set = WordBits::new(&hashes);
        assert!(hashes.iter().all(|&hash| set.may_have(Some(hash))));
        let others =
            (0..5000).filter(|number| set.may_have(Some(hash_of_key(format!("x{number}").as_bytes()))));
        assert!(others.count() < 250);
        assert!(set.may_have(None));
    }
}
