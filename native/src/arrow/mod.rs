//! Columns of text in the Arrow format, in and out through its C data interface.
//!
//! Each value is a document of its own. What did not change is shared with the input and never copied: a whole
//! array, the validity of one, the indices of a dictionary, the long values of a string view. Three layouts of
//! text are known (`string`, `large_string`, `string_view`), plain or behind a dictionary.
//!
//! [`abi`] has the structures of the interface, [`field`] the types, [`array`] arrays that own or share their
//! buffers, [`stream`] several of them, [`values`] the safe view of them, [`pieces`] the work in pieces on several threads, [`build`] and
//! [`views`] new arrays, [`dictionary`] what dictionaries need beside,
//! [`work`] what is done to values, and [`found`](mod@found) what is found in them.

pub mod abi;
pub mod array;
mod build;
mod dictionary;
pub mod field;
mod found;
mod pieces;
pub mod stream;
mod values;
mod views;
mod work;

use std::fmt;
use std::sync::Arc;

pub use array::Array;
pub use dictionary::Known;
pub use field::{Field, Text, Type};
pub use found::{Row, found};
pub use work::{Normalize, Transliterate};

use values::Values;

/// What is done to each value.
pub trait Rewrite: Sync {
    /// Appends the new text of `value` to `out` and says true; or says false, if the value stays as it is.
    /// What is appended then does not count.
    fn rewrite(&self, value: &str, out: &mut Vec<u8>) -> bool;

    /// The first byte at or after `from` from which on a value may change; none if nothing does. `joined` are
    /// values with a line feed after each, and `from` is the beginning of one.
    fn next_change(&self, joined: &str, from: usize) -> Option<usize> {
        (from < joined.len()).then_some(from)
    }

    /// Appends the new text of several values, a line feed after each, and says true; or says false, if values
    /// must be taken one by one. Line feeds stay what they are, and there are no new ones.
    fn rewrite_lines(&self, _joined: &str, _out: &mut Vec<u8>) -> bool {
        false
    }
}

/// Why a column cannot be rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArrowError {
    /// The type is none of text; the message names it and the cure.
    Type(String),
    /// The producer broke the format; the message says how.
    Invalid(String),
    /// The producer failed, and said so.
    Producer(String),
    /// The new text is longer than the type can hold.
    TooLong(&'static str),
}

impl fmt::Display for ArrowError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArrowError::Type(message) | ArrowError::Invalid(message) => out.write_str(message),
            ArrowError::Producer(message) => write!(out, "the Arrow stream could not be read: {message}"),
            ArrowError::TooLong(cure) => {
                write!(out, "the new text is too long for an array of its type; {cure}")
            }
        }
    }
}

impl std::error::Error for ArrowError {}

/// `array`, of the type that `field` tells, with its values rewritten on at most `threads` threads; the same
/// array when no value changes. `known` are dictionaries that were rewritten before.
pub fn rewritten(
    field: &Field,
    array: &Arc<Array>,
    rewrite: &impl Rewrite,
    threads: usize,
    known: &mut Known,
) -> Result<Arc<Array>, ArrowError> {
    match field.data_type()? {
        Type::Text(text) => build::rewritten(text, array, rewrite, threads),
        Type::Dictionary { index_width, text } => {
            dictionary::rewritten(index_width, text, array, rewrite, threads, known)
        }
    }
}

/// Calls `take` with each value of `array`, of the type that `field` tells: none where it is null.
pub fn each(
    field: &Field,
    array: &Array,
    mut take: impl FnMut(Option<&str>) -> Result<(), ArrowError>,
) -> Result<(), ArrowError> {
    match field.data_type()? {
        Type::Text(text) => {
            let values = values::of(text, array)?;
            (0..array.length).try_for_each(|at| take(decoded(&*values, at)?))
        }
        Type::Dictionary { index_width, text } => {
            let values = values::of(text, dictionary::of(array)?)?;
            dictionary::each(index_width, array, |index| match index {
                Some(index) => take(decoded(&*values, index)?),
                None => take(None),
            })
        }
    }
}

fn decoded(values: &dyn Values, at: usize) -> Result<Option<&str>, ArrowError> {
    let value = values.get(at)?.map(std::str::from_utf8).transpose();
    value.map_err(|_| pieces::not_utf8(at))
}

#[cfg(test)]
mod tests;
