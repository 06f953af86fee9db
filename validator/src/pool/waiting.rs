//! Work that has not begun, held by whoever waits for it.

use std::sync::{Arc, Mutex, PoisonError};

use super::line::Job;

/// Work that waits for its turn and is given up with whoever waits for it.
pub(super) struct Waiting(Arc<Mutex<Option<Job>>>);

impl Waiting {
    pub(super) fn new(work: impl FnOnce() + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(work)))))
    }

    /// Does the work, unless it was given up.
    pub(super) fn begin(&self) -> Job {
        let work = Arc::clone(&self.0);
        Box::new(move || {
            // Not within the lock: it may take long.
            let work = taken(&work);
            if let Some(work) = work {
                work();
            }
        })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        drop(taken(&self.0));
    }
}

fn taken(work: &Mutex<Option<Job>>) -> Option<Job> {
    work.lock().unwrap_or_else(PoisonError::into_inner).take()
}
