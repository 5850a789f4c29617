//! What a rule asks of one side of its source: exactly, and as far as one neighbour tells.

use super::beyond::{Beyond, Next};

/// In a context, before or after letters: the end of the word.
pub const EDGE_MARK: char = '^';
/// In a context, `WANTED/KIND`: the nearest letter of KIND on that side, however far, is one of WANTED.
/// Without WANTED: no letter of KIND stands on that side.
pub const NEAREST: char = '/';

/// An answer that is perhaps not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Truth {
    No,
    Maybe,
    Yes,
}

/// What stands beside a letter, as contexts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Seen {
    /// The word ends here.
    Edge,
    /// A letter, in lower case, or an apostrophe inside the word.
    Letter(char),
    /// Either.
    Unknown,
}

/// One side of a rule. All strings are read away from the source.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    /// Whether anything is asked.
    pub asks: bool,
    edge: bool,
    /// Strings of one character.
    singles: Letters,
    /// Longer strings, and the empty one.
    strings: Box<[Box<[char]>]>,
    pub nearest: Box<[Nearest]>,
}

/// A few letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Letters {
    /// A bit for each, by the last six bits of its code: letters of one alphabet hardly share one.
    bits: u64,
    pub list: Box<[char]>,
}

impl Letters {
    fn new(letters: impl Iterator<Item = char>) -> Self {
        let list: Box<[char]> = letters.collect();
        Letters { bits: list.iter().fold(0, |bits, &char| bits | Self::bit(char)), list }
    }

    fn bit(char: char) -> u64 {
        1 << (u32::from(char) & 63)
    }

    #[inline]
    pub fn contains(&self, char: char) -> bool {
        self.bits & Self::bit(char) != 0 && self.list.contains(&char)
    }
}

/// What is asked of the nearest letter of a kind.
#[derive(Debug, Clone)]
pub(super) struct Nearest {
    pub wanted: Letters,
    pub kind: Letters,
    /// Where `Memo` remembers the last search.
    slot: usize,
}

/// Where searches for the nearest letter of a kind ended in the word at work, so that a very long word
/// costs no more than its length. Entries are (from, to): no such letter between the two.
#[derive(Debug, Default)]
pub(super) struct Memo(Vec<(usize, usize)>);

impl Memo {
    /// Forgets everything: another word.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Next {
    /// Whether `wanted`, a letter or [`EDGE_MARK`], stands there.
    pub fn is(self, wanted: char) -> Truth {
        match self {
            Next::Unknown => Truth::Maybe,
            Next::Edge if wanted == EDGE_MARK => Truth::Yes,
            Next::Edge => Truth::No,
            Next::Any if wanted != EDGE_MARK => Truth::Maybe,
            Next::Any => Truth::No,
            Next::Letter(letter) if wanted == letter => Truth::Yes,
            Next::Letter(_) => Truth::No,
        }
    }
}

impl Side {
    /// A side of a rule, and whether it is the left one. `slots` counts the searches that a [`Memo`] knows
    /// apart. Only if [`NEAREST`] is itself a letter of the scheme can a string with it stand in a word.
    pub fn new(items: &[String], edge: bool, left: bool, slash: bool, slots: &mut usize) -> Self {
        let literal = items.iter().filter(|item| slash || !item.contains(NEAREST));
        let outward: Vec<Box<[char]>> = literal
            .map(|item| if left { item.chars().rev().collect() } else { item.chars().collect() })
            .collect();
        let nearest = items.iter().filter_map(|item| item.split_once(NEAREST)).map(|(wanted, kind)| {
            *slots += 1;
            Nearest {
                wanted: Letters::new(wanted.chars()),
                kind: Letters::new(kind.chars()),
                slot: *slots - 1,
            }
        });
        let nearest = nearest.collect();
        let (singles, strings): (Vec<_>, Vec<_>) = outward.into_iter().partition(|item| item.len() == 1);
        let singles = Letters::new(singles.iter().map(|item| item[0]));
        Side { asks: edge || !items.is_empty(), edge, singles, strings: strings.into(), nearest }
    }

    /// Whether the side holds for the letters of the word before `at`.
    pub fn holds_left(&self, letters: &[char], at: usize, memo: &mut Memo) -> bool {
        if !self.asks {
            return true;
        }
        let before = &letters[..at];
        self.strings_hold(before.len(), |index| before[at - 1 - index])
            || self.nearest.iter().any(|one| one.holds(one.last_in(before, memo)))
    }

