//! The rules of a scheme, compiled: what each letter becomes between each two neighbours, as one table.
//!
//! Most letters, in most words, become what they become because of the letter before and the letter after.
//! So each character of the Basic Multilingual Plane has a class as a left neighbour, a class as a right one
//! (see [`neighbours`](super::neighbours)), and its own place in a table of cells, which the two classes lead
//! on from. Wherever one letter on each side does not tell, the cell says that the interpreter must be asked.

use super::cells::{Cell, Column, Compiler};
use super::chars::{CharTable, is, small};
use super::filter::WordFilter;
use super::layout::{Layout, Lot};
use super::neighbours::{
    LEFT_EDGE, LEFT_INSIDE, Neighbours, RIGHT_APOSTROPHE, RIGHT_MARK, RIGHT_ODD_LETTER, RIGHT_STRESS, Reach,
};
use super::output::{Latin1, Sink, Ucs2, Utf8};
use super::refine::{Refine, Refiner};
use super::rewrite::Interpreter;
use super::rules::ReadyRule;
use super::typed::{Typed, Variant, variants};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The classes of a character: as the one before another, and which bits of the class before it are then
/// kept beside; and as the one after. The bits of the two sides are apart, so that their sum tells both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes {
    pub left: u16,
    pub keep: u16,
    pub right: u32,
}

/// What stands before the character counts as standing before the next.
pub(super) const KEEP_ALL: u16 = u16::MAX;

/// How many letters at the beginning of words tell whether a source that only stands there may.
const START_LETTERS: usize = 3;
/// The same for those words of which these letters do not tell.
const MORE_LETTERS: usize = 6;

impl Classes {
    /// The class of what stands before the next character, where `left` is that of what stands before this.
    #[inline(always)]
    pub fn after(self, left: u32) -> u32 {
        (left & u32::from(self.keep)) | u32::from(self.left)
    }
}

/// What a character is (see [`is`]), and its small letter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    pub flags: u16,
    pub small: char,
}

impl Facts {
    #[inline]
    pub fn is(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }
}

/// Characters below this have their own code point for a number.
pub(super) const DIRECT: u32 = 0x800;

/// The compiled rules.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// For each 64 code points from `DIRECT` on, the number of the first; 0 where they have none.
    pages: Box<[u16; 1024]>,
    /// The code points of numbers from `DIRECT` on.
    pub codes: Vec<u16>,
    /// By the number of a character. Both are of one length.
    pub lots: Vec<Lot>,
    pub classes: Vec<Classes>,
    pub facts: Vec<Facts>,
    pub utf8: Vec<<Utf8 as Sink>::Cell>,
    pub latin1: Vec<<Latin1 as Sink>::Cell>,
    pub ucs2: Vec<<Ucs2 as Sink>::Cell>,
    /// The cells of an apostrophe between two letters.
    pub inside: Lot,
    /// The cell of a character that stays as it is.
    pub copy: Lot,
    pub left_inside: u32,
    left_letters: Vec<bool>,
    right_letters: Vec<bool>,
    /// The number of bits of a class on the left.
    left_bits: u32,
    /// The length of the longest exception.
    pub longest_exception: usize,
    /// The exceptions in small letters.
    pub exceptions: WordFilter,
    /// The first letters, two or [`START_LETTERS`], of sources that only stand at the beginning of a word, and
    /// of exceptions.
    starts: WordFilter,
    /// The same by up to [`MORE_LETTERS`].
    longer_starts: WordFilter,
    /// Whether no exception is shorter than that.
    pub starts_tell: bool,
    /// How characters are told apart by those further away; none where that is not asked for.
    pub refine: Option<Refine>,
    /// How signs are told that are typed for letters; none where there are none.
    pub typed: Option<Typed>,
}

/// Characters below this, and punctuation, have cells of their own even where they are nothing to the rules.
const COMMON: u32 = 0x590;
const PUNCTUATION: Range<u32> = 0x2000..0x2140;

impl Plan {
    /// The table for `exact`; none where the letters are not all of the Basic Multilingual Plane, or the
    /// rules tell so many neighbours apart that a table would be too large.
    pub fn new(exact: &Interpreter) -> Option<Plan> {
        let asks = |rule: &ReadyRule| !rule.left.nearest.is_empty() || !rule.right.nearest.is_empty();
        let is_far = exact.groups.iter().any(|group| group.rules.iter().any(asks));
        let reaches = [Reach::Letters, Reach::Kinds, Reach::Neighbours];
        reaches[if is_far { 0 } else { 2 }..].iter().find_map(|&reach| Self::made(exact, reach))
    }

