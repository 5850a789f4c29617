//! Which class a character belongs to; what no range covers is punctuation.

/// The class of a character. Numbers are those of the ruleset's section `characters`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// A letter of the Latin script.
    Latin,
    /// A letter of the Cyrillic script.
    Cyrillic,
    /// A letter of the Greek script.
    Greek,
    /// A letter of any other script.
    Letter,
    /// A combining mark.
    Mark,
    /// A decimal digit.
    Digit,
    /// An apostrophe of any style.
    Apostrophe,
    /// A hyphen.
    Hyphen,
    /// A character that has no width.
    Invisible,
    /// A sign of direction.
    Bidi,
    /// A space of any width.
    Space,
    /// An end of line.
    Newline,
    /// A pictograph and the like.
    Symbol,
    /// Everything else.
    Punctuation,
}

const ALL: [Class; 14] = [
    Class::Latin,
    Class::Cyrillic,
    Class::Greek,
    Class::Letter,
    Class::Mark,
    Class::Digit,
    Class::Apostrophe,
    Class::Hyphen,
    Class::Invisible,
    Class::Bidi,
    Class::Space,
    Class::Newline,
    Class::Symbol,
    Class::Punctuation,
];

/// The script of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Script {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Any other.
    Letter,
}

impl Script {
    /// The name that tables and features use.
    pub fn name(self) -> &'static str {
        match self {
            Script::Latin => "latin",
            Script::Cyrillic => "cyrillic",
            Script::Greek => "greek",
            Script::Letter => "letter",
        }
    }

    /// Cyrillic for Latin and the reverse; Latin for the rest.
    pub fn other(self) -> Script {
        if self == Script::Latin { Script::Cyrillic } else { Script::Latin }
    }
}

impl Class {
    /// The class with this number, if there is one.
    pub fn from_number(number: u32) -> Option<Class> {
        ALL.get(number as usize).copied()
    }

    /// The script of a letter; None for what is no letter.
    #[inline]
    pub fn script(self) -> Option<Script> {
        match self {
            Class::Latin => Some(Script::Latin),
            Class::Cyrillic => Some(Script::Cyrillic),
            Class::Greek => Some(Script::Greek),
            Class::Letter => Some(Script::Letter),
            _ => None,
        }
    }

    /// Whether this is a class of letters.
    #[inline]
    pub fn is_letter(self) -> bool {
        (self as u8) <= Class::Letter as u8
    }

    /// Whether the mere presence of such a character calls for a closer look at a paragraph.
    #[inline]
    pub fn is_telling(self) -> bool {
        matches!(self, Class::Cyrillic | Class::Greek | Class::Mark | Class::Invisible | Class::Bidi)
    }
}

const PAGE: usize = 256;
const PAGES: usize = 0x11_0000 / PAGE;

/// The class of every character: one page of 256 for every distinct stretch of 256.
#[derive(Clone)]
pub struct Classes {
    index: Vec<u16>,
    pages: Vec<[Class; PAGE]>,
    /// Whether a part may go on over a byte: an apostrophe, or any byte that is not ASCII.
    continuing: [bool; 256],
    has_plain_ascii: bool,
}

impl Classes {
    /// From (first, last, class) ranges of code points, both ends included, without overlaps.
    pub fn new(ranges: impl IntoIterator<Item = (u32, u32, Class)>) -> Classes {
        let mut pages = vec![[Class::Punctuation; PAGE]];
        let mut index = vec![0u16; PAGES];
        let mut whole: [u16; ALL.len()] = [0; ALL.len()];
        for (first, last, class) in ranges {
            let last = last.min(0x10_FFFF);
            let mut code = first;
            while code <= last {
                let page = code as usize / PAGE;
                let end = ((page + 1) * PAGE - 1).min(last as usize) as u32;
                if (code as usize).is_multiple_of(PAGE) && end as usize % PAGE == PAGE - 1 && index[page] == 0
                {
                    // all of a page: shared by every page of the class
                    if whole[class as usize] == 0 {
                        whole[class as usize] = pages.len() as u16;
                        pages.push([class; PAGE]);
                    }
                    index[page] = whole[class as usize];
                } else {
                    if index[page] == 0 {
                        index[page] = pages.len() as u16;
                        pages.push([Class::Punctuation; PAGE]);
                    }
                    let own = &mut pages[index[page] as usize];
                    own[code as usize % PAGE..=end as usize % PAGE].fill(class);
                }
                code = end + 1;
            }
        }
        let mut classes = Classes { index, pages, continuing: [true; 256], has_plain_ascii: true };
        for byte in 0..0x80u8 {
            let class = classes.of(byte as char);
            classes.continuing[byte as usize] = class == Class::Apostrophe;
            classes.has_plain_ascii &= match byte {
                b'0'..=b'9' => class == Class::Digit,
                b'A'..=b'Z' | b'a'..=b'z' => class == Class::Latin,
                b' ' => class == Class::Space,
                _ => class as u8 > Class::Digit as u8 && !class.is_telling(),
            };
        }
        classes
    }

    /// Whether ASCII letters, digits and the space are of the classes that one expects of them, and no other
    /// ASCII character belongs to a part but as an apostrophe.
    pub fn has_plain_ascii(&self) -> bool {
        self.has_plain_ascii
    }

    /// Whether a part may go on over a byte of UTF-8 that is no ASCII letter or digit.
    #[inline]
    pub fn may_continue(&self, byte: u8) -> bool {
        self.continuing[byte as usize]
    }

    /// The class of one character.
    #[inline]
    pub fn of(&self, char: char) -> Class {
        self.of_code(char as u32)
    }

    /// The class of a code point; surrogates are punctuation. Panics above U+10FFFF.
    #[inline]
    pub fn of_code(&self, code: u32) -> Class {
        let page = self.index[code as usize / PAGE];
        self.pages[page as usize][code as usize % PAGE]
    }

    /// The script of a letter; None for what is no letter.
    #[inline]
    pub fn script(&self, char: char) -> Option<Script> {
        self.of(char).script()
    }

    /// Whether a character is a letter of any script.
    #[inline]
    pub fn is_letter(&self, char: char) -> bool {
        self.of(char).is_letter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_filled_to_both_ends() {
        let classes = Classes::new([
            (0x41, 0x5A, Class::Latin),
            (0x1F0, 0x5FF, Class::Greek),
            (0x600, 0x600, Class::Mark),
        ]);
        assert_eq!(classes.of('@'), Class::Punctuation);
        assert_eq!(classes.of('A'), Class::Latin);
        assert_eq!(classes.of('['), Class::Punctuation);
        for code in [0x1F0, 0x200, 0x3FF, 0x5FF] {
            assert_eq!(classes.of_code(code), Class::Greek);
        }
        assert_eq!(classes.of_code(0x600), Class::Mark);
        assert_eq!(classes.of_code(0x10_FFFF), Class::Punctuation);
    }
}
