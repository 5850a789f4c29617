//! Signs that are typed for a letter, told apart before the table is at work.
//!
//! A palochka is mostly typed as a capital, whatever its word is like, or as a digit or a Latin letter. What such a
//! sign is (see [`WordReader`](super::word::WordReader)), and its case, the characters beside it tell. So one pass
//! looks for them, and gives each another number: that of the sign as it stands, of the small letter, or of the
//! capital. These have cells and classes like other letters. Only behind marks and apostrophes a sign stays the
//! interpreter's, with its word.

use super::chars::{is, small};
use super::plan::{Facts, Plan};
use super::rewrite::Interpreter;

/// More signs than this are not told apart.
const MOST: usize = 4;
/// How many characters are looked at together.
const STRIDE: usize = 64;

/// What a sign may be, and what that is: a letter with a number of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variant {
    pub sign: char,
    /// The letter that it counts as: itself, a small letter, or a capital.
    pub letter: char,
    pub facts: Facts,
}

/// What each sign may be that can be told apart: one as it stands, the small letter, and the capital, one sign after
/// the other.
pub(super) fn variants(exact: &Interpreter) -> Vec<[Variant; 3]> {
    let chars = &exact.reader.chars;
    let is_typed = |char: &char| chars.is(*char, is::TYPED);
    if exact.words.keys().any(|word| word.iter().any(is_typed)) {
        return Vec::new(); // an exception that is looked for as it stands
    }
    let odd = is::MARK | is::APOSTROPHE | is::SPLIT;
    let is_plain = |char: &char| chars.class(*char).flags & (is::LETTER | odd) == is::LETTER;
    let told = |sign: char| {
        let letter = Some(chars.class(sign).typed).filter(is_plain)?;
        let is_capital = |char: &char| chars.is(*char, is::CAPITAL) && small(chars, *char) == letter;
        let capital = chars.listed.iter().copied().find(|char| is_capital(char) && is_plain(char))?;
        Some([sign, letter, capital].map(|letter| {
            let flags = chars.class(letter).flags & !(is::TYPED | is::DIGIT);
            Variant { sign, letter, facts: Facts { flags, small: small(chars, letter) } }
        }))
    };
    let signs = chars.listed.iter().copied().filter(|char| is_typed(char) && is_plain(char));
    signs.filter_map(told).take(MOST).collect()
}

/// A sign as a plan knows it.
#[derive(Debug, Clone, Copy, Default)]
struct Sign {
    /// The number of the sign of which nothing is known, and the first of its three others.
    number: u16,
    variants: u16,
    flags: u16,
}

/// Tells signs apart.
#[derive(Debug, Clone)]
pub(super) struct Typed([Sign; MOST]);

/// Where among a sign's variants the small letter stands; the capital is the next.
const SMALL: u16 = 1;
const LETTER_OF_SCHEME: u16 = is::LETTER | is::KNOWN;
const CASED_LETTER: u16 = is::LETTER | is::CASED;

impl Typed {
    /// Those of a plan, of which all variants are given with their numbers; none where there are none.
    pub fn new(plan: &Plan, variants: &[(u16, Variant)]) -> Option<Typed> {
        let all: Vec<_> = variants.iter().step_by(3).collect();
        let first = all.first()?;
        let mut typed = Typed([Sign::default(); MOST]);
        for (place, sign) in typed.0.iter_mut().enumerate() {
            let (variants, variant) = all.get(place).unwrap_or(first);
            let number = plan.number(variant.sign as u32)?;
            *sign = Sign { number, variants: *variants, flags: plan.facts(number).flags };
        }
        Some(typed)
    }

