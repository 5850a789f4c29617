//! A word where it stands: its paragraph, its neighbours, its line.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use memchr::{memchr, memrchr};
use rustc_hash::FxHashMap;

use crate::engine::languages::LanguageId;
use crate::engine::segment::{Atom, PartScript};
use crate::text::{Classes, Script};

/// The line that was asked of last, for all paragraphs of a document.
#[derive(Default)]
pub struct Lines {
    line: Cell<(usize, usize)>,
    pub(super) is_informal: Cell<Option<bool>>,
    /// Latin letters that end a clause somewhere in the document, alone.
    variables: OnceCell<Vec<char>>,
}

/// A paragraph in which words are judged.
pub struct Scene<'a> {
    /// The document.
    pub text: &'a str,
    /// The atoms of the paragraph.
    pub atoms: &'a [Atom],
    /// The script of the paragraph.
    pub running: PartScript,
    /// The languages that it may be in.
    pub languages: &'a dyn Fn() -> Vec<LanguageId>,
    /// The script of most letters of the document.
    pub document: &'a dyn Fn() -> Option<Script>,
    pub(super) lines: &'a Lines,
    pub(super) labels: OnceCell<FirstTwo>,
    pub(super) lone_letters: OnceCell<LoneLetters>,
}

impl<'a> Scene<'a> {
    /// A paragraph; `lines` serves all paragraphs of the document.
    pub fn new(
        text: &'a str,
        atoms: &'a [Atom],
        running: PartScript,
        languages: &'a dyn Fn() -> Vec<LanguageId>,
        document: &'a dyn Fn() -> Option<Script>,
        lines: &'a Lines,
    ) -> Scene<'a> {
        let (labels, lone_letters) = (OnceCell::new(), OnceCell::new());
        Scene { text, atoms, running, languages, document, lines, labels, lone_letters }
    }

    /// Latin letters that end a clause somewhere in the document, alone: no word of one letter does that.
    pub fn variables(&self, classes: &Classes) -> &[char] {
        self.lines.variables.get_or_init(|| variables(classes, self.text))
    }
}

/// Latin letters after a letter and a space, before a sign that ends a clause, each once.
fn variables(classes: &Classes, text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for (end, _) in text.match_indices([',', ';', '.', ')']) {
        let mut before = text[..end].chars().rev();
        if let (Some(letter), Some(' ' | '\n'), Some(last)) = (before.next(), before.next(), before.next())
            && classes.script(letter) == Some(Script::Latin)
            && classes.is_letter(last)
            && !found.contains(&letter)
        {
            found.push(letter);
        }
    }
    found
}

/// The first two of some atoms: enough to tell whether there is one beside a given one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FirstTwo([Option<usize>; 2]);

impl FirstTwo {
    pub(super) fn add(&mut self, index: usize) {
        if let Some(free) = self.0.iter_mut().find(|one| one.is_none()) {
            *free = Some(index);
        }
    }

    pub(super) fn has_other(self, index: usize) -> bool {
        self.0.into_iter().flatten().any(|one| one != index)
    }
}

/// The lone Latin letters of a paragraph.
#[derive(Default)]
pub(super) struct LoneLetters {
    /// Those beside which an operator stands, or a noun that variables follow, by key.
    pub(super) quantities: FxHashMap<Box<str>, FirstTwo>,
    /// Those that look like no word of one letter.
    pub(super) foreign: FirstTwo,
}

/// A part where it stands.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// Its paragraph.
    pub scene: &'a Scene<'a>,
    /// Its number among the atoms.
    pub index: usize,
    /// Whether its script is meant.
    pub meant: bool,
    /// Whether it belongs to a name that is taken for a place.
    pub place: bool,
}

impl<'a> Spot<'a> {
    /// The part.
    #[inline]
    pub fn atom(self) -> &'a Atom {
        &self.scene.atoms[self.index]
    }

    /// The part as written.
    #[inline]
    pub fn word(self) -> &'a str {
        self.atom().text(self.scene.text)
    }

    #[inline]
    pub(super) fn beside(self, step: isize) -> Option<&'a Atom> {
        self.scene.atoms.get(self.index.checked_add_signed(step)?)
    }

    /// Whether a hyphen joins the part to another.
    #[inline]
    pub(super) fn is_hyphened(self) -> bool {
        let is_joined = |atom: &Atom| atom.is_part && atom.word == self.atom().word;
        self.beside(-2).is_some_and(is_joined) || self.beside(2).is_some_and(is_joined)
    }

    /// What stands between the part and the atom beside it.
    pub(super) fn gap(self, other: &Atom) -> &'a str {
        let (low, high) = (other.end.min(self.atom().end), other.start.max(self.atom().start));
        &self.scene.text[low..high]
    }

    /// The bytes of the line that the part stands in.
    pub(super) fn line(self) -> Range<usize> {
        let (atom, lines, text) = (self.atom(), self.scene.lines, self.scene.text.as_bytes());
        let (start, end) = lines.line.get();
        if start <= atom.start && atom.end <= end {
            return start..end;
        }
        let start = memrchr(b'\n', &text[..atom.start]).map_or(0, |at| at + 1);
        let end = memchr(b'\n', &text[atom.end..]).map_or(text.len(), |at| atom.end + at);
        lines.line.set((start, end));
        lines.is_informal.set(None);
        start..end
    }
}
