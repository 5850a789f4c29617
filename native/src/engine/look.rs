//! What is to be said of each paragraph of a document that was read, and what of that is sure.

use std::cell::OnceCell;

use crate::engine::Engine;
use crate::engine::analysis::{Analysis, MixedChunk, running_of};
use crate::engine::controls;
use crate::engine::document::Paragraph;
use crate::engine::findings::{Applicability, Finding, Message, Rule, disjoint};
use crate::engine::folds::scripts;
use crate::engine::judge::{Candidate, Verdict};
use crate::engine::languages::LanguageId;
use crate::engine::meant::{Run, Stretch, runs_of};
use crate::engine::mixed::Judged;
use crate::engine::segment::{Atom, PartScript, Zone};
use crate::engine::spots::{Lines, Scene, Spot};
use crate::engine::stray::{Concern, StrayVerdict, may_concern};
use crate::text::Script;

/// Atoms between a foreign name and the same name in the running script.
const BESIDE: usize = 4;

/// A paragraph with what its words are judged by.
struct Look<'l, 'a> {
    engine: &'l Engine,
    analysis: &'l Analysis<'a>,
    number: usize,
    paragraph: &'l Paragraph,
    scene: Scene<'l>,
    /// Atoms of foreign script that are meant.
    meant: Vec<bool>,
    /// Atoms that belong to a name which is taken for a place.
    named: OnceCell<Vec<bool>>,
}

impl Engine {
    /// What is to be said of each paragraph as it stands.
    pub(super) fn first_look(&self, analysis: &Analysis<'_>) -> Vec<Finding> {
        let document = || analysis.script(self);
        let lines = Lines::default();
        let mut found = Vec::new();
        for (number, paragraph) in analysis.paragraphs.iter().enumerate() {
            let telling = paragraph.seen.telling;
            let spoken = OnceCell::new();
            let languages = || spoken.get_or_init(|| self.spoken(analysis, paragraph)).clone();
            let (text, running) = (analysis.text, paragraph.running);
            let scene = Scene::new(text, &paragraph.atoms, running, &languages, &document, &lines);
            let own = found.len();
            let mut look = Look {
                engine: self,
                analysis,
                number,
                paragraph,
                scene,
                meant: Vec::new(),
                named: OnceCell::new(),
            };
            if paragraph.seen.hidden {
                controls::find(&self.ruleset.classes, text, paragraph.start..paragraph.end, &mut found);
            }
            if telling {
                look.find_meant();
            }
            look.find_names(&mut found);
            for mixed in &analysis.mixed[number] {
                found.extend(look.mixed_finding(mixed));
            }
            if telling {
                look.find_marked(&mut found);
                look.find_strays(own, &mut found);
                found[own..].sort_by_key(|one| one.start);
            }
        }
        disjoint(found)
    }

    /// The languages that a paragraph may be in: told by its document, else all presumed ones.
    fn spoken(&self, analysis: &Analysis<'_>, paragraph: &Paragraph) -> Vec<LanguageId> {
        if !paragraph.running.is(Script::Cyrillic) {
            return self.latin_language.clone();
        }
        let presumed = self.letters.languages.presumed();
        match analysis.languages(self).first() {
            Some(first) if presumed.contains(first) => vec![*first],
            first => first.into_iter().chain(presumed).copied().collect(),
        }
    }
}

impl Look<'_, '_> {
    fn text(&self) -> &str {
        self.analysis.text
    }

    fn is_meant(&self, index: usize) -> bool {
        self.meant.get(index).copied().unwrap_or(false)
    }

    /// Which words of a foreign script are meant.
    fn find_meant(&mut self) {
        let foreign = match self.paragraph.running {
            PartScript::One(script @ (Script::Latin | Script::Cyrillic)) => script.other(),
            _ => return,
        };
        let mut stretch = Stretch::default();
        for run in runs_of(&self.paragraph.atoms, foreign) {
            let same = self.is_named_beside(run);
            let why = self.engine.asked(|asked| {
                self.engine.meant.why(asked, self.text(), &self.paragraph.atoms, run, same, &mut stretch)
            });
            if why.is_some() {
                self.meant.resize(self.paragraph.atoms.len(), false);
                run.words(&self.paragraph.atoms).for_each(|index| self.meant[index] = true);
            }
        }
    }

