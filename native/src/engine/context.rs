//! What stands around a name: cue groups in the document, and frames of words beside the name.
//!
//! Cues are looked for once in a document and only if some name needs them. A cue inside the name itself
//! says nothing of it, so the places of cues are kept.

use std::cell::Cell;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::engine::frames::Effect;
use crate::engine::hints::{WordBits, hash_of_atom, hash_of_key, hash_of_two, hashes_of_listed};
use crate::engine::phrases::{Phrase, PhraseFinder, Scratch};
use crate::engine::segment::{Atom, Zone};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::lexicon::{Lexicon, ROOT};
use crate::ruleset::records::CueGroup;
use crate::text::Shape;

/// A quotation of so few words, without a pause in it, is a term or a title.
const QUOTED_WORDS: usize = 5;
/// How many atoms before a name a frozen phrase may begin.
const REACH: usize = 8;

/// The cue groups that names of a document ask for, and that have not been found often enough.
pub struct Needed {
    groups: Vec<Cell<bool>>,
    count: Cell<usize>,
}

impl Needed {
    /// None of so many groups.
    pub fn none_of(groups: usize) -> Needed {
        Needed { groups: vec![Cell::new(false); groups], count: Cell::new(0) }
    }

    /// Take one in.
    pub fn add(&self, group: Group) {
        if self.groups.get(group.0 as usize).is_some_and(|is_needed| !is_needed.replace(true)) {
            self.count.set(self.count.get() + 1);
        }
    }

    /// Take one out: it need not be looked for any more.
    pub fn remove(&self, group: Group) {
        if self.groups.get(group.0 as usize).is_some_and(|is_needed| is_needed.replace(false)) {
            self.count.set(self.count.get() - 1);
        }
    }

    /// Whether one is among them.
    #[inline]
    pub fn has(&self, group: Group) -> bool {
        self.groups.get(group.0 as usize).is_some_and(Cell::get)
    }

    /// Whether nothing is to be looked for.
    pub fn is_empty(&self) -> bool {
        self.count.get() == 0
    }
}

/// A cue group, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group(pub u32);

/// The finder of a small lexicon, with filters that spare most words of a text a look-up.
pub struct HintedFinder {
    phrases: PhraseFinder,
    /// Words with which a phrase begins.
    first: WordBits,
    /// Words that are a phrase.
    alone: WordBits,
    /// Words with which a phrase goes on.
    later: WordBits,
    /// The first two words of phrases; made when it is first asked.
    pairs: OnceLock<WordBits>,
}

impl HintedFinder {
    fn new(ruleset: &Ruleset, name: &str, lexicon: Lexicon) -> Result<HintedFinder, RulesetError> {
        let container = &ruleset.container;
        let phrases = PhraseFinder::new(container, name, lexicon)?;
        let edges = container.section(&format!("{name}.edges"))?;
        let inner = (0..edges.rows()).filter(|&row| container.cell(edges, row, 0) != ROOT);
        let going_on: rustc_hash::FxHashSet<u32> = inner.map(|row| container.cell(edges, row, 1)).collect();
        let (mut first, mut alone, mut later) = (Vec::new(), Vec::new(), Vec::new());
        for word in lexicon.words(container) {
            for (component, _) in lexicon.spelled(container, word) {
                if let Some(node) = phrases.step(container, ROOT, component) {
                    first.extend(hashes_of_listed(word));
                    if lexicon.payloads(container, node).len() > 0 {
                        alone.extend(hashes_of_listed(word));
                    }
                }
                if going_on.contains(&component) {
                    later.extend(hashes_of_listed(word));
                }
            }
        }
        let (first, alone, later) = (WordBits::new(&first), WordBits::new(&alone), WordBits::new(&later));
        Ok(HintedFinder { phrases, first, alone, later, pairs: OnceLock::new() })
    }

    /// Whether a phrase may begin with two words of these hashes.
    #[inline]
    fn may_begin_with_two(&self, ruleset: &Ruleset, first: Option<u64>, second: Option<u64>) -> bool {
        let (Some(one), Some(other)) = (first, second) else {
            return self.first.may_have(first) && self.later.may_have(second);
        };
        self.first.may_have(first)
            && self.later.may_have(second)
            && self.pairs.get_or_init(|| self.all_pairs(ruleset)).may_have(Some(hash_of_two(one, other)))
    }

