//! A ruleset opened for the engine. Small sections are read by whoever needs them; large ones row by row.

use std::collections::HashMap;
use std::path::Path;

use crate::errors::RulesetError;
use crate::ruleset::container::{Container, Section};
use crate::ruleset::lexicon::Lexicon;
use crate::ruleset::records::{Judgement, NameEntry, PlaceEntry, Row, SCHEMA};
use crate::text::{Class, Classes, Folder};

/// The names of the ways to write a name, by their numbers, the most regular first.
pub const NAME_KINDS: [&str; 8] =
    ["canonical", "native", "conventional", "translit", "russian-derived", "misspelling", "exonym", "former"];
/// Steps of a degree in which columns hold positions, and the number of 0 degrees (`normalize/ruleset/kinds.py`).
const DEGREE: f64 = 100_000.0;
const ZERO: f64 = 180.0 * DEGREE + 1.0;

/// The degrees that a column holds.
#[must_use]
pub fn degrees_of(number: u32) -> Option<f64> {
    (number != 0).then(|| (f64::from(number) - ZERO) / DEGREE)
}

/// The prominence from which on a place's name is found in small letters too (`normalize/ruleset/kinds.py`).
pub const FOUND_SMALL: u32 = 40;
/// Up to which code point `Ruleset::quiet` reaches: marks of punctuation, mostly.
const QUIET: u32 = 0x3000;
/// What stands between two words of a name, by number.
pub const SEPARATORS: [&str; 2] = [" ", "-"];

/// Tables and a profile, compiled. Immutable and named by the container's sha256.
pub struct Ruleset {
    /// The bytes.
    pub container: Container,
    /// The class of every character.
    pub classes: Classes,
    /// A bit for each of the first characters: it neither tells of another script nor belongs to a word.
    pub quiet: Vec<u64>,
    /// Case, composition and comparison keys.
    pub folder: Folder,
    /// Facts about the ruleset and its profile.
    pub meta: HashMap<String, String>,
    /// Names of places.
    pub place_lexicon: Lexicon,
    /// Cue phrases.
    pub cue_lexicon: Lexicon,
    /// Frozen phrases.
    pub frozen_lexicon: Lexicon,
    judged: Lexicon,
    judgements: Section,
    places: Section,
    names: Section,
}

impl Ruleset {
    /// Map a ruleset file.
    pub fn open(path: &Path) -> Result<Ruleset, RulesetError> {
        Ruleset::new(Container::open(path)?)
    }

    /// A ruleset from an opened container.
    pub fn new(container: Container) -> Result<Ruleset, RulesetError> {
        let meta: HashMap<String, String> = rows(&container, "meta")?
            .map(|row| (container.string(row[0]).to_owned(), container.string(row[1]).to_owned()))
            .collect();
        if meta.get("schema").is_none_or(|schema| schema != SCHEMA) {
            let wrong = format!("{}: was built by another release; build it again", container.origin);
            return Err(RulesetError(wrong));
        }
        let classes = Classes::new(rows(&container, "characters")?.filter_map(|row| {
            let class = Class::from_number(row[2])?;
            Some((row[0], row[1], class))
        }));
        let folder = Folder::new(case_pairs(&container)?, compositions(&container)?, &classes);
        let place_lexicon = Lexicon::open(&container, "places")?;
        Ok(Ruleset {
            quiet: quiet(&classes),
            classes,
            folder,
            meta,
            place_lexicon,
            cue_lexicon: Lexicon::open(&container, "cues")?,
            frozen_lexicon: Lexicon::open(&container, "frozen")?,
            judged: Lexicon::open(&container, "judged")?,
            judgements: container.section("judgements")?,
            places: container.section("places")?,
            names: container.section("names")?,
            container,
        })
    }

