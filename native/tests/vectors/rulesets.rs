//! The rulesets that the vectors stand under. Python builds them, so they are no part of the sources.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};

use _native::engine::Engine;
use _native::normalizer::Normalizer;

const CURE: &str = "build the rulesets with `python -m pip install -e .` in the project's directory, or name the \
                    directory of built ones in NORMALIZE_RULESETS";

static ENGINES: LazyLock<Mutex<HashMap<String, Arc<Engine>>>> = LazyLock::new(Mutex::default);

/// The engine of a profile. Panics with the cure where its ruleset is missing.
pub fn engine(profile: &str) -> Arc<Engine> {
    let mut engines = ENGINES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(engine) = engines.get(profile) {
        return engine.clone();
    }
    let directory = std::env::var_os("NORMALIZE_RULESETS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../normalize/_data"), PathBuf::from);
    let path = directory.join(format!("{profile}.nzr"));
    assert!(path.is_file(), "{}: no such ruleset; {CURE}", path.display());
    let engine = Arc::new(Engine::open(&path).unwrap_or_else(|error| panic!("{error}; {CURE}")));
    engines.insert(profile.to_owned(), engine.clone());
    engine
}

/// A profile's normalizer with nothing set but what the profile sets.
pub fn normalizer(profile: &str) -> Normalizer {
    let engine = engine(profile);
    let levels: Vec<(String, String)> = engine
        .ruleset
        .meta_with("level.")
        .into_iter()
        .map(|(rule, level)| (rule.to_owned(), level.to_owned()))
        .collect();
    Normalizer::new(engine, levels.iter().map(|(rule, level)| (&**rule, &**level)), [])
}
