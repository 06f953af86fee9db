//! Compiles the search module that readers' browsers run, so that one `cargo build` yields
//! everything. The module is embedded by `src/browser_module.rs`.
//!
//! A nested cargo builds the crate `browser` for `wasm32-unknown-unknown` (the target comes with
//! `rust-toolchain.toml`) in a target folder of its own, so that it waits for no lock the outer one
//! holds. No artefact is committed: the module is always that of the sources beside it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

const TARGET: &str = "wasm32-unknown-unknown";
/// The profile in the workspace's `Cargo.toml`: small before fast.
const PROFILE: &str = "browser";
/// What the module is made of.
const SOURCES: [&str; 3] = ["crates/browser", "crates/search", "crates/vitext"];

fn main() -> ExitCode {
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("cargo::error=the browser's search module was not built: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), String> {
    let variable = |name: &str| env::var(name).map_err(|_| format!("cargo did not set {name}"));
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("..");
    let root = fs::canonicalize(&root).map_err(|error| format!("{}: {error}", root.display()))?;
    let out = PathBuf::from(variable("OUT_DIR")?);
    for source in SOURCES {
        println!(
            "cargo::rerun-if-changed={}",
            root.join(source).join("src").display()
        );
        println!(
            "cargo::rerun-if-changed={}",
            root.join(source).join("Cargo.toml").display()
        );
    }
    println!(
        "cargo::rerun-if-changed={}",
        root.join("Cargo.toml").display()
    );
    let target_folder = out.join("browser");
    ensure_target(&root)?;
    run_cargo(&variable("CARGO")?, &root, &target_folder)?;
    let module = target_folder
        .join(TARGET)
        .join(PROFILE)
        .join("browser.wasm");
    let module = fs::read(&module).map_err(|error| format!("{}: {error}", module.display()))?;
    let packed = out.join("search.bin");
    fs::write(&packed, pack(&module)?).map_err(|error| format!("{}: {error}", packed.display()))
}

/// Raw deflate: small from every host, whether it packs what it serves or not.
fn pack(module: &[u8]) -> Result<Vec<u8>, String> {
    let mut packed = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Deflate,
        module,
        &mut packed,
    )
    .map_err(|error| format!("packing: {error}"))?;
    Ok(packed)
}

/// `rust-toolchain.toml` names the target, but rustup brings it along only when it installs the
/// toolchain itself: not into one that is there already, nor where it is told to install nothing
/// unasked. So the one command asks.
fn ensure_target(root: &Path) -> Result<(), String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let library = Command::new(rustc)
        .current_dir(root)
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .map_err(|error| format!("rustc: {error}"))?;
    let library = String::from_utf8_lossy(&library.stdout);
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    let added = Command::new("rustup")
        .current_dir(root)
        .args(["target", "add", TARGET])
        .output();
    match added {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            for line in String::from_utf8_lossy(&output.stderr).lines() {
                println!("cargo::warning={line}");
            }
            Err(format!("`rustup target add {TARGET}` failed"))
        }
        Err(error) => Err(format!(
            "the target {TARGET} is missing and rustup cannot be asked for it ({error}); \
             install it beside rustc"
        )),
    }
}

fn run_cargo(cargo: &str, root: &Path, target_folder: &Path) -> Result<(), String> {
    let flags = [
        // Paths of this machine would otherwise stand in the module.
        format!("--remap-path-prefix={}=.", root.display()),
        // Numbers without padding, and tiny functions where they are called: a tenth less.
        "-Clink-arg=--compress-relocations".to_owned(),
        "-Cllvm-args=-inline-threshold=5".to_owned(),
        // See `out_of_memory` in `crates/browser/src/abi.rs`.
        "-Clink-arg=--wrap=_RNvCsfLfy6EI15iL_7___rustc26___rust_alloc_error_handler".to_owned(),
    ];
    let mut command = Command::new(cargo);
    command
        .current_dir(root)
        .args(["build", "--package", "browser", "--lib", "--target", TARGET])
        .args(["--profile", PROFILE, "--target-dir"])
        .arg(target_folder)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    // What the outer cargo was told about its own build is not meant for this one.
    for name in [
        "RUSTFLAGS",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_WRAPPER",
        "CARGO_BUILD_TARGET",
    ] {
        command.env_remove(name);
    }
    let output = command
        .output()
        .map_err(|error| format!("{cargo}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    for line in said.lines() {
        println!("cargo::warning={line}");
    }
    Err(format!(
        "cargo build --package browser --target {TARGET} failed"
    ))
}
