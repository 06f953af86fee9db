//! `cargo xtask test`: every check, in the order in which a fault is cheapest to find.

use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, bail};

use crate::run::{exists, program, project, run as execute};

/// A stage: its name and what it does.
type Stage = (&'static str, fn() -> Result<()>);

const STAGES: [Stage; 7] = [
    ("format", format),
    ("clippy", clippy),
    ("docs", docs),
    ("unit", unit),
    ("suite", suite),
    ("site", site),
    ("browser", browser),
];

/// Why a stage that needs something from outside could not be run.
#[derive(Debug)]
struct LeftOut(String);

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LeftOut {}

/// Runs all stages, or the named ones, and prints how long each took. A stage that could not be run is
/// said at the end; one that was asked for by name fails.
pub(crate) fn run(names: &[String]) -> Result<()> {
    for name in names {
        if !STAGES.iter().any(|(stage, _)| stage == name) {
            let known = STAGES.map(|(stage, _)| stage).join(", ");
            bail!("no stage {name:?}; there are: {known}");
        }
    }
    let mut left_out = Vec::new();
    for (name, stage) in STAGES {
        if !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        println!("\n== {name}");
        let start = Instant::now();
        match stage() {
            Err(fault) if names.is_empty() && fault.is::<LeftOut>() => {
                left_out.push(format!("== {name}: LEFT OUT: {fault}"));
            }
            ended => ended.with_context(|| format!("stage {name}"))?,
        }
        println!("== {name}: {:.0} s", start.elapsed().as_secs_f64());
    }
    for stage in left_out {
        println!("\n{stage}");
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

/// The official JSON-Schema-Test-Suite under our keywords. Fetched once, as the source package that
/// holds it, pinned by its hash, and kept under `target/`: its licence would let us copy it, but half
/// a megabyte of another project's files that only this stage reads is better named than carried.
fn suite() -> Result<()> {
    let home = project().join("target/schema-suite");
    let cases = home.join("json/tests/draft2020-12");
    if !cases.exists() {
        fetch_suite(&home)?;
    }
    execute(
        // The whole workspace, as the stage before built it: one crate alone has other features.
        program("cargo test --workspace --lib schema::official -- --ignored")
            .env("KHUNG_SCHEMA_SUITE", cases),
    )
}

fn fetch_suite(home: &Path) -> Result<()> {
    if !exists("pip3") {
        return Err(
            LeftOut("no pip3 to fetch the official JSON-Schema-Test-Suite with".into()).into(),
        );
    }
    fs::create_dir_all(home)?;
    let output = program("pip3 download --quiet --no-deps --no-binary jsonschema --require-hashes")
        .arg("--dest")
        .arg(home)
        .arg("--requirement")
        .arg(project().join("crates/rulebook/tests/official-suite.txt"))
        .output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        // Another file under the same name is no matter of a network that is not there.
        if said.contains("DO NOT MATCH THE HASHES") {
            bail!(
                "the archive of the official JSON-Schema-Test-Suite is not the pinned one: {said}"
            );
        }
        let last = said.lines().last().unwrap_or_default();
        return Err(LeftOut(format!("the archive could not be had: {last}")).into());
    }
    execute(
        program("tar --extract --strip-components=1 --wildcards --file jsonschema-4.26.0.tar.gz")
            .arg("*/json/tests/draft2020-12")
            .current_dir(home),
    )
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
