//! Many short texts after one another, so that they can be worked on as one and told apart again.

use std::ops::Range;

use super::wide::Unit;

const LINE_FEED: u32 = b'\n' as u32;
/// So many units are compared together.
const BLOCK: usize = 32;

/// Texts of one width, each with a line feed behind it.
#[derive(Debug, Default)]
pub struct Joined<U> {
    /// All units.
    pub units: Vec<U>,
    /// The texts, in order.
    pub places: Vec<Place>,
}

/// Where a text stands.
#[derive(Debug)]
pub struct Place {
    /// Its number.
    pub text: usize,
    /// Where the line feed behind it ends.
    pub end: usize,
}

impl<U: Unit> Joined<U> {
    /// Forget all texts.
    pub fn clear(&mut self) {
        self.units.clear();
        self.places.clear();
    }

    /// Append a text.
    pub fn push(&mut self, number: usize, text: &[U]) {
        self.units.extend_from_slice(text);
        self.units.push(U::of(LINE_FEED));
        self.places.push(Place { text: number, end: self.units.len() });
    }

    /// Add to `changed` the numbers of the texts that have changed, and where in `made` stands what they became.
    /// False, with nothing added, if that has other line feeds than the texts.
    pub fn split<V: Unit>(&self, made: &[V], changed: &mut Vec<(usize, Range<usize>)>) -> bool {
        let all = feeds(&self.units);
        if feeds(made) != all || made.last().is_some_and(|last| last.code() != LINE_FEED) {
            return false;
        }
        let (mut old, mut new) = (0, 0);
        for place in &self.places {
            let text = &self.units[old..place.end];
            // mostly, there are no line feeds but those between texts
            let feeds = if all == self.places.len() { 1 } else { feeds(text) };
            let end = (0..feeds).fold(new, |at, _| at + line(&made[at..]));
            if !is_same(text, &made[new..end]) {
                changed.push((place.text, new..end - 1));
            }
            (old, new) = (place.end, end);
        }
        true
    }
}

/// How long the first line is, its line feed included.
fn line<U: Unit>(units: &[U]) -> usize {
    let is_feed = |unit: &U| unit.code() == LINE_FEED;
    let has_none = |block: &&[U]| !block.iter().fold(false, |any, unit| any | is_feed(unit));
    let before = BLOCK * units.chunks_exact(BLOCK).take_while(has_none).count();
    before + units[before..].iter().take_while(|unit| !is_feed(unit)).count() + 1
}

/// How many line feeds there are.
fn feeds<U: Unit>(units: &[U]) -> usize {
    // in stretches, so that many are counted at once
    let count = |some: &[U]| some.iter().fold(0, |all, unit| all + u8::from(unit.code() == LINE_FEED));
    units.chunks(usize::from(u8::MAX)).map(|some| usize::from(count(some))).sum()
}

fn is_same<U: Unit, V: Unit>(one: &[U], other: &[V]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.code() == other.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(texts: &[&str]) -> Joined<u32> {
        let mut joined = Joined::default();
        for (number, text) in texts.iter().enumerate() {
            joined.push(number, &text.chars().map(u32::from).collect::<Vec<_>>());
        }
        joined
    }

    fn split(texts: &[&str], made: &str) -> Option<Vec<(usize, String)>> {
        let made: Vec<u16> = made.chars().map(|char| char as u16).collect();
        let mut changed = vec![(9, 0..0)];
        let is_split = joined(texts).split(&made, &mut changed);
        assert_eq!(changed.remove(0), (9, 0..0));
        assert!(is_split || changed.is_empty());
        let text = |range: Range<usize>| String::from_utf16(&made[range]).unwrap_or_default();
        is_split.then(|| changed.into_iter().map(|(number, range)| (number, text(range))).collect())
    }

    #[test]
    fn only_texts_that_changed_are_told() {
        let long = "a".repeat(3 * BLOCK);
        let texts = ["", "one\n", "ж", &long, "\n\nb", "b"];
        let made = format!("\none\n\nzh\n{long}\n\n\nc\nb\n");
        assert_eq!(split(&texts, &made), Some(vec![(2, "zh".into()), (4, "\n\nc".into())]));
        assert_eq!(split(&[], ""), Some(vec![]));
    }

    #[test]
    fn other_line_feeds_are_told() {
        for made in ["", "\n", "x\ny", "x\ny\n\n", "x\n\ny\n"] {
            assert_eq!(split(&["a", "b"], made), None, "{made:?}");
        }
    }
}
