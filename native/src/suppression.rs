//! Marks in a text by which its author says: leave this as it is.
//!
//! A mark follows a character that is not a letter, a digit or a hyphen, or opens the line: `normalize:`
//! and `ignore`, `ignore-next-line`, `off` or `on`, the first three also with `[rule, rule]`; and `[sic]`
//! or `(sic)` covers the word, the capitalised words or the quotation that it directly follows. The same
//! as `normalize/suppression.py`, whose head says it in full; positions are bytes.

use std::ops::Range;

use memchr::{memchr2, memchr2_iter, memmem, memrchr2};
use rustc_hash::FxHashMap;

use crate::text::properties::{is_alphanumeric, is_space, is_word};

const MARK: &str = "normalize:";
const SIC_HINTS: [&str; 5] = ["sic]", "sic)", "sic!", "sic*", "sic_"];
/// How far before `[sic]` a quotation or a phrase may begin, in code points.
const REACH: usize = 200;

type Span = (usize, usize);

/// Where findings are to be dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressions {
    /// Spans for all rules; sorted, disjoint.
    all: Vec<Span>,
    by_rule: FxHashMap<Box<str>, Vec<Span>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    IgnoreNextLine,
    Ignore,
    Off,
    On,
}

struct Mark<'t> {
    verb: Verb,
    /// What stands between its brackets.
    rules: &'t str,
    start: usize,
}

impl Suppressions {
    /// The suppressions that the text asks for, or None (at the cost of two searches).
    pub fn scan(text: &str) -> Option<Suppressions> {
        let mut found = Suppressions::default();
        if memmem::find(text.as_bytes(), MARK.as_bytes()).is_some() {
            found.add_marks(text);
        }
        found.add_sics(text);
        if found.all.is_empty() && found.by_rule.is_empty() {
            return None;
        }
        merge(&mut found.all);
        found.by_rule.values_mut().for_each(merge);
        Some(found)
    }

    /// Whether a finding of this rule that touches the bytes `start` to `end` is to be dropped.
    pub fn covers(&self, start: usize, end: usize, rule: &str) -> bool {
        touches(&self.all, start, end)
            || self.by_rule.get(rule).is_some_and(|spans| touches(spans, start, end))
    }

    /// The spans of a rule, or of all rules for an empty one: sorted and disjoint.
    pub fn spans(&self, rule: &str) -> &[Span] {
        if rule.is_empty() { &self.all } else { self.by_rule.get(rule).map_or(&[], |spans| spans) }
    }

    /// The rules that have spans of their own.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.by_rule.keys().map(|rule| &**rule)
    }

    fn add(&mut self, rules: &str, span: Span) {
        let mut is_for_all = true;
        for rule in rules.split(',').map(|rule| rule.trim_matches([' ', '\t'])) {
            if !rule.is_empty() {
                is_for_all = false;
                self.by_rule.entry(rule.into()).or_default().push(span);
            }
        }
        if is_for_all {
            self.all.push(span);
        }
    }

    fn add_marks(&mut self, text: &str) {
        let mut lines = Lines { text: text.as_bytes(), start: 0, end: None };
        let mut next_lines = Lines { text: text.as_bytes(), start: 0, end: None };
        let mut opened: Vec<(&str, usize)> = Vec::new();
        let marks = Marks { text, at: 0 };
        for mark in marks {
            let first = lines.start_at(mark.start);
            let (last, following) = lines.end_at(mark.start);
            match mark.verb {
                Verb::Ignore => self.add(mark.rules, (first, last)),
                Verb::IgnoreNextLine => self.add(mark.rules, (following, next_lines.end_at(following).0)),
                Verb::Off => opened.push((mark.rules, first)),
                Verb::On => opened.drain(..).for_each(|(rules, start)| self.add(rules, (start, last))),
            }
        }
        opened.into_iter().for_each(|(rules, start)| self.add(rules, (start, text.len())));
    }

    fn add_sics(&mut self, text: &str) {
        let mut has_hint = None;
        let mut end = 0;
        for at in memchr2_iter(b'[', b'(', text.as_bytes()) {
            if at < end {
                continue;
            }
            let Some(length) = length_of_sic(&text[at..]) else { continue };
            end = at + length;
            if *has_hint.get_or_insert_with(|| has_sic_hint(text)) {
                self.all.extend(start_of_phrase(text, at).map(|start| (start, at)));
            }
        }
    }
}

