//! Characters told apart by what stands further away than their neighbours.
//!
//! A context may ask for the nearest vowel, however far. So, before the table is at work on a text, one pass
//! from its end gives each letter another number, where that tells more of what follows it (and whether
//! it begins its word) to the letters beside it. What stands before, the classes on the left keep by themselves.

use super::beyond::{MOST_STATES, Nexts};
use super::chars::{CharTable, is, small};
use super::layout::Layout;
use super::neighbours::Neighbours;
use super::plan::{Classes, Plan};
use super::typed::Variant;

/// The numbers of characters for each of which one is known by what stands around it.
#[derive(Debug, Clone)]
pub(super) struct Refine {
    entries: Vec<Entry>,
    /// Whether any of them asks for what stands directly before.
    asks_before: bool,
}

/// What a number tells of the characters beside it, and becomes by them.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    /// By the state behind the character (as a number of bits to shift), in a byte each: the state before it. Of
    /// what is shifted, the lowest six bits are the state; what is above counts for nothing.
    states: u64,
    /// The first of its numbers.
    base: u16,
    /// Whether more follow it for each state, and for each character directly before: a mask for the sum of the
    /// state's number and of that of the character before.
    mask: u16,
    /// The number of this character for the one after it: a multiple of `MOST_STATES`.
    as_before: u16,
}

/// The place among what stands directly beyond a letter of what is no part of a word.
const NOTHING: usize = Nexts::EDGE;

impl Refine {
    /// Gives `numbers` those by which the plan knows more. They begin and end where words may.
    ///
    /// # Safety
    /// They must be numbers that the plan gave.
    pub unsafe fn pass(&self, numbers: &mut [u16]) {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("bmi2") {
            // SAFETY: the machine has what the function asks for, and so has the caller.
            return unsafe { self.pass_bmi2(numbers) };
        }
        // SAFETY: the caller sees to it.
        unsafe { self.pass_any(numbers) };
    }

    /// `pass` with shifts by a number in any register.
    ///
    /// # Safety
    /// As of `pass`.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "bmi1,bmi2")]
    unsafe fn pass_bmi2(&self, numbers: &mut [u16]) {
        // SAFETY: the caller sees to it.
        unsafe { self.pass_any(numbers) };
    }

    #[inline(always)]
    unsafe fn pass_any(&self, numbers: &mut [u16]) {
        // SAFETY: the caller of `pass` sees to it.
        unsafe {
            match self.asks_before {
                true => self.pass_asking::<true>(numbers),
                false => self.pass_asking::<false>(numbers),
            }
        }
    }

    /// `pass`, where entries ask for what stands directly before, or do not.
    #[inline(always)]
    unsafe fn pass_asking<const BEFORE: bool>(&self, numbers: &mut [u16]) {
        let Some(&last) = numbers.last() else { return };
        let mut state = 0;
        let mut entry = &self.entries[usize::from(last)];
        for at in (1..numbers.len()).rev() {
            // SAFETY: the caller's numbers are of the plan, and each of those has an entry.
            let before = unsafe { self.entries.get_unchecked(usize::from(numbers[at - 1])) };
            numbers[at] = entry.number::<BEFORE>(state, before.as_before);
            state = entry.states.wrapping_shr(state as u32);
            entry = before;
        }
        numbers[0] = entry.number::<BEFORE>(state, 0);
    }
}

impl Entry {
    #[inline(always)]
    fn number<const BEFORE: bool>(&self, state: u64, before: u16) -> u16 {
        let state = (state >> 3) as u16;
        let all = if BEFORE { (state & (MOST_STATES as u16 - 1)) | before } else { state };
        self.base + (all & self.mask)
    }
}

/// Finds out which characters must be told apart.
pub(super) struct Refiner<'n> {
    neighbours: &'n Neighbours,
    chars: &'n CharTable,
    /// The number of states on the right, and with that of characters before, which is rounded up.
    states: usize,
    all: usize,
}

impl<'n> Refiner<'n> {
    pub fn new(neighbours: &'n Neighbours, chars: &'n CharTable) -> Self {
        let states = neighbours.right_kinds.len();
        Refiner { neighbours, chars, states, all: MOST_STATES * neighbours.left_nexts.list.len() }
    }

    /// A class on the left, where nothing is known beyond.
    pub fn unknown_left(&self, own: usize) -> u32 {
        (own + self.neighbours.left_count * self.neighbours.left_kinds.unknown()) as u32
    }

    /// The classes of a plain letter where nothing is known of what stands beyond it.
    pub fn classes(&self, char: char, layout: &Layout) -> Classes {
        let before = self.neighbours.left_nexts.unknown();
        self.variant(char, layout, &self.left_states(char), before, self.states - 1)
    }

    fn left_states(&self, char: char) -> Vec<usize> {
        self.neighbours.left_states(small(self.chars, char))
    }

