//! New arrays out of pieces: what did not change is copied in runs, or shared where the layout allows it.

use std::ffi::c_void;
use std::sync::Arc;

use super::array::{Array, Owner};
use super::field::Text;
use super::pieces::{Merge, Piece, run};
use super::values::{Offset, Offsets, Validity, Values};
use super::{ArrowError, Rewrite, views};

pub(super) const CAST: &str = "cast it to large_string, or divide it into smaller chunks";

/// An array of text with its values rewritten; the same if none changes.
pub(super) fn rewritten(
    text: Text,
    array: &Arc<Array>,
    rewrite: &impl Rewrite,
    threads: usize,
) -> Result<Arc<Array>, ArrowError> {
    if array.is_empty() {
        return Ok(array.clone());
    }
    let new = match text {
        Text::Small => offsets::<i32>(array, rewrite, threads)?,
        Text::Large => offsets::<i64>(array, rewrite, threads)?,
        Text::View => views::rewritten(array, rewrite, threads)?,
    };
    Ok(new.map_or_else(|| array.clone(), Arc::new))
}

fn offsets<O: Offset>(
    array: &Array,
    rewrite: &impl Rewrite,
    threads: usize,
) -> Result<Option<Array>, ArrowError> {
    let values = &Offsets::<O>::of(array)?;
    let kept = Kept::of(array);
    let mut built = OffsetsBuilder { values, lead: kept.lead(), offsets: Vec::new(), data: Vec::new() };
    run(values, rewrite, threads, &mut built)?;
    Ok(built.changed().then(|| kept.array(array, vec![owned(built.offsets), owned(trimmed(built.data))])))
}

/// A buffer, and what keeps it alive; nothing, if its array does.
pub(super) type Buffer = (*const c_void, Option<Owner>);

/// A buffer of its own.
pub(super) fn owned<T: Send + Sync + 'static>(values: Vec<T>) -> Buffer {
    let pointer = values.as_ptr().cast();
    (pointer, Some(Arc::new(values))) // moving a vector leaves what it points to in place
}

/// The bytes without much room to spare.
pub(super) fn trimmed(mut data: Vec<u8>) -> Vec<u8> {
    if data.capacity() - data.len() > data.len() / 16 {
        data.shrink_to_fit();
    }
    data
}

/// The validity of an array whose values are made anew: shared, from the byte on that holds the first bit.
pub(super) struct Kept {
    bits: *const c_void,
    offset: usize,
    nulls: usize,
}

impl Kept {
    pub fn of(array: &Array) -> Kept {
        let nulls = match usize::try_from(array.null_count) {
            Ok(nulls) => nulls,
            Err(_) => Validity::of(array).nulls(array.length),
        };
        match array.buffers.first() {
            // without a null nothing needs be kept alive
            Some(&bits) if nulls > 0 && !bits.is_null() => {
                // SAFETY: a bit for each value before the first stands before it.
                let bits = unsafe { bits.cast::<u8>().add(array.offset / 8) }.cast();
                Kept { bits, offset: array.offset % 8, nulls }
            }
            _ => Kept { bits: std::ptr::null(), offset: 0, nulls: 0 },
        }
    }

    /// How many values that do not count stand before the first, since their bits do.
    pub fn lead(&self) -> usize {
        self.offset
    }

    /// The array with this validity and these buffers after it.
    pub fn array(&self, source: &Array, rest: Vec<Buffer>) -> Array {
        let shares = !self.bits.is_null() || rest.iter().any(|(_, owner)| owner.is_none());
        let mut buffers = vec![self.bits];
        let mut owners = if shares { source.owners.clone() } else { Vec::new() };
        for (buffer, owner) in rest {
            buffers.push(buffer);
            owners.extend(owner);
        }
        let null_count = self.nulls as i64;
        Array { length: source.length, offset: self.offset, null_count, buffers, dictionary: None, owners }
    }
}

