//! Where findings stand in their file: lines, columns and bytes, and the lines around them.
//!
//! The same counts as `normalize/reports/locate.py`: a line ends with LF, CR or CR LF, columns are code
//! points, and lines and columns count from 1.

use std::ops::Range;

use memchr::{memchr2, memchr2_iter, memrchr2};

use crate::engine::findings::Finding;

/// How much of a line is kept on either side of a finding, in code points.
const REACH: usize = 400;

/// Where a piece of text begins in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Code points before it.
    pub point: usize,
    /// Bytes before it.
    pub byte: usize,
    /// Its line.
    pub line: usize,
    /// Its column.
    pub column: usize,
}

impl Default for Origin {
    fn default() -> Origin {
        Origin { point: 0, byte: 0, line: 1, column: 1 }
    }
}

impl Origin {
    /// Where the text that begins here ends; `bytes` is its length in the file.
    pub fn after(self, text: &str, bytes: usize) -> Origin {
        let (mut line, mut start) = (self.line, 0);
        for at in memchr2_iter(b'\n', b'\r', text.as_bytes()) {
            let is_second_half = text.as_bytes()[at] == b'\n' && at == start && at > 0 && is_cr(text, at - 1);
            line += usize::from(!is_second_half);
            start = at + 1;
        }
        let column = code_points(&text[start..]) + if start > 0 { 1 } else { self.column };
        Origin { point: self.point + code_points(text), byte: self.byte + bytes, line, column }
    }
}

/// Where a finding stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Code points before it.
    pub start: usize,
    /// Code points before its end.
    pub end: usize,
    /// Bytes before it.
    pub start_byte: usize,
    /// Bytes before its end.
    pub end_byte: usize,
    /// Bytes before it in this piece of text, as it stands in the file.
    pub in_text: usize,
    /// The line in which it begins.
    pub line: usize,
    /// The column in which it begins.
    pub column: usize,
    /// The line in which it ends.
    pub end_line: usize,
    /// The column after its last letter.
    pub end_column: usize,
}

/// The places of sorted findings in a text that begins at `origin`; `byte_of` takes an offset of the text to
/// its offset in the file's bytes, and is asked in ascending order.
pub fn place(
    text: &str,
    mut byte_of: impl FnMut(usize) -> usize,
    findings: &[Finding],
    origin: Origin,
) -> Vec<Placed> {
    let (mut here, mut done, mut byte) = (origin, 0, 0);
    let mut placed = Vec::with_capacity(findings.len());
    for finding in findings {
        let (start_byte, end_byte) = (byte_of(finding.start), byte_of(finding.end));
        here = here.after(&text[done..finding.start], start_byte - byte);
        let end = here.after(&text[finding.start..finding.end], end_byte - start_byte);
        (done, byte) = (finding.start, start_byte);
        placed.push(Placed {
            start: here.point,
            end: end.point,
            start_byte: here.byte,
            end_byte: end.byte,
            in_text: start_byte,
            line: here.line,
            column: here.column,
            end_line: end.line,
            end_column: end.column,
        });
    }
    placed
}

/// A line that a finding touches, or of a very long line the neighbourhood; without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line, in bytes of the text.
    pub stretch: Range<usize>,
    /// Where the finding begins in it, in code points.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many code points of the finding stand before this line.
    pub offset: usize,
    /// Whether the line begins earlier.
    pub before: bool,
    /// Whether it ends later.
    pub after: bool,
}