/// The marks of a text, in order.
struct Marks<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Marks<'t> {
    type Item = Mark<'t>;

    fn next(&mut self) -> Option<Mark<'t>> {
        loop {
            let start = self.at + memmem::find(&self.text.as_bytes()[self.at..], MARK.as_bytes())?;
            self.at = start + MARK.len();
            if self.text[..start].chars().next_back().is_some_and(|char| is_word(char) || char == '-') {
                continue;
            }
            let Some((verb, after)) = verb_at(self.text, skip_blanks(self.text, self.at)) else { continue };
            let rules = rules_at(self.text, skip_blanks(self.text, after));
            self.at = rules.as_ref().map_or(after, |rules| rules.end + 1);
            if matches!(verb, Verb::Off | Verb::On) && !ends_line(&self.text[self.at..]) {
                continue; // a sentence that happens to say so
            }
            return Some(Mark { verb, rules: rules.map_or("", |rules| &self.text[rules]), start });
        }
    }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The verb at a place, and where it ends: neither a letter nor a digit nor a hyphen follows.
fn verb_at(text: &str, at: usize) -> Option<(Verb, usize)> {
    const VERBS: [(&str, Verb); 4] = [
        ("ignore-next-line", Verb::IgnoreNextLine),
        ("ignore", Verb::Ignore),
        ("off", Verb::Off),
        ("on", Verb::On),
    ];
    VERBS.into_iter().find_map(|(name, verb)| {
        let rest = text[at..].strip_prefix(name)?;
        let goes_on = rest.chars().next().is_some_and(|char| is_word(char) || char == '-');
        (!goes_on).then_some((verb, at + name.len()))
    })
}

/// What stands between brackets at a place, if that can be names of rules.
fn rules_at(text: &str, at: usize) -> Option<Range<usize>> {
    let inside = text[at..].strip_prefix('[')?.as_bytes();
    let is_of_name = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b',' | b' ' | b'\t' | b'-');
    let length = inside.iter().take_while(|byte| is_of_name(byte)).count();
    (inside.get(length) == Some(&b']')).then_some(at + 1..at + 1 + length)
}

/// Whether nothing but punctuation and spaces stands before the end of the line.
fn ends_line(rest: &str) -> bool {
    rest.chars().find(|&char| matches!(char, '\n' | '\r') || is_word(char)).is_none_or(|char| !is_word(char))
}

/// Where lines begin and end, for places that are asked for in order: no stretch of text is read twice.
struct Lines<'t> {
    text: &'t [u8],
    /// Where the line begins of the place that was asked for last; nothing before it is looked at again.
    start: usize,
    /// The place that was asked for last, and the end of its line and the beginning of the next one.
    end: Option<(usize, usize, usize)>,
}

impl Lines<'_> {
    fn start_at(&mut self, at: usize) -> usize {
        let from = self.end.map_or(self.start, |(asked, _, _)| asked);
        if let Some(before) = memrchr2(b'\n', b'\r', &self.text[from..at]) {
            self.start = from + before + 1;
        }
        self.start
    }

    /// Where the line around `at` ends, and where the next one begins.
    fn end_at(&mut self, at: usize) -> (usize, usize) {
        if let Some((_, end, next)) = self.end.filter(|&(_, end, _)| end >= at) {
            self.end = Some((at, end, next));
            return (end, next);
        }
        let end = memchr2(b'\n', b'\r', &self.text[at..]).map_or(self.text.len(), |found| at + found);
        let length = if self.text[end..].starts_with(b"\r\n") { 2 } else { 1 };
        let next = (end + length).min(self.text.len());
        self.end = Some((at, end, next));
        (end, next)
    }
}

fn has_sic_hint(text: &str) -> bool {
    SIC_HINTS.iter().any(|hint| memmem::find(text.as_bytes(), hint.as_bytes()).is_some())
}

/// The length of `[sic]` or `(sic)`, also `[sic!]` and `[*sic*]`, at the beginning of a text.
fn length_of_sic(text: &str) -> Option<usize> {
    let closing = if text.starts_with('[') { ']' } else { ')' };
    let stars = |rest: &str| rest.bytes().take(2).take_while(|byte| matches!(byte, b'*' | b'_')).count();
    let mut rest = &text[1..];
    rest = &rest[stars(rest)..];
    // the letters that Python's `re` takes for these when it ignores case
    for letters in [['s', 'S', '\u{17F}', 'S'], ['i', 'I', '\u{130}', '\u{131}'], ['c', 'C', 'c', 'C']] {
        rest = rest.strip_prefix(letters)?;
    }
    rest = rest.strip_prefix('!').unwrap_or(rest);
    rest = &rest[stars(rest)..];
    rest = rest.strip_prefix('!').unwrap_or(rest);
    rest = rest.strip_prefix(closing)?;
    Some(text.len() - rest.len())
}

