//! Gates before the patterns of zones: bytes without which a pattern cannot be found, looked for in one
//! pass over a paragraph. Ordinary prose opens few of them.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::skim::blocks::{BLOCK, marks_and_rare};

/// Rules that have a bit of their own; further ones are always looked for.
const BITS: usize = 64;
/// Repetitions from this length on are looked for by their length.
const LONG: u32 = 16;

/// Stands in a set of bytes for the beginning of U+2000 to U+203F, where the quotation marks and dashes of
/// newsrooms stand and no letter: a lead byte alone would not tell them from letters. No text holds this byte.
const PUNCTUATION: u8 = 0xFF;
const PUNCTUATION_LEAD: [u8; 2] = [0xE2, 0x80];

type ByteSet = [bool; 256];
const ANY: ByteSet = [true; 256];

/// Two bytes in a row that every match of a pattern holds.
struct Pair {
    first: ByteSet,
    /// The second bytes of the characters that the first begins, where these are not ASCII.
    inside: ByteSet,
    second: ByteSet,
}

/// The byte at a place, as sets of bytes know it.
#[inline(always)]
fn after(text: &[u8], at: usize) -> Option<usize> {
    let byte = *text.get(at)?;
    let is_punctuation = byte == PUNCTUATION_LEAD[0] && text.get(at + 1) == Some(&PUNCTUATION_LEAD[1]);
    Some(usize::from(if is_punctuation { PUNCTUATION } else { byte }))
}

/// So many bytes in a row of which every match of a pattern holds one.
struct LongRun {
    set: ByteSet,
    length: usize,
}

/// The gates of the rules, by number.
pub struct Gates {
    first: Box<[u64; 256]>,
    second: Box<[u64; 256]>,
    /// Rules that need no mark.
    always: u64,
    /// Rules that need one byte, whatever follows it.
    single: u64,
    runs: Vec<Option<LongRun>>,
    /// Bytes that begin rare characters which a rule asks for; they are marks too …
    leads: ByteSet,
    /// … if one of these follows.
    after_leads: ByteSet,
}

/// What one pass over a paragraph saw.
pub struct Seen(u64);

impl Gates {
    /// Gates for rules by a pattern that must be found for each.
    pub fn new<'h>(rules: impl Iterator<Item = &'h Hir>) -> Gates {
        let tables = (Box::new([0; 256]), Box::new([0; 256]));
        let mut gates = Gates {
            first: tables.0,
            second: tables.1,
            always: 0,
            single: 0,
            runs: Vec::new(),
            leads: [false; 256],
            after_leads: [false; 256],
        };
        for (number, hir) in rules.enumerate() {
            gates.runs.push(long_run(hir));
            if number >= BITS {
                continue;
            }
            let pairs = pairs(hir).into_iter().filter(Pair::has_mark);
            match pairs.min_by(|one, other| one.commonness().total_cmp(&other.commonness())) {
                Some(pair) => {
                    gates.single |= u64::from(pair.second == ANY) << number;
                    let is_of_marks = pair.is_of_marks(&pair.first);
                    for byte in 0..256 {
                        let is_lead = byte >= 0x80 && pair.first[byte] && is_of_marks;
                        gates.leads[byte] |= is_lead;
                        gates.after_leads[byte] |= is_of_marks && pair.inside[byte];
                        gates.first[byte] |= u64::from(pair.first[byte]) << number;
                        gates.second[byte] |= u64::from(pair.second[byte]) << number;
                    }
                }
                None => gates.always |= 1 << number,
            }
        }
        gates
    }

    /// Look through a paragraph: only at marks and what stands beside them, for every pair has a mark.
    pub fn look(&self, paragraph: &[u8]) -> Seen {
        let mut seen = self.always;
        let mut base = 0;
        while base < paragraph.len() {
            let (mut marks, rare) = marks_and_rare(paragraph, base);
            if rare != 0 {
                marks |= self.asked_for(paragraph, base, rare);
            }
            while marks != 0 {
                let at = base + marks.trailing_zeros() as usize;
                marks &= marks - 1;
                let mark = paragraph[at] as usize;
                seen |=
                    self.first[mark] & after(paragraph, at + 1).map_or(self.single, |next| self.second[next]);
                if at > 0 {
                    seen |= self.first[paragraph[at - 1] as usize] & self.second[mark];
                }
            }
            base += BLOCK;
        }
        Seen(seen)
    }

    /// Of rare characters that begin in a block those that a rule asks for.
    fn asked_for(&self, paragraph: &[u8], base: usize, mut rare: u64) -> u64 {
        let mut asked = 0;
        while rare != 0 {
            let bit = rare & rare.wrapping_neg();
            rare ^= bit;
            let at = base + bit.trailing_zeros() as usize;
            let is_asked = self.leads[paragraph[at] as usize]
                && paragraph.get(at + 1).is_some_and(|&next| self.after_leads[next as usize]);
            asked |= if is_asked { bit } else { 0 };
        }
        asked
    }

    /// Whether a rule may find anything.
    pub fn is_open(&self, rule: usize, seen: &Seen, paragraph: &[u8]) -> bool {
        (rule >= BITS || seen.0 >> rule & 1 != 0)
            && self.runs[rule].as_ref().is_none_or(|run| run.is_in(paragraph))
    }
}

