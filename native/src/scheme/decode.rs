//! UTF-8 to code points of two bytes, a block at a time.

use std::mem::MaybeUninit;

/// How many code points a block has room for, unless a word needs more.
pub(super) const BLOCK: usize = 2048;
/// The decoder may write this many places beyond the last code point.
pub(super) const SLACK: usize = 64;

/// What ended a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// There is no room for more.
    Full,
    /// There is no more.
    Text,
    /// So many bytes follow that are no code point of the Basic Multilingual Plane.
    Foreign(usize),
}

/// A function that decodes the beginning of a text.
pub(super) type Decode = fn(&[u8], &mut [Place]) -> (usize, usize, End);

/// Where a code point goes.
pub(super) type Place = MaybeUninit<u16>;

/// The fastest way to decode on this machine.
pub(super) fn decoder() -> Decode {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("ssse3") {
        return ssse3::decode;
    }
    decode
}

/// Decodes the beginning of `bytes` into `units`, whose last `SLACK` places are only there to be overwritten:
/// how many bytes, how many code points (which are initialized then), and what ended it.
pub(super) fn decode(bytes: &[u8], units: &mut [Place]) -> (usize, usize, End) {
    let room = units.len() - SLACK;
    let (mut at, mut count) = (0, 0);
    while count < room {
        match one(&bytes[at..]) {
            (_, 0) => return (at, count, End::Text),
            (code, length) if code < 0x1_0000 => {
                units[count].write(code as u16);
                count += 1;
                at += length;
            }
            (_, length) => return (at, count, End::Foreign(length)),
        }
    }
    (at, count, End::Full)
}

/// The first code point of `bytes`, and how many bytes it takes. A byte that begins no code point is
/// 0x110000 by itself. Nothing at all takes no byte.
pub(super) fn one(bytes: &[u8]) -> (u32, usize) {
    const INVALID: (u32, usize) = (0x11_0000, 1);
    let Some(&first) = bytes.first() else { return (0, 0) };
    let next = |index: usize| bytes.get(index).filter(|&&byte| byte & 0xc0 == 0x80).map(|byte| u32::from(byte & 0x3f));
    let (bits, length, least) = match first {
        0..0x80 => return (u32::from(first), 1),
        0xc2..0xe0 => (first & 0x1f, 2, 0x80),
        0xe0..0xf0 => (first & 0x0f, 3, 0x800),
        0xf0..0xf5 => (first & 0x07, 4, 0x1_0000),
        _ => return INVALID,
    };
    let mut code = u32::from(bits);
    for index in 1..length {
        let Some(more) = next(index) else { return INVALID };
        code = code << 6 | more;
    }
    if code < least || char::from_u32(code).is_none() { INVALID } else { (code, length) }
}

#[cfg(target_arch = "x86_64")]
mod ssse3 {
    //! Code points of one and two bytes, six at a time: where each ends is a pattern of bits, which leads to
    //! a permutation of the bytes.

    use super::{End, Place, SLACK, one};
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

    /// See [`super::decode`].
    pub fn decode(bytes: &[u8], units: &mut [Place]) -> (usize, usize, End) {
        // SAFETY: this function is only chosen where the machine has SSSE3.
        unsafe { decode_ssse3(bytes, units) }
    }

    /// The bytes of 64 that are: the last of a code point, if all is well; and those that are not well, for
    /// they begin code points of three bytes and more, or stand where they may not.
    #[inline(always)]
    unsafe fn masks(bytes: *const u8) -> (u64, u64, u64) {
        let (mut high, mut later, mut odd) = (0, 0, 0);
        for part in 0..4 {
            // SAFETY: the caller has 64 bytes; all x86-64 machines have SSE2.
            unsafe {
                let chunk = _mm_loadu_si128(bytes.add(16 * part).cast());
                let is_later = _mm_cmplt_epi8(chunk, _mm_set1_epi8(-64));
                let is_long = _mm_and_si128(
                    _mm_cmpgt_epi8(chunk, _mm_set1_epi8(-33)),
                    _mm_cmplt_epi8(chunk, _mm_setzero_si128()),
                );
                let is_never = _mm_cmpeq_epi8(
                    _mm_and_si128(chunk, _mm_set1_epi8(-2)),
                    _mm_set1_epi8(-64),
                );
                let bits = |mask| u64::from(_mm_movemask_epi8(mask) as u16) << (16 * part);
                high |= bits(chunk);
                later |= bits(is_later);
                odd |= bits(_mm_or_si128(is_long, is_never));
            }
        }
        let first = high & !later & !odd;
        (high, first, odd | (later ^ first << 1))
    }

    #[target_feature(enable = "ssse3")]
    unsafe fn decode_ssse3(bytes: &[u8], units: &mut [Place]) -> (usize, usize, End) {
        let room = units.len() - SLACK;
        let to = units.as_mut_ptr().cast::<u16>();
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
            // SAFETY: 80 bytes can be read at `from`, and 64 places are free after `room`; a step reads 16
            // bytes at less than 64, and writes 8 places after at most 58 others, or 64 in all.
            unsafe {
                let (high, first, bad) = masks(from);
                let limit = (bad.trailing_zeros() as usize).min(left).min(64);
                if high == 0 && limit == 64 {
                    for part in 0..4 {
                        let chunk = _mm_loadu_si128(from.add(16 * part).cast());
                        let zero = _mm_setzero_si128();
                        let place = to.add(count + 16 * part).cast::<__m128i>();
                        _mm_storeu_si128(place, _mm_unpacklo_epi8(chunk, zero));
                        _mm_storeu_si128(place.add(1), _mm_unpackhi_epi8(chunk, zero));
                    }
                    at += 64;
                    count += 64;
                    continue;
                }
                let ends = !first;
                let mut done = 0;
                while done + 12 <= limit {
                    let (size, twos) = *SIXES.get_unchecked((ends >> done & 0xfff) as usize);
                    let chunk = _mm_loadu_si128(from.add(done).cast());
                    let order = _mm_loadu_si128(PERMUTATIONS.get_unchecked(usize::from(twos)).as_ptr().cast());
                    let pairs = _mm_shuffle_epi8(chunk, order);
                    let low = _mm_and_si128(pairs, _mm_set1_epi16(0x7f));
                    let high = _mm_srli_epi16::<2>(_mm_and_si128(pairs, _mm_set1_epi16(0x1f00)));
                    _mm_storeu_si128(to.add(count).cast(), _mm_or_si128(low, high));
                    count += 6;
                    done += usize::from(size);
                }
                at += done;
                if limit == 64 && done > 0 {
                    continue;
                }
                // what is left before the limit, and the code point there
                let stop = at + limit - done;
                while count < room && at <= stop {
                    match one(&bytes[at..]) {
                        (_, 0) => return (at, count, End::Text),
                        (code, length) if code < 0x1_0000 => {
                            *to.add(count) = code as u16;
                            count += 1;
                            at += length;
                        }
                        (_, length) => return (at, count, End::Foreign(length)),
                    }
                }
            }
        }
        (at, count, End::Full)
    }
}