    /// `new`, with so much regard for letters that are no neighbours.
    fn made(exact: &Interpreter, reach: Reach) -> Option<Plan> {
        let chars = &exact.reader.chars;
        if chars.listed.iter().any(|&char| char as u32 > 0xffff && chars.is(char, is::WORD)) {
            return None;
        }
        let odd = is::MARK | is::APOSTROPHE | is::SPLIT;
        let is_plain = |char: &char| chars.class(*char).flags & (is::LETTER | odd) == is::LETTER;
        let plain: Vec<char> = chars.listed.iter().copied().filter(is_plain).collect();
        let neighbours = Neighbours::new(exact, &plain, reach);
        let mut layout = Layout::new(&neighbours)?;
        let compiler = Compiler::new(exact, &neighbours);
        let plane = |layout: &mut Layout, column: &Column| {
            layout.plane(&neighbours, &compiler.sorted(column), |left, right| {
                compiler.cell(column, left, right)
            })
        };
        let inside = plane(&mut layout, &Compiler::apostrophe())?;
        let refiner = Refiner::new(&neighbours, chars);
        let letter = |layout: &mut Layout, char: char, letter: char| {
            let column = compiler.column(char, letter);
            let lot = match compiler.varies(&column) {
                true => plane(layout, &column)?,
                false => layout.next(Cell::Itself(char)),
            };
            Some((lot, refiner.classes(letter, layout)))
        };
        let odd = odd | is::TYPED;
        let mut infos = FxHashMap::default();
        for &char in chars.listed.iter().filter(|&&char| chars.is(char, is::WORD)) {
            let flags = chars.class(char).flags;
            let (lot, left, right) = if flags & odd == 0 {
                infos.insert(char as u32, letter(&mut layout, char, char)?);
                continue;
            } else if flags & odd == is::APOSTROPHE && flags & is::LETTER == 0 {
                (layout.one(Cell::Apostrophe), LEFT_EDGE, RIGHT_APOSTROPHE)
            } else if flags & is::LETTER != 0 {
                (layout.one(Cell::Word), LEFT_EDGE, RIGHT_ODD_LETTER)
            } else if let (Some((_, right)), true) =
                (RIGHT_STRESS.iter().find(|(mark, _)| *mark == char), chars.class(char).groups.is_empty())
            {
                let lot = layout.plane(&neighbours, &compiler.sorted_stress(), |left, right| {
                    compiler.stress(left, right)
                })?;
                infos.insert(char as u32, (lot, Classes { keep: KEEP_ALL, ..layout.classes(0, *right) }));
                continue;
            } else {
                (layout.one(Cell::Word), LEFT_EDGE, RIGHT_MARK)
            };
            infos.insert(char as u32, (lot, layout.classes(left, right)));
        }
        let mut signs = Vec::new();
        for of_sign in variants(exact) {
            for variant in of_sign {
                signs.push((variant, letter(&mut layout, variant.sign, variant.letter)?));
            }
        }
        let left_letters = neighbours.left.iter().map(|one| one.letter).collect();
        let mut starts: Vec<&[char]> =
            exact.groups.iter().filter(|group| group.is_start()).map(|group| &*group.source).collect();
        starts.extend(exact.words.keys().map(|word| &**word));
        let filter = |letters: usize| {
            let begins = starts.iter().map(|start| start.iter().take(letters));
            WordFilter::new(begins.map(|begin| begin.map(|&char| small(chars, char))))
        };
        let right_letters = neighbours.right.iter().map(|one| one.letter).collect();
        let mut plan = Plan {
            pages: Box::new([0; 1024]),
            codes: Vec::new(),
            lots: Vec::new(),
            classes: Vec::new(),
            facts: Vec::new(),
            utf8: Vec::new(),
            latin1: Vec::new(),
            ucs2: Vec::new(),
            inside,
            copy: layout.one(Cell::Copy),
            left_inside: refiner.unknown_left(LEFT_INSIDE),
            left_letters,
            right_letters,
            left_bits: layout.left_bits,
            exceptions: WordFilter::new(
                exact.words.keys().map(|word| word.iter().map(|&char| small(chars, char))),
            ),
            starts: filter(START_LETTERS),
            longer_starts: filter(MORE_LETTERS),
            starts_tell: starts.iter().all(|start| start.len() > 1),
            refine: None,
            typed: None,
            longest_exception: exact.words.keys().map(|word| word.len()).max().unwrap_or(0),
        };
        plan.number_all(&infos, &mut layout, chars);
        let variants = plan.number_variants(&signs);
        plan.typed = Typed::new(&plan, &variants);
        plan.refine = refiner.refine(&mut plan, &variants, &layout)?;
        plan.utf8 = layout.encode::<Utf8>();
        plan.latin1 = layout.encode::<Latin1>();
        plan.ucs2 = layout.encode::<Ucs2>();
        Some(plan)
    }

