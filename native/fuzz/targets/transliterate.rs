//! Transliteration of any bytes by any scheme, both ways: every entry gives the same.

#![no_main]

use _native::scheme::{Output, Transliterator};
use _native::text::source::from_bytes;
use libfuzzer_sys::fuzz_target;

#[allow(dead_code)] // no target uses all of it
mod common;
use common::{NORMALIZER, scheme_count};

fuzz_target!(|data: &[u8]| {
    let [scheme, direction, data @ ..] = data else { return };
    let engine = &NORMALIZER.engine;
    let number = usize::from(*scheme) % scheme_count(engine);
    let scheme = match direction % 2 {
        0 => engine.schemes.forward(&engine.ruleset, number),
        _ => match engine.schemes.backward(&engine.ruleset, number) {
            Some(scheme) => scheme,
            None => return,
        },
    };
    let text = from_bytes(data);
    let written = scheme.transliterate(&text);
    assert_eq!(by_edits(scheme, &text), written);
    let mut out = Vec::new();
    scheme.transliterate_bytes(data, &mut out);
    if matches!(text, std::borrow::Cow::Borrowed(_)) {
        assert_eq!(out, written.as_bytes());
    } else if !data.windows(2).any(|two| two == [0xF4, 0x8F]) {
        // no private character but those that stand for bytes
        let mut expected = Vec::new();
        for char in written.chars() {
            match u32::from(char).checked_sub(0x10_FC00).and_then(|byte| u8::try_from(byte).ok()) {
                Some(byte @ 0x80..) => expected.push(byte),
                _ => expected.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        assert_eq!(out, expected);
    }
    units(scheme, &text, &written);
});

fn by_edits(scheme: &Transliterator, text: &str) -> String {
    let (mut out, mut done) = (String::new(), 0);
    for (start, end, replacement) in scheme.edits(text) {
        assert!(done <= start && start <= end);
        assert_ne!(&text[start..end], replacement);
        out += &text[done..start];
        out += &replacement;
        done = end;
    }
    out + &text[done..]
}

/// The same from code points of one, two and four bytes.
fn units(scheme: &Transliterator, text: &str, written: &str) {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let mut out = Output::default();
    let check = |changed: bool, out: &Output| {
        if changed {
            assert!(out.units().codes().eq(written.chars().map(u32::from)));
        } else {
            assert_eq!(text, written);
        }
    };
    let changed = scheme.transliterate_ucs4(&codes, &mut out);
    check(changed, &out);
    if let Ok(units) = codes.iter().map(|&code| u16::try_from(code)).collect::<Result<Vec<_>, _>>() {
        let changed = scheme.transliterate_ucs2(&units, &mut out);
        check(changed, &out);
    }
    if let Ok(units) = codes.iter().map(|&code| u8::try_from(code)).collect::<Result<Vec<_>, _>>() {
        let changed = scheme.transliterate_latin1(&units, &mut out);
        check(changed, &out);
    }
}
