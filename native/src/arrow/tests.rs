use std::sync::Arc;

use super::abi::ArrowArray;
use super::array::Array;
use super::build::from_values;
use super::*;

/// Puts `to` in place of `from`, and looks first.
struct Replace {
    from: &'static str,
    to: &'static str,
    looks: bool,
}

/// The same with several values at once.
struct Together(Replace);

impl Rewrite for Together {
    fn rewrite(&self, value: &str, out: &mut Vec<u8>) -> bool {
        self.0.rewrite(value, out)
    }

    fn rewrite_lines(&self, joined: &str, out: &mut Vec<u8>) -> bool {
        self.0.rewrite(joined, out);
        true
    }
}

impl Rewrite for Replace {
    fn rewrite(&self, value: &str, out: &mut Vec<u8>) -> bool {
        out.extend_from_slice(value.replace(self.from, self.to).as_bytes());
        value.contains(self.from)
    }

    fn next_change(&self, joined: &str, from: usize) -> Option<usize> {
        let found = if self.looks { joined[from..].find(self.from) } else { Some(0) };
        found.map(|at| from + at).filter(|&at| at < joined.len())
    }
}

const LAYOUTS: [(Text, &str); 3] = [(Text::Small, "u"), (Text::Large, "U"), (Text::View, "vu")];

fn field(format: &str) -> Field {
    let format = std::ffi::CString::new(format).unwrap();
    let mut schema = abi::ArrowSchema::empty();
    schema.format = format.as_ptr();
    schema.release = Some(forget);
    // SAFETY: the schema is a whole one, and owns nothing.
    unsafe { Field::import(&schema) }.unwrap()
}

unsafe extern "C" fn forget(schema: *mut abi::ArrowSchema) {
    // SAFETY: the caller's schema is a valid one.
    unsafe { (*schema).release = None };
}

fn array(text: Text, values: &[Option<&str>]) -> Arc<Array> {
    let bytes: Vec<_> = values.iter().map(|value| value.map(str::as_bytes)).collect();
    Arc::new(from_values(text, &bytes).unwrap())
}

/// The values of an array after its way out and in through the interface.
fn values(field: &Field, array: &Arc<Array>) -> Vec<Option<String>> {
    // SAFETY: the array was just exported.
    let back = unsafe { Array::import(array.export()) }.unwrap();
    let mut values = Vec::new();
    each(field, &back, |value| {
        values.push(value.map(str::to_owned));
        Ok(())
    })
    .unwrap();
    values
}

/// Values short and long, empty and null, as they come.
fn many(count: usize) -> Vec<Option<String>> {
    let mut state = 1u32;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let pieces = ["a", "b", "ab", "\n", "é", "", "long enough", "д", "b\nb"];
    (0..count)
        .map(|_| (next(8) > 0).then(|| (0..next(9)).map(|_| pieces[next(9) as usize]).collect()))
        .collect()
}

fn sliced(array: &Array, from: usize, length: usize) -> Arc<Array> {
    Arc::new(Array { offset: array.offset + from, length, null_count: -1, ..array.shared() })
}

#[test]
fn values_are_rewritten_whatever_the_layout_the_slice_and_the_threads() {
    let all = many(60_000);
    let values_of: Vec<_> = all.iter().map(Option::as_deref).collect();
    for (text, format) in LAYOUTS {
        let (field, whole) = (field(format), array(text, &values_of));
        for (from, length) in [(0, 60_000), (0, 1), (13, 40_000), (59_999, 1), (5, 0)] {
            let slice = sliced(&whole, from, length);
            for (looks, threads) in [(true, 1), (false, 1), (true, 3), (false, 2)] {
                let replace = Replace { from: "b", to: "<beta>", looks };
                let new = rewritten(&field, &slice, &replace, threads, &mut Known::default()).unwrap();
                let wanted: Vec<_> = all[from..from + length]
                    .iter()
                    .map(|value| value.as_deref().map(|value| value.replace('b', "<beta>")))
                    .collect();
                assert!(values(&field, &new) == wanted, "{format} from {from}, {length} values");
            }
        }
    }
}

#[test]
fn values_may_be_rewritten_together() {
    let all = many(40_000);
    let values_of: Vec<_> = all.iter().map(Option::as_deref).collect();
    for (text, format) in LAYOUTS {
        let (field, whole) = (field(format), array(text, &values_of));
        // one that makes lines of its own is not believed
        for (from, to) in [("b", ""), ("a", "\n")] {
            let replace = Together(Replace { from, to, looks: false });
            let new = rewritten(&field, &whole, &replace, 2, &mut Known::default()).unwrap();
            let wanted = values_of.iter().map(|value| value.map(|value| value.replace(from, to)));
            assert!(values(&field, &new) == wanted.collect::<Vec<_>>());
        }
    }
}

