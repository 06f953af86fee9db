//! The line before the workers: first come, first served, except that large ones wait for one worker.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// One validation, ready to be done by whichever thread is free.
pub(super) type Job = Box<dyn FnOnce() + Send>;

/// Those who wait.
#[derive(Default)]
pub(super) struct Line {
    waiting: Mutex<Waiting>,
    news: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<(Weight, Job)>,
    is_over: bool,
}

/// From so many bytes on a submission is judged by the one worker that takes large ones.
pub(super) const LARGE: usize = 256 * 1024;

/// What a validation may need of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Light,
    Heavy,
}

impl Weight {
    pub(super) const fn of(bytes: usize) -> Self {
        if bytes < LARGE {
            Self::Light
        } else {
            Self::Heavy
        }
    }
}

impl Line {
    pub(super) fn push(&self, weight: Weight, job: Job) {
        self.waiting().jobs.push_back((weight, job));
        // Whoever wakes may take a light one, but not a heavy one.
        match weight {
            Weight::Light => self.news.notify_one(),
            Weight::Heavy => self.news.notify_all(),
        }
    }

    /// What each thread does until the line is over; one of them takes the heavy ones too.
    pub(super) fn work_off(&self, takes_heavy: bool) {
        let is_for_me = |(weight, _): &(Weight, Job)| takes_heavy || *weight == Weight::Light;
        let mut waiting = self.waiting();
        loop {
            let next = waiting.jobs.iter().position(is_for_me);
            if let Some((_, job)) = next.and_then(|next| waiting.jobs.remove(next)) {
                drop(waiting);
                job();
                waiting = self.waiting();
            } else if waiting.is_over {
                return;
            } else {
                let woken = self.news.wait(waiting);
                waiting = woken.unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Lets the threads end when nobody waits any more.
    pub(super) fn end(&self) {
        self.waiting().is_over = true;
        self.news.notify_all();
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
