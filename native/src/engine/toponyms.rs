//! Names of places in a document: candidates, what was decided of each, and the findings they give.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::engine::context::{
    CueFinder, Frozen, Group, Needed, Surroundings, SurroundingsKind, is_quoted_term, mark,
};
use crate::engine::document::Paragraph;
use crate::engine::evidence::Homes;
use crate::engine::findings::{Applicability, Finding, Message, Rule};
use crate::engine::frames::{Effect, FrameMatcher};
use crate::engine::hints::{WordBits, hash_of_key, hash_of_word};
use crate::engine::judge::{Candidate, Judge, Verdict};
use crate::engine::names::{CANONICAL, Reading, Readings, readings};
use crate::engine::phrases::{Phrase, PhraseFinder, Scratch};
use crate::engine::segment::{Atom, PartScript, atoms, letters_of, script_of};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::reader::{FOUND_SMALL, NAME_KINDS};
use crate::ruleset::records::Designation;
use crate::text::{Class, Folder, Script, Shape};

/// Words that tell the kind of a name, each with the kinds.
type Designations = rustc_hash::FxHashMap<Box<str>, Vec<Box<str>>>;

/// How many places a message names.
const PLACES_SHOWN: usize = 4;

/// Finds and decides names, by the place sections of a ruleset.
pub struct Toponyms {
    finder: PhraseFinder,
    frozen: Frozen,
    cues: CueFinder,
    frames: FrameMatcher,
    judge: Judge,
    /// One bit for each kind of name that the profile rewrites.
    rewrite: u32,
    keep: FxHashSet<Box<str>>,
    prefixes: Designations,
    suffixes: Designations,
    designation_bits: WordBits,
    abbreviations: FxHashSet<Box<str>>,
}

impl Toponyms {
    /// By the place sections of a ruleset.
    pub fn new(ruleset: &Ruleset) -> Result<Toponyms, RulesetError> {
        let cues = CueFinder::new(ruleset)?;
        let (mut prefixes, mut suffixes) = (Designations::default(), Designations::default());
        let mut abbreviations = FxHashSet::default();
        for row in ruleset.records("designations", Designation)? {
            let kinds = match row.role() {
                "prefix" => prefixes.entry(row.word().into()).or_default(),
                "suffix" => suffixes.entry(row.word().into()).or_default(),
                "abbreviation" => {
                    abbreviations.insert(row.word().into());
                    continue;
                }
                _ => continue,
            };
            kinds.push(row.kind().into());
        }
        let designated = prefixes.keys().chain(suffixes.keys());
        let hashes: Vec<u64> = designated.map(|word| hash_of_key(word.as_bytes())).collect();
        let rewritten: Vec<&str> = ruleset.words_of("rewrite").collect();
        let is_rewritten = |kind: &str| kind == NAME_KINDS[CANONICAL as usize] || rewritten.contains(&kind);
        let rewrite = NAME_KINDS.iter().enumerate().filter(|(_, kind)| is_rewritten(kind));
        Ok(Toponyms {
            finder: PhraseFinder::new(&ruleset.container, "places", ruleset.place_lexicon)?,
            frozen: Frozen::new(ruleset)?,
            frames: FrameMatcher::new(ruleset, &cues)?,
            judge: Judge::new(ruleset, &cues)?,
            cues,
            rewrite: rewrite.fold(0, |bits, (number, _)| bits | 1 << number),
            keep: ruleset.words_of("keep").map(Box::from).collect(),
            prefixes,
            suffixes,
            designation_bits: WordBits::new(&hashes),
            abbreviations,
        })
    }

    /// The cue groups.
    pub fn cues(&self) -> &CueFinder {
        &self.cues
    }

    /// Whether a name may begin with the word.
    pub fn begins(&self, ruleset: &Ruleset, word: &str) -> bool {
        self.finder.begins(ruleset, word)
    }

    /// Whether a single word is a name of a place.
    pub fn is_name(&self, ruleset: &Ruleset, word: &str) -> bool {
        self.whole(ruleset, word).is_some()
    }

