//! Gates before the patterns of zones: bytes without which a pattern cannot be found, looked for in one
//! pass over a paragraph. Ordinary prose opens few of them.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Rules that have a bit of their own; further ones are always looked for.
const BITS: usize = 64;
/// Repetitions from this length on are looked for by their length.
const LONG: u32 = 16;

type ByteSet = [bool; 256];
const ANY: ByteSet = [true; 256];

/// Two bytes in a row that every match of a pattern holds.
struct Pair {
    first: ByteSet,
    second: ByteSet,
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
    /// Rules that need no byte.
    always: u64,
    /// Rules that need one byte, whatever follows it.
    single: u64,
    runs: Vec<Option<LongRun>>,
}

/// What one pass over a paragraph saw.
pub struct Seen(u64);

impl Gates {
    /// Gates for rules of which all patterns must be found.
    pub fn new<'h>(rules: impl Iterator<Item = [&'h Hir; 2]>) -> Gates {
        let tables = (Box::new([0; 256]), Box::new([0; 256]));
        let mut gates = Gates { first: tables.0, second: tables.1, always: 0, single: 0, runs: Vec::new() };
        for (number, patterns) in rules.enumerate() {
            gates.runs.push(patterns.iter().find_map(|hir| long_run(hir)));
            if number >= BITS {
                continue;
            }
            let pairs = patterns.iter().flat_map(|hir| pairs(hir));
            match pairs.min_by(|one, other| one.commonness().total_cmp(&other.commonness())) {
                Some(pair) => {
                    gates.single |= u64::from(pair.second == ANY) << number;
                    for byte in 0..256 {
                        gates.first[byte] |= u64::from(pair.first[byte]) << number;
                        gates.second[byte] |= u64::from(pair.second[byte]) << number;
                    }
                }
                None => gates.always |= 1 << number,
            }
        }
        gates
    }

    /// Look through a paragraph.
    pub fn look(&self, paragraph: &[u8]) -> Seen {
        let mut seen = self.always;
        for pair in paragraph.windows(2) {
            seen |= self.first[pair[0] as usize] & self.second[pair[1] as usize];
        }
        Seen(seen | paragraph.last().map_or(0, |&last| self.first[last as usize] & self.single))
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
        b'.' | b',' | b'\n' | b'-' | b'0'..=b'9' | b'A'..=b'Z' | 0xC2..=0xF4 => 0.1,
        _ => 0.01,
    }
}

/// What stands at one place of a pattern, as bytes.
enum Place {
    /// One of these, which are whole characters.
    One(ByteSet),
    /// A character that begins with one of these.
    Begins(ByteSet),
    /// Anything, or nothing.
    Unknown,
}

/// Pairs of bytes that every match of a pattern holds.
fn pairs(hir: &Hir) -> Vec<Pair> {
    let places = places(hir);
    let mut found = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let (Place::One(first) | Place::Begins(first)) = place else { continue };
        found.push(Pair { first: *first, second: ANY });
        if let (Place::One(_), Some(Place::One(second) | Place::Begins(second))) = (place, places.get(at + 1))
        {
            found.push(Pair { first: *first, second: *second });
        }
    }
    found
}

fn places(hir: &Hir) -> Vec<Place> {
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().flat_map(places).collect(),
        HirKind::Literal(literal) => literal.0.iter().map(|&byte| Place::One(set_of([byte]))).collect(),
        HirKind::Class(class) => vec![place_of(class)],
        HirKind::Capture(group) => places(&group.sub),
        HirKind::Look(_) | HirKind::Empty => Vec::new(),
        HirKind::Repetition(repetition) if repetition.min > 0 => match repetition.sub.kind() {
            HirKind::Class(class) => vec![place_of(class), Place::Unknown],
            _ => vec![Place::Unknown],
        },
        HirKind::Repetition(_) | HirKind::Alternation(_) => vec![Place::Unknown],
    }
}

fn place_of(class: &Class) -> Place {
    match bytes_of(class) {
        Some(set) => Place::One(set),
        None => match class {
            Class::Unicode(class) => {
                let mut set = [false; 256];
                for range in class.ranges() {
                    let first = lead(range.start());
                    let last = lead(range.end());
                    set[first as usize..=last as usize].fill(true);
                }
                Place::Begins(set)
            }
            Class::Bytes(_) => Place::Unknown,
        },
    }
}

/// The first byte of a character.
fn lead(char: char) -> u8 {
    char.encode_utf8(&mut [0; 4]).as_bytes()[0]
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

    fn gates(needs: &str, pattern: &str) -> Gates {
        let read = |pattern| regex_syntax::parse(pattern).unwrap();
        Gates::new([[&read(needs), &read(pattern)]].into_iter())
    }

    fn is_open(gates: &Gates, text: &str) -> bool {
        gates.is_open(0, &gates.look(text.as_bytes()), text.as_bytes())
    }

    #[test]
    fn a_gate_opens_for_all_that_its_pattern_finds() {
        let gates = gates(r"\.[^\W\d_]", r"\w+\.\w+");
        assert!(is_open(&gates, "example.org"));
        assert!(is_open(&gates, "слово.слово"));
        assert!(!is_open(&gates, "Слово. Ще слово."));
        let last = self::gates(r"\{", r"\{");
        assert!(is_open(&last, "{"));
        assert!(!is_open(&last, "}"));
    }

    #[test]
    fn long_runs_are_found_wherever_they_stand() {
        let gates = gates("", r"[A-Za-z]{16,}=?");
        for before in 0..40 {
            for length in 14..20 {
                let text = format!("{}{}{}", "- ".repeat(before), "x".repeat(length), " xx".repeat(9));
                assert_eq!(is_open(&gates, &text), length >= 16, "{before} {length}");
            }
        }
    }
}
