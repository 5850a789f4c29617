//! The patterns of zones, with the meaning that they have in Python's `re`.
//!
//! Python's `\w` is letters, numbers and the underscore, Rust's `\w` also takes marks; so do `\b` and `\B`,
//! which no syntax can say otherwise. Therefore a pattern is rewritten where it names such a class, and a
//! text is searched as a copy in which every character beyond ASCII is replaced by a representative of all
//! those that the patterns of the ruleset do not tell apart. It has as many bytes, so offsets stay. This
//! also makes the automata small, for each class shrinks to what can occur in such a copy.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use regex::Regex;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// What Python takes for a character of a word and for space.
const WORD: &str = r"[\p{L}\p{N}_]";
const SPACE: &str = r"[\s\x1C-\x1F]";
/// More distinct classes than this in one ruleset are not told apart by bits, and nothing is replaced.
const MOST_CLASSES: usize = 128;

/// One pattern, read and compiled when it is first looked for.
struct Pattern {
    source: Box<str>,
    hir: OnceLock<Hir>,
    /// What every match holds.
    first_look: OnceLock<FirstLook>,
    exact: OnceLock<Regex>,
    /// The pattern without its word boundaries, which automata cannot do beyond ASCII: it finds where a
    /// match may begin. None if it has no word boundary.
    loose: OnceLock<Option<Regex>>,
}

/// How to see fast that a pattern does not match.
enum FirstLook {
    /// Every match holds these bytes.
    Holds(Box<Finder<'static>>),
    /// Every match begins with one of some literals.
    Begins(Regex),
    /// There is no telling.
    None,
}

impl Pattern {
    fn new(source: &str) -> Pattern {
        let source = source.into();
        let (hir, first_look, exact, loose) = Default::default();
        Pattern { source, hir, first_look, exact, loose }
    }

    fn hir(&self) -> &Hir {
        self.hir.get_or_init(|| {
            let parsed = ParserBuilder::new().multi_line(true).build().parse(&rewritten(&self.source));
            parsed.unwrap_or_else(|_| Hir::fail())
        })
    }

    fn first_look(&self) -> &FirstLook {
        self.first_look.get_or_init(|| {
            let literal = longest_literal(self.hir()).filter(|literal| literal.len() > 2);
            if let Some(literal) = literal {
                return FirstLook::Holds(Box::new(Finder::new(literal).into_owned()));
            }
            let beginnings = Extractor::new().extract(self.hir());
            let all = beginnings.literals().filter(|_| beginnings.min_literal_len() > Some(1));
            let texts: Option<Vec<&str>> =
                all.and_then(|all| all.iter().map(|one| std::str::from_utf8(one.as_bytes()).ok()).collect());
            let one_of =
                texts.map(|texts| texts.iter().map(|text| regex::escape(text)).collect::<Vec<_>>().join("|"));
            one_of.and_then(|one_of| Regex::new(&one_of).ok()).map_or(FirstLook::None, FirstLook::Begins)
        })
    }
}

/// A pattern with the classes of Python in place of those of Rust.
fn rewritten(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 32);
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        let escaped = if char == '\\' { chars.next() } else { None };
        match escaped {
            Some('w') => out.push_str(WORD),
            Some('W') => out.extend(["[^", WORD, "]"]),
            Some('s') => out.push_str(SPACE),
            Some('S') => out.extend(["[^", SPACE, "]"]),
            Some(other) => out.extend(['\\', other]),
            None => out.push(char),
        }
    }
    out
}

fn longest_literal(hir: &Hir) -> Option<&[u8]> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(&literal.0),
        HirKind::Concat(parts) => {
            parts.iter().filter_map(longest_literal).max_by_key(|literal| literal.len())
        }
        _ => None,
    }
}

/// A text as the patterns see it, from byte `offset` of the document on.
pub struct Haystack<'t> {
    text: Cow<'t, str>,
    offset: usize,
    is_ascii: bool,
}

/// The patterns of a ruleset by number, and which characters none of them tells apart.
#[derive(Default)]
pub struct Patterns {
    all: Vec<Pattern>,
    alphabet: OnceLock<Alphabet>,
}

/// Up to which character representatives stand in a table.
const NEAR: char = '\u{3000}';

/// Representatives of the characters beyond ASCII.
struct Alphabet {
    /// Where stretches of characters begin that have one representative, and that; None stands for itself.
    stretches: Vec<(char, Option<char>)>,
    /// The representatives of the first characters.
    near: Vec<char>,
    /// What can occur in a text of representatives.
    kept: Option<ClassUnicode>,
}

impl Patterns {
    /// Add a pattern of the common subset of Python's `re` and Rust's `regex`, in which `^` and `$` match at
    /// lines, and give its number. One that is not of the subset, which no table may hold, never matches.
    pub fn add(&mut self, source: &str) -> usize {
        self.all.push(Pattern::new(source));
        self.all.len() - 1
    }

    /// What a pattern is made of.
    pub fn hir(&self, pattern: usize) -> &Hir {
        self.all[pattern].hir()
    }

