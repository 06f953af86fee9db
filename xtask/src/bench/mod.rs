//! `cargo xtask bench` and `cargo xtask fuzz`: ours beside its peers, in one run on one machine.

mod check;
mod lighthouse;
mod search;
mod server;
mod site;

use anyhow::{Result, bail};

use crate::run::{exists, program, project, run as execute};

type Bench = (&'static str, fn(&[String]) -> Result<()>);

const BENCHES: [Bench; 5] = [
    ("check", check::run),
    ("site", site::run),
    ("search", search::run),
    ("server", server::run),
    ("lighthouse", lighthouse::run),
];

/// Runs one measurement; what follows its name is handed on.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let known = BENCHES.map(|(name, _)| name).join(", ");
    let Some((name, rest)) = arguments.split_first() else {
        bail!("which measurement? There are: {known}");
    };
    match BENCHES.iter().find(|(bench, _)| bench == name) {
        Some((_, measure)) => measure(rest),
        None => bail!("no measurement {name:?}; there are: {known}"),
    }
}

/// Fuzzes each reader of uploads for so many seconds (default 60) with cargo-fuzz, which needs the
/// nightly toolchain and is no part of `cargo xtask test`.
pub(crate) fn fuzz(arguments: &[String]) -> Result<()> {
    let seconds: u32 = arguments
        .first()
        .map_or(Ok(60), |seconds| seconds.parse())?;
    if !exists("cargo-fuzz") {
        bail!("missing: cargo-fuzz (cargo install cargo-fuzz) and the nightly toolchain");
    }
    let targets = project().join("fuzz/fuzz_targets");
    let mut names: Vec<String> = std::fs::read_dir(&targets)?
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    for name in names {
        let line = format!(
            "cargo +nightly fuzz run {name} -- -max_total_time={seconds} -timeout=5 -rss_limit_mb=512"
        );
        execute(&mut program(&line))?;
    }
    Ok(())
}

/// The value after `--name`, if it is given.
fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let place = arguments.iter().position(|argument| argument == name)?;
    arguments.get(place + 1).map(String::as_str)
}
