//! What the first look can be had at: UTF-8, and the three kinds of buffer that a Python `str` has.

use std::borrow::Cow;

use super::READ;
use crate::text::source::from_code_points;
use crate::text::{Class, Classes};

/// How many units are looked at to tell whether a phrase begins there: so no long word is read twice.
const WINDOW: usize = 96;

/// A text of units: bytes of UTF-8, or code points of one, two or four bytes.
pub trait Source {
    /// How many units it has.
    fn len(&self) -> usize;

    /// Whether it has none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `READ` units from `at` on as bytes, spaces after the end of the text: ASCII as it is, of other
    /// characters the first unit as a byte from 0xC0 on, and no further one as such a byte. `room` may be used.
    fn read<'b>(&'b self, at: usize, room: &'b mut [u8; READ]) -> &'b [u8; READ];

    /// The code point that begins at `at`.
    fn code_at(&self, at: usize) -> u32;

    /// Where the run of letters and digits begins that holds unit `at`, but not before `floor`.
    fn word_start(&self, at: usize, floor: usize, classes: &Classes) -> usize;

    /// The run of ASCII letters and digits at `at`, written into `word`, and its length; None where it is too
    /// long for that, or an apostrophe or a character that is not ASCII follows.
    fn ascii_word(&self, at: usize, word: &mut [u8]) -> Option<usize>;

    /// Whether unit `at` follows an apostrophe that joins it to a letter or digit before.
    fn continues(&self, at: usize, classes: &Classes) -> bool;

    /// The text from unit `at` on, or a good part of it.
    fn window(&self, at: usize) -> Cow<'_, str>;

    /// Whether the window from `at` on is not all of the rest.
    fn is_cut(&self, at: usize) -> bool;

    /// The unit after `text`, which begins at unit `start`.
    fn after(&self, start: usize, text: &str) -> usize;
}

/// UTF-8: units are bytes.
pub struct Utf8<'t>(pub &'t str);

impl Source for Utf8<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn read<'b>(&'b self, at: usize, room: &'b mut [u8; READ]) -> &'b [u8; READ] {
        let rest = &self.0.as_bytes()[at..];
        match rest.first_chunk() {
            Some(bytes) => bytes,
            None => {
                room[..rest.len()].copy_from_slice(rest);
                room[rest.len()..].fill(b' ');
                room
            }
        }
    }

    #[inline(always)]
    fn code_at(&self, at: usize) -> u32 {
        match self.0.as_bytes()[at..] {
            [lead @ 0xC0..0xE0, second, ..] => u32::from(lead & 0x1F) << 6 | u32::from(second & 0x3F),
            [lead @ 0xE0..0xF0, second, third, ..] => {
                u32::from(lead & 0x0F) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F)
            }
            _ => self.0[at..].chars().next().map_or(0, u32::from),
        }
    }

    fn word_start(&self, at: usize, floor: usize, classes: &Classes) -> usize {
        let floor = if self.0.is_char_boundary(floor) { floor } else { at };
        self.0[floor..at]
            .char_indices()
            .rev()
            .take_while(|&(_, char)| is_wordlike(classes.of(char)))
            .last()
            .map_or(at, |(first, _)| floor + first)
    }

    fn ascii_word(&self, at: usize, word: &mut [u8]) -> Option<usize> {
        ascii_word(&self.0.as_bytes()[at..], word)
    }

    fn continues(&self, at: usize, classes: &Classes) -> bool {
        let mut before = self.0[..at].chars().rev();
        is_joint(classes, before.next(), before.next())
    }

    fn window(&self, at: usize) -> Cow<'_, str> {
        let mut end = self.0.len().min(at + WINDOW);
        while !self.0.is_char_boundary(end) {
            end -= 1;
        }
        Cow::Borrowed(&self.0[at..end])
    }

    fn is_cut(&self, at: usize) -> bool {
        at + WINDOW < self.0.len()
    }

    fn after(&self, start: usize, text: &str) -> usize {
        start + text.len()
    }
}

/// A buffer of code points, each in one unit.
macro_rules! wide {
    ($(#[$doc:meta])* $name:ident, $unit:ty) => {
        $(#[$doc])*
        pub struct $name<'t>(pub &'t [$unit]);

        impl Source for $name<'_> {
            fn len(&self) -> usize {
                self.0.len()
            }

            #[inline]
            fn read<'b>(&'b self, at: usize, room: &'b mut [u8; READ]) -> &'b [u8; READ] {
                let rest = &self.0[at..self.0.len().min(at + READ)];
                for (byte, &unit) in room.iter_mut().zip(rest) {
                    *byte = if unit < 0x80 { unit as u8 } else { 0xFF };
                }
                room[rest.len()..].fill(b' ');
                room
            }

            #[inline(always)]
            fn code_at(&self, at: usize) -> u32 {
                u32::from(self.0[at])
            }

            fn word_start(&self, at: usize, floor: usize, classes: &Classes) -> usize {
                let before = self.0[floor..at].iter().rev();
                at - before.take_while(|&&unit| is_wordlike(classes.of_code(u32::from(unit)))).count()
            }

            fn ascii_word(&self, at: usize, word: &mut [u8]) -> Option<usize> {
                ascii_word(&self.0[at..], word)
            }

            fn continues(&self, at: usize, classes: &Classes) -> bool {
                let mut before = self.0[..at].iter().rev().map(|&unit| char::from_u32(u32::from(unit)));
                is_joint(classes, before.next().flatten(), before.next().flatten())
            }

            fn window(&self, at: usize) -> Cow<'_, str> {
                let end = self.0.len().min(at + WINDOW);
                Cow::Owned(from_code_points(self.0[at..end].iter().map(|&unit| u32::from(unit))))
            }

            fn is_cut(&self, at: usize) -> bool {
                at + WINDOW < self.0.len()
            }

            fn after(&self, start: usize, text: &str) -> usize {
                start + text.chars().count()
            }
        }
    };
}

wide! {
    /// Code points up to U+00FF.
    Latin1, u8
}
wide! {
    /// Code points up to U+FFFF, lone surrogates included.
    Ucs2, u16
}
wide! {
    /// Any code points.
    Ucs4, u32
}

fn ascii_word<U: Copy + Into<u32>>(units: &[U], word: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    for &unit in units {
        let code: u32 = unit.into();
        match u8::try_from(code) {
            Ok(byte) if byte.is_ascii_alphanumeric() => *word.get_mut(length)? = byte,
            Ok(b'\'' | b'`' | 0x80..) | Err(_) => return None,
            Ok(_) => break,
        }
        length += 1;
    }
    Some(length)
}

fn is_joint(classes: &Classes, mark: Option<char>, before: Option<char>) -> bool {
    mark.is_some_and(|char| classes.of(char) == Class::Apostrophe)
        && before.is_some_and(|char| is_wordlike(classes.of(char)))
}

fn is_wordlike(class: Class) -> bool {
    class.is_letter() || class == Class::Digit
}
