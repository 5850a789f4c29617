//! Transliteration: the rules of a scheme, and their interpreters.
//!
//! A leaf of the import graph: it knows nothing of rulesets, and holds no letter of any alphabet. What a
//! letter becomes is data that is passed in.

mod apply;
mod casing;
mod chars;
mod context;
mod decode;
mod leave;
mod neighbours;
mod output;
mod plan;
mod rewrite;
mod rules;
mod run;
mod text;
mod word;

pub use apply::{Edit, NoWayBack, Transliterator};
pub use casing::CaseTable;
pub use output::{Output, Units};
pub use rules::{DROP, KEEP, Rule, SchemeRules};
