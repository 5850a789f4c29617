//! What is found in the values of an array, and in which: most hold nothing, and cost nothing more.

use std::sync::{Mutex, PoisonError};

use super::array::Array;
use super::pieces::{self, Merge, Piece};
use super::values::{self, Offsets, Views};
use super::{ArrowError, Field, Rewrite, Text, Type, decoded};
use crate::engine::findings::Finding;
use crate::normalizer::Normalizer;
use crate::skim::{Skim, Utf8};

/// A value in which something is found.
pub struct Row {
    /// Which one, counted from 0.
    pub at: usize,
    /// Its text.
    pub text: String,
    /// In bytes of the text: sorted, disjoint, never empty.
    pub findings: Vec<Finding>,
}

/// All values of `array`, of the type that `field` tells, in which `normalizer` finds something, in their
/// order; looked for on at most `threads` threads. Dictionaries are refused: their values stand in no order.
pub fn found(
    field: &Field,
    array: &Array,
    normalizer: &Normalizer,
    threads: usize,
) -> Result<Vec<Row>, ArrowError> {
    let Type::Text(text) = field.data_type()? else {
        let kind = field.type_name();
        return Err(ArrowError::Type(format!(
            "expected an Arrow array of plain strings, not {kind}; cast it"
        )));
    };
    if array.is_empty() {
        return Ok(Vec::new());
    }
    let find = Find { normalizer, found: Mutex::default() };
    let mut numbers = Numbers(Vec::new());
    match text {
        Text::Small => pieces::run(&Offsets::<i32>::of(array)?, &find, threads, &mut numbers)?,
        Text::Large => pieces::run(&Offsets::<i64>::of(array)?, &find, threads, &mut numbers)?,
        Text::View => pieces::run(&Views::of(array)?, &find, threads, &mut numbers)?,
    }
    let mut all = find.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let values = values::of(text, array)?;
    let rows = numbers.0.into_iter().map(|(at, number)| {
        let text = decoded(&*values, at)?.unwrap_or_default().to_owned();
        Ok(Row { at, text, findings: std::mem::take(&mut all[number]) })
    });
    rows.collect()
}

/// Puts findings aside, and their number into the place of the new text.
struct Find<'n> {
    normalizer: &'n Normalizer,
    found: Mutex<Vec<Vec<Finding>>>,
}

impl Rewrite for Find<'_> {
    fn rewrite(&self, value: &str, out: &mut Vec<u8>) -> bool {
        let findings = self.normalizer.find(value);
        if findings.is_empty() {
            return false;
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        out.extend_from_slice(&found.len().to_ne_bytes());
        found.push(findings);
        true
    }

    /// As for rewriting: a line feed ends every word.
    fn next_change(&self, joined: &str, from: usize) -> Option<usize> {
        Skim::for_findings(&self.normalizer.engine.ruleset).next_concern(&Utf8(joined), from)
    }
}

/// By value the number of its findings.
struct Numbers(Vec<(usize, usize)>);

impl Merge for Numbers {
    fn merge(&mut self, piece: &Piece) -> Result<(), ArrowError> {
        let numbers = piece.data.as_chunks().0.iter().map(|&bytes| usize::from_ne_bytes(bytes));
        self.0.extend(piece.changes.iter().map(|change| change.at).zip(numbers));
        Ok(())
    }
}
