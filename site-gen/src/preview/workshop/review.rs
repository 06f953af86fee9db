//! What needs the whole project: looked at when the editor pauses, beside the work.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::Workshop;
use crate::{
    library,
    preview::{stage::News, trial::Trials},
    translations::Stale,
};

/// Looks at the whole project on a thread of its own, once at a time.
#[derive(Debug, Default)]
pub(super) struct Review {
    running: Arc<AtomicBool>,
    trials: Arc<Trials>,
    /// What the last review found stale, until it is taken in.
    stale: Arc<Mutex<Option<Arc<Vec<Stale>>>>>,
}

impl Review {
    pub(super) fn is_running(&self) -> bool {
        self.running.load(Ordering::Acquire)
    }

    /// What a review has found stale since this was asked last.
    pub(super) fn found_stale(&self) -> Option<Arc<Vec<Stale>>> {
        let mut stale = self.stale.lock().unwrap_or_else(PoisonError::into_inner);
        stale.take()
    }
}

impl Workshop {
    /// Whether something changed since the last review. Half a rename is no state to be looked at: a rule
    /// would be there twice.
    pub(super) fn is_worth_a_review(&self) -> bool {
        self.unreviewed.anything && self.gone.is_empty()
    }

    /// Begins a review of the project as it is now, unless one is running; then the next pause will.
    pub(super) fn review(&mut self) {
        if self.review.running.swap(true, Ordering::AcqRel) {
            return;
        }
        self.unreviewed.anything = false;
        let rules = std::mem::take(&mut self.unreviewed.rules);
        let edited = self.unreviewed.edited.clone();
        let sources = self.sources.clone();
        let documents: Vec<_> = self.documents.values().cloned().collect();
        let stage = Arc::clone(&self.stage);
        let running = Running(Arc::clone(&self.review.running));
        let (trials, stale) = (
            Arc::clone(&self.review.trials),
            Arc::clone(&self.review.stale),
        );
        let (version, date) = (stage.shown().version, self.publication.date);
        thread::spawn(move || {
            let (library, across) = library::assemble_parsed(&sources, documents);
            if rules {
                let tried = trials.run(&library, &edited, date);
                stage.set_tried(tried);
            }
            // A newer edit is looked at by a review of its own.
            if stage.shown().version == version {
                stage.set_across(across);
                stage.set_stale(Arc::clone(&library.stale));
                let mut found = stale.lock().unwrap_or_else(PoisonError::into_inner);
                *found = Some(library.stale);
            }
            drop(running);
            stage.announce(News::faults(version, stage.problems()));
        });
    }
}

/// A review that runs; it has ended when this is dropped, however it ends.
struct Running(Arc<AtomicBool>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}
