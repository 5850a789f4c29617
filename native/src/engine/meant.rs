//! Whether foreign letters are meant: glosses, quotations, alternatives, and whole foreign passages.
//!
//! What is meant is left in its script. Each test looks at a *run*: foreign words with nothing but marks
//! and numbers between them.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::letters::Asked;
use crate::engine::segment::{Atom, PartScript};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::GlossSign;
use crate::text::{Folder, Script};

/// So many foreign words in a row are a passage and no slip.
const PASSAGE_WORDS: usize = 3;
/// Running-script words on either side that may be the same word in the other script.
const COUNTERPART_REACH: usize = 2;
/// What spellings of one name differ in.
const VOWELS: &str = "aeiouyj'";
/// So many marks may stand between a label and what it labels.
const LABEL_MARKS: usize = 3;

/// Atoms `first` to `last`, both of them parts, with all parts of the script among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first word.
    pub first: usize,
    /// The last word.
    pub last: usize,
    /// The script of the words.
    pub script: Script,
}

impl Run {
    /// The numbers of the atoms that are words of the run.
    pub fn words(self, atoms: &[Atom]) -> impl Iterator<Item = usize> {
        (self.first..=self.last).filter(move |&index| atoms[index].script.is(self.script))
    }
}

/// Why a run is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is long.
    Passage,
    /// A label stands before it.
    Label,
    /// Paired marks stand around it.
    Enclosed,
    /// The same word in the running script stands beside it.
    Counterpart,
}

impl Why {
    /// The name that explanations use.
    pub fn name(self) -> &'static str {
        match self {
            Why::Passage => "passage",
            Why::Label => "label",
            Why::Enclosed => "enclosed",
            Why::Counterpart => "counterpart",
        }
    }
}

/// The marks around the runs of one paragraph, between two words that no pair of marks may reach across.
#[derive(Default)]
pub struct Stretch {
    atoms: Range<usize>,
    /// For each pair of signs, where the first opens first and the second closes last.
    pairs: Vec<(usize, usize)>,
}

/// Tells for each run of foreign words why it is meant.
pub struct MeantJudge {
    labels: FxHashSet<Box<str>>,
    joiners: FxHashSet<Box<str>>,
    /// Pairs by the numbers of opening marks and of closing marks.
    opening: FxHashMap<Box<str>, Vec<usize>>,
    closing: FxHashMap<Box<str>, Vec<usize>>,
    pairs: usize,
}

impl MeantJudge {
    /// The gloss signs of a ruleset. Errors if it has none.
    pub fn new(ruleset: &Ruleset) -> Result<MeantJudge, RulesetError> {
        let mut judge = MeantJudge {
            labels: FxHashSet::default(),
            joiners: FxHashSet::default(),
            opening: FxHashMap::default(),
            closing: FxHashMap::default(),
            pairs: 0,
        };
        for sign in ruleset.records("glosses", GlossSign)? {
            match sign.role() {
                "label" => {
                    judge.labels.insert(ruleset.folder.key(sign.first()).into());
                }
                "joiner" => {
                    judge.joiners.insert(ruleset.folder.key(sign.first()).into());
                }
                "pair" => {
                    judge.opening.entry(sign.first().into()).or_default().push(judge.pairs);
                    judge.closing.entry(sign.second().into()).or_default().push(judge.pairs);
                    judge.pairs += 1;
                }
                _ => {}
            }
        }
        Ok(judge)
    }

    /// Why the run is meant, if anything says so. `same_place` tells that the place that it names is named
    /// beside it. `stretch` must be fresh for each paragraph, and serves all its runs.
    pub fn why(
        &self,
        asked: Asked<'_>,
        text: &str,
        atoms: &[Atom],
        run: Run,
        same_place: bool,
        stretch: &mut Stretch,
    ) -> Option<Why> {
        let mut last = -1;
        let mut words = 0;
        for index in run.words(atoms) {
            words += usize::from(atoms[index].word != last);
            last = atoms[index].word;
        }
        if words >= PASSAGE_WORDS {
            Some(Why::Passage)
        } else if self.is_labelled(asked.folder, text, &atoms[..run.first]) {
            Some(Why::Label)
        } else if self.is_enclosed(asked.folder, text, atoms, run, stretch) {
            Some(Why::Enclosed)
        } else if same_place || self.has_counterpart(asked, text, atoms, run) {
            Some(Why::Counterpart)
        } else {
            None
        }
    }

