//! One document, read: its paragraphs with repaired readings, running scripts and names.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::Engine;
use crate::engine::context::Needed;
use crate::engine::document::{Paragraph, RUNNING_SHARE, paragraph_bounds, running_script, script_counts};
use crate::engine::findings::{Applicability, Finding};
use crate::engine::judge::Candidate;
use crate::engine::languages::LanguageId;
use crate::engine::mixed::Judged;
use crate::engine::phrases::Scratch;
use crate::engine::right::Left;
use crate::engine::segment::{Atom, PartScript, Zone, atoms, chunks, letters_of, script_of};
use crate::engine::zones::{ZoneSpan, Zones};
use crate::text::Script;

/// A chunk of mixed scripts and what was decided of it.
pub struct MixedChunk<'a> {
    /// The index of its atom.
    pub atom: usize,
    /// Where it stands.
    pub span: Range<usize>,
    /// What was decided.
    pub judged: Judged<'a>,
}

/// What was decided of chunks as if they stood alone, by where they begin.
type Alone<'a> = FxHashMap<usize, Judged<'a>>;

/// In documents of so many bytes room that is not used is given back.
const LARGE: usize = 1 << 20;
/// Letters from which a document tells what it is written in, though half of it is not.
const LONG_DOCUMENT: usize = 400;
/// One letter of so many is Cyrillic in such a document.
const MUCH_CYRILLIC: usize = 4;

/// What was read of a document: only paragraphs in which anything may have to be said.
pub struct Analysis<'a> {
    /// The document.
    pub text: &'a str,
    /// The paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// The chunks of mixed scripts of each paragraph.
    pub mixed: Vec<Vec<MixedChunk<'a>>>,
    /// All names, paragraph after paragraph.
    pub names: Vec<Candidate<'a>>,
    /// Which of the names are in each paragraph.
    pub names_in: Vec<Range<usize>>,
    /// Zones that may span paragraphs.
    across: Vec<ZoneSpan>,
    languages: OnceCell<Vec<LanguageId>>,
    script: OnceCell<Option<Script>>,
    /// What was left out.
    left_out: Left,
    /// Whether it was asked what a name means, which is not decided without those.
    pub(super) is_missed: Cell<bool>,
}

impl Engine {
    /// Read a document; None where no word of it needs a thought.
    pub(super) fn analyse<'a>(&'a self, text: &'a str) -> Option<Analysis<'a>> {
        let spans = self.concerns(text, &[]);
        if spans.is_empty() { None } else { Some(self.analysis_of(text, spans, Left::default())) }
    }

    /// Whether a paragraph is Cyrillic prose of which nothing can be said; false if that cannot be told at a look.
    pub fn is_prose(&self, paragraph: &str) -> bool {
        self.quiet.is_prose(&self.ruleset.classes, &self.stray, paragraph)
    }