    /// Whether the place that the run names is named beside it in the running script.
    fn is_named_beside(&self, run: Run) -> bool {
        let (mut own, mut beside) = (Vec::new(), Vec::new());
        // names are in the order of the text, so that only those near the run need be looked at
        let names = self.analysis.names_of(self.number);
        let from = names.partition_point(|one| one.phrase.last() + BESIDE < run.first);
        for candidate in names[from..].iter().take_while(|one| one.phrase.first() <= run.last + BESIDE) {
            let (first, last) = (candidate.phrase.first(), candidate.phrase.last());
            let places = candidate.readings.iter().map(|reading| reading.place);
            if run.first <= first && last <= run.last {
                own.extend(places);
            } else if (last < run.first && run.first - last <= BESIDE)
                || (run.last < first && first - run.last <= BESIDE)
            {
                beside.extend(places);
            }
        }
        let is_same = own.iter().any(|place| beside.contains(place));
        if is_same {
            self.analysis.miss();
        }
        is_same
    }

    fn find_names(&self, found: &mut Vec<Finding>) {
        for candidate in self.analysis.names_of(self.number) {
            let is_meant = !self.meant.is_empty()
                && candidate.phrase.parts.iter().any(|&index| self.is_meant(index as usize));
            let is_spoken = || *self.paragraph.spoken.get_or_init(|| self.is_spoken());
            let toponyms = &self.engine.toponyms;
            let ruleset = &self.engine.ruleset;
            if self.analysis.is_undecided() {
                if toponyms.is_at_home(ruleset, self.text(), self.paragraph, candidate, is_meant) {
                    continue;
                }
                self.analysis.miss();
            }
            let finding =
                toponyms.finding(ruleset, self.text(), self.paragraph, candidate, is_meant, is_spoken);
            if let Some(mut finding) = finding {
                self.weaken_as_stray(candidate.phrase.first(), &mut finding);
                found.push(finding);
            }
        }
    }

    /// Whether the paragraph is in a language that the profile rewrites, or too short to tell.
    fn is_spoken(&self) -> bool {
        let (folder, languages) = (&self.engine.ruleset.folder, &self.engine.letters.languages);
        let told = languages.of_latin_text(folder, self.text(), &self.paragraph.atoms);
        told.is_empty() || told.iter().any(|&language| self.engine.rewritten_languages.contains(&language))
    }

    /// A name in a foreign script claims no more than the table allows a stray place to claim.
    fn weaken_as_stray(&self, index: usize, finding: &mut Finding) {
        if finding.rule != Rule::StrayScriptWord {
            return;
        }
        if let Some(judged) = self.stray_verdict(index, false)
            && &*judged.row.repair == "place"
        {
            finding.weaken(judged.row.applicability);
        }
    }

    /// Whether an atom belongs to a name which is taken for a place.
    fn is_named(&self, index: usize) -> bool {
        let names = self.analysis.names_of(self.number);
        let is_inside = |one: &Candidate<'_>| one.phrase.first() <= index && index <= one.phrase.last();
        if self.analysis.is_undecided() && names.iter().any(is_inside) {
            self.analysis.miss();
        }
        self.named()[index]
    }

    fn named(&self) -> &[bool] {
        self.named.get_or_init(|| {
            let mut named = vec![false; self.paragraph.atoms.len()];
            for candidate in self.analysis.names_of(self.number) {
                if candidate.verdict == Verdict::Place {
                    candidate.phrase.parts.iter().for_each(|&index| named[index as usize] = true);
                }
            }
            named
        })
    }

