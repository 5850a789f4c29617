//! Dictionaries: the values are rewritten once, and the indices are shared.
//!
//! Where two values have become one (`Kharkov`, `Kharkiv`), one of them goes and the indices are made anew: a
//! categorical column, as pandas and polars know it, has no category twice.

use std::collections::HashMap;
use std::ffi::c_void;
use std::sync::Arc;

use super::array::{Array, broken};
use super::build::{self, Kept, owned};
use super::field::Text;
use super::values::{self, Validity, Values, slice};
use super::{ArrowError, Rewrite};

/// Dictionaries that were rewritten: chunks often share one. Arrays of which one is known must live as long as this.
#[derive(Default)]
pub struct Known(HashMap<(Vec<*const c_void>, usize, usize), Option<Renewed>>);

impl Known {
    /// Whether any of them changed.
    pub fn changed(&self) -> bool {
        self.0.values().any(Option::is_some)
    }
}

// SAFETY: the pointers are only compared.
unsafe impl Send for Known {}

#[derive(Clone)]
struct Renewed {
    dictionary: Arc<Array>,
    /// By old index the new one, if they differ.
    indices: Option<Arc<[usize]>>,
}

/// An array of indices whose dictionary is rewritten; the same array if no value changes.
pub(super) fn rewritten(
    index_width: usize,
    text: Text,
    array: &Arc<Array>,
    rewrite: &impl Rewrite,
    threads: usize,
    known: &mut Known,
) -> Result<Arc<Array>, ArrowError> {
    let dictionary = of(array)?;
    let key = (dictionary.buffers.clone(), dictionary.offset, dictionary.length);
    let renewed = match known.0.get(&key) {
        Some(renewed) => renewed.clone(),
        None => {
            let renewed = renewed(text, dictionary, rewrite, threads)?;
            known.0.insert(key, renewed.clone());
            renewed
        }
    };
    let Some(Renewed { dictionary, indices }) = renewed else { return Ok(array.clone()) };
    let mut new = match indices {
        Some(indices) => reindexed(index_width, array, &indices)?,
        None => Array { dictionary: None, ..array.shared() },
    };
    new.dictionary = Some(dictionary);
    Ok(Arc::new(new))
}

fn renewed(
    text: Text,
    dictionary: &Arc<Array>,
    rewrite: &impl Rewrite,
    threads: usize,
) -> Result<Option<Renewed>, ArrowError> {
    let new = build::rewritten(text, dictionary, rewrite, threads)?;
    if Arc::ptr_eq(&new, dictionary) {
        return Ok(None);
    }
    let merged = merged(&*values::of(text, &new)?, text)?;
    Ok(Some(match merged {
        Some((dictionary, indices)) => Renewed { dictionary: Arc::new(dictionary), indices: Some(indices) },
        None => Renewed { dictionary: new, indices: None },
    }))
}

/// Values, and by old index the new one.
type Merged = (Array, Arc<[usize]>);

/// The values without those that stand before already, and by old index the new one; none if all differ.
fn merged(values: &dyn Values, text: Text) -> Result<Option<Merged>, ArrowError> {
    let mut places = HashMap::with_capacity(values.len());
    let mut different = Vec::with_capacity(values.len());
    let mut indices = Vec::with_capacity(values.len());
    for at in 0..values.len() {
        let value = values.get(at)?;
        let index = *places.entry(value).or_insert(different.len());
        if index == different.len() {
            different.push(value);
        }
        indices.push(index);
    }
    if different.len() == values.len() {
        return Ok(None);
    }
    Ok(Some((build::from_values(text, &different)?, indices.into())))
}

/// The array with new indices by old ones.
fn reindexed(index_width: usize, array: &Array, indices: &[usize]) -> Result<Array, ArrowError> {
    let kept = Kept::of(array);
    let mut new: Vec<usize> = vec![0; kept.lead()];
    each(index_width, array, |index| {
        // an index beyond the dictionary is told by `each`
        new.push(index.and_then(|index| indices.get(index)).copied().unwrap_or(0));
        Ok(())
    })?;
    // no new index is greater than the old one, so it has room
    let buffer = match index_width {
        1 => owned(new.iter().map(|&index| index as u8).collect()),
        2 => owned(new.iter().map(|&index| index as u16).collect()),
        4 => owned(new.iter().map(|&index| index as u32).collect()),
        _ => owned(new.iter().map(|&index| index as u64).collect()),
    };
    Ok(kept.array(array, vec![buffer]))
}

/// The dictionary of an array.
pub(super) fn of(array: &Array) -> Result<&Arc<Array>, ArrowError> {
    array.dictionary.as_ref().ok_or_else(|| broken("an array without its dictionary"))
}

/// Calls `take` with each index of an array into its dictionary: none where there is none.
pub(super) fn each(
    index_width: usize,
    array: &Array,
    mut take: impl FnMut(Option<usize>) -> Result<(), ArrowError>,
) -> Result<(), ArrowError> {
    let &[_, indices] = &array.buffers[..] else { return Err(broken("not two buffers")) };
    if indices.is_null() && !array.is_empty() {
        return Err(broken("no indices"));
    }
    let length = of(array)?.length;
    // SAFETY: the second buffer holds an index for each value, those before the first included.
    let indices: &[u8] = unsafe { slice(indices, (array.offset + array.length) * index_width) };
    let validity = Validity::of(array);
    for (at, bytes) in indices.chunks_exact(index_width).skip(array.offset).enumerate() {
        if !validity.has(at) {
            take(None)?;
            continue;
        }
        let index = match *bytes {
            [one] => u64::from(one),
            [one, two] => u64::from(u16::from_ne_bytes([one, two])),
            [one, two, three, four] => u64::from(u32::from_ne_bytes([one, two, three, four])),
            _ => bytes.try_into().map_or(u64::MAX, u64::from_ne_bytes),
        };
        match usize::try_from(index) {
            Ok(index) if index < length => take(Some(index))?,
            _ => return Err(broken("an index beyond the dictionary")),
        }
    }
    Ok(())
}
