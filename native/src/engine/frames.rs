//! Frames: words directly before and after a name that say what it is.
//!
//! All frames are one tree. From its root the tokens before the name are followed leftwards, then those
//! after it rightwards; a frame ends at a node, and of those that are reached the weightiest speaks.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::engine::context::{CueFinder, Group};
use crate::engine::hints::{WordBits, hash_of_atom, hash_of_key, hashes_of_listed};
use crate::engine::phrases::Scratch;
use crate::engine::segment::Atom;
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::Frame;
use crate::text::properties::is_decimal;

/// Atoms that a phrase of a cue group may take up in a frame.
const LONGEST_GROUP_PHRASE: usize = 6;
const ROOT: u32 = 0;
/// No frame ends here.
const NONE: u32 = u32::MAX;

/// What follows from what stands around a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It stays as it is.
    Keep,
    /// It is a person's.
    Person,
    /// It is another country's.
    Foreign,
    /// It is more credible.
    Support,
}

impl Effect {
    fn named(name: &str) -> Option<Effect> {
        match name {
            "keep" => Some(Effect::Keep),
            "person" => Some(Effect::Person),
            "foreign" => Some(Effect::Foreign),
            "support" => Some(Effect::Support),
            _ => None,
        }
    }

    /// The name that tables use.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Keep => "keep",
            Effect::Person => "person",
            Effect::Foreign => "foreign",
            Effect::Support => "support",
        }
    }
}

/// By which frames are sorted: the most tokens first; of equal length by effect and then by id, as code points.
type Weight<'r> = (Reverse<usize>, Effect, &'r str);

