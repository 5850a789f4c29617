//! The exact interpreter of the rules, one word at a time.
//!
//! A word is read once into small letters (see [`word`](super::word)); at every place the longest source
//! wins, and at equal length a rule whose contexts hold beats one without contexts. Contexts see the source,
//! never the output. Case, stress and apostrophes are put back afterwards, the same way for every scheme.

use super::casing::CaseTable;
use super::chars::{APOSTROPHE, is, is_stress};
use super::context::Memo;
use super::rules::{Forms, Group, ReadyRule};
use super::word::{Word, WordReader};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// All that one direction of a scheme says, made ready.
#[derive(Debug, Clone)]
pub(super) struct Interpreter {
    pub reader: WordReader,
    pub groups: Vec<Group>,
    pub words: FxHashMap<Box<[char]>, Forms>,
    /// What an apostrophe between two letters of the scheme becomes; none to leave it.
    pub apostrophe: Option<String>,
    /// Whether stress marks are kept.
    pub stress: bool,
}

/// Room to work in, used again from word to word.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The characters of the word at work.
    pub chars: Vec<char>,
    pub word: Word,
    memo: Memo,
    /// For each unit the next cased one, itself included; and the last one before it.
    cased: Vec<(usize, usize)>,
    /// The edits of the last word: characters from and to, and where in `output` stands what replaces them.
    pub edits: Vec<(usize, usize, usize, usize)>,
    pub output: String,
    pub ready: Ready,
}

/// A word that was put into `Scratch::word` so that single letters of it can be asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Ready {
    /// Where it stands; empty for none.
    pub word: Range<usize>,
    /// The first letter that was asked for, and how many units of output were written before it.
    pub from: usize,
    pub length: usize,
}

const NONE: usize = usize::MAX;

impl Interpreter {
    pub fn case(&self) -> &CaseTable {
        &self.reader.case
    }

    /// Puts the edits of the word `scratch.chars` into `scratch.edits`: in order, each a real change.
    pub fn rewrite(&self, scratch: &mut Scratch) {
        scratch.edits.clear();
        scratch.output.clear();
        if let Some(forms) = self.words.get(scratch.chars.as_slice()) {
            let whole = scratch.chars.len();
            scratch.output.push_str(&forms.lower);
            return scratch.edit(0, whole, 0);
        }
        self.reader.read(&scratch.chars, &mut scratch.word);
        self.begin(scratch);
        let length = scratch.word.text.len();
        if let Some(forms) = self.words.get(scratch.word.letters.as_slice()) {
            let form = self.cased(scratch, 0, length, forms);
            scratch.output.push_str(form);
            return scratch.edit_units(0, length, 0);
        }
        let (mut start, mut done) = (0, 0);
        while start < length {
            let Some((rule, size)) = self.rule_at(scratch, start) else {
                start += 1;
                continue;
            };
            self.gap(scratch, done, start);
            let at = scratch.output.len();
            done = self.put(scratch, start, size, rule);
            scratch.edit_units(start, done, at);
            start += size;
        }
        self.gap(scratch, done, length);
    }

    /// Makes ready for the word that was put into `scratch.word`.
    pub fn begin(&self, scratch: &mut Scratch) {
        self.note_case(scratch);
        scratch.memo.clear();
    }

    /// Puts into `scratch.output` what becomes of the unit `start` of `scratch.word`, which is no mark; how
    /// many units it stands for, or none if it stays as it is.
    pub fn one(&self, scratch: &mut Scratch, start: usize) -> Option<usize> {
        scratch.output.clear();
        if let Some((rule, size)) = self.rule_at(scratch, start) {
            return Some(self.put(scratch, start, size, rule) - start);
        }
        let apostrophe = self.apostrophe.as_ref().filter(|_| self.is_gap(&scratch.word, start))?;
        scratch.output.push_str(apostrophe);
        Some(1)
    }

    /// Appends to `scratch.output` what `rule` makes of so many units from `start` on, with the stress of the
    /// marks behind them; the end of all these.
    fn put(&self, scratch: &mut Scratch, start: usize, size: usize, rule: &ReadyRule) -> usize {
        let (at, mut end) = (scratch.output.len(), start + size);
        let form = self.cased(scratch, start, end, &rule.forms);
        scratch.output.push_str(form);
        while let Some(&mark) = scratch.word.text.get(end).filter(|&&char| is_stress(char)) {
            if self.stress {
                self.put_stress(&mut scratch.output, at, mark);
            }
            end += 1;
        }
        end
    }

    /// Whether a unit is an apostrophe between two letters of the scheme.
    fn is_gap(&self, word: &Word, unit: usize) -> bool {
        if word.text[unit] != APOSTROPHE {
            return false;
        }
        let place = word.before[unit];
        let before = place.checked_sub(1).map(|place| word.letters[place]);
        let mut around = before.into_iter().chain(word.letters.get(place + 1).copied());
        around.all(|char| self.reader.chars.is(char, is::ALPHABET))
    }

    /// Apostrophes between two letters of the scheme, which no rule has taken.
    fn gap(&self, scratch: &mut Scratch, start: usize, end: usize) {
        let Some(apostrophe) = &self.apostrophe else { return };
        for unit in start..end {
            if self.is_gap(&scratch.word, unit) {
                let at = scratch.output.len();
                scratch.output.push_str(apostrophe);
                scratch.edit_units(unit, unit + 1, at);
            }
        }
    }

