//! Text as Python keeps a `str`, one, two or four bytes for every code point, to UTF-8.
//!
//! Lone surrogates become their private characters (see [`crate::text::source`]). Runs of ASCII are
//! moved sixteen code points at a time; nothing here allocates more than the text needs.

use crate::text::source::private_of;

const BLOCK: usize = 16;

/// A code point as one of Python's three widths keeps it.
pub trait Unit: Copy + Default + Send + Sync {
    /// The code point.
    fn code(self) -> u32;
    /// The code point in this width, which must hold it.
    fn of(code: u32) -> Self;
}

macro_rules! unit {
    ($($width:ty),*) => {$(
        impl Unit for $width {
            #[inline(always)]
            fn code(self) -> u32 {
                self as u32
            }
            #[inline(always)]
            fn of(code: u32) -> Self {
                code as $width
            }
        }
    )*};
}
unit!(u8, u16, u32);

/// The bits of all code points together: it is below 0x80, 0x100 or 0x10000 if and only if all of them are.
pub fn bits<U: Unit>(units: &[U]) -> u32 {
    units.iter().fold(0, |bits, unit| bits | unit.code())
}

/// Code points to UTF-8.
pub fn to_text<U: Unit>(units: &[U]) -> String {
    let mut out = vec![0; size_in_utf8(units) + 1]; // the last pair of bytes may be written for one
    let (mut at, mut done) = (0, 0);
    while let Some(block) = units[done..].first_chunk::<BLOCK>() {
        let all = block.iter().fold(0, |all, unit| all | unit.code());
        at += if all < 0x80 {
            if let Some(place) = out[at..].first_chunk_mut::<BLOCK>() {
                for (byte, unit) in place.iter_mut().zip(block) {
                    *byte = unit.code() as u8;
                }
            }
            BLOCK
        } else if all < 0x800 {
            encode_short(block, &mut out[at..])
        } else {
            encode(block, &mut out[at..])
        };
        done += BLOCK;
    }
    at += encode(&units[done..], &mut out[at..]);
    out.truncate(at);
    debug_assert!(std::str::from_utf8(&out).is_ok());
    // SAFETY: whole characters were written one after the other, and `at` is where the last ends.
    unsafe { String::from_utf8_unchecked(out) }
}

/// Code points below U+0800 to UTF-8, without branches: their lengths follow no pattern.
#[inline(always)]
fn encode_short<U: Unit>(units: &[U; BLOCK], out: &mut [u8]) -> usize {
    let Some(out) = out.get_mut(..2 * BLOCK + 1) else { return encode(units, out) };
    let mut at = 0;
    for unit in units {
        let code = unit.code();
        let is_long = code >= 0x80;
        let first = if is_long { 0xC0 | (code >> 6) } else { code };
        out[at..at + 2].copy_from_slice(&[first as u8, 0x80 | (code & 0x3F) as u8]);
        at += 1 + usize::from(is_long);
    }
    at
}

/// Code points to UTF-8; gives how many bytes were written.
#[inline(always)]
fn encode<U: Unit>(units: &[U], out: &mut [u8]) -> usize {
    let mut at = 0;
    for unit in units {
        at += match unit.code() {
            code @ ..0x80 => {
                out[at] = code as u8;
                1
            }
            code => {
                let char = char::from_u32(code).unwrap_or_else(|| private_of(code));
                char.encode_utf8(&mut out[at..]).len()
            }
        };
    }
    at
}

/// How many bytes the code points take in UTF-8.
fn size_in_utf8<U: Unit>(units: &[U]) -> usize {
    let extra = |unit: &U| {
        let code = unit.code();
        let is_surrogate = size_of::<U>() > 1 && code & 0xFFFF_F800 == 0xD800;
        u16::from(code >= 0x80) + u16::from(code >= 0x800) + u16::from(code >= 0x1_0000 || is_surrogate)
    };
    // In stretches, so that the sums are as narrow as the units and many are made at once.
    units.chunks(1 << 12).map(|some| usize::from(some.iter().map(extra).sum::<u16>()) + some.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of every width, at every distance from a border of blocks.
    fn texts() -> impl Iterator<Item = String> {
        let kinds = ["", "a", "é", "Ї", "’", "€ж", "𝒜", "a’b", "жa"];
        let pairs = kinds.into_iter().flat_map(|kind| (0..40).map(move |many| (kind, many)));
        pairs.map(|(kind, many)| format!("{}{kind}{}{kind}", "plain ".repeat(many % 7), "ж".repeat(many / 3)))
    }

    #[test]
    fn every_width_gives_the_same() {
        for text in texts() {
            let codes: Vec<u32> = text.chars().map(u32::from).collect();
            assert_eq!(to_text(&codes), text);
            let most = codes.iter().copied().max().unwrap_or(0);
            for width in [0x80, 0x100, 0x1_0000] {
                assert_eq!(bits(&codes) < width, most < width);
            }
            if most < 0x1_0000 {
                assert_eq!(to_text(&codes.iter().map(|&code| code as u16).collect::<Vec<_>>()), text);
            }
            if most < 0x100 {
                assert_eq!(to_text(&codes.iter().map(|&code| code as u8).collect::<Vec<_>>()), text);
            }
        }
    }

    #[test]
    fn lone_surrogates_become_private() {
        for at in 0..20 {
            let mut units = vec![u16::from(b'a'); 20];
            units[at] = 0xDCFF;
            let text = to_text(&units);
            assert_eq!(text.chars().nth(at), Some(private_of(0xDCFF)));
            assert_eq!(text.chars().count(), 20);
            let wide: Vec<u32> = units.iter().map(|&unit| u32::from(unit)).collect();
            assert_eq!(to_text(&wide), text);
        }
    }
}