    /// Read some paragraphs of a document; others were `left_out`.
    pub(super) fn analysis_of<'a>(
        &'a self,
        text: &'a str,
        spans: Vec<Range<usize>>,
        left_out: Left,
    ) -> Analysis<'a> {
        let mut analysis = Analysis {
            text,
            paragraphs: Vec::with_capacity(spans.len()),
            mixed: Vec::with_capacity(spans.len()),
            names: Vec::new(),
            names_in: Vec::with_capacity(spans.len()),
            across: self.zones.across(text),
            languages: OnceCell::new(),
            script: OnceCell::new(),
            left_out,
            is_missed: Cell::new(false),
        };
        for span in spans {
            let paragraph = self.paragraph(text, &analysis.across, span);
            analysis.paragraphs.push(paragraph);
        }
        let is_mixed = |atom: &Atom| atom.script == PartScript::Mixed && atom.zone != Zone::Skip;
        let mut telling = analysis.paragraphs.iter().filter(|paragraph| paragraph.seen.telling);
        if telling.any(|paragraph| paragraph.atoms.iter().any(is_mixed)) {
            analysis.languages(self); // repairs change what words there are to tell of a language
        }
        let mut scratch = Scratch::new(text);
        for number in 0..analysis.paragraphs.len() {
            self.read(&mut analysis, number, &mut scratch);
        }
        if analysis.left_out.prose.is_empty() {
            let is_sure = self.decide(&mut analysis, &mut scratch);
            analysis.is_missed.set(!is_sure);
        }
        analysis
    }

    fn paragraph(&self, text: &str, across: &[ZoneSpan], span: Range<usize>) -> Paragraph {
        let mut found = Vec::with_capacity(span.len() / 5);
        let seen = atoms(&self.ruleset, text, span.clone(), &mut found);
        if text.len() > LARGE {
            found.shrink_to_fit(); // all paragraphs are kept, and words of two bytes a letter are fewer
        }
        let near = across.iter().filter(|zone| zone.start < span.end && span.start < zone.end);
        let mut zones: Vec<ZoneSpan> = near.cloned().collect();
        self.zones.within(text, span.clone(), &mut zones);
        let has_zones = !zones.is_empty();
        if has_zones {
            let zones = Zones::new(zones);
            for atom in found.iter_mut().filter(|atom| atom.is_part) {
                atom.zone = zones.effect(atom.start, atom.end);
            }
        }
        Paragraph {
            start: span.start,
            end: span.end,
            atoms: found,
            seen,
            has_zones,
            running: PartScript::None,
            spoken: OnceCell::new(),
            letters: 0,
            most: 0,
        }
    }

    /// The running script of a paragraph, its repaired readings and its names.
    fn read<'a>(&'a self, analysis: &mut Analysis<'a>, number: usize, scratch: &mut Scratch<'a>) {
        let fallback = analysis.languages.get().map_or(&[][..], Vec::as_slice);
        let paragraph = &mut analysis.paragraphs[number];
        let mut alone = Alone::default();
        self.find_running(analysis.text, paragraph, fallback, &mut alone);
        let mut mixed = Vec::new();
        if paragraph.seen.telling {
            for (index, atom) in paragraph.atoms.iter_mut().enumerate() {
                if atom.script == PartScript::Mixed && atom.zone != Zone::Skip {
                    let judge = |chunk: Range<usize>| match alone.remove(&chunk.start) {
                        Some(judged) if judged.is_anywhere => Some(judged),
                        before => {
                            let (running, chunk) = (running_of(paragraph.running), &analysis.text[chunk]);
                            self.asked(|asked| {
                                self.mixed.judge(asked, chunk, running, fallback, before.as_ref())
                            })
                        }
                    };
                    self.repair(analysis.text, index, atom, judge, &mut mixed);
                }
            }
        }
        analysis.mixed.push(mixed);
        let first = analysis.names.len();
        let may_begin = |atom: &Atom| atom.may_begin || atom.repaired.is_some();
        let names = &mut analysis.names;
        self.toponyms.candidates(&self.ruleset, scratch, &paragraph.atoms, number as u32, may_begin, names);
        analysis.names_in.push(first..analysis.names.len());
    }

    /// Decide what the names mean; false if those that were left out may change that.
    fn decide<'a>(&'a self, analysis: &mut Analysis<'a>, scratch: &mut Scratch<'a>) -> bool {
        let is_part = analysis.left_out.has_settled;
        if is_part && self.toponyms.share_keys(&self.ruleset, analysis.text, &analysis.names) {
            return false;
        }
        let (text, across) = (analysis.text, &analysis.across);
        let paragraphs = &analysis.paragraphs;
        // paragraphs without concern are only read for cues, and only if some name needs them
        let cues = self.toponyms.cues();
        let each_paragraph = |needed: &Needed, look: &mut dyn FnMut(&[Atom])| {
            let mut known = paragraphs.iter().peekable();
            for span in paragraph_bounds(text.as_bytes()) {
                if needed.is_empty() {
                    break;
                }
                match known.next_if(|paragraph| paragraph.start == span.start) {
                    Some(paragraph) => look(&paragraph.atoms),
                    None if cues.may_be_in(&self.ruleset, text, span.clone(), needed) => {
                        look(&self.paragraph(text, across, span).atoms);
                    }
                    None => {}
                }
            }
        };
        self.toponyms.decide(&self.ruleset, scratch, &mut analysis.names, is_part, each_paragraph)
    }

    fn find_running<'a>(
        &'a self,
        text: &str,
        paragraph: &mut Paragraph,
        fallback: &[LanguageId],
        alone: &mut Alone<'a>,
    ) {
        let counts = if paragraph.seen.telling || paragraph.has_zones {
            script_counts(&self.ruleset.classes, text, &paragraph.atoms, |atom| {
                self.owner(text, atom, fallback, alone)
            })
        } else {
            paragraph.seen.letters // no word of two scripts of which one could be meant
        };
        paragraph.letters = counts.iter().sum();
        paragraph.most = counts.into_iter().max().unwrap_or(0);
        paragraph.running = running_script(&counts);
        if paragraph.running.is(Script::Latin) && paragraph.seen.letters[Script::Cyrillic as usize] > 0 {
            let atoms = &paragraph.atoms;
            let is_hyphened = |index: usize| {
                let is_joined = |other: Option<&Atom>| other.is_some_and(|one| one.word == atoms[index].word);
                is_joined(index.checked_sub(2).and_then(|at| atoms.get(at)))
                    || is_joined(atoms.get(index + 2))
            };
            let is_function_word = |(index, atom): (usize, &Atom)| {
                atom.script.is(Script::Cyrillic)
                    && self.letters.languages.is_function_word(&self.ruleset.folder, atom.text(text))
                    && !is_hyphened(index)
            };
            if atoms.iter().enumerate().any(is_function_word) {
                paragraph.running = PartScript::None; // prose full of Latin names
            }
        }
    }

    /// The script that a part of mixed scripts is meant in, wherever it stands. What was decided of its chunks is
    /// kept in `alone`.
    fn owner<'a>(
        &'a self,
        text: &str,
        atom: &Atom,
        fallback: &[LanguageId],
        alone: &mut Alone<'a>,
    ) -> Option<Script> {
        let mut owners = Vec::new();
        for span in chunks(&self.ruleset.classes, text, atom.start..atom.end) {
            let start = span.start;
            let judged = self.asked(|asked| self.mixed.judge(asked, &text[span], None, fallback, None));
            let Some(judged) = judged else { continue };
            owners.push(judged.script);
            alone.insert(start, judged);
        }
        let first = *owners.first()?;
        if owners.iter().all(|&owner| owner == first) { first } else { None }
    }

    /// Judge the chunks of a part; what is surely misspelled is read as it is meant.
    fn repair<'a>(
        &'a self,
        text: &str,
        index: usize,
        atom: &mut Atom,
        mut judge: impl FnMut(Range<usize>) -> Option<Judged<'a>>,
        mixed: &mut Vec<MixedChunk<'a>>,
    ) {
        let mut reading = atom.text(text).to_owned();
        for span in chunks(&self.ruleset.classes, text, atom.start..atom.end).into_iter().rev() {
            let Some(judged) = judge(span.clone()) else { continue };
            if let Some(replacement) = &judged.replacement
                && judged.row.applicability == Applicability::Safe
            {
                reading.replace_range(span.start - atom.start..span.end - atom.start, replacement);
            }
            mixed.push(MixedChunk { atom: index, span, judged });
        }
        atom.script = script_of(&letters_of(&self.ruleset.classes, &reading));
        atom.repaired = (reading != atom.text(text)).then(|| reading.into_boxed_str());
    }

    /// Whether the paragraph is still written in the same script once it is repaired.
    pub(super) fn stays(&self, analysis: &Analysis<'_>, paragraph: &Paragraph, repairs: &[&Finding]) -> bool {
        let text = analysis.text;
        let (mut changed, mut gained, mut hidden) = (0, 0, 0);
        for repair in repairs {
            let (before, after) =
                (&text[repair.start..repair.end], repair.replacement.as_deref().unwrap_or(""));
            let letters = [before, after].map(|text| letters_of(&self.ruleset.classes, text));
            let [was, is] = letters.map(|own| own.iter().sum::<u32>()).map(i64::from);
            if script_of(&letters[1]) != paragraph.running {
                changed += (before.chars().count() + after.chars().count()) as i64;
            } else {
                gained += is - was;
                if script_of(&letters[0]) != paragraph.running {
                    hidden += was; // the word may have become part of a zone
                }
            }
        }
        let (letters, most) = (i64::from(paragraph.letters), i64::from(paragraph.most));
        let prevails = |most: i64, letters: i64| most as f64 > RUNNING_SHARE * letters as f64;
        if paragraph.running.is_some()
            && prevails(most + gained - changed, letters + gained + changed)
            && prevails(most - hidden - changed, letters - hidden + changed)
        {
            return true;
        }
        let languages = analysis.languages(self);
        let before = self.running_alone(&text[paragraph.start..paragraph.end], languages);
        before == self.running_alone(&repaired(text, paragraph, repairs), languages)
    }

    fn running_alone(&self, text: &str, fallback: &[LanguageId]) -> PartScript {
        let mut paragraph = self.paragraph(text, &self.zones.across(text), 0..text.len());
        self.find_running(text, &mut paragraph, fallback, &mut Alone::default());
        paragraph.running
    }
}

