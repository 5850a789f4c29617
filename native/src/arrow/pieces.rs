//! The work: values in pieces, each rewritten by one of several threads, and merged in their order.
//!
//! A piece is small enough to stay in a processor's cache, and only a few are under way at a time: so memory
//! holds the input, the output and little beside.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use memchr::memchr_iter;

use super::values::Values;
use super::{ArrowError, Rewrite};

/// About how many bytes a piece has.
const PIECE: usize = 1 << 18;
/// How many values it has at most.
const PIECE_VALUES: usize = 1 << 14;
/// How many bytes are looked at together; a value that is longer is taken as it stands.
const BATCH: usize = 1 << 16;
/// How many pieces for each thread may wait for one before them.
const AHEAD: usize = 4;

/// Values after one another, with those that changed.
#[derive(Default)]
pub(super) struct Piece {
    pub values: Range<usize>,
    /// Which changed, in their order.
    pub changes: Vec<Change>,
    /// The new text of these, one after another.
    pub data: Vec<u8>,
}

/// A value that changed.
pub(super) struct Change {
    pub at: usize,
    /// Where its new text ends.
    pub end: usize,
}

/// Takes pieces in their order.
pub(super) trait Merge: Send {
    fn merge(&mut self, piece: &Piece) -> Result<(), ArrowError>;
}

/// Rewrites all values, on at most `threads` threads.
pub(super) fn run(
    values: &impl Values,
    rewrite: &impl Rewrite,
    threads: usize,
    merge: &mut impl Merge,
) -> Result<(), ArrowError> {
    let threads = if threads > 1 { threads.min(values.size().div_ceil(PIECE)) } else { 1 };
    if threads > 1 {
        return Parallel::run(values, rewrite, threads, merge);
    }
    let mut worker = Worker::default();
    let mut piece = Piece::default();
    while let Some(next) = after(values, piece.values.end) {
        piece.values = next;
        worker.work(values, rewrite, &mut piece)?;
        merge.merge(&piece)?;
    }
    Ok(())
}

/// The values of the piece that begins at `from`.
fn after(values: &impl Values, from: usize) -> Option<Range<usize>> {
    (from < values.len()).then(|| from..values.cut(from, PIECE).min(from + PIECE_VALUES))
}

/// What one thread needs.
#[derive(Default)]
struct Worker {
    joined: Vec<u8>,
    places: Vec<Change>,
    made: Vec<u8>,
}

impl Worker {
    /// Rewrites the values of a piece.
    fn work(
        &mut self,
        values: &impl Values,
        rewrite: &impl Rewrite,
        piece: &mut Piece,
    ) -> Result<(), ArrowError> {
        piece.changes.clear();
        piece.data.clear();
        let mut at = piece.values.start;
        while at < piece.values.end {
            self.joined.clear();
            self.places.clear();
            while at < piece.values.end && self.joined.len() < BATCH {
                let value = values.get(at)?.unwrap_or_default();
                if value.len() >= BATCH {
                    if !self.joined.is_empty() {
                        break; // those before it come first
                    }
                    one(at, text(value).map_err(|_| not_utf8(at))?, rewrite, piece);
                } else if !value.is_empty() {
                    self.joined.extend_from_slice(value);
                    self.joined.push(b'\n');
                    self.places.push(Change { at, end: self.joined.len() });
                }
                at += 1;
            }
            self.batch(rewrite, piece)?;
        }
        Ok(())
    }

    /// Rewrites the values that were joined. A line feed ends whatever a value begins, so they are valid text
    /// together only if each is.
    fn batch(&mut self, rewrite: &impl Rewrite, piece: &mut Piece) -> Result<(), ArrowError> {
        let joined = text(&self.joined).map_err(|valid| {
            let place = self.places.iter().find(|place| place.end > valid);
            not_utf8(place.map_or(0, |place| place.at))
        })?;
        self.made.clear();
        if rewrite.rewrite_lines(joined, &mut self.made) && lines(&self.made) == lines(&self.joined) {
            self.split(piece);
            return Ok(());
        }
        let mut places = self.places.iter();
        let mut from = 0;
        while let Some(found) = rewrite.next_change(joined, from) {
            let place = loop {
                match places.next() {
                    Some(place) if place.end <= found => from = place.end,
                    Some(place) => break place,
                    None => return Ok(()),
                }
            };
            one(place.at, &joined[from..place.end - 1], rewrite, piece);
            from = place.end;
        }
        Ok(())
    }

