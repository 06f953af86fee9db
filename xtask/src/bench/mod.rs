//! `cargo xtask bench`: ours beside its peers, in one run on one machine.

mod check;
mod lighthouse;
mod preview;
mod search;
mod server;
mod site;

use anyhow::{Result, bail};

/// A measurement: its name, the options that it takes, and how it is done.
type Bench = (&'static str, &'static [&'static str], Measure);

type Measure = fn(&[String]) -> Result<()>;

const BENCHES: [Bench; 6] = [
    ("check", &["--built"], check::run),
    (
        "site",
        &["--pages", "--runs", "--home", "--no-peers", "--built"],
        site::run,
    ),
    (
        "preview",
        &["--pages", "--edits", "--port", "--built"],
        preview::run,
    ),
    (
        "search",
        &["--pairs", "--without-pagefind", "--built"],
        search::run,
    ),
    ("server", &["--seconds", "--ports", "--built"], server::run),
    ("lighthouse", &[], lighthouse::run),
];

/// Runs one measurement; what follows its name is handed on.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let known = BENCHES.map(|(name, ..)| name).join(", ");
    let Some((name, rest)) = arguments.split_first() else {
        bail!("which measurement? There are: {known}");
    };
    let Some((_, options, measure)) = BENCHES.iter().find(|(bench, ..)| bench == name) else {
        bail!("no measurement {name:?}; there are: {known}");
    };
    let is_unknown =
        |argument: &&String| argument.starts_with('-') && !options.contains(&argument.as_str());
    if let Some(unknown) = rest.iter().find(is_unknown) {
        let takes = options.join(", ");
        bail!("`bench {name}` takes no {unknown}; it takes: {takes}");
    }
    measure(rest)
}

/// The value after `--name`, if it is given.
pub(crate) fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let place = arguments.iter().position(|argument| argument == name)?;
    arguments.get(place + 1).map(String::as_str)
}
