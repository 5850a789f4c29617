//! Looking into files: whether each is text, and what is to be found in it.
//!
//! The same decisions as `normalize/cli/judge.py`, where they are explained to users.

pub mod placed;
pub mod pool;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::mem;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memchr;

use crate::engine::findings::Finding;
use crate::normalizer::Normalizer;
use crate::skim;
use crate::text::outward;
use crate::text::source;
use placed::{Origin, Placed, place};

/// So many bytes tell whether a file is text.
const HEAD: usize = 8192;
/// A reader's buffer: most files are read at once, and one that has grown beyond it is given back.
const ROOM: u64 = 64 * 1024;
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What a file is, as its beginning tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, or what may be text.
    Text,
    /// It holds NUL bytes.
    Binary,
    /// It holds NUL bytes after a mark of UTF-16.
    Utf16,
}

impl Kind {
    /// The name that Python knows.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Binary => "binary",
            Kind::Utf16 => "utf-16",
        }
    }

    fn of(head: &[u8]) -> Kind {
        match memchr(0, head) {
            None => Kind::Text,
            Some(_) if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") => Kind::Utf16,
            Some(_) => Kind::Binary,
        }
    }
}

/// A text in which something was found. It keeps the text, so that what is shown of it can be made late.
pub struct Found {
    /// The bytes, if they are not the text's own: then something in them is not UTF-8.
    odd: Option<Vec<u8>>,
    /// The text as the engine reads it, without a byte order mark.
    pub text: String,
    /// What was found, in bytes of `text`.
    pub findings: Vec<Finding>,
    /// Where each finding stands.
    pub places: Vec<Placed>,
    /// Who found it.
    pub normalizer: Arc<Normalizer>,
}

impl Found {
    /// The findings of a text that begins at `origin` in its file; None if there are none.
    ///
    /// `bytes` are taken over only if there is something to be found.
    pub fn of(normalizer: &Arc<Normalizer>, bytes: &mut Vec<u8>, origin: Origin) -> Option<Found> {
        let text = source::from_bytes(bytes);
        if normalizer.is_clean(&skim::Utf8(&text)) {
            return None; // as most texts are
        }
        let findings = normalizer.find(&text);
        if findings.is_empty() {
            return None;
        }
        let places = match &text {
            Cow::Borrowed(text) => place(text, |byte| byte, &findings, origin),
            Cow::Owned(text) => {
                let mut bytes = outward::Origin::new(bytes);
                place(text, |byte| bytes.byte(byte), &findings, origin)
            }
        };
        let (text, odd) = match text {
            Cow::Owned(text) => (text, Some(mem::take(bytes))),
            // SAFETY: the text was borrowed from all of these bytes, so they are valid UTF-8. Checked once more they
            // take four parts in a hundred of looking into files with findings.
            Cow::Borrowed(_) => (unsafe { String::from_utf8_unchecked(mem::take(bytes)) }, None),
        };
        Some(Found { odd, text, findings, places, normalizer: normalizer.clone() })
    }

    /// Whether something in the bytes is not UTF-8: then private characters of the text stand for it.
    pub fn is_odd(&self) -> bool {
        self.odd.is_some()
    }

    /// The bytes that a stretch of the text was in the source: of a finding, or near it.
    pub fn bytes_of(&self, number: usize, stretch: Range<usize>) -> &[u8] {
        let Some(bytes) = &self.odd else { return &self.text.as_bytes()[stretch] };
        let start = self.byte_of(bytes, number, stretch.start);
        &bytes[start..self.byte_of(bytes, number, stretch.end)]
    }

    /// Where an offset of the text stands in the bytes; found by going there from the start of a finding.
    fn byte_of(&self, bytes: &[u8], number: usize, offset: usize) -> usize {
        let (known, mut byte) = (self.findings[number].start, self.places[number].in_text);
        let mut encoded = [0; 4];
        for char in self.text[known..offset.max(known)].chars() {
            let char = char.encode_utf8(&mut encoded).as_bytes();
            byte += if bytes[byte..].starts_with(char) { char.len() } else { 1 };
        }
        for char in self.text[offset.min(known)..known].chars().rev() {
            let char = char.encode_utf8(&mut encoded).as_bytes();
            byte -= if bytes[..byte].ends_with(char) { char.len() } else { 1 };
        }
        byte
    }

    fn size(&self) -> usize {
        self.text.len() + self.odd.as_ref().map_or(0, Vec::len)
    }
}

/// Texts that were shown, for the thread that made them to free: another one that does, keeps it from allocating.
#[derive(Default)]
pub struct Spent(Mutex<Vec<Found>>);

impl Spent {
    /// Free all of them, but for a buffer.
    pub fn clear(&self) -> Vec<u8> {
        let mut spent = mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        spent.pop().map_or_else(Vec::new, |found| found.text.into_bytes())
    }
}

/// A text in which something was found, and where it goes in the end.
pub struct Lent {
    found: Option<Found>,
    home: Option<Arc<Spent>>,
}

impl Lent {
    /// A text that goes to `home`, or nowhere.
    pub fn new(found: Found, home: Option<Arc<Spent>>) -> Lent {
        Lent { found: Some(found), home }
    }
}

impl Deref for Lent {
    type Target = Found;

    fn deref(&self) -> &Found {
        self.found.as_ref().expect("it is there until it is dropped")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(home), Some(found)) = (&self.home, self.found.take()) {
            home.0.lock().unwrap_or_else(PoisonError::into_inner).push(found);
        }
    }
}

/// What one look into a file told.
pub struct Look {
    /// What it is.
    pub kind: Kind,
    /// What was found in it; None for nothing, and for what is not text.
    pub found: Option<Lent>,
}

/// Look into a file, with a buffer that serves for one after the other; what is found goes `home` in the end.
pub fn look(
    normalizer: &Arc<Normalizer>,
    path: &Path,
    buffer: &mut Vec<u8>,
    home: &Arc<Spent>,
) -> io::Result<Look> {
    let mut file = File::open(path)?;
    let used = home.clear();
    if buffer.capacity() == 0 || buffer.capacity() > 2 * ROOM as usize {
        *buffer = used;
    }
    buffer.clear();
    if buffer.capacity() > 2 * ROOM as usize {
        *buffer = Vec::new();
    }
    buffer.reserve(ROOM as usize);
    (&mut file).take(ROOM).read_to_end(buffer)?;
    let kind = Kind::of(&buffer[..buffer.len().min(HEAD)]);
    if kind != Kind::Text {
        return Ok(Look { kind, found: None });
    }
    if buffer.len() as u64 == ROOM {
        file.read_to_end(buffer)?;
    }
    let mut origin = Origin::default();
    if buffer.starts_with(BOM) {
        buffer.drain(..BOM.len());
        // The mark has a code point and bytes of its own, but editors do not count it as a column.
        origin = Origin { point: 1, byte: BOM.len(), ..origin };
    }
    let found = Found::of(normalizer, buffer, origin);
    Ok(Look { kind, found: found.map(|found| Lent::new(found, Some(home.clone()))) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_tells_what_a_file_is() {
        assert_eq!(Kind::of(b"text"), Kind::Text);
        assert_eq!(Kind::of(b""), Kind::Text);
        assert_eq!(Kind::of(b"\xFF\xFEtext"), Kind::Text);
        assert_eq!(Kind::of(b"te\0xt"), Kind::Binary);
        assert_eq!(Kind::of(b"\xFF\xFEt\0"), Kind::Utf16);
        assert_eq!(Kind::of(b"\xFE\xFF\0t"), Kind::Utf16);
    }
}