    fn all_pairs(&self, ruleset: &Ruleset) -> WordBits {
        let (container, lexicon) = (&ruleset.container, self.phrases.lexicon());
        let mut words: FxHashMap<u32, Vec<u64>> = FxHashMap::default();
        for word in lexicon.words(container) {
            for (component, _) in lexicon.spelled(container, word) {
                words.entry(component).or_default().extend(hashes_of_listed(word));
            }
        }
        let of = |component: &u32| words.get(component).into_iter().flatten().copied();
        let firsts = lexicon.edges(container).filter(|edge| edge[0] == ROOT);
        let firsts: FxHashMap<u32, u32> = firsts.map(|[_, component, next]| (next, component)).collect();
        let mut pairs = Vec::new();
        for [node, second, _] in lexicon.edges(container) {
            for one in firsts.get(&node).into_iter().flat_map(of) {
                pairs.extend(of(&second).map(|other| hash_of_two(one, other)));
            }
        }
        WordBits::new(&pairs)
    }

    /// Whether a phrase may begin with a word of this hash that ends with it or goes on with the next.
    #[inline]
    fn may_begin(&self, hash: Option<u64>, next: impl FnOnce() -> Option<Option<u64>>) -> bool {
        self.first.may_have(hash)
            && (self.alone.may_have(hash) || next().is_some_and(|next| self.later.may_have(next)))
    }
}

/// Finds phrases of cue groups; one that is listed in capitals counts only in capitals.
pub struct CueFinder {
    finder: HintedFinder,
    /// Phrases of one word by the hash of their key.
    single: FxHashMap<u64, Single>,
    /// Of the words with which a phrase begins, what stands before the first apostrophe.
    beginnings: WordBits,
    /// The group of each payload, and whether it must be in capitals.
    meanings: Vec<(Group, bool)>,
    names: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, Group>,
}

/// A cue of one word.
struct Single {
    word: Box<str>,
    /// Its groups, with whether it must be in capitals.
    groups: SmallVec<[(Group, bool); 4]>,
}

impl Single {
    /// Whether the key of an atom is the word.
    fn is(&self, ruleset: &Ruleset, atom: &Atom, scratch: &mut Scratch<'_>) -> bool {
        scratch.word.clear();
        ruleset.folder.key_into(atom.text(scratch.text), &mut scratch.word);
        *scratch.word == *self.word
    }
}

impl CueFinder {
    /// By the cue sections of a ruleset.
    pub fn new(ruleset: &Ruleset) -> Result<CueFinder, RulesetError> {
        let mut cues = CueFinder {
            finder: HintedFinder::new(ruleset, "cues", ruleset.cue_lexicon)?,
            single: FxHashMap::default(),
            beginnings: WordBits::new(&[]),
            meanings: Vec::new(),
            names: Vec::new(),
            numbers: FxHashMap::default(),
        };
        for row in ruleset.records("cue.groups", CueGroup)? {
            let next = Group(cues.names.len() as u32);
            let group = *cues.numbers.entry(row.group().into()).or_insert(next);
            if group == next {
                cues.names.push(row.group().into());
            }
            cues.meanings.push((group, row.capitals()));
        }
        let (container, lexicon) = (&ruleset.container, &ruleset.cue_lexicon);
        let beginnings = lexicon.words(container).map(|word| word.split('\'').next().unwrap_or(""));
        let hashes: Vec<u64> = beginnings.map(|word| hash_of_key(word.as_bytes())).collect();
        cues.beginnings = WordBits::new(&hashes);
        for word in lexicon.words(container) {
            let mut payloads: Vec<u32> = lexicon.whole(container, word).collect();
            payloads.sort_unstable();
            payloads.dedup();
            let groups = payloads.iter().filter_map(|&payload| cues.meanings.get(payload as usize).copied());
            let groups: SmallVec<_> = groups.collect();
            if !groups.is_empty() {
                let single = Single { word: word.into(), groups };
                cues.single.insert(hash_of_key(word.as_bytes()), single);
            }
        }
        Ok(cues)
    }

