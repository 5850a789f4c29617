//! A quick look whether a word can be one of a list: most are not.

/// Bits by the hashes of words: one of the list has its bit set, one that is not seldom has.
#[derive(Debug, Clone)]
pub(super) struct WordFilter(Box<[u64]>);

/// Bits for each word of the list, at least: one in so many others passes.
const SPARSE: usize = 32;

impl WordFilter {
    /// The hash of no letters.
    pub const START: u64 = 0;

    /// For a list of words.
    pub fn new(words: impl ExactSizeIterator<Item = impl Iterator<Item = char>>) -> Self {
        let size = (words.len() * SPARSE).next_power_of_two().max(64) / 64;
        let mut filter = WordFilter(vec![0; size].into());
        for word in words {
            let (index, bit) = filter.place(word.fold(Self::START, Self::add));
            filter.0[index] |= bit;
        }
        filter
    }

    /// The hash of a word with one letter more.
    #[inline(always)]
    pub fn add(hash: u64, letter: char) -> u64 {
        (hash.rotate_left(5) ^ u64::from(u32::from(letter))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// Whether a word of this hash may be on the list.
    #[inline]
    pub fn may_hold(&self, hash: u64) -> bool {
        let (index, bit) = self.place(hash);
        self.0[index] & bit != 0
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let high = (hash >> 32) as usize;
        ((high / 64) & (self.0.len() - 1), 1 << (high % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::WordFilter;

    #[test]
    fn the_listed_pass_and_few_others() {
        let words: Vec<String> = (0..500).map(|number| format!("word{number}")).collect();
        let filter = WordFilter::new(words.iter().map(|word| word.chars()));
        let passes = |word: &str| filter.may_hold(word.chars().fold(WordFilter::START, WordFilter::add));
        assert!(words.iter().all(|word| passes(word)));
        let others = (500..10_500).filter(|number| passes(&format!("word{number}"))).count();
        assert!(others < 700, "{others} of 10000 pass");
    }
}
