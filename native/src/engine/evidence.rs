//! What a document tells of its names: cues of groups, and other names that were believed.

use smallvec::{SmallVec, smallvec};

use crate::engine::context::Group;
use crate::engine::phrases::Phrase;

/// The prominence of a place whose name alone tells what a text is about.
pub const WELL_KNOWN: u32 = 40;

/// The cues of a document; one inside a name says nothing of that name.
///
/// A cue stands outside a name if it ends before it or begins after it, so of each group only the first end
/// and the last beginning matter.
pub struct Evidence {
    reach: Vec<Option<(usize, usize)>>,
    home: Vec<Group>,
    is_empty: bool,
}

impl Evidence {
    /// Of no cues yet, of so many groups; those that speak of the home country are in `home`.
    pub fn new(groups: usize, home: &[Group]) -> Evidence {
        Evidence { reach: vec![None; groups], home: home.to_vec(), is_empty: true }
    }

    /// Whether no cue was found.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Take notice of a cue.
    pub fn add(&mut self, group: Group, start: usize, end: usize) {
        let Some(reach) = self.reach.get_mut(group.0 as usize) else { return };
        let (first_end, last_start) = reach.unwrap_or((end, start));
        self.is_empty = false;
        *reach = Some((first_end.min(end), last_start.max(start)));
    }

    /// Whether a phrase of the group stands outside the name.
    pub fn has(&self, group: Group, phrase: &Phrase) -> bool {
        let reach = self.reach.get(group.0 as usize).copied().flatten();
        reach.is_some_and(|(first_end, last_start)| first_end <= phrase.start || last_start >= phrase.end)
    }

    /// Whether anything outside the name speaks of the home country.
    pub fn is_home(&self, phrase: &Phrase) -> bool {
        self.home.iter().any(|&group| self.has(group, phrase))
    }
}

/// Names of the document that were believed: each key with the prominence of the place chosen last.
///
/// Two others are evidence for any name, so after three nothing more needs to be known.
#[derive(Default)]
pub struct Homes {
    known: SmallVec<[(SmallVec<[u8; 24]>, u32); 3]>,
}

impl Homes {
    /// Names that are evidence for any.
    pub fn enough() -> Homes {
        Homes { known: smallvec![(SmallVec::new(), 0); 3] }
    }

    /// Take in one that was believed.
    pub fn add(&mut self, key: &SmallVec<[u8; 24]>, prominence: u32) {
        if self.known.len() > 2 {
            return;
        }
        match self.known.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = prominence,
            None => self.known.push((key.clone(), prominence)),
        }
    }

    /// Whether names other than this are evidence: one that is well known, or two.
    pub fn speak_of_home(&self, key: &SmallVec<[u8; 24]>) -> bool {
        if self.known.len() > 2 {
            return true;
        }
        let others = || self.known.iter().filter(|(known, _)| known != key);
        others().count() > 1 || others().any(|&(_, prominence)| prominence >= WELL_KNOWN)
    }
}
