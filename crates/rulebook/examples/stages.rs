//! How long each stage of a judgement takes: `cargo run --release -p rulebook --example stages -- FILE.json`.

#![allow(clippy::print_stdout, reason = "prints figures")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::{fs, time::Instant};

use rulebook::{Options, json};

fn main() {
    let path = std::env::args().nth(1).expect("a JSON submission");
    let text = fs::read_to_string(path).expect("readable");
    let start = Instant::now();
    let rulebook = support::rulebook();
    println!("compile {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let date = support::day("2026-03-31");
    let options = Options::default();
    let measured = median(|| {
        let start = Instant::now();
        let root = json::parse(&text, &json::Limits::default()).expect("JSON");
        let parsed = start.elapsed();
        let submission = rulebook::Submission {
            root,
            ..support::submission("{}")
        };
        let submission = rulebook::Submission {
            origin: rulebook::Origin::Text(text.as_str().into()),
            ..submission
        };
        let report = rulebook.check(&submission, date, &options);
        let judged = start.elapsed().saturating_sub(parsed);
        (
            parsed.as_secs_f64() * 1e3,
            judged.as_secs_f64() * 1e3,
            report.findings.len(),
            report.counts,
        )
    });
    let (parsed, judged, findings, counts) = measured;
    println!(
        "{} kB: read {parsed:.2} ms, judge {judged:.2} ms, {findings} findings, {counts:?}",
        text.len() / 1000
    );
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!(
        "{}",
        status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or_default()
    );
}

fn median<T: Clone>(mut run: impl FnMut() -> (f64, f64, usize, T)) -> (f64, f64, usize, T) {
    let mut runs: Vec<_> = (0..9).map(|_| run()).collect();
    runs.sort_by(|left, right| (left.0 + left.1).total_cmp(&(right.0 + right.1)));
    runs.swap_remove(4)
}
