//! A word where it stands: questions about the marks, numbers, letters and lines beside it.
//!
//! The answers are features of the table `[[stray]]`; their definitions stand in the head of
//! `verdicts.toml`. What is asked of a whole line or paragraph is found out once for all its words.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::folds::Tiers;
use crate::engine::hints::{hash_of_key, hash_of_word};
use crate::engine::languages::{LanguageId, LanguageNames};
use crate::engine::letters::{Asked, is_decimal};
use crate::engine::scene::{FirstTwo, LoneLetters};
pub use crate::engine::scene::{Lines, Scene, Spot};
use crate::engine::segment::Atom;
use crate::engine::verdicts::Value;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::{LanguageWord, Signal};
use crate::skim::blocks::{BLOCK, kinds};
use crate::text::{Class, Folder, Script, Shape};

const OPERATORS: &str = "=+<>*/^|±×÷−≤≥≈≠∑∫√∞∈";
pub(super) const AFTER_CLAUSE: &str = ".,;:!?…—–-«\"“";
/// What may stand between the numerals of a range or a list.
const JOINTS: &str = "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}/,";
/// So many numerals of a range or list are looked past.
const NUMERALS_IN_A_ROW: usize = 4;
const OPENING: &str = "\"'«“„‘`";
const CLOSING: &str = "\"'»”“’`";
/// Words on either side within which a text may speak of a letter as such.
const METALINGUISTIC_REACH: usize = 4;

/// The signals that words are compared with.
#[derive(Default)]
struct Signals {
    maths: Vec<String>,
    numbered: Vec<String>,
    numbered_short: Vec<String>,
    numeral_tail: Vec<String>,
    preposition: Vec<String>,
    metalinguistic: Vec<String>,
    informal: Vec<String>,
    lone_prefix: Vec<String>,
    lone_suffix: Vec<String>,
}

/// Answers questions about spots, by the signals of a ruleset.
pub struct Surroundings {
    signals: Signals,
    one_letter: FxHashMap<Box<str>, Vec<LanguageId>>,
    /// A word of each metalinguistic signal, by its hash.
    telling: FxHashSet<u64>,
    /// The bytes with which an informal signal may begin.
    informal_starts: [bool; 256],
}

impl Surroundings {
    /// The signals of a ruleset. Errors if it lacks a section.
    pub fn new(ruleset: &Ruleset, names: &LanguageNames) -> Result<Surroundings, RulesetError> {
        let mut signals = Signals::default();
        for row in ruleset.records("signals", Signal)? {
            let texts = match row.signal() {
                "maths" => &mut signals.maths,
                "numbered" => &mut signals.numbered,
                "numbered-short" => &mut signals.numbered_short,
                "numeral-tail" => &mut signals.numeral_tail,
                "preposition" => &mut signals.preposition,
                "metalinguistic" => &mut signals.metalinguistic,
                "informal" => &mut signals.informal,
                "lone-prefix" => &mut signals.lone_prefix,
                "lone-suffix" => &mut signals.lone_suffix,
                _ => continue,
            };
            texts.push(ruleset.folder.key(row.text()).into_owned());
        }
        // of each signal the longest word, which is seldom a common one
        let telling = |text: &String| {
            let longest = text.split(' ').rev().max_by_key(|word| word.len());
            hash_of_key(longest.unwrap_or("").as_bytes())
        };
        let telling = signals.metalinguistic.iter().map(telling).collect();
        signals.metalinguistic.iter_mut().for_each(|text| *text = format!(" {text} "));
        let informal_starts = std::array::from_fn(|byte| {
            let small = ruleset.folder.lower_char(char::from(byte as u8));
            byte >= 0x80
                || signals.informal.iter().any(|signal| signal.is_empty() || signal.starts_with(small))
        });
        let mut one_letter: FxHashMap<Box<str>, Vec<LanguageId>> = FxHashMap::default();
        for row in ruleset.records("one_letter_words", LanguageWord)? {
            if let Some(language) = names.id(row.language()) {
                one_letter.entry(ruleset.folder.key(row.word()).into()).or_default().push(language);
            }
        }
        Ok(Surroundings { signals, one_letter, telling, informal_starts })
    }

