//! Reading and making Python's `str` and `bytes` where they stand.
//!
//! A build for one version of Python reads the one-, two- or four-byte code points of a `str` in place. An
//! abi3 build cannot look into a `str` and asks for its UTF-8, which Python makes once and keeps.

use std::borrow::Cow;
use std::cell::Cell;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use super::make;
use crate::engine::findings::Finding;
use crate::normalizer::Normalizer;
use crate::scheme::{Output, Transliterator};
use crate::skim;
use crate::text::outward::{Origin, code_of, has_private, push_utf8};
use crate::text::source::{self, Counter};
use crate::text::wide;

/// The units of a Python object's text, in place: bytes of UTF-8, or code points.
pub enum Source<'p> {
    Bytes(&'p [u8]),
    #[cfg(feature = "abi3")]
    Utf8(&'p str),
    #[cfg(not(feature = "abi3"))]
    One(&'p [u8]),
    #[cfg(not(feature = "abi3"))]
    Two(&'p [u16]),
    Four(Cow<'p, [u32]>),
}

/// What takes the place of a stretch of a source, in its units.
pub struct Edit {
    pub start: usize,
    pub end: usize,
    pub replacement: Box<str>,
}

impl<'p> Source<'p> {
    /// The text of a `str` or of bytes; a TypeError for anything else.
    pub fn of(object: &'p Bound<'_, PyAny>) -> PyResult<Source<'p>> {
        if let Ok(string) = object.cast::<PyString>() {
            Source::of_str(string)
        } else if let Ok(bytes) = object.cast::<PyBytes>() {
            Ok(Source::Bytes(bytes.as_bytes()))
        } else {
            let kind = object.get_type().name()?;
            Err(PyTypeError::new_err(format!("a text is a str or bytes, and this is of type {kind}")))
        }
    }

    #[cfg(not(feature = "abi3"))]
    fn of_str(string: &'p Bound<'_, PyString>) -> PyResult<Source<'p>> {
        use pyo3::types::string::PyStringData;
        // SAFETY: a `str` never changes, and the borrow of `string` keeps it alive.
        Ok(match unsafe { string.data() }? {
            PyStringData::Ucs1(units) => Source::One(units),
            PyStringData::Ucs2(units) => Source::Two(units),
            PyStringData::Ucs4(units) => Source::Four(Cow::Borrowed(units)),
        })
    }

    #[cfg(feature = "abi3")]
    fn of_str(string: &'p Bound<'_, PyString>) -> PyResult<Source<'p>> {
        if let Ok(text) = string.to_str() {
            return Ok(Source::Utf8(text));
        }
        let encoded = string.call_method1("encode", ("utf-32-le", "surrogatepass"))?;
        let code = |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        Ok(Source::Four(encoded.cast::<PyBytes>()?.as_bytes().chunks_exact(4).map(code).collect()))
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        match self {
            Source::Bytes(units) => units.len(),
            #[cfg(feature = "abi3")]
            Source::Utf8(text) => text.len(),
            #[cfg(not(feature = "abi3"))]
            Source::One(units) => units.len(),
            #[cfg(not(feature = "abi3"))]
            Source::Two(units) => units.len(),
            Source::Four(units) => units.len(),
        }
    }

    /// The text as the engine reads it, unless a look at the units tells that nothing is to be found in it.
    pub fn concern(&self, normalizer: &Normalizer) -> Option<Cow<'p, str>> {
        let is_clean = match self {
            Source::Bytes(bytes) => normalizer.is_clean_bytes(bytes),
            #[cfg(feature = "abi3")]
            Source::Utf8(text) => normalizer.is_clean(&skim::Utf8(text)),
            #[cfg(not(feature = "abi3"))]
            Source::One(units) => normalizer.is_clean(&skim::Latin1(units)),
            #[cfg(not(feature = "abi3"))]
            Source::Two(units) => normalizer.is_clean(&skim::Ucs2(units)),
            Source::Four(units) => normalizer.is_clean(&skim::Ucs4(units)),
        };
        (!is_clean).then(|| self.text())
    }

    /// The text as the engine reads it; in place where it is valid UTF-8.
    pub fn text(&self) -> Cow<'p, str> {
        match *self {
            Source::Bytes(bytes) => source::from_bytes(bytes),
            #[cfg(feature = "abi3")]
            Source::Utf8(text) => Cow::Borrowed(text),
            #[cfg(not(feature = "abi3"))]
            Source::One(units) => match std::str::from_utf8(units) {
                Ok(text) if units.is_ascii() => Cow::Borrowed(text),
                _ => Cow::Owned(wide::to_text(units)),
            },
            #[cfg(not(feature = "abi3"))]
            Source::Two(units) => Cow::Owned(wide::to_text(units)),
            Source::Four(ref units) => Cow::Owned(wide::to_text(units)),
        }
    }

    /// Whether an offset of the text is the same in the source: every unit is a byte of the text.
    fn is_as_read(&self, text: &str) -> bool {
        self.len() == text.len()
    }

    /// Whether private characters of the text stand for lone surrogates, or for bytes that are not UTF-8.
    pub fn is_odd(&self, text: &str) -> bool {
        !self.is_as_read(text)
            && has_private(text)
            && match self {
                Source::Four(units) => units.iter().any(|code| code & 0xFFFF_F800 == 0xD800),
                _ => true,
            }
    }

    /// From ascending byte offsets of the text to offsets of the source, in its units.
    pub fn places<'s>(&'s self, text: &'s str) -> Box<dyn FnMut(usize) -> usize + 's> {
        match self {
            _ if self.is_as_read(text) => Box::new(|byte| byte),
            Source::Bytes(bytes) => {
                let mut origin = None; // made when it is asked, for it reads the bytes
                Box::new(move |byte| origin.get_or_insert_with(|| Origin::new(bytes)).byte(byte))
            }
            #[cfg(feature = "abi3")]
            Source::Utf8(_) => Box::new(|byte| byte),
            _ => {
                let mut counter = Counter::new(text);
                Box::new(move |byte| counter.code_points(byte))
            }
        }
    }

    /// The edits that findings make, in units of the source.
    pub fn edits<'f>(&self, text: &str, findings: impl Iterator<Item = &'f Finding>) -> Vec<Edit> {
        let mut place = self.places(text);
        let edit = |one: &'f Finding| Edit {
            start: place(one.start),
            end: place(one.end),
            replacement: one.replacement.clone().unwrap_or_default(),
        };
        findings.map(edit).collect()
    }

    /// The source with edits made, as an object of its own kind.
    pub fn edited<'py>(&self, py: Python<'py>, edits: &[Edit], is_odd: bool) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Source::Bytes(bytes) => {
                let replaced = edits.iter().map(|edit| edit.replacement.len()).sum::<usize>();
                let mut out = Vec::with_capacity(bytes.len() + replaced);
                let mut done = 0;
                for edit in edits {
                    out.extend_from_slice(&bytes[done..edit.start]);
                    edit.replacement.chars().for_each(|char| push_utf8(&mut out, code_of(char, is_odd)));
                    done = edit.end;
                }
                out.extend_from_slice(&bytes[done..]);
                make::bytes_of(py, &out)
            }
            #[cfg(feature = "abi3")]
            Source::Utf8(text) => {
                let replaced = edits.iter().map(|edit| edit.replacement.len()).sum::<usize>();
                let mut out = String::with_capacity(text.len() + replaced);
                let mut done = 0;
                for edit in edits {
                    out.push_str(&text[done..edit.start]);
                    out.push_str(&edit.replacement);
                    done = edit.end;
                }
                out.push_str(&text[done..]);
                Ok(PyString::new(py, &out).into_any())
            }
            #[cfg(not(feature = "abi3"))]
            Source::One(units) => make::of_pieces(py, units, edits, is_odd),
            #[cfg(not(feature = "abi3"))]
            Source::Two(units) => make::of_pieces(py, units, edits, is_odd),
            Source::Four(units) => make::of_pieces(py, units, edits, is_odd),
        }
    }

    /// The source in the other script, as an object of its own kind; None if it is unchanged.
    pub fn transliterated<'py>(
        &self,
        py: Python<'py>,
        transliterator: &Transliterator,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let units = self.len();
        let in_bytes = |bytes: &[u8]| {
            let mut out = Vec::new();
            transliterator.transliterate_bytes(bytes, &mut out);
            (out != bytes).then_some(out)
        };
        match self {
            Source::Bytes(bytes) => {
                let made = detached(py, units, || in_bytes(bytes));
                return made.map(|made| make::bytes_of(py, &made)).transpose();
            }
            #[cfg(feature = "abi3")]
            Source::Utf8(text) => {
                let made = detached(py, units, || in_bytes(text.as_bytes()));
                return made.map(|made| PyString::from_bytes(py, &made).map(Bound::into_any)).transpose();
            }
            _ => {}
        }
        let mut output = if units < SHORT { OUTPUT.take() } else { Output::default() };
        let is_changed = detached(py, units, || match self {
            #[cfg(not(feature = "abi3"))]
            Source::One(units) => transliterator.transliterate_latin1(units, &mut output),
            #[cfg(not(feature = "abi3"))]
            Source::Two(units) => transliterator.transliterate_ucs2(units, &mut output),
            Source::Four(units) => transliterator.transliterate_ucs4(units, &mut output),
            _ => false,
        });
        let made = is_changed.then(|| make::of_units(py, output.units())).transpose();
        if units < SHORT {
            OUTPUT.set(output);
        }
        made
    }
}

