//! Judging words of one script where another is written: features for the table `[[stray]]`.
//!
//! The features are named and defined in the head of `verdicts.toml`. A word is looked at where it stands:
//! its paragraph, the atoms beside it, its line.

use std::cell::OnceCell;

use crate::engine::designators::{Designation, Designators};
use crate::engine::folds::Tiers;
use crate::engine::languages::{LanguageId, LanguageNames};
use crate::engine::letters::{Asked, is_decimal};
use crate::engine::segment::PartScript;
use crate::engine::spots::{Spot, Surroundings};
use crate::engine::verdicts::{NOTHING_KNOWN, Row, Table, Value};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::text::{Classes, Script, Shape};

/// The Roman numerals of one letter that are taken for numerals.
pub(super) const LONE_NUMERALS: [&str; 3] = ["I", "V", "X"];
const FEATURES: [&str; 38] = [
    "script",
    "running",
    "meant",
    "listed",
    "place",
    "designator",
    "glossary",
    "skeleton",
    "lookalike",
    "roman",
    "lone",
    "lone_twin",
    "lone_word",
    "capital",
    "numeral",
    "numbered",
    "digits",
    "number_first",
    "number_last",
    "shape",
    "length",
    "before_latin",
    "joined",
    "after_other",
    "beside_latin",
    "clause_start",
    "maths",
    "label",
    "metalinguistic",
    "informal",
    "unit_position",
    "degree",
    "between_words",
    "variable",
    "wrapped",
    "prepositions",
    "document",
    "suffix_sign",
];

/// What was decided of a word.
#[derive(Debug, Clone)]
pub struct StrayVerdict<'j> {
    /// The row that decided.
    pub row: &'j Row,
    /// What should stand there, if the row names a repair and there is one.
    pub replacement: Option<String>,
}

/// What is to be asked of a part before the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// Nothing: the table says `fine`.
    None,
    /// Whether it is odd: with digits, or in capitals.
    IfOdd,
    /// Nothing more.
    Any,
}

/// What is to be asked of a part, by its letters and its paragraph alone.
#[inline]
pub fn may_concern(spot: Spot<'_>) -> Concern {
    let (running, atom) = (spot.scene.running, spot.atom());
    let script = match atom.script {
        PartScript::One(script @ (Script::Latin | Script::Cyrillic)) => script,
        _ => return Concern::None,
    };
    if running == PartScript::None && script == Script::Latin {
        return Concern::None;
    }
    if running.is_some() && !running.is(script) || script == Script::Cyrillic && atom.letters == 1 {
        return Concern::Any;
    }
    let is_telling =
        atom.has_digits || atom.has_capitals || may_be_small_and_capital(spot) || spot.is_hyphened();
    if script == Script::Cyrillic && is_telling { Concern::IfOdd } else { Concern::None }
}

/// Whether a word of two letters may be a small one and a capital, as `рН`; says yes too often.
fn may_be_small_and_capital(spot: Spot<'_>) -> bool {
    let atom = spot.atom();
    atom.letters == 2
        && atom.end - atom.start == 4
        && !matches!(spot.word().as_bytes(), [_, _, 0xD0, 0xB0..=0xFF] | [_, _, 0xD1, 0x80..=0x9F]) // а to џ
}

/// Judges words in another script than their paragraph, by the table of a ruleset.
pub struct StrayJudge {
    table: Table,
    designators: Designators,
    around: Surroundings,
}

impl StrayJudge {
    /// The table, designators and signals of a ruleset. Errors if it lacks a section.
    pub fn new(ruleset: &Ruleset, names: &LanguageNames) -> Result<StrayJudge, RulesetError> {
        Ok(StrayJudge {
            table: Table::new(ruleset, "verdicts.stray", &FEATURES)?,
            designators: Designators::new(ruleset)?,
            around: Surroundings::new(ruleset, names)?,
        })
    }

    /// Whether digits stand in or beside a part, or it is in capitals, or a small letter and a capital.
    pub fn is_odd(&self, asked: Asked<'_>, spot: Spot<'_>) -> bool {
        self.around.digits(asked, spot) != Value::None
            || match asked.folder.shape(spot.word()) {
                Shape::Upper => true,
                Shape::Mixed => may_be_small_and_capital(spot),
                _ => false,
            }
    }

