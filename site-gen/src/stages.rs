//! Where the time of a build goes.

use std::time::{Duration, Instant};

/// A stop-watch for the stages of a build.
pub(crate) struct Stages {
    last: Instant,
    pub(crate) laps: Vec<(&'static str, Duration)>,
}

impl Default for Stages {
    fn default() -> Self {
        Self {
            last: Instant::now(),
            laps: Vec::new(),
        }
    }
}

impl Stages {
    pub(crate) fn lap(&mut self, stage: &'static str) {
        self.laps.push((stage, self.last.elapsed()));
        self.last = Instant::now();
    }
}