    /// The rows of a small section, as records: `ruleset.records("zones", ZoneRule)`.
    pub fn records<'r, R: 'r>(
        &'r self,
        section: &str,
        record: fn(Row<'r>) -> R,
    ) -> Result<impl ExactSizeIterator<Item = R> + 'r, RulesetError> {
        let section = self.container.section(section)?;
        Ok((0..section.rows()).map(move |row| record(Row::new(&self.container, section, row))))
    }

    /// A value of the head, split at spaces; empty if there is none.
    pub fn words_of(&self, key: &str) -> impl Iterator<Item = &str> {
        self.meta.get(key).map_or("", String::as_str).split_whitespace()
    }

    /// Pairs of the head whose keys begin with `prefix`, in the order of the file.
    pub fn meta_with(&self, prefix: &str) -> Vec<(&str, &str)> {
        let Ok(all) = rows(&self.container, "meta") else { return Vec::new() };
        all.filter_map(|row| {
            let key = self.container.string(row[0]).strip_prefix(prefix)?;
            Some((key, self.container.string(row[1])))
        })
        .collect()
    }

    /// A row of `places`.
    #[inline]
    pub fn place(&self, row: u32) -> PlaceEntry<'_> {
        PlaceEntry(Row::new(&self.container, self.places, row as usize))
    }

    /// How many places there are.
    pub fn place_count(&self) -> usize {
        self.places.rows()
    }

    /// A row of `names`.
    #[inline]
    pub fn name(&self, row: u32) -> NameEntry<'_> {
        NameEntry(Row::new(&self.container, self.names, row as usize))
    }

    /// The judgements on a name by its comparison key, or on all names of a place by `* ID`.
    pub fn judgements(&self, key: &str) -> impl Iterator<Item = Judgement<'_>> {
        let judgement = |row| Judgement(Row::new(&self.container, self.judgements, row as usize));
        self.judged.whole(&self.container, key).map(judgement)
    }

    /// (capital, small letter) pairs.
    pub fn case_pairs(&self) -> Result<impl Iterator<Item = (char, char)> + '_, RulesetError> {
        case_pairs(&self.container)
    }

    /// (letter, mark, composed letter) triples.
    pub fn compositions(&self) -> Result<impl Iterator<Item = (char, char, char)> + '_, RulesetError> {
        Ok(compositions(&self.container)?.filter_map(|(base, mark, one)| Some((base, mark?, one))))
    }
}

fn quiet(classes: &Classes) -> Vec<u64> {
    let is_quiet = |code: u32| {
        let class = classes.of_code(code);
        !class.is_telling() && !class.is_letter() && class != Class::Digit
    };
    (0..QUIET / 64)
        .map(|block| (0..64).fold(0, |bits, bit| bits | u64::from(is_quiet(64 * block + bit)) << bit))
        .collect()
}

/// The rows of a section as numbers.
fn rows<'c>(
    container: &'c Container,
    name: &str,
) -> Result<impl Iterator<Item = [u32; 3]> + 'c, RulesetError> {
    let section = container.section(name)?;
    let columns = section.columns().min(3);
    Ok((0..section.rows()).map(move |row| {
        let mut cells = [0; 3];
        for (column, cell) in cells.iter_mut().enumerate().take(columns) {
            *cell = container.cell(section, row, column);
        }
        cells
    }))
}

fn case_pairs(container: &Container) -> Result<impl Iterator<Item = (char, char)> + '_, RulesetError> {
    Ok(rows(container, "case")?.filter_map(|row| Some((char::from_u32(row[0])?, char::from_u32(row[1])?))))
}

/// (base, mark, composed); without a mark, base is a double of composed.
type Composition = (char, Option<char>, char);

fn compositions(container: &Container) -> Result<impl Iterator<Item = Composition> + '_, RulesetError> {
    Ok(rows(container, "compositions")?.filter_map(|row| {
        let mark = if row[1] == 0 { None } else { Some(char::from_u32(row[1])?) };
        Some((char::from_u32(row[0])?, mark, char::from_u32(row[2])?))
    }))
}