    /// The group of this name, None where no phrase is of it.
    pub fn group(&self, name: &str) -> Option<Group> {
        self.numbers.get(name).copied()
    }

    /// The name of a group.
    pub fn name(&self, group: Group) -> &str {
        self.names.get(group.0 as usize).map_or("", |name| name)
    }

    /// The names of all groups, by number.
    pub fn names(&self) -> &[Box<str>] {
        &self.names
    }

    /// Tell `found` of every cue of a needed group among the atoms of a paragraph: its group, and the bytes
    /// where it stands.
    pub fn in_paragraph(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
        needed: &Needed,
        mut found: impl FnMut(Group, usize, usize),
    ) {
        for (index, atom) in atoms.iter().enumerate().filter(|(_, atom)| atom.is_part) {
            let hash = hash_of_atom(&ruleset.folder, atom, scratch.text, &mut scratch.word);
            if !self.finder.first.may_have(hash) || atom.zone != Zone::None {
                continue;
            }
            let goes_on = {
                let next = atoms[index + 1..].iter().find(|atom| atom.is_part);
                next.is_some_and(|next| {
                    let next = hash_of_atom(&ruleset.folder, next, scratch.text, &mut scratch.word);
                    self.finder.may_begin_with_two(ruleset, hash, next)
                })
            };
            if !goes_on && atom.hash != 0 && atom.repaired.is_none() {
                // no apostrophe follows a word that has a hash
                let single = self.single.get(&atom.hash).filter(|single| {
                    single.groups.iter().any(|&(group, _)| needed.has(group))
                        && single.is(ruleset, atom, scratch)
                });
                for &(group, capitals) in single.into_iter().flat_map(|single| &single.groups) {
                    let written = atom.text(scratch.text);
                    if !capitals || ruleset.folder.shape(written) == Shape::Upper {
                        found(group, atom.start, atom.end);
                    }
                }
            } else if (goes_on || self.finder.alone.may_have(hash))
                && let Some(phrase) = self.finder.phrases.at(ruleset, scratch, atoms, index)
            {
                let groups = self.groups(ruleset, scratch.text, &phrase);
                groups.for_each(|group| found(group, phrase.start, phrase.end));
            }
        }
    }

    /// Whether a word of this hash may be a cue of a needed group.
    pub(super) fn is_needed(&self, hash: u64, needed: &Needed) -> bool {
        let single = self.single.get(&hash);
        single.is_some_and(|single| single.groups.iter().any(|&(group, _)| needed.has(group)))
    }

    /// Whether a phrase may begin with a word that begins with ASCII letters and digits of this hash, and
    /// then an apostrophe.
    pub(super) fn may_begin_with(&self, hash: u64) -> bool {
        self.beginnings.may_have(Some(hash))
    }

    /// The groups that have exactly the atoms `first` to `last` as a phrase.
    pub fn groups_of(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
        first: usize,
        last: usize,
    ) -> SmallVec<[Group; 4]> {
        let phrase = self.finder.phrases.at(ruleset, scratch, &atoms[..=last], first);
        let phrase = phrase.filter(|phrase| phrase.last() == last);
        phrase.map_or_else(SmallVec::new, |phrase| self.groups(ruleset, scratch.text, &phrase).collect())
    }

    /// Whether a phrase may begin with a word of this hash.
    #[inline]
    pub fn may_begin(&self, hash: Option<u64>) -> bool {
        self.finder.first.may_have(hash)
    }

    /// Whether a phrase may be one word of this hash.
    #[inline]
    pub fn may_be(&self, hash: Option<u64>) -> bool {
        self.finder.alone.may_have(hash)
    }

    /// Whether a phrase may go on with a word of this hash.
    #[inline]
    pub fn may_go_on(&self, hash: Option<u64>) -> bool {
        self.finder.later.may_have(hash)
    }

    /// Whether a phrase may begin with two words of these hashes.
    #[inline]
    pub(super) fn may_begin_with_two(&self, ruleset: &Ruleset, first: u64, second: u64) -> bool {
        self.finder.may_begin_with_two(ruleset, Some(first), Some(second))
    }

