//! The values of an array of text, read in place.
//!
//! Numbers are read from bytes, since not every producer aligns its buffers.

use std::ffi::c_void;

use super::ArrowError;
use super::array::{Array, broken};
use super::field::Text;

/// Values that can be read and divided.
pub(super) trait Values: Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// A value; none where it is null.
    fn get(&self, at: usize) -> Result<Option<&[u8]>, ArrowError>;

    /// Where to end a piece of values that begins at `from`, so that it has about `bytes`.
    fn cut(&self, from: usize, bytes: usize) -> usize;

    /// How many bytes they have together.
    fn size(&self) -> usize;
}

/// The values of an array, whatever its layout.
pub(super) fn of(text: Text, array: &Array) -> Result<Box<dyn Values + '_>, ArrowError> {
    Ok(match text {
        _ if array.is_empty() => Box::new(Views::default()),
        Text::Small => Box::new(Offsets::<i32>::of(array)?),
        Text::Large => Box::new(Offsets::<i64>::of(array)?),
        Text::View => Box::new(Views::of(array)?),
    })
}

/// Which values there are; all, where no bit says otherwise.
#[derive(Clone, Copy, Default)]
pub(super) struct Validity<'a> {
    bits: Option<&'a [u8]>,
    offset: usize,
}

impl<'a> Validity<'a> {
    pub fn of(array: &'a Array) -> Validity<'a> {
        let bits = array.buffers.first().filter(|bits| !bits.is_null() && array.null_count != 0);
        let length = (array.offset + array.length).div_ceil(8);
        // SAFETY: the first buffer of an array holds a bit for each value, those before the first included.
        let bits = bits.map(|bits| unsafe { slice(*bits, length) });
        Validity { bits, offset: array.offset }
    }

    #[inline]
    pub fn has(&self, at: usize) -> bool {
        let at = self.offset + at;
        self.bits.is_none_or(|bits| bits[at / 8] >> (at % 8) & 1 == 1)
    }

    /// How many of the first `length` values there are not.
    pub fn nulls(&self, length: usize) -> usize {
        if self.bits.is_none() { 0 } else { (0..length).filter(|&at| !self.has(at)).count() }
    }
}

/// A number of an offset buffer: `i32` or `i64`.
pub(super) trait Offset: Copy + Default + Send + Sync + 'static {
    type Bytes: Copy + Send + Sync;

    fn read(bytes: Self::Bytes) -> i64;
    fn of(number: usize) -> Option<Self>;
}

macro_rules! offset {
    ($type:ty) => {
        impl Offset for $type {
            type Bytes = [u8; size_of::<$type>()];

            #[inline]
            fn read(bytes: Self::Bytes) -> i64 {
                i64::from(Self::from_ne_bytes(bytes))
            }

            #[inline]
            fn of(number: usize) -> Option<Self> {
                Self::try_from(number).ok()
            }
        }
    };
}

offset!(i32);
offset!(i64);

/// Text of which offsets tell the beginning and end.
pub(super) struct Offsets<'a, O: Offset> {
    /// One more than values.
    offsets: &'a [O::Bytes],
    data: &'a [u8],
    pub validity: Validity<'a>,
}

impl<'a, O: Offset> Offsets<'a, O> {
    /// The values of an array, which is not empty.
    pub fn of(array: &'a Array) -> Result<Self, ArrowError> {
        let &[_, offsets, data] = &array.buffers[..] else { return Err(broken("not three buffers")) };
        if offsets.is_null() {
            return Err(broken("no offsets"));
        }
        // SAFETY: the second buffer holds an offset more than values, and the third as many bytes as the last
        // offset says.
        unsafe {
            let offsets = slice::<O::Bytes>(offsets, array.offset + array.length + 1);
            let last = usize::try_from(O::read(offsets[array.offset + array.length])).unwrap_or(0);
            let (offsets, data) = (&offsets[array.offset..], slice(data, last));
            Ok(Offsets { offsets, data, validity: Validity::of(array) })
        }
    }

    /// Where value `at` begins.
    #[inline]
    pub fn start(&self, at: usize) -> usize {
        O::read(self.offsets[at]) as usize
    }