    /// Whether the side holds for the letters of the word from `at` on.
    pub fn holds_right(&self, letters: &[char], at: usize, memo: &mut Memo) -> bool {
        if !self.asks {
            return true;
        }
        let after = &letters[at..];
        self.strings_hold(after.len(), |index| after[index])
            || self.nearest.iter().any(|one| one.holds(one.first_in(letters, at, memo)))
    }

    fn strings_hold(&self, length: usize, letter: impl Fn(usize) -> char) -> bool {
        if length == 0 {
            return self.edge;
        }
        let stands = |item: &[char]| {
            let inside = item.len().min(length);
            item.len() <= length + 1
                && (0..inside).all(|index| item[index] == letter(index))
                && item[inside..].iter().all(|&char| char == EDGE_MARK)
        };
        self.singles.contains(letter(0)) || self.strings.iter().any(|item| stands(item))
    }

    /// What one neighbour, and what is known beyond it, tell of the answer.
    pub fn truth(&self, seen: Seen, beyond: Beyond) -> Truth {
        if !self.asks {
            return Truth::Yes;
        }
        let letter = match seen {
            Seen::Unknown => return Truth::Maybe,
            Seen::Edge if self.edge || self.nearest.iter().any(|one| one.wanted.list.is_empty()) => {
                return Truth::Yes;
            }
            Seen::Edge => return Truth::No,
            Seen::Letter(letter) => letter,
        };
        let mut best = if self.singles.contains(letter) { Truth::Yes } else { Truth::No };
        for item in &self.strings {
            best = best.max(match (item.first(), item.get(1)) {
                (None, _) => Truth::Yes,
                (Some(&first), Some(&second)) if first == letter => {
                    match beyond.next {
                        // only strings of two letters are told apart so far
                        Next::Letter(_) if item.len() > 2 => Truth::Maybe,
                        next if item.len() > 2 => next.is(second).min(Truth::Maybe),
                        next => next.is(second),
                    }
                }
                (Some(_), _) => Truth::No,
            });
        }
        for one in &self.nearest {
            let found =
                if one.kind.contains(letter) { Some(Some(letter)) } else { beyond.nearest(&one.kind) };
            best = best.max(match found {
                None => Truth::Maybe,
                Some(found) if one.holds(found) => Truth::Yes,
                Some(_) => Truth::No,
            });
        }
        best
    }

    /// Whether nothing but the end of the word will do.
    pub fn is_edge(&self) -> bool {
        self.edge && self.singles.list.is_empty() && self.strings.is_empty() && self.nearest.is_empty()
    }

    /// Whether any string is longer than one letter.
    pub fn is_beyond(&self) -> bool {
        self.strings.iter().any(|item| item.len() > 1)
    }

    /// The strings of two letters.
    pub fn seconds(&self) -> impl Iterator<Item = (char, char)> {
        let items = self.strings.iter().filter(|item| item.len() == 2 && item[1] != EDGE_MARK);
        items.map(|item| (item[0], item[1]))
    }

    /// The letters that tell this side more than any other letter does.
    pub fn telling(&self) -> impl Iterator<Item = char> {
        let firsts = self.strings.iter().filter_map(|item| item.first());
        let kinds = self.nearest.iter().flat_map(|one| one.kind.list.iter());
        self.singles.list.iter().chain(firsts).chain(kinds).copied()
    }
}

impl Nearest {
    fn holds(&self, found: Option<char>) -> bool {
        found.map_or(self.wanted.list.is_empty(), |char| self.wanted.contains(char))
    }

    /// The first letter of the kind in `letters[at..]`.
    fn first_in(&self, letters: &[char], at: usize, memo: &mut Memo) -> Option<char> {
        let known = memo.at(self.slot);
        if !(known.0 <= at && at <= known.1) {
            let found = letters[at..].iter().position(|&char| self.kind.contains(char));
            *known = (at, found.map_or(letters.len(), |index| at + index));
        }
        letters.get(known.1).copied()
    }

    /// The last letter of the kind in `before`, the beginning of the word.
    fn last_in(&self, before: &[char], memo: &mut Memo) -> Option<char> {
        // known: the search ended before the first, and found the letter before the second (0: none)
        let known = memo.at(self.slot);
        let start = if known.0 == usize::MAX || known.0 > before.len() { 0 } else { known.0 };
        let earlier = if start == 0 { 0 } else { known.1 };
        let found = before[start..].iter().rposition(|&char| self.kind.contains(char));
        *known = (before.len(), found.map_or(earlier, |index| start + index + 1));
        known.1.checked_sub(1).map(|index| before[index])
    }
}

impl Memo {
    fn at(&mut self, slot: usize) -> &mut (usize, usize) {
        if self.0.len() <= slot {
            self.0.resize(slot + 1, (usize::MAX, 0));
        }
        &mut self.0[slot]
    }
}
