//! Text to the numbers by which a plan knows characters, a block at a time.

use super::plan::{DIRECT, Plan};
use std::mem::MaybeUninit;

/// How many characters a block has room for, unless a word needs more.
pub(super) const BLOCK: usize = 2048;
/// A decoder may write this many places beyond the last character.
pub(super) const SLACK: usize = 80;

/// Where the number of a character goes.
pub(super) type Place = MaybeUninit<u16>;

/// What ended a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// There is no room for more.
    Full,
    /// There is no more.
    Text,
    /// A character follows that the plan has no number for, or bytes that are none.
    Foreign,
}

/// What was decoded: how many units of the text, how many characters (which are initialized now), and what
/// ended it.
pub(super) type Block = (usize, usize, End);

/// A function that decodes the beginning of a text in UTF-8. The last `SLACK` places are only there to be
/// overwritten.
pub(super) type Decode = fn(&Plan, &[u8], &mut [Place]) -> Block;

/// The fastest way to decode UTF-8 on this machine.
pub(super) fn decoder() -> Decode {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("bmi2") {
        return avx2::decode;
    }
    decode
}

/// Decodes one character after the other.
pub(super) fn decode(plan: &Plan, bytes: &[u8], places: &mut [Place]) -> Block {
    let room = places.len() - SLACK;
    let (mut at, mut count) = (0, 0);
    while count < room {
        let (code, length) = one(&bytes[at..]);
        if length == 0 {
            return (at, count, End::Text);
        }
        let Some(number) = plan.number(code) else { return (at, count, End::Foreign) };
        places[count].write(number);
        count += 1;
        at += length;
    }
    (at, count, End::Full)
}

/// Numbers the beginning of a text of units that are code points.
pub(super) fn decode_units<U: Copy + Into<u32>>(plan: &Plan, units: &[U], places: &mut [Place]) -> Block {
    let room = units.len().min(places.len() - SLACK);
    let mut at = 0;
    'text: while at < room {
        let end = room.min(at + 16);
        if end == at + 16 {
            let chunk = &units[at..end];
            let all = chunk.iter().fold(0, |all, &unit| all | unit.into());
            if all < DIRECT {
                for (place, &unit) in places[at..end].iter_mut().zip(chunk) {
                    place.write(unit.into() as u16);
                }
                at = end;
                continue 'text;
            }
        }
        for place in at..end {
            let Some(number) = plan.number(units[place].into()) else {
                return (place, place, End::Foreign);
            };
            places[place].write(number);
        }
        at = end;
    }
    (at, at, if at == units.len() { End::Text } else { End::Full })
}