    /// The verdict on the part, which must be one of Latin or Cyrillic letters; None where no row fits.
    /// `fallback` are the document's languages.
    pub fn judge(
        &self,
        asked: Asked<'_>,
        spot: Spot<'_>,
        fallback: &dyn Fn() -> Vec<LanguageId>,
    ) -> Option<StrayVerdict<'_>> {
        let word = Word::new(self, asked, spot)?;
        let row = self.table.decide(|feature| word.feature(FEATURES[feature]))?;
        let replacement = if row.is_fine() { None } else { word.repair(&row.repair, fallback) };
        Some(StrayVerdict { row, replacement: replacement.filter(|replacement| replacement != spot.word()) })
    }

    /// Whether the table may say anything of parts of which some features are known, by name.
    pub fn may_tell(&self, known: &[(&str, Value)]) -> bool {
        let mut features = NOTHING_KNOWN;
        for (name, value) in known {
            if let Some(feature) = FEATURES.iter().position(|feature| feature == name) {
                features[feature] = Some(*value);
            }
        }
        self.table.may_tell(&features)
    }

    /// Whether a sign stands directly before or after a lone letter that makes something else of it.
    pub fn has_sign_beside(&self, before: &str, after: &str) -> bool {
        self.around.is_after_prefix(before) || self.around.is_before_suffix(after)
    }

    /// Every feature of the part with its value, for explanations.
    pub fn features(&self, asked: Asked<'_>, spot: Spot<'_>) -> Vec<(&'static str, &'static str)> {
        let Some(word) = Word::new(self, asked, spot) else { return Vec::new() };
        FEATURES.iter().map(|&name| (name, word.feature(name).name())).collect()
    }
}

/// A word with what several features ask of it.
struct Word<'a> {
    judge: &'a StrayJudge,
    asked: Asked<'a>,
    spot: Spot<'a>,
    text: &'a str,
    script: Script,
    first: char,
    letters: usize,
    fold: OnceCell<Option<String>>,
}