thread_local! {
    /// Room for short texts, used again and again.
    static OUTPUT: Cell<Output> = Cell::default();
}

/// Texts with fewer units are worked on with the interpreter's lock held: to give it away and get it back
/// takes longer.
const SHORT: usize = 1 << 12;

/// Do some work on so many units without the interpreter's lock, if they are many.
pub fn detached<T: Send>(py: Python<'_>, units: usize, work: impl FnOnce() -> T + Send) -> T {
    if units < SHORT { work() } else { py.detach(work) }
}

/// How many units a text has, or what else an object says of its length.
pub fn length(object: &Bound<'_, PyAny>) -> usize {
    #[cfg(not(feature = "abi3"))]
    if object.is_instance_of::<PyString>() {
        // SAFETY: it is a `str`.
        return unsafe { pyo3::ffi::PyUnicode_GET_LENGTH(object.as_ptr()) } as usize;
    }
    object.len().unwrap_or(0)
}

/// A `str` of a part of the engine's text.
pub fn str_of<'py>(py: Python<'py>, text: &str, is_odd: bool) -> PyResult<Bound<'py, PyAny>> {
    if is_odd && has_private(text) {
        let codes: Vec<u32> = text.chars().map(|char| code_of(char, true)).collect();
        return make::of_pieces(py, &codes, &[], false);
    }
    Ok(PyString::new(py, text).into_any())
}
