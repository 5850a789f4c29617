//! Offsets: the edits that are made stand where the maps of the vectors say, in every unit.

use _native::normalizer::Fixes;
use _native::text::source::from_bytes;

use crate::rulesets::normalizer;
use crate::table::{bytes, directory, report, rows, unescape};

/// A span of the source and what replaces it, as counted in a unit.
struct Edit {
    start: usize,
    end: usize,
    length: usize,
}

/// The size of a character of the engine's text in a unit; a private one stands for one byte of the source.
fn size(unit: &str, char: char) -> usize {
    let is_byte = from_bytes(&[0x80]).chars().next().is_some_and(|first| (first..).contains(&char));
    match unit {
        "utf-8" if !is_byte => char.len_utf8(),
        "utf-16" if !is_byte => char.len_utf16(),
        _ => 1,
    }
}

/// Where an offset of one side stands on the other one: inside an edit, where the edit begins.
fn carry(offset: usize, edits: &[Edit], to_target: bool) -> usize {
    let (mut here, mut there) = (0, 0); // where the edit before ends
    for edit in edits {
        let (own, other) = if to_target {
            (edit.end - edit.start, edit.length)
        } else {
            (edit.length, edit.end - edit.start)
        };
        let gap = edit.start - if to_target { here } else { there };
        if offset < here + gap {
            break;
        }
        if offset < here + gap + own {
            return there + gap;
        }
        (here, there) = (here + gap + own, there + gap + other);
    }
    there + offset - here
}

#[test]
fn maps() {
    let normalizer = normalizer("uk-national");
    let rows = rows(&directory().join("offsets/maps.tsv"));
    let mut failures = Vec::new();
    for row in &rows {
        let (source, unit) = (bytes(&unescape(row.cell("text"))), row.cell("unit"));
        let found = normalizer.find_bytes(&source);
        let target = found.applied(&source, Fixes::Safe).unwrap_or_else(|| source.clone());
        if target != bytes(&unescape(row.cell("expected"))) {
            failures.push(format!("{}: {}", row.place, String::from_utf8_lossy(&target)));
        }
        let count = |text: &str| text.chars().map(|char| size(unit, char)).sum::<usize>();
        let edits: Vec<Edit> = found
            .findings
            .iter()
            .filter(|one| Fixes::Safe.apply(one))
            .map(|one| Edit {
                start: count(&found.text[..one.start]),
                end: count(&found.text[..one.end]),
                length: count(one.replacement.as_deref().unwrap_or("")),
            })
            .collect();
        for (column, to_target) in [("to_target", true), ("to_source", false)] {
            for pair in row.cell(column).split_whitespace() {
                let (from, to) = pair.split_once('>').expect("offset>offset");
                let (from, to): (usize, usize) =
                    (from.parse().expect("a number"), to.parse().expect("a number"));
                let got = carry(from, &edits, to_target);
                if got != to {
                    failures.push(format!("{}: {column} {from} gives {got}, expected {to}", row.place));
                }
            }
        }
    }
    report(&failures, rows.len());
}
