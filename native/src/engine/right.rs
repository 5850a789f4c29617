//! Paragraphs in which all names are written right: nothing is to be said of them, so they are not read.
//!
//! Most names in edited text are right already, and reading a paragraph takes some ten times as long as looking
//! at each of its names. What a right name tells of others is asked for only where others have to be decided.

use std::mem;
use std::ops::Range;

use crate::engine::Engine;
use crate::engine::document::paragraph_at;
use crate::engine::findings::Finding;
use crate::engine::phrases::Scratch;
use crate::engine::segment::{Atom, atoms};
use crate::engine::zones::ZoneSpan;
use crate::skim::{Skim, Utf8};
use crate::text::Class;

/// Bytes that are split to tell whether a name is written right.
const WINDOW: usize = 96;
/// At most one paragraph of so many is read without the others at first: it may have to be read again.
const FEW: usize = 2;
/// After so many wrong names more than right ones, names are not looked at any more: most are wrong here.
const PATIENCE: i32 = 4;

/// What the look at a name tells.
enum Told {
    /// It needs a thought.
    Nothing,
    /// No name begins with the word, which ends here, or it is a right one of one word.
    Word(usize),
    /// It is written right, in several words; it ends here.
    Words(usize),
}

/// What is looked for in, made once for each document.
struct Room<'t> {
    scratch: Scratch<'t>,
    atoms: Vec<Atom>,
    zones: Vec<ZoneSpan>,
    /// Whether a right name was found.
    has_right: bool,
    /// Whether zones may span paragraphs.
    is_crossed: Option<bool>,
}

/// The paragraph that is looked at.
struct Paragraph {
    span: Range<usize>,
    /// Where the next one begins.
    next: usize,
    /// Whether it has right names of several words.
    in_doubt: bool,
}

/// Paragraphs that were left out, for nothing can be said of them.
#[derive(Default)]
pub(super) struct Left {
    /// Cyrillic prose.
    pub prose: Vec<Range<usize>>,
    /// Whether there are some in which all names are written right.
    pub has_settled: bool,
}

impl Left {
    fn is_nothing(&self) -> bool {
        self.prose.is_empty() && !self.has_settled
    }
}

impl Engine {
    /// All findings of a document.
    ///
    /// Paragraphs are left out at first in which all names are written right, and prose of which nothing can be
    /// said. They are read with the rest only where they may tell what other names mean.
    pub(super) fn findings_of(&self, text: &str) -> Vec<Finding> {
        let (doubtful, has_right) = self.doubtful(text);
        let (prose, loud): (Vec<_>, Vec<_>) =
            doubtful.iter().cloned().partition(|span| self.is_prose(&text[span.clone()]));
        if loud.is_empty() {
            return Vec::new();
        }
        let all = if has_right { self.concerns(text, &doubtful) } else { doubtful };
        let left = Left { has_settled: loud.len() + prose.len() < all.len(), prose };
        if !left.is_nothing() && loud.len() * FEW <= all.len() {
            let part = self.analysis_of(text, loud, left);
            if !part.is_missed.get() {
                let found = self.findings(&part);
                if !part.is_missed.get() {
                    return found;
                }
            }
        }
        self.findings(&self.analysis_of(text, all, Left::default()))
    }

    /// The paragraphs in which a name may begin, a foreign letter or an invisible character stand; of some that is
    /// `known`.
    pub(super) fn concerns(&self, text: &str, known: &[Range<usize>]) -> Vec<Range<usize>> {
        let skim = Skim::new(&self.ruleset);
        let mut found = Vec::new();
        let (mut start, end) = (0, text.len()..text.len());
        for known in known.iter().chain([&end]) {
            let (source, mut from) = (Utf8(&text[..known.start]), start);
            while let Some(at) = skim.next_concern(&source, from) {
                let (paragraph, next) = paragraph_at(text, start, at);
                found.push(paragraph);
                (start, from) = (next, next);
            }
            if !known.is_empty() {
                found.push(known.clone());
            }
            start = known.end;
        }
        found
    }

