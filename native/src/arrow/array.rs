//! One array: buffers that it owns or shares, in from a producer and out to a consumer.

use std::any::Any;
use std::ffi::c_void;
use std::sync::Arc;

use super::ArrowError;
use super::abi::ArrowArray;

/// What keeps buffers alive.
pub(super) type Owner = Arc<dyn Any + Send + Sync>;

/// An immutable array. It may share buffers with others, and lives as long as any of them is in use.
pub struct Array {
    pub(super) length: usize,
    /// How many values before the first one the buffers hold.
    pub(super) offset: usize,
    /// -1 if unknown.
    pub(super) null_count: i64,
    pub(super) buffers: Vec<*const c_void>,
    pub(super) dictionary: Option<Arc<Array>>,
    pub(super) owners: Vec<Owner>,
}

// SAFETY: the buffers are immutable, and `owners` keeps them alive on whatever thread.
unsafe impl Send for Array {}
// SAFETY: as above.
unsafe impl Sync for Array {}

impl Array {
    /// The array that a producer hands over.
    ///
    /// # Safety
    /// `array` is as the specification of the interface wants it.
    pub unsafe fn import(array: ArrowArray) -> Result<Array, ArrowError> {
        let owner = Arc::new(array);
        // SAFETY: as the caller promises; the owner keeps all of it.
        unsafe { Self::borrow(&owner, owner.clone()) }
    }

    unsafe fn borrow(array: &ArrowArray, owner: Owner) -> Result<Array, ArrowError> {
        let number = |number: i64| usize::try_from(number).map_err(|_| broken("a negative length"));
        if array.release.is_none() {
            return Err(broken("an array that is released already"));
        }
        let count = number(array.n_buffers)?;
        if count > 0 && array.buffers.is_null() {
            return Err(broken("no buffers"));
        }
        // SAFETY: there are so many buffers, and the dictionary is an array that lives as long as this one.
        unsafe {
            Ok(Array {
                length: number(array.length)?,
                offset: number(array.offset)?,
                null_count: array.null_count,
                buffers: (0..count).map(|index| *array.buffers.add(index)).collect(),
                dictionary: match array.dictionary.as_ref() {
                    Some(dictionary) => Some(Arc::new(Self::borrow(dictionary, owner.clone())?)),
                    None => None,
                },
                owners: vec![owner],
            })
        }
    }

    /// The same array, which shares all buffers.
    pub(super) fn shared(&self) -> Array {
        Array {
            length: self.length,
            offset: self.offset,
            null_count: self.null_count,
            buffers: self.buffers.clone(),
            dictionary: self.dictionary.clone(),
            owners: self.owners.clone(),
        }
    }

    /// How many values it has.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The array for a consumer, who owns it. Nothing is copied.
    pub fn export(self: &Arc<Self>) -> ArrowArray {
        let dictionary = self.dictionary.as_ref().map(|array| Box::into_raw(Box::new(array.export())));
        ArrowArray {
            length: self.length as i64,
            null_count: self.null_count,
            offset: self.offset as i64,
            n_buffers: self.buffers.len() as i64,
            n_children: 0,
            buffers: self.buffers.as_ptr().cast_mut(), // for reading only, as the specification says
            children: std::ptr::null_mut(),
            dictionary: dictionary.unwrap_or(std::ptr::null_mut()),
            release: Some(release),
            private_data: Box::into_raw(Box::new(Exported { _array: self.clone(), dictionary })).cast(),
        }
    }
}

/// What an exported array owns.
struct Exported {
    _array: Arc<Array>,
    dictionary: Option<*mut ArrowArray>,
}

unsafe extern "C" fn release(array: *mut ArrowArray) {
    // SAFETY: this is the `release` of `Array::export` alone, which made both boxes; it is called once.
    unsafe {
        let exported = Box::from_raw((*array).private_data.cast::<Exported>());
        if let Some(dictionary) = exported.dictionary {
            drop(Box::from_raw(dictionary));
        }
        (*array).release = None;
    }
}

/// The producer broke the format.
pub(super) fn broken(what: &str) -> ArrowError {
    ArrowError::Invalid(format!("the producer of the Arrow data broke its format: {what}"))
}
