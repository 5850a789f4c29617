//! Upper and lower case, and the composition of letters with marks, from explicit tables.
//!
//! Both engines take these from the same data, so that they agree whatever Unicode version the host knows.

use rustc_hash::FxHashMap;

/// Simple case pairs, and canonical compositions of a letter and one mark.
#[derive(Debug, Clone, Default)]
pub struct CaseTable {
    pub(super) lowers: FxHashMap<char, char>,
    pub(super) uppers: FxHashMap<char, char>,
    pub(super) composed: FxHashMap<(char, char), char>,
    pub(super) decomposed: FxHashMap<char, (char, char)>,
}

impl CaseTable {
    /// A table of (capital, small) pairs and (base, mark, composed) triples.
    ///
    /// Where a small letter has several capitals, the first pair gives its capital.
    pub fn from_pairs(
        pairs: impl IntoIterator<Item = (char, char)>,
        compositions: impl IntoIterator<Item = (char, char, char)>,
    ) -> Self {
        let mut table = CaseTable::default();
        for (upper, lower) in pairs {
            table.lowers.insert(upper, lower);
            table.uppers.entry(lower).or_insert(upper);
        }
        table.uppers.entry('ı').or_insert('I'); // Unicode's capital of it too, though I is first that of i
        for (base, mark, letter) in compositions {
            table.composed.insert((base, mark), letter);
            table.decomposed.insert(letter, (base, mark));
        }
        table
    }

    /// The same with the capitals of the Turkic alphabets: İ of i, and I of ı.
    pub fn dotted(&self) -> Self {
        let mut table = self.clone();
        table.lowers.extend([('I', 'ı'), ('İ', 'i')]);
        table.uppers.extend([('i', 'İ'), ('ı', 'I')]);
        table.composed.insert(('ı', '\u{307}'), 'i');
        table
    }

    /// Whether `char` is a letter that has the other case, if need be in two code points.
    pub fn is_cased(&self, char: char) -> bool {
        self.lowers.contains_key(&char)
            || self.uppers.contains_key(&char)
            || self.decomposed.get(&char).is_some_and(|(base, _)| self.uppers.contains_key(base))
    }

    /// The small letter of a capital; any other character itself.
    pub fn lower(&self, char: char) -> char {
        self.lowers.get(&char).copied().unwrap_or(char)
    }

    /// `text` in capitals; a composed letter without a capital is taken apart first.
    pub fn upper(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        text.chars().for_each(|char| self.push_upper(char, &mut out));
        out
    }

    /// `text` with its first cased letter as a capital.
    pub fn title(&self, text: &str) -> String {
        let Some((at, first)) = text.char_indices().find(|&(_, char)| self.is_cased(char)) else {
            return text.to_owned();
        };
        let mut out = text[..at].to_owned();
        self.push_upper(first, &mut out);
        out.push_str(&text[at + first.len_utf8()..]);
        out
    }

    fn push_upper(&self, char: char, out: &mut String) {
        if let Some(&upper) = self.uppers.get(&char) {
            out.push(upper);
        } else if let (false, Some(&(base, mark))) =
            (self.lowers.contains_key(&char), self.decomposed.get(&char))
        {
            out.push(self.uppers.get(&base).copied().unwrap_or(base));
            out.push(mark);
        } else {
            out.push(char);
        }
    }
}
