//! Memory, descriptors and threads of a process over time, as the operating system sees them.

use std::{fmt, fs, time::Duration};

use crate::measure::status_kb;

/// `MemoryHigh` of `deploy/khung.service`: above it the system slows the server down.
const MOST_KB: u64 = 384 * 1024;

/// One look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    resident_kb: u64,
    peak_kb: u64,
    descriptors: usize,
    threads: usize,
}

impl Seen {
    pub(super) fn of(process: u32) -> Self {
        let count =
            |folder| fs::read_dir(format!("/proc/{process}/{folder}")).map_or(0, Iterator::count);
        Self {
            resident_kb: status_kb(process, "VmRSS"),
            peak_kb: status_kb(process, "VmHWM"),
            descriptors: count("fd"),
            threads: count("task"),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>4} MiB resident, {:>5} descriptors, {:>3} threads",
            self.resident_kb / 1024,
            self.descriptors,
            self.threads
        )
    }
}

/// All looks of one run.
#[derive(Debug, Default)]
pub(super) struct Resources(Vec<(Duration, Seen)>);

impl Resources {
    pub(super) fn add(&mut self, at: Duration, seen: Seen) {
        // A process that has ended has nothing resident.
        if seen.resident_kb > 0 {
            self.0.push((at, seen));
        }
    }

    pub(super) fn peak_kb(&self) -> u64 {
        self.0
            .iter()
            .map(|(_, seen)| seen.peak_kb)
            .max()
            .unwrap_or(0)
    }

    /// The median of one figure in one fifth of the run.
    fn median(&self, fifth: usize, figure: impl Fn(&Seen) -> u64) -> u64 {
        let length = self.0.len();
        let part = &self.0[length * fifth / 5..length * (fifth + 1) / 5];
        let mut figures: Vec<u64> = part.iter().map(|(_, seen)| figure(seen)).collect();
        figures.sort_unstable();
        figures.get(figures.len() / 2).copied().unwrap_or(0)
    }

    /// What grew. The first fifth is for warming up: caches, the threads of the pool, what the
    /// allocator keeps for each.
    pub(super) fn faults(&self, rest: Seen) -> Vec<String> {
        let mut faults = Vec::new();
        let (early, late) = (
            self.median(1, |seen| seen.resident_kb),
            self.median(4, |seen| seen.resident_kb),
        );
        if late > early + early / 10 {
            faults.push(format!("memory grew from {early} to {late} kB"));
        }
        let (early, late) = (self.descriptors(1), self.descriptors(4));
        if late > early + early / 5 + 50 {
            faults.push(format!("descriptors grew from {early} to {late}"));
        }
        if rest.descriptors > 64 {
            faults.push(format!(
                "{} descriptors left open at rest",
                rest.descriptors
            ));
        }
        if self.peak_kb() > MOST_KB {
            let peak = self.peak_kb();
            faults.push(format!("{peak} kB at the peak, more than {MOST_KB}"));
        }
        faults
    }

    fn descriptors(&self, fifth: usize) -> u64 {
        self.median(fifth, |seen| seen.descriptors as u64)
    }
}

impl fmt::Display for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("medians by fifths of the run:")?;
        for fifth in 0..5 {
            let resident = self.median(fifth, |seen| seen.resident_kb);
            write!(
                f,
                " {:.1} MiB/{}",
                f64::from(u32::try_from(resident).unwrap_or(u32::MAX)) / 1024.0,
                self.descriptors(fifth)
            )?;
        }
        f.write_str(" (memory/descriptors)")
    }
}
