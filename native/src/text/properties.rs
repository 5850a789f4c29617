//! Properties of characters that Python's `str` and `re` ask for, by Unicode and not by the ruleset.

use std::sync::LazyLock;

use regex::Regex;

static ALPHANUMERIC: LazyLock<Regex> = LazyLock::new(|| fixed(r"^[\p{L}\p{N}]"));
static DECIMAL: LazyLock<Regex> = LazyLock::new(|| fixed(r"^\p{Nd}"));

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed expression is valid")
}

fn matches(expression: &Regex, char: char) -> bool {
    expression.is_match(char.encode_utf8(&mut [0; 4]))
}

/// Python's `str.isspace` of one character.
#[inline]
pub fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&char)
}

/// Python's `str.isalnum` of one character.
#[inline]
pub fn is_alphanumeric(char: char) -> bool {
    if char.is_ascii() { char.is_ascii_alphanumeric() } else { matches(&ALPHANUMERIC, char) }
}

/// What `\w` matches in Python.
#[inline]
pub fn is_word(char: char) -> bool {
    char == '_' || is_alphanumeric(char)
}

/// Python's `str.isdecimal` of one character.
#[inline]
pub fn is_decimal(char: char) -> bool {
    if char.is_ascii() { char.is_ascii_digit() } else { matches(&DECIMAL, char) }
}

/// A text with every stretch of white space made one space, and none at its ends: `" ".join(text.split())`.
pub fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_those_of_python() {
        assert!(is_space('\u{1F}') && is_space('\u{85}') && is_space('\u{202F}') && !is_space('\u{200B}'));
        assert!(is_word('_') && is_word('½') && is_word('Ї') && !is_word('\u{301}') && !is_word('-'));
        assert!(is_decimal('7') && is_decimal('٣') && !is_decimal('₂') && !is_decimal('½'));
        assert_eq!(on_one_line(" a \u{a0}\r\n b\u{1c}c "), "a b c");
    }
}
