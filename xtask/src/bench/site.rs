//! `cargo xtask bench site --pages N`: a full build, a build with nothing changed, a build with one
//! page changed, beside the floor and whichever peers are installed.

mod peers;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::option;
use crate::{
    corpus,
    measure::{Measured, median, row},
    run::{khung, program, project, run as execute},
};

pub(super) fn run(arguments: &[String]) -> Result<()> {
    let pairs: usize = option(arguments, "--pages").unwrap_or("1000").parse()?;
    let runs: usize = option(arguments, "--runs").unwrap_or("3").parse()?;
    let home = home(arguments).join(format!("site-{pairs}"));
    clear(&home)?;
    let ours = home.join("ours");
    if !arguments.iter().any(|argument| argument == "--built") {
        execute(&mut program("cargo build --release --quiet -p khung"))?;
        execute(&mut program(
            "cargo build --release --quiet -p site-gen --example floor",
        ))?;
    }
    prepare_ours(&ours, pairs)?;

    let place = home.display();
    println!("{pairs} page pairs, median of {runs}; peak memory of the highest run; in {place}");
    let fresh = ours_rows(&ours, runs)?;
    let release = project().join("target/release");
    let floor_out = home.join("floor");
    let floor = median(
        runs,
        || clear(&floor_out),
        || {
            let mut command = Command::new(release.join("examples/floor"));
            command.arg(ours.join("content")).arg(&floor_out);
            command
        },
    )?;
    println!("{}", row("floor: read, pulldown-cmark, write", floor));
    let alone = home.join("alone");
    prepare_alone(&alone, pairs)?;
    let alone = from_nothing(&alone, runs)?;
    println!("{}", row("khung build of the corpus alone", alone));
    if !arguments.iter().any(|argument| argument == "--no-peers") {
        peers::rows(&home, pairs, runs, [fresh, alone])?;
    }
    clear(&home)
}

/// Where the corpus and every output lie: in memory where the system offers that, because a disk adds as
/// much again and as much as it likes, and on ext4 a site that is made right after another was removed
/// takes several times as long. `--home` puts them elsewhere.
pub(super) fn home(arguments: &[String]) -> PathBuf {
    let in_memory = Path::new("/dev/shm");
    match option(arguments, "--home") {
        Some(folder) => folder.into(),
        None if in_memory.is_dir() => in_memory.join("khung-bench"),
        None => project().join("target/bench"),
    }
}

/// A build of a project from nothing.
fn from_nothing(root: &Path, runs: usize) -> Result<Measured> {
    let public = root.join("public");
    let build = || {
        let mut command = Command::new(khung());
        command.args([
            "build",
            "--date",
            "2026-11-24",
            "-q",
            "--no-compress",
            "--root",
        ]);
        command.arg(root);
        command
    };
    median(runs, || clear_all(&public), build)
}

/// A project whose content is the corpus and nothing else, as the peers build it: no framework, no catalogue,
/// no rules, and so no pages made of them.
fn prepare_alone(alone: &Path, pairs: usize) -> Result<()> {
    let content = alone.join("content");
    fs::create_dir_all(&content)?;
    execute(
        Command::new("cp")
            .arg("-r")
            .arg(project().join("themes"))
            .arg(alone),
    )?;
    let config = fs::read_to_string(project().join("content/site.toml"))?;
    // Without the menu, whose pages are not there; links of the corpus into the framework lead nowhere.
    let config = config.split("[[navigation]]").next().unwrap_or_default();
    let config = config.replace("faults = \"error\"", "faults = \"warning\"");
    fs::write(content.join("site.toml"), config)?;
    corpus::site::write(&content, pairs)
}

/// Our rows; answers with the build from nothing, which the peers are compared with.
fn ours_rows(ours: &Path, runs: usize) -> Result<Measured> {
    let build = |more: &'static [&str]| {
        let program = khung();
        move || {
            let mut command = Command::new(&program);
            command.args(["build", "--date", "2026-11-24", "-q", "--root"]);
            command.arg(ours).args(more);
            command
        }
    };
    let plain = build(&["--no-compress"]);
    let public = ours.join("public");
    let shown = |name: &str, measured: Measured, of: Measured| {
        let share = measured.wall.as_secs_f64() / of.wall.as_secs_f64() * 100.0;
        println!("{}  = {share:.0} % of the first", row(name, measured));
    };
    let fresh = median(runs, || clear_all(&public), &plain)?;
    println!("{}", row("khung build, from nothing", fresh));
    shown(
        "khung build, nothing changed",
        median(runs, || Ok(()), &plain)?,
        fresh,
    );
    let page = ours.join("content/vi/corpus/000/page-00000.md");
    let mut round = 0;
    let touch = || -> Result<()> {
        round += 1;
        let text = fs::read_to_string(&page)?;
        Ok(fs::write(&page, format!("{text}\nSửa lần {round}.\n"))?)
    };
    shown(
        "khung build, one page changed",
        median(runs, touch, &plain)?,
        fresh,
    );
    let packed = median(1, || clear_all(&public), build(&[]))?;
    println!(
        "{}",
        row("khung build, from nothing, pre-compressed", packed)
    );
    Ok(fresh)
}

/// A site, the generation before it and what is remembered of it.
fn clear_all(public: &Path) -> Result<()> {
    clear(public)?;
    clear(&public.with_file_name(".public.previous"))?;
    let memory = public.with_file_name(".public.last");
    if memory.exists() {
        fs::remove_file(memory)?;
    }
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// The real project with the corpus beside its own content, its translations recorded like the others.
pub(super) fn prepare_ours(ours: &Path, pairs: usize) -> Result<()> {
    fs::create_dir_all(ours)?;
    for folder in ["content", "rules", "themes"] {
        execute(
            Command::new("cp")
                .arg("-r")
                .arg(project().join(folder))
                .arg(ours),
        )?;
    }
    corpus::site::write(&ours.join("content"), pairs)?;
    execute(
        Command::new(khung())
            .args(["translations", "record", "-q", "--root"])
            .arg(ours),
    )
}