    /// What is to be said of a chunk of mixed scripts.
    fn mixed_finding(&self, mixed: &MixedChunk<'_>) -> Option<Finding> {
        let (atom, judged) = (&self.paragraph.atoms[mixed.atom], &mixed.judged);
        let is_name = &*judged.row.repair == "place"
            && mixed.span == (atom.start..atom.end)
            && !self.is_meant(mixed.atom)
            && self.is_named(mixed.atom);
        // written as its place is, not only in one script, if it means a single one
        let name = judged.replacement.as_deref().filter(|_| is_name).and_then(|fold| self.place_name(fold));
        let repair = name.as_deref().or(judged.replacement.as_deref());
        self.finding_of(&self.text()[mixed.span.clone()], mixed.span.clone(), atom.zone, judged, repair)
    }

    /// The words of mixed scripts that markup cuts; without Cyrillic letters they are not sought.
    fn find_marked(&self, found: &mut Vec<Finding>) {
        let is_telling = |atom: &Atom| atom.written.is(Script::Cyrillic) || atom.written == PartScript::Mixed;
        if !self.paragraph.atoms.iter().any(is_telling) {
            return;
        }
        let (engine, paragraph) = (self.engine, self.paragraph);
        let classes = &engine.ruleset.classes;
        let words = engine.markup.words(classes, self.text(), paragraph.start, paragraph.end);
        for word in words {
            let reads = word.reads();
            let languages = self.analysis.languages(engine);
            let running = running_of(paragraph.running);
            let judged = engine.asked(|asked| engine.mixed.judge(asked, &reads, running, languages, None));
            let Some(judged) = judged else { continue };
            let first = paragraph.atoms.partition_point(|atom| atom.start < word.start);
            let inside = paragraph.atoms[first..].iter().take_while(|atom| atom.start < word.end);
            let zones: Vec<Zone> = inside
                .filter(|atom| atom.is_part && word.has_letter_at(atom.start))
                .map(|atom| atom.zone)
                .collect();
            if zones.contains(&Zone::Skip) {
                continue;
            }
            let zone = if zones.contains(&Zone::Report) { Zone::Report } else { Zone::None };
            let (span, repair) = (word.start..word.end, judged.replacement.as_deref());
            let Some(mut finding) = self.finding_of(&reads, span, zone, &judged, repair) else { continue };
            finding.replacement = judged
                .replacement
                .as_deref()
                .and_then(|replacement| word.repaired(self.text(), replacement))
                .map(Box::from);
            if finding.replacement.is_none() {
                finding.applicability = Applicability::None;
            }
            found.push(finding);
        }
    }

    /// What is to be said of a chunk that reads so, wherever it is written.
    fn finding_of(
        &self,
        chunk: &str,
        span: std::ops::Range<usize>,
        zone: Zone,
        judged: &Judged<'_>,
        repair: Option<&str>,
    ) -> Option<Finding> {
        let row = judged.row;
        if row.is_fine() {
            return None;
        }
        let (folder, classes) = (&self.engine.ruleset.folder, &self.engine.ruleset.classes);
        let count = |wanted| scripts(classes, chunk).filter(|&script| script == wanted).count();
        let script = judged.script.unwrap_or_else(|| {
            if count(Script::Cyrillic) > count(Script::Latin) { Script::Cyrillic } else { Script::Latin }
        });
        let applicability = match repair {
            Some(_) => row.applicability.within(zone),
            None => Applicability::None,
        };
        Some(Finding {
            rule: Rule::MixedScriptWord,
            start: span.start,
            end: span.end,
            replacement: repair.map(Box::from),
            applicability,
            message: Message::Row {
                template: row.message.clone(),
                letters: self.engine.letters.folds.strangers(folder, chunk, script),
                repair: repair.unwrap_or("").into(),
            },
            place: None,
        })
    }

