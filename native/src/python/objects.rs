//! The objects of `normalize.model` that findings and mentions become when they are asked for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Mutex;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple, PyType};

use super::strings::{Source, str_of};
use crate::engine::Mention;
use crate::engine::findings::{Applicability, Finding, RULES};
use crate::normalizer::Normalizer;
use crate::ruleset::Ruleset;
use crate::ruleset::reader::{NAME_KINDS, degrees_of};
use crate::text::source::Counter;

/// The classes of the public contract, and the places that were shown already.
pub struct Objects {
    finding: Record<8>,
    mention: Record<6>,
    place: Record<9>,
    edit: Record<3>,
    applicabilities: [Py<PyAny>; 3],
    rules: Vec<Py<PyString>>,
    kinds: Vec<Py<PyString>>,
    char_name: Py<PyAny>,
    places: Mutex<HashMap<u32, Py<PyAny>>>,
}

/// A frozen dataclass with slots.
struct Record<const N: usize> {
    class: Py<PyType>,
    fields: [Py<PyString>; N],
}

impl<const N: usize> Record<N> {
    fn of(module: &Bound<'_, PyModule>, name: &str) -> PyResult<Record<N>> {
        let class = module.getattr(name)?.cast_into::<PyType>()?;
        let fields: Vec<Py<PyString>> = class.getattr(intern!(module.py(), "__match_args__"))?.extract()?;
        let wrong = |_| PyTypeError::new_err(format!("{name} has other fields than the native engine knows"));
        Ok(Record { class: class.unbind(), fields: fields.try_into().map_err(wrong)? })
    }

    /// An object of the class, without its `__init__`: that would be most of what a finding costs.
    fn make<'py>(&self, py: Python<'py>, values: [Bound<'py, PyAny>; N]) -> PyResult<Bound<'py, PyAny>> {
        let class = self.class.bind(py).as_type_ptr();
        // SAFETY: a class with slots is a heap type, and this is what `object.__new__` does for it.
        let made = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(class, 0))? };
        for (field, value) in self.fields.iter().zip(values) {
            // SAFETY: all three are objects; the function sets a slot as `object.__setattr__` does.
            let set = unsafe { ffi::PyObject_GenericSetAttr(made.as_ptr(), field.as_ptr(), value.as_ptr()) };
            if set != 0 {
                return Err(PyErr::fetch(py));
            }
        }
        Ok(made)
    }
}

impl Objects {
    /// Look the classes up.
    pub fn new(py: Python<'_>) -> PyResult<Objects> {
        let model = py.import("normalize.model")?;
        let levels = model.getattr("Applicability")?;
        let level = |one: Applicability| levels.call1((one.name(),)).map(Bound::unbind);
        let interned = |name: &str| PyString::intern(py, name).unbind();
        Ok(Objects {
            finding: Record::of(&model, "Finding")?,
            mention: Record::of(&model, "Mention")?,
            place: Record::of(&model, "Place")?,
            edit: Record::of(&py.import("normalize.offsets")?, "Edit")?,
            applicabilities: [
                level(Applicability::Safe)?,
                level(Applicability::Unsafe)?,
                level(Applicability::None)?,
            ],
            rules: RULES.iter().map(|rule| interned(rule.id())).collect(),
            kinds: NAME_KINDS.iter().map(|&kind| interned(kind)).collect(),
            char_name: py.import("unicodedata")?.getattr("name")?.unbind(),
            places: Mutex::default(),
        })
    }

