//! How apostrophes and primes of a transliteration are written, where that is not left to its scheme.

use super::rules::{KEEP, SchemeRules};

/// A style of apostrophes and primes.
#[derive(Debug)]
pub struct Style {
    /// What callers call it.
    pub name: &'static str,
    /// The single sign, as for a soft sign, and the double one, as for a hard sign.
    signs: [&'static str; 2],
    /// Whether turned commas, parts of letters, are signs as well.
    turned: bool,
}

/// All styles.
pub static STYLES: [Style; 5] = [
    Style { name: "typographic", signs: ["\u{2019}", "\u{201d}"], turned: false },
    Style { name: "ascii", signs: ["'", "\""], turned: true },
    Style { name: "modifier", signs: ["\u{2bc}", "\u{2ee}"], turned: false },
    Style { name: "prime", signs: ["\u{2b9}", "\u{2ba}"], turned: false },
    Style { name: "none", signs: ["", ""], turned: true },
];
/// A scheme in a style is asked for as `ID@STYLE`.
pub const STYLE_MARK: char = '@';

/// Signs of schemes that are the same as the single one, and as the double one.
const SINGLE: &str = "'\u{2019}\u{2bc}\u{2b9}\u{2032}\u{b4}";
const DOUBLE: &str = "\"\u{201d}\u{201c}\u{2ba}\u{2033}\u{2ee}";
const TURNED: &str = "\u{2018}\u{2bb}";

impl Style {
    fn written(&self, target: &str) -> String {
        let mut out = String::new();
        for char in target.chars() {
            let is_single = SINGLE.contains(char) || (self.turned && TURNED.contains(char));
            match char {
                _ if is_single => out.push_str(self.signs[0]),
                _ if DOUBLE.contains(char) => out.push_str(self.signs[1]),
                _ => out.push(char),
            }
        }
        out
    }

    /// The scheme with its apostrophes and primes in this style; its way back is left out.
    pub fn of(&self, mut scheme: SchemeRules) -> SchemeRules {
        let keeps = scheme.apostrophe == KEEP;
        scheme.apostrophe = if keeps { self.signs[0].to_owned() } else { self.written(&scheme.apostrophe) };
        scheme.forward.iter_mut().for_each(|rule| rule.target = self.written(&rule.target));
        scheme.words.iter_mut().for_each(|(_, rendering)| *rendering = self.written(rendering));
        scheme.reverse.clear();
        scheme.reverse_words.clear();
        scheme
    }
}
