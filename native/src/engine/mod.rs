//! The engine: from a text to its findings and mentions, as the reference engine in Python defines them.

pub mod analysis;
pub mod context;
pub mod controls;
mod cue_scan;
pub mod designators;
pub mod document;
pub mod findings;
pub mod folds;
pub mod frames;
pub mod hints;
pub mod interpreter;
pub mod judge;
pub mod language_names;
pub mod languages;
pub mod latin_languages;
pub mod letters;
pub mod lexis;
pub mod look;
pub mod markup;
pub mod meant;
pub mod messages;
pub mod mixed;
pub mod names;
pub mod phrases;
pub mod scene;
pub mod schemes;
pub mod segment;
pub mod split;
pub mod spots;
pub mod stray;
pub mod toponyms;
pub mod verdicts;
pub mod zone_gates;
pub mod zone_patterns;
pub mod zones;

pub use interpreter::{Engine, Mention};
