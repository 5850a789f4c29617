//! What a transliteration scheme is, as plain data, and its rules made ready for use.

use super::casing::CaseTable;
use super::chars::{APOSTROPHE, is_transparent};
use super::context::Side;
use rustc_hash::FxHashSet;

/// As `apostrophe` or `stress` of a scheme: leave the sign as it stands.
pub const KEEP: &str = "keep";
/// As `stress` of a scheme: remove the mark.
pub const DROP: &str = "drop";

/// One letter, or several, and what they become, perhaps only in some neighbourhoods.
///
/// `source` and `target` are in lower case. `left` and `right` are the strings of which one must stand
/// directly before or after, in lower case and without stress marks; an apostrophe in them is U+2019, unless it
/// is a letter of the scheme. A string may begin (on the left) or end (on the right) with
/// [`EDGE_MARK`](super::context::EDGE_MARK), and one with [`NEAREST`](super::context::NEAREST) looks further
/// than the next letters. `left_edge` and `right_edge` say that the beginning or the end of a word will do as
/// well. A side with neither strings nor edge asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// What is replaced, in lower case.
    pub source: String,
    /// What is written instead, in lower case.
    pub target: String,
    /// Strings of which one must stand directly before.
    pub left: Vec<String>,
    /// Strings of which one must stand directly after.
    pub right: Vec<String>,
    /// Whether the beginning of a word will do as well.
    pub left_edge: bool,
    /// Whether the end of a word will do as well.
    pub right_edge: bool,
}

impl Rule {
    /// Whether the rule asks anything of its neighbourhood.
    pub fn contextual(&self) -> bool {
        !self.left.is_empty() || !self.right.is_empty() || self.left_edge || self.right_edge
    }
}

/// One transliteration standard, with everything that its application needs.
///
/// `reverse` is empty where there is no way back. `apostrophe` is what an apostrophe between two letters
/// becomes ([`KEEP`] leaves it), `stress` is [`KEEP`] or [`DROP`]. `words` and `reverse_words` are
/// exceptions, (word, rendering) in lower case, or as they stand where they hold capitals. `dotted` says
/// that the capital of i has a dot, and that the capital without one is that of the dotless letter. Each of
/// `typed` is a letter of the source script and after it what is typed for it beside other letters. The
/// order of rules and words means nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemeRules {
    /// The name of the scheme, as its users write it.
    pub id: String,
    /// What an apostrophe between two letters becomes.
    pub apostrophe: String,
    /// What becomes of stress marks.
    pub stress: String,
    /// The rules to Latin.
    pub forward: Vec<Rule>,
    /// The rules back.
    pub reverse: Vec<Rule>,
    /// Whole words and their Latin rendering.
    pub words: Vec<(String, String)>,
    /// Whole Latin words and what they are in the other script.
    pub reverse_words: Vec<(String, String)>,
    /// Whether i has its Turkic capital.
    pub dotted: bool,
    /// Letters, each followed by the signs that are typed for it.
    pub typed: Vec<String>,
}

/// The three ways to write a target.
#[derive(Debug, Clone)]
pub(super) struct Forms {
    pub lower: Box<str>,
    pub title: Box<str>,
    pub upper: Box<str>,
}

impl Forms {
    pub fn new(target: &str, case: &CaseTable) -> Self {
        Forms { lower: target.into(), title: case.title(target).into(), upper: case.upper(target).into() }
    }
}

/// A rule made ready: its contexts as [`Side`]s, its target in each case.
#[derive(Debug, Clone)]
pub(super) struct ReadyRule {
    pub left: Side,
    pub right: Side,
    pub forms: Forms,
}

impl ReadyRule {
    /// Whether the rule asks anything of its neighbourhood.
    pub fn contextual(&self) -> bool {
        self.left.asks || self.right.asks
    }
}

/// The rules of one source, those with contexts first.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub source: Box<[char]>,
    /// The second and third character of the source, and which bits of these there are: most of many
    /// sources are ruled out by them.
    after: u64,
    mask: u64,
    pub rules: Vec<ReadyRule>,
}

impl Group {
    fn new(source: Box<[char]>, rule: ReadyRule) -> Self {
        let mask = match source.len() {
            1 => 0,
            2 => u64::from(u32::MAX),
            _ => u64::MAX,
        };
        Group { after: Self::after(&source), mask, source, rules: vec![rule] }
    }

    /// Whether it is only taken at the beginning of a word, and found there by its first letters.
    pub fn is_start(&self) -> bool {
        self.source.len() > 1 && self.rules.iter().all(|rule| rule.left.is_edge())
    }

