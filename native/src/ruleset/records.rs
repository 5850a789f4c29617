//! The rows of a ruleset as the engine reads them. The columns of a section are the fields of its record,
//! in order, as in `normalize/ruleset/records.py`; a row is a view that decodes a field when asked.

use crate::ruleset::container::{Container, Section};

/// The digest of the records' columns, as `normalize/ruleset/records.py` makes it of its own: rulesets of
/// another release may have other ones.
pub const SCHEMA: &str = "2a3cf0352c882d74";

/// One row of a section.
#[derive(Clone, Copy)]
pub struct Row<'c> {
    container: &'c Container,
    section: Section,
    row: usize,
}

impl<'c> Row<'c> {
    /// Row `row` of a section.
    #[inline]
    pub fn new(container: &'c Container, section: Section, row: usize) -> Row<'c> {
        Row { container, section, row }
    }

    #[inline]
    fn number(self, column: usize) -> u32 {
        self.container.cell(self.section, self.row, column)
    }

    #[inline]
    fn string(self, column: usize) -> &'c str {
        self.container.string(self.number(column))
    }

    #[inline]
    fn flag(self, column: usize) -> bool {
        self.number(column) != 0
    }

    #[inline]
    fn list(self, column: usize) -> impl ExactSizeIterator<Item = u32> + Clone + 'c {
        self.container.list(self.number(column))
    }

    #[inline]
    fn strings(self, column: usize) -> impl ExactSizeIterator<Item = &'c str> + Clone + 'c {
        self.container.strings(self.number(column))
    }
}

/// Declares a record: a name for a row whose fields are columns, and the number of columns it needs.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $kind:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'c>(pub Row<'c>);

        impl<'c> $name<'c> {
            record!(@fields 0; $($field $kind)*);
        }
    };
    (@fields $at:expr;) => {
        /// How many columns the record has.
        pub const COLUMNS: usize = $at;
    };
    (@fields $at:expr; $field:ident $kind:ident $($rest:tt)*) => {
        record!(@field $field $kind $at);
        record!(@fields $at + 1; $($rest)*);
    };
    (@field $field:ident text $at:expr) => {
        #[doc = concat!("The column `", stringify!($field), "`.")]
        #[inline]
        pub fn $field(self) -> &'c str { self.0.string($at) }
    };
    (@field $field:ident number $at:expr) => {
        #[doc = concat!("The column `", stringify!($field), "`.")]
        #[inline]
        pub fn $field(self) -> u32 { self.0.number($at) }
    };
    (@field $field:ident flag $at:expr) => {
        #[doc = concat!("The column `", stringify!($field), "`.")]
        #[inline]
        pub fn $field(self) -> bool { self.0.flag($at) }
    };
    (@field $field:ident texts $at:expr) => {
        #[doc = concat!("The column `", stringify!($field), "`.")]
        #[inline]
        pub fn $field(self) -> impl ExactSizeIterator<Item = &'c str> + Clone + 'c { self.0.strings($at) }
    };
    (@field $field:ident numbers $at:expr) => {
        #[doc = concat!("The column `", stringify!($field), "`.")]
        #[inline]
        pub fn $field(self) -> impl ExactSizeIterator<Item = u32> + Clone + 'c { self.0.list($at) }
    };
}

record! {
    /// `source`, an intruding letter, was meant as `target` (one letter, or a letter and its stress).
    Lookalike { source: text, target: text, tier: text, languages: texts }
}
record! {
    /// Letters and words by which a language is told; `presumed` ones need no telling letter. One that is a
    /// `spelling_of` another is told by its letters alone, and has the words of the other.
    Language {
        id: text, script: text, alphabet: text, exclusive: text, beats: texts, words: texts, clusters: texts,
        never_initial: texts, presumed: flag, spelling_of: text,
    }
}
record! {
    /// A word with one right spelling: a unit, an acronym, a brand.
    ListedWord { word: text, group: text, language: text }
}
record! {
    /// A word and its language.
    LanguageWord { word: text, language: text }
}
record! {
    /// A Cyrillic acronym or word, and its established Latin form.
    GlossaryEntry { source: text, target: text }
}
record! {
    /// A unit by its symbols in Latin and in Cyrillic letters, as many in each.
    Unit { latin: text, cyrillic: text }
}
record! {
    /// A named character reference of HTML, and its letter.
    Entity { name: text, letter: text }
}
record! {
    /// Letters before or between digits: in Russian, in Ukrainian, and their official Latin form.
    Designator { cyrillic: text, native_uk: text, latin: text, kind: text }
}
record! {
    /// One kind of zone, and what may still be said inside it (`skip` or `report`).
    ZoneRule { id: text, pattern: text, close: text, needs: text, effect: text }
}
record! {
    /// A sign that foreign letters are meant: a `label`, a `pair` of marks, or a `joiner`.
    GlossSign { role: text, first: text, second: text }
}
record! {
    /// A word or sign that tells how a text speaks.
    Signal { signal: text, text: text }
}
record! {
    /// A row of a decision table: if all of `when` holds, this is decided.
    Verdict { id: text, when: texts, verdict: text, repair: text, applicability: text, message: text }
}
record! {
    /// One place: `name` is canonical under the ruleset's profile, `uk` and `ru` are native names. A place
    /// abroad has its own language too, and its name in that; latitude and longitude are read by
    /// `degrees_of`. Latin spellings of one that is kept are left as they are.
    PlaceEntry {
        id: text, kind: text, country: text, name: text, uk: text, ru: text, ids: texts, prominence: number,
        part_of: text, language: text, native: text, latitude: number, longitude: number, is_kept: flag,
    }
}
record! {
    /// What a phrase of the place lexicon stands for, and the words that replace it.
    NameEntry { place: number, kind: number, words: texts, separators: numbers, keep: number, until: text }
}
record! {
    /// How far a name may be believed; `place` is a row of `places` plus one, 0 for any place.
    Judgement {
        key: text, place: number, behaviour: text, cues: texts, counter_cues: texts, note: text,
    }
}
record! {
    /// What a phrase of the cue lexicon means; with `capitals` it counts only when written so.
    CueGroup { group: text, capitals: flag }
}
record! {
    /// Words directly before and after a name, and what they say of it.
    Frame { id: text, before: texts, after: texts, effect: text }
}
record! {
    /// A word that tells the kind of a name.
    Designation { word: text, kind: text, language: text, role: text }
}
record! {
    /// The facts of a transliteration scheme; its rules are rows of `scheme.rules`.
    SchemeHead {
        id: text, language: text, title: text, authority: text, year: number, url: text, reversible: text,
        lossy: texts, apostrophe: text, stress: text, dotted: flag, typed: texts,
    }
}
record! {
    /// One rule of a scheme: `scheme` is a row of `schemes`, `backward` tells the direction.
    SchemeRule {
        scheme: number, backward: flag, whole: flag, source: text, target: text, left: texts, right: texts,
        left_edge: flag, right_edge: flag,
    }
}