    /// Gives the signs among `numbers` those by which the plan knows more. They begin and end where words may.
    pub fn pass(&self, plan: &Plan, numbers: &mut [u16]) {
        let signs = self.0.map(|sign| sign.number);
        for from in (0..numbers.len()).step_by(STRIDE) {
            let mut found = match numbers[from..].first_chunk() {
                Some(chunk) => places(chunk, signs),
                None => {
                    let rest = &numbers[from..];
                    let mut chunk = [0; STRIDE];
                    chunk[..rest.len()].copy_from_slice(rest);
                    places(&chunk, signs) & !(u64::MAX << rest.len())
                }
            };
            while found != 0 {
                let at = from + found.trailing_zeros() as usize;
                numbers[at] = self.told(plan, numbers, at);
                found &= found - 1;
            }
        }
    }

    /// The number of the sign at `at`, by what stands around it: see `WordReader::read`.
    #[inline]
    fn told(&self, plan: &Plan, numbers: &[u16], at: usize) -> u16 {
        let flags = |at: usize| numbers.get(at).map_or(0, |&number| plan.facts(number).flags);
        let number = numbers[at];
        let Some(sign) = self.0.iter().find(|sign| sign.number == number) else { return number };
        let by_case = |flags: u16| sign.variants + SMALL + u16::from(flags & is::CAPITAL != 0);
        let before = at.checked_sub(1).map_or(0, flags);
        let after = flags(at + 1);
        let odd = is::MARK | is::APOSTROPHE | is::SPLIT | is::TYPED;
        match before & (is::LETTER | is::KNOWN | odd) {
            LETTER_OF_SCHEME => {
                // such a sign tells nothing of case: the next letter does, or the one before
                by_case(if after & CASED_LETTER == CASED_LETTER { after } else { before })
            }
            known if known & odd != 0 => number,
            known if known & is::LETTER != 0 => sign.variants,
            _ if sign.flags & is::DIGIT == 0 && after & flags(at + 2) & is::KNOWN != 0 => by_case(sign.flags),
            _ => sign.variants,
        }
    }
}

/// Which of these numbers are one of `signs`: a bit each.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn places_by_one(numbers: &[u16; STRIDE], signs: [u16; MOST]) -> u64 {
    numbers.iter().rev().fold(0, |all, number| all << 1 | u64::from(signs.contains(number)))
}

#[cfg(not(target_arch = "x86_64"))]
use places_by_one as places;

/// The same, sixteen at a time.
#[cfg(target_arch = "x86_64")]
#[inline]
fn places(numbers: &[u16; STRIDE], signs: [u16; MOST]) -> u64 {
    use std::arch::x86_64::*;
    // SAFETY: all of x86-64 have SSE2; 16 numbers are read from each sixteenth on, of 64.
    unsafe {
        let signs = signs.map(|sign| _mm_set1_epi16(sign as i16));
        let is_sign = |at: usize| {
            let eight = _mm_loadu_si128(numbers.as_ptr().add(at).cast());
            let [first, second, third, fourth] = signs.map(|sign| _mm_cmpeq_epi16(eight, sign));
            _mm_or_si128(_mm_or_si128(first, second), _mm_or_si128(third, fourth))
        };
        let sixteen = |at: usize| _mm_movemask_epi8(_mm_packs_epi16(is_sign(at), is_sign(at + 8)));
        (0..STRIDE).step_by(16).fold(0, |all, at| all | u64::from(sixteen(at) as u32) << at)
    }
}

#[cfg(test)]
mod tests {
    use super::{STRIDE, places, places_by_one};

    #[test]
    fn signs_are_found_wherever_they_stand() {
        let signs = [0x31, 0x49, 0x4c0, 0xfffe];
        for (place, &sign) in signs.iter().enumerate() {
            for at in 0..STRIDE {
                let mut numbers = [0x30; STRIDE];
                numbers[at] = sign;
                numbers[(at * 7 + place) % STRIDE] = signs[(at + place) % 4];
                let expected = 1 << at | 1 << ((at * 7 + place) % STRIDE);
                assert_eq!(places(&numbers, signs), expected);
                assert_eq!(places_by_one(&numbers, signs), expected);
            }
        }
    }
}