    /// Takes from what was made the values that changed. It has a line for each that was there.
    fn split(&self, piece: &mut Piece) {
        let mut places = self.places.iter().peekable();
        let (mut old, mut new) = (0, 0);
        for (before, end) in memchr_iter(b'\n', &self.joined).zip(memchr_iter(b'\n', &self.made)) {
            let Some(place) = places.next_if(|place| place.end == before + 1) else { continue };
            let value = &self.made[new..end];
            if *value != self.joined[old..before] {
                piece.data.extend_from_slice(value);
                piece.changes.push(Change { at: place.at, end: piece.data.len() });
            }
            (old, new) = (place.end, end + 1);
        }
    }
}

/// How many lines there are.
fn lines(bytes: &[u8]) -> usize {
    memchr_iter(b'\n', bytes).count()
}

/// Rewrites one value.
#[inline]
fn one(at: usize, value: &str, rewrite: &impl Rewrite, piece: &mut Piece) {
    let before = piece.data.len();
    if rewrite.rewrite(value, &mut piece.data) {
        piece.changes.push(Change { at, end: piece.data.len() });
    } else {
        piece.data.truncate(before);
    }
}

/// The bytes as text; or how many of them are.
fn text(bytes: &[u8]) -> Result<&str, usize> {
    simdutf8::basic::from_utf8(bytes)
        .map_err(|_| std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len))
}

/// A value is not what the format says.
pub(super) fn not_utf8(at: usize) -> ArrowError {
    ArrowError::Invalid(format!(
        "value {at} of the Arrow array is not valid UTF-8; cast the array to binary and decode it"
    ))
}

/// What the threads share.
struct State<'m, M> {
    /// Where the next piece begins.
    next: usize,
    /// Where the first piece begins that is not merged.
    merged: usize,
    /// Pieces under way, and those that wait for one before them, by their beginning.
    under_way: usize,
    waiting: BTreeMap<usize, Result<Piece, ArrowError>>,
    spare: Vec<Piece>,
    merge: &'m mut M,
    failed: Option<ArrowError>,
}

struct Parallel<'m, M> {
    state: Mutex<State<'m, M>>,
    moved: Condvar,
    most: usize,
}

impl<'m, M: Merge> Parallel<'m, M> {
    fn run(
        values: &impl Values,
        rewrite: &impl Rewrite,
        threads: usize,
        merge: &'m mut M,
    ) -> Result<(), ArrowError> {
        let state = State {
            next: 0,
            merged: 0,
            under_way: 0,
            waiting: BTreeMap::new(),
            spare: Vec::new(),
            merge,
            failed: None,
        };
        let shared = Parallel { state: Mutex::new(state), moved: Condvar::new(), most: AHEAD * threads };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                // without a further thread the work gets done as well
                let _ = std::thread::Builder::new().spawn_scoped(scope, || shared.work(values, rewrite));
            }
            shared.work(values, rewrite);
        });
        match shared.state.into_inner().unwrap_or_else(PoisonError::into_inner).failed {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// What each thread does.
    fn work(&self, values: &impl Values, rewrite: &impl Rewrite) {
        let _guard = Guard(self);
        let mut worker = Worker::default();
        while let Some(mut piece) = self.take(values) {
            let start = piece.values.start;
            let done = worker.work(values, rewrite, &mut piece);
            self.give(start, done.map(|()| piece));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<'m, M>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, values: &impl Values) -> Option<Piece> {
        let mut state = self.lock();
        while state.under_way >= self.most && state.failed.is_none() {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.failed.is_some() {
            return None;
        }
        let range = after(values, state.next)?;
        state.next = range.end;
        state.under_way += 1;
        let piece = state.spare.pop().unwrap_or_default();
        Some(Piece { values: range, ..piece })
    }

    /// Merges what now can be; an error counts when its turn comes, so that threads do not change which.
    fn give(&self, start: usize, done: Result<Piece, ArrowError>) {
        let mut state = self.lock();
        state.waiting.insert(start, done);
        let mut moved = false;
        while let State { failed: None, merged, .. } = *state
            && let Some(piece) = state.waiting.remove(&merged)
        {
            moved = true;
            state.under_way -= 1;
            match piece.and_then(|piece| state.merge.merge(&piece).map(|()| piece)) {
                Ok(piece) => {
                    state.merged = piece.values.end;
                    state.spare.push(piece);
                }
                Err(error) => state.failed = Some(error),
            }
        }
        if moved {
            self.moved.notify_all();
        }
    }

    fn fail(&self, error: ArrowError) {
        self.lock().failed.get_or_insert(error);
        self.moved.notify_all();
    }
}

/// Lets no thread wait for one that panicked; the panic itself goes on when the threads are joined.
struct Guard<'p, 'm, M: Merge>(&'p Parallel<'m, M>);

impl<M: Merge> Drop for Guard<'_, '_, M> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.fail(ArrowError::Invalid("a thread panicked".to_owned()));
        }
    }
}