impl LongRun {
    /// Whether a text has a run long enough: only every so many bytes have to be looked at.
    fn is_in(&self, text: &[u8]) -> bool {
        let mut at = self.length - 1;
        while at < text.len() {
            let start =
                text[..=at].iter().rposition(|&byte| !self.set[byte as usize]).map_or(0, |end| end + 1);
            if start > at {
                at += self.length;
                continue;
            }
            let wanted = start + self.length;
            let end = text[at..]
                .iter()
                .take(wanted.saturating_sub(at))
                .take_while(|&&byte| self.set[byte as usize]);
            let end = at + end.count();
            if end >= wanted {
                return true;
            }
            at = end + self.length;
        }
        false
    }
}

impl Pair {
    /// Whether one of the bytes is always a mark, or the first always a mark or the first byte of a rare
    /// character, which serves as well.
    fn has_mark(&self) -> bool {
        self.is_of_marks(&self.first)
            || !self.second[0x80..].contains(&true) && self.is_of_marks(&self.second)
    }

    fn is_of_marks(&self, set: &ByteSet) -> bool {
        (0..=255u8).all(|byte| {
            let is_rare = !matches!(byte, 0xD0 | 0xD1 | 0xE2 | PUNCTUATION) && weight(byte) < 0.5;
            !set[byte as usize]
                || if byte.is_ascii() { !byte.is_ascii_alphanumeric() && byte != b' ' } else { is_rare }
        })
    }

    /// How often such bytes stand in prose, roughly.
    fn commonness(&self) -> f64 {
        let weigh =
            |set: &ByteSet| -> f64 { (0..=255).filter(|&byte: &u8| set[byte as usize]).map(weight).sum() };
        weigh(&self.first) * weigh(&self.second)
    }
}

fn weight(byte: u8) -> f64 {
    match byte {
        b' ' | b'a'..=b'z' | 0x80..=0xBF | 0xD0 | 0xD1 => 1.0,
        b'.' | b',' | b'\n' | b'-' | b'0'..=b'9' | b'A'..=b'Z' | 0xC2..=0xF4 | PUNCTUATION => 0.1,
        _ => 0.01,
    }
}

/// What stands at one place of a pattern, as bytes.
enum Place {
    /// One of these, which are whole characters.
    One(ByteSet),
    /// A character that begins with one of these; beyond ASCII, with one of those as its second byte.
    Begins(ByteSet, Box<ByteSet>),
    /// Nothing, or some characters of which the first begins with one of these.
    Perhaps(ByteSet),
    /// Anything, or nothing.
    Unknown,
}

/// Pairs of bytes that every match of a pattern holds.
fn pairs(hir: &Hir) -> Vec<Pair> {
    let places = places(hir);
    let mut found = Vec::new();
    for (at, place) in places.iter().enumerate() {
        match place {
            Place::One(first) => {
                let inside = [false; 256];
                found.push(Pair { first: *first, inside, second: ANY });
                if let Some(second) = beginning(&places[at + 1..]) {
                    found.push(Pair { first: *first, inside, second });
                }
            }
            Place::Begins(first, inside) => {
                found.push(Pair { first: *first, inside: **inside, second: ANY });
            }
            Place::Perhaps(_) | Place::Unknown => {}
        }
    }
    found
}

/// With which bytes the first of these places begins, if that is known.
fn beginning(places: &[Place]) -> Option<ByteSet> {
    let mut all = [false; 256];
    for place in places {
        let (Place::One(set) | Place::Begins(set, _) | Place::Perhaps(set)) = place else { return None };
        all.iter_mut().zip(set).for_each(|(is, &own)| *is |= own);
        if !matches!(place, Place::Perhaps(_)) {
            return Some(all);
        }
    }
    None
}