    /// The rule that is at work at the unit `start`, and how many units it takes.
    fn rule_at(&self, scratch: &mut Scratch, start: usize) -> Option<(&ReadyRule, usize)> {
        let Scratch { word, memo, .. } = scratch;
        let rest = &word.text[start..];
        let following = Group::after(rest);
        let groups = &self.reader.chars.class(rest[0]).groups;
        for group in &self.groups[groups.start as usize..groups.end as usize] {
            if group.begins(rest, following) {
                let size = group.source.len();
                let (before, after) = (word.before[start], word.before[start + size]);
                let holds = |rule: &&ReadyRule| {
                    rule.left.holds_left(&word.letters, before, memo)
                        && rule.right.holds_right(&word.letters, after, memo)
                };
                if let Some(rule) = group.rules.iter().find(holds) {
                    return Some((rule, size));
                }
            }
        }
        None
    }

    /// Puts a stress mark on the last letter of `output[at..]`; or at its end, where it has none.
    pub fn put_stress(&self, output: &mut String, at: usize, mark: char) {
        let last = output[at..].char_indices().rev().find(|&(_, char)| self.case().is_cased(char));
        let Some((index, letter)) = last else {
            return output.push(mark);
        };
        match self.case().composed.get(&(letter, mark)) {
            Some(composed) => {
                let place = at + index..at + index + letter.len_utf8();
                output.replace_range(place, composed.encode_utf8(&mut [0; 4]));
            }
            None => output.insert(at + index + letter.len_utf8(), mark),
        }
    }

    /// Notes which units are cased, where any unit is a capital.
    fn note_case(&self, scratch: &mut Scratch) {
        let Scratch { word, cased, .. } = scratch;
        cased.clear();
        if !word.capitals.contains(&true) {
            return;
        }
        let mut last = NONE;
        for (unit, &char) in word.text.iter().enumerate() {
            let is_cased = self.reader.chars.is(char, is::CASED);
            cased.push((if is_cased { unit } else { NONE }, last));
            last = if is_cased { unit } else { last };
        }
        cased.push((NONE, last));
        let mut next = NONE;
        for one in cased.iter_mut().rev() {
            next = if one.0 == NONE { next } else { one.0 };
            one.0 = next;
        }
    }

    /// A target in the case of the units `start` to `end` of the word.
    ///
    /// A capital that becomes several letters is a capital and small letters before a small letter (and
    /// alone), and all capitals before a capital or at the end of a longer word. A sign without case that
    /// becomes a letter is a capital among capitals.
    fn cased<'f>(&self, scratch: &Scratch, start: usize, end: usize, forms: &'f Forms) -> &'f str {
        let Scratch { word, cased, .. } = scratch;
        if cased.is_empty() {
            return &forms.lower;
        }
        let capital = |unit: usize| word.capitals[unit];
        let mut shape = (start..end).filter(|&unit| cased[unit].0 == unit).map(capital);
        let Some(first) = shape.next() else {
            return if self.among_capitals(scratch, start, end) { &forms.upper } else { &forms.lower };
        };
        if !first {
            return &forms.lower;
        }
        let all_capitals = match shape.next() {
            Some(second) => second && shape.all(|capital| capital),
            None => match (cased[end].0, cased[start].1) {
                (NONE, NONE) => false,
                (NONE, _) => true,
                (next, _) => capital(next),
            },
        };
        if all_capitals { &forms.upper } else { &forms.title }
    }

    /// Whether a sign without case stands between capitals, or beside two at an end of the word.
    fn among_capitals(&self, scratch: &Scratch, start: usize, end: usize) -> bool {
        let Scratch { word, cased, .. } = scratch;
        let (earlier, later) = (cased[start].1, cased[end].0);
        let other = match (earlier, later) {
            (NONE, NONE) => return false,
            (NONE, _) => cased[later + 1].0,
            (_, NONE) => cased[earlier].1,
            _ => return word.capitals[earlier] && word.capitals[later],
        };
        let nearest = if earlier == NONE { later } else { earlier };
        other != NONE && word.capitals[nearest] && word.capitals[other]
    }
}

impl Scratch {
    /// Notes that the units `start` to `end` become what stands in `output` from `at` on.
    fn edit_units(&mut self, start: usize, end: usize, at: usize) {
        self.edit(self.word.starts[start], self.word.starts[end], at);
    }

    fn edit(&mut self, start: usize, end: usize, at: usize) {
        let same = self.output[at..].chars().eq(self.chars[start..end].iter().copied());
        if !same {
            self.edits.push((start, end, at, self.output.len()));
        }
    }

    /// Calls `put` with each character of the rewritten word, as long as it returns true; whether it did.
    pub fn pieces(&self, mut put: impl FnMut(char) -> bool) -> bool {
        let mut done = 0;
        for &(start, end, first, last) in &self.edits {
            let kept = self.chars.get(done..start).unwrap_or_default();
            if !kept.iter().all(|&char| put(char)) || !self.output[first..last].chars().all(&mut put) {
                return false;
            }
            done = end;
        }
        self.chars[done..].iter().all(|&char| put(char))
    }
}
