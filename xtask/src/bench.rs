//! `cargo xtask bench` and `cargo xtask fuzz`: measuring programs, each with its own figures.

use anyhow::{Result, bail};

use crate::run::{program, run as execute};

/// Names and the programs behind them.
const BENCHES: [(&str, &str); 0] = [];

/// Runs one measuring program; what follows its name is handed on.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let known = BENCHES.map(|(name, _)| name).join(", ");
    let Some((name, rest)) = arguments.split_first() else {
        bail!("which measurement? There are: {known}");
    };
    let Some((_, line)) = BENCHES.iter().find(|(bench, _)| bench == name) else {
        bail!("no measurement {name:?}; there are: {known}");
    };
    execute(program(line).args(rest))
}

/// Fuzzes each reader of uploads for so many seconds (default 60 in all).
pub(crate) fn fuzz(arguments: &[String]) -> Result<()> {
    let _ = arguments;
    bail!("no fuzz targets yet")
}
