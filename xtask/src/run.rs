//! Running other programs from the project's top folder.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

/// The project's top folder: the parent of this crate's.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lies one folder below the top")
        .to_owned()
}

/// The program that is measured: what `KHUNG` names, as for the browser tests, otherwise the release.
pub(crate) fn khung() -> PathBuf {
    let named = std::env::var_os("KHUNG").map(PathBuf::from);
    named.map_or_else(
        || project().join("target/release/khung"),
        |program| project().join(program),
    )
}

/// A program to run in the top folder, its words given as one line.
pub(crate) fn program(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().expect("a program's name"));
    command.args(words).current_dir(project());
    command
}

/// Runs it to its end; a failure names the line.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    println!("» {shown}");
    let status = command
        .status()
        .with_context(|| format!("cannot start: {shown}"))?;
    if !status.success() {
        bail!("failed ({status}): {shown}");
    }
    Ok(())
}

/// Whether a program answers to `--version`.
pub(crate) fn exists(name: &str) -> bool {
    Command::new(name)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
