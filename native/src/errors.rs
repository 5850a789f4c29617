//! What can go wrong: only opening a ruleset can.

use std::fmt;

/// A file is no ruleset, or not one that this release reads. The message names the file and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesetError(pub String);

impl fmt::Display for RulesetError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for RulesetError {}
