//! The engine: from a text to its findings and mentions, as the reference engine in Python defines them.

pub mod context;
pub mod document;
pub mod findings;
pub mod frames;
pub mod hints;
pub mod judge;
pub mod messages;
pub mod names;
pub mod phrases;
pub mod segment;
pub mod toponyms;