impl<'a> Word<'a> {
    fn new(judge: &'a StrayJudge, asked: Asked<'a>, spot: Spot<'a>) -> Option<Word<'a>> {
        let PartScript::One(script) = spot.atom().script else { return None };
        let text = spot.word();
        let first = text.chars().find(|&char| asked.classes().is_letter(char))?;
        let letters = spot.atom().letters as usize;
        Some(Word { judge, asked, spot, text, script, first, letters, fold: OnceCell::new() })
    }

    /// Latin for a Cyrillic word, and the reverse.
    fn other(&self) -> Script {
        self.script.other()
    }

    fn feature(&self, name: &str) -> Value {
        let (asked, spot, around) = (self.asked, self.spot, &self.judge.around);
        let (folder, known) = (asked.folder, asked.letters);
        match name {
            "script" => self.script.into(),
            "running" => match spot.scene.running {
                PartScript::One(script) => Value::of_two(Some(script)),
                _ => Value::None,
            },
            "meant" => spot.meant.into(),
            "listed" => known.lexis.is_listed(self.text).into(),
            "place" => (spot.place
                || (self.script == Script::Latin && self.fold().is_some_and(|fold| (asked.is_place)(fold))))
            .into(),
            "designator" => self.designation().map_or(Value::None, |found| found.form),
            "glossary" => known.lexis.established(self.text).is_some_and(|latin| !latin.is_empty()).into(),
            "skeleton" => {
                let alike = known.lexis.alike(folder, &known.folds, self.text, true);
                alike.iter().any(|&(_, script)| script == self.other()).into()
            }
            "lookalike" => {
                let fold = if self.script == Script::Cyrillic { self.fold() } else { None };
                known.lexis.is_lookalike_word(fold.unwrap_or(self.text)).into()
            }
            "roman" => (self.script == Script::Cyrillic
                && self.roman().is_some_and(|roman| is_of_i_and_x(&roman)))
            .into(),
            "lone" => (self.letters == 1).into(),
            "lone_twin" => self.twin().is_some().into(),
            "lone_word" => {
                self.twin().is_some_and(|twin| around.is_one_letter_word(folder, twin, spot.scene)).into()
            }
            "capital" => folder.is_upper(self.first).into(),
            "numeral" => self.is_numeral(false).into(),
            "numbered" => self.is_numeral(true).into(),
            "digits" => around.digits(asked, spot),
            "number_first" => around.is_number_first(asked, spot).into(),
            "number_last" => {
                self.text.chars().next_back().is_some_and(|char| is_decimal(asked.classes(), char)).into()
            }
            "shape" => folder.shape(self.text).into(),
            "length" => Value::length(self.letters),
            "before_latin" => around.is_before_latin(spot).into(),
            "joined" => around.is_joined(asked, spot).into(),
            "after_other" => around.is_after(spot, self.other()).into(),
            "beside_latin" => [-1, 1].into_iter().any(|step| around.is_latin_word(spot, step)).into(),
            "clause_start" => around.starts_clause(spot).into(),
            "maths" => (self.letters == 1 && around.is_maths(asked, spot)).into(),
            "label" => (self.letters == 1 && around.is_label(asked, spot)).into(),
            "metalinguistic" => around.is_metalinguistic(asked, spot).into(),
            "informal" => around.is_informal(asked, spot).into(),
            "unit_position" => around.is_after_number(asked, spot).into(),
            "degree" => around.has_prefix(spot).into(),
            "between_words" => around.is_between_words(spot).into(),
            "variable" => {
                (self.letters == 1 && spot.scene.variables(asked.classes()).contains(&self.first)).into()
            }
            "wrapped" => around.is_wrapped(spot).into(),
            "prepositions" => {
                self.twin().is_some_and(|twin| around.are_prepositions(folder, spot, twin)).into()
            }
            "document" => (spot.scene.document)().map_or(Value::None, Value::from),
            "suffix_sign" => around.has_suffix(spot).into(),
            _ => Value::None,
        }
    }

    /// The word in letters of the other script, by strong rows alone.
    fn fold(&self) -> Option<&str> {
        let folds = &self.asked.letters.folds;
        let fold = || folds.fold(self.asked.folder, self.text, self.other(), &[], Tiers::STRONG);
        self.fold.get_or_init(fold).as_deref().filter(|fold| !fold.is_empty())
    }

    /// The twin of a lone letter.
    fn twin(&self) -> Option<&str> {
        let twin = || self.asked.letters.folds.letter(self.first, self.other(), &[], Tiers::STRONG);
        if self.letters == 1 { twin() } else { None }
    }

    fn roman(&self) -> Option<String> {
        self.asked.letters.folds.roman(self.asked.folder, self.text)
    }

    /// Whether a Roman numeral stands where numerals do; if `told`, a capital before it does not tell.
    fn is_numeral(&self, told: bool) -> bool {
        self.roman().is_some_and(|roman| self.letters != 1 || LONE_NUMERALS.contains(&&*roman))
            && self.judge.around.is_numbered(self.asked, self.spot, told)
    }

    fn repair(&self, repair: &str, fallback: &dyn Fn() -> Vec<LanguageId>) -> Option<String> {
        let (folder, known) = (self.asked.folder, self.asked.letters);
        match repair {
            "designator" => self.designator_repair(),
            "glossary" => known.lexis.established(self.text).map(str::to_owned),
            "fold" => known.folds.fold(folder, self.text, self.other(), &[], Tiers::REPAIRING),
            "roman" => self.roman(),
            "listed" => {
                let mut forms = known.lexis.alike(folder, &known.folds, self.text, true);
                forms.retain(|&(_, script)| script == self.other());
                if let [(form, _)] = forms[..] { Some(form.to_owned()) } else { None }
            }
            "scheme" => Some((self.asked.romanize)(self.text, &fallback())),
            _ => None,
        }
    }

    fn designation(&self) -> Option<Designation> {
        let (before, letters, after) = number_parts(self.asked.classes(), self.text);
        let number = if after.is_empty() { self.judge.around.hyphened(self.spot, 2) } else { after };
        let digits =
            &number[..number.len() - number.trim_start_matches(|char: char| char.is_ascii_digit()).len()];
        if letters.is_empty() || (digits.is_empty() && before.is_empty()) {
            return None;
        }
        let between = !before.is_empty() && !digits.is_empty();
        let (folder, folds) = (self.asked.folder, &self.asked.letters.folds);
        self.judge.designators.of(folder, folds, letters, self.script, digits, between)
    }

    fn designator_repair(&self) -> Option<String> {
        let (before, _, after) = number_parts(self.asked.classes(), self.text);
        let designation = self.designation()?;
        let folds = &self.asked.letters.folds;
        let tail = folds.fold(self.asked.folder, after, self.other(), &[], Tiers::REPAIRING)?;
        Some(format!("{before}{}{tail}", designation.repair))
    }
}

/// Digits, letters, and the rest of a part such as `9М133`.
fn number_parts<'t>(classes: &Classes, text: &'t str) -> (&'t str, &'t str, &'t str) {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let (head, _) = text.split_at(text.len() - rest.len());
    let cut = rest.find(|char| is_decimal(classes, char)).unwrap_or(rest.len());
    let (letters, tail) = rest.split_at(cut);
    (head, letters, tail)
}

/// Whether a numeral has two signs or more, and no others than I and X.
pub(super) fn is_of_i_and_x(roman: &str) -> bool {
    roman.len() > 1 && roman.bytes().all(|sign| matches!(sign, b'I' | b'X'))
}
