//! Arrow arrays in from any Python library and out to any, by the PyCapsule interface.

use std::ffi::CStr;
use std::sync::Arc;

use pyo3::exceptions::{PyOverflowError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyIterator, PyList, PyTuple};

use crate::arrow::abi::{self, ArrowArrayStream, ArrowSchema};
use crate::arrow::{Array, ArrowError, Field, Known, Rewrite, Row, each, rewritten, stream};
use crate::normalizer::Normalizer;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

impl From<ArrowError> for PyErr {
    fn from(error: ArrowError) -> PyErr {
        match error {
            ArrowError::Type(message) => PyTypeError::new_err(message),
            ArrowError::Invalid(message) => PyValueError::new_err(message),
            ArrowError::Producer(_) => PyRuntimeError::new_err(error.to_string()),
            ArrowError::TooLong(_) => PyOverflowError::new_err(error.to_string()),
        }
    }
}

/// The values of `object` rewritten: an `ArrowArray` for an object with `__arrow_c_array__`, an
/// `ArrowChunkedArray` for one with `__arrow_c_stream__`. `threads` are at most so many; none means as many as
/// there are processors.
pub fn rewrite<'py>(
    object: &Bound<'py, PyAny>,
    rewrite: &impl Rewrite,
    threads: Option<usize>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let threads = threads.unwrap_or_else(processors);
    if object.hasattr("__arrow_c_array__")? {
        let (field, array) = import_array(object)?;
        let (field, mut arrays) = py.detach(|| all(field, vec![array], rewrite, threads))?;
        let array = arrays.remove(0);
        return Ok(Bound::new(py, ArrowArray { field, array })?.into_any());
    }
    if object.hasattr("__arrow_c_stream__")? {
        let (field, arrays) = import_stream(object)?;
        let (field, chunks) = py.detach(|| all(field, arrays, rewrite, threads))?;
        return Ok(Bound::new(py, ArrowChunkedArray { field, chunks })?.into_any());
    }
    Err(no_array(object)?)
}

