//! Findings of any bytes: nothing crashes, and what is found is true.

#![no_main]

use std::borrow::Cow;

use _native::normalizer::Fixes;
use _native::skim::{Latin1, Ucs2, Ucs4, Utf8};
use libfuzzer_sys::fuzz_target;

#[allow(dead_code)] // no target uses all of it
mod common;
use common::{NORMALIZER, bytes_of};

fuzz_target!(|data: &[u8]| {
    let found = NORMALIZER.find_bytes(data);
    let text = &*found.text;
    let mut done = 0;
    for one in &found.findings {
        assert!(done <= one.start && one.start < one.end && one.end <= text.len());
        assert!(text.is_char_boundary(one.start) && text.is_char_boundary(one.end));
        assert_ne!(one.replacement.as_deref(), Some(&text[one.start..one.end]));
        let message = NORMALIZER.engine.message(text, one, &|_| Cow::Borrowed("LETTER"));
        assert!(!message.is_empty() && !message.contains(['\n', '\r']), "{message:?}");
        done = one.end;
    }
    let mentions = NORMALIZER.mentions(text);
    let mut done = 0;
    for one in &mentions {
        assert!(done <= one.start && one.start < one.end && one.end <= text.len());
        assert!(text.is_char_boundary(one.start) && text.is_char_boundary(one.end));
        assert!(one.place.is_none_or(|place| one.candidates.contains(&place)));
        done = one.end;
    }
    for fixes in [Fixes::Safe, Fixes::Unsafe, Fixes::None] {
        let made = found.applied(data, fixes);
        let mut expected = Vec::new();
        let (mut at, mut rest) = (0, data);
        for one in found.findings.iter().filter(|one| fixes.apply(one)) {
            let stays = bytes_of(&text[at..one.start], rest);
            expected.extend_from_slice(stays);
            expected.extend_from_slice(one.replacement.as_deref().unwrap_or("").as_bytes());
            rest = &rest[stays.len()..];
            rest = &rest[bytes_of(&text[one.start..one.end], rest).len()..];
            at = one.end;
        }
        expected.extend_from_slice(rest);
        assert_eq!(made.is_some(), at > 0);
        assert_eq!(made.as_deref().unwrap_or(data), expected);
    }
    looks_agree(text, found.findings.is_empty() && mentions.is_empty());
});

/// No look at a text may call it clean in which something is found; and all kinds of units are the same text.
fn looks_agree(text: &str, is_empty: bool) {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let mut clean = vec![NORMALIZER.is_clean(&Utf8(text)), NORMALIZER.is_clean(&Ucs4(&codes))];
    if let Ok(units) = codes.iter().map(|&code| u16::try_from(code)).collect::<Result<Vec<_>, _>>() {
        clean.push(NORMALIZER.is_clean(&Ucs2(&units)));
    }
    if let Ok(units) = codes.iter().map(|&code| u8::try_from(code)).collect::<Result<Vec<_>, _>>() {
        clean.push(NORMALIZER.is_clean(&Latin1(&units)));
    }
    assert!(is_empty || !clean.contains(&true), "{clean:?}");
}