    /// Numbers the characters of `infos`, and others in common use, 64 by 64.
    fn number_all(&mut self, infos: &FxHashMap<u32, (Lot, Classes)>, layout: &mut Layout, chars: &CharTable) {
        let mut pages: Vec<u32> = infos.keys().map(|code| code >> 6).chain(0..DIRECT >> 6).collect();
        pages.extend(PUNCTUATION.map(|code| code >> 6));
        pages.sort_unstable();
        pages.dedup();
        let copy = layout.one(Cell::Copy);
        for page in pages {
            if page >= DIRECT >> 6 {
                self.pages[page as usize] = self.lots.len() as u16;
            }
            for code in page << 6..(page + 1) << 6 {
                let common = code < COMMON || PUNCTUATION.contains(&code);
                let (lot, classes) = match (infos.get(&code), char::from_u32(code)) {
                    (Some(&info), _) => info,
                    (None, Some(char)) if common => (layout.next(Cell::Itself(char)), Classes::default()),
                    _ => (copy, Classes::default()),
                };
                self.lots.push(lot);
                self.classes.push(classes);
                self.facts.push(char::from_u32(code).map_or_else(Facts::default, |char| Facts {
                    flags: chars.class(char).flags,
                    small: small(chars, char),
                }));
                if code >= DIRECT {
                    self.codes.push(code as u16);
                }
            }
        }
    }

    /// Numbers what signs may be; each with its number.
    fn number_variants(&mut self, signs: &[(Variant, (Lot, Classes))]) -> Vec<(u16, Variant)> {
        let mut number = |&(variant, (lot, classes)): &(Variant, (Lot, Classes))| {
            self.lots.push(lot);
            self.classes.push(classes);
            self.facts.push(variant.facts);
            self.codes.push(variant.sign as u16);
            (self.lots.len() as u16 - 1, variant)
        };
        signs.iter().map(&mut number).collect()
    }

    /// The number of a character; none if it is nothing to the rules, and rare.
    #[inline]
    pub fn number(&self, code: u32) -> Option<u16> {
        if code < DIRECT {
            return Some(code as u16);
        }
        match self.pages.get(code as usize >> 6) {
            Some(&page) if page > 0 => Some(page + (code & 63) as u16),
            _ => None,
        }
    }

    /// What the character of a number is.
    #[inline]
    pub fn facts(&self, number: u16) -> &Facts {
        &self.facts[usize::from(number)]
    }

    /// The code point of a number.
    #[inline]
    pub fn code(&self, number: u16) -> u16 {
        let index = usize::from(number).checked_sub(DIRECT as usize);
        index.map_or(number, |index| self.codes[index])
    }

    /// Whether a word surely begins at `at`, and with no source that only stands there, nor as an exception
    /// of several letters.
    #[inline(never)]
    pub fn is_no_start(&self, numbers: &[u16], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.facts(numbers[before]));
        if before.is_some_and(|facts| facts.is(is::WORD)) {
            return false;
        }
        let Some([first, second, third]) = numbers[at..].first_chunk() else { return false };
        let [first, second, third] = [first, second, third].map(|&number| self.facts(number));
        let two = WordFilter::add(WordFilter::add(WordFilter::START, first.small), second.small);
        let all = first.flags | second.flags | third.flags;
        let is_plain = all & (is::MARK | is::APOSTROPHE | is::SPLIT | is::TYPED) == 0;
        let three = WordFilter::add(two, third.small);
        is_plain
            && (!(self.starts.may_hold(two) | self.starts.may_hold(three))
                || self.is_no_longer_start(&numbers[at..]))
    }

    /// The same by more letters.
    fn is_no_longer_start(&self, numbers: &[u16]) -> bool {
        let (mut all, mut hash) = (0, WordFilter::START);
        for (index, &number) in numbers.iter().take(MORE_LETTERS).enumerate() {
            let facts = self.facts(number);
            all |= facts.flags;
            hash = WordFilter::add(hash, facts.small);
            if index > 0 && self.longer_starts.may_hold(hash) {
                return false;
            }
        }
        all & (is::MARK | is::APOSTROPHE | is::SPLIT | is::TYPED) == 0
    }

    /// Whether a class of a character before, or of one after, is one of letters.
    pub fn is_left_letter(&self, left: u32) -> bool {
        self.left_letters[left as usize]
    }

    /// The same for a class of a character after.
    pub fn is_right_letter(&self, right: u32) -> bool {
        self.right_letters[(right >> self.left_bits) as usize]
    }
}
