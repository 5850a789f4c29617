//! A document: one string, its paragraphs, and the script that each paragraph is written in.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memchr2;

use crate::engine::segment::{Atom, PartScript, Seen, Zone, letters_of};
use crate::text::{Classes, Script};

/// A script must have more than this of the letters to be what a paragraph is written in.
pub const RUNNING_SHARE: f64 = 0.55;
const SCRIPTS: [Script; 4] = [Script::Latin, Script::Cyrillic, Script::Greek, Script::Letter];

/// A maximal run of lines without a blank one. Positions are bytes of the document.
pub struct Paragraph {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its atoms, in order.
    pub atoms: Vec<Atom>,
    /// What was seen of its characters.
    pub seen: Seen,
    /// Whether any atom stands in a zone.
    pub has_zones: bool,
    /// The script that prevails, if one does.
    pub running: PartScript,
    /// Whether it is in a language that the profile rewrites, or too short to tell; asked once.
    pub spoken: OnceCell<bool>,
    /// How many letters it has.
    pub letters: u32,
    /// How many letters the script has that has most.
    pub most: u32,
}

impl Paragraph {
    /// Whether a byte position is inside.
    pub fn holds(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
    }
}

/// Where the paragraphs of a text begin and end, in bytes: between runs of blank lines (which may hold
/// spaces, tabs and signs of quotation).
pub fn paragraph_bounds(text: &[u8]) -> Vec<Range<usize>> {
    let mut bounds = Vec::new();
    let mut start = 0;
    while let Some(gap) = next_gap(text, start) {
        if gap.start > start {
            bounds.push(start..gap.start);
        }
        start = gap.end;
    }
    if start < text.len() {
        bounds.push(start..text.len());
    }
    bounds
}

/// The paragraph that holds byte `at`, and where the next one begins; `start` is where it or one before begins.
pub fn paragraph_at(text: &str, mut start: usize, at: usize) -> (Range<usize>, usize) {
    let end = loop {
        match next_gap(text.as_bytes(), start) {
            Some(gap) if gap.start <= at => start = gap.end,
            Some(gap) => break gap,
            None => break text.len()..text.len(),
        }
    };
    (start..end.start, end.end)
}

/// The next run of blank lines from byte `from` on, from the end of the line before it.
pub fn next_gap(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(found) = memchr2(b'\n', b'\r', &text[at..]) {
        let first = at + found;
        let after = first + line_end_length(text, first);
        let mut end = after;
        while let Some(next) = blank_line_end(text, end) {
            end = next;
        }
        if end > after {
            return Some(first..end);
        }
        at = after;
    }
    None
}

/// Where a blank line ends that begins at `at`; None if the line is not blank.
fn blank_line_end(text: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    while matches!(text.get(at), Some(b' ' | b'\t' | b'>')) {
        at += 1;
    }
    matches!(text.get(at), Some(b'\n' | b'\r')).then(|| at + line_end_length(text, at))
}

fn line_end_length(text: &[u8], at: usize) -> usize {
    if text[at] == b'\r' && text.get(at + 1) == Some(&b'\n') { 2 } else { 1 }
}

/// How many letters outside skipped zones are of each script.
///
/// A word of mixed scripts counts, whole, for the script that `owner` says it is meant in, so that
/// repairing it changes no verdict on its neighbours.
pub fn script_counts(
    classes: &Classes,
    text: &str,
    atoms: &[Atom],
    mut owner: impl FnMut(&Atom) -> Option<Script>,
) -> [u32; 4] {
    let mut counts = [0; 4];
    for atom in atoms.iter().filter(|atom| atom.is_part && atom.zone != Zone::Skip) {
        let meant = match atom.script {
            PartScript::One(script) => Some(script),
            PartScript::Mixed => owner(atom),
            PartScript::None => continue,
        };
        match meant {
            Some(script) => counts[script as usize] += atom.letters,
            None => {
                let own = letters_of(classes, atom.text(text));
                counts.iter_mut().zip(own).for_each(|(count, own)| *count += own);
            }
        }
    }
    counts
}

/// The script with more than `RUNNING_SHARE` of the letters, if there is one.
pub fn running_script(counts: &[u32; 4]) -> PartScript {
    let all: u32 = counts.iter().sum();
    let prevails = |&&script: &&Script| f64::from(counts[script as usize]) > RUNNING_SHARE * f64::from(all);
    SCRIPTS.iter().find(prevails).map_or(PartScript::None, |&script| PartScript::One(script))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<&str> {
        paragraph_bounds(text.as_bytes()).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(paragraphs("a\nb\n\nc"), ["a\nb", "c"]);
        assert_eq!(paragraphs("a\r\nb\r\n \t> \r\n\r\nc\r\n"), ["a\r\nb", "c\r\n"]);
        assert_eq!(paragraphs("a\r\rb\n\r\nc"), ["a", "b", "c"]);
        assert_eq!(paragraphs("\n\na\n> b\n>\n> c"), ["a\n> b", "> c"]);
        assert_eq!(paragraphs(""), Vec::<&str>::new());
    }
}