fn places(hir: &Hir) -> Vec<Place> {
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().flat_map(places).collect(),
        HirKind::Literal(literal) => literal.0.iter().map(|&byte| Place::One(set_of([byte]))).collect(),
        HirKind::Class(class) => vec![place_of(class)],
        HirKind::Capture(group) => places(&group.sub),
        HirKind::Look(_) | HirKind::Empty => Vec::new(),
        HirKind::Repetition(repetition) if repetition.min > 0 => match repetition.sub.kind() {
            HirKind::Class(class) => vec![place_of(class), Place::Unknown, place_of(class)], // first and last
            _ => vec![Place::Unknown],
        },
        HirKind::Repetition(repetition) => match repetition.sub.kind() {
            HirKind::Class(class) => match place_of(class) {
                Place::One(set) | Place::Begins(set, _) => vec![Place::Perhaps(set)],
                other => vec![other],
            },
            _ => vec![Place::Unknown],
        },
        HirKind::Alternation(_) => vec![Place::Unknown],
    }
}

fn place_of(class: &Class) -> Place {
    match bytes_of(class) {
        Some(set) => Place::One(set),
        None => match class {
            Class::Unicode(class) => {
                let (mut set, mut inside) = ([false; 256], [false; 256]);
                for range in class.ranges() {
                    add_beginnings(range.start(), range.end(), &mut set, &mut inside);
                }
                Place::Begins(set, Box::new(inside))
            }
            Class::Bytes(_) => Place::Unknown,
        },
    }
}

/// Add the first bytes of the characters from `start` to `end`, and the second bytes of those beyond ASCII.
fn add_beginnings(start: char, end: char, first: &mut ByteSet, second: &mut ByteSet) {
    let two = |char: char| {
        let mut bytes = [0; 4];
        char.encode_utf8(&mut bytes);
        [bytes[0], bytes[1]].map(usize::from)
    };
    let ([from, from_next], [to, to_next]) = (two(start), two(end));
    first[from..=to].fill(true);
    first[usize::from(PUNCTUATION)] |= start <= '\u{203F}' && end >= '\u{2000}';
    if !end.is_ascii() {
        second[if from == to { from_next..=to_next } else { 0x80..=0xBF }].fill(true);
    }
}

/// The bytes of a class of ASCII characters alone.
fn bytes_of(class: &Class) -> Option<ByteSet> {
    let Class::Unicode(class) = class else { return None };
    class
        .is_ascii()
        .then(|| set_of(class.ranges().iter().flat_map(|range| range.start() as u8..=range.end() as u8)))
}

fn set_of(bytes: impl IntoIterator<Item = u8>) -> ByteSet {
    let mut set = [false; 256];
    for byte in bytes {
        set[byte as usize] = true;
    }
    set
}

/// A long repetition of ASCII characters that every match of a pattern holds.
fn long_run(hir: &Hir) -> Option<LongRun> {
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().find_map(long_run),
        HirKind::Repetition(repetition) if repetition.min >= LONG => match repetition.sub.kind() {
            HirKind::Class(class) => Some(LongRun { set: bytes_of(class)?, length: repetition.min as usize }),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gates(pattern: &str) -> Gates {
        Gates::new([&regex_syntax::parse(pattern).unwrap()].into_iter())
    }

    fn is_open(gates: &Gates, text: &str) -> bool {
        gates.is_open(0, &gates.look(text.as_bytes()), text.as_bytes())
    }

    #[test]
    fn a_gate_opens_for_all_that_its_pattern_finds() {
        let gates = gates(r"\.[^\W\d_]");
        assert!(is_open(&gates, "example.org"));
        assert!(is_open(&gates, "слово.слово"));
        assert!(!is_open(&gates, "Слово. Ще слово."));
        let letter = self::gates(r"\.\p{L}");
        assert!(!is_open(&letter, "“A word.” A word.") && is_open(&letter, "x.\u{2071}"));
        let call = self::gates(r#"\w[\[(]\s?["']"#);
        assert!(is_open(&call, "f(\"") && is_open(&call, "f( '") && !is_open(&call, "f (x)"));
        let address = self::gates(r"[Ww]{3}\.");
        assert!(is_open(&address, "Www.") && !is_open(&address, "Слово. www "));
        let sign = self::gates("[§^]");
        assert!(is_open(&sign, "§ 5") && is_open(&sign, "x^") && !is_open(&sign, "«Слово» №\u{A0}5"));
        let quoted = self::gates(r"=[“”]");
        assert!(is_open(&quoted, "x=“y”") && !is_open(&quoted, "x=y”"));
        let last = self::gates(r"\{");
        assert!(is_open(&last, "{"));
        assert!(!is_open(&last, "}"));
    }

    #[test]
    fn long_runs_are_found_wherever_they_stand() {
        let gates = gates(r"[A-Za-z]{16,}=?");
        for before in 0..40 {
            for length in 14..20 {
                let text = format!("{}{}{}", "- ".repeat(before), "x".repeat(length), " xx".repeat(9));
                assert_eq!(is_open(&gates, &text), length >= 16, "{before} {length}");
            }
        }
    }
}
