//! The engine as a whole: made from a ruleset, asked for findings and mentions.

use std::path::Path;

use crate::engine::findings::Finding;
use crate::engine::judge::Verdict;
use crate::engine::languages::{LanguageId, LanguageNames};
use crate::engine::letters::{Asked, Letters};
use crate::engine::markup::Markup;
use crate::engine::meant::MeantJudge;
use crate::engine::messages::{LetterNames, Messages};
use crate::engine::mixed::MixedJudge;
use crate::engine::names::Readings;
use crate::engine::quiet::Quiet;
use crate::engine::schemes::Schemes;
use crate::engine::stray::StrayJudge;
use crate::engine::toponyms::Toponyms;
use crate::engine::zones::ZoneFinder;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;

/// Of a text about Ukraine in Latin letters: what its one-letter words are told by.
const LATIN_LANGUAGE: &str = "en";

/// Interprets one ruleset. Immutable, and shared between threads as it is.
pub struct Engine {
    /// The ruleset.
    pub ruleset: Ruleset,
    /// Transliteration.
    pub schemes: Schemes,
    pub(super) letters: Letters,
    pub(super) toponyms: Toponyms,
    pub(super) mixed: MixedJudge,
    pub(super) stray: StrayJudge,
    pub(super) quiet: Quiet,
    pub(super) markup: Markup,
    pub(super) meant: MeantJudge,
    pub(super) zones: ZoneFinder,
    pub(super) latin_language: Vec<LanguageId>,
    /// Latin languages in which the profile rewrites names.
    pub(super) rewritten_languages: Vec<LanguageId>,
    messages: Messages,
    /// The profile's scheme for each of its languages.
    profile_schemes: Vec<(Option<LanguageId>, usize)>,
}

/// A place named in the text, canonical or not, in either script. Positions are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The number of the kind of the name that was chosen, or is the likeliest.
    pub kind: u32,
    /// The row of the place that the context supports, if it supports one.
    pub place: Option<u32>,
    /// The rows of all places that the words can mean, the most likely first.
    pub candidates: Vec<u32>,
}

impl Engine {
    /// An engine for a ruleset file.
    pub fn open(path: &Path) -> Result<Engine, RulesetError> {
        Engine::new(Ruleset::open(path)?)
    }

    /// An engine for a ruleset. Errors if it lacks a section, or a pattern of it is wrong.
    pub fn new(ruleset: Ruleset) -> Result<Engine, RulesetError> {
        let names = LanguageNames::new(&ruleset)?;
        let schemes = Schemes::new(&ruleset)?;
        let profile_schemes = ruleset
            .meta_with("scheme.")
            .into_iter()
            .filter_map(|(language, scheme)| Some((names.id(language), schemes.number(scheme)?)))
            .collect();
        let letters = Letters::new(&ruleset)?;
        let stray = StrayJudge::new(&ruleset, &names)?;
        Ok(Engine {
            quiet: Quiet::new(&ruleset, &letters.folds, &stray),
            letters,
            toponyms: Toponyms::new(&ruleset)?,
            mixed: MixedJudge::new(&ruleset)?,
            stray,
            markup: Markup::new(&ruleset)?,
            meant: MeantJudge::new(&ruleset)?,
            zones: ZoneFinder::new(&ruleset)?,
            latin_language: names.id(LATIN_LANGUAGE).into_iter().collect(),
            rewritten_languages: ruleset.words_of("languages").filter_map(|name| names.id(name)).collect(),
            messages: Messages::default(),
            profile_schemes,
            schemes,
            ruleset,
        })
    }

    /// All findings, sorted and disjoint.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        self.findings_of(text)
    }

    /// Every place that is named, in either script.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let Some(analysis) = self.analyse(text) else { return Vec::new() };
        let mut found = Vec::new();
        for candidate in &analysis.names {
            let Some(first) = candidate.readings.first() else { continue };
            if candidate.verdict == Verdict::Other {
                continue;
            }
            let chosen = candidate.chosen().unwrap_or(first);
            let mut candidates: Vec<u32> = Vec::with_capacity(candidate.readings.len());
            for reading in &candidate.readings {
                if !candidates.contains(&reading.place) {
                    candidates.push(reading.place);
                }
            }
            found.push(Mention {
                start: candidate.phrase.start,
                end: candidate.phrase.end,
                kind: chosen.kind,
                place: (candidate.verdict == Verdict::Place).then_some(chosen.place),
                candidates,
            });
        }
        found
    }

    /// The readings of a whole name.
    pub fn look_up<'a>(&'a self, name: &'a str) -> Readings<'a> {
        self.toponyms.look_up(&self.ruleset, name)
    }

    /// The message of a finding of a text.
    pub fn message(&self, text: &str, finding: &Finding, names: LetterNames<'_>) -> String {
        self.messages.render(&self.ruleset, self.toponyms.cues(), text, finding, names)
    }

    /// Ask a judge something, with all that it may ask back.
    pub(super) fn asked<R>(&self, ask: impl FnOnce(Asked<'_>) -> R) -> R {
        ask(Asked {
            folder: &self.ruleset.folder,
            letters: &self.letters,
            is_place: &|word| self.toponyms.is_name(&self.ruleset, word),
            romanize: &|word, fallback| self.romanize(word, fallback),
        })
    }

    /// A Cyrillic word by the profile's scheme for its language.
    fn romanize(&self, word: &str, fallback: &[LanguageId]) -> String {
        let told = self.letters.languages.of(&self.ruleset.folder, word, fallback);
        let own = told.iter().find_map(|&language| {
            self.profile_schemes.iter().find(|(of, _)| *of == Some(language)).map(|&(_, scheme)| scheme)
        });
        match own.or(self.profile_schemes.first().map(|&(_, scheme)| scheme)) {
            Some(scheme) => self.schemes.forward(&self.ruleset, scheme).transliterate(word).into_owned(),
            None => word.to_owned(),
        }
    }
}
