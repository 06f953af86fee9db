//! `cargo xtask bench`: ours beside its peers, in one run on one machine.

mod check;
mod lighthouse;
mod preview;
mod search;
mod server;
mod site;

use anyhow::{Result, bail};

type Bench = (&'static str, fn(&[String]) -> Result<()>);

const BENCHES: [Bench; 6] = [
    ("check", check::run),
    ("site", site::run),
    ("preview", preview::run),
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

/// The value after `--name`, if it is given.
pub(crate) fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let place = arguments.iter().position(|argument| argument == name)?;
    arguments.get(place + 1).map(String::as_str)
}
