//! Reading the files of vectors.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A row: the profile it stands under, and its cells.
pub struct Row {
    /// File and line, for messages.
    pub place: String,
    /// The id of the profile.
    pub profile: String,
    columns: Vec<String>,
    cells: Vec<String>,
}

impl Row {
    /// The cell of a column, as written. Panics where the file has no such column.
    pub fn cell(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|one| one == column);
        &self.cells[at.unwrap_or_else(|| panic!("{}: no column {column}", self.place))]
    }
}

/// The directory of the vectors.
pub fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}

/// The rows of every file of a folder, in the order of names.
pub fn rows_of_folder(folder: &str) -> Vec<Row> {
    let folder = directory().join(folder);
    let entries = folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    paths.sort();
    assert!(!paths.is_empty(), "{}: no vectors", folder.display());
    paths.iter().flat_map(|path| rows(path)).collect()
}

/// The rows of one file.
pub fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cells_of = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let (mut profile, mut columns, mut found) = ("uk-national".to_owned(), Vec::new(), Vec::new());
    for (number, line) in text.split('\n').enumerate() {
        if line.starts_with('#') {
            if let Some(told) = line.strip_prefix("# profile:") {
                profile = told.trim().to_owned();
            }
        } else if columns.is_empty() {
            columns = cells_of(line);
        } else if !line.is_empty() {
            let (place, cells) = (format!("{}:{}", path.display(), number + 1), cells_of(line));
            assert_eq!(cells.len(), columns.len(), "{place}: the number of cells");
            found.push(Row { place, profile: profile.clone(), columns: columns.clone(), cells });
        }
    }
    found
}

/// Code points as Python's `str` has them: a byte that is not UTF-8 is one from U+DC80 to U+DCFF.
pub type Points = Vec<u32>;

/// A cell with its escapes read.
pub fn unescape(cell: &str) -> Points {
    let mut found = Points::new();
    let mut rest = cell;
    while let Some(char) = rest.chars().next() {
        let mut taken = char.len_utf8();
        let mut code = u32::from(char);
        if let ('\\', Some(sign)) = (char, rest.chars().nth(1)) {
            let digits = |count: usize| {
                let digits = rest.get(2..2 + count)?;
                u32::from_str_radix(digits, 16).ok().map(|code| (2 + count, code))
            };
            let plain = match sign {
                'n' => Some('\n'),
                'r' => Some('\r'),
                't' => Some('\t'),
                '0' => Some('\0'),
                '\\' => Some('\\'),
                _ => None,
            };
            let read = match sign {
                'u' => digits(4),
                'U' => digits(8),
                'x' => digits(2).map(|(taken, byte)| (taken, 0xDC00 + byte)),
                _ => plain.map(|char| (2, u32::from(char))),
            };
            if let Some((length, meant)) = read {
                (taken, code) = (length, meant);
            }
        }
        found.push(code);
        rest = &rest[taken..];
    }
    found
}

/// The bytes that a text stands for.
pub fn bytes(points: &[u32]) -> Vec<u8> {
    let mut found = Vec::new();
    for &code in points {
        match char::from_u32(code) {
            Some(char) => found.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
            None => found.push(u8::try_from(code - 0xDC00).expect("only escaped bytes are no characters")),
        }
    }
    found
}

/// Fails with every message there is, rather than with the first.
pub fn report(failures: &[String], of: usize) {
    let mut told = String::new();
    for failure in failures {
        let _ = writeln!(told, "{failure}");
    }
    assert!(failures.is_empty(), "{} of {of} vectors fail:\n{told}", failures.len());
}
