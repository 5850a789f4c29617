//! What findings say, in words.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::engine::context::CueFinder;
use crate::engine::findings::{Finding, Message, Reason};
use crate::ruleset::Ruleset;
use crate::ruleset::reader::NAME_KINDS;
use crate::text::properties::on_one_line;

/// The name that Unicode gives a character, "unnamed" for one that has none.
pub type LetterNames<'n> = &'n dyn Fn(char) -> Cow<'static, str>;

/// Kinds of places that cue groups are named after.
const REGIONS: [&str; 3] = ["oblast", "republic", "region"];

/// Makes messages into words.
#[derive(Default)]
pub struct Messages {
    /// The names of the places that cue groups are named after, by id.
    regions: OnceLock<FxHashMap<Box<str>, Box<str>>>,
}

impl Messages {
    /// The message of a finding in a text, to the letter as the reference engine words it.
    pub fn render(
        &self,
        ruleset: &Ruleset,
        cues: &CueFinder,
        text: &str,
        finding: &Finding,
        names: LetterNames<'_>,
    ) -> String {
        match &finding.message {
            Message::Invisible(chars) => {
                format!("an invisible character ({}) stands inside a word", code_points(chars))
            }
            Message::Bidi(char) => {
                format!("the sign of direction {} changes how the line reads", code_point(*char))
            }
            Message::Row { template, letters, repair } => {
                fill(template, &text[finding.start..finding.end], &named_letters(letters, names), repair)
            }
            Message::Name { start, place, name, kind, odd, reason } => {
                let (entry, shown) = (ruleset.place(*place), on_one_line(&text[*start..finding.end]));
                let reason = self.reason(ruleset, cues, *reason);
                let reason = if reason.is_empty() { reason } else { format!("; {reason}") };
                if !odd.is_empty() {
                    let odd = named_letters(odd, names);
                    return format!("{shown} has {odd}; it is {}, {}{reason}", entry.name(), entry.kind());
                }
                let until = match ruleset.name(*name).until() {
                    "" => String::new(),
                    until => format!(" (until {until})"),
                };
                format!("{shown} is {} {}{until}, {}{reason}", how(*kind), entry.name(), entry.kind())
            }
            Message::Ambiguous { places, reason } => {
                let shown = on_one_line(&text[finding.start..finding.end]);
                let mut listed: Vec<String> = Vec::new();
                for &row in places {
                    let place = ruleset.place(row);
                    let one = format!("{} ({})", place.name(), place.kind());
                    if !listed.contains(&one) {
                        listed.push(one);
                    }
                }
                let reason = self.reason(ruleset, cues, *reason);
                format!("{shown} may be {}; {reason}", listed.join(", "))
            }
        }
    }

    /// Why a name was decided so, with a place for the cue group that is named after it.
    pub fn reason(&self, ruleset: &Ruleset, cues: &CueFinder, reason: Reason) -> String {
        let told = reason_as_decided(cues, reason);
        let (head, cue) = told.rsplit_once(' ').unwrap_or(("", &told));
        match self.regions(ruleset).get(cue) {
            Some(place) if !told.is_empty() => format!("{head} {place}"),
            _ => told,
        }
    }

    fn regions(&self, ruleset: &Ruleset) -> &FxHashMap<Box<str>, Box<str>> {
        self.regions.get_or_init(|| {
            let places = (0..ruleset.place_count()).map(|row| ruleset.place(row as u32));
            let regions = places.filter(|place| REGIONS.contains(&place.kind()));
            regions.map(|place| (place.id().into(), place.name().into())).collect()
        })
    }
}

/// A reason in words, with cue groups by their names.
pub fn reason_as_decided(cues: &CueFinder, reason: Reason) -> String {
    match reason {
        Reason::None | Reason::Around(_) => String::new(),
        Reason::OtherPlace => "the text has named another place so".to_owned(),
        Reason::SpeaksOf(group) => format!("the text speaks of {}", cues.name(group)),
        Reason::NothingTells => "nothing in the text tells".to_owned(),
        Reason::SeveralFit => "more than one place fits".to_owned(),
    }
}

fn how(kind: u32) -> &'static str {
    match NAME_KINDS.get(kind as usize).copied().unwrap_or_default() {
        "native" => "the native name of",
        "translit" => "another spelling of",
        "russian-derived" => "a Russian-derived spelling of",
        "misspelling" => "a misspelling of",
        "exonym" => "a foreign name of",
        "conventional" => "a conventional name of",
        "former" => "a former name of",
        _ => "a spelling of",
    }
}

/// A character as `U+043E`.
pub fn code_point(char: char) -> String {
    format!("U+{:04X}", char as u32)
}

/// Characters by code point, each once.
fn code_points(chars: &[char]) -> String {
    let mut listed: Vec<char> = Vec::new();
    for &char in chars {
        if !listed.contains(&char) {
            listed.push(char);
        }
    }
    listed.into_iter().map(code_point).collect::<Vec<_>>().join(", ")
}

/// Letters by code point and name, as in `U+0041 LATIN CAPITAL LETTER A`, separated by commas.
pub fn named_letters(letters: &[char], names: LetterNames<'_>) -> String {
    let named = letters.iter().map(|&char| format!("{} {}", code_point(char), names(char)));
    named.collect::<Vec<_>>().join(", ")
}

/// A template with its fields filled in; doubled braces stand for themselves.
fn fill(template: &str, word: &str, letters: &str, repair: &str) -> String {
    let mut out = String::with_capacity(template.len() + word.len() + letters.len() + repair.len());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let fields =
            [("{{", "{"), ("}}", "}"), ("{word}", word), ("{letters}", letters), ("{repair}", repair)];
        match fields.iter().find(|(field, _)| rest.starts_with(field)) {
            Some((field, value)) => {
                out.push_str(value);
                rest = &rest[field.len()..];
            }
            None => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled_as_python_does() {
        assert_eq!(fill("{word}: {{{letters}}} {repair}{repair}", "a{word}", "L", "r"), "a{word}: {L} rr");
        assert_eq!(fill("no field", "a", "b", "c"), "no field");
    }

    #[test]
    fn letters_are_named() {
        let names = |char: char| Cow::from(if char == 'A' { "FIRST" } else { "unnamed" });
        assert_eq!(named_letters(&['A', '\u{10F800}'], &names), "U+0041 FIRST, U+10F800 unnamed");
        assert_eq!(code_points(&['\u{200B}', '\u{AD}', '\u{200B}']), "U+200B, U+00AD");
    }
}
