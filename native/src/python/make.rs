//! Making a `str`, in the width that Python keeps it in, or, in an abi3 build, through an encoding; and `bytes`.
//!
//! Long ones are written without the interpreter's lock: copying takes a good part of the time of transliteration.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;

use super::strings::{Edit, detached};
use crate::scheme::Units;
use crate::text::outward::code_of;

pub use here::of_pieces;

/// A `str` of code points.
pub fn of_units<'py>(py: Python<'py>, units: Units<'_>) -> PyResult<Bound<'py, PyAny>> {
    match units {
        #[cfg(not(feature = "abi3"))]
        Units::One(units) => of_pieces(py, units, &[], false),
        #[cfg(not(feature = "abi3"))]
        Units::Two(units) => of_pieces(py, units, &[], false),
        Units::Four(units) => of_pieces(py, units, &[], false),
        #[cfg(feature = "abi3")]
        narrow => of_pieces(py, &narrow.codes().collect::<Vec<_>>(), &[], false),
    }
}

/// `bytes` like these.
pub fn bytes_of<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the call makes new `bytes` that are not written yet, or gives null and sets an error.
    let made = unsafe {
        let length = bytes.len() as ffi::Py_ssize_t;
        Bound::from_owned_ptr_or_err(py, ffi::PyBytes_FromStringAndSize(ptr::null(), length))?
    };
    // SAFETY: they are `bytes`.
    let room = Room(unsafe { ffi::PyBytes_AsString(made.as_ptr()) }.cast());
    // SAFETY: they are new and nobody else has them, so they may be written; they have that length.
    detached(py, bytes.len(), || unsafe {
        ptr::copy_nonoverlapping(bytes.as_ptr(), room.start(), bytes.len())
    });
    Ok(made)
}

/// Where new `bytes` are.
struct Room(*mut u8);

// SAFETY: nobody else has the object yet.
unsafe impl Send for Room {}
// SAFETY: as above; one thread writes.
unsafe impl Sync for Room {}

impl Room {
    fn start(&self) -> *mut u8 {
        self.0
    }
}

#[cfg(not(feature = "abi3"))]
mod here {
    use std::slice;

    use super::*;
    use crate::text::wide::{Unit, bits};

    /// A `str` of code points with edits made; with `is_odd`, private characters in replacements are surrogates.
    pub fn of_pieces<'py, U: Unit>(
        py: Python<'py>,
        units: &[U],
        edits: &[Edit],
        is_odd: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let pieces = Pieces { units, edits, is_odd };
        let (all, length) = detached(py, units.len(), || {
            let (mut all, mut length) = (0, 0);
            pieces.each(|piece| match piece {
                Piece::Kept(units) => (all, length) = (all | bits(units), length + units.len()),
                Piece::Made(code) => (all, length) = (all | code, length + 1),
            });
            (all, length)
        });
        let most = all.min(0x10_FFFF);
        // SAFETY: the call makes a new `str`, or gives null and sets an error.
        let made =
            unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyUnicode_New(length as ffi::Py_ssize_t, most))? };
        // SAFETY: the `str` is new and nobody else has it, so it may be written; Python gives it `length`
        // units of the width that its greatest code point asks for.
        unsafe {
            let data = ffi::PyUnicode_DATA(made.as_ptr());
            match most {
                0..0x100 => pieces.write(py, slice::from_raw_parts_mut(data.cast::<u8>(), length)),
                0x100..0x1_0000 => pieces.write(py, slice::from_raw_parts_mut(data.cast::<u16>(), length)),
                _ => pieces.write(py, slice::from_raw_parts_mut(data.cast::<u32>(), length)),
            }
        }
        Ok(made)
    }

    struct Pieces<'s, U> {
        units: &'s [U],
        edits: &'s [Edit],
        is_odd: bool,
    }

    enum Piece<'s, U> {
        Kept(&'s [U]),
        Made(u32),
    }

    impl<U: Unit> Pieces<'_, U> {
        fn each(&self, mut take: impl FnMut(Piece<'_, U>)) {
            let mut done = 0;
            for edit in self.edits {
                take(Piece::Kept(&self.units[done..edit.start]));
                edit.replacement.chars().for_each(|char| take(Piece::Made(code_of(char, self.is_odd))));
                done = edit.end;
            }
            take(Piece::Kept(&self.units[done..]));
        }

        /// Write all code points, for which there is room.
        fn write<V: Unit>(&self, py: Python<'_>, out: &mut [V]) {
            detached(py, out.len(), || {
                let mut at = 0;
                self.each(|piece| match piece {
                    Piece::Kept(units) => {
                        for (place, unit) in out[at..at + units.len()].iter_mut().zip(units) {
                            *place = V::of(unit.code());
                        }
                        at += units.len();
                    }
                    Piece::Made(code) => {
                        out[at] = V::of(code);
                        at += 1;
                    }
                });
            });
        }
    }
}

#[cfg(feature = "abi3")]
mod here {
    use pyo3::types::PyBytes;

    use super::*;

    /// A `str` of code points with edits made; with `is_odd`, private characters in replacements are surrogates.
    pub fn of_pieces<'py>(
        py: Python<'py>,
        units: &[u32],
        edits: &[Edit],
        is_odd: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut out = Vec::with_capacity(4 * units.len());
        let mut push = |code: u32| out.extend_from_slice(&code.to_le_bytes());
        let mut done = 0;
        for edit in edits {
            units[done..edit.start].iter().copied().for_each(&mut push);
            edit.replacement.chars().for_each(|char| push(code_of(char, is_odd)));
            done = edit.end;
        }
        units[done..].iter().copied().for_each(&mut push);
        PyBytes::new(py, &out).into_any().call_method1("decode", ("utf-32-le", "surrogatepass"))
    }
}