struct OffsetsBuilder<'v, 'a, O: Offset> {
    values: &'v Offsets<'a, O>,
    lead: usize,
    /// Nothing, as long as nothing has changed.
    offsets: Vec<O>,
    data: Vec<u8>,
}

impl<O: Offset> OffsetsBuilder<'_, '_, O> {
    fn changed(&self) -> bool {
        !self.offsets.is_empty()
    }

    fn begin(&mut self, first: usize) -> Result<(), ArrowError> {
        self.offsets.reserve_exact(self.lead + self.values.len() + 1);
        self.offsets.resize(self.lead + 1, O::default());
        self.data.reserve(self.values.size());
        self.unchanged(0, first)
    }

    /// Copies values that stand together.
    fn unchanged(&mut self, from: usize, to: usize) -> Result<(), ArrowError> {
        if from == to {
            return Ok(());
        }
        let base = self.data.len();
        self.data.extend_from_slice(self.values.data(from, to)?);
        self.fits()?;
        let start = self.values.start(from);
        self.offsets.extend((from + 1..=to).map(|at| offset::<O>(base + self.values.start(at) - start)));
        Ok(())
    }

    fn fits(&self) -> Result<(), ArrowError> {
        O::of(self.data.len()).map(|_| ()).ok_or(ArrowError::TooLong(CAST))
    }
}

/// An offset within data of which the end was found to fit.
fn offset<O: Offset>(number: usize) -> O {
    O::of(number).unwrap_or_default()
}

impl<O: Offset> Merge for OffsetsBuilder<'_, '_, O> {
    fn merge(&mut self, piece: &Piece) -> Result<(), ArrowError> {
        if !self.changed() {
            if piece.changes.is_empty() {
                return Ok(());
            }
            self.begin(piece.values.start)?;
        }
        let (mut at, mut taken) = (piece.values.start, 0);
        for run in piece.changes.chunk_by(|one, next| one.at + 1 == next.at) {
            let (first, last) = (&run[0], &run[run.len() - 1]);
            self.unchanged(at, first.at)?;
            let base = self.data.len();
            self.data.extend_from_slice(&piece.data[taken..last.end]);
            self.fits()?;
            self.offsets.extend(run.iter().map(|change| offset::<O>(base + change.end - taken)));
            (at, taken) = (last.at + 1, last.end);
        }
        self.unchanged(at, piece.values.end)
    }
}

/// An array of these values, which shares nothing.
pub(super) fn from_values(text: Text, values: &[Option<&[u8]>]) -> Result<Array, ArrowError> {
    let nulls = values.iter().filter(|value| value.is_none()).count();
    let mut bits = vec![0u8; values.len().div_ceil(8)];
    for (at, _) in values.iter().enumerate().filter(|(_, value)| value.is_some()) {
        bits[at / 8] |= 1 << (at % 8);
    }
    let mut buffers = vec![if nulls > 0 { owned(bits) } else { (std::ptr::null(), None) }];
    buffers.extend(match text {
        Text::Small => together::<i32>(values)?,
        Text::Large => together::<i64>(values)?,
        Text::View => views::fresh(values)?,
    });
    let (buffers, owners): (Vec<_>, Vec<_>) = buffers.into_iter().unzip();
    let owners = owners.into_iter().flatten().collect();
    Ok(Array { length: values.len(), offset: 0, null_count: nulls as i64, buffers, dictionary: None, owners })
}

fn together<O: Offset>(values: &[Option<&[u8]>]) -> Result<Vec<Buffer>, ArrowError> {
    let data: Vec<u8> = values.iter().flatten().copied().flatten().copied().collect();
    let mut end = 0;
    let mut offsets = vec![O::default()];
    for value in values {
        end += value.map_or(0, <[u8]>::len);
        offsets.push(O::of(end).ok_or(ArrowError::TooLong(CAST))?);
    }
    Ok(vec![owned(offsets), owned(data)])
}