impl<'a> Analysis<'a> {
    /// The Cyrillic languages that words of the document tell of, the likeliest first.
    pub fn languages(&self, engine: &Engine) -> &[LanguageId] {
        self.languages.get_or_init(|| {
            let mut known = FxHashSet::default();
            let mut words: Vec<&str> = Vec::new();
            let mut add = |atoms: &[Atom]| {
                let cyrillic = PartScript::One(Script::Cyrillic);
                let told = atoms.iter().filter(|atom| atom.is_part && atom.zone == Zone::None);
                let own = told.filter(|atom| atom.written == cyrillic).map(|atom| atom.text(self.text));
                words.extend(own.filter(|&word| known.insert(word)));
            };
            self.paragraphs.iter().for_each(|paragraph| add(&paragraph.atoms));
            for span in &self.left_out.prose {
                add(&engine.paragraph(self.text, &self.across, span.clone()).atoms);
            }
            engine.letters.languages.of_text(&engine.ruleset.folder, words.into_iter())
        })
    }

    /// The script of most letters of the document; None where it has none.
    pub fn script(&self, engine: &Engine) -> Option<Script> {
        *self.script.get_or_init(|| {
            let letters = letters_of(&engine.ruleset.classes, self.text);
            let all: usize = letters.iter().take(3).map(|&count| count as usize).sum();
            let cyrillic = letters[Script::Cyrillic as usize] as usize;
            if all >= LONG_DOCUMENT && cyrillic * MUCH_CYRILLIC >= all {
                return Some(Script::Cyrillic); // a translation that is full of names and code
            }
            let mut most = None;
            let mut count = 0;
            for script in [Script::Latin, Script::Cyrillic, Script::Greek] {
                if letters[script as usize] > count {
                    (most, count) = (Some(script), letters[script as usize]);
                }
            }
            most
        })
    }

    /// Whether names are not decided, since paragraphs were left out that might tell what they mean.
    pub fn is_undecided(&self) -> bool {
        !self.left_out.prose.is_empty()
    }

    /// Note that it is asked what a name means.
    pub fn miss(&self) {
        self.is_missed.set(self.is_undecided());
    }

    /// The names in a paragraph.
    pub fn names_of(&self, number: usize) -> &[Candidate<'a>] {
        &self.names[self.names_in[number].clone()]
    }
}

/// The script that prevails in a paragraph, if one does.
pub(super) fn running_of(running: PartScript) -> Option<Script> {
    match running {
        PartScript::One(script) => Some(script),
        _ => None,
    }
}

/// A paragraph of the text with repairs made, which are sorted.
pub(super) fn repaired(text: &str, paragraph: &Paragraph, repairs: &[&Finding]) -> String {
    let mut out = String::with_capacity(paragraph.end - paragraph.start + 64);
    let mut done = paragraph.start;
    for repair in repairs {
        out.push_str(&text[done..repair.start]);
        out.push_str(repair.replacement.as_deref().unwrap_or(""));
        done = repair.end;
    }
    out.push_str(&text[done..paragraph.end]);
    out
}
