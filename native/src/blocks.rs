//! Where a stream is cut into blocks: the same places as `normalize/cli/blocks.py` tells.

use memchr::{memmem, memrchr_iter, memrchr3};

const SENTENCE_ENDS: &[u8] = b".!?";
const SEPARATORS: &[u8] = b"\",;|<>()[]{}\0";
const MARK: &[u8] = b"normalize:";

/// The best place to cut between two offsets of a buffer: after a blank line, else after a line that ends a
/// sentence, a line, a sentence, a space, a sign that separates values. 0 without one.
///
/// A carriage return at the very end may be half of a line's end: the last byte is not looked at.
pub fn end_of_block(buffer: &[u8], first: usize, last: usize) -> usize {
    let last = last.saturating_sub(1).min(buffer.len());
    let window = &buffer[first.min(last)..last];
    in_window(window).map_or(0, |end| first + end)
}

fn in_window(window: &[u8]) -> Option<usize> {
    let before = |at: usize, back: usize| at.checked_sub(back).map(|at| window[at]);
    let ends_sentence = |byte: Option<u8>| byte.is_some_and(|byte| SENTENCE_ENDS.contains(&byte));
    let (mut sentence, mut line) = (None, None);
    for at in memrchr_iter(b'\n', window) {
        let back = if before(at, 1) == Some(b'\r') { 2 } else { 1 };
        if before(at, back) == Some(b'\n') {
            return Some(at + 1);
        }
        if sentence.is_none() && (ends_sentence(before(at, back)) || ends_sentence(before(at, 1))) {
            sentence = Some(at + 1);
        }
        line = line.or(Some(at + 1));
    }
    sentence
        .or(line)
        .or_else(|| memrchr_iter(b' ', window).find(|&at| ends_sentence(before(at, 1))).map(|at| at + 1))
        .or_else(|| memrchr3(b' ', b'\t', b'\r', window).map(|at| at + 1))
        .or_else(|| window.iter().rposition(|byte| SEPARATORS.contains(byte)).map(|at| at + 1))
}

/// Whether a mark may stand in these bytes that switches findings off or on.
pub fn has_mark(bytes: &[u8]) -> bool {
    memmem::find(bytes, MARK).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_place_wins() {
        let cut = |text: &[u8]| end_of_block(text, 0, text.len());
        assert_eq!(cut(b"a\n\nb. c\nd e,f"), 3);
        assert_eq!(cut(b"a\n\r\nb.\nc"), 4);
        assert_eq!(cut(b"a.\nb\nc d"), 3);
        assert_eq!(cut(b"a!\r\nb\nc d"), 4);
        assert_eq!(cut(b"a\nb. c d"), 2);
        assert_eq!(cut(b"a. b c,d"), 3);
        assert_eq!(cut(b"ab c,d"), 3);
        assert_eq!(cut(b"ab,cd"), 3);
        assert_eq!(cut(b"abcd"), 0);
        assert_eq!(cut(b"abc\n"), 0);
        assert_eq!(cut(b""), 0);
        assert_eq!(end_of_block(b"a\n\nb c d", 3, 8), 7);
    }
}
