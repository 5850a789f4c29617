//! The bytes of a ruleset: named sections of little-endian u32 columns and one pool of strings.
//!
//! The format is that of `normalize/ruleset/container.py`, whose head describes it. Nothing is parsed or
//! copied until it is asked for; an index that points outside the file reads as 0 or as the empty string,
//! so a damaged file can give wrong answers but no crash.

use std::collections::HashMap;
use std::fs::File;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

use crate::errors::RulesetError;

const MAGIC: &[u8; 8] = b"NZRULES\0";
const VERSION: u32 = 1;
const HEADER: usize = 56;
const ENTRY: usize = 40;

enum Data {
    Mapped(Mmap),
    Owned(Vec<u8>),
}

impl Deref for Data {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Data::Mapped(map) => map,
            Data::Owned(bytes) => bytes,
        }
    }
}

/// Where a section stands: rows times columns of u32, from a byte offset on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Section {
    offset: usize,
    columns: usize,
    rows: usize,
}

impl Section {
    /// How many rows the section has.
    #[inline]
    pub fn rows(self) -> usize {
        self.rows
    }

    /// How many columns a row has.
    #[inline]
    pub fn columns(self) -> usize {
        self.columns
    }
}

/// A ruleset opened for reading.
pub struct Container {
    data: Data,
    sections: HashMap<String, Section>,
    text: usize,
    offsets: Section,
    lists: Section,
    /// The sha256 of the content, in hexadecimal digits: the name of the ruleset.
    pub sha256: String,
    /// Where the bytes come from, for messages.
    pub origin: String,
}

impl Container {
    /// Map a file into memory.
    pub fn open(path: &Path) -> Result<Container, RulesetError> {
        let origin = path.display().to_string();
        let failed =
            |reason: &str| RulesetError(format!("{origin}: cannot be opened ({reason}); build it again"));
        let file = File::open(path).map_err(|error| failed(&error.to_string()))?;
        if file.metadata().is_ok_and(|data| data.len() == 0) {
            return Err(failed("it is empty"));
        }
        // SAFETY: rulesets are replaced by renaming a new file over the old one and never written in place,
        // so the mapped bytes do not change while they are mapped.
        let map = unsafe { Mmap::map(&file) }.map_err(|error| failed(&error.to_string()))?;
        Container::read(Data::Mapped(map), origin)
    }

    /// The same from bytes in memory; `origin` names them in messages.
    pub fn from_bytes(bytes: Vec<u8>, origin: &str) -> Result<Container, RulesetError> {
        Container::read(Data::Owned(bytes), origin.to_owned())
    }

    fn read(data: Data, origin: String) -> Result<Container, RulesetError> {
        let wrong = |what: String| Err(RulesetError(format!("{origin}: {what}")));
        if data.len() < HEADER {
            return wrong("is too short to be a ruleset; build it again".into());
        }
        if &data[..8] != MAGIC {
            return wrong("is not a ruleset; build it with `normalize tables build`".into());
        }
        let version = word(&data, 8);
        if version != VERSION {
            return wrong(format!(
                "has format version {version}, this release reads {VERSION}; build it again"
            ));
        }
        let count = word(&data, 12) as usize;
        let length = long(&data, 16);
        if length != data.len() as u64 {
            return wrong(format!("has {} bytes of {length}; it was cut short, build it again", data.len()));
        }
        let sha256 = data[24..HEADER].iter().map(|byte| format!("{byte:02x}")).collect();
        let mut sections = HashMap::with_capacity(count);
        for index in 0..count {
            let at = HEADER + index * ENTRY;
            let Some(entry) = data.get(at..at + ENTRY) else {
                return wrong("has a directory that runs past the end; build it again".into());
            };
            let name: Vec<u8> = entry[..20].iter().copied().take_while(|&byte| byte != 0).collect();
            let name = String::from_utf8_lossy(&name).into_owned();
            let (columns, rows, offset) = (word(entry, 20) as u64, long(entry, 24), long(entry, 32));
            let bytes = rows.checked_mul(if columns == 0 { 1 } else { 4 * columns });
            if bytes.and_then(|bytes| bytes.checked_add(offset)).is_none_or(|end| end > length) {
                return wrong(format!("section {name:?} runs past the end; build it again"));
            }
            let section = Section { offset: offset as usize, columns: columns as usize, rows: rows as usize };
            sections.insert(name, section);
        }
        let mut container = Container {
            data,
            sections,
            text: 0,
            offsets: Section::default(),
            lists: Section::default(),
            sha256,
            origin,
        };
        container.text = container.section("text")?.offset;
        container.offsets = container.section("text.offsets")?;
        container.lists = container.section("lists")?;
        Ok(container)
    }

    /// The section of a name; an error if the ruleset has none.
    pub fn section(&self, name: &str) -> Result<Section, RulesetError> {
        self.sections
            .get(name)
            .copied()
            .ok_or_else(|| RulesetError(format!("{}: has no section {name:?}; build it again", self.origin)))
    }

    /// Number `index` of a section, counted over its rows and columns.
    #[inline]
    pub fn number(&self, section: Section, index: usize) -> u32 {
        match self.data.get(section.offset + 4 * index..section.offset + 4 * index + 4) {
            Some(bytes) => u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            None => 0,
        }
    }

    /// All numbers of a section as bytes, in place.
    pub fn bytes(&self, section: Section) -> &[u8] {
        let length = section.rows * 4 * section.columns.max(1);
        self.data.get(section.offset..section.offset + length).unwrap_or(&[])
    }

    /// The cell of a row and column.
    #[inline]
    pub fn cell(&self, section: Section, row: usize, column: usize) -> u32 {
        self.number(section, row * section.columns + column)
    }

    /// A string of the pool as bytes; empty for an unknown index.
    #[inline]
    pub fn raw_string(&self, index: u32) -> &[u8] {
        let start = self.number(self.offsets, index as usize) as usize;
        let end = self.number(self.offsets, index as usize + 1) as usize;
        self.data.get(self.text + start..self.text + end).unwrap_or(&[])
    }

    /// A string of the pool; empty where it is not valid.
    #[inline]
    pub fn string(&self, index: u32) -> &str {
        std::str::from_utf8(self.raw_string(index)).unwrap_or("")
    }

    /// The numbers of a list.
    #[inline]
    pub fn list(&self, index: u32) -> impl ExactSizeIterator<Item = u32> + Clone + '_ {
        let count = self.number(self.lists, index as usize) as usize;
        let start = self.lists.offset + 4 * (index as usize + 1);
        let bytes = self.data.get(start..start + 4 * count).unwrap_or(&[]);
        bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
    }

    /// The strings of a list.
    pub fn strings(&self, index: u32) -> impl ExactSizeIterator<Item = &str> + Clone + '_ {
        self.list(index).map(|string| self.string(string))
    }
}

fn word(data: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]])
}

fn long(data: &[u8], at: usize) -> u64 {
    u64::from(word(data, at)) | u64::from(word(data, at + 4)) << 32
}