/// All values of an array, or of chunks one after another, in which something is found. Threads as for `rewrite`.
pub fn found(
    object: &Bound<'_, PyAny>,
    normalizer: &Normalizer,
    threads: Option<usize>,
) -> PyResult<Vec<Row>> {
    let threads = threads.unwrap_or_else(processors);
    let (field, arrays) = if object.hasattr("__arrow_c_array__")? {
        let (field, array) = import_array(object)?;
        (field, vec![array])
    } else if object.hasattr("__arrow_c_stream__")? {
        import_stream(object)?
    } else {
        return Err(no_array(object)?);
    };
    let rows = object.py().detach(|| {
        let mut rows = Vec::new();
        let mut before = 0;
        for array in &arrays {
            let new = crate::arrow::found(&field, array, normalizer, threads)?;
            rows.extend(new.into_iter().map(|row| Row { at: before + row.at, ..row }));
            before += array.len();
        }
        Ok::<_, ArrowError>(rows)
    })?;
    Ok(rows)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn no_array(object: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    let name = object.get_type().fully_qualified_name()?;
    Ok(PyTypeError::new_err(format!(
        "expected an Arrow array (an object with __arrow_c_array__ or __arrow_c_stream__, such as a pyarrow array or a \
         polars or pandas series), not {name}; pyarrow.array(…) makes one, and normalize_batch takes lists"
    )))
}

type Arrays = Vec<Arc<Array>>;

/// All arrays rewritten, and their field then.
fn all(
    field: Field,
    arrays: Vec<Array>,
    rewrite: &impl Rewrite,
    threads: usize,
) -> Result<(Field, Arrays), ArrowError> {
    let arrays: Arrays = arrays.into_iter().map(Arc::new).collect();
    let mut known = Known::default();
    let new = arrays.iter().map(|array| rewritten(&field, array, rewrite, threads, &mut known));
    let new = new.collect::<Result<_, _>>()?;
    Ok((if known.changed() { field.with_new_dictionary() } else { field }, new))
}

fn import_array(object: &Bound<'_, PyAny>) -> PyResult<(Field, Array)> {
    let pair = object.call_method0("__arrow_c_array__")?;
    let pair = pair.cast::<PyTuple>()?;
    let (schema, array) = (pair.get_item(0)?, pair.get_item(1)?);
    let schema = schema.cast::<PyCapsule>()?.pointer_checked(Some(SCHEMA))?.cast::<ArrowSchema>();
    let array = array.cast::<PyCapsule>()?.pointer_checked(Some(ARRAY))?.cast::<abi::ArrowArray>();
    // SAFETY: capsules of these names hold these structures, which nobody else uses while they are read here.
    unsafe {
        let field = Field::import(schema.as_ref())?;
        field.data_type()?;
        Ok((field, Array::import((*array.as_ptr()).take())?))
    }
}

fn import_stream(object: &Bound<'_, PyAny>) -> PyResult<(Field, Vec<Array>)> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let stream = capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?.cast::<ArrowArrayStream>();
    // SAFETY: a capsule of this name holds this structure, which nobody else uses while it is taken.
    let taken = unsafe { (*stream.as_ptr()).take() };
    // SAFETY: it is from a producer of the interface.
    Ok(object.py().detach(|| unsafe { stream::import(taken) })?)
}

/// An array of text, which every library that knows the Arrow PyCapsule interface takes: `pyarrow.array(it)`,
/// `polars.Series(it)`, `pandas.Series.from_arrow(it)`.
#[pyclass(frozen, module = "normalize._native")]
pub struct ArrowArray {
    field: Field,
    array: Arc<Array>,
}

#[pymethods]
impl ArrowArray {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        PyCapsule::new_with_value(py, self.field.export(), SCHEMA)
    }

    /// The schema and the array; they are never cast to `requested_schema`.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        Ok((self.__arrow_c_schema__(py)?, PyCapsule::new_with_value(py, self.array.export(), ARRAY)?))
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        values(py, &self.field, std::slice::from_ref(&self.array))
    }

    fn __repr__(&self) -> String {
        format!("<ArrowArray: {} values, {}>", self.array.len(), self.field.type_name())
    }
}

/// Arrays of text in chunks, which every library that knows the Arrow PyCapsule interface takes:
/// `pyarrow.chunked_array(it)`, `polars.Series(it)`, `pandas.Series.from_arrow(it)`.
#[pyclass(frozen, module = "normalize._native")]
pub struct ArrowChunkedArray {
    field: Field,
    chunks: Arrays,
}

#[pymethods]
impl ArrowChunkedArray {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        PyCapsule::new_with_value(py, self.field.export(), SCHEMA)
    }

    /// The chunks; they are never cast to `requested_schema`.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        PyCapsule::new_with_value(py, stream::export(self.field.clone(), self.chunks.clone()), STREAM)
    }

    /// What `pyarrow.array` makes of it: a `pyarrow.ChunkedArray`.
    #[pyo3(signature = (r#type=None))]
    fn __arrow_array__<'py>(
        slf: &Bound<'py, Self>,
        r#type: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let array = slf.py().import("pyarrow")?.call_method1("chunked_array", (slf,))?;
        match r#type {
            Some(r#type) => array.call_method1("cast", (r#type,)),
            None => Ok(array),
        }
    }

    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        values(py, &self.field, &self.chunks)
    }

    fn __repr__(&self) -> String {
        let (values, chunks) = (self.__len__(), self.chunks.len());
        format!("<ArrowChunkedArray: {values} values in {chunks} chunks, {}>", self.field.type_name())
    }
}

/// The values as `str`, or None where they are null.
fn values<'py>(py: Python<'py>, field: &Field, arrays: &[Arc<Array>]) -> PyResult<Bound<'py, PyIterator>> {
    let list = PyList::empty(py);
    for array in arrays {
        let mut failed = Ok(());
        each(field, array, |value| {
            if failed.is_ok() {
                failed = list.append(value);
            }
            Ok(())
        })?;
        failed?;
    }
    list.try_iter()
}
