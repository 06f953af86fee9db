//! How long a whole judgement takes, bytes to report, and each stage of it: what `cargo xtask bench
//! check` puts beside ajv. Prints one line of JSON with medians in milliseconds.
//!
//! `cargo run --release -p rulebook --example stages -- FILE [ROUNDS]`

#![allow(clippy::print_stdout, reason = "it prints its figures")]

#[path = "../tests/judging/support/mod.rs"]
mod support;

use std::{
    fs,
    time::{Duration, Instant},
};

use intake::{Hints, Limits};
use rulebook::{Options, Rulebook};
use serde_json::json;

/// Rounds before the clock counts.
const WARM_UP: usize = 5;

/// How long the stages of one judgement took.
struct Round {
    read: Duration,
    judge: Duration,
    write: Duration,
    findings: usize,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("usage: stages FILE [ROUNDS]");
    let rounds = arguments
        .next()
        .map_or(30, |text| text.parse().expect("a number"));
    let bytes = fs::read(&file).expect("a readable file");
    let start = Instant::now();
    let rulebook = support::rulebook();
    let compiled = start.elapsed();
    let mut measured: Vec<Round> = (0..WARM_UP + rounds)
        .map(|_| judge(&bytes, &file, &rulebook))
        .skip(WARM_UP)
        .collect();
    let findings = measured[0].findings;
    let line = json!({
        "median_ms": median(&mut measured, |round| round.read + round.judge + round.write),
        "read_ms": median(&mut measured, |round| round.read),
        "judge_ms": median(&mut measured, |round| round.judge),
        "write_ms": median(&mut measured, |round| round.write),
        "compile_ms": milliseconds(compiled),
        "findings": findings,
        "bytes": bytes.len(),
        "peak_kB": peak_kilobytes(),
    });
    println!("{line}");
}

fn judge(bytes: &[u8], file: &str, rulebook: &Rulebook) -> Round {
    // The measured sizes go past what an upload may have; the cost is what is asked for here.
    let limits = Limits {
        records: usize::MAX,
        nodes: usize::MAX,
        bytes: usize::MAX,
        ..Limits::default()
    };
    let start = Instant::now();
    let submission = intake::read(bytes, &Hints::file(file), &limits).expect("a submission");
    let read = start.elapsed();
    let report = rulebook.check(&submission, support::day("2026-03-31"), &Options::default());
    let judged = start.elapsed();
    let text = serde_json::to_string_pretty(&report).expect("a report is JSON");
    let written = start.elapsed();
    std::hint::black_box(text);
    Round {
        read,
        judge: judged.saturating_sub(read),
        write: written.saturating_sub(judged),
        findings: report.findings.len() + report.counts.truncated as usize,
    }
}

fn median(rounds: &mut [Round], part: impl Fn(&Round) -> Duration) -> f64 {
    rounds.sort_by_key(&part);
    milliseconds(part(&rounds[rounds.len() / 2]))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The most memory this process has held, all rounds together.
fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}