    /// `Ukrainian: …`, `{{lang|uk|…`: a label, perhaps with a mark, directly before.
    fn is_labelled(&self, folder: &Folder, text: &str, before: &[Atom]) -> bool {
        let near = before.iter().rev().take(LABEL_MARKS + 1);
        near.into_iter().find(|atom| atom.is_part).is_some_and(|part| self.is_label(folder, text, part))
    }

    fn is_label(&self, folder: &Folder, text: &str, part: &Atom) -> bool {
        self.labels.contains(&*folder.key(part.reading(text)))
    }

    /// Between paired marks whose inside holds only foreign words, labels and numbers.
    fn is_enclosed(
        &self,
        folder: &Folder,
        text: &str,
        atoms: &[Atom],
        run: Run,
        stretch: &mut Stretch,
    ) -> bool {
        if !stretch.atoms.contains(&run.first) {
            let is_end = |atom: &Atom| {
                atom.is_part
                    && atom.script != PartScript::None
                    && !atom.script.is(run.script)
                    && !self.is_label(folder, text, atom)
            };
            let start = atoms[..run.first].iter().rposition(is_end).map_or(0, |end| end + 1);
            let end =
                atoms[run.last..].iter().position(is_end).map_or(atoms.len(), |length| run.last + length);
            stretch.atoms = start..end;
            stretch.pairs.clear();
            stretch.pairs.resize(self.pairs, (usize::MAX, 0));
            for (index, mark) in (start..).zip(&atoms[start..end]).filter(|(_, atom)| !atom.is_part) {
                for &pair in self.opening.get(mark.text(text)).into_iter().flatten() {
                    stretch.pairs[pair].0 = stretch.pairs[pair].0.min(index);
                }
                for &pair in self.closing.get(mark.text(text)).into_iter().flatten() {
                    stretch.pairs[pair].1 = index;
                }
            }
        }
        stretch.pairs.iter().any(|&(opens, closes)| opens < run.first && closes > run.last)
    }

    /// Whether a word beside the run is one of its words in the running script.
    fn has_counterpart(&self, asked: Asked<'_>, text: &str, atoms: &[Atom], run: Run) -> bool {
        let folder = asked.folder;
        let wanted: FxHashSet<String> = run
            .words(atoms)
            .map(|index| bones(folder, &(asked.romanize)(&folder.key(atoms[index].reading(text)), &[])))
            .filter(|bones| bones.chars().nth(1).is_some())
            .collect();
        if wanted.is_empty() {
            return false;
        }
        let is_beside = |atom: &&Atom| {
            if !atom.is_part {
                return false;
            }
            let key = folder.key(atom.reading(text));
            !self.joiners.contains(&*key) && !self.labels.contains(&*key)
        };
        let is_wanted = |atom: &Atom| wanted.contains(&bones(folder, &folder.key(atom.reading(text))));
        atoms[..run.first].iter().rev().filter(is_beside).take(COUNTERPART_REACH).any(is_wanted)
            || atoms[run.last + 1..].iter().filter(is_beside).take(COUNTERPART_REACH).any(is_wanted)
    }
}

/// A romanized word without what spellings differ in.
fn bones(folder: &Folder, latin: &str) -> String {
    folder.key(latin).chars().filter(|&char| !VOWELS.contains(char)).collect()
}

/// The runs of words of a script among the atoms; words of another script end a run.
pub fn runs_of(atoms: &[Atom], script: Script) -> impl Iterator<Item = Run> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = at + atoms[at..].iter().position(|atom| atom.script.is(script))?;
        let mut last = first;
        at = atoms.len();
        for (index, atom) in atoms.iter().enumerate().skip(first + 1) {
            if atom.script.is(script) {
                last = index;
            } else if atom.script.is_some() {
                at = index + 1;
                break;
            }
        }
        Some(Run { first, last, script })
    })
}