/// The first code point of `bytes`, and how many bytes it takes. A byte that begins no code point is
/// 0x110000 by itself. Nothing at all takes no byte.
pub(super) fn one(bytes: &[u8]) -> (u32, usize) {
    const INVALID: (u32, usize) = (0x11_0000, 1);
    let Some(&first) = bytes.first() else { return (0, 0) };
    let (bits, length, least) = match first {
        0..0x80 => return (u32::from(first), 1),
        0xc2..0xe0 => (first & 0x1f, 2, 0x80),
        0xe0..0xf0 => (first & 0x0f, 3, 0x800),
        0xf0..0xf5 => (first & 0x07, 4, 0x1_0000),
        _ => return INVALID,
    };
    let mut code = u32::from(bits);
    for index in 1..length {
        match bytes.get(index) {
            Some(&byte) if byte & 0xc0 == 0x80 => code = code << 6 | u32::from(byte & 0x3f),
            _ => return INVALID,
        }
    }
    if code < least || char::from_u32(code).is_none() { INVALID } else { (code, length) }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    //! Code points of one and two bytes, six at a time: where each ends is a pattern of bits, which leads to
    //! a permutation of the bytes.

    use super::{Block, End, Place, SLACK, one};
    use crate::scheme::plan::Plan;
    use std::arch::x86_64::*;

    /// For each pattern of twelve bits, of which each says whether a code point ends with that byte: how
    /// many bytes the first six code points take, and which of them take two.
    static SIXES: [(u8, u8); 4096] = sixes();
    /// How to bring six code points to places of two bytes, by which of them take two.
    static PERMUTATIONS: [[u8; 16]; 64] = permutations();

    const fn sixes() -> [(u8, u8); 4096] {
        let mut table = [(0, 0); 4096];
        let mut pattern = 0;
        while pattern < 4096 {
            let (mut at, mut count, mut twos) = (0, 0, 0u8);
            while at < 12 && count < 6 {
                if pattern >> at & 1 == 0 {
                    twos |= 1 << count;
                    at += 1;
                }
                at += 1;
                count += 1;
            }
            table[pattern] = (at as u8, twos);
            pattern += 1;
        }
        table
    }

    const fn permutations() -> [[u8; 16]; 64] {
        let mut table = [[0x80; 16]; 64];
        let mut twos = 0;
        while twos < 64 {
            let (mut at, mut place) = (0, 0);
            while place < 6 {
                if twos >> place & 1 == 1 {
                    table[twos][2 * place] = at + 1;
                    table[twos][2 * place + 1] = at;
                    at += 2;
                } else {
                    table[twos][2 * place] = at;
                    at += 1;
                }
                place += 1;
            }
            twos += 1;
        }
        table
    }

    /// See [`super::Decode`].
    pub fn decode(plan: &Plan, bytes: &[u8], places: &mut [Place]) -> Block {
        // SAFETY: this function is only chosen where the machine has AVX2 and BMI2.
        unsafe { decode_avx2(plan, bytes, places) }
    }

    /// Of 64 bytes: whether any is not ASCII, which ones begin code points of two bytes, and which are not
    /// well, for they begin longer ones, or stand where they may not.
    ///
    /// # Safety
    /// 64 bytes must be readable.
    #[target_feature(enable = "avx2")]
    unsafe fn masks(bytes: *const u8) -> (bool, u64, u64) {
        let (mut high, mut first, mut later) = (0, 0, 0);
        for part in 0..2 {
            // SAFETY: the caller has 64 bytes.
            let chunk = unsafe { _mm256_loadu_si256(bytes.add(32 * part).cast()) };
            let is_later = _mm256_cmpgt_epi8(_mm256_set1_epi8(-64), chunk);
            let from_first = _mm256_sub_epi8(chunk, _mm256_set1_epi8(0xc2_u8 as i8));
            let is_first = _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, _mm256_set1_epi8(0x1d)), from_first);
            let bits = |mask| u64::from(_mm256_movemask_epi8(mask) as u32) << (32 * part);
            high |= bits(chunk);
            later |= bits(is_later);
            first |= bits(is_first);
        }
        (high != 0, first, (high ^ later ^ first) | (later ^ first << 1))
    }

    /// Numbers the first six code points at `from`, of one or two bytes each, by the bits that say which
    /// bytes end them; how many bytes they take.
    ///
    /// # Safety
    /// 16 bytes must be readable, 8 places be writable, and no more than twelve bits be set.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn six(from: *const u8, ends: usize, to: *mut u16) -> usize {
        // SAFETY: the tables have as many entries as there are patterns; the caller sees to the rest.
        unsafe {
            let (size, twos) = *SIXES.get_unchecked(ends);
            let chunk = _mm_loadu_si128(from.cast());
            let order = PERMUTATIONS.get_unchecked(usize::from(twos)).as_ptr();
            let pairs = _mm_shuffle_epi8(chunk, _mm_loadu_si128(order.cast()));
            let low = _mm_and_si128(pairs, _mm_set1_epi16(0x7f));
            let high = _mm_srli_epi16::<2>(_mm_and_si128(pairs, _mm_set1_epi16(0x1f00)));
            _mm_storeu_si128(to.cast(), _mm_or_si128(low, high));
            usize::from(size)
        }
    }

    #[target_feature(enable = "avx2,bmi1,bmi2")]
    unsafe fn decode_avx2(plan: &Plan, bytes: &[u8], places: &mut [Place]) -> Block {
        let room = places.len() - SLACK;
        let to = places.as_mut_ptr().cast::<u16>();
        let (mut at, mut count) = (0, 0);
        let mut rest = [0; 80];
        while count < room {
            let left = bytes.len() - at;
            let from = if left >= 80 {
                bytes[at..].as_ptr()
            } else {
                if left == 0 {
                    return (at, count, End::Text);
                }
                rest[..left].copy_from_slice(&bytes[at..]);
                rest[left..].fill(0);
                rest.as_ptr()
            };
            let window = left.min(64);
            // SAFETY: 80 bytes can be read at `from`, and 80 places are free after `room`; a step reads 16
            // bytes at less than 64, and writes 8 places after at most 63 others, one for each byte, or 64 in
            // all.
            unsafe {
                let (high, first, mut bad) = masks(from);
                if !high && window == 64 {
                    for part in 0..4 {
                        let chunk = _mm_loadu_si128(from.add(16 * part).cast());
                        _mm256_storeu_si256(to.add(count + 16 * part).cast(), _mm256_cvtepu8_epi16(chunk));
                    }
                    at += 64;
                    count += 64;
                    continue;
                }
                let ends = !first;
                let mut done = 0;
                loop {
                    let limit = (bad.trailing_zeros() as usize).min(window);
                    while done + 12 <= limit {
                        let size = six(from.add(done), (ends >> done & 0xfff) as usize, to.add(count));
                        count += 6;
                        done += size;
                    }
                    if limit == 64 {
                        break; // what is left comes with the next 64
                    }
                    // fewer than twelve bytes up to one that is not well, or to the end
                    while done < limit {
                        let size = six(from.add(done), (ends >> done & 0xfff) as usize, to.add(count));
                        if done + size <= limit {
                            count += 6;
                            done += size;
                            continue;
                        }
                        count += (ends >> done & !(u64::MAX << (limit - done))).count_ones() as usize;
                        // the first byte of a code point that goes on beyond is as bad as what is there
                        done = limit - (first >> (limit - 1) & 1) as usize;
                        break;
                    }
                    if count >= room {
                        break;
                    }
                    let (code, length) = one(&bytes[at + done..]);
                    if length == 0 {
                        return (at + done, count, End::Text);
                    }
                    let Some(number) = plan.number(code) else {
                        return (at + done, count, End::Foreign);
                    };
                    *to.add(count) = number;
                    count += 1;
                    done += length;
                    if done >= window {
                        break;
                    }
                    bad &= u64::MAX << done;
                }
                at += done;
            }
        }
        (at, count, End::Full)
    }
}