/// The lines that a finding touches, from the one in which it begins.
pub fn lines(text: &str, finding: &Finding) -> Vec<Line> {
    let (from, to) = (finding.start, finding.end);
    let floor = back(text, from, REACH + 1);
    let line_start = memrchr2(b'\n', b'\r', &text.as_bytes()[floor..from]).map(|at| floor + at + 1);
    let reach = back(text, from, REACH);
    let mut start = reach.max(line_start.unwrap_or(0));
    let mut before = start > line_start.unwrap_or(0);
    let limit = forward(text, to, REACH);
    let mut lines = Vec::new();
    loop {
        let search = start.max(from.min(limit));
        let end = memchr2(b'\n', b'\r', &text.as_bytes()[search..limit]).map(|at| search + at);
        let stop = end.unwrap_or(limit);
        let following = match end {
            Some(at) if is_cr(text, at) && text.as_bytes()[..limit].get(at + 1) == Some(&b'\n') => at + 2,
            Some(at) => at + 1,
            None => limit,
        };
        let (first, last) = (from.max(start), to.min(stop));
        lines.push(Line {
            stretch: start..stop,
            start: code_points(&text[start..first]),
            end: code_points(&text[start..first.max(last)]),
            offset: code_points(&text[from..first]),
            before,
            after: end.is_none() && limit < text.len(),
        });
        if to <= following || end.is_none() {
            return lines;
        }
        (start, before) = (following, false);
    }
}

fn is_cr(text: &str, at: usize) -> bool {
    text.as_bytes()[at] == b'\r'
}

fn code_points(text: &str) -> usize {
    text.as_bytes().iter().filter(|&&byte| byte as i8 >= -0x40).count()
}

/// The place so many code points before a border of characters, or the beginning.
fn back(text: &str, at: usize, points: usize) -> usize {
    text[..at].char_indices().rev().nth(points - 1).map_or(0, |(at, _)| at)
}

/// The place so many code points after a border of characters, or the end.
fn forward(text: &str, at: usize, points: usize) -> usize {
    text[at..].char_indices().nth(points).map_or(text.len(), |(to, _)| at + to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::findings::{Applicability, Message, Rule};

    fn finding(start: usize, end: usize) -> Finding {
        Finding {
            rule: Rule::ToponymVariant,
            start,
            end,
            replacement: None,
            applicability: Applicability::Safe,
            message: Message::Bidi(' '),
            place: None,
        }
    }

    #[test]
    fn lines_end_in_three_ways() {
        let after = |text: &str| {
            let origin = Origin::default().after(text, text.len());
            (origin.line, origin.column)
        };
        assert_eq!(after(""), (1, 1));
        assert_eq!(after("a\nb"), (2, 2));
        assert_eq!(after("a\r\nb"), (2, 2));
        assert_eq!(after("a\rb\r"), (3, 1));
        assert_eq!(after("\n\n"), (3, 1));
        assert_eq!(after("\r\r\n\n"), (4, 1));
        assert_eq!(after("\u{416}\u{1F600}"), (1, 3));
    }

    #[test]
    fn places_are_counted_on() {
        let text = "a\nbc \u{416} word";
        let at = text.find("word").unwrap();
        let origin = Origin { point: 1, byte: 3, line: 1, column: 1 };
        let placed = place(text, |byte| byte, &[finding(2, 4), finding(at, text.len())], origin);
        assert_eq!((placed[0].line, placed[0].column, placed[0].end_column), (2, 1, 3));
        assert_eq!((placed[1].start, placed[1].start_byte, placed[1].column), (8, 11, 6));
        assert_eq!((placed[1].in_text, placed[1].end_byte), (8, 15));
    }

    #[test]
    fn a_finding_on_two_lines() {
        let text = "one two\r\nthree\n";
        let found = lines(text, &finding(4, 14));
        assert_eq!(found.len(), 2);
        assert_eq!((&text[found[0].stretch.clone()], found[0].start, found[0].end), ("one two", 4, 7));
        assert_eq!((&text[found[1].stretch.clone()], found[1].offset), ("three", 5));
        assert_eq!((found[1].start, found[1].end), (0, 5));
    }

    #[test]
    fn of_a_long_line_the_neighbourhood_is_kept() {
        let text = format!("{} x {}", "\u{416}".repeat(1000), "\u{416}".repeat(1000));
        let at = text.find('x').unwrap();
        let found = lines(&text, &finding(at, at + 1));
        let [line] = &found[..] else { panic!("one line") };
        assert_eq!((line.start, line.end, line.before, line.after), (400, 401, true, true));
        assert_eq!(text[line.stretch.clone()].chars().count(), 801);
    }
}
