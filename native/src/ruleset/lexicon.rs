//! A lexicon: phrases of words, where each word may be spelled in many ways, mapped to payloads.
//!
//! The format is that of `normalize/ruleset/lexicon.py`, whose head describes it.

use crate::errors::RulesetError;
use crate::ruleset::container::{Container, Section};
use crate::ruleset::starts::Starts;

/// The node at which phrases begin.
pub const ROOT: u32 = 0;

/// Where the sections of a lexicon stand; every question takes the container that it was opened from.
#[derive(Debug, Clone, Copy)]
pub struct Lexicon {
    words: Section,
    buckets: Section,
    edges: Section,
    edge_buckets: Section,
    nodes: Section,
    starts: Section,
    other_starts: Section,
    small_starts: Section,
    alone: Section,
    later: Section,
    shift: u32,
    edge_shift: u32,
}

impl Lexicon {
    /// The lexicon called `name` of a ruleset.
    pub fn open(container: &Container, name: &str) -> Result<Lexicon, RulesetError> {
        let section = |suffix: &str| container.section(&format!("{name}.{suffix}"));
        let (buckets, edge_buckets) = (section("buckets")?, section("ebuckets")?);
        Ok(Lexicon {
            words: section("words")?,
            buckets,
            edges: section("edges")?,
            edge_buckets,
            nodes: section("nodes")?,
            starts: section("starts")?,
            other_starts: section("starts.other")?,
            small_starts: section("starts.small")?,
            alone: section("starts.alone")?,
            later: section("starts.later")?,
            shift: shift_of(buckets),
            edge_shift: shift_of(edge_buckets),
        })
    }

    /// The (component, kind) pairs that a comparison key spells; nothing for an unknown word.
    #[inline]
    pub fn spelled<'c>(
        &self,
        container: &'c Container,
        key: &str,
    ) -> impl Iterator<Item = (u32, u32)> + Clone + use<'c> {
        let list = self.word(container, key).unwrap_or(0);
        let mut flat = container.list(list);
        std::iter::from_fn(move || Some((flat.next()?, flat.next()?)))
    }

    /// The list of pairs of a comparison key, None for an unknown word.
    #[inline]
    pub fn word(&self, container: &Container, key: &str) -> Option<u32> {
        let bucket = (crc32fast::hash(key.as_bytes()) >> self.shift) as usize;
        let rows = container.number(self.buckets, bucket)..container.number(self.buckets, bucket + 1);
        rows.map(|row| row as usize)
            .find(|&row| container.raw_string(container.cell(self.words, row, 0)) == key.as_bytes())
            .map(|row| container.cell(self.words, row, 1))
    }

    /// The node after `component`, or None where no phrase goes on so.
    #[inline]
    pub fn step(&self, container: &Container, node: u32, component: u32) -> Option<u32> {
        let mut packed = [0; 8];
        packed[..4].copy_from_slice(&node.to_le_bytes());
        packed[4..].copy_from_slice(&component.to_le_bytes());
        let bucket = (crc32fast::hash(&packed) >> self.edge_shift) as usize;
        let rows =
            container.number(self.edge_buckets, bucket)..container.number(self.edge_buckets, bucket + 1);
        rows.map(|row| row as usize)
            .find(|&row| {
                container.cell(self.edges, row, 0) == node && container.cell(self.edges, row, 1) == component
            })
            .map(|row| container.cell(self.edges, row, 2))
    }

    /// The payloads of the phrases that end at the node.
    #[inline]
    pub fn payloads<'c>(
        &self,
        container: &'c Container,
        node: u32,
    ) -> impl ExactSizeIterator<Item = u32> + Clone + use<'c> {
        container.list(container.number(self.nodes, node as usize))
    }

    /// The filter of the words that begin phrases.
    pub fn starts<'c>(&self, container: &'c Container) -> Starts<'c> {
        Starts::new(container.bytes(self.starts))
    }

    /// The same filter for words in other letters than ASCII (`Starts::passes_key`).
    pub fn other_starts<'c>(&self, container: &'c Container) -> Starts<'c> {
        Starts::new(container.bytes(self.other_starts))
    }

    /// The filter of the first four letters of words that begin phrases in small letters: by them alone, and
    /// only for words of which the first letter is small and no later one a capital.
    pub fn small_starts<'c>(&self, container: &'c Container) -> Starts<'c> {
        Starts::new(container.bytes(self.small_starts))
    }

    /// The filter of words that are phrases by themselves, and found in small letters.
    pub fn alone<'c>(&self, container: &'c Container) -> Starts<'c> {
        Starts::new(container.bytes(self.alone))
    }

    /// The filter of words with which phrases go on.
    pub fn later<'c>(&self, container: &'c Container) -> Starts<'c> {
        Starts::new(container.bytes(self.later))
    }

    /// The payloads of a phrase that is one word, the key.
    pub fn whole<'c>(&self, container: &'c Container, key: &str) -> impl Iterator<Item = u32> + use<'c> {
        let (lexicon, payloads) = (*self, *self);
        self.spelled(container, key)
            .filter_map(move |(component, _)| lexicon.step(container, ROOT, component))
            .flat_map(move |node| payloads.payloads(container, node))
    }

    /// Every edge: a node, a component, and the node after it.
    pub fn edges<'c>(&self, container: &'c Container) -> impl Iterator<Item = [u32; 3]> + use<'c> {
        let edges = self.edges;
        (0..edges.rows()).map(move |row| [0, 1, 2].map(|column| container.cell(edges, row, column)))
    }

    /// Every word of the lexicon, in no useful order.
    pub fn words<'c>(&self, container: &'c Container) -> impl Iterator<Item = &'c str> + use<'c> {
        let words = self.words;
        (0..words.rows()).map(move |row| container.string(container.cell(words, row, 0)))
    }
}

/// Buckets are a power of two, and one more number ends the last.
fn shift_of(buckets: Section) -> u32 {
    32 - buckets.rows().saturating_sub(1).max(2).ilog2()
}