    /// The bytes of values that stand together.
    pub fn data(&self, from: usize, to: usize) -> Result<&'a [u8], ArrowError> {
        let bytes = self.data.get(self.start(from)..self.start(to));
        bytes.ok_or_else(|| broken("offsets that do not rise"))
    }
}

impl<O: Offset> Values for Offsets<'_, O> {
    fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    #[inline]
    fn get(&self, at: usize) -> Result<Option<&[u8]>, ArrowError> {
        let value = self.data(at, at + 1)?;
        Ok(self.validity.has(at).then_some(value))
    }

    fn cut(&self, from: usize, bytes: usize) -> usize {
        let end = self.start(from).saturating_add(bytes);
        let rest = &self.offsets[from + 1..];
        from + 1 + rest[..rest.len() - 1].partition_point(|&offset| (O::read(offset) as usize) < end)
    }

    fn size(&self) -> usize {
        self.data.len().saturating_sub(self.start(0))
    }
}

/// Values that are not longer stand in their view.
pub(super) const INLINE: usize = 12;

/// Sixteen bytes for a value: its length, and the value; or its length, its first four bytes, and the buffer and
/// the place in it where it stands.
pub(super) type View = [u8; 16];

/// Text of which views tell where it stands.
#[derive(Default)]
pub(super) struct Views<'a> {
    pub views: &'a [View],
    pub buffers: Vec<&'a [u8]>,
    pub validity: Validity<'a>,
}

impl<'a> Views<'a> {
    /// The values of an array, which is not empty.
    pub fn of(array: &'a Array) -> Result<Self, ArrowError> {
        let (&[_, views], rest) = array.buffers.split_at_checked(2).ok_or_else(|| broken("no views"))? else {
            return Err(broken("no views"));
        };
        let (&lengths, data) = rest.split_last().ok_or_else(|| broken("no lengths of buffers"))?;
        if views.is_null() || lengths.is_null() && !data.is_empty() {
            return Err(broken("no views, or no lengths of buffers"));
        }
        // SAFETY: the second buffer holds a view for each value, those before the first included; the last holds
        // the lengths of those between, eight bytes each.
        unsafe {
            let lengths = slice::<[u8; 8]>(lengths, data.len());
            let lengths =
                lengths.iter().map(|&length| usize::try_from(i64::from_ne_bytes(length)).unwrap_or(0));
            let buffers = data.iter().zip(lengths).map(|(&buffer, length)| slice(buffer, length)).collect();
            let views = &slice::<View>(views, array.offset + array.length)[array.offset..];
            Ok(Views { views, buffers, validity: Validity::of(array) })
        }
    }
}

impl Values for Views<'_> {
    fn len(&self) -> usize {
        self.views.len()
    }

    #[inline]
    fn get(&self, at: usize) -> Result<Option<&[u8]>, ArrowError> {
        if !self.validity.has(at) {
            return Ok(None);
        }
        let view = &self.views[at];
        let length = length(view);
        if length <= INLINE {
            return Ok(Some(&view[4..4 + length]));
        }
        let number =
            |at: usize| u32::from_ne_bytes([view[at], view[at + 1], view[at + 2], view[at + 3]]) as usize;
        let start = number(12);
        let value =
            self.buffers.get(number(8)).and_then(|buffer| buffer.get(start..start.checked_add(length)?));
        value.map(Some).ok_or_else(|| broken("a view of what is not there"))
    }

    fn cut(&self, from: usize, bytes: usize) -> usize {
        let mut left = bytes;
        let full = self.views[from..].iter().position(|view| {
            let is_full = left == 0;
            left = left.saturating_sub(length(view));
            is_full
        });
        full.map_or(self.views.len(), |values| from + values.max(1))
    }

    fn size(&self) -> usize {
        self.views.iter().map(length).sum()
    }
}

#[inline]
fn length(view: &View) -> usize {
    u32::from_ne_bytes([view[0], view[1], view[2], view[3]]) as usize
}

/// What a buffer holds; nothing, if it is null.
///
/// # Safety
/// A buffer that is not null holds so many, of a type without alignment of which any bytes are one, and lives for
/// `'a`.
pub(super) unsafe fn slice<'a, T>(buffer: *const c_void, length: usize) -> &'a [T] {
    debug_assert_eq!(align_of::<T>(), 1);
    if buffer.is_null() || length == 0 {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { std::slice::from_raw_parts(buffer.cast(), length) }
}
