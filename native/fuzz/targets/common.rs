//! What the targets share: the ruleset, and bytes that are not text.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use _native::engine::Engine;
use _native::normalizer::Normalizer;
use _native::ruleset::records::SchemeHead;

/// The shipped ruleset; `run` says in NORMALIZE_RULESETS where it is.
pub static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| {
    let directory = std::env::var_os("NORMALIZE_RULESETS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../normalize/_data"),
        PathBuf::from,
    );
    let path = directory.join("uk-national.nzr");
    let engine = Engine::open(&path).unwrap_or_else(|error| panic!("{error}; native/fuzz/run builds it"));
    Normalizer::new(Arc::new(engine), [], [])
});

/// The bytes that a stretch of the engine's text stands for, which is read from the beginning of `bytes`: a
/// private character is itself there, or one byte.
pub fn bytes_of<'b>(text: &str, bytes: &'b [u8]) -> &'b [u8] {
    let mut at = 0;
    for char in text.chars() {
        let mut encoded = [0; 4];
        let encoded = char.encode_utf8(&mut encoded).as_bytes();
        at += if bytes[at..].starts_with(encoded) { encoded.len() } else { 1 };
    }
    &bytes[..at]
}

/// How many schemes an engine has.
pub fn scheme_count(engine: &Engine) -> usize {
    engine.ruleset.records("schemes", SchemeHead).map_or(0, |heads| heads.len())
}
