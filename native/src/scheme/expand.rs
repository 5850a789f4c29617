//! The classes of neighbours, repeated for all that may be known beyond them.

use super::neighbours::{LEFT_INSIDE, LEFT_PLAIN, Neighbour, Neighbours, RIGHT_ODD_LETTER};
use rustc_hash::FxHashMap;

impl Neighbours {
    /// Sorts letters into classes on the right, by what each tells with each that may stand beyond it. Classes
    /// are repeated for all beyond that is not the same to all letters.
    pub fn expand_right(&mut self, letters: &[(char, Neighbour, Vec<usize>)]) {
        let count = self.right_kinds.len();
        let same = |one: usize, other: usize| letters.iter().all(|(_, _, tells)| tells[one] == tells[other]);
        let mut different: Vec<usize> = Vec::new();
        for beyond in 0..count {
            if !different.iter().any(|&other| same(other, beyond)) {
                different.push(beyond);
            }
        }
        // first those that tell most letters apart, so that few bits do for most
        let telling = |last: usize| {
            let is_new = |tells: &[usize]| !tells[..last].contains(&tells[last]);
            letters.iter().filter(|(_, _, tells)| is_new(tells)).count()
        };
        different.sort_by_cached_key(|&beyond| std::cmp::Reverse(telling(beyond)));
        let number = |beyond| different.iter().position(|&other| same(other, beyond)).unwrap_or(0);
        let numbers: Vec<usize> = (0..count).map(number).collect();
        let mut known: FxHashMap<(Neighbour, Vec<usize>), usize> = FxHashMap::default();
        let mut owns = Vec::new();
        for (_, neighbour, tells) in letters {
            let tells: Vec<usize> = different.iter().map(|&beyond| tells[beyond]).collect();
            let own = *known.entry((*neighbour, tells.clone())).or_insert_with(|| {
                self.right.push(*neighbour);
                self.right.len() - 1
            });
            owns.push((own, tells));
        }
        let width = self.right.len().next_power_of_two();
        let filler = self.right[0];
        self.right.resize(width, filler);
        self.right = self.right.repeat(different.len().max(1));
        self.right_used = (0..=RIGHT_ODD_LETTER).collect();
        for (&(char, neighbour, _), (own, tells)) in letters.iter().zip(owns) {
            for (beyond, &row) in tells.iter().enumerate() {
                self.right[own + beyond * width] = Neighbour { row, ..neighbour };
            }
            // what tells the same of this letter is one class
            let first = |&beyond: &usize| tells.iter().position(|tell| *tell == tells[beyond]);
            let place = |beyond: &usize| own + first(beyond).unwrap_or(0) * width;
            let all: Vec<usize> = numbers.iter().map(place).collect();
            self.right_used.extend(&all);
            self.right_of.insert(char, all);
        }
        self.right_used.sort_unstable();
        self.right_used.dedup();
    }

    /// Repeats the classes on the left for each state of their kinds.
    pub fn expand_left(&mut self, families: &[Vec<usize>]) {
        self.left_count = self.left.len().next_power_of_two();
        let filler = self.left[LEFT_PLAIN];
        self.left.resize(self.left_count, filler);
        let plain = self.left.clone();
        self.left.clear();
        self.left.extend((0..self.left_kinds.len()).flat_map(|state| {
            plain.iter().enumerate().map(move |(number, &class)| match class.edge {
                false if number > LEFT_INSIDE => Neighbour { row: families[class.row][state], ..class },
                _ => class,
            })
        }));
    }
}
