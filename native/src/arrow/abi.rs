//! The three structures of Arrow's C data interface, as <https://arrow.apache.org/docs/format/CDataInterface>
//! lays them down.
//!
//! Whoever holds one owns it: dropping it calls `release`, which the producer set. A consumer that takes the
//! content elsewhere leaves a structure without `release` behind.

use std::ffi::{c_char, c_int, c_void};

/// A type, with a name and metadata.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)] // the names are those of the specification
pub struct ArrowSchema {
    pub format: *const c_char,
    pub name: *const c_char,
    pub metadata: *const c_char,
    pub flags: i64,
    pub n_children: i64,
    pub children: *mut *mut ArrowSchema,
    pub dictionary: *mut ArrowSchema,
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub private_data: *mut c_void,
}

/// One array: its buffers, and the arrays that belong to it.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct ArrowArray {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_buffers: i64,
    pub n_children: i64,
    pub buffers: *mut *const c_void,
    pub children: *mut *mut ArrowArray,
    pub dictionary: *mut ArrowArray,
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub private_data: *mut c_void,
}

/// Arrays of one type, one after another.
#[repr(C)]
#[derive(Debug)]
#[allow(missing_docs)]
pub struct ArrowArrayStream {
    pub get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    pub get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    pub get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    pub release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    pub private_data: *mut c_void,
}

macro_rules! owned {
    ($name:ident { $($field:ident: $empty:expr),* }) => {
        impl $name {
            /// A structure that owns nothing, to be filled.
            pub const fn empty() -> Self {
                $name { $($field: $empty,)* release: None, private_data: std::ptr::null_mut() }
            }

            /// What this structure owns; it owns nothing afterwards.
            pub fn take(&mut self) -> Self {
                std::mem::replace(self, Self::empty())
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                if let Some(release) = self.release {
                    // SAFETY: `release` is the producer's own function for this structure, called once: a
                    // structure that is moved elsewhere or released before has none.
                    unsafe { release(self) };
                }
            }
        }

        // SAFETY: the interface lets any one thread at a time use and release what it hands out.
        unsafe impl Send for $name {}
    };
}

owned!(ArrowSchema {
    format: std::ptr::null(),
    name: std::ptr::null(),
    metadata: std::ptr::null(),
    flags: 0,
    n_children: 0,
    children: std::ptr::null_mut(),
    dictionary: std::ptr::null_mut()
});

owned!(ArrowArray {
    length: 0,
    null_count: 0,
    offset: 0,
    n_buffers: 0,
    n_children: 0,
    buffers: std::ptr::null_mut(),
    children: std::ptr::null_mut(),
    dictionary: std::ptr::null_mut()
});

owned!(ArrowArrayStream { get_schema: None, get_next: None, get_last_error: None });

// SAFETY: what an array points to is immutable as long as it lives.
unsafe impl Sync for ArrowArray {}