#[test]
fn long_values_are_taken_as_they_stand() {
    let long = "ab ".repeat(50_000);
    let all = [Some("b"), Some(long.as_str()), None, Some("a"), Some(long.as_str())];
    for (text, format) in LAYOUTS {
        let (field, whole) = (field(format), array(text, &all));
        let new =
            rewritten(&field, &whole, &Replace { from: "b", to: "", looks: true }, 2, &mut Known::default())
                .unwrap();
        let wanted: Vec<_> = all.iter().map(|value| value.map(|value| value.replace('b', ""))).collect();
        assert_eq!(values(&field, &new), wanted);
    }
}

#[test]
fn what_does_not_change_is_the_same_array() {
    for (text, format) in LAYOUTS {
        let whole = array(text, &[Some("a"), None, Some("and a longer one")]);
        let none = Replace { from: "b", to: "c", looks: false };
        let new = rewritten(&field(format), &whole, &none, 1, &mut Known::default()).unwrap();
        assert!(Arc::ptr_eq(&new, &whole));
    }
}

#[test]
fn offsets_that_do_not_rise_are_an_error() {
    let offsets: [i32; 4] = [0, 2, 1, 3];
    let data = b"abc";
    let array = Array {
        length: 3,
        offset: 0,
        null_count: 0,
        buffers: vec![std::ptr::null(), offsets.as_ptr().cast(), data.as_ptr().cast()],
        dictionary: None,
        owners: Vec::new(),
    };
    let replace = Replace { from: "b", to: "c", looks: true };
    let done = rewritten(&field("u"), &Arc::new(array), &replace, 1, &mut Known::default());
    assert!(matches!(done, Err(ArrowError::Invalid(_))));
}

#[test]
fn the_first_value_that_is_not_utf8_is_told_whatever_the_threads() {
    let good = "good and long enough ".repeat(20);
    let mut bytes: Vec<Option<&[u8]>> = vec![Some(good.as_bytes()); 5000];
    bytes[4200] = Some(b"\xd0");
    bytes[4700] = Some(b"\xd0");
    for (text, format) in LAYOUTS {
        let whole = Arc::new(from_values(text, &bytes).unwrap());
        for threads in [1, 3] {
            let replace = Replace { from: "b", to: "c", looks: true };
            let done = rewritten(&field(format), &whole, &replace, threads, &mut Known::default());
            assert!(done.is_err_and(|error| error.to_string().starts_with("value 4200 ")));
        }
    }
}

#[test]
fn a_panic_does_not_leave_threads_waiting() {
    struct Panics;
    impl Rewrite for Panics {
        fn rewrite(&self, value: &str, _: &mut Vec<u8>) -> bool {
            assert!(!value.starts_with("bad"));
            false
        }
    }
    let good = "good and long enough ".repeat(20);
    let mut all = vec![Some(good.as_str()); 20_000];
    all[300] = Some("bad");
    let whole = array(Text::View, &all);
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        rewritten(&field("vu"), &whole, &Panics, 3, &mut Known::default()).map(|_| ())
    }));
    assert!(done.is_err());
}

#[test]
fn a_moved_structure_owns_nothing() {
    let whole = array(Text::Small, &[Some("a")]);
    let mut exported = whole.export();
    assert_eq!(Arc::strong_count(&whole), 2);
    let moved = exported.take();
    drop(exported);
    assert_eq!(Arc::strong_count(&whole), 2);
    drop(moved);
    assert_eq!(Arc::strong_count(&whole), 1);
    // SAFETY: an empty structure is what a consumer left behind.
    assert!(unsafe { Array::import(ArrowArray::empty()) }.is_err());
}

#[test]
fn a_stream_gives_what_went_into_it() {
    let chunks = vec![
        array(Text::Large, &[Some("a"), None]),
        array(Text::Large, &[]),
        array(Text::Large, &[Some("b")]),
    ];
    // SAFETY: the stream was just exported.
    let (field, back) = unsafe { stream::import(stream::export(field("U"), chunks)) }.unwrap();
    assert_eq!(field.type_name(), "large_string");
    assert_eq!(back.iter().map(Array::len).collect::<Vec<_>>(), [2, 0, 1]);
    let mut empty = abi::ArrowArrayStream::empty();
    // SAFETY: an empty stream is what a consumer left behind.
    assert!(unsafe { stream::import(empty.take()) }.is_err());
}

#[test]
fn a_producer_that_fails_is_quoted() {
    unsafe extern "C" fn fail(_: *mut abi::ArrowArrayStream, _: *mut ArrowArray) -> i32 {
        5
    }
    unsafe extern "C" fn why(_: *mut abi::ArrowArrayStream) -> *const std::ffi::c_char {
        c"the disk is full".as_ptr()
    }
    for (get_last_error, told) in
        [(Some(why as unsafe extern "C" fn(_) -> _), "the disk is full"), (None, "error 5")]
    {
        let mut producer = stream::export(field("u"), Vec::new());
        producer.get_next = Some(fail);
        producer.get_last_error = get_last_error;
        // SAFETY: the stream is whole.
        let done = unsafe { stream::import(producer) };
        assert!(done.is_err_and(|error| error.to_string().ends_with(told)));
    }
}
