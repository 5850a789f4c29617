//! The report of one line a finding, put together for all findings of a file at once.

use std::fmt::Write;

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::files::Located;

/// What stands before and after a painted part: codes of colours, or nothing.
type Paint<'a> = (&'a str, &'a str);

/// The lines of findings of one file, as `normalize.reports.concise.Concise.finding` writes them, with how
/// many findings are repaired safely and how many otherwise.
///
/// `file` is the name as it is shown, `at` goes around the place and `bad` around the rule, `mark` stands after the
/// rule of what is repaired. What not every terminal shows is put in words by `message`, a function of Python.
#[pyfunction]
pub fn concise_lines<'py>(
    found: &Bound<'py, PyList>,
    file: &str,
    at: Paint<'_>,
    bad: Paint<'_>,
    mark: &str,
    message: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyString>, usize, usize)> {
    let (mut lines, mut safe, mut unsafe_) = (String::with_capacity(160 * found.len()), 0, 0);
    for one in found.iter() {
        let located = one.cast::<Located>()?.get();
        let (line, column) = located.line_and_column();
        let is_safe = located.is_safe();
        safe += usize::from(is_safe);
        unsafe_ += usize::from(!is_safe && located.is_repairable());
        let mark = if is_safe { mark } else { "" };
        // writing to a String never fails
        let _ = write!(
            lines,
            "{file}{}:{line}:{column}:{} {}{}{}{mark} ",
            at.0,
            at.1,
            bad.0,
            located.rule(),
            bad.1
        );
        match located.plain_message(found.py()) {
            Some((said, repair)) => {
                lines.push_str(&said);
                if let Some(repair) = repair {
                    lines.push_str(" -> ");
                    lines.push_str(repair);
                }
            }
            None => lines.push_str(message.call1((one,))?.cast::<PyString>()?.to_str()?),
        }
        lines.push('\n');
    }
    Ok((PyString::new(found.py(), &lines), safe, unsafe_))
}

/// Whether all characters are shown as they are by every terminal.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|char| {
        matches!(char, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{400}'..='\u{482}'
            | '\u{48a}'..='\u{52f}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
    })
}