    /// The paragraphs of which something may have to be said: those in which a foreign letter or an invisible
    /// character stands, or a name begins that is not written right; and whether others may have right names.
    fn doubtful(&self, text: &str) -> (Vec<Range<usize>>, bool) {
        let (skim, source) = (Skim::for_findings(&self.ruleset), Utf8(text));
        let mut room = Room {
            scratch: Scratch::new(text),
            atoms: Vec::new(),
            zones: Vec::new(),
            has_right: false,
            is_crossed: None,
        };
        let mut found = Vec::new();
        let (mut from, mut patience) = (0, PATIENCE);
        let mut here = Paragraph { span: 0..0, next: 0, in_doubt: false };
        while let Some(at) = skim.next_concern(&source, from) {
            if at >= here.next {
                let (span, next) = paragraph_at(text, here.next, at);
                let before = mem::replace(&mut here, Paragraph { span, next, in_doubt: false });
                found.extend(self.left(text, before, &mut room));
            }
            let told =
                if patience > 0 { self.look_at(text, at, here.span.end, &mut room) } else { Told::Nothing };
            patience += if matches!(told, Told::Nothing) { -1 } else { i32::from(patience < PATIENCE) };
            match told {
                Told::Nothing => {
                    found.push(here.span.clone());
                    (from, here.in_doubt) = (here.next, false);
                }
                Told::Word(end) => from = end,
                Told::Words(end) => (from, here.in_doubt) = (end, true),
            }
        }
        found.extend(self.left(text, here, &mut room));
        (found, room.has_right || skim.has_settled())
    }

    /// The paragraph that was looked at, if a zone may cut a right name of it, so that others begin there.
    fn left(&self, text: &str, paragraph: Paragraph, room: &mut Room<'_>) -> Option<Range<usize>> {
        let Paragraph { span, in_doubt, .. } = paragraph;
        (in_doubt && self.has_zones(text, span.clone(), room)).then_some(span)
    }

    /// What begins at byte `at` of a paragraph that ends at `end`.
    fn look_at(&self, text: &str, at: usize, end: usize, room: &mut Room<'_>) -> Told {
        let classes = &self.ruleset.classes;
        let is_apart = text[..at].chars().next_back().is_none_or(|before| {
            !matches!(classes.of(before), Class::Apostrophe | Class::Invisible | Class::Bidi | Class::Mark)
                && !classes.is_letter(before)
                && classes.of(before) != Class::Digit
        });
        if !is_apart || !text.as_bytes()[at].is_ascii_alphanumeric() {
            return Told::Nothing;
        }
        let mut cut = end.min(at + WINDOW);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        room.atoms.clear();
        let seen = atoms(&self.ruleset, text, at..cut, &mut room.atoms);
        if seen.telling {
            return Told::Nothing;
        }
        let (phrase, reach) = self.toponyms.first(&self.ruleset, &mut room.scratch, &room.atoms);
        if cut < end && reach + 2 >= room.atoms.len() {
            return Told::Nothing; // what was seen may not be all of it
        }
        let Some(phrase) = phrase else { return Told::Word(room.atoms[0].end) };
        let written = &text[phrase.start..phrase.end];
        let is_plain = written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -\n".contains(&byte));
        if !is_plain || !self.toponyms.is_right(&self.ruleset, text, &room.atoms, &phrase) {
            return Told::Nothing;
        }
        room.has_right = true;
        let end = room.atoms[phrase.last()].end;
        if phrase.parts.len() == 1 { Told::Word(end) } else { Told::Words(end) }
    }

    fn has_zones(&self, text: &str, paragraph: Range<usize>, room: &mut Room<'_>) -> bool {
        room.zones.clear();
        self.zones.within(text, paragraph.clone(), &mut room.zones);
        !room.zones.is_empty() || *room.is_crossed.get_or_insert_with(|| self.zones.may_be_across(text))
    }
}