    /// What the table says of a word that may be stray; None where it has no say.
    fn stray_verdict(&self, index: usize, meant: bool) -> Option<StrayVerdict<'_>> {
        let engine = self.engine;
        let mut spot = Spot { scene: &self.scene, index, meant, place: false };
        let concern = may_concern(spot);
        if concern == Concern::None {
            return None;
        }
        engine.asked(|asked| {
            if concern == Concern::IfOdd && !engine.stray.is_odd(asked, spot) {
                return None;
            }
            spot.place = self.is_named(index);
            engine.stray.judge(asked, spot, &|| self.analysis.languages(engine).to_vec())
        })
    }

    /// The findings about stray words, added to `found`, where those of the paragraph begin at `own`.
    fn find_strays(&self, own: usize, found: &mut Vec<Finding>) {
        let first = found.len();
        for (index, atom) in self.paragraph.atoms.iter().enumerate() {
            let at_home = atom.script.is(Script::Latin)
                && matches!(running_of(self.paragraph.running), Some(Script::Latin | Script::Letter));
            if atom.script.is_some() && atom.zone == Zone::None && !at_home {
                found.extend(self.stray_finding(index));
            }
        }
        let is_lone = |one: &Finding| one.is_safe() && self.is_lone(one);
        if self.paragraph.running.is(Script::Latin)
            && found[first..].iter().any(is_lone)
            && self.has_company(&found[own..])
        {
            let lone = found[first..].iter_mut().filter(|one| is_lone(one));
            lone.for_each(|one| one.weaken(Applicability::Unsafe));
        }
    }

    fn is_lone(&self, finding: &Finding) -> bool {
        self.text()[finding.start..finding.end].chars().nth(1).is_none()
    }

    /// Whether Cyrillic words stay in the paragraph: beside them, a lone letter may be meant. `found` are the
    /// findings of the paragraph.
    fn has_company(&self, found: &[Finding]) -> bool {
        let repairs = found.iter().filter(|one| one.is_safe() && !self.is_lone(one));
        let mut repaired: Vec<(usize, usize)> = repairs.map(|one| (one.start, one.end)).collect();
        repaired.sort_unstable();
        let mut repaired = repaired.into_iter().peekable();
        let mut repaired_to = 0;
        self.paragraph.atoms.iter().any(|atom| {
            while let Some((_, end)) = repaired.next_if(|&(start, _)| start <= atom.start) {
                repaired_to = repaired_to.max(end);
            }
            atom.script.is(Script::Cyrillic)
                && atom.letters > 1
                && atom.zone == Zone::None
                && atom.start >= repaired_to
        })
    }

    /// What is to be said of a word in another script than its paragraph.
    fn stray_finding(&self, index: usize) -> Option<Finding> {
        let judged = self.stray_verdict(index, self.is_meant(index))?;
        if judged.row.is_fine() {
            return None;
        }
        let (row, atom) = (judged.row, &self.paragraph.atoms[index]);
        let mut replacement = judged.replacement;
        if &*row.repair == "place" {
            replacement = self.place_name(atom.reading(self.text())).or(replacement);
            if replacement.as_deref() == Some(atom.text(self.text())) {
                return None; // a house style may write places so
            }
        }
        let classes = &self.engine.ruleset.classes;
        let mut letters: Vec<char> = Vec::new();
        for char in atom.text(self.text()).chars().filter(|&char| classes.is_letter(char)) {
            if !letters.contains(&char) {
                letters.push(char);
            }
        }
        Some(Finding {
            rule: Rule::StrayScriptWord,
            start: atom.start,
            end: atom.end,
            applicability: if replacement.is_some() { row.applicability } else { Applicability::None },
            message: Message::Row {
                template: row.message.clone(),
                letters,
                repair: replacement.as_deref().unwrap_or("").into(),
            },
            replacement: replacement.map(String::into_boxed_str),
            place: None,
        })
    }

    fn place_name(&self, name: &str) -> Option<String> {
        let readings = self.engine.look_up(name);
        let first = &readings.first()?.replacement;
        readings.iter().all(|reading| reading.replacement == *first).then(|| first.to_string())
    }
}
