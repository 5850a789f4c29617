//! Zones: spans where nothing is rewritten, found by the patterns of `tables/scripts/zones.toml`.
//!
//! The patterns are of the subset that Python's `re` and Rust's `regex` share, and mean here what they mean
//! there (see [`zone_patterns`](super::zone_patterns)). A zone with the effect `skip` is not looked at; in
//! one with `report`, script errors are reported and never repaired without asking.

use std::ops::Range;

use crate::engine::segment::Zone;
use crate::engine::zone_gates::Gates;
use crate::engine::zone_patterns::{Haystack, Patterns};
use crate::errors::RulesetError;
use crate::ruleset::Ruleset;
use crate::ruleset::records::ZoneRule;

/// A zone, in bytes of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneSpan {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its row in the section `zones`.
    pub rule: u16,
    /// What may be said inside: `Skip` or `Report`.
    pub effect: Zone,
}

/// Zones that stand inside paragraphs; patterns by number.
struct Within {
    rule: u16,
    effect: Zone,
    /// Without it the pattern is not looked for.
    needs: usize,
    pattern: usize,
}

/// Zones that may reach across paragraphs.
struct Across {
    rule: u16,
    effect: Zone,
    opening: usize,
    closing: usize,
}

/// The zones of a ruleset: those within paragraphs, and those that reach across them.
pub struct ZoneFinder {
    within: Vec<Within>,
    across: Vec<Across>,
    gates: Gates,
    patterns: Patterns,
}

impl ZoneFinder {
    /// The zones of a ruleset. Errors if it has no such section.
    pub fn new(ruleset: &Ruleset) -> Result<ZoneFinder, RulesetError> {
        let (mut within, mut across, mut patterns) = (Vec::new(), Vec::new(), Patterns::default());
        let mut gating = Vec::new();
        for (rule, row) in (0..).zip(ruleset.records("zones", ZoneRule)?) {
            let effect = if row.effect() == "skip" { Zone::Skip } else { Zone::Report };
            let pattern = patterns.add(row.pattern());
            if row.close().is_empty() {
                let needs = patterns.add(row.needs());
                gating.push(if row.needs().is_empty() { pattern } else { needs });
                within.push(Within { rule, effect, needs, pattern });
            } else {
                across.push(Across { rule, effect, opening: pattern, closing: patterns.add(row.close()) });
            }
        }
        let gates = Gates::new(gating.into_iter().map(|pattern| patterns.hir(pattern)));
        Ok(ZoneFinder { within, across, gates, patterns })
    }

    /// The zones that may span paragraphs.
    pub fn across(&self, text: &str) -> Vec<ZoneSpan> {
        let mut zones = Vec::new();
        let mut haystack = None;
        for Across { rule, effect, opening, closing } in &self.across {
            if !self.patterns.may_match(*opening, text) {
                continue;
            }
            let hay = haystack.get_or_insert_with(|| self.patterns.haystack(text, 0..text.len()));
            let mut at = 0;
            while let Some(start) = self.patterns.find(*opening, hay, at) {
                let Some(end) = self.patterns.find(*closing, hay, start.end) else { break };
                zones.push(ZoneSpan { start: start.start, end: end.end, rule: *rule, effect: *effect });
                at = end.end;
            }
        }
        zones
    }

    /// Whether there may be zones that span paragraphs.
    pub fn may_be_across(&self, text: &str) -> bool {
        self.across.iter().any(|zone| self.patterns.may_match(zone.opening, text))
    }

    /// Add the zones inside the paragraph `text[span]`.
    pub fn within(&self, text: &str, span: Range<usize>, zones: &mut Vec<ZoneSpan>) {
        let seen = self.gates.look(&text.as_bytes()[span.clone()]);
        let mut haystack: Option<Haystack<'_>> = None;
        for (number, Within { rule, effect, needs, pattern }) in self.within.iter().enumerate() {
            if !self.gates.is_open(number, &seen, &text.as_bytes()[span.clone()]) {
                continue;
            }
            let hay = haystack.get_or_insert_with(|| self.patterns.haystack(text, span.clone()));
            if self.patterns.find(*needs, hay, span.start).is_none() {
                continue;
            }
            let mut at = span.start;
            while let Some(found) = self.patterns.find(*pattern, hay, at) {
                at = found.end;
                if found.is_empty() {
                    match text[at..span.end].chars().next() {
                        Some(char) => at += char.len_utf8(),
                        None => break,
                    }
                } else {
                    zones.push(ZoneSpan { start: found.start, end: found.end, rule: *rule, effect: *effect });
                }
            }
        }
    }
}

/// Zones to be asked of. Where they overlap, `skip` is stronger than `report`.
#[derive(Debug, Default)]
pub struct Zones {
    skip: Cover,
    report: Cover,
}

impl Zones {
    /// These zones, in any order.
    pub fn new(mut zones: Vec<ZoneSpan>) -> Zones {
        zones.sort_by_key(|zone| (zone.start, std::cmp::Reverse(zone.end)));
        let mut all = Zones::default();
        for zone in zones {
            if zone.effect == Zone::Skip { all.skip.add(zone) } else { all.report.add(zone) }
        }
        all
    }

    /// What the zones say of a span: one that touches it counts.
    #[inline]
    pub fn effect(&self, start: usize, end: usize) -> Zone {
        if self.skip.touches(start, end) {
            Zone::Skip
        } else if self.report.touches(start, end) {
            Zone::Report
        } else {
            Zone::None
        }
    }
}

/// Merged spans, searched by bisection.
#[derive(Debug, Default)]
struct Cover(Vec<(usize, usize)>);

impl Cover {
    fn add(&mut self, zone: ZoneSpan) {
        match self.0.last_mut() {
            Some((_, end)) if zone.start <= *end => *end = zone.end.max(*end),
            _ => self.0.push((zone.start, zone.end)),
        }
    }

    #[inline]
    fn touches(&self, start: usize, end: usize) -> bool {
        let before = self.0.partition_point(|&(first, _)| first < end);
        before > 0 && self.0[before - 1].1 > start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_merged_and_skipping_is_stronger() {
        let zone = |start, end, effect| ZoneSpan { start, end, rule: 0, effect };
        let zones = Zones::new(vec![
            zone(20, 25, Zone::Report),
            zone(2, 6, Zone::Report),
            zone(4, 9, Zone::Report),
            zone(8, 10, Zone::Skip),
        ]);
        assert_eq!(zones.effect(0, 2), Zone::None);
        assert_eq!(zones.effect(1, 3), Zone::Report);
        assert_eq!(zones.effect(7, 8), Zone::Report);
        assert_eq!(zones.effect(8, 9), Zone::Skip);
        assert_eq!(zones.effect(10, 20), Zone::None);
        assert_eq!(zones.effect(24, 30), Zone::Report);
        assert_eq!(Zones::default().effect(0, 5), Zone::None);
    }
}
