//! `cargo xtask bench search [--pairs 1000,5000] [--without-pagefind] [--built]`: search in the browser beside
//! Pagefind, on the real site and on the real site with a corpus beside it.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use super::{option, site::prepare_ours};
use crate::run::{khung, program, project, run as execute};

/// Builds each site, then hands it to `bench/search.mjs`.
pub(super) fn run(arguments: &[String]) -> Result<()> {
    let sizes = option(arguments, "--pairs").unwrap_or("0,1000,5000");
    let without_pagefind = arguments
        .iter()
        .any(|argument| argument == "--without-pagefind");
    if !arguments.iter().any(|argument| argument == "--built") {
        execute(&mut program(
            "cargo build --release --quiet --workspace --bins --examples",
        ))?;
    }
    let bench = project().join("bench");
    if !bench.join("node_modules/playwright-core").exists() {
        execute(program("npm ci --no-audit --no-fund").current_dir(&bench))?;
    }
    for size in sizes.split(',') {
        let pairs: usize = size
            .trim()
            .parse()
            .with_context(|| format!("{size:?} is no number"))?;
        println!("\n{pairs} page pairs beside the real content");
        measure(&bench, pairs, without_pagefind)?;
    }
    Ok(())
}

fn measure(bench: &Path, pairs: usize, without_pagefind: bool) -> Result<()> {
    let home = project().join(format!("target/bench/search-{pairs}"));
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| home.display().to_string())?;
    }
    prepare_ours(&home, pairs)?;
    execute(Command::new(khung()).arg("--root").arg(&home).arg("build"))?;
    let public = home.join("public");
    println!(
        "index for the server: {}",
        size_of(&public.join(".khung/index"))?
    );
    for language in ["vi", "en"] {
        let head = fs::metadata(public.join(format!("search/{language}.bin")))?.len();
        let (files, bytes) = files_in(&public.join(format!("assets/search-{language}")))?;
        println!(
            "index for the browser, {language}: {files} files, {} kB, head {head} bytes",
            bytes / 1000
        );
    }
    let judged = project().join("site-gen/tests/search");
    execute(
        Command::new(project().join("target/release/examples/warm"))
            .arg(public.join(".khung/index"))
            .arg(judged.join("judged.json"))
            .arg(judged.join("holdout.json")),
    )?;
    execute(
        Command::new("node")
            .arg("search.mjs")
            .arg(&public)
            .arg(judged.join("judged.json"))
            .arg(judged.join("holdout.json"))
            .args(without_pagefind.then_some("--without-pagefind"))
            .current_dir(bench),
    )
}

fn size_of(folder: &Path) -> Result<String> {
    let mut bytes = 0;
    for language in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        bytes += files_in(&language?.path())?.1;
    }
    Ok(format!("{} kB", bytes / 1000))
}

/// How many files a folder holds, and their bytes.
fn files_in(folder: &Path) -> Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for file in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        files += 1;
        bytes += file?.metadata()?.len();
    }
    Ok((files, bytes))
}
