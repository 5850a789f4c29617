//! Findings and repairs: every rule, span, replacement and applicability, and the text that comes of them.

use std::collections::HashMap;

use _native::normalizer::{Fixes, Normalizer};
use _native::text::source::Counter;

use crate::rulesets::normalizer;
use crate::table::{Points, Row, bytes, directory, report, rows, rows_of_folder, unescape};

/// Rule, first and last code point, replacement, applicability.
type Found = (String, usize, usize, Option<String>, String);

struct Case {
    text: Vec<u8>,
    expected: Vec<u8>,
    /// None where findings are not compared.
    findings: Option<Vec<Found>>,
}

fn case(row: &Row) -> Case {
    let mut text = Points::new();
    let mut spans = Vec::new();
    for (index, piece) in row.cell("text").split(['\u{27E6}', '\u{27E7}']).enumerate() {
        let start = text.len();
        text.extend(unescape(piece));
        if index % 2 == 1 {
            spans.push((start, text.len()));
        }
    }
    let text = bytes(&text);
    let expected =
        if row.cell("expected") == "=" { text.clone() } else { bytes(&unescape(row.cell("expected"))) };
    let findings = match row.cell("findings") {
        "" => None,
        "-" => Some(Vec::new()),
        told => {
            let items: Vec<&str> = told.split(" ; ").collect();
            assert_eq!(items.len(), spans.len(), "{}: the number of marks", row.place);
            Some(items.iter().zip(&spans).map(|(item, &span)| found(item, span)).collect())
        }
    };
    Case { text, expected, findings }
}

fn found(item: &str, (start, end): (usize, usize)) -> Found {
    let mut words = item.splitn(3, ' ');
    let mut next = || words.next().map(str::to_owned);
    let (rule, applicability) = (next().unwrap_or_default(), next().unwrap_or_default());
    let replacement = next().map(|cell| match &*cell {
        "\"\"" => String::new(),
        cell => String::from_utf8(bytes(&unescape(cell))).expect("a replacement is text"),
    });
    (rule, start, end, replacement, applicability)
}

/// What is wrong with a vector, if anything is.
fn failure(normalizer: &Normalizer, row: &Row) -> Option<String> {
    let case = case(row);
    let found = normalizer.find_bytes(&case.text);
    let mut counter = Counter::new(&found.text);
    let got: Vec<Found> = found
        .findings
        .iter()
        .map(|one| {
            let (start, end) = (counter.code_points(one.start), counter.code_points(one.end));
            let replacement = one.replacement.as_deref().map(str::to_owned);
            (one.rule.id().to_owned(), start, end, replacement, one.applicability.name().to_owned())
        })
        .collect();
    let text = found.applied(&case.text, Fixes::Safe).unwrap_or_else(|| case.text.clone());
    if text != case.expected {
        let (text, expected) = (String::from_utf8_lossy(&text), String::from_utf8_lossy(&case.expected));
        return Some(format!("{}: {text:?}, expected {expected:?}; found {got:?}", row.place));
    }
    match case.findings {
        Some(expected) if expected != got => {
            Some(format!("{}: found {got:?}, expected {expected:?}", row.place))
        }
        _ => None,
    }
}

/// Judges rows, with one normalizer a profile.
fn failures<'r>(rows: impl IntoIterator<Item = &'r Row>) -> Vec<Option<String>> {
    let mut normalizers: HashMap<&str, Normalizer> = HashMap::new();
    rows.into_iter()
        .map(|row| failure(normalizers.entry(&row.profile).or_insert_with(|| normalizer(&row.profile)), row))
        .collect()
}

fn check(folder: &str) {
    let rows = rows_of_folder(folder);
    report(&failures(&rows).into_iter().flatten().collect::<Vec<_>>(), rows.len());
}

#[test]
fn scripts() {
    check("scripts");
}

#[test]
fn places() {
    check("places");
}

#[test]
fn sentences() {
    check("sentences");
}

#[test]
fn controls() {
    check("controls");
}

#[test]
fn known_failures_still_fail() {
    let rows = rows(&directory().join("known-failures.tsv"));
    for (row, failure) in rows.iter().zip(failures(&rows)) {
        assert!(failure.is_some(), "{}: passes now; move it to its own file", row.place);
    }
}

#[test]
fn vectors_are_many() {
    let all = ["scripts", "places", "sentences", "controls"];
    assert!(all.iter().map(|folder| rows_of_folder(folder).len()).sum::<usize>() > 250);
}
