//! The border to Python: the module `normalize._native`.
//!
//! Nothing is decided here. Texts are read in place, the engine works without the interpreter's lock where
//! that pays, and Python objects are made only for what is asked for.

mod arrow;
mod batch;
mod concise;
mod files;
mod make;
mod objects;
mod strings;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyList, PyString};

use crate::arrow::{Normalize, Transliterate};
use crate::engine::findings::Finding;
use crate::normalizer::{Fixes, Normalizer};
use crate::ruleset::{Container, Ruleset};
use crate::scheme::Transliterator;
use objects::{Objects, Shown};
use strings::{Edit, Source, detached};

#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::arrow::{ArrowArray, ArrowChunkedArray};
    #[pymodule_export]
    use super::concise::concise_lines;
    #[pymodule_export]
    use super::files::{Judge, Located, Looks, end_of_block, has_mark, origin_after};
    #[pymodule_export]
    use super::{Applied, Engine};
    #[pymodule_export]
    const SCHEMA: &str = crate::ruleset::records::SCHEMA;
}

/// A ruleset ready to be used, with the rules' levels and the words that are allowed.
#[pyclass(frozen, module = "normalize._native")]
pub struct Engine {
    normalizer: Arc<Normalizer>,
    objects: Arc<PyOnceLock<Objects>>,
}

#[pymethods]
impl Engine {
    /// Open a ruleset: the path of a file, or its bytes. A ValueError if it is none.
    #[new]
    fn new(ruleset: &Bound<'_, PyAny>) -> PyResult<Engine> {
        let container = if let Ok(bytes) = ruleset.cast::<PyBytes>() {
            Container::from_bytes(bytes.as_bytes().to_vec(), "<memory>")
        } else {
            Container::open(&ruleset.extract::<PathBuf>()?)
        };
        let engine = container.and_then(Ruleset::new).and_then(crate::engine::Engine::new);
        let engine = engine.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let normalizer = Normalizer::new(Arc::new(engine), [], []);
        Ok(Engine { normalizer: Arc::new(normalizer), objects: Arc::new(PyOnceLock::new()) })
    }

    /// The name of the ruleset: the sha256 of its content.
    #[getter]
    fn sha256(&self) -> &str {
        &self.normalizer.engine.ruleset.container.sha256
    }

    /// The id of the profile.
    #[getter]
    fn profile(&self) -> &str {
        self.normalizer.engine.ruleset.meta.get("profile").map_or("", String::as_str)
    }

    /// The most that each rule may claim under the profile.
    #[getter]
    fn levels(&self) -> HashMap<&str, &str> {
        self.normalizer.engine.ruleset.meta_with("level.").into_iter().collect()
    }

    /// The same ruleset with other levels by rule, and other allowed words.
    fn with_rules(&self, levels: Vec<(String, String)>, allow: Vec<Bound<'_, PyString>>) -> PyResult<Engine> {
        let levels = levels.iter().map(|(rule, level)| (rule.as_str(), level.as_str()));
        // as the engine reads them: a lone surrogate is no error
        let allow = allow.iter().map(|word| Ok(Source::of(word)?.text().into()));
        let allow: Vec<Box<str>> = allow.collect::<PyResult<_>>()?;
        let normalizer = Normalizer::new(self.normalizer.engine.clone(), levels, allow);
        Ok(Engine { normalizer: Arc::new(normalizer), objects: self.objects.clone() })
    }

