//! `cargo xtask dist`: the program as a machine that serves should get it, at `target/dist/khung`.
//!
//! Optimised as one piece, and for what it spends its time on: a first program counts how often each branch is
//! taken while it builds a site, checks submissions and serves; the second is compiled from those counts.
//! The work is the same every time and holds nothing but this project's own pages, samples and made-up
//! corpora. It takes two compilations of everything, the second as one piece: 17 minutes or more on two cores.

mod training;

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::run::{program, project, run as execute};

/// Leaves out that all becomes one piece, which takes minutes and changes no count: branches are counted crate by
/// crate before. As flags and not as another profile, because Cargo names every function after its profile,
/// and counts are found again by that name.
const APART: &[&str] = &["-Clto=off", "-Clinker-plugin-lto=no", "-Cembed-bitcode=no"];

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "`dist` takes no options");
    let home = project().join("target/dist-training");
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| home.display().to_string())?;
    }
    let counts = home.join("counts");
    fs::create_dir_all(&counts)?;
    let toolchain = Toolchain::at_hand()?;
    let counting = format!("-Cprofile-generate={}", counts.display());
    let counting = toolchain.build(&[&[counting.as_str()], APART].concat())?;
    training::run(&counting, &home)?;
    let profile = home.join("khung.profdata");
    toolchain.merge(&counts, &profile)?;
    let built = toolchain.build(&[&format!("-Cprofile-use={}", profile.display())])?;
    toolchain.ensure_used(&profile, &built)?;
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
    /// Where the component `llvm-tools` lies.
    llvm: PathBuf,
}

impl Toolchain {
    /// Adds the component `llvm-tools` where it is missing.
    fn at_hand() -> Result<Self> {
        let said = output(&mut program("rustc -vV"))?;
        let target = said.lines().find_map(|line| line.strip_prefix("host: "));
        let target = target.context("`rustc -vV` names no host")?.to_owned();
        let root = output(&mut program("rustc --print sysroot"))?;
        let tools = Path::new(root.trim()).join("lib/rustlib").join(&target);
        let llvm = tools.join("bin");
        let missing = || {
            let mut tools = ["llvm-profdata", "llvm-nm"].into_iter();
            tools.find(|tool| !llvm.join(tool).exists())
        };
        if missing().is_some() {
            execute(&mut program("rustup component add llvm-tools"))?;
        }
        if let Some(tool) = missing() {
            bail!(
                "missing in {}: {tool} (rustup component add llvm-tools)",
                llvm.display()
            );
        }
        Ok(Self { target, llvm })
    }

    /// Compiles the program with some flags more. The target is named so that build scripts, and what they run, are
    /// compiled without them.
    fn build(&self, flags: &[&str]) -> Result<PathBuf> {
        let mut cargo = program("cargo build --quiet --locked --profile dist");
        cargo.args(["--target", &self.target]);
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        execute(&mut cargo)?;
        let folder = project().join("target").join(&self.target);
        Ok(folder.join("dist/khung"))
    }

    fn merge(&self, counts: &Path, profile: &Path) -> Result<()> {
        let mut merge = Command::new(self.llvm.join("llvm-profdata"));
        execute(merge.arg("merge").arg("--output").arg(profile).arg(counts))
    }

    /// Counts of functions under other names are passed over in silence, and the program is as slow as without
    /// them: of its functions nearly all have to be among those that were counted. (Those of the standard library,
    /// which comes compiled, are not: one of fifteen.)
    fn ensure_used(&self, profile: &Path, built: &Path) -> Result<()> {
        let mut show = Command::new(self.llvm.join("llvm-profdata"));
        let counted = output(show.args(["show", "--all-functions"]).arg(profile))?;
        // `  name:`, and where it is a name of one object alone, `  object;name:`
        let counted = counted.lines().filter_map(|line| line.strip_suffix(':'));
        let counted: HashSet<&str> = counted
            .filter_map(|line| line.trim_start().rsplit(';').next())
            .collect();
        let mut list = Command::new(self.llvm.join("llvm-nm"));
        let names = output(
            list.args(["--defined-only", "--format=just-symbols"])
                .arg(built),
        )?;
        // Systems that put an underscore before every name put one before these.
        let names = names.lines().map(|name| {
            name.strip_prefix('_')
                .filter(|rest| is_of_rust(rest))
                .unwrap_or(name)
        });
        let functions: HashSet<&str> = names.filter(|name| is_of_rust(name)).collect();
        let found = functions.intersection(&counted).count();
        ensure!(!functions.is_empty(), "the program names no functions");
        println!("{found} of {} functions were counted", functions.len());
        ensure!(
            found * 5 > functions.len() * 4,
            "the counts are of functions with other names"
        );
        Ok(())
    }
}

/// Whether it is a name that the compiler has made, of either scheme.
fn is_of_rust(name: &str) -> bool {
    name.starts_with("_ZN") || name.starts_with("_R")
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("failed ({}): {command:?}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}
