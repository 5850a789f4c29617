//! Whether a text that is repaired stays as it is: no paragraph may be judged otherwise after its repairs.

use rustc_hash::FxHashSet;

use crate::engine::Engine;
use crate::engine::analysis::{Analysis, repaired};
use crate::engine::document::Paragraph;
use crate::engine::findings::{Applicability, Finding};
use crate::engine::segment::{Atom, PartScript, Zone, letters_of};
use crate::text::Script;

impl Engine {
    /// The findings; of paragraphs that would not stay, the safe ones are only offered: those whose repairs
    /// would change the script that they are written in, or lead to another repair that now is not safe.
    pub(super) fn findings(&self, analysis: &Analysis<'_>) -> Vec<Finding> {
        let mut found = self.first_look(analysis);
        let mut rest = &mut found[..];
        for (number, paragraph) in analysis.paragraphs.iter().enumerate() {
            let first = rest.iter().take_while(|one| one.start < paragraph.start).count();
            let count = rest[first..].iter().take_while(|one| one.start < paragraph.end).count();
            let (_, after) = rest.split_at_mut(first);
            let (own, after) = after.split_at_mut(count);
            rest = after;
            let repairs: Vec<&Finding> = own.iter().filter(|one| one.is_safe()).collect();
            if repairs.is_empty() {
                continue;
            }
            let is_steady = self.stays(analysis, paragraph, &repairs)
                && ((own.len() == repairs.len() && !self.may_unsettle(analysis, number, &repairs))
                    || self.settles(analysis, paragraph, &repairs));
            if !is_steady {
                own.iter_mut().filter(|one| one.is_safe()).for_each(|one| one.weaken(Applicability::Unsafe));
            }
        }
        found
    }

    /// Whether a second look at the repaired paragraph finds nothing to repair.
    ///
    /// Names that a look at the paragraph alone would have repaired before do not count: it is the document
    /// around that keeps them.
    fn settles(&self, analysis: &Analysis<'_>, paragraph: &Paragraph, repairs: &[&Finding]) -> bool {
        let text = repaired(analysis.text, paragraph, repairs);
        let more = self.safe(&text);
        if more.is_empty() || more.iter().any(|one| one.place.is_none()) {
            return more.is_empty();
        }
        let before = &analysis.text[paragraph.start..paragraph.end];
        let known = self.safe(before);
        let known: FxHashSet<(usize, &str)> =
            known.iter().map(|one| (one.start, &before[one.start..one.end])).collect();
        let mut back = Back { repairs, origin: paragraph.start, at: 0, grown: 0 };
        more.iter().all(|one| known.contains(&(back.of(one.start), &text[one.start..one.end])))
    }

    /// What a first look at a text by itself would repair.
    fn safe(&self, text: &str) -> Vec<Finding> {
        let mut found = self.analyse(text).map_or(Vec::new(), |analysis| self.first_look(&analysis));
        found.retain(Finding::is_safe);
        found
    }

    /// Whether repairs of all that was found may lead to another.
    ///
    /// They may where a zone begins behind one, as a path does behind an apostrophe; where only the letters of
    /// a word are repaired that may be a name; and where Cyrillic letters are left in text that is not Cyrillic.
    fn may_unsettle(&self, analysis: &Analysis<'_>, number: usize, repairs: &[&Finding]) -> bool {
        let (paragraph, names) = (&analysis.paragraphs[number], analysis.names_of(number));
        let atoms = &paragraph.atoms;
        for repair in repairs {
            let after = atoms.partition_point(|atom| atom.start < repair.end);
            let is_zone = paragraph.has_zones
                && atoms[after..].iter().take(2).any(|atom| atom.is_part && atom.zone != Zone::None);
            let name = names.get(names.partition_point(|one| one.phrase.end <= repair.start));
            let may_be_name = repair.place.is_none() && name.is_some_and(|one| one.phrase.start < repair.end);
            if is_zone || may_be_name {
                return true;
            }
        }
        if paragraph.running.is(Script::Cyrillic) {
            return false;
        }
        let stays = |start: usize| {
            let before = repairs.partition_point(|repair| repair.start <= start);
            before == 0 || start >= repairs[before - 1].end
        };
        let tells = |atom: &Atom| atom.written.is(Script::Cyrillic) || atom.written == PartScript::Mixed;
        atoms.iter().any(|atom| tells(atom) && stays(atom.start))
            || repairs.iter().filter_map(|repair| repair.replacement.as_deref()).any(|replacement| {
                letters_of(&self.ruleset.classes, replacement)[Script::Cyrillic as usize] > 0
            })
    }
}

/// From places of a repaired paragraph, in order, back to the paragraph.
struct Back<'r> {
    repairs: &'r [&'r Finding],
    origin: usize,
    at: usize,
    grown: isize,
}

impl Back<'_> {
    /// Where a place stood; inside a replacement, where what was replaced begins.
    fn of(&mut self, place: usize) -> usize {
        while let Some(repair) = self.repairs.get(self.at) {
            let start = (repair.start - self.origin).wrapping_add_signed(self.grown);
            let length = repair.replacement.as_deref().map_or(0, str::len);
            if place < start {
                break;
            }
            if place < start + length {
                return repair.start - self.origin;
            }
            self.grown += length as isize - (repair.end - repair.start) as isize;
            self.at += 1;
        }
        place.wrapping_add_signed(-self.grown)
    }
}