    /// The text with the findings of `fixes` applied; the same object when nothing changes.
    fn normalize<'py>(&self, text: &Bound<'py, PyAny>, fixes: &str) -> PyResult<Bound<'py, PyAny>> {
        let (py, fixes, source) = (text.py(), fixes_named(fixes)?, Source::of(text)?);
        match detached(py, source.len(), || changes(&self.normalizer, &source, fixes)) {
            Some(changes) => source.edited(py, &changes.edits, changes.is_odd),
            None => Ok(text.clone()),
        }
    }

    /// `normalize` with safe fixes for each text of an iterable.
    fn normalize_batch<'py>(&self, texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        batch::normalized(texts, &self.normalizer)
    }

    /// All findings, sorted and disjoint, in code points of the text.
    fn find<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let (py, source) = (text.py(), Source::of(text)?);
        let (read, findings) = detached(py, source.len(), || found(&self.normalizer, &source));
        objects(&self.objects, py)?.findings(
            py,
            &self.normalizer,
            &Shown::new(text, &source, &read),
            &findings,
        )
    }

    /// The text with the findings of `fixes` applied, and what was found.
    fn apply<'py>(&self, text: &Bound<'py, PyAny>, fixes: &str) -> PyResult<(Bound<'py, PyAny>, Applied)> {
        let (py, fixes, source) = (text.py(), fixes_named(fixes)?, Source::of(text)?);
        let (edits, is_odd, findings) = detached(py, source.len(), || {
            let (read, findings) = found(&self.normalizer, &source);
            let edits = source.edits(&read, applied(&findings, fixes));
            (edits, source.is_odd(&read), findings)
        });
        let changed = if edits.is_empty() { text.clone() } else { source.edited(py, &edits, is_odd)? };
        let (normalizer, objects) = (self.normalizer.clone(), self.objects.clone());
        Ok((changed, Applied { normalizer, objects, source: text.clone().unbind(), fixes, findings }))
    }

    /// Every place that is named, canonical names included, in either script.
    fn mentions<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let (py, source) = (text.py(), Source::of(text)?);
        let (read, mentions) = detached(py, source.len(), || {
            let read = source.text();
            let mentions = self.normalizer.mentions(&read);
            (read, mentions)
        });
        let ruleset = &self.normalizer.engine.ruleset;
        objects(&self.objects, py)?.mentions(py, ruleset, &Shown::new(text, &source, &read), &mentions)
    }

    /// The places that a name can mean, the most prominent first.
    fn lookup<'py>(&self, name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyList>> {
        let (py, engine) = (name.py(), &self.normalizer.engine);
        let source = Source::of(name)?;
        let mut rows: Vec<u32> = Vec::new();
        for reading in engine.look_up(&source.text()) {
            rows.push(reading.place);
        }
        rows.sort_by_key(|&row| (Reverse(engine.ruleset.place(row).prominence()), row));
        rows.dedup();
        let objects = objects(&self.objects, py)?;
        let places = rows.into_iter().map(|row| objects.place(py, &engine.ruleset, row));
        PyList::new(py, places.collect::<PyResult<Vec<_>>>()?)
    }

    /// The text in the other script; the same object when nothing changes. A KeyError for an id of no
    /// scheme, and for a direction that the scheme has not.
    fn transliterate<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        scheme: &str,
        reverse: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (source, transliterator) = (Source::of(text)?, self.transliterator(scheme, reverse)?);
        Ok(source.transliterated(text.py(), transliterator)?.unwrap_or_else(|| text.clone()))
    }

    /// `transliterate` for each text of an iterable.
    fn transliterate_batch<'py>(
        &self,
        texts: &Bound<'py, PyAny>,
        scheme: &str,
        reverse: bool,
    ) -> PyResult<Bound<'py, PyList>> {
        batch::transliterated(texts, self.transliterator(scheme, reverse)?)
    }

    /// An Arrow array with the findings of `fixes` applied in each value.
    fn normalize_arrow<'py>(
        &self,
        array: &Bound<'py, PyAny>,
        fixes: &str,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let fixes = fixes_named(fixes)?;
        arrow::rewrite(array, &Normalize { normalizer: &self.normalizer, fixes }, threads)
    }

    /// The values of an Arrow array in which something is found: their numbers, texts and findings.
    fn find_arrow<'py>(
        &self,
        array: &Bound<'py, PyAny>,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let py = array.py();
        let list = PyList::empty(py);
        for row in arrow::found(array, &self.normalizer, threads)? {
            let text = PyString::new(py, &row.text).into_any();
            let source = Source::of(&text)?;
            let shown = Shown::new(&text, &source, &row.text);
            let findings =
                objects(&self.objects, py)?.findings(py, &self.normalizer, &shown, &row.findings)?;
            list.append((row.at, &text, findings))?;
        }
        Ok(list)
    }

    /// An Arrow array with each value in the other script; errors as of `transliterate`.
    fn transliterate_arrow<'py>(
        &self,
        array: &Bound<'py, PyAny>,
        scheme: &str,
        reverse: bool,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        arrow::rewrite(array, &Transliterate(self.transliterator(scheme, reverse)?), threads)
    }
}

