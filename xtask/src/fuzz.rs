//! `cargo xtask fuzz`: every reader of uploads against a fuzzer, for a bounded time.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::run::{exists, program, project, run as execute};

/// An input may take so many seconds and so many mebibytes (HARDENING: no more, whatever it is).
/// The sanitizers of cargo-fuzz would multiply both; the workspace forbids `unsafe`, and what they
/// look for is not what is asked here.
const BOUNDS: &str = "-timeout=5 -rss_limit_mb=256 -print_final_stats=1";

/// Fuzzes each reader for so many seconds (default 60), or only the named ones, with cargo-fuzz, which
/// needs the nightly toolchain and is no part of `cargo xtask test`. It starts from our nasty files.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (numbers, named): (Vec<&String>, Vec<&String>) = arguments
        .iter()
        .partition(|argument| argument.bytes().all(|byte| byte.is_ascii_digit()));
    let seconds: u32 = numbers.first().map_or(Ok(60), |seconds| seconds.parse())?;
    if !exists("cargo-fuzz") {
        bail!("missing: cargo-fuzz (cargo install cargo-fuzz) and the nightly toolchain");
    }
    execute(&mut program(
        "cargo run --release --quiet -p intake --example nasty_corpus -- fuzz/corpus",
    ))?;
    for name in targets(&project().join("fuzz/fuzz_targets"))? {
        if !named.is_empty() && !named.contains(&&name) {
            continue;
        }
        let line = format!(
            "cargo +nightly fuzz run --sanitizer none {name} -- -max_total_time={seconds} {BOUNDS}"
        );
        execute(&mut program(&line))?;
    }
    Ok(())
}

fn targets(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).context("the fuzz targets")? {
        let path = entry?.path();
        names.extend(
            path.file_stem()
                .and_then(|stem| stem.to_str())
                .map(str::to_owned),
        );
    }
    names.sort();
    Ok(names)
}