    /// The second and third character of a text, as groups compare them.
    #[inline]
    pub fn after(text: &[char]) -> u64 {
        let code = |at: usize| text.get(at).map_or(0, |&char| u64::from(u32::from(char)));
        code(1) | code(2) << 32
    }

    /// Whether a text with these second and third characters (see [`Group::after`]) may begin with the source.
    #[inline]
    pub fn may_begin(&self, after: u64) -> bool {
        (self.after ^ after) & self.mask == 0
    }

    /// Whether `text`, of which [`Group::after`] is given, begins with the source. It has its first character.
    #[inline]
    pub fn begins(&self, text: &[char], after: u64) -> bool {
        self.may_begin(after) && text.starts_with(&self.source)
    }
}

/// The rules by source: sorted by the first character of the source, the longest source first.
///
/// `slash` says that [`NEAREST`](super::context::NEAREST) is itself a letter that words may hold.
pub(super) fn groups(rules: &[Rule], case: &CaseTable, slash: bool) -> Vec<Group> {
    let mut ordered: Vec<&Rule> = rules.iter().filter(|rule| !rule.source.is_empty()).collect();
    ordered.sort_by_key(|rule| {
        let length = rule.source.chars().count();
        (rule.source.chars().next(), std::cmp::Reverse(length), &rule.source, !rule.contextual())
    });
    let mut slots = 0;
    let mut groups: Vec<Group> = Vec::new();
    for rule in ordered {
        let ready = ReadyRule {
            left: Side::new(&rule.left, rule.left_edge, true, slash, &mut slots),
            right: Side::new(&rule.right, rule.right_edge, false, slash, &mut slots),
            forms: Forms::new(&rule.target, case),
        };
        let source: Box<[char]> = rule.source.chars().collect();
        match groups.last_mut() {
            Some(last) if last.source == source => last.rules.push(ready),
            _ => groups.push(Group::new(source, ready)),
        }
    }
    groups
}

/// Which letters are taken together, as far as two side by side tell it.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    /// Sources of two letters that are taken wherever the two stand side by side: without contexts, and no other
    /// source can have taken the first letter, or take more. But another of these pairs may have taken it, as of
    /// three letters in a row the first two; and there is no word with two letters of `breaks` side by side.
    pub whole: FxHashSet<(char, char)>,
    /// Letters with which a longer source begins. Empty where nothing is gained by leaving such words alone.
    pub breaks: FxHashSet<(char, char)>,
}

impl Pairs {
    /// Words with a source that only stands at their beginning are not asked about.
    pub fn new(groups: &[Group]) -> Self {
        let inner = || groups.iter().filter(|group| !group.is_start());
        let plain = |char: char| char != APOSTROPHE && char != '\0' && !is_transparent(char);
        let longer = || inner().filter(|group| group.source.len() > 2);
        // what a pair with a sign takes is not told as what a pair of letters takes is
        let with_sign = |group: &&Group| !group.source.iter().all(|char| char.is_alphabetic());
        let by_signs: FxHashSet<char> =
            inner().filter(with_sign).flat_map(|group| group.source[1..].iter().copied()).collect();
        let breaks: FxHashSet<_> = longer().map(|group| (group.source[0], group.source[1])).collect();
        let may_be = |group: &&Group| {
            let source = &group.source;
            source.len() == 2
                && !group.rules[0].contextual()
                && source.iter().all(|&char| plain(char))
                && !breaks.contains(&(source[0], source[1]))
                && !by_signs.contains(&source[0])
        };
        let all: FxHashSet<_> =
            inner().filter(may_be).map(|group| (group.source[0], group.source[1])).collect();
        let strict = Self::surely(all.clone(), &inner().collect::<Vec<_>>());
        let are_plain = breaks.iter().all(|&(first, second)| plain(first) && plain(second));
        let shorter: Vec<_> = inner().filter(|group| group.source.len() <= 2).collect();
        let loose = Self::surely(all, &shorter);
        if are_plain && loose.len() > strict.len() {
            Pairs { whole: loose, breaks }
        } else {
            Pairs { whole: strict, breaks: FxHashSet::default() }
        }
    }

    /// Those of `pairs` of which no other of `groups` can have taken the first letter.
    fn surely(mut pairs: FxHashSet<(char, char)>, groups: &[&Group]) -> FxHashSet<(char, char)> {
        loop {
            let is_pair = |source: &[char]| source.len() == 2 && pairs.contains(&(source[0], source[1]));
            let others = groups.iter().filter(|group| !is_pair(&group.source));
            let taken: FxHashSet<char> = others.flat_map(|group| group.source[1..].iter().copied()).collect();
            let count = pairs.len();
            pairs.retain(|pair| !taken.contains(&pair.0));
            if pairs.len() == count {
                return pairs;
            }
        }
    }
}