    /// Whether a pattern may match somewhere in a text: a fast first look.
    pub fn may_match(&self, pattern: usize, text: &str) -> bool {
        match self.all[pattern].first_look() {
            FirstLook::Holds(literal) => literal.find(text.as_bytes()).is_some(),
            FirstLook::Begins(beginning) => beginning.is_match(text),
            FirstLook::None => true,
        }
    }

    /// The span of a text to be searched. What stands before it is seen by `^` and `\b`, as in Python,
    /// and what stands after it is not.
    pub fn haystack<'t>(&self, text: &'t str, span: Range<usize>) -> Haystack<'t> {
        let before = text[..span.start].chars().next_back().map_or(0, char::len_utf8);
        let offset = span.start - before;
        let text = &text[offset..span.end];
        let is_ascii = text.is_ascii();
        let text = if is_ascii { Cow::Borrowed(text) } else { Cow::Owned(self.alphabet().represent(text)) };
        Haystack { text, offset, is_ascii }
    }

    /// The first match of a pattern that begins at byte `at` of the document or later.
    pub fn find(&self, pattern: usize, hay: &Haystack<'_>, at: usize) -> Option<Range<usize>> {
        let pattern = &self.all[pattern];
        let mut at = at - hay.offset;
        if !hay.is_ascii {
            let loose = pattern.loose.get_or_init(|| {
                let has_boundary = pattern.hir().properties().look_set().contains_word();
                has_boundary.then(|| self.compile(pattern.hir(), false))
            });
            if let Some(loose) = loose {
                at = loose.find_at(&hay.text, at)?.start();
            }
        }
        let exact = pattern.exact.get_or_init(|| self.compile(pattern.hir(), true));
        let found = exact.find_at(&hay.text, at)?;
        Some(found.start() + hay.offset..found.end() + hay.offset)
    }

    fn compile(&self, hir: &Hir, boundaries: bool) -> Regex {
        let hir = self.alphabet().shrink(hir, boundaries);
        let never = || Regex::new("[^\\s\\S]").expect("a pattern that never matches is valid");
        regex::RegexBuilder::new(&hir.to_string()).size_limit(1 << 28).build().unwrap_or_else(|_| never())
    }

    fn alphabet(&self) -> &Alphabet {
        self.alphabet.get_or_init(|| {
            let mut classes = Vec::new();
            self.all.iter().for_each(|pattern| add_classes(pattern.hir(), &mut classes));
            Alphabet::new(&classes)
        })
    }
}

/// The distinct classes of a pattern, single characters among them.
fn add_classes(hir: &Hir, classes: &mut Vec<ClassUnicode>) {
    let mut add = |class: ClassUnicode| {
        if !class.is_ascii() && !classes.contains(&class) {
            classes.push(class);
        }
    };
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => add(class.clone()),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            text.chars().for_each(|char| add(ClassUnicode::new([ClassUnicodeRange::new(char, char)])));
        }
        HirKind::Repetition(repetition) => add_classes(&repetition.sub, classes),
        HirKind::Capture(group) => add_classes(&group.sub, classes),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| add_classes(part, classes));
        }
        _ => {}
    }
}

/// A class by its expression.
fn class_of(expression: &str) -> ClassUnicode {
    match regex_syntax::parse(expression).map(|hir| hir.into_kind()) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        _ => ClassUnicode::empty(),
    }
}

impl Alphabet {
    fn new(classes: &[ClassUnicode]) -> Alphabet {
        let word = class_of(WORD);
        let mut odd = class_of(r"\w");
        odd.symmetric_difference(&word);
        let mut all: Vec<&ClassUnicode> = vec![&odd, &word];
        all.extend(classes);
        if all.len() > MOST_CLASSES {
            return Alphabet { stretches: Vec::new(), near: Vec::new(), kept: None };
        }
        let mut starts: Vec<u32> = vec![0, 0x80, 0x800, 0xD800, 0xE000, 0x10000];
        for range in all.iter().flat_map(|class| class.ranges()) {
            starts.extend([range.start() as u32, range.end() as u32 + 1]);
        }
        starts.sort_unstable();
        starts.dedup();
        let mut members = vec![0u128; starts.len()];
        for (bit, class) in all.iter().enumerate() {
            for range in class.ranges() {
                let first = starts.partition_point(|&start| start < range.start() as u32);
                let last = starts.partition_point(|&start| start <= range.end() as u32);
                members[first..last].iter_mut().for_each(|bits| *bits |= 1 << bit);
            }
        }
        // of the characters that no pattern tells apart, one is chosen whose `\w` is the same in Rust
        let mut chosen: HashMap<(u128, usize), char> = HashMap::new();
        let usual = |start: u32, bits: u128| Some((char::from_u32(start)?, bits & 1 != 0, bits & !1));
        for pass in [false, true] {
            for (&start, &bits) in starts.iter().zip(&members).filter(|(start, _)| **start >= 0x80) {
                if let Some((char, is_odd, bits)) = usual(start, bits)
                    && is_odd == pass
                {
                    chosen.entry((bits, char.len_utf8())).or_insert(char);
                }
            }
        }
        let represent = |(&start, &bits): (&u32, &u128)| {
            let (char, _, bits) = usual(start, bits)?;
            Some((char, chosen.get(&(bits, char.len_utf8())).copied()))
        };
        let stretches = starts.iter().zip(&members).filter_map(represent).collect();
        let ascii = ClassUnicodeRange::new('\0', '\x7F');
        let singles = chosen.values().map(|&char| ClassUnicodeRange::new(char, char));
        let kept = Some(ClassUnicode::new(singles.chain([ascii])));
        let mut alphabet = Alphabet { stretches, near: Vec::new(), kept };
        alphabet.near = ('\0'..NEAR).map(|char| alphabet.find(char)).collect();
        alphabet
    }