    /// All readings of a whole name.
    pub fn look_up<'a>(&self, ruleset: &'a Ruleset, name: &'a str) -> Readings<'a> {
        let whole = self.whole(ruleset, name);
        whole.map_or_else(SmallVec::new, |(atoms, phrase)| readings(ruleset, name, &atoms, &phrase))
    }

    /// The phrase that a name is, all of it.
    fn whole(&self, ruleset: &Ruleset, name: &str) -> Option<(Vec<Atom>, Phrase)> {
        let mut found = Vec::new();
        atoms(ruleset, name, 0..name.len(), &mut found);
        let first = found.iter().position(|atom| atom.is_part)?;
        let phrase = self.finder.at(ruleset, &mut Scratch::new(name), &found, first)?;
        let last = found.iter().rposition(|atom| atom.is_part)?;
        (phrase.last() == last).then_some((found, phrase))
    }

    /// The names in a paragraph, not yet decided, added to `found`: only a common word is told at once.
    ///
    /// `scratch` is of the document's text, `number` the paragraph's number, `may_begin` tells of an atom
    /// whether a name may begin there (it may say yes too often).
    pub fn candidates<'a>(
        &self,
        ruleset: &'a Ruleset,
        scratch: &mut Scratch<'a>,
        atoms: &[Atom],
        number: u32,
        mut may_begin: impl FnMut(&Atom) -> bool,
        found: &mut Vec<Candidate<'a>>,
    ) {
        let mut index = 0;
        while index < atoms.len() {
            if atoms[index].is_part
                && may_begin(&atoms[index])
                && let Some(phrase) = self.finder.at(ruleset, scratch, atoms, index)
            {
                index = phrase.last();
                found.push(self.candidate(ruleset, scratch, atoms, number, phrase));
            }
            index += 1;
        }
    }

    /// One name, whose key is `scratch.found`.
    fn candidate<'a>(
        &self,
        ruleset: &'a Ruleset,
        scratch: &mut Scratch<'a>,
        atoms: &[Atom],
        number: u32,
        phrase: Phrase,
    ) -> Candidate<'a> {
        let (first, last) = (phrase.first(), phrase.last());
        let mut readings = readings(ruleset, scratch.text, atoms, &phrase);
        self.keep_told_kinds(ruleset, scratch, atoms, first, last, &mut readings);
        let mut candidate = Candidate::new(ruleset, &self.judge, number, phrase, readings, &scratch.found);
        if self.is_common_word(ruleset, scratch.text, atoms, &candidate) {
            candidate.dismiss();
            return candidate;
        }
        candidate.surroundings = if self.frozen.covers(ruleset, scratch, atoms, first, last) {
            Some(Surroundings { effect: Effect::Keep, kind: SurroundingsKind::FrozenPhrase })
        } else if is_quoted_term(scratch.text, atoms, first, last) {
            Some(Surroundings { effect: Effect::Keep, kind: SurroundingsKind::QuotedTerm })
        } else {
            let frame = self.frames.frame(ruleset, &self.cues, scratch, atoms, first, last);
            frame.map(|(row, effect)| Surroundings { effect, kind: SurroundingsKind::Frame(row) })
        };
        candidate
    }

    /// Decide all names of the document, which are in the order of the text.
    ///
    /// Cues are only looked for if some name needs them: then `paragraphs` tells its second argument of the
    /// atoms of every paragraph of the document in which a needed cue may stand. `is_part` tells that these are not
    /// all names; then gives whether the others cannot change what was decided.
    pub fn decide<'t>(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'t>,
        candidates: &mut [Candidate<'_>],
        is_part: bool,
        paragraphs: impl FnOnce(&Needed, &mut dyn FnMut(&[Atom])),
    ) -> bool {
        let mut evidence = self.judge.no_evidence();
        if candidates.iter().any(|candidate| candidate.needs_cues(ruleset)) {
            let needed = self.judge.needed(ruleset, &self.cues, candidates);
            let mut number = 0;
            let mut seen_in: FxHashMap<Group, u32> = FxHashMap::default();
            paragraphs(&needed, &mut |atoms| {
                number += 1;
                self.cues.in_paragraph(ruleset, scratch, atoms, &needed, |group, start, end| {
                    evidence.add(group, start, end);
                    // in two paragraphs it stands outside every name, and need not be looked for any more
                    if *seen_in.entry(group).or_insert(number) != number {
                        needed.remove(group);
                    }
                });
            });
        }
        if is_part {
            return self.judge.decide_some(ruleset, &self.cues, candidates, &evidence);
        }
        self.judge.decide(ruleset, &self.cues, candidates, &evidence, Homes::default());
        true
    }

    /// The phrase that begins with the first atom, and the index of the last atom that was looked at for it.
    pub fn first(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
    ) -> (Option<Phrase>, usize) {
        let phrase = self.finder.at(ruleset, scratch, atoms, 0);
        (phrase, scratch.reach)
    }

    /// Whether nothing is to be said of a name, whatever it means, since it is written as it should be.
    pub fn is_right(&self, ruleset: &Ruleset, text: &str, atoms: &[Atom], phrase: &Phrase) -> bool {
        let written = &text[phrase.start..phrase.end];
        let readings = readings(ruleset, text, atoms, phrase);
        readings.iter().all(|reading| !self.is_rewritten(ruleset, reading, written))
    }

    /// Whether names that are written right elsewhere may have the key of one of these of which something may be said:
    /// what is foreign takes all with it that have its key.
    pub fn share_keys(&self, ruleset: &Ruleset, text: &str, candidates: &[Candidate<'_>]) -> bool {
        candidates.iter().any(|candidate| {
            let written = &text[candidate.phrase.start..candidate.phrase.end];
            let is_said = |reading: &Reading<'_>| self.is_rewritten(ruleset, reading, written);
            let may_be_right = |reading: &Reading<'_>| {
                !self.is_ever_rewritten(ruleset, reading) || candidate.may_be_right(ruleset, reading)
            };
            candidate.readings.iter().any(is_said) && candidate.readings.iter().all(may_be_right)
        })
    }

    /// Whether nothing is to be said of a name, whatever it means, since it is written in the script of its paragraph,
    /// or in one that is `meant`.
    pub fn is_at_home(
        &self,
        ruleset: &Ruleset,
        text: &str,
        paragraph: &Paragraph,
        candidate: &Candidate<'_>,
        meant: bool,
    ) -> bool {
        let scripts = self.scripts(ruleset, text, &paragraph.atoms, &candidate.phrase);
        let (cyrillic, running) = (1 << Script::Cyrillic as u32, paragraph.running);
        (scripts & cyrillic != 0 && (meant || running.is(Script::Cyrillic)))
            || (scripts == cyrillic && !running.is(Script::Latin))
    }

    /// What is to be said of a decided name; `meant` tells that its foreign script is, `is_spoken` whether
    /// the paragraph is in a language that the profile rewrites, or too short to tell.
    pub fn finding(
        &self,
        ruleset: &Ruleset,
        text: &str,
        paragraph: &Paragraph,
        candidate: &Candidate<'_>,
        meant: bool,
        is_spoken: impl FnOnce() -> bool,
    ) -> Option<Finding> {
        let (phrase, atoms, running) = (&candidate.phrase, &paragraph.atoms[..], paragraph.running);
        let is_told = match candidate.verdict {
            Verdict::Place => candidate.chosen.is_some(),
            verdict => verdict == Verdict::Undecided,
        };
        if !is_told || candidate.effect() == Some(Effect::Keep) {
            return None;
        }
        if self.is_at_home(ruleset, text, paragraph, candidate, meant) {
            return None;
        }
        let scripts = self.scripts(ruleset, text, atoms, phrase);
        let is_cyrillic = scripts == 1 << Script::Cyrillic as u32;
        let is_latin = scripts == 1 << Script::Latin as u32;
        if !running.is(Script::Cyrillic) && !is_spoken() {
            return None;
        }
        let written = &text[phrase.start..phrase.end];
        if candidate.verdict == Verdict::Undecided {
            return if is_latin { self.ambiguous(ruleset, candidate, written) } else { None };
        }
        let reading = candidate.chosen()?;
        if !self.is_rewritten(ruleset, reading, written) {
            return None;
        }
        let is_repaired = phrase.atoms(atoms).any(|atom| atom.reading(text) != atom.text(text));
        let is_safe = running.is(Script::Latin) || (running == PartScript::None && is_latin);
        let kind = NAME_KINDS.get(reading.kind as usize).copied().unwrap_or_default();
        Some(Finding {
            rule: match kind {
                _ if is_repaired => Rule::MixedScriptWord,
                _ if is_cyrillic => Rule::StrayScriptWord,
                "former" => Rule::ToponymFormer,
                _ => Rule::ToponymVariant,
            },
            start: if is_cyrillic {
                self.abbreviation_start(&ruleset.folder, text, atoms, phrase)
            } else {
                phrase.start
            },
            end: phrase.end,
            replacement: Some(Box::from(&*reading.replacement)),
            applicability: if is_safe { Applicability::Safe } else { Applicability::Unsafe },
            message: Message::Name {
                start: phrase.start,
                place: reading.place,
                name: reading.name,
                kind: reading.kind,
                odd: if is_repaired { odd_letters(ruleset, text, atoms, phrase) } else { Vec::new() },
                reason: candidate.reason,
            },
            place: Some(reading.place),
        })
    }

    /// Keep the readings of which the words beside a name say what it is, if there are any.
    fn keep_told_kinds(
        &self,
        ruleset: &Ruleset,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
        first: usize,
        last: usize,
        readings: &mut Readings<'_>,
    ) {
        let before = first.checked_sub(1).and_then(|index| atoms.get(index));
        let mut told: SmallVec<[&[Box<str>]; 2]> = SmallVec::new();
        for (designations, beside) in [(&self.prefixes, before), (&self.suffixes, atoms.get(last + 1))] {
            let Some(atom) = beside.filter(|atom| atom.is_part) else { continue };
            let written = atom.text(scratch.text);
            let hash = match atom.hash {
                0 => hash_of_word(&ruleset.folder, written, &mut scratch.word),
                hash => Some(hash), // of what is written, as a designation is looked up
            };
            if self.designation_bits.may_have(hash)
                && let Some(kinds) = designations.get(&*ruleset.folder.key(written))
            {
                told.push(kinds);
            }
        }
        if told.is_empty() || readings.len() < 2 {
            return;
        }
        let is_told = |reading: &Reading| {
            let kind = ruleset.place(reading.place).kind();
            told.iter().any(|kinds| kinds.iter().any(|one| **one == *kind))
        };
        if readings.iter().any(is_told) {
            readings.retain(|reading| is_told(reading));
        }
    }

    /// A name in small letters that needs judgement, is little known or part of a longer word.
    fn is_common_word(
        &self,
        ruleset: &Ruleset,
        text: &str,
        atoms: &[Atom],
        candidate: &Candidate<'_>,
    ) -> bool {
        let written = &text[candidate.phrase.start..candidate.phrase.end];
        if written.starts_with(|char| ruleset.folder.is_upper(char) && ruleset.classes.is_letter(char))
            || ruleset.folder.shape(written) != Shape::Lower
        {
            return false;
        }
        script_of(&letters_of(&ruleset.classes, written)).is(Script::Cyrillic)
            || candidate.readings.iter().all(|reading| reading.prominence < FOUND_SMALL)
            || is_joined(atoms, &candidate.phrase)
            || candidate.is_doubtful(&self.judge)
    }

    fn is_rewritten(&self, ruleset: &Ruleset, reading: &Reading<'_>, written: &str) -> bool {
        let is_hidden = |char: &char| matches!(ruleset.classes.of(*char), Class::Invisible | Class::Bidi);
        if reading.replacement.chars().eq(written.chars().filter(|char| !is_hidden(char))) {
            return false; // canonical; invisible characters in it have a rule of their own
        }
        if ruleset.place(reading.place).is_kept()
            && script_of(&letters_of(&ruleset.classes, written)).is(Script::Latin)
        {
            return false; // a place abroad
        }
        self.is_ever_rewritten(ruleset, reading)
    }

    fn is_ever_rewritten(&self, ruleset: &Ruleset, reading: &Reading<'_>) -> bool {
        if !self.keep.is_empty() && self.keep.contains(ruleset.place(reading.place).id()) {
            return false;
        }
        self.rewrite.checked_shr(reading.kind).unwrap_or(0) & 1 == 1
    }

    /// The scripts of a name's letters, one bit each; an ending that is not the name's is left out.
    fn scripts(&self, ruleset: &Ruleset, text: &str, atoms: &[Atom], phrase: &Phrase) -> u32 {
        let last = phrase.last();
        let ending = text.get(phrase.end..atoms[last].end).map_or(0, |ending| ending.chars().count());
        let mut left_out = ending;
        let mut scripts = 0;
        for atom in phrase.atoms(atoms).rev() {
            if let (0, PartScript::One(script)) = (left_out, atom.script) {
                scripts |= 1 << script as u32;
                continue;
            }
            for char in atom.reading(text).chars().rev() {
                if left_out > 0 {
                    left_out -= 1;
                } else if let Some(script) = ruleset.classes.script(char) {
                    scripts |= 1 << script as u32;
                }
            }
        }
        scripts
    }

    /// Where a Cyrillic abbreviation before the name (as of "city") begins: it goes with the name.
    fn abbreviation_start(&self, folder: &Folder, text: &str, atoms: &[Atom], phrase: &Phrase) -> usize {
        let [.., word, dot] = &atoms[..phrase.first()] else { return phrase.start };
        let is_gap = |gap: &str| gap.chars().all(|char| matches!(char, ' ' | '\u{A0}'));
        let is_adjacent = mark(text, dot) == Some('.')
            && word.is_part
            && word.end == dot.start
            && is_gap(&text[dot.end..phrase.start]);
        if !is_adjacent {
            return phrase.start;
        }
        let mut key = folder.key(word.text(text)).into_owned();
        let is_known = self.abbreviations.contains(key.as_str()) || {
            key.push('.');
            self.abbreviations.contains(key.as_str())
        };
        if is_known { word.start } else { phrase.start }
    }

    fn ambiguous(&self, ruleset: &Ruleset, candidate: &Candidate<'_>, written: &str) -> Option<Finding> {
        let readings = &candidate.readings;
        let is_worth_a_word = !readings.is_empty()
            && !candidate.is_unheard()
            && readings.iter().all(|reading| self.is_rewritten(ruleset, reading, written));
        is_worth_a_word.then(|| Finding {
            rule: Rule::ToponymAmbiguous,
            start: candidate.phrase.start,
            end: candidate.phrase.end,
            replacement: None,
            applicability: Applicability::None,
            message: Message::Ambiguous {
                places: readings.iter().take(PLACES_SHOWN).map(|reading| reading.place).collect(),
                reason: candidate.reason,
            },
            place: None,
        })
    }
}

/// Whether a hyphen joins the name to more than itself, as in the name of a package.
fn is_joined(atoms: &[Atom], phrase: &Phrase) -> bool {
    let (first, last) = (phrase.first(), phrase.last());
    let words = [atoms[first].word, atoms[last].word];
    let beside = [first.checked_sub(2), Some(last + 2)];
    beside.into_iter().flatten().filter_map(|index| atoms.get(index)).any(|atom| words.contains(&atom.word))
}

/// The letters that were repaired to read the name, each once.
fn odd_letters(ruleset: &Ruleset, text: &str, atoms: &[Atom], phrase: &Phrase) -> Vec<char> {
    let script = |char| ruleset.classes.script(char);
    let mut odd: Vec<char> = Vec::new();
    let mut seen = FxHashSet::default();
    for atom in phrase.atoms(atoms) {
        let meant = letters_of(&ruleset.classes, atom.reading(text));
        let is_odd = |char: char| script(char).is_some_and(|script| meant[script as usize] == 0);
        odd.extend(atom.text(text).chars().filter(|&char| is_odd(char) && seen.insert(char)));
    }
    odd
}
