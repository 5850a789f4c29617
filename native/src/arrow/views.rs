//! New string views: values that changed stand in new buffers, the others stay where they are.

use super::array::Array;
use super::build::{Buffer, Kept, owned, trimmed};
use super::pieces::{Merge, Piece, run};
use super::values::{INLINE, Values, View, Views};
use super::{ArrowError, Rewrite};

const CUT_UP: &str = "divide it into smaller chunks";
/// A buffer ends where a number of four bytes with a sign does.
const MOST: usize = i32::MAX as usize;

/// An array of views with its values rewritten; none if no value changes.
pub(super) fn rewritten(
    array: &Array,
    rewrite: &impl Rewrite,
    threads: usize,
) -> Result<Option<Array>, ArrowError> {
    let values = &Views::of(array)?;
    let kept = Kept::of(array);
    let mut built = ViewsBuilder { values, lead: kept.lead(), views: Vec::new(), buffers: Vec::new() };
    run(values, rewrite, threads, &mut built)?;
    Ok(built.changed().then(|| built.finish(array, kept)))
}

struct ViewsBuilder<'v, 'a> {
    values: &'v Views<'a>,
    lead: usize,
    /// Nothing, as long as nothing has changed. As numbers, for the sake of their alignment.
    views: Vec<u128>,
    /// The new ones, whose views count on from those of the input.
    buffers: Vec<Vec<u8>>,
}

impl ViewsBuilder<'_, '_> {
    fn changed(&self) -> bool {
        !self.views.is_empty()
    }

    fn begin(&mut self) {
        self.views.reserve_exact(self.lead + self.values.len());
        self.views.resize(self.lead, 0);
        let views = self.values.views.iter().enumerate();
        let validity = self.values.validity;
        self.views.extend(
            views.map(|(at, &view)| u128::from_ne_bytes(if validity.has(at) { view } else { [0; 16] })),
        );
    }

    fn push(&mut self, value: &[u8]) -> Result<u128, ArrowError> {
        let mut view: View = [0; 16];
        let length = u32::try_from(value.len()).ok().filter(|_| value.len() <= MOST);
        view[..4].copy_from_slice(&length.ok_or(ArrowError::TooLong(CUT_UP))?.to_ne_bytes());
        if value.len() <= INLINE {
            view[4..4 + value.len()].copy_from_slice(value);
            return Ok(u128::from_ne_bytes(view));
        }
        if self.buffers.last().is_none_or(|buffer| buffer.len() + value.len() > MOST) {
            self.buffers.push(Vec::new());
        }
        let index = self.values.buffers.len() + self.buffers.len() - 1;
        let buffer = self.buffers.last_mut().expect("there is one");
        view[4..8].copy_from_slice(&value[..4]);
        view[8..12].copy_from_slice(&(index as u32).to_ne_bytes());
        view[12..].copy_from_slice(&(buffer.len() as u32).to_ne_bytes());
        buffer.extend_from_slice(value);
        Ok(u128::from_ne_bytes(view))
    }

    fn finish(mut self, array: &Array, kept: Kept) -> Array {
        let mut buffers: Vec<Buffer> = Vec::new();
        let mut lengths: Vec<i64> = Vec::new();
        if self.shares() {
            buffers.extend(array.buffers[2..array.buffers.len() - 1].iter().map(|&buffer| (buffer, None)));
            lengths.extend(self.values.buffers.iter().map(|buffer| buffer.len() as i64));
        } else {
            self.forget();
        }
        lengths.extend(self.buffers.iter().map(|buffer| buffer.len() as i64));
        buffers.extend(self.buffers.into_iter().map(|buffer| owned(trimmed(buffer))));
        buffers.insert(0, owned(self.views));
        buffers.push(owned(lengths));
        kept.array(array, buffers)
    }

    /// Whether a value stands in a buffer of the input yet.
    fn shares(&self) -> bool {
        let old = self.values.buffers.len();
        self.views.iter().any(|&view| index(view).is_some_and(|index| index < old))
    }

    /// Counts the new buffers from zero on, which lets the input's go.
    fn forget(&mut self) {
        let old = self.values.buffers.len();
        for view in &mut self.views {
            if let Some(index) = index(*view) {
                let mut bytes = view.to_ne_bytes();
                bytes[8..12].copy_from_slice(&((index - old) as u32).to_ne_bytes());
                *view = u128::from_ne_bytes(bytes);
            }
        }
    }
}

/// The buffer in which the value of a view stands.
fn index(view: u128) -> Option<usize> {
    let bytes = view.to_ne_bytes();
    let number =
        |at: usize| u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize;
    (number(0) > INLINE).then(|| number(8))
}

impl Merge for ViewsBuilder<'_, '_> {
    fn merge(&mut self, piece: &Piece) -> Result<(), ArrowError> {
        if !self.changed() && !piece.changes.is_empty() {
            self.begin();
        }
        let mut taken = 0;
        for change in &piece.changes {
            let view = self.push(&piece.data[taken..change.end])?;
            self.views[self.lead + change.at] = view;
            taken = change.end;
        }
        Ok(())
    }
}

/// The buffers of views of these values, which share nothing.
pub(super) fn fresh(values: &[Option<&[u8]>]) -> Result<Vec<Buffer>, ArrowError> {
    let none = Views::default();
    let mut built = ViewsBuilder { values: &none, lead: 0, views: Vec::new(), buffers: Vec::new() };
    for value in values {
        let view = built.push(value.unwrap_or_default())?;
        built.views.push(view);
    }
    let lengths: Vec<i64> = built.buffers.iter().map(|buffer| buffer.len() as i64).collect();
    let mut buffers = vec![owned(built.views)];
    buffers.extend(built.buffers.into_iter().map(owned));
    buffers.push(owned(lengths));
    Ok(buffers)
}
