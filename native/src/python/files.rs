//! What the command asks for: files looked into by threads, and the blocks of a stream.
//!
//! Findings are handed out as what a report shows of them, so that the classes of `normalize.model`, which
//! take as long to import as the interpreter takes to start, are not needed.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyList, PyString};

use super::concise::is_plain;
use super::strings::{Source, detached, str_of};
use super::{changes, fixes_named};
use crate::blocks;
use crate::engine::findings::Finding;
use crate::files::placed::{self, Origin, Placed};
use crate::files::{Found, Lent, pool};
use crate::normalizer::Normalizer;
use crate::ruleset::{Container, Ruleset};
use crate::text::source;

/// How long a wait for a thread lasts before it is asked whether the user wants to stop.
const PATIENCE: Duration = Duration::from_millis(100);

type Four = (usize, usize, usize, usize);

/// A ruleset with the levels of its profile and of a configuration, and with allowed words.
#[pyclass(frozen, module = "normalize._native")]
pub struct Judge {
    normalizer: Arc<Normalizer>,
}

#[pymethods]
impl Judge {
    /// Open the ruleset of a file; `rules` go over the levels of its profile. A ValueError if it is none.
    #[new]
    fn new(ruleset: PathBuf, rules: Vec<(String, String)>, allow: Vec<String>) -> PyResult<Judge> {
        let engine = Container::open(&ruleset).and_then(Ruleset::new).and_then(crate::engine::Engine::new);
        let engine = Arc::new(engine.map_err(|error| PyValueError::new_err(error.to_string()))?);
        let levels = engine.ruleset.meta_with("level.");
        let levels = levels.into_iter().chain(rules.iter().map(|(rule, level)| (&**rule, &**level)));
        let allow = allow.into_iter().map(String::into_boxed_str);
        Ok(Judge { normalizer: Arc::new(Normalizer::new(engine.clone(), levels, allow)) })
    }

    /// The name of the ruleset: the sha256 of its content.
    #[getter]
    fn sha256(&self) -> &str {
        &self.normalizer.engine.ruleset.container.sha256
    }

    /// Bytes with the findings of `fixes` applied; the same object when nothing changes.
    fn repaired<'py>(&self, data: &Bound<'py, PyBytes>, fixes: &str) -> PyResult<Bound<'py, PyAny>> {
        let (py, fixes, source) = (data.py(), fixes_named(fixes)?, Source::Bytes(data.as_bytes()));
        match detached(py, source.len(), || changes(&self.normalizer, &source, fixes)) {
            Some(changes) => source.edited(py, &changes.edits, changes.is_odd),
            None => Ok(data.clone().into_any()),
        }
    }

    /// The findings of a piece of text that begins at an origin (code points and bytes before it, its line
    /// and column) of the file of this name.
    fn found<'py>(
        &self,
        data: &Bound<'py, PyBytes>,
        file: &Bound<'py, PyString>,
        origin: Four,
    ) -> PyResult<Bound<'py, PyList>> {
        let (py, bytes) = (data.py(), data.as_bytes());
        let found =
            detached(py, bytes.len(), || Found::of(&self.normalizer, &mut bytes.to_vec(), origin_of(origin)));
        located(py, file, found.map(|found| Lent::new(found, None)))
    }
}

/// Where bytes end that begin at an origin (code points and bytes before them, their line and column).
#[pyfunction]
pub fn origin_after(py: Python<'_>, data: &[u8], origin: Four) -> Four {
    let after = detached(py, data.len(), || origin_of(origin).after(&source::from_bytes(data), data.len()));
    (after.point, after.byte, after.line, after.column)
}

/// The best place to cut between two offsets of a buffer; 0 without one.
#[pyfunction]
pub fn end_of_block(buffer: &Bound<'_, PyByteArray>, first: usize, last: usize) -> usize {
    // SAFETY: nothing here lets go of the interpreter's lock or calls Python, so nobody changes the bytes.
    blocks::end_of_block(unsafe { buffer.as_bytes() }, first, last)
}

/// Whether a mark may stand in these bytes that switches findings off or on.
#[pyfunction]
pub fn has_mark(data: &[u8]) -> bool {
    blocks::has_mark(data)
}

/// Threads that look into files; what they saw is taken in the order in which the files were put.
#[pyclass(frozen, module = "normalize._native")]
pub struct Looks {
    pool: pool::Pool,
}

#[pymethods]
impl Looks {
    /// With at most so many threads; 0 means as many as there are processors.
    #[new]
    fn new(threads: usize) -> Looks {
        Looks { pool: pool::Pool::new(threads) }
    }

    /// Have files looked into.
    fn put(&self, judge: &Judge, paths: Vec<PathBuf>) {
        self.pool.put(&judge.normalizer, paths);
    }

    /// What the next file is (`text`, `binary`, `utf-16`), and what was found there, as that of the file of
    /// this name. An OSError if it cannot be read.
    fn take<'py>(
        &self,
        py: Python<'py>,
        file: &Bound<'py, PyString>,
    ) -> PyResult<(&'static str, Bound<'py, PyList>)> {
        loop {
            let look = match self.pool.take(Duration::ZERO) {
                None => py.detach(|| self.pool.take(PATIENCE)),
                look => look,
            };
            match look {
                Some(Ok(look)) => return Ok((look.kind.name(), located(py, file, look.found)?)),
                Some(Err(error)) if error.raw_os_error().is_none() => {
                    return Err(PyRuntimeError::new_err(format!("{file}: {error}")));
                }
                Some(Err(error)) => return Err(error.into()),
                None if self.pool.is_empty() => return Err(PyValueError::new_err("no file is left")),
                None => py.check_signals()?,
            }
        }
    }
}

