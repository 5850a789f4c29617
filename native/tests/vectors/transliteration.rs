//! Transliteration: every scheme, forward and back, as UTF-8 and as the units of a Python `str`.

use _native::scheme::{Output, Transliterator};

use crate::rulesets::engine;
use crate::table::{bytes, report, rows_of_folder, unescape};

fn text_of(out: &Output) -> String {
    out.units().codes().map(|code| char::from_u32(code).expect("text stays text")).collect()
}

/// The text by every entry that can hold it.
fn answers(scheme: &Transliterator, text: &str) -> Vec<(&'static str, String)> {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let mut found = vec![("str", scheme.transliterate(text).into_owned())];
    let mut out = Vec::new();
    scheme.transliterate_bytes(text.as_bytes(), &mut out);
    found.push(("bytes", String::from_utf8(out).expect("valid text stays valid")));
    let mut edited = String::new();
    let mut done = 0;
    for (start, end, replacement) in scheme.edits(text) {
        edited += &text[done..start];
        edited += &replacement;
        done = end;
    }
    found.push(("edits", edited + &text[done..]));
    let mut out = Output::default();
    if let Ok(units) = codes.iter().map(|&code| u8::try_from(code)).collect::<Result<Vec<_>, _>>() {
        let changed = scheme.transliterate_latin1(&units, &mut out);
        found.push(("latin1", if changed { text_of(&out) } else { text.to_owned() }));
    }
    if let Ok(units) = codes.iter().map(|&code| u16::try_from(code)).collect::<Result<Vec<_>, _>>() {
        let changed = scheme.transliterate_ucs2(&units, &mut out);
        found.push(("ucs2", if changed { text_of(&out) } else { text.to_owned() }));
    }
    let changed = scheme.transliterate_ucs4(&codes, &mut out);
    found.push(("ucs4", if changed { text_of(&out) } else { text.to_owned() }));
    found
}

#[test]
fn vectors() {
    let engine = engine("uk-national");
    let rows = rows_of_folder("transliteration");
    let mut failures = Vec::new();
    for row in &rows {
        let (id, backward) = match row.cell("scheme").strip_suffix("/rev") {
            Some(id) => (id, true),
            None => (row.cell("scheme"), false),
        };
        let number = engine.schemes.number(id).unwrap_or_else(|| panic!("{}: no scheme {id}", row.place));
        let scheme = if backward {
            engine.schemes.backward(&engine.ruleset, number).expect("a way back")
        } else {
            engine.schemes.forward(&engine.ruleset, number)
        };
        let [text, expected] = ["source", "expected"]
            .map(|column| String::from_utf8(bytes(&unescape(row.cell(column)))).expect("text"));
        for (entry, got) in answers(scheme, &text) {
            if got != expected {
                failures.push(format!("{} ({entry}): {got:?}, expected {expected:?}", row.place));
            }
        }
    }
    report(&failures, rows.len());
}