    /// Whether a letter is a word of its own in one of the paragraph's languages.
    pub fn is_one_letter_word(&self, folder: &Folder, letter: &str, scene: &Scene<'_>) -> bool {
        let listed = self.one_letter.get(&*folder.key(letter));
        listed.is_some_and(|listed| (scene.languages)().iter().any(|language| listed.contains(language)))
    }

    /// The part that a hyphen joins to this one (after it, or before with a negative step), or "".
    pub fn hyphened<'a>(&self, spot: Spot<'a>, step: isize) -> &'a str {
        joined_part(spot, step).map_or("", |atom| atom.text(spot.scene.text))
    }

    /// `Inside` the part, a `Hyphen` away, or `None`.
    pub fn digits(&self, asked: Asked<'_>, spot: Spot<'_>) -> Value {
        let classes = asked.classes();
        if spot.word().chars().any(|char| classes.of(char) == Class::Digit) {
            return Value::Inside;
        }
        let is_number = |text: &str| !text.is_empty() && text.chars().all(|char| is_decimal(classes, char));
        let beside = [-2, 2].into_iter().any(|step| is_number(self.hyphened(spot, step)));
        if beside { Value::Hyphen } else { Value::None }
    }

    /// Whether digits begin the part, or a hyphen joins it to digits before it.
    pub fn is_number_first(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        let is_digit = |char: char| is_decimal(asked.classes(), char);
        let before = self.hyphened(spot, -2);
        spot.word().starts_with(is_digit) || (!before.is_empty() && before.chars().all(is_digit))
    }

    /// Whether a hyphen joins the part to one of this script that stands before it.
    pub fn is_after(&self, spot: Spot<'_>, script: Script) -> bool {
        joined_part(spot, -2).is_some_and(|atom| atom.script.is(script))
    }

    /// Whether a hyphen or an apostrophe joins the part to letters.
    pub fn is_joined(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        spot.word().chars().any(|char| asked.classes().of(char) == Class::Apostrophe)
            || [-2, 2].into_iter().any(|step| joined_part(spot, step).is_some_and(|atom| atom.letters > 0))
    }

    /// Whether a hyphen joins it to a Latin part of two letters or more that follows.
    pub fn is_before_latin(&self, spot: Spot<'_>) -> bool {
        joined_part(spot, 2).is_some_and(|atom| atom.letters > 1 && atom.script.is(Script::Latin))
    }

    /// Whether a Latin word of two letters or more stands beside it on the same line.
    pub fn is_latin_word(&self, spot: Spot<'_>, step: isize) -> bool {
        spot.beside(step).is_some_and(|other| {
            other.is_part
                && other.letters > 1
                && other.script.is(Script::Latin)
                && !spot.gap(other).contains('\n')
        })
    }

    /// Whether it is the first in its line or follows a mark of punctuation.
    pub fn starts_clause(&self, spot: Spot<'_>) -> bool {
        let Some(before) = spot.beside(-1) else { return true };
        spot.gap(before).contains('\n')
            || (!before.is_part && is_one_of(before.text(spot.scene.text), AFTER_CLAUSE))
    }

    /// Whether it begins a line, and a word ends the line before.
    pub fn is_wrapped(&self, spot: Spot<'_>) -> bool {
        spot.beside(-1).is_some_and(|before| before.is_part && spot.gap(before).contains('\n'))
    }

    /// Whether the twin of a lone letter is a preposition, and the word before it is one too.
    pub fn are_prepositions(&self, folder: &Folder, spot: Spot<'_>, twin: &str) -> bool {
        let is_listed = |word: &str| has_one(&self.signals.preposition, &folder.key(word));
        spot.beside(-1).is_some_and(|before| {
            before.is_part && before.word != spot.atom().word && is_listed(before.text(spot.scene.text))
        }) && is_listed(twin)
    }

    /// Whether words of the running script stand on both sides, or one after the start of a clause.
    pub fn is_between_words(&self, spot: Spot<'_>) -> bool {
        let line = spot.line();
        match spot.beside(1) {
            Some(after) if after.script == spot.scene.running && after.end <= line.end => {}
            _ => return false,
        }
        match spot.beside(-1) {
            Some(before) if before.end >= line.start && before.is_part => before.script == spot.scene.running,
            _ => self.starts_clause(spot),
        }
    }

    /// Whether the letter seems to stand for a quantity.
    pub fn is_maths(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        if self.is_quantity(asked, spot.scene, spot.index) {
            return true;
        }
        let lone = spot.scene.lone_letters.get_or_init(|| self.lone_letters(asked, spot.scene));
        lone.foreign.has_other(spot.index)
            || lone
                .quantities
                .get(&*asked.folder.key(spot.word()))
                .is_some_and(|same| same.has_other(spot.index))
    }

    /// Whether an operator stands beside an atom, or a noun that variables follow before it.
    fn is_quantity(&self, asked: Asked<'_>, scene: &Scene<'_>, index: usize) -> bool {
        let beside = |at: usize| scene.atoms.get(at);
        let before = index.checked_sub(1).and_then(beside);
        let is_operator = |atom: &Atom| is_one_of(atom.text(scene.text), OPERATORS);
        before.is_some_and(is_operator)
            || beside(index + 1).is_some_and(is_operator)
            || before.is_some_and(|word| {
                word.is_part && starts_with_one(asked.folder, word.text(scene.text), &self.signals.maths)
            })
    }

    fn lone_letters(&self, asked: Asked<'_>, scene: &Scene<'_>) -> LoneLetters {
        let mut found = LoneLetters::default();
        for (index, atom) in scene.atoms.iter().enumerate() {
            let mut chars = atom.text(scene.text).chars();
            let (Some(letter), None) = (chars.next(), chars.next()) else { continue };
            if !atom.is_part || !atom.script.is(Script::Latin) {
                continue;
            }
            if self.is_quantity(asked, scene, index) {
                let key: Box<str> = asked.folder.key(atom.text(scene.text)).into();
                found.quantities.entry(key).or_default().add(index);
            }
            let twin = asked.letters.folds.letter(letter, Script::Cyrillic, &[], Tiers::STRONG);
            if twin.is_none_or(|twin| !self.is_one_letter_word(asked.folder, twin, scene)) {
                found.foreign.add(index);
            }
        }
        found
    }

    /// Whether it is a letter of a series: before a bracket, or before a full stop if others are too.
    pub fn is_label(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        let text = spot.scene.text;
        match label_mark(text, spot.atom(), spot.beside(1)) {
            Some(")") => true,
            Some(_) => {
                let labels = || {
                    let mut labels = FirstTwo::default();
                    for (index, pair) in spot.scene.atoms.windows(2).enumerate() {
                        let mut chars = pair[0].text(text).chars();
                        let is_letter = pair[0].is_part
                            && chars.next().is_some_and(|char| !is_decimal(asked.classes(), char))
                            && chars.next().is_none();
                        if is_letter && label_mark(text, &pair[0], Some(&pair[1])).is_some() {
                            labels.add(index);
                        }
                    }
                    labels
                };
                spot.scene.labels.get_or_init(labels).has_other(spot.index)
            }
            None => false,
        }
    }

    /// Whether a numeral has an ending, follows a capitalised word, or stands by a word that is numbered.
    ///
    /// The numerals of a range or list (`ХІХ–ХХ ст.`) share what stands before and after them. If `told`, a
    /// capitalised word is not enough.
    pub fn is_numbered(&self, asked: Asked<'_>, spot: Spot<'_>, told: bool) -> bool {
        let folder = asked.folder;
        if has_one(&self.signals.numeral_tail, &folder.key(self.hyphened(spot, 2))) {
            return true;
        }
        let (before, after) = (self.past_numerals(asked, spot, -1), self.past_numerals(asked, spot, 1));
        !told && before.is_some_and(|before| folder.shape(before) == Shape::Title)
            || [before, after].into_iter().flatten().any(|beside| {
                starts_with_one(folder, beside, &self.signals.numbered) || self.is_short(folder, beside)
            })
    }

    /// The part on that side, past the other numerals of a range; None where another mark stands there.
    fn past_numerals<'a>(&self, asked: Asked<'_>, spot: Spot<'a>, step: isize) -> Option<&'a str> {
        let text = spot.scene.text;
        let is_numeral = |atom: &Atom| asked.letters.folds.roman(asked.folder, atom.text(text)).is_some();
        let mut at = step;
        for _ in 0..NUMERALS_IN_A_ROW {
            let atom = spot.beside(at)?;
            if atom.is_part {
                if !is_numeral(atom) {
                    return Some(atom.text(text));
                }
                at += step;
                continue;
            }
            let beyond = spot.beside(at + step).filter(|beyond| beyond.is_part)?;
            if is_one_of(atom.text(text), JOINTS) && is_numeral(beyond) {
                at += 2 * step;
            } else {
                // `поч. ХХ`
                let word = beyond.text(text);
                let is_abbreviated = step < 0 && atom.text(text) == "." && self.is_short(asked.folder, word);
                return is_abbreviated.then_some(word);
            }
        }
        None
    }

    fn is_short(&self, folder: &Folder, word: &str) -> bool {
        has_one(&self.signals.numbered_short, &folder.key(word))
    }

    /// Whether the text speaks of the letter as such.
    pub fn is_metalinguistic(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        let text = spot.scene.text;
        if let (Some(before), Some(after)) = (spot.beside(-1), spot.beside(1))
            && is_one_of(before.text(text), OPENING)
            && is_one_of(after.text(text), CLOSING)
        {
            return true;
        }
        let parts_key = |atom: &&Atom| atom.is_part;
        let (before, after) = (&spot.scene.atoms[..spot.index], &spot.scene.atoms[spot.index + 1..]);
        let mut scratch = String::new();
        let near = before.iter().rev().filter(parts_key).take(METALINGUISTIC_REACH);
        let mut near = near.chain(after.iter().filter(parts_key).take(METALINGUISTIC_REACH));
        if !near.any(|atom| {
            // of what is written, repaired or not: that is compared below
            let hash = match atom.hash {
                0 => hash_of_word(asked.folder, atom.text(text), &mut scratch),
                hash => Some(hash),
            };
            hash.is_none_or(|hash| self.telling.contains(&hash))
        }) {
            return false; // no signal has all its words there
        }
        let mut words: Vec<Cow<'_, str>> = Vec::with_capacity(2 * METALINGUISTIC_REACH + 2);
        let key = |atom: &'_ Atom| -> String { asked.folder.key(atom.text(text)).into_owned() };
        words.extend(
            before.iter().rev().filter(parts_key).take(METALINGUISTIC_REACH).map(|atom| key(atom).into()),
        );
        words.reverse();
        words.push("".into());
        words.extend(after.iter().filter(parts_key).take(METALINGUISTIC_REACH).map(|atom| key(atom).into()));
        words.push("".into());
        let window = format!(" {} ", words.join(" "));
        self.signals.metalinguistic.iter().any(|signal| window.contains(signal.as_str()))
    }

    /// Whether a pictograph or a sign of informal speech stands in the line.
    pub fn is_informal(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        let line = spot.line();
        let known = &spot.scene.lines.is_informal;
        if known.get().is_none() {
            known.set(Some(self.is_informal_line(asked, &spot.scene.text[line])));
        }
        known.get() == Some(true)
    }

    /// Whether a pictograph stands in a line, or an informal signal between spaces or at its ends.
    fn is_informal_line(&self, asked: Asked<'_>, line: &str) -> bool {
        let bytes = line.as_bytes();
        let mut carry = 1; // the line's beginning is as good as a space before it
        for base in (0..bytes.len()).step_by(BLOCK) {
            let (_, space, high) = kinds(bytes, base);
            let begins = |at: usize| self.informal_starts[bytes[at] as usize];
            let mut starts = (space << 1 | carry) & u64::MAX >> (BLOCK - (bytes.len() - base).min(BLOCK));
            carry = space >> 63;
            let mut high = high;
            while starts != 0 {
                let at = base + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                if begins(at) && self.is_informal_signal(asked.folder, &line[at..]) {
                    return true;
                }
            }
            while high != 0 {
                let at = base + high.trailing_zeros() as usize;
                high &= high - 1;
                if bytes[at] >= 0xC0
                    && line[at..].chars().next().is_some_and(|char| asked.classes().of(char) == Class::Symbol)
                {
                    return true;
                }
            }
        }
        false
    }

    /// Whether an informal signal stands at the beginning of `rest`, up to a space or the end.
    fn is_informal_signal(&self, folder: &Folder, rest: &str) -> bool {
        self.signals.informal.iter().any(|signal| {
            let mut written = rest.chars();
            let same =
                signal.chars().all(|char| written.next().map(|one| folder.lower_char(one)) == Some(char));
            same && written.next().is_none_or(|after| after == ' ')
        })
    }

    /// Whether a number stands before it, with or without a space.
    pub fn is_after_number(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        let is_digit = |char: Option<char>| char.is_some_and(|char| is_decimal(asked.classes(), char));
        is_digit(spot.word().chars().next())
            || spot.beside(-1).is_some_and(|before| {
                before.is_part && is_digit(before.text(spot.scene.text).chars().next_back())
            })
    }

    /// Whether a sign of degrees stands directly before it.
    pub fn has_prefix(&self, spot: Spot<'_>) -> bool {
        self.is_after_prefix(&spot.scene.text[..spot.atom().start])
    }

    /// The same by what stands before the letter.
    pub fn is_after_prefix(&self, before: &str) -> bool {
        self.signals.lone_prefix.iter().any(|sign| before.ends_with(sign.as_str()))
    }

    /// Whether a sign that makes a name of a letter stands directly after it.
    pub fn has_suffix(&self, spot: Spot<'_>) -> bool {
        self.is_before_suffix(&spot.scene.text[spot.atom().end..])
    }

    /// The same by what stands after the letter.
    pub fn is_before_suffix(&self, after: &str) -> bool {
        self.signals.lone_suffix.iter().any(|sign| after.starts_with(sign.as_str()))
    }
}

fn joined_part(spot: Spot<'_>, step: isize) -> Option<&Atom> {
    spot.beside(step).filter(|atom| atom.is_part && atom.word == spot.atom().word)
}

/// The bracket or full stop that directly follows.
fn label_mark<'t>(text: &'t str, atom: &Atom, after: Option<&Atom>) -> Option<&'t str> {
    let mark = after.filter(|after| after.start == atom.end)?.text(text);
    matches!(mark, ")" | ".").then_some(mark)
}

/// Whether a text is one character, and one of these.
fn is_one_of(text: &str, chars: &str) -> bool {
    let mut own = text.chars();
    matches!((own.next(), own.next()), (Some(char), None) if chars.contains(char))
}

fn has_one(signals: &[String], key: &str) -> bool {
    signals.iter().any(|signal| signal == key)
}

fn starts_with_one(folder: &Folder, word: &str, signals: &[String]) -> bool {
    let key = folder.key(word);
    signals.iter().any(|signal| key.starts_with(signal.as_str()))
}
