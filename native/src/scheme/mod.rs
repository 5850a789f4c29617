//! Transliteration: the rules of a scheme, and their interpreters.
//!
//! A leaf of the import graph: it knows nothing of rulesets, and holds no letter of any alphabet. What a
//! letter becomes is data that is passed in.

mod apply;
mod beyond;
mod casing;
mod cells;
mod chars;
mod context;
#[cfg(test)]
mod context_tests;
mod decode;
#[cfg(test)]
mod decode_tests;
mod expand;
mod filter;
mod layout;
mod leave;
mod neighbours;
mod output;
mod plan;
mod refine;
mod rewrite;
mod rules;
mod run;
mod styles;
#[cfg(test)]
mod tests;
mod text;
mod truths;
mod typed;
mod word;

pub use apply::{Edit, NoWayBack, Transliterator};
pub use casing::CaseTable;
pub use output::{Output, Units};
pub use rules::{DROP, KEEP, Rule, SchemeRules};
pub use styles::{STYLE_MARK, STYLES};