    /// Findings as a list of `Finding`.
    pub fn findings<'py>(
        &self,
        py: Python<'py>,
        normalizer: &Normalizer,
        shown: &Shown<'_, 'py>,
        findings: &[Finding],
    ) -> PyResult<Bound<'py, PyList>> {
        let namer = |char: char| self.name_of(py, char);
        let mut spans = shown.spans();
        let list = PyList::empty(py);
        for one in findings {
            let (start, end, text) = spans.next(one.start, one.end)?;
            let message = normalizer.engine.message(shown.text, one, &namer);
            let replacement = match &one.replacement {
                Some(replacement) => str_of(py, replacement, shown.is_odd)?,
                None => py.None().into_bound(py),
            };
            let place = match one.place {
                Some(row) => self.place(py, &normalizer.engine.ruleset, row)?,
                None => py.None().into_bound(py),
            };
            list.append(self.finding.make(
                py,
                [
                    self.rules[one.rule as usize].bind(py).clone().into_any(),
                    start,
                    end,
                    text,
                    replacement,
                    self.applicabilities[one.applicability as usize].bind(py).clone(),
                    str_of(py, &message, shown.is_odd)?,
                    place,
                ],
            )?)?;
        }
        Ok(list)
    }

    /// Findings' replacements as a list of `Edit`.
    pub fn edits<'py, 'f>(
        &self,
        py: Python<'py>,
        shown: &Shown<'_, 'py>,
        findings: impl Iterator<Item = &'f Finding>,
    ) -> PyResult<Bound<'py, PyList>> {
        let mut counter = Counter::new(shown.text);
        let list = PyList::empty(py);
        for one in findings {
            let start = counter.code_points(one.start).into_pyobject(py)?.into_any();
            let end = counter.code_points(one.end).into_pyobject(py)?.into_any();
            let replacement = str_of(py, one.replacement.as_deref().unwrap_or(""), shown.is_odd)?;
            list.append(self.edit.make(py, [start, end, replacement])?)?;
        }
        Ok(list)
    }

    /// Mentions as a list of `Mention`.
    pub fn mentions<'py>(
        &self,
        py: Python<'py>,
        ruleset: &Ruleset,
        shown: &Shown<'_, 'py>,
        mentions: &[Mention],
    ) -> PyResult<Bound<'py, PyList>> {
        let mut spans = shown.spans();
        let list = PyList::empty(py);
        for one in mentions {
            let (start, end, text) = spans.next(one.start, one.end)?;
            let place = match one.place {
                Some(row) => self.place(py, ruleset, row)?,
                None => py.None().into_bound(py),
            };
            let candidates = one.candidates.iter().map(|&row| self.place(py, ruleset, row));
            let candidates = PyTuple::new(py, candidates.collect::<PyResult<Vec<_>>>()?)?;
            let kind = self.kinds[one.kind as usize].bind(py).clone();
            let fields = [start, end, text, kind.into_any(), place, candidates.into_any()];
            list.append(self.mention.make(py, fields)?)?;
        }
        Ok(list)
    }

    /// The place of a row, made once.
    pub fn place<'py>(&self, py: Python<'py>, ruleset: &Ruleset, row: u32) -> PyResult<Bound<'py, PyAny>> {
        // The lock is never held while Python code may run: another thread could wait for it with the GIL.
        let known = |places: &HashMap<u32, Py<PyAny>>| places.get(&row).map(|place| place.clone_ref(py));
        if let Some(place) = self.places.lock().ok().and_then(|places| known(&places)) {
            return Ok(place.into_bound(py));
        }
        let entry = ruleset.place(row);
        let native = PyDict::new(py);
        for (language, name) in [(entry.language(), entry.native()), ("uk", entry.uk()), ("ru", entry.ru())] {
            if !name.is_empty() {
                native.set_item(language, name)?;
            }
        }
        let text = |value: &str| PyString::new(py, value).into_any();
        let part_of = match entry.part_of() {
            "" => py.None().into_bound(py),
            id => text(id),
        };
        let made = self.place.make(
            py,
            [
                text(entry.id()),
                text(entry.name()),
                text(entry.kind()),
                text(entry.country()),
                native.into_any(),
                PyTuple::new(py, entry.ids())?.into_any(),
                part_of,
                degrees_of(entry.latitude()).into_pyobject(py)?,
                degrees_of(entry.longitude()).into_pyobject(py)?,
            ],
        )?;
        if let Ok(mut places) = self.places.lock() {
            places.insert(row, made.clone().unbind());
        }
        Ok(made)
    }

    /// The name of a character as Python's `unicodedata` has it.
    fn name_of(&self, py: Python<'_>, char: char) -> Cow<'static, str> {
        let name = self.char_name.call1(py, (char, "unnamed")).and_then(|name| name.extract::<String>(py));
        name.map_or(Cow::Borrowed("unnamed"), Cow::Owned)
    }
}

/// A text whose parts are shown: the object it came in as, and how the engine reads it.
pub struct Shown<'s, 'py> {
    pub object: &'s Bound<'py, PyAny>,
    pub source: &'s Source<'s>,
    pub text: &'s str,
    pub is_odd: bool,
}

impl<'s, 'py> Shown<'s, 'py> {
    /// The text of an object as the engine reads it.
    pub fn new(object: &'s Bound<'py, PyAny>, source: &'s Source<'s>, text: &'s str) -> Self {
        Shown { object, source, text, is_odd: source.is_odd(text) }
    }

    fn spans(&self) -> Spans<'_, 's, 'py> {
        let units = matches!(self.source, Source::Bytes(_)).then(|| self.source.places(self.text));
        Spans { shown: self, counter: Counter::new(self.text), units }
    }
}

/// Goes along a text from span to span.
struct Spans<'a, 's, 'py> {
    shown: &'a Shown<'s, 'py>,
    counter: Counter<'a>,
    /// In bytes: where an offset of the text stands in them.
    units: Option<Box<dyn FnMut(usize) -> usize + 'a>>,
}

impl<'py> Spans<'_, '_, 'py> {
    /// Where a span begins and ends in code points, and what stands there.
    #[allow(clippy::type_complexity)]
    fn next(
        &mut self,
        start: usize,
        end: usize,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let object = self.shown.object;
        let py = object.py();
        let points = (self.counter.code_points(start), self.counter.code_points(end));
        // SAFETY: the pointers are those of a living `str`, or of bytes that hold the span; both functions
        // make a new object or give null and set an error.
        let text = unsafe {
            let made = match (&mut self.units, self.shown.source) {
                (Some(unit), Source::Bytes(bytes)) => {
                    let stretch = &bytes[unit(start)..unit(end)];
                    let (at, length) = (stretch.as_ptr().cast(), stretch.len() as ffi::Py_ssize_t);
                    ffi::PyUnicode_DecodeUTF8(at, length, c"surrogateescape".as_ptr())
                }
                _ => ffi::PyUnicode_Substring(object.as_ptr(), points.0 as _, points.1 as _),
            };
            Bound::from_owned_ptr_or_err(py, made)?
        };
        Ok((points.0.into_pyobject(py)?.into_any(), points.1.into_pyobject(py)?.into_any(), text))
    }
}