/// A finding, as reports show it: the same as `normalize.reports.located.Located`.
#[pyclass(frozen, module = "normalize._native")]
pub struct Located {
    #[pyo3(get)]
    file: Py<PyString>,
    found: Arc<Lent>,
    number: usize,
}

#[pymethods]
impl Located {
    #[getter]
    fn ruleset(&self) -> &str {
        &self.found.normalizer.engine.ruleset.container.sha256
    }

    #[getter]
    pub fn rule(&self) -> &'static str {
        self.finding().rule.id()
    }

    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let finding = self.finding();
        decoded(py, self.found.bytes_of(self.number, finding.start..finding.end))
    }

    #[getter]
    fn replacement<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let replacement = self.finding().replacement.as_deref();
        replacement.map(|text| str_of(py, text, self.found.is_odd())).transpose()
    }

    #[getter]
    fn applicability(&self) -> &'static str {
        self.finding().applicability.name()
    }

    #[getter]
    fn message<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        str_of(py, &self.said(py), self.found.is_odd())
    }

    #[getter]
    fn place(&self) -> Option<&str> {
        Some(self.found.normalizer.engine.ruleset.place(self.finding().place?).id())
    }

    #[getter]
    fn start(&self) -> usize {
        self.placed().start
    }

    #[getter]
    fn end(&self) -> usize {
        self.placed().end
    }

    #[getter]
    fn start_byte(&self) -> usize {
        self.placed().start_byte
    }

    #[getter]
    fn end_byte(&self) -> usize {
        self.placed().end_byte
    }

    #[getter]
    fn line(&self) -> usize {
        self.placed().line
    }

    #[getter]
    fn column(&self) -> usize {
        self.placed().column
    }

    #[getter]
    fn end_line(&self) -> usize {
        self.placed().end_line
    }

    #[getter]
    fn end_column(&self) -> usize {
        self.placed().end_column
    }

    #[getter]
    pub fn is_safe(&self) -> bool {
        self.finding().is_safe()
    }

    #[getter]
    pub fn is_repairable(&self) -> bool {
        self.finding().replacement.is_some() && self.applicability() != "none"
    }

    #[getter]
    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let line = py.import("normalize.reports.located")?.getattr("Line")?;
        let lines = placed::lines(&self.found.text, self.finding());
        lines
            .into_iter()
            .map(|one| {
                let text = decoded(py, self.found.bytes_of(self.number, one.stretch))?;
                line.call1((text, one.start, one.end, one.offset, one.before, one.after))
            })
            .collect()
    }
}

impl Located {
    /// Where it begins in its file.
    pub fn line_and_column(&self) -> (usize, usize) {
        (self.placed().line, self.placed().column)
    }

    /// The message, and the repair where the message does not say it; none if they are not plain.
    pub fn plain_message(&self, py: Python<'_>) -> Option<(String, Option<&str>)> {
        let said = self.said(py);
        let repair = self.finding().replacement.as_deref().filter(|repair| !repair.is_empty());
        let repair = repair.filter(|repair| !said.contains(*repair));
        (is_plain(&said) && repair.is_none_or(is_plain)).then_some((said, repair))
    }

    fn said(&self, py: Python<'_>) -> String {
        let name = |char: char| Cow::Owned(name_of(py, char).unwrap_or_else(|_| "unnamed".to_owned()));
        self.found.normalizer.engine.message(&self.found.text, self.finding(), &name)
    }

    fn finding(&self) -> &Finding {
        &self.found.findings[self.number]
    }

    fn placed(&self) -> &Placed {
        &self.found.places[self.number]
    }
}

/// What was found in the file of this name, in order.
fn located<'py>(
    py: Python<'py>,
    file: &Bound<'py, PyString>,
    found: Option<Lent>,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    let Some(found) = found.map(Arc::new) else { return Ok(list) };
    for number in 0..found.findings.len() {
        let one = Located { file: file.clone().unbind(), found: found.clone(), number };
        list.append(Bound::new(py, one)?)?;
    }
    Ok(list)
}

fn origin_of((point, byte, line, column): Four) -> Origin {
    Origin { point, byte, line, column }
}

/// Bytes as Python decodes them with `surrogateescape`.
fn decoded<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let (data, length) = (bytes.as_ptr().cast(), bytes.len() as ffi::Py_ssize_t);
    // SAFETY: the bytes outlive the call, which makes a new `str`, or gives null and sets an error.
    unsafe {
        Bound::from_owned_ptr_or_err(py, ffi::PyUnicode_DecodeUTF8(data, length, c"surrogateescape".as_ptr()))
    }
}

/// The name of a character as Python's `unicodedata` has it.
fn name_of(py: Python<'_>, char: char) -> PyResult<String> {
    py.import("unicodedata")?.getattr("name")?.call1((char, "unnamed"))?.extract()
}