impl Engine {
    fn transliterator(&self, scheme: &str, reverse: bool) -> PyResult<&Transliterator> {
        let engine = &self.normalizer.engine;
        let transliterator = engine.schemes.number(scheme).and_then(|number| match reverse {
            false => Some(engine.schemes.forward(&engine.ruleset, number)),
            true => engine.schemes.backward(&engine.ruleset, number),
        });
        let styled = || engine.schemes.styled(&engine.ruleset, scheme).filter(|_| !reverse);
        transliterator.or_else(styled).ok_or_else(|| PyKeyError::new_err(scheme.to_owned()))
    }
}

/// What `apply` found: made into Python objects when they are asked for.
#[pyclass(frozen, module = "normalize._native")]
pub struct Applied {
    normalizer: Arc<Normalizer>,
    objects: Arc<PyOnceLock<Objects>>,
    source: Py<PyAny>,
    fixes: Fixes,
    findings: Vec<Finding>,
}

#[pymethods]
impl Applied {
    /// All findings.
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        if self.findings.is_empty() {
            return Ok(PyList::empty(py)); // the text need not be read again
        }
        let object = self.source.bind(py);
        let source = Source::of(object)?;
        let read = source.text();
        objects(&self.objects, py)?.findings(
            py,
            &self.normalizer,
            &Shown::new(object, &source, &read),
            &self.findings,
        )
    }

    /// The edits that were made.
    fn edits<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        if self.findings.is_empty() {
            return Ok(PyList::empty(py));
        }
        let object = self.source.bind(py);
        let source = Source::of(object)?;
        let read = source.text();
        objects(&self.objects, py)?.edits(
            py,
            &Shown::new(object, &source, &read),
            applied(&self.findings, self.fixes),
        )
    }
}

/// The classes that findings become, looked up when the first is shown: their modules take long to import.
fn objects<'o>(objects: &'o PyOnceLock<Objects>, py: Python<'_>) -> PyResult<&'o Objects> {
    objects.get_or_try_init(py, || Objects::new(py))
}

/// The edits that a text needs.
struct Changes {
    edits: Vec<Edit>,
    is_odd: bool,
}

/// What is to be changed in a text, or None if nothing is, as in nearly every one.
fn changes(normalizer: &Normalizer, source: &Source<'_>, fixes: Fixes) -> Option<Changes> {
    changes_in(normalizer, source, &source.concern(normalizer)?, fixes)
}

/// The same for a text that is not clean at first sight; `read` is how the engine reads it.
fn changes_in(normalizer: &Normalizer, source: &Source<'_>, read: &str, fixes: Fixes) -> Option<Changes> {
    let findings = normalizer.find(read);
    if findings.is_empty() {
        return None;
    }
    let edits = source.edits(read, applied(&findings, fixes));
    (!edits.is_empty()).then(|| Changes { is_odd: source.is_odd(read), edits })
}

/// The text as the engine reads it, and all findings; a text that is clean at first sight is not read.
fn found<'s>(normalizer: &Normalizer, source: &Source<'s>) -> (Cow<'s, str>, Vec<Finding>) {
    match source.concern(normalizer) {
        Some(read) => {
            let findings = normalizer.find(&read);
            (read, findings)
        }
        None => (Cow::Borrowed(""), Vec::new()),
    }
}

/// The findings that are applied.
fn applied(findings: &[Finding], fixes: Fixes) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(move |finding| fixes.apply(finding))
}

fn fixes_named(name: &str) -> PyResult<Fixes> {
    Fixes::named(name).ok_or_else(|| PyValueError::new_err(format!("unknown fixes {name:?}")))
}
