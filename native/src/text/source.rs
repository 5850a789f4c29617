//! Text as the engine reads it: valid UTF-8, with a private character for whatever is not.
//!
//! Python carries a byte that is not UTF-8 as a lone surrogate. Here each surrogate U+D800+n is the private
//! character U+10F800+n: of the same class, so that nothing is judged otherwise.

use std::borrow::Cow;

const PRIVATE: u32 = 0x10_F800;

/// The character that stands for a lone surrogate (U+D800 to U+DFFF).
pub fn private_of(surrogate: u32) -> char {
    char::from_u32(PRIVATE + (surrogate - 0xD800)).unwrap_or('\u{FFFD}')
}

/// Bytes as text: themselves where they are valid UTF-8, else a copy with a private character for every
/// byte that is not, as Python's `surrogateescape` does.
pub fn from_bytes(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 64);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|&byte| private_of(0xDC00 + u32::from(byte))));
    }
    Cow::Owned(text)
}

/// Code points as text, lone surrogates as their private characters.
pub fn from_code_points(codes: impl Iterator<Item = u32>) -> String {
    codes.map(|code| char::from_u32(code).unwrap_or_else(|| private_of(code))).collect()
}

/// The number of code points before each of some sorted byte offsets of a text, in one pass.
pub struct Counter<'t> {
    text: &'t str,
    byte: usize,
    point: usize,
}

impl<'t> Counter<'t> {
    /// A counter at the beginning of the text.
    pub fn new(text: &'t str) -> Counter<'t> {
        Counter { text, byte: 0, point: 0 }
    }

    /// The code points before a byte offset that is not before the last one asked for.
    pub fn code_points(&mut self, byte: usize) -> usize {
        let stretch = &self.text.as_bytes()[self.byte..byte];
        self.point += bytecount(stretch);
        self.byte = byte;
        self.point
    }
}

/// Bytes that begin a code point.
fn bytecount(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte as i8 >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_text_keep_their_place() {
        let text = from_bytes(b"a\xFFb\xC3\xA9\xE2\x80");
        assert_eq!(text.chars().count(), 6);
        assert_eq!(text.chars().nth(1), Some(private_of(0xDCFF)));
        let mut counter = Counter::new(&text);
        assert_eq!(counter.code_points(text.find('b').unwrap()), 2);
        assert_eq!(counter.code_points(text.len()), 6);
        assert!(matches!(from_bytes(b"plain"), Cow::Borrowed("plain")));
    }
}