/// A frame with its weight and its row; None for one that says nothing.
fn weighed<'r>((row, frame): (usize, Frame<'r>)) -> Option<(Weight<'r>, u32, Frame<'r>)> {
    let length = frame.before().len() + frame.after().len();
    let effect = Effect::named(frame.effect()).filter(|_| length > 0)?;
    Some(((Reverse(length), effect, frame.id()), row as u32, frame))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Token {
    /// A word by its key, or a mark: the number of a literal.
    Literal(u32),
    /// Digits.
    Number,
    /// Four digits.
    Year,
    /// Any word that begins with a capital.
    Capital,
    /// A phrase of a cue group.
    Group(Group),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Before,
    After,
}

/// What may follow a node on one side.
#[derive(Default)]
struct Branches {
    number: Option<u32>,
    year: Option<u32>,
    capital: Option<u32>,
    has_literals: bool,
    groups: Vec<(Group, u32)>,
}

impl Branches {
    fn is_empty(&self) -> bool {
        !self.has_literals && self.groups.is_empty() && self.number.or(self.year).or(self.capital).is_none()
    }
}

#[derive(Default)]
struct Node {
    before: Branches,
    after: Branches,
    /// The rank of the weightiest frame that ends here.
    rank: Option<u32>,
}

/// Compares the atoms beside a name with the frames of the ruleset.
pub struct FrameMatcher {
    nodes: Vec<Node>,
    literals: FxHashMap<Box<str>, u32>,
    literal_bits: WordBits,
    /// Literals by the hash of their bytes; of two with the same hash one.
    literals_by_hash: FxHashMap<u64, (u32, Box<str>)>,
    literal_branches: FxHashMap<(u32, Side, u32), u32>,
    /// By rank, the row and the effect of each frame.
    frames: Vec<(u32, Effect)>,
}

impl FrameMatcher {
    /// By the frames of a ruleset and the groups of its cues.
    pub fn new(ruleset: &Ruleset, cues: &CueFinder) -> Result<FrameMatcher, RulesetError> {
        let mut matcher = FrameMatcher {
            nodes: vec![Node::default()],
            literals: FxHashMap::default(),
            literal_bits: WordBits::new(&[]),
            literals_by_hash: FxHashMap::default(),
            literal_branches: FxHashMap::default(),
            frames: Vec::new(),
        };
        let mut frames: Vec<_> = ruleset.records("frames", Frame)?.enumerate().filter_map(weighed).collect();
        frames.sort_by_key(|&(weight, ..)| weight);
        for (rank, ((_, effect, _), row, frame)) in frames.into_iter().enumerate() {
            matcher.frames.push((row, effect));
            let before: Vec<&str> = frame.before().collect();
            let tokens = before.into_iter().rev().map(|token| (Side::Before, token));
            let tokens = tokens.chain(frame.after().map(|token| (Side::After, token)));
            let mut node = Some(ROOT);
            for (side, token) in tokens {
                node = node.and_then(|node| matcher.branch(node, side, token, cues));
            }
            if let Some(node) = node {
                matcher.nodes[node as usize].rank.get_or_insert(rank as u32);
            }
        }
        let hashes: Vec<u64> = matcher.literals.keys().flat_map(|word| hashes_of_listed(word)).collect();
        matcher.literal_bits = WordBits::new(&hashes);
        let by_hash = matcher.literals.iter();
        matcher.literals_by_hash = by_hash
            .filter(|(word, _)| !word.bytes().any(|byte| byte.is_ascii_uppercase()))
            .map(|(word, &number)| (hash_of_key(word.as_bytes()), (number, word.clone())))
            .collect();
        Ok(matcher)
    }

    /// The node after `node` for a token, made if there is none; None for a token that nothing can match.
    fn branch(&mut self, node: u32, side: Side, token: &str, cues: &CueFinder) -> Option<u32> {
        let next_literal = self.literals.len() as u32;
        let token = match token {
            "<number>" => Token::Number,
            "<year>" => Token::Year,
            "<capital>" => Token::Capital,
            _ => match token.strip_prefix('<') {
                Some(rest) if !rest.is_empty() => Token::Group(cues.group(rest.strip_suffix('>')?)?),
                _ => Token::Literal(*self.literals.entry(token.into()).or_insert(next_literal)),
            },
        };
        let fresh = self.nodes.len() as u32;
        let own = &mut self.nodes[node as usize];
        let branches = if side == Side::Before { &mut own.before } else { &mut own.after };
        let next = match token {
            Token::Number => *branches.number.get_or_insert(fresh),
            Token::Year => *branches.year.get_or_insert(fresh),
            Token::Capital => *branches.capital.get_or_insert(fresh),
            Token::Literal(literal) => {
                branches.has_literals = true;
                *self.literal_branches.entry((node, side, literal)).or_insert(fresh)
            }
            Token::Group(group) => match branches.groups.iter().find(|(one, _)| *one == group) {
                Some(&(_, next)) => next,
                None => {
                    branches.groups.push((group, fresh));
                    fresh
                }
            },
        };
        if next == fresh {
            self.nodes.push(Node::default());
        }
        Some(next)
    }

    /// The frame that speaks of the atoms `first` to `last`: its row and its effect.
    ///
    /// The one with the most tokens; of equal length `keep` goes before `person`, `foreign`, `support`.
    pub fn frame(
        &self,
        ruleset: &Ruleset,
        cues: &CueFinder,
        scratch: &mut Scratch<'_>,
        atoms: &[Atom],
        first: usize,
        last: usize,
    ) -> Option<(u32, Effect)> {
        let mut walk = Walk { matcher: self, ruleset, cues, scratch, atoms, best: NONE };
        walk.visit(ROOT, first, last + 1);
        let best = walk.best;
        self.frames.get(best as usize).copied()
    }
}

/// A walk through the tree, for one name.
struct Walk<'w, 't> {
    matcher: &'w FrameMatcher,
    ruleset: &'w Ruleset,
    cues: &'w CueFinder,
    scratch: &'w mut Scratch<'t>,
    atoms: &'w [Atom],
    best: u32,
}

impl Walk<'_, '_> {
    /// Follow what goes on from a node: `left` atoms stand before what was matched, from `right` on after.
    fn visit(&mut self, number: u32, left: usize, right: usize) {
        let matcher = self.matcher;
        let node = &matcher.nodes[number as usize];
        if let Some(rank) = node.rank {
            self.best = self.best.min(rank);
        }
        if left > 0 && !node.before.is_empty() {
            self.follow(number, Side::Before, &node.before, left - 1, left, right);
        }
        if right < self.atoms.len() && !node.after.is_empty() {
            self.follow(number, Side::After, &node.after, right, left, right);
        }
    }

    fn follow(&mut self, number: u32, side: Side, branches: &Branches, at: usize, left: usize, right: usize) {
        let (matcher, atoms, text) = (self.matcher, self.atoms, self.scratch.text);
        let atom = &atoms[at];
        let beyond = |length: usize| match side {
            Side::Before => (left - length, right),
            Side::After => (left, right + length),
        };
        let (next_left, next_right) = beyond(1);
        let hash = match atom.is_part {
            true => hash_of_atom(&self.ruleset.folder, atom, text, &mut self.scratch.word),
            false => Some(hash_of_key(atom.text(text).as_bytes())),
        };
        if branches.has_literals && matcher.literal_bits.may_have(hash) {
            let literal = self.literal(atom, hash);
            let next = literal.and_then(|one| matcher.literal_branches.get(&(number, side, one)));
            if let Some(&next) = next {
                self.visit(next, next_left, next_right);
            }
        }
        if let Some(next) = branches.capital.filter(|_| self.is_capitalised(atom)) {
            self.visit(next, next_left, next_right);
        }
        if branches.number.or(branches.year).is_some() {
            let written = atom.text(text);
            if !written.is_empty() && written.chars().all(is_decimal) {
                if let Some(next) = branches.number {
                    self.visit(next, next_left, next_right);
                }
                if let Some(next) = branches.year.filter(|_| written.chars().count() == 4) {
                    self.visit(next, next_left, next_right);
                }
            }
        }
        if !branches.groups.is_empty() {
            match side {
                Side::Before => self.groups_before(branches, at, hash, right),
                Side::After => self.groups_after(branches, at, hash, left),
            }
        }
    }

    /// Phrases of groups that end at atom `at`.
    fn groups_before(&mut self, branches: &Branches, at: usize, hash: Option<u64>, right: usize) {
        if !self.atoms[at].is_part {
            return;
        }
        let mut hash = hash;
        for length in 1..=LONGEST_GROUP_PHRASE.min(at + 1) {
            let low = at + 1 - length;
            if !self.atoms[low].is_part {
                continue;
            }
            if low < at {
                hash = self.hash(low);
            }
            let may_be = if low == at { self.cues.may_be(hash) } else { true };
            if may_be && self.cues.may_begin(hash) {
                for group in self.cues.groups_of(self.ruleset, self.scratch, self.atoms, low, at) {
                    if let Some(&(_, next)) = branches.groups.iter().find(|(one, _)| *one == group) {
                        self.visit(next, low, right);
                    }
                }
            }
            if !self.cues.may_go_on(hash) {
                return;
            }
        }
    }

    /// Phrases of groups that begin at atom `at`.
    fn groups_after(&mut self, branches: &Branches, at: usize, hash: Option<u64>, left: usize) {
        if !self.atoms[at].is_part || !self.cues.may_begin(hash) {
            return;
        }
        for high in at..(at + LONGEST_GROUP_PHRASE).min(self.atoms.len()) {
            if high > at && !self.atoms[high].is_part {
                continue;
            }
            if high > at {
                let hash = self.hash(high);
                if !self.cues.may_go_on(hash) {
                    return;
                }
            } else if !self.cues.may_be(hash) {
                continue;
            }
            for group in self.cues.groups_of(self.ruleset, self.scratch, self.atoms, at, high) {
                if let Some(&(_, next)) = branches.groups.iter().find(|(one, _)| *one == group) {
                    self.visit(next, left, high + 1);
                }
            }
        }
    }

    fn hash(&mut self, index: usize) -> Option<u64> {
        hash_of_atom(&self.ruleset.folder, &self.atoms[index], self.scratch.text, &mut self.scratch.word)
    }

    /// The literal that an atom is.
    fn literal(&mut self, atom: &Atom, hash: Option<u64>) -> Option<u32> {
        let (text, word) = (self.scratch.text, &mut self.scratch.word);
        if let Some((number, listed)) = hash.and_then(|hash| self.matcher.literals_by_hash.get(&hash))
            && self.ruleset.folder.has_plain_ascii()
            && atom.reading(text).eq_ignore_ascii_case(listed)
        {
            return Some(*number); // most are short words of ASCII letters: found without making their key
        }
        if !atom.is_part {
            return self.matcher.literals.get(atom.text(text)).copied();
        }
        word.clear();
        self.ruleset.folder.key_into(atom.reading(text), word);
        self.matcher.literals.get(word.as_str()).copied()
    }

    fn is_capitalised(&self, atom: &Atom) -> bool {
        let first = atom.reading(self.scratch.text).chars().next();
        atom.is_part && first.is_some_and(|char| self.ruleset.folder.is_upper(char))
    }
}