    fn groups(&self, ruleset: &Ruleset, text: &str, phrase: &Phrase) -> impl Iterator<Item = Group> {
        phrase.hits.iter().filter_map(|&(payload, _)| {
            let &(group, capitals) = self.meanings.get(payload as usize)?;
            let counts = !capitals || ruleset.folder.shape(&text[phrase.start..phrase.end]) == Shape::Upper;
            counts.then_some(group)
        })
    }
}

/// Finds frozen phrases, in which names stay as they are.
pub struct Frozen {
    finder: HintedFinder,
}

impl Frozen {
    /// By the frozen phrases of a ruleset.
    pub fn new(ruleset: &Ruleset) -> Result<Frozen, RulesetError> {
        Ok(Frozen { finder: HintedFinder::new(ruleset, "frozen", ruleset.frozen_lexicon)? })
    }

    /// Whether a frozen phrase covers the atoms `first` to `last`.
    ///
    /// It may begin up to eight atoms before; all words from there to `last` but the first then continue it,
    /// so the search goes backwards and ends at the first word that continues nothing.
    pub fn covers(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
        first: usize,
        last: usize,
    ) -> bool {
        let text = scratch.text;
        let parts_after = (first + 1..=last).filter(|&index| atoms[index].is_part);
        for index in parts_after {
            let hash = hash_of_atom(&ruleset.folder, &atoms[index], text, &mut scratch.word);
            if !self.finder.later.may_have(hash) {
                return false;
            }
        }
        for start in (first.saturating_sub(REACH)..=first).rev() {
            if !atoms[start].is_part {
                continue;
            }
            let hash = hash_of_atom(&ruleset.folder, &atoms[start], text, &mut scratch.word);
            let word = &mut scratch.word;
            let may_begin = if start < last {
                self.finder.first.may_have(hash)
            } else {
                self.finder.may_begin(hash, || {
                    let next = atoms[last + 1..].iter().take(2).find(|atom| atom.is_part)?;
                    Some(hash_of_atom(&ruleset.folder, next, text, word))
                })
            };
            if may_begin {
                let phrase = self.finder.phrases.at(ruleset, scratch, atoms, start);
                if phrase.is_some_and(|phrase| phrase.last() >= last) {
                    return true;
                }
            }
            if !self.finder.later.may_have(hash) {
                return false;
            }
        }
        false
    }
}

/// Whether the atoms stand in a short quotation: a term, a title, a spelling that is spoken of.
pub fn is_quoted_term(text: &str, atoms: &[Atom], first: usize, last: usize) -> bool {
    let mut words = last - first + 1;
    let mut closers: &[char] = &[];
    for atom in atoms[..first].iter().rev() {
        if words > QUOTED_WORDS {
            return false;
        }
        match mark(text, atom) {
            Some(char) if !closers_of(char).is_empty() => {
                closers = closers_of(char);
                break;
            }
            Some(char) if is_pause(char) => return false,
            _ => words += usize::from(atom.is_part),
        }
    }
    if closers.is_empty() {
        return false;
    }
    for atom in &atoms[last + 1..] {
        if words > QUOTED_WORDS {
            return false;
        }
        match mark(text, atom) {
            Some(char) if closers.contains(&char) => return true,
            Some(char) if is_pause(char) => return false,
            _ => words += usize::from(atom.is_part),
        }
    }
    false
}

fn closers_of(opener: char) -> &'static [char] {
    match opener {
        '"' => &['"'],
        '\u{AB}' => &['\u{BB}'],
        '\u{201C}' => &['\u{201D}'],
        '\u{201E}' => &['\u{201C}', '\u{201D}'],
        _ => &[],
    }
}

fn is_pause(char: char) -> bool {
    matches!(char, '.' | ',' | ';' | ':' | '!' | '?' | '\u{2026}')
}

/// The only character of an atom that is one character.
#[inline]
pub fn mark(text: &str, atom: &Atom) -> Option<char> {
    let char = text[atom.start..].chars().next()?;
    (atom.end - atom.start == char.len_utf8()).then_some(char)
}

/// What is said of a name by what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings {
    /// What follows from it.
    pub effect: Effect,
    /// What it is.
    pub kind: SurroundingsKind,
}

/// What stands around a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurroundingsKind {
    /// A frozen phrase.
    FrozenPhrase,
    /// A short quotation.
    QuotedTerm,
    /// The frame of this row.
    Frame(u32),
}
