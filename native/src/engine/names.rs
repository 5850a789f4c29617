//! What a phrase can mean: its readings, each a place with the way it is written and its replacement.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::engine::phrases::Phrase;
use crate::engine::segment::Atom;
use crate::ruleset::Ruleset;
use crate::ruleset::reader::SEPARATORS;
use crate::ruleset::records::NameEntry;
use crate::text::properties::is_space;
use crate::text::{Class, Shape};

/// The number of the most regular way to write a name.
pub const CANONICAL: u32 = 0;
/// The number of a native name.
pub const NATIVE: u32 = 1;

/// One reading of a phrase.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// The row of the place.
    pub place: u32,
    /// The row of the name.
    pub name: u32,
    /// The number of the way in which it is written.
    pub kind: u32,
    /// How prominent the place is.
    pub prominence: u32,
    /// What would stand for the phrase.
    pub replacement: Cow<'a, str>,
}

/// The readings of one phrase.
pub type Readings<'a> = SmallVec<[Reading<'a>; 2]>;

/// The readings of a phrase: the most regular way of writing first, then the most prominent place.
pub fn readings<'a>(ruleset: &'a Ruleset, text: &'a str, atoms: &[Atom], phrase: &Phrase) -> Readings<'a> {
    let mut found: Readings<'a> = SmallVec::new();
    for &(payload, word_kind) in &phrase.hits {
        let name = ruleset.name(payload);
        found.push(Reading {
            place: name.place(),
            name: payload,
            kind: word_kind.max(name.kind()),
            prominence: ruleset.place(name.place()).prominence(),
            replacement: replacement(ruleset, text, atoms, phrase, name),
        });
    }
    if found.len() > 1 {
        found.sort_by_key(|one| (one.kind, std::cmp::Reverse(one.prominence), one.place));
        keep_first_of_each(&mut found);
    }
    found
}

/// Of readings with the same place and replacement only the first.
fn keep_first_of_each(found: &mut Readings<'_>) {
    if found.len() > 16 {
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|one| seen.insert((one.place, one.replacement.clone())));
        return;
    }
    let mut kept = 0;
    for at in 0..found.len() {
        let one = &found[at];
        let is_same = |other: &Reading| other.place == one.place && other.replacement == one.replacement;
        if !found[..kept].iter().any(is_same) {
            found.swap(kept, at);
            kept += 1;
        }
    }
    found.truncate(kept);
}

/// The canonical name in the shape of the phrase: its case by word, its spaces and line breaks.
fn replacement<'a>(
    ruleset: &'a Ruleset,
    text: &'a str,
    atoms: &[Atom],
    phrase: &Phrase,
    name: NameEntry<'a>,
) -> Cow<'a, str> {
    let folder = &ruleset.folder;
    let is_latin = |part: &Atom| {
        text[part.start..].chars().next().is_some_and(|char| ruleset.classes.of(char) == Class::Latin)
    };
    // a part that the name keeps as it is written
    let kept = |index: usize, part: &Atom| {
        let keeps = index < 32 && name.keep() >> index & 1 == 1 && is_latin(part);
        keeps.then(|| &text[part.start..part.end.min(phrase.end)])
    };
    let words = name.words();
    if let ([index], 1, Some(word)) = (&phrase.parts[..], words.len(), words.clone().next()) {
        let part = &atoms[*index as usize];
        return match (kept(0, part), shape(ruleset, part.reading(text))) {
            (Some(written), _) => Cow::Borrowed(written),
            (None, shape @ (Shape::Upper | Shape::Lower)) => Cow::Owned(folder.reshape(word, shape)),
            _ => Cow::Borrowed(word),
        };
    }
    let shapes: SmallVec<[Shape; 4]> =
        phrase.atoms(atoms).map(|part| shape(ruleset, part.reading(text))).collect();
    let is_uniform = shapes.iter().all(|&shape| shape == shapes[0]);
    let whole = if is_uniform && shapes[0] != Shape::Title { shapes[0] } else { Shape::Mixed };
    let mut separators = name.separators().map(|number| SEPARATORS[(number as usize).min(1)]);
    if shapes.len() != words.len() {
        let joined: String = words.flat_map(|word| [word, separators.next().unwrap_or("")]).collect();
        return Cow::Owned(folder.reshape(&joined, whole));
    }
    let is_space = |text: &str| !text.is_empty() && text.chars().all(is_space);
    let mut joined = String::with_capacity(phrase.end.saturating_sub(phrase.start) + 8);
    let mut end = None;
    for (index, (part, word)) in phrase.atoms(atoms).zip(words).enumerate() {
        if let Some(end) = end {
            let (written, wanted) = (&text[end..part.start], separators.next().unwrap_or(""));
            joined.push_str(if is_space(written) == is_space(wanted) { written } else { wanted });
        }
        end = Some(part.end);
        match kept(index, part) {
            Some(written) => joined.push_str(written),
            None if shapes[index] == Shape::Upper || whole == Shape::Lower => {
                joined.push_str(&folder.reshape(word, shapes[index]));
            }
            None => joined.push_str(word),
        }
    }
    Cow::Owned(joined)
}

/// The shape of a word: of one of ASCII letters by its bytes.
#[inline]
fn shape(ruleset: &Ruleset, word: &str) -> Shape {
    let bytes = word.as_bytes();
    let is_plain = ruleset.folder.has_plain_ascii() && ruleset.classes.has_plain_ascii();
    if !is_plain || !bytes.iter().all(u8::is_ascii_alphabetic) {
        return ruleset.folder.shape(word);
    }
    let capitals = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    match capitals {
        0 => Shape::Lower,
        _ if capitals == bytes.len() && capitals > 1 => Shape::Upper,
        1 if bytes[0].is_ascii_uppercase() => Shape::Title,
        _ => Shape::Mixed,
    }
}
