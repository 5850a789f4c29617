//! From the engine's text back to what it was made from: the other direction of [`crate::text::source`].

use std::str::{Utf8Chunk, Utf8Chunks};

use memchr::memchr;

use crate::text::source::private_of;

const SURROGATES: std::ops::Range<u32> = 0xD800..0xE000;

/// Whether the character is one of those that can stand for a lone surrogate.
#[inline]
pub fn is_private(char: char) -> bool {
    char >= '\u{10F800}'
}

/// Whether any character of `text` is one of those.
pub fn has_private(text: &str) -> bool {
    // the first of the four bytes of each, which few other characters share
    memchr(0xF4, text.as_bytes()).is_some_and(|first| text[first..].chars().any(is_private))
}

/// The code point of a character in Python; with `is_odd`, private characters stand for lone surrogates.
#[inline]
pub fn code_of(char: char, is_odd: bool) -> u32 {
    if is_odd && is_private(char) {
        SURROGATES.start + (u32::from(char) - u32::from(private_of(SURROGATES.start)))
    } else {
        u32::from(char)
    }
}

/// Append a code point as Python's `surrogateescape` encodes it: what stands for a byte becomes that byte.
pub fn push_utf8(out: &mut Vec<u8>, code: u32) {
    match (char::from_u32(code), code) {
        (Some(char), _) => out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
        (None, 0xDC80..=0xDCFF) => out.push(code as u8),
        (None, _) => {} // no such code point comes from bytes
    }
}

/// Where offsets of the text that [`from_bytes`](crate::text::source::from_bytes) made stood in the bytes.
pub struct Origin<'b> {
    chunks: Utf8Chunks<'b>,
    chunk: Option<Utf8Chunk<'b>>,
    /// Where the chunk begins, in the text and in the bytes.
    text: usize,
    byte: usize,
}

impl<'b> Origin<'b> {
    /// At the beginning of the bytes.
    pub fn new(bytes: &'b [u8]) -> Origin<'b> {
        let mut chunks = bytes.utf8_chunks();
        Origin { chunk: chunks.next(), chunks, text: 0, byte: 0 }
    }

    /// The byte of an offset of the text that is not before the last one asked for.
    pub fn byte(&mut self, offset: usize) -> usize {
        let width = private_of(SURROGATES.start).len_utf8();
        while let Some(chunk) = &self.chunk {
            let (valid, invalid) = (chunk.valid().len(), chunk.invalid().len());
            let into = offset - self.text;
            if into <= valid {
                return self.byte + into;
            }
            if into < valid + invalid * width {
                return self.byte + valid + (into - valid) / width;
            }
            self.text += valid + invalid * width;
            self.byte += valid + invalid;
            self.chunk = self.chunks.next();
        }
        self.byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::source::from_bytes;

    const BYTES: &[u8] = b"a\xFF\xFEb\xC3\xA9\xE2\x80z\xF4\x8F\xA0\x80\xED\xA0\x80";

    #[test]
    fn every_border_of_a_character_is_found_again() {
        let text = from_bytes(BYTES);
        let mut origin = Origin::new(BYTES);
        let mut at = 0;
        let widths = [1, 1, 1, 1, 2, 1, 1, 1, 4, 1, 1, 1];
        for ((offset, _), width) in text.char_indices().zip(widths) {
            assert_eq!(origin.byte(offset), at);
            at += width;
        }
        assert_eq!(origin.byte(text.len()), BYTES.len());
        assert_eq!(text.chars().count(), widths.len());
    }

    #[test]
    fn what_stands_for_a_byte_becomes_it() {
        let mut out = Vec::new();
        "a\u{10FCFF}é\u{10FC80}".chars().for_each(|char| push_utf8(&mut out, code_of(char, true)));
        assert_eq!(out, b"a\xFF\xC3\xA9\x80");
    }

    #[test]
    fn surrogates_there_and_back() {
        for code in SURROGATES {
            assert!(is_private(private_of(code)));
            assert_eq!(code_of(private_of(code), true), code);
        }
        assert_eq!(code_of('\u{10F800}', false), 0x10_F800);
        assert!(!is_private('\u{10F7FF}'));
        assert!(has_private("Ж\u{10F7FF}\u{10F800}"));
        assert!(!has_private("Ж\u{10F7FF}"));
    }
}
