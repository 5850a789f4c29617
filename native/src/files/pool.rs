//! Many files looked into at once, by threads that take one after the other; results come in order.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Kind, Look, Spent, look};
use crate::normalizer::Normalizer;

/// Threads wait while texts of so many bytes, in which something was found, have not been taken.
const HELD: usize = 16 << 20;

/// Who waits for results is woken when so many are there, …
const BUNCH: usize = 8;
/// … or after this: waking up takes as long as looking into some hundred bytes.
const PAUSE: Duration = Duration::from_millis(5);

/// Threads that look into files. They are started when there is work for them, and end with the pool.
pub struct Pool {
    shared: Arc<Shared>,
    threads: usize,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Told when there is work, or room for more.
    work: Condvar,
    /// Told when the result is there that is taken next.
    done: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    /// The results that are to be taken, from number `taken` on; None while they are worked on.
    results: VecDeque<Option<io::Result<Look>>>,
    taken: usize,
    held: usize,
    started: usize,
    /// Whether somebody waits for results.
    is_awaited: bool,
    is_over: bool,
}

struct Job {
    number: usize,
    path: PathBuf,
    normalizer: Arc<Normalizer>,
}

impl Pool {
    /// A pool of at most so many threads; 0 means as many as there are processors for this process.
    pub fn new(threads: usize) -> Pool {
        let threads = match threads {
            0 => thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        Pool { shared: Arc::default(), threads }
    }

    /// Have files looked into.
    pub fn put(&self, normalizer: &Arc<Normalizer>, paths: Vec<PathBuf>) {
        let mut state = self.shared.lock();
        for path in paths {
            let number = state.taken + state.results.len();
            state.results.push_back(None);
            state.jobs.push_back(Job { number, path, normalizer: normalizer.clone() });
        }
        while state.started < self.threads.min(state.jobs.len()) {
            state.started += 1;
            let shared = self.shared.clone();
            if thread::Builder::new().spawn(move || shared.work_on()).is_err() {
                state.started -= 1;
                break;
            }
        }
        drop(state);
        self.shared.work.notify_all();
    }

    /// The next result, in the order in which files were put; None if it is not there in time, or if no
    /// file is left.
    pub fn take(&self, patience: Duration) -> Option<io::Result<Look>> {
        let deadline = Instant::now() + patience;
        let mut state = self.shared.lock();
        loop {
            match state.results.front() {
                None => return None,
                Some(Some(_)) => {
                    let result = state.results.pop_front().flatten();
                    state.taken += 1;
                    let was_full = state.held > HELD;
                    state.held -= size(&result);
                    if was_full {
                        self.shared.work.notify_all();
                    }
                    return result;
                }
                Some(None) if state.started == 0 => {
                    drop(state);
                    self.shared.work_once(); // no thread could be started
                    state = self.shared.lock();
                }
                Some(None) => {
                    let left = deadline.checked_duration_since(Instant::now())?;
                    state.is_awaited = true;
                    let waited = self.shared.done.wait_timeout(state, left.min(PAUSE));
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                    state.is_awaited = false;
                }
            }
        }
    }

    /// Whether every file that was put has been taken.
    pub fn is_empty(&self) -> bool {
        self.shared.lock().results.is_empty()
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.lock().is_over = true;
        self.shared.work.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work_on(&self) {
        let (mut buffer, spent) = (Vec::new(), Arc::default());
        let mut state = self.lock();
        while !state.is_over {
            // The file that is asked for next is always looked into, however much is held.
            let is_free = |job: &Job| state.held <= HELD || job.number == state.taken;
            if state.jobs.front().is_some_and(is_free) {
                state = self.work(state, &mut buffer, &spent);
            } else {
                state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn work_once(&self) {
        drop(self.work(self.lock(), &mut Vec::new(), &Arc::default()));
    }

    fn work<'s>(
        &'s self,
        mut state: MutexGuard<'s, State>,
        buffer: &mut Vec<u8>,
        spent: &Arc<Spent>,
    ) -> MutexGuard<'s, State> {
        let Some(job) = state.jobs.pop_front() else { return state };
        drop(state);
        // A file in which the engine fails must not keep its reader waiting for ever.
        let looked = catch_unwind(AssertUnwindSafe(|| look(&job.normalizer, &job.path, buffer, spent)));
        let result = Some(looked.unwrap_or_else(|_| Err(io::Error::other("the engine failed"))));
        let mut state = self.lock();
        state.held += size(&result);
        let place = job.number - state.taken;
        state.results[place] = result;
        let is_there = |count: usize| state.results.iter().take(count).all(Option::is_some);
        let is_enough = is_there(BUNCH) || state.jobs.is_empty() || state.held > HELD;
        if state.is_awaited && is_enough && is_there(1) {
            self.done.notify_one();
        }
        state
    }
}

fn size(result: &Option<io::Result<Look>>) -> usize {
    match result {
        Some(Ok(Look { kind: Kind::Text, found: Some(found) })) => found.size(),
        _ => 0,
    }
}