/// Where the word, phrase or quotation begins that `[sic]` at this place follows.
fn start_of_phrase(text: &str, sic: usize) -> Option<usize> {
    let at = text[..sic].trim_end_matches([' ', '\t', '\u{A0}', '\u{202F}']).len();
    let last = text[..at].chars().next_back()?;
    let floor = text[..at].char_indices().rev().nth(REACH - 1).map_or(0, |(floor, _)| floor);
    let openers: &[char] = match last {
        '"' => &['"'],
        '\u{201D}' => &['\u{201C}', '\u{201E}'],
        '\u{201C}' => &['\u{201E}'],
        '\u{BB}' => &['\u{AB}'],
        '\u{2019}' => &['\u{2018}'],
        '\'' => &['\''],
        _ => &[],
    };
    if let Some(quote) = text[floor..at - last.len_utf8()].rfind(openers) {
        return Some(floor + quote);
    }
    let is_mark = |char: char| !is_alphanumeric(char) && !is_space(char);
    let at = floor + text[floor..at].trim_end_matches(is_mark).len();
    let mut start = start_of_word(text, at, floor);
    if start == at {
        return None;
    }
    while let Some(rest) = text[floor..start].strip_suffix([' ', '\u{A0}', '\n']) {
        let rest = if text[..start].ends_with('\n') { rest.strip_suffix('\r').unwrap_or(rest) } else { rest };
        let end = floor + rest.len();
        let before = start_of_word(text, end, floor);
        if before == end || !text[before..].chars().next().is_some_and(char::is_uppercase) {
            break;
        }
        start = before;
    }
    Some(start)
}

/// Where the word that ends at `at` begins: a run without spaces and without opening signs.
fn start_of_word(text: &str, at: usize, floor: usize) -> usize {
    let ends_word = |char: char| {
        is_space(char)
            || matches!(char, '(' | '[' | '{' | '<' | '"' | '\u{201C}' | '\u{201E}' | '\u{AB}')
            || matches!(char, '.' | ',' | ';' | ':' | '!' | '?' | '/' | '|')
    };
    floor + text[floor..at].trim_end_matches(|char| !ends_word(char)).len()
}

fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let overlaps = next.0 <= kept.1;
        if overlaps {
            kept.1 = kept.1.max(next.1);
        }
        overlaps
    });
}

/// Whether one of these sorted, disjoint spans shares a byte with `start` to `end`.
fn touches(spans: &[Span], start: usize, end: usize) -> bool {
    let at = spans.partition_point(|span| span.0 < end);
    at > 0 && spans[at - 1].1 > start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<&str> {
        let found = Suppressions::scan(text).unwrap_or_default();
        found.spans("").iter().map(|&(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn lines_are_switched_off() {
        assert_eq!(spans("a\nb # normalize: ignore\nc"), ["b # normalize: ignore"]);
        assert_eq!(spans("# normalize: ignore-next-line\r\nb\r\nc"), ["b"]);
        assert_eq!(spans("a\n<!-- normalize: off -->\nb\n<!-- normalize: on -->\nc").len(), 1);
        assert_eq!(spans("please normalize: off the record"), Vec::<&str>::new());
        assert_eq!(spans("denormalize: ignore"), Vec::<&str>::new());
    }

    #[test]
    fn rules_are_switched_off_by_name() {
        let found = Suppressions::scan("a normalize: ignore[one, two]\nb").unwrap();
        assert!(found.covers(0, 1, "one") && found.covers(0, 1, "two") && !found.covers(0, 1, "three"));
        assert!(!found.covers(30, 31, "one"));
    }

    #[test]
    fn sic_covers_what_it_follows() {
        assert_eq!(spans("the Seversky Донец [sic] is"), ["Seversky Донец "]);
        assert_eq!(spans("he wrote “the town of Lvov” (sic!) again"), ["“the town of Lvov” "]);
        assert_eq!(spans("MUSIC (basic) [sic"), Vec::<&str>::new());
    }
}
