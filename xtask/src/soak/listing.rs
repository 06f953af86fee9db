//! What came of every request, by who asked.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// What came of one request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// An answer with this status.
    Status(u16),
    /// The server closed, or the client did on purpose.
    Closed,
    /// What must not be.
    Fault(String),
}

#[derive(Debug, Default)]
struct Tally {
    outcomes: BTreeMap<Outcome, u64>,
    took: Vec<Duration>,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Listing(Mutex<BTreeMap<&'static str, Tally>>);

impl Listing {
    pub(super) fn add(&self, who: &'static str, outcome: Outcome, took: Option<Duration>) {
        let mut tallies = self.tallies();
        let tally = tallies.entry(who).or_default();
        *tally.outcomes.entry(outcome).or_default() += 1;
        tally.took.extend(took);
    }

    pub(super) fn faults(&self) -> Vec<String> {
        let tallies = self.tallies();
        let mut faults = Vec::new();
        for (who, tally) in tallies.iter() {
            for (outcome, count) in &tally.outcomes {
                if let Outcome::Fault(what) = outcome {
                    faults.push(format!("{who}: {what} ({count} times)"));
                }
            }
        }
        faults
    }

    fn tallies(&self) -> MutexGuard<'_, BTreeMap<&'static str, Tally>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (who, tally) in self.tallies().iter() {
            write!(f, "{who:<34}")?;
            for (outcome, count) in &tally.outcomes {
                match outcome {
                    Outcome::Status(status) => write!(f, " {status}: {count}")?,
                    Outcome::Closed => write!(f, " closed: {count}")?,
                    Outcome::Fault(what) => write!(f, " FAULT {what}: {count}")?,
                }
            }
            let mut took = tally.took.clone();
            took.sort_unstable();
            if let Some(last) = took.last() {
                let at = |share: usize| took[(took.len() - 1) * share / 100].as_millis();
                let last = last.as_millis();
                write!(
                    f,
                    "; p50 {} ms, p99 {} ms, longest {last} ms",
                    at(50),
                    at(99)
                )?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
