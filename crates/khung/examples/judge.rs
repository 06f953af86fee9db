//! How long a whole judgement takes, bytes to report, without the start of a program: what
//! `cargo xtask bench check` puts beside ajv. Prints one line of JSON.
//!
//! usage: judge PROJECT FILE
#![allow(clippy::print_stdout, reason = "it prints its figures")]

use std::{env, fs, path::Path, time::Instant};

use anyhow::{Context as _, Result};
use intake::{Hints, Limits};
use rulebook::{Options, RuleFile, Rulebook};

const WARM_UP: usize = 3;
const ROUNDS: usize = 15;

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let usage = "usage: judge PROJECT FILE";
    let project = arguments.next().context(usage)?;
    let file = arguments.next().context(usage)?;
    let project = site_gen::project::load(Path::new(&project))
        .project
        .context("no usable project")?;
    let files: Vec<RuleFile> = project
        .rule_files
        .iter()
        .map(|file| RuleFile {
            path: file.path.clone(),
            text: file.text.to_string(),
        })
        .collect();
    let rulebook = Rulebook::compile(&files, &project.catalogue, &project.clauses)
        .ok()
        .context("the rules do not compile")?;
    let bytes = fs::read(&file)?;
    // The measured sizes go past what an upload may have; the cost is what is asked for here.
    let limits = Limits {
        records: usize::MAX,
        nodes: usize::MAX,
        bytes: usize::MAX,
        ..Limits::default()
    };
    let date = "2026-03-31".parse()?;
    let mut times = Vec::with_capacity(ROUNDS);
    let mut findings = 0;
    for round in 0..WARM_UP + ROUNDS {
        let start = Instant::now();
        let submission = intake::read(&bytes, &Hints::file(&file), &limits)
            .ok()
            .context("the file cannot be read")?;
        let report = rulebook.check(&submission, date, &Options::default());
        let text = reporting::json::one(&report);
        let took = start.elapsed();
        findings = report.findings.len() + usize::try_from(report.counts.truncated)?;
        std::hint::black_box(text);
        if round >= WARM_UP {
            times.push(took);
        }
    }
    times.sort();
    let peak = fs::read_to_string("/proc/self/status")?
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmHWM:")?
                .split_whitespace()
                .next()?
                .parse::<u64>()
                .ok()
        })
        .unwrap_or_default();
    let median = times[ROUNDS / 2].as_secs_f64() * 1000.0;
    println!(
        "{{\"median_ms\": {median:.4}, \"findings\": {findings}, \"bytes\": {}, \"peak_kB\": {peak}}}",
        bytes.len()
    );
    Ok(())
}
