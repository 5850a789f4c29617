//! Invisible characters inside words, and signs of direction that do not balance.

use std::ops::Range;

use crate::engine::findings::{Applicability, Finding, Message, Rule};
use crate::text::{Class, Classes, Script};

/// Hyphenation that a typesetter put there; no error.
const SOFT_HYPHEN: char = '\u{AD}';

/// What a sign of direction waits for.
fn closer_of(opener: char) -> Option<char> {
    match opener {
        '\u{202A}' | '\u{202B}' => Some('\u{202C}'),
        '\u{2066}'..='\u{2068}' => Some('\u{2069}'),
        _ => None,
    }
}

/// Whether a sign reorders what is written: Trojan Source.
fn is_override(char: char) -> bool {
    matches!(char, '\u{202D}' | '\u{202E}')
}

fn is_closer(char: char) -> bool {
    matches!(char, '\u{202C}' | '\u{2069}')
}

/// Findings on characters of `text[span]` that a reader cannot see, appended to `found` in order of their
/// kind. The span must be whole lines.
pub fn find(classes: &Classes, text: &str, span: Range<usize>, found: &mut Vec<Finding>) {
    let line = &text[span.clone()];
    if line.is_ascii() {
        return;
    }
    let mut has_bidi = false;
    let mut run: Option<usize> = None; // where a run of invisible characters began
    let mut before = None; // what stands before it
    let mut last = None;
    for (at, char) in line.char_indices() {
        let class = classes.of(char);
        has_bidi |= class == Class::Bidi;
        if class == Class::Invisible {
            if run.is_none() {
                (run, before) = (Some(at), last);
            }
        } else if let Some(start) = run.take()
            && is_in_word(before)
            && is_in_word(class.script())
        {
            found.extend(invisible(&line[start..at], span.start + start));
        }
        last = class.script();
    }
    if has_bidi {
        for line in lines(text, span) {
            unbalanced(classes, &text[line.clone()], line.start, found);
        }
    }
}

fn is_in_word(script: Option<Script>) -> bool {
    script.is_some_and(|script| script != Script::Letter)
}

/// What is to be said of a run of invisible characters inside a word.
fn invisible(run: &str, start: usize) -> Option<Finding> {
    let written: String = run.chars().filter(|&char| char != SOFT_HYPHEN).collect();
    let mut names = Vec::new();
    for char in written.chars() {
        if !names.contains(&char) {
            names.push(char);
        }
    }
    if names.is_empty() {
        return None;
    }
    let replacement = if run.contains(SOFT_HYPHEN) { run.replace(&written, "") } else { String::new() };
    Some(Finding {
        rule: Rule::InvisibleCharacter,
        start,
        end: start + run.len(),
        replacement: Some(replacement.into()),
        applicability: Applicability::Safe,
        message: Message::Invisible(names),
        place: None,
    })
}

/// The lines of a span, without their ends.
fn lines(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = span.start;
    text[span].split(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    })
}

fn unbalanced(classes: &Classes, line: &str, start: usize, found: &mut Vec<Finding>) {
    let mut waiting: Vec<(usize, char)> = Vec::new();
    let mut odd: Vec<(usize, char)> = Vec::new();
    for (at, char) in line.char_indices().filter(|&(_, char)| classes.of(char) == Class::Bidi) {
        if closer_of(char).is_some() {
            waiting.push((at, char));
        } else if is_override(char) {
            odd.push((at, char));
        } else if is_closer(char) {
            if waiting.last().is_some_and(|&(_, opener)| closer_of(opener) == Some(char)) {
                waiting.pop();
            } else if odd.is_empty() {
                odd.push((at, char));
            }
        }
    }
    waiting.append(&mut odd);
    waiting.sort_unstable_by_key(|&(at, _)| at);
    found.extend(waiting.into_iter().map(|(at, char)| Finding {
        rule: Rule::BidiControl,
        start: start + at,
        end: start + at + char.len_utf8(),
        replacement: None,
        applicability: Applicability::None,
        message: Message::Bidi(char),
        place: None,
    }));
}
