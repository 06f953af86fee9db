//! How long a program takes and how much memory it peaks at, as the operating system sees it.

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// One run of a program.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) wall: Duration,
    /// Peak resident memory in kB; the highest value seen, asked every 2 ms.
    pub(crate) peak_kb: u64,
}

/// Runs a program once, silently.
pub(crate) fn once(command: &mut Command) -> Result<Measured> {
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let mut peak_kb = 0;
    let status = loop {
        peak_kb = peak_kb.max(status_kb(child.id(), "VmHWM"));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let wall = start.elapsed();
    if !status.success() {
        bail!("{} failed: {status}", command.get_program().display());
    }
    Ok(Measured { wall, peak_kb })
}

/// Runs it so many times after a preparation and takes the median time and the highest peak.
pub(crate) fn median(
    runs: usize,
    mut prepare: impl FnMut() -> Result<()>,
    mut command: impl FnMut() -> Command,
) -> Result<Measured> {
    let mut measured = Vec::with_capacity(runs);
    for _ in 0..runs {
        prepare()?;
        measured.push(once(&mut command())?);
    }
    measured.sort_by_key(|run| run.wall);
    Ok(Measured {
        wall: measured[runs / 2].wall,
        peak_kb: measured
            .iter()
            .map(|run| run.peak_kb)
            .max()
            .unwrap_or_default(),
    })
}

/// A figure in kB of the status of a process: `VmRSS` now, `VmHWM` at the most; 0 once it has ended.
pub(crate) fn status_kb(process: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// The processor time a process has used, in milliseconds.
pub(crate) fn processor_ms(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold anything; user and system time are the 12th and 13th after it, in
    // hundredths of a second.
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let time = |at| {
        fields
            .split(' ')
            .nth(at)
            .and_then(|text| text.parse::<u64>().ok())
    };
    (time(11).unwrap_or(0) + time(12).unwrap_or(0)) * 10
}

/// A row of a printed table.
pub(crate) fn row(name: &str, measured: Measured) -> String {
    let seconds = measured.wall.as_secs_f64();
    let mib = measured.peak_kb / 1024;
    format!("{name:<44} {seconds:>9.3} s {mib:>7} MiB")
}