    /// The classes of a plain letter by what stands directly before it, and the state behind it.
    fn variant(
        &self,
        char: char,
        layout: &Layout,
        left_states: &[usize],
        before: usize,
        state: usize,
    ) -> Classes {
        let (lefts, rights) = (self.neighbours.left_of(char), self.neighbours.right_of(char));
        let kinds = &self.neighbours.left_kinds;
        let (kept, own) = match *left_states {
            [state] => (0, state),
            _ => (kinds.len().next_power_of_two() - 1, 0),
        };
        let classes = layout.classes(lefts[before] + own * self.neighbours.left_count, rights[state]);
        Classes { keep: (kept * self.neighbours.left_count) as u16, ..classes }
    }

    /// Gives numbers to the characters of `plan` that must be told apart; what signs are that have some is given.
    /// None if there are too many.
    pub fn refine(
        &self,
        plan: &mut Plan,
        variants: &[(u16, Variant)],
        layout: &Layout,
    ) -> Option<Option<Refine>> {
        if !self.neighbours.far {
            return Some(None);
        }
        let count = plan.lots.len();
        let before = self.neighbours.left_nexts.unknown();
        let mut entries = Vec::with_capacity(count);
        for number in 0..count {
            let facts = plan.facts(number as u16);
            let is_this = |one: &&(u16, Variant)| usize::from(one.0) == number;
            let char = match variants.iter().find(is_this) {
                Some((_, variant)) => Some(variant.letter),
                None => char::from_u32(u32::from(plan.code(number as u16))).filter(|_| facts.is(is::WORD)),
            };
            let odd = is::MARK | is::APOSTROPHE | is::TYPED | is::SPLIT;
            let Some(char) = char else {
                entries.push(Entry { base: number as u16, ..Entry::default() });
                continue;
            };
            if facts.is(odd) || !facts.is(is::LETTER) {
                entries.push(Entry {
                    base: number as u16,
                    states: self.states(|_| self.states - 1),
                    as_before: (before * MOST_STATES) as u16,
                    ..Entry::default()
                });
                continue;
            }
            entries.push(self.letter(char, number, plan, layout)?);
        }
        let is_idle = plan.lots.len() == count;
        let asks_before = entries.iter().any(|one| one.mask >= MOST_STATES as u16);
        Some((!is_idle).then_some(Refine { entries, asks_before }))
    }

    /// What a plain letter tells and becomes. None if there is no room for all it may become.
    fn letter(&self, char: char, number: usize, plan: &mut Plan, layout: &Layout) -> Option<Entry> {
        let small = small(self.chars, char);
        let kinds = &self.neighbours.right_kinds;
        let mut entry = Entry {
            base: number as u16,
            states: self.states(|state| kinds.next(state, small)),
            as_before: (self.neighbours.left_nexts.of(small) * MOST_STATES) as u16,
            ..Entry::default()
        };
        let (lefts, rights) = (self.neighbours.left_of(char), self.neighbours.right_of(char));
        if lefts.iter().all(|left| *left == lefts[0]) && rights.iter().all(|right| *right == rights[0]) {
            return Some(entry); // as most letters are: nothing beyond it tells anything
        }
        let left_states = self.left_states(char);
        let all: Vec<Classes> = (0..self.all)
            .map(|one| (one / MOST_STATES, (one % MOST_STATES).min(self.states - 1)))
            .map(|(before, state)| self.variant(char, layout, &left_states, before, state))
            .collect();
        // whether any differs from that at another place
        let differs = |from: &dyn Fn(usize) -> usize| (0..self.all).any(|one| all[one] != all[from(one)]);
        let by_state = differs(&|one| one - one % MOST_STATES);
        let by_before = differs(&|one| one % MOST_STATES);
        let count = match (by_before, by_state) {
            (true, _) => self.all,
            (_, true) => self.states,
            _ => return Some(entry),
        };
        entry.base = u16::try_from(plan.lots.len()).ok()?;
        u16::try_from(plan.lots.len() + count).ok()?;
        let states = MOST_STATES as u16 - 1;
        entry.mask = if by_state { states } else { 0 } | if by_before { !states } else { 0 };
        for &classes in &all[..count] {
            plan.lots.push(plan.lots[number]);
            plan.facts.push(plan.facts[number]);
            plan.codes.push(plan.code(number as u16));
            plan.classes.push(classes);
        }
        Some(entry)
    }

    /// The states that follow from each, in a byte each.
    fn states(&self, of: impl Fn(usize) -> usize) -> u64 {
        (0..self.states.min(MOST_STATES)).fold(0, |all, state| all | (of(state) as u64 * 8) << (state * 8))
    }
}

/// A byte for each state, and what is told of no character is 0.
const _: () = assert!(NOTHING == 0 && MOST_STATES == 8);
