//! Arrays in a row: in from a producer, and out to a consumer.

use std::ffi::{CStr, c_char, c_int};
use std::sync::Arc;

use super::abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
use super::{Array, ArrowError, Field};

/// What a stream answers if it cannot do what it is asked for: `EINVAL`.
const CANNOT: c_int = 22;

/// What a producer's stream holds: its field, and all arrays.
///
/// # Safety
/// `stream` is as the specification of the interface wants it.
pub unsafe fn import(mut stream: ArrowArrayStream) -> Result<(Field, Vec<Array>), ArrowError> {
    let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
        return Err(ArrowError::Invalid("the Arrow stream has been read before".to_owned()));
    };
    let mut schema = ArrowSchema::empty();
    // SAFETY: the producer's own functions are called as the specification says, and what they fill is owned.
    unsafe {
        let code = get_schema(&mut stream, &mut schema);
        told(&mut stream, code)?;
        let field = Field::import(&schema)?;
        field.data_type()?;
        let mut arrays = Vec::new();
        loop {
            let mut array = ArrowArray::empty();
            let code = get_next(&mut stream, &mut array);
            told(&mut stream, code)?;
            if array.release.is_none() {
                return Ok((field, arrays));
            }
            arrays.push(Array::import(array)?);
        }
    }
}

/// An error, if the stream gave a code of one.
///
/// # Safety
/// The stream has just answered with `code`.
unsafe fn told(stream: &mut ArrowArrayStream, code: c_int) -> Result<(), ArrowError> {
    if code == 0 {
        return Ok(());
    }
    let message = stream.get_last_error.map_or(std::ptr::null(), |get_last_error| {
        // SAFETY: as the caller promises; the message stays until the next call.
        unsafe { get_last_error(stream) }
    });
    let message = if message.is_null() {
        format!("error {code}")
    } else {
        // SAFETY: the message ends with a NUL.
        unsafe { CStr::from_ptr(message) }.to_string_lossy().into_owned()
    };
    Err(ArrowError::Producer(message))
}

/// What a consumer has not read yet.
struct Left {
    field: Field,
    chunks: std::vec::IntoIter<Arc<Array>>,
}

/// A stream of arrays of one type, for a consumer, who owns it.
pub fn export(field: Field, chunks: Vec<Arc<Array>>) -> ArrowArrayStream {
    let left = Left { field, chunks: chunks.into_iter() };
    ArrowArrayStream {
        get_schema: Some(get_schema),
        get_next: Some(get_next),
        get_last_error: Some(get_last_error),
        release: Some(release),
        private_data: Box::into_raw(Box::new(left)).cast(),
    }
}

unsafe extern "C" fn get_schema(stream: *mut ArrowArrayStream, out: *mut ArrowSchema) -> c_int {
    // SAFETY: a stream that is not released holds what `export` gave it; `out` is the caller's to be overwritten.
    unsafe {
        let Some(left) = (*stream).private_data.cast::<Left>().as_ref() else { return CANNOT };
        out.write(left.field.export());
    }
    0
}

unsafe extern "C" fn get_next(stream: *mut ArrowArrayStream, out: *mut ArrowArray) -> c_int {
    // SAFETY: as above; only one thread at a time uses a stream.
    unsafe {
        let Some(left) = (*stream).private_data.cast::<Left>().as_mut() else { return CANNOT };
        out.write(left.chunks.next().map_or_else(ArrowArray::empty, |chunk| chunk.export()));
    }
    0
}

unsafe extern "C" fn get_last_error(_stream: *mut ArrowArrayStream) -> *const c_char {
    std::ptr::null()
}

unsafe extern "C" fn release(stream: *mut ArrowArrayStream) {
    // SAFETY: `export` made the box, and this is called once.
    unsafe {
        drop(Box::from_raw((*stream).private_data.cast::<Left>()));
        (*stream).private_data = std::ptr::null_mut();
        (*stream).release = None;
    }
}
