//! The native engine: the same meaning as the reference engine in Python, from the same ruleset bytes.
//!
//! Everything here works on valid UTF-8 and byte offsets. Text that is not valid is carried through as
//! private characters (see [`text::source`]), and offsets become code points when a finding is shown.
//! No fact about any language stands in this crate: all of them come from the ruleset.

pub mod arrow;
pub mod blocks;
pub mod engine;
pub mod errors;
pub mod files;
pub mod normalizer;
#[cfg(feature = "python")]
mod python;
pub mod ruleset;
pub mod scheme;
pub mod skim;
pub mod suppression;
pub mod text;
