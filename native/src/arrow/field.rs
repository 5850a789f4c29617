//! Types: what text an array holds, and the schema that says so.

use std::ffi::{CStr, CString, c_char, c_void};

use super::ArrowError;
use super::abi::ArrowSchema;

/// polars tells the values of its `Enum` beside the dictionary, under keys that begin so.
const ENUM_VALUES: &[u8] = b"_PL_ENUM_VALUES";

/// How an array holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// `string`: offsets of four bytes.
    Small,
    /// `large_string`: offsets of eight bytes.
    Large,
    /// `string_view`: views of 16 bytes, into any number of buffers.
    View,
}

/// The types of column that can be rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The text itself.
    Text(Text),
    /// Indices, of so many bytes each, into a dictionary of text.
    #[allow(missing_docs)]
    Dictionary { index_width: usize, text: Text },
}

/// A schema, on its own feet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    format: CString,
    name: Option<CString>,
    metadata: Option<Vec<u8>>,
    flags: i64,
    dictionary: Option<Box<Field>>,
}

impl Field {
    /// A copy of a schema.
    ///
    /// # Safety
    /// `schema` is as the specification of the interface wants it.
    pub unsafe fn import(schema: &ArrowSchema) -> Result<Field, ArrowError> {
        if schema.release.is_none() || schema.format.is_null() {
            return Err(ArrowError::Invalid("the producer of the Arrow data gave no schema".to_owned()));
        }
        // SAFETY: strings of a schema end with a NUL; a dictionary is a schema itself.
        unsafe {
            Ok(Field {
                format: CStr::from_ptr(schema.format).to_owned(),
                name: (!schema.name.is_null()).then(|| CStr::from_ptr(schema.name).to_owned()),
                metadata: (!schema.metadata.is_null()).then(|| metadata(schema.metadata)),
                flags: schema.flags,
                dictionary: match schema.dictionary.as_ref() {
                    Some(dictionary) => Some(Box::new(Field::import(dictionary)?)),
                    None => None,
                },
            })
        }
    }

    /// The type; an error that says what to do where it is none of text.
    pub fn data_type(&self) -> Result<Type, ArrowError> {
        let format = self.format.to_bytes();
        let Some(values) = &self.dictionary else {
            return text_of(format).map(Type::Text).ok_or_else(|| ArrowError::Type(self.refusal()));
        };
        match (index_width(format), text_of(values.format.to_bytes())) {
            (Some(index_width), Some(text)) if values.dictionary.is_none() => {
                Ok(Type::Dictionary { index_width, text })
            }
            _ => Err(ArrowError::Type(self.refusal())),
        }
    }

    /// The name of the type, as pyarrow writes it where that is short.
    pub fn type_name(&self) -> String {
        let name = name_of(self.format.to_bytes());
        match &self.dictionary {
            Some(values) => format!("dictionary<values={}, indices={name}>", values.type_name()),
            None => name.to_owned(),
        }
    }

    /// The field of arrays whose dictionaries changed. A polars `Enum` comes back as a `Categorical`: its
    /// values are part of its type, and they are others now.
    pub fn with_new_dictionary(&self) -> Field {
        let metadata = self.metadata.as_deref().map(without_enum_values);
        Field { metadata, ..self.clone() }
    }

    /// The schema for a consumer, who owns it.
    pub fn export(&self) -> ArrowSchema {
        let dictionary = self.dictionary.as_ref().map(|field| Box::into_raw(Box::new(field.export())));
        let exported = Box::new(Exported { field: self.clone(), dictionary });
        let strings = &exported.field;
        ArrowSchema {
            format: strings.format.as_ptr(),
            name: strings.name.as_ref().map_or(std::ptr::null(), |name| name.as_ptr()),
            metadata: strings.metadata.as_ref().map_or(std::ptr::null(), |bytes| bytes.as_ptr().cast()),
            flags: self.flags,
            n_children: 0,
            children: std::ptr::null_mut(),
            dictionary: dictionary.unwrap_or(std::ptr::null_mut()),
            release: Some(release),
            private_data: Box::into_raw(exported).cast::<c_void>(),
        }
    }

