//! `cargo xtask dist`: the program as a machine that serves should get it, at `target/dist/khung`.
//!
//! Optimised as one piece, and for what it spends its time on: a first program counts how often each branch is
//! taken while it builds a site, checks submissions and serves; the second is compiled from those counts.
//! The work is the same every time and holds nothing but this project's own pages, samples and made-up
//! corpora. It takes two compilations of everything as one piece: half an hour or more on two cores.

mod training;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::run::{program, project, run as execute};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "`dist` takes no options");
    let home = project().join("target/dist-training");
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| home.display().to_string())?;
    }
    let counts = home.join("counts");
    fs::create_dir_all(&counts)?;
    let toolchain = Toolchain::at_hand()?;
    // Branches are counted crate by crate, before all become one piece: that step would be for nothing here.
    let counting = format!("-Cprofile-generate={}", counts.display());
    let counting = toolchain.build(&counting, Some("off"))?;
    training::run(&counting, &home)?;
    let profile = home.join("khung.profdata");
    toolchain.merge(&counts, &profile)?;
    let built = toolchain.build(&format!("-Cprofile-use={}", profile.display()), None)?;
    let shipped = project().join("target/dist/khung");
    fs::create_dir_all(project().join("target/dist"))?;
    fs::copy(&built, &shipped).with_context(|| shipped.display().to_string())?;
    println!("{}", shipped.display());
    Ok(())
}

/// What compiles, and what makes one profile of many counts.
struct Toolchain {
    /// What this machine is, as the compiler says it.
    target: String,
    profdata: PathBuf,
}

impl Toolchain {
    /// Adds the component that holds `llvm-profdata` where it is missing.
    fn at_hand() -> Result<Self> {
        let said = output(&mut program("rustc -vV"))?;
        let target = said.lines().find_map(|line| line.strip_prefix("host: "));
        let target = target.context("`rustc -vV` names no host")?.to_owned();
        let root = output(&mut program("rustc --print sysroot"))?;
        let tools = Path::new(root.trim()).join("lib/rustlib").join(&target);
        let profdata = tools.join("bin").join("llvm-profdata");
        if !profdata.exists() {
            execute(&mut program("rustup component add llvm-tools"))?;
        }
        ensure!(
            profdata.exists(),
            "missing: {} (rustup component add llvm-tools)",
            profdata.display()
        );
        Ok(Self { target, profdata })
    }

    /// Compiles the program with one more flag, and another kind of link-time optimisation than the profile has,
    /// if one is named. The target is named so that build scripts, and what they run, are compiled without the flag.
    fn build(&self, flag: &str, lto: Option<&str>) -> Result<PathBuf> {
        let mut cargo = program("cargo build --quiet --locked --profile dist");
        cargo.args(["--target", &self.target]);
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flag);
        cargo.envs(lto.map(|lto| ("CARGO_PROFILE_DIST_LTO", lto)));
        execute(&mut cargo)?;
        let folder = project().join("target").join(&self.target);
        Ok(folder.join("dist/khung"))
    }

    fn merge(&self, counts: &Path, profile: &Path) -> Result<()> {
        let mut merge = Command::new(&self.profdata);
        execute(merge.arg("merge").arg("--output").arg(profile).arg(counts))
    }
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("failed ({}): {command:?}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
