//! The ruleset: tables and a profile, compiled; mapped into memory and used in place.

pub mod container;
pub mod lexicon;
pub mod reader;
pub mod records;
pub mod starts;

pub use container::{Container, Section};
pub use lexicon::Lexicon;
pub use reader::Ruleset;