    fn refusal(&self) -> String {
        let cure = match (&self.dictionary, self.format.to_bytes()) {
            (Some(_), _) => "decode or cast the dictionary to one of strings",
            (None, b"+s") => "a table or data frame is given column by column",
            (None, [b'+', ..]) => "give the strings inside, for example by flattening it",
            (None, _) => "cast it to a string type",
        };
        let name = self.type_name();
        format!(
            "expected an Arrow array of string, large_string, string_view or a dictionary of them, not {name}; {cure}"
        )
    }
}

/// What an exported schema owns.
struct Exported {
    field: Field,
    dictionary: Option<*mut ArrowSchema>,
}

unsafe extern "C" fn release(schema: *mut ArrowSchema) {
    // SAFETY: this is the `release` of `Field::export` alone, which made both boxes; it is called once.
    unsafe {
        let exported = Box::from_raw((*schema).private_data.cast::<Exported>());
        if let Some(dictionary) = exported.dictionary {
            drop(Box::from_raw(dictionary));
        }
        (*schema).release = None;
    }
}

/// The bytes of metadata: the number of pairs, and for each key and value a length and bytes.
unsafe fn metadata(bytes: *const c_char) -> Vec<u8> {
    let bytes = bytes.cast::<u8>();
    // SAFETY: the metadata holds as many lengths as its first number says, and as many bytes as these say.
    unsafe {
        let number = |at: usize| bytes.add(at).cast::<i32>().read_unaligned().max(0) as usize;
        let end = (0..2 * number(0)).fold(4, |at, _| at + 4 + number(at));
        std::slice::from_raw_parts(bytes, end).to_vec()
    }
}

fn without_enum_values(metadata: &[u8]) -> Vec<u8> {
    let length = |at: usize| {
        let bytes = metadata[at..at + 4].try_into().expect("four bytes");
        4 + i32::from_ne_bytes(bytes).max(0) as usize
    };
    let (mut kept, mut pairs, mut at) = (vec![0; 4], 0i32, 4);
    while at < metadata.len() {
        let value = at + length(at);
        let end = value + length(value);
        if !metadata[at + 4..value].starts_with(ENUM_VALUES) {
            kept.extend_from_slice(&metadata[at..end]);
            pairs += 1;
        }
        at = end;
    }
    kept[..4].copy_from_slice(&pairs.to_ne_bytes());
    kept
}

fn text_of(format: &[u8]) -> Option<Text> {
    match format {
        b"u" => Some(Text::Small),
        b"U" => Some(Text::Large),
        b"vu" => Some(Text::View),
        _ => None,
    }
}

fn index_width(format: &[u8]) -> Option<usize> {
    match format {
        b"c" | b"C" => Some(1),
        b"s" | b"S" => Some(2),
        b"i" | b"I" => Some(4),
        b"l" | b"L" => Some(8),
        _ => None,
    }
}

fn name_of(format: &[u8]) -> &str {
    match format {
        b"n" => "null",
        b"b" => "bool",
        b"c" => "int8",
        b"C" => "uint8",
        b"s" => "int16",
        b"S" => "uint16",
        b"i" => "int32",
        b"I" => "uint32",
        b"l" => "int64",
        b"L" => "uint64",
        b"e" => "halffloat",
        b"f" => "float",
        b"g" => "double",
        b"z" => "binary",
        b"Z" => "large_binary",
        b"vz" => "binary_view",
        b"u" => "string",
        b"U" => "large_string",
        b"vu" => "string_view",
        b"+s" => "struct",
        b"+m" => "map",
        b"+r" => "run_end_encoded",
        [b'+', b'l' | b'L' | b'w' | b'v', ..] => "list",
        [b'+', b'u', ..] => "union",
        [b'd', ..] => "decimal",
        [b'w', ..] => "fixed_size_binary",
        b"tdD" | b"tdm" => "date",
        [b't', b's', ..] => "timestamp",
        [b't', b't', ..] => "time",
        [b't', b'D', ..] => "duration",
        [b't', b'i', ..] => "interval",
        other => std::str::from_utf8(other).unwrap_or("an unknown type"),
    }
}
