//! The vectors of `tests/vectors/`, which the Python tests read as well: `tests/vectors/README.md` says what
//! stands in them.

mod findings;
mod offsets;
mod prose;
mod rulesets;
mod table;
mod transliteration;
