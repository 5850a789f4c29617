//! The engine: from a text to its findings and mentions, as the reference engine in Python defines them.

pub mod document;
pub mod findings;
pub mod segment;
