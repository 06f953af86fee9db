//! `cargo xtask test`: every check, in the order in which a fault is cheapest to find.

use std::{env, path::PathBuf, process::Command, time::Instant};

use anyhow::{Context, Result, bail};

use crate::run::{exists, program, project, run as execute};

/// A stage: its name and what it does.
type Stage = (&'static str, fn() -> Result<()>);

const STAGES: [Stage; 6] = [
    ("format", format),
    ("clippy", clippy),
    ("docs", docs),
    ("unit", unit),
    ("site", site),
    ("browser", browser),
];

/// Runs all stages, or the named ones, and prints how long each took.
pub(crate) fn run(names: &[String]) -> Result<()> {
    for name in names {
        if !STAGES.iter().any(|(stage, _)| stage == name) {
            let known = STAGES.map(|(stage, _)| stage).join(", ");
            bail!("no stage {name:?}; there are: {known}");
        }
    }
    for (name, stage) in STAGES {
        if !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        println!("\n== {name}");
        let start = Instant::now();
        stage().with_context(|| format!("stage {name}"))?;
        println!("== {name}: {:.0} s", start.elapsed().as_secs_f64());
    }
    Ok(())
}

fn format() -> Result<()> {
    execute(&mut program("cargo fmt --all --check"))
}

fn clippy() -> Result<()> {
    execute(&mut program(
        "cargo clippy --workspace --all-targets --quiet -- -D warnings",
    ))
}

/// A public page may name a private module: who reads the code follows it, who reads the page sees its name.
fn docs() -> Result<()> {
    execute(program("cargo doc --workspace --no-deps --quiet").env(
        "RUSTDOCFLAGS",
        "-D warnings -A rustdoc::private_intra_doc_links",
    ))
}

fn unit() -> Result<()> {
    execute(&mut program("cargo test --workspace"))
}

/// The real content, strictly, and every rule's own examples.
fn site() -> Result<()> {
    let khung = built_program()?;
    execute(
        Command::new(&khung)
            .args(["rules", "test"])
            .current_dir(project()),
    )?;
    execute(
        Command::new(&khung)
            .args(["build", "--strict"])
            .current_dir(project()),
    )
}

/// The program as the stage before built it for its tests: `cargo run` would choose other features of the
/// dependencies and compile half of them once more.
fn built_program() -> Result<PathBuf> {
    execute(&mut program(
        "cargo build --workspace --all-targets --quiet",
    ))?;
    let own = env::current_exe().context("where this program lies")?;
    Ok(own.with_file_name(format!("khung{}", env::consts::EXE_SUFFIX)))
}

/// The site and the server in a real browser.
fn browser() -> Result<()> {
    let khung = built_program()?;
    ensure_browser()?;
    if !exists("npm") {
        bail!("missing: npm (Node.js 20 or newer), for the browser tests in e2e/");
    }
    let end_to_end = project().join("e2e");
    execute(program("npm ci --no-audit --no-fund --ignore-scripts").current_dir(&end_to_end))?;
    execute(
        program("npm test")
            .current_dir(&end_to_end)
            .env("KHUNG", khung),
    )
}

/// Debian's Chromium: installed where we may, otherwise named.
fn ensure_browser() -> Result<()> {
    if exists("chromium") {
        return Ok(());
    }
    let may_install = exists("apt-get") && env::var("USER").as_deref().unwrap_or("root") == "root";
    if may_install {
        execute(&mut program("apt-get update -qq"))?;
        execute(
            program("apt-get install -y -qq --no-install-recommends chromium")
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
    }
    if exists("chromium") {
        Ok(())
    } else {
        bail!("missing: chromium (apt-get install chromium), for the browser tests in e2e/")
    }
}