    /// The text, each character beyond ASCII replaced by its representative.
    fn represent(&self, text: &str) -> String {
        if self.stretches.is_empty() {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let (ascii, others) = rest.split_at(at);
            out.push_str(ascii);
            let end = others.bytes().position(|byte| byte.is_ascii()).unwrap_or(others.len());
            out.extend(others[..end].chars().map(|char| self.of(char)));
            rest = &others[end..];
        }
        out.push_str(rest);
        out
    }

    fn of(&self, char: char) -> char {
        match self.near.get(char as usize) {
            Some(&near) => near,
            None => self.find(char),
        }
    }

    fn find(&self, char: char) -> char {
        if char.is_ascii() {
            return char;
        }
        let after = self.stretches.partition_point(|&(start, _)| start <= char);
        self.stretches[after - 1].1.unwrap_or(char)
    }

    /// A pattern whose classes hold only what can occur; with or without its word boundaries.
    fn shrink(&self, hir: &Hir, boundaries: bool) -> Hir {
        let shrunk = |part| self.shrink(part, boundaries);
        match hir.kind() {
            HirKind::Class(Class::Unicode(class)) => {
                let mut class = class.clone();
                if let Some(kept) = &self.kept {
                    class.intersect(kept);
                }
                Hir::class(Class::Unicode(class))
            }
            HirKind::Look(look) if !boundaries && look.as_repr() >= Look::WordAscii.as_repr() => Hir::empty(),
            HirKind::Repetition(repetition) => Hir::repetition(repetition.with(shrunk(&repetition.sub))),
            HirKind::Capture(group) => shrunk(&group.sub),
            HirKind::Concat(parts) => Hir::concat(parts.iter().map(shrunk).collect()),
            HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(shrunk).collect()),
            _ => hir.clone(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // lists of spans, some of one
mod tests {
    use super::*;

    /// Where a pattern is found in a whole text.
    fn found(pattern: &str, text: &str) -> Vec<Range<usize>> {
        let mut patterns = Patterns::default();
        let number = patterns.add(pattern);
        let hay = patterns.haystack(text, 0..text.len());
        let mut at = 0;
        let next = || patterns.find(number, &hay, at).inspect(|found| at = found.end);
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn words_are_those_of_python() {
        assert_eq!(found(r"\w+", "cafe\u{301} ½_x"), [0..4, 7..11]); // a mark is of no word, a number is
        assert_eq!(found(r"\bx", "\u{301}x ½x"), [2..3]);
        assert_eq!(found(r"\B#\w", "б#х ‿#х"), [9..12]);
        assert_eq!(found(r"a\sb", "a\u{1F}b"), [0..3]);
        assert_eq!(found(r"[^\W\d_]+", "ab1_в²"), [0..2, 4..8]);
    }

    #[test]
    fn what_stands_before_a_span_is_seen_and_what_stands_after_is_not() {
        let mut patterns = Patterns::default();
        let (line, word) = (patterns.add("^х"), patterns.add(r"\bх\b"));
        let text = "ахх\nхх";
        let find = |pattern, span: Range<usize>| {
            patterns.find(pattern, &patterns.haystack(text, span.clone()), span.start)
        };
        assert_eq!(find(line, 2..4), None);
        assert_eq!(find(line, 7..11), Some(7..9));
        assert_eq!(find(word, 2..4), None);
        assert_eq!(find(word, 7..9), Some(7..9));
    }

    #[test]
    fn a_first_look_never_hides_a_match() {
        let mut patterns = Patterns::default();
        let element = patterns.add(r"<(?:code|pre)\b[^<>]*>");
        assert!(patterns.may_match(element, "text <pre class='x'>"));
        assert!(!patterns.may_match(element, "text <http://x.y>"));
        let fence = patterns.add("^ {0,3}```");
        assert!(patterns.may_match(fence, "x\n  ```") && !patterns.may_match(fence, "x `y` ``z``"));
    }

    #[test]
    fn a_bad_pattern_never_matches() {
        assert!(found("(unclosed", "(unclosed").is_empty());
    }
}
