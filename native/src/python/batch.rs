//! Lists of texts. Those of one width are joined by line feeds and worked on together, as one text is.
//!
//! A line feed ends every word, so what the first look passes over in all texts, it does in each; and words are
//! transliterated each by itself.

use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::strings::{Source, detached, length};
use super::{Changes, changes, changes_in, make};
use crate::normalizer::{Fixes, Normalizer};
use crate::scheme::{Output, Transliterator, Units};
use crate::skim::{self, Skim};
use crate::text::joined::{Joined, Place};
use crate::text::wide::Unit;

/// Texts are worked on in parts of about so many units and at most so many texts: what a part reads and writes
/// stays in the processor's caches.
const PART: usize = 1 << 16;
const MANY: usize = 1 << 10;
/// Longer texts are not joined.
const LONG: usize = 1 << 13;

/// The texts of an iterable with safe fixes applied.
pub fn normalized<'py>(texts: &Bound<'py, PyAny>, normalizer: &Normalizer) -> PyResult<Bound<'py, PyList>> {
    let mut parts = Parts::default();
    in_parts(texts, |part| parts.normalize(part, normalizer))
}

/// The texts of an iterable in the other script.
pub fn transliterated<'py>(
    texts: &Bound<'py, PyAny>,
    transliterator: &Transliterator,
) -> PyResult<Bound<'py, PyList>> {
    let mut parts = Parts::default();
    in_parts(texts, |part| parts.transliterate(part, transliterator))
}

/// A text that changed: its place in the part, and what it is now.
type New<'py> = (usize, Bound<'py, PyAny>);

/// Goes through an iterable part by part, so that memory holds the input, the output and little beside.
fn in_parts<'py>(
    texts: &Bound<'py, PyAny>,
    mut work: impl FnMut(&[Bound<'py, PyAny>]) -> PyResult<Vec<New<'py>>>,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(texts.py());
    let mut part = Vec::with_capacity(MANY);
    let mut flush = |part: &mut Vec<Bound<'py, PyAny>>| {
        for (at, text) in work(part)? {
            part[at] = text;
        }
        part.drain(..).try_for_each(|text| list.append(text))
    };
    let mut units = 0;
    let mut take = |text: Bound<'py, PyAny>| {
        units += length(&text);
        part.push(text);
        if units >= PART || part.len() == MANY {
            flush(&mut part)?;
            units = 0;
        }
        PyResult::Ok(())
    };
    match texts.cast::<PyList>() {
        Ok(texts) => texts.iter().try_for_each(&mut take)?,
        Err(_) => texts.try_iter()?.try_for_each(|text| take(text?))?,
    }
    flush(&mut part)?;
    Ok(list)
}

/// Room to work in, used again from part to part.
#[derive(Default)]
struct Parts {
    one: Joined<u8>,
    two: Joined<u16>,
    /// What became of `one` and `two`.
    outputs: [Output; 2],
}

impl Parts {
    fn normalize<'py>(
        &mut self,
        part: &[Bound<'py, PyAny>],
        normalizer: &Normalizer,
    ) -> PyResult<Vec<New<'py>>> {
        let Some(py) = part.first().map(Bound::py) else { return Ok(Vec::new()) };
        let sources = part.iter().map(Source::of).collect::<PyResult<Vec<_>>>()?;
        let changed = detached(py, sources.iter().map(Source::len).sum(), || {
            let mut changed: Vec<(usize, Changes)> = Vec::new();
            for at in self.join(&sources) {
                changed.extend(changes(normalizer, &sources[at], Fixes::Safe).map(|changes| (at, changes)));
            }
            let mut look_into = |at: usize| {
                let source = &sources[at];
                let changes = changes_in(normalizer, source, &source.text(), Fixes::Safe);
                changed.extend(changes.map(|changes| (at, changes)));
            };
            each_concern(normalizer, &skim::Latin1(&self.one.units), &self.one.places, &mut look_into);
            each_concern(normalizer, &skim::Ucs2(&self.two.units), &self.two.places, &mut look_into);
            changed
        });
        let edited = |(at, changes): (usize, Changes)| {
            Ok((at, sources[at].edited(py, &changes.edits, changes.is_odd)?))
        };
        changed.into_iter().map(edited).collect()
    }

    fn transliterate<'py>(
        &mut self,
        part: &[Bound<'py, PyAny>],
        transliterator: &Transliterator,
    ) -> PyResult<Vec<New<'py>>> {
        let Some(py) = part.first().map(Bound::py) else { return Ok(Vec::new()) };
        let sources = part.iter().map(Source::of).collect::<PyResult<Vec<_>>>()?;
        let (alone, changed) = detached(py, sources.iter().map(Source::len).sum(), || {
            let alone = self.join(&sources);
            let [one, two] = &mut self.outputs;
            let (mut of_one, mut of_two) = (Vec::new(), Vec::new());
            let is_done = transliterator.ends_words(b'\n')
                && (!transliterator.transliterate_latin1(&self.one.units, one)
                    || split(&self.one, one.units(), &mut of_one))
                && (!transliterator.transliterate_ucs2(&self.two.units, two)
                    || split(&self.two, two.units(), &mut of_two));
            if is_done {
                (alone, [of_one, of_two])
            } else {
                ((0..sources.len()).collect(), Default::default())
            }
        });
        let mut new = Vec::with_capacity(part.len());
        for (output, changed) in self.outputs.iter().zip(changed) {
            for (at, range) in changed {
                new.push((at, make::of_units(py, output.units().part(range))?));
            }
        }
        for at in alone {
            new.extend(sources[at].transliterated(py, transliterator)?.map(|text| (at, text)));
        }
        Ok(new)
    }

    /// Joins the texts that can be; the others are told.
    fn join(&mut self, sources: &[Source<'_>]) -> Vec<usize> {
        self.one.clear();
        self.two.clear();
        let mut alone = Vec::new();
        for (at, source) in sources.iter().enumerate() {
            match source {
                _ if source.len() >= LONG => alone.push(at),
                #[cfg(not(feature = "abi3"))]
                Source::One(units) => self.one.push(at, units),
                #[cfg(not(feature = "abi3"))]
                Source::Two(units) => self.two.push(at, units),
                _ => alone.push(at),
            }
        }
        alone
    }
}

/// Tells of each of the joined texts in which something may be found.
fn each_concern(
    normalizer: &Normalizer,
    source: &impl skim::Source,
    places: &[Place],
    mut look_into: impl FnMut(usize),
) {
    let look = Skim::for_findings(&normalizer.engine.ruleset);
    let (mut places, mut from) = (places.iter(), 0);
    while let Some(found) = look.next_concern(source, from)
        && let Some(place) = places.find(|place| place.end > found)
    {
        look_into(place.text);
        from = place.end;
    }
}

/// `Joined::split`, whatever the width.
fn split<U: Unit>(joined: &Joined<U>, made: Units<'_>, changed: &mut Vec<(usize, Range<usize>)>) -> bool {
    match made {
        Units::One(made) => joined.split(made, changed),
        Units::Two(made) => joined.split(made, changed),
        Units::Four(made) => joined.split(made, changed),
    }
}
