//! Judging chunks that hold letters of more than one script.
//!
//! Facts about the chunk become features, named and defined in the head of `verdicts.toml`; that table
//! decides; the repair that it names is carried out here. A repair that does not exist leaves the
//! finding without one.

use std::cell::{Cell, OnceCell};

use crate::engine::folds::{Tiers, runs};
use crate::engine::languages::LanguageId;
use crate::engine::letters::Asked;
use crate::engine::verdicts::{Known, NOTHING_KNOWN, Row, Table, Value};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::text::{Class, Script, Shape};

/// Letters on both sides of a change of script that make two words run together.
const GLUED_RUN: usize = 4;
const BOTH: [Script; 2] = [Script::Latin, Script::Cyrillic];
const FEATURES: [&str; 25] = [
    "listed",
    "skeleton",
    "roman",
    "fold",
    "ocr",
    "codepage",
    "codepage_known",
    "unit",
    "seam",
    "majority",
    "camel",
    "doubled",
    "odd",
    "chess",
    "quantity",
    "numeral_tail",
    "placeholder",
    "caps",
    "length",
    "running",
    "greek",
    "digits",
    "glued",
    "place_latin",
    "place_cyrillic",
];

/// What was decided of a chunk.
#[derive(Debug, Clone)]
pub struct Judged<'j> {
    /// The row that decided.
    pub row: &'j Row,
    /// The chunk repaired; None where it stays or no repair is known.
    pub replacement: Option<String>,
    /// The script that the chunk is meant in, if that is known.
    pub script: Option<Script>,
    /// Whether it would be the same in a paragraph of another script.
    pub is_anywhere: bool,
    /// The features that were asked for and do not depend on the paragraph.
    pub known: Known,
}

/// Judges chunks of mixed scripts by the table of a ruleset.
pub struct MixedJudge {
    table: Table,
}

impl MixedJudge {
    /// The table of a ruleset. Errors if it has none.
    pub fn new(ruleset: &Ruleset) -> Result<MixedJudge, RulesetError> {
        Ok(MixedJudge { table: Table::new(ruleset, "verdicts.mixed", &FEATURES)? })
    }

    /// Whether a chunk holds letters of two of Latin, Cyrillic and Greek.
    pub fn is_mixed(&self, asked: Asked<'_>, text: &str) -> bool {
        let mut first = None;
        text.chars()
            .filter_map(|char| asked.classes().script(char))
            .any(|script| script != Script::Letter && *first.get_or_insert(script) != script)
    }

    /// The verdict on a mixed chunk in a paragraph of script `running`; None for a pure one.
    ///
    /// `fallback` are the document's languages, for a chunk that does not tell its own. `before` is what was
    /// decided of the same chunk with the same fallback in a paragraph of another script, if that was asked.
    pub fn judge(
        &self,
        asked: Asked<'_>,
        text: &str,
        running: Option<Script>,
        fallback: &[LanguageId],
        before: Option<&Judged<'_>>,
    ) -> Option<Judged<'_>> {
        if !self.is_mixed(asked, text) {
            return None;
        }
        let chunk = Chunk::new(asked, text, running, fallback);
        let mut known = before.map_or_else(|| NOTHING_KNOWN, |judged| judged.known);
        let row = self.table.decide_by(&mut known, |feature| chunk.feature(FEATURES[feature]));
        let row = row.unwrap_or(self.table.fine());
        if let Some(running) = FEATURES.iter().position(|&name| name == "running") {
            known[running] = None;
        }
        if row.is_fine() {
            let is_anywhere = !chunk.saw_running.get();
            return Some(Judged { row, replacement: None, script: None, is_anywhere, known });
        }
        let replacement = chunk.repair(&row.repair).filter(|replacement| replacement != text);
        let script = replacement.as_deref().and_then(|word| only_script(asked, word));
        Some(Judged { row, replacement, script, is_anywhere: !chunk.saw_running.get(), known })
    }

    /// Every feature of a mixed chunk with its value, for explanations; nothing for a pure one.
    pub fn features(
        &self,
        asked: Asked<'_>,
        text: &str,
        running: Option<Script>,
        fallback: &[LanguageId],
    ) -> Vec<(&'static str, &'static str)> {
        if !self.is_mixed(asked, text) {
            return Vec::new();
        }
        let chunk = Chunk::new(asked, text, running, fallback);
        FEATURES.iter().map(|&name| (name, chunk.feature(name).name())).collect()
    }
}

/// The script that all letters of a word have in common.
fn only_script(asked: Asked<'_>, word: &str) -> Option<Script> {
    let mut scripts = word.chars().filter_map(|char| asked.classes().script(char));
    let first = scripts.next()?;
    scripts.all(|script| script == first).then_some(first)
}

/// A chunk with what every feature asks of it.
struct Chunk<'a> {
    asked: Asked<'a>,
    text: String,
    running: Option<Script>,
    /// Whether `running` was asked for.
    saw_running: Cell<bool>,
    languages: Vec<LanguageId>,
    letters: Vec<char>,
    scripts: Vec<Script>,
    stretches: Vec<(Script, usize)>,
    folds: [OnceCell<Option<String>>; 2],
}

