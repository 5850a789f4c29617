//! Damaged rulesets: they may be refused, or give wrong answers, but nothing crashes.
//!
//! The input says where a small ruleset is damaged: four bytes where, four bytes what stands there.

#![no_main]

use std::sync::{Arc, LazyLock};

use _native::engine::Engine;
use _native::normalizer::{Fixes, Normalizer};
use _native::ruleset::{Container, Ruleset};
use libfuzzer_sys::fuzz_target;

#[allow(dead_code)] // no target uses all of it
mod common;
use common::scheme_count;

/// `run` makes this ruleset; a small one, since every input opens it anew.
static RULESET: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = std::env::var_os("FUZZ_RULESET").expect("FUZZ_RULESET; native/fuzz/run makes it");
    std::fs::read(path).expect("a ruleset")
});
const TEXTS: [&str; 4] = [
    "The mayor of Kiev, along the River Seversky Донец (Ukrainian: Сіверський Донець), said Dоnetsk.",
    "Kharkov region, Krivoy\nRog's \u{200B}ci\u{200B}ty С-300 and 20 С, http://example.org/Lvov XІХ [sic]",
    "У Києві та Харкові сказали, що Oдеса і Lviv далеко. Mr Lvov, Odessa, Texas; chicken Kiev",
    "",
];

fuzz_target!(|data: &[u8]| {
    let mut bytes = RULESET.clone();
    let (damages, cut) = data.as_chunks::<8>();
    for [a, b, c, d, what @ ..] in damages {
        let at = u32::from_le_bytes([*a, *b, *c, *d]) as usize % bytes.len();
        let width = 4.min(bytes.len() - at);
        bytes[at..at + width].copy_from_slice(&what[..width]);
    }
    if cut.len() == 7 {
        let length = bytes.len() - usize::from(cut[0]) % bytes.len();
        bytes.truncate(length);
        let told = (length as u64).to_le_bytes();
        if length >= 24 && cut[1] % 2 == 0 {
            bytes[16..24].copy_from_slice(&told);
        }
    }
    let engine = Container::from_bytes(bytes, "damaged").and_then(Ruleset::new).and_then(Engine::new);
    let Ok(engine) = engine else { return };
    let normalizer = Normalizer::new(Arc::new(engine), [], []);
    for text in TEXTS {
        let found = normalizer.find_bytes(text.as_bytes());
        found.applied(text.as_bytes(), Fixes::Unsafe);
        for one in &found.findings {
            normalizer.engine.message(text, one, &|_| "LETTER".into());
        }
        normalizer.mentions(text);
        let engine = &normalizer.engine;
        for number in 0..scheme_count(engine).min(2) {
            engine.schemes.forward(&engine.ruleset, number).transliterate(text);
            if let Some(scheme) = engine.schemes.backward(&engine.ruleset, number) {
                scheme.transliterate(text);
            }
        }
    }
});