impl<'a> Chunk<'a> {
    fn new(asked: Asked<'a>, text: &str, running: Option<Script>, fallback: &[LanguageId]) -> Chunk<'a> {
        let folder = asked.folder;
        let languages = asked.letters.languages.of_mixed(folder, text, fallback);
        let text = folder.compose(&folder.visible(text)).into_owned();
        let letters: Vec<char> = text.chars().filter(|&char| folder.classes().is_letter(char)).collect();
        let scripts: Vec<Script> = letters.iter().filter_map(|&char| folder.classes().script(char)).collect();
        let stretches = runs(&scripts);
        let (saw_running, folds) = (Cell::new(false), Default::default());
        Chunk { asked, text, running, saw_running, languages, letters, scripts, stretches, folds }
    }

    fn running(&self) -> Option<Script> {
        self.saw_running.set(true);
        self.running
    }

    fn feature(&self, name: &str) -> Value {
        let Asked { folder, letters: known, is_place, .. } = self.asked;
        let place = |script: Script| {
            Value::from(self.folded(script).is_some_and(|fold| !fold.is_empty() && is_place(fold)))
        };
        let has = |script: Script| self.scripts.contains(&script);
        let is_upper = |at: usize| folder.is_upper(self.letters[at]);
        match name {
            "listed" => known.lexis.is_listed(&self.text).into(),
            "skeleton" => {
                let alike = known.lexis.alike(folder, &known.folds, &self.text, false);
                let is = |script: Script| alike.iter().any(|one| one.1 == script);
                Value::which(is(Script::Latin), is(Script::Cyrillic))
            }
            "roman" => known.folds.roman(folder, &self.text).is_some().into(),
            "fold" => {
                let folds = |script| self.folded(script).is_some_and(|fold| !fold.is_empty());
                Value::which(folds(Script::Latin), folds(Script::Cyrillic))
            }
            "ocr" => {
                Value::which(self.misread(Script::Latin).is_some(), self.misread(Script::Cyrillic).is_some())
            }
            "codepage" => Value::of_two(BOTH.into_iter().find(|&script| self.codepage(script).is_some())),
            "codepage_known" => BOTH
                .into_iter()
                .filter_map(|script| self.codepage(script))
                .any(|read| known.lexis.is_listed(&read) || is_place(&read))
                .into(),
            "unit" => known.lexis.unit(&known.folds, &self.text).is_some().into(),
            "seam" => self.seam(),
            "majority" => self.majority(),
            "camel" => {
                let has_small = || !is_upper(0) || self.letters.len() > 2 && !is_upper(2);
                (self.letters.len() > 1 && self.stretches[0].1 == 1 && is_upper(1) && has_small()).into()
            }
            "doubled" => self.is_doubled().into(),
            "odd" => self.is_odd().into(),
            "chess" => known.lexis.is_chess_move(&self.text).into(),
            "quantity" => known.lexis.is_quantity(&self.text).into(),
            "numeral_tail" => known.lexis.is_numeral_with_tail(folder, &known.folds, &self.text).into(),
            "placeholder" => known.lexis.is_with_placeholder(folder.classes(), &self.text).into(),
            "caps" => (folder.shape(&self.text) == Shape::Upper).into(),
            "length" => Value::length(self.letters.len()),
            "running" => Value::of_two(self.running()),
            "greek" if has(Script::Greek) => Value::which(has(Script::Latin), has(Script::Cyrillic)),
            "digits" => self.text.chars().any(|char| folder.classes().of(char) == Class::Digit).into(),
            "glued" => {
                let is_long = |stretch: &(Script, usize)| stretch.1 >= GLUED_RUN;
                (self.stretches.len() == 2
                    && self.stretches.iter().all(is_long)
                    && self.seam() != Value::Case)
                    .into()
            }
            "place_latin" => place(Script::Latin),
            "place_cyrillic" => place(Script::Cyrillic),
            _ => Value::None,
        }
    }

    /// The chunk in letters of Latin or Cyrillic, by the tiers that repair.
    fn folded(&self, script: Script) -> Option<&str> {
        let fold = || self.fold(&self.text, script, Tiers::REPAIRING);
        self.folds[usize::from(script != Script::Latin)].get_or_init(fold).as_deref()
    }

    fn misread(&self, script: Script) -> Option<String> {
        self.fold(&self.text, script, Tiers::MISREADING).filter(|fold| !fold.is_empty())
    }

    fn fold(&self, text: &str, script: Script, tiers: Tiers) -> Option<String> {
        let languages = if script == Script::Cyrillic { &*self.languages } else { &[] };
        self.asked.letters.folds.fold(self.asked.folder, text, script, languages, tiers)
    }

    fn letter(&self, char: char, script: Script, tiers: Tiers) -> Option<&str> {
        let languages = if tiers == Tiers::KEYBOARD { &*self.languages } else { &[] };
        self.asked.letters.folds.letter(char, script, languages, tiers)
    }

    /// The script of most letters, `tie` where no single one has most.
    fn majority(&self) -> Value {
        let count = |script: Script| self.scripts.iter().filter(|&&own| own == script).count();
        let mut counts =
            [Script::Latin, Script::Cyrillic, Script::Greek].map(|script| (count(script), script));
        counts.sort_by_key(|&(count, _)| count);
        if counts[2].0 > counts[1].0 { counts[2].1.into() } else { Value::Tie }
    }

    /// Where the one change of script falls: `case`, `tail`, `suffix`, `plain`, or `none`.
    fn seam(&self) -> Value {
        let [(_, cut), _] = self.stretches[..] else { return Value::None };
        let (before, after) = self.letters.split_at(cut);
        let is_upper = |char: &char| self.asked.folder.is_upper(*char);
        if before.len() > 1 && before.iter().all(is_upper) && !after.iter().any(is_upper) {
            return Value::Suffix;
        }
        match (before, after) {
            ([_, .., last], [tail]) if is_upper(tail) && !is_upper(last) => Value::Tail,
            ([_, .., last], [first, second, ..]) => {
                if is_upper(first) && (!is_upper(last) || !is_upper(second)) {
                    Value::Case
                } else {
                    Value::Plain
                }
            }
            _ => Value::None,
        }
    }

    /// Whether the chunk begins with a letter and its twin of the same case.
    fn is_doubled(&self) -> bool {
        let ([first, second, ..], [script, other, ..]) = (&self.letters[..], &self.scripts[..]) else {
            return false;
        };
        script != other
            && self.letter(*second, *script, Tiers::STRONG).is_some_and(|twin| twin.chars().eq([*first]))
    }

    /// Whether the Cyrillic fold begins as no word of its language does, by a foreign letter.
    fn is_odd(&self) -> bool {
        self.scripts[0] != Script::Cyrillic
            && self.folded(Script::Cyrillic).is_some_and(|fold| {
                self.asked.letters.languages.never_begins(self.asked.folder, fold, &self.languages)
            })
    }

    /// The word with its one or two single strangers read in the right code page.
    fn codepage(&self, script: Script) -> Option<String> {
        let Asked { folder, .. } = self.asked;
        let mut out = String::with_capacity(self.text.len());
        let mut strangers = 0;
        let mut before = None;
        for char in self.text.chars() {
            let own = folder.classes().script(char);
            if own.is_none_or(|own| own == script) {
                out.push(char);
            } else {
                if before != Some(script) || folder.is_upper(char) {
                    return None;
                }
                out.push_str(self.letter(char, script, Tiers::CODEPAGE)?);
                strangers += 1;
            }
            before = own;
        }
        matches!(strangers, 1 | 2).then_some(out)
    }

    /// The first letter as the key that was meant, the others as look-alikes.
    fn on_other_keyboard(&self) -> Option<String> {
        let mut rest = self.text.chars();
        let first = self.letter(rest.next()?, Script::Cyrillic, Tiers::KEYBOARD)?;
        Some(first.to_owned() + &self.fold(rest.as_str(), Script::Cyrillic, Tiers::REPAIRING)?)
    }

    /// The two words that run together at the change of script.
    fn split(&self) -> Option<String> {
        let is_other = |script: Script| script != self.scripts[0];
        let (at, _) = self
            .text
            .char_indices()
            .find(|&(_, char)| self.asked.classes().script(char).is_some_and(is_other))?;
        let (before, after) = self.text.split_at(at);
        Some(format!("{before} {after}"))
    }

    fn repair(&self, repair: &str) -> Option<String> {
        let Asked { folder, letters: known, .. } = self.asked;
        match repair {
            "fold-latin" => self.folded(Script::Latin).map(str::to_owned),
            "fold-cyrillic" | "place" => self.folded(Script::Cyrillic).map(str::to_owned),
            "roman" => known.folds.roman(folder, &self.text),
            "listed" => {
                let forms = known.lexis.alike(folder, &known.folds, &self.text, false);
                let is_own = |form: &&(&str, Script)| Some(form.1) == self.running();
                let own: Vec<&(&str, Script)> = forms.iter().filter(is_own).collect();
                let chosen = if own.is_empty() { forms.iter().collect() } else { own };
                if let [form] = chosen[..] { Some(form.0.to_owned()) } else { None }
            }
            "split" => self.split(),
            "ocr" => match (self.misread(Script::Latin), self.misread(Script::Cyrillic)) {
                (Some(latin), Some(cyrillic)) => match self.running() {
                    Some(Script::Latin) => Some(latin),
                    Some(Script::Cyrillic) => Some(cyrillic),
                    _ => None,
                },
                (latin, cyrillic) => latin.or(cyrillic),
            },
            "codepage" => BOTH.into_iter().find_map(|script| self.codepage(script)),
            "unit" => known.lexis.unit(&known.folds, &self.text).map(|unit| {
                let is_latin = self.running() == Some(Script::Latin);
                String::from(if is_latin { &*unit.latin } else { &*unit.cyrillic })
            }),
            "keyboard" => self.on_other_keyboard(),
            _ => None,
        }
    }
}
