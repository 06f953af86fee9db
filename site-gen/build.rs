//! Compiles the modules that readers' browsers run, search and the checker, so that one
//! `cargo build` yields everything. They are embedded by `src/browser_module.rs`.
//!
//! A nested cargo builds the crates `browser` and `browser-check` for `wasm32-unknown-unknown` (the target
//! comes with `rust-toolchain.toml`) in a target folder of its own, so that it waits for no lock the
//! outer one holds; `cargo build` and `cargo build --release` share it, so that nothing is compiled
//! twice. No artefact is committed: a module is always that of the sources beside it.

use std::{
    collections::hash_map::DefaultHasher,
    env,
    ffi::OsString,
    fs,
    hash::{Hash as _, Hasher as _},
    num::NonZeroU64,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use sha2::{Digest as _, Sha256};

const TARGET: &str = "wasm32-unknown-unknown";
/// The profile in the workspace's `Cargo.toml`: small before fast.
const PROFILE: &str = "browser";

/// A module, and what is particular to it.
struct Module {
    /// The crate.
    package: &'static str,
    /// The name under which it is embedded.
    name: &'static str,
    /// Flags for rustc beside those of all modules.
    flags: &'static [&'static str],
    packings: &'static [Packing],
}

/// How a module is packed.
#[derive(Clone, Copy)]
enum Packing {
    /// Raw deflate: small from every host, whether it packs what it serves or not. Tried again so often;
    /// the last per cent of a module a hundred times as large is not worth minutes.
    Deflate { tries: u64 },
    /// Brotli, for hosts that serve what lies packed beside a file: at its best in a release, which takes half
    /// a minute; a debug build is not published.
    Brotli { quality: i32 },
}

impl Packing {
    /// What was packed with another effort is another file.
    fn effort(self) -> String {
        match self {
            Self::Deflate { tries } => format!("deflate-{tries}"),
            Self::Brotli { quality } => format!("brotli-{quality}"),
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Deflate { .. } => "bin",
            Self::Brotli { .. } => "br",
        }
    }
}

const BROTLI: Packing = Packing::Brotli {
    quality: if cfg!(debug_assertions) { 5 } else { 11 },
};

const MODULES: [Module; 2] = [
    Module {
        package: "browser",
        name: "search",
        flags: &[
            "-Cllvm-args=-inline-threshold=5",
            // See `out_of_memory` in `crates/browser/src/abi.rs`.
            "-Clink-arg=--wrap=_RNvCsfLfy6EI15iL_7___rustc26___rust_alloc_error_handler",
        ],
        packings: &[Packing::Deflate { tries: 15 }],
    },
    Module {
        package: "browser-check",
        name: "check",
        // Chance comes from the module itself: see `LEFT_OUT`.
        flags: &[
            "-Cllvm-args=-inline-threshold=15",
            "--cfg=getrandom_backend=\"custom\"",
        ],
        packings: &[Packing::Deflate { tries: 1 }, BROTLI],
    },
];

/// What the modules are made of.
const SOURCES: [&str; 9] = [
    "crates/browser",
    "crates/search",
    "crates/vitext",
    "crates/browser-check",
    "crates/checker",
    "crates/framework",
    "crates/rulebook",
    "crates/intake",
    "crates/reporting",
];

/// Features that dependencies switch on in one another and the modules are better without. Cargo only
/// ever adds features, so they are taken out of the calls of rustc (see `compile_crate`).
///
/// - `wasm_js` asks the page for chance through wasm-bindgen, and does not compile where another source
///   is chosen; modules import nothing, chance neither (`crates/browser-check/src/abi.rs`).
/// - The regex crates bring several engines that differ in speed alone, and tables of Unicode that no
///   pattern of JSON Schema can name; what is left gives the same matches. A pattern that looks around is
///   refused where rules are loaded, so nothing here needs to look behind.
/// - Quick-xml decodes what an XML declaration names; the parts of a workbook are UTF-8, and an
///   ArchiMate file is decoded before it is parsed.
/// - Zopfli packs what is downloaded often; a report that is saved once need not wait for it.
const LEFT_OUT: [(&str, &[&str]); 6] = [
    ("getrandom", &["wasm_js"]),
    (
        "regex-automata",
        &[
            "dfa-onepass",
            "nfa-backtrack",
            "perf-inline",
            "perf-literal-multisubstring",
            "perf-literal-substring",
            "unicode-age",
            "unicode-segment",
        ],
    ),
    ("fancy-regex", &["variable-lookbehinds"]),
    ("regex-syntax", &["unicode-age", "unicode-segment"]),
    ("quick-xml", &["encoding", "encoding_rs"]),
    ("zip", &["deflate-zopfli"]),
];

/// Set where the nested cargo calls this program in the place of rustc.
const AS_RUSTC: &str = "KHUNG_BROWSER_RUSTC";

fn main() -> ExitCode {
    if env::var_os(AS_RUSTC).is_some() {
        return compile_crate();
    }
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("cargo::error=the browser's modules were not built: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), String> {
    let variable = |name: &str| env::var(name).map_err(|_| format!("cargo did not set {name}"));
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("..");
    let root = fs::canonicalize(&root).map_err(|error| format!("{}: {error}", root.display()))?;
    let out = PathBuf::from(variable("OUT_DIR")?);
    let rerun_for = |path: PathBuf| println!("cargo::rerun-if-changed={}", path.display());
    for source in SOURCES {
        rerun_for(root.join(source).join("src"));
        rerun_for(root.join(source).join("Cargo.toml"));
    }
    rerun_for(root.join("Cargo.toml"));
    rerun_for(root.join("Cargo.lock"));
    let program = digest_of_index(&root).map_err(|error| format!("crates/search: {error}"))?;
    println!("cargo::rustc-env=KHUNG_INDEX_PROGRAM={program}");
    let target_folder = shared_folder(&out);
    ensure_target(&root)?;
    let cargo = variable("CARGO")?;
    for module in &MODULES {
        run_cargo(&cargo, &root, &target_folder, module)?;
        embed(&target_folder, module, &out)?;
    }
    Ok(())
}

/// A digest of all code that an index is made by, libraries included: parts of an index that another program
/// has made are not taken over.
fn digest_of_index(root: &Path) -> std::io::Result<String> {
    let mut waiting = vec![root.join("Cargo.lock")];
    waiting.extend(["crates/search/src", "crates/vitext/src"].map(|source| root.join(source)));
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                waiting.push(entry?.path());
            }
        } else {
            files.push(path);
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// `target/browser` for an output folder `target/<profile>/build/<package>/out`.
fn shared_folder(out: &Path) -> PathBuf {
    out.ancestors().nth(4).unwrap_or(out).join("browser")
}

/// Puts a module where it is embedded from, as it is and packed. Packing takes seconds, so what was packed before is kept beside the
/// module it came from.
fn embed(target_folder: &Path, module: &Module, out: &Path) -> Result<(), String> {
    let Module { package, name, .. } = *module;
    let folder = target_folder.join(TARGET).join(PROFILE);
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error| format!("{path}: {error}")
    };
    let path = folder.join(format!("{}.wasm", package.replace('-', "_")));
    let code = fs::read(&path).map_err(failed(&path))?;
    let to = out.join(format!("{name}.wasm"));
    fs::write(&to, &code).map_err(failed(&to))?;
    tell_digest(name, "wasm", &code);
    for packing in module.packings {
        let ending = packing.ending();
        let packed = folder.join(format!("{package}.{}.{ending}", packing.effort()));
        let before = packed.with_extension("before.wasm");
        if !packed.exists() || fs::read(&before).ok().as_ref() != Some(&code) {
            fs::write(&packed, pack(&code, *packing)?).map_err(failed(&packed))?;
            fs::write(&before, &code).map_err(failed(&before))?;
        }
        let to = out.join(format!("{name}.{ending}"));
        fs::copy(&packed, &to).map_err(failed(&to))?;
        let bytes = fs::read(&packed).map_err(failed(&packed))?;
        tell_digest(name, ending, &bytes);
    }
    Ok(())
}

/// Files are served under names made of their digests. Those of modules are taken here, so that no build of a site
/// has to: to hash the checker takes longer than to render a page.
fn tell_digest(name: &str, ending: &str, bytes: &[u8]) {
    let digest = Sha256::digest(bytes);
    let digest = digest.iter().map(|byte| format!("{byte:02x}"));
    let (name, ending) = (name.to_uppercase(), ending.to_uppercase());
    println!(
        "cargo::rustc-env=KHUNG_DIGEST_{name}_{ending}={}",
        digest.collect::<String>()
    );
}

fn pack(code: &[u8], packing: Packing) -> Result<Vec<u8>, String> {
    let mut packed = Vec::new();
    match packing {
        Packing::Deflate { tries } => {
            let options = zopfli::Options {
                iteration_count: NonZeroU64::new(tries).unwrap_or(NonZeroU64::MIN),
                ..zopfli::Options::default()
            };
            zopfli::compress(options, zopfli::Format::Deflate, code, &mut packed)
        }
        Packing::Brotli { quality } => {
            let options = brotli::enc::BrotliEncoderParams {
                quality,
                lgwin: 22,
                size_hint: code.len(),
                ..Default::default()
            };
            brotli::BrotliCompress(&mut &code[..], &mut packed, &options).map(drop)
        }
    }
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

fn run_cargo(
    cargo: &str,
    root: &Path,
    target_folder: &Path,
    module: &Module,
) -> Result<(), String> {
    let left_out = LEFT_OUT.map(|(package, features)| format!("{package}: {}", features.join(" ")));
    let mut flags = vec![
        // Paths of this machine would otherwise stand in the module.
        format!("--remap-path-prefix={}=.", root.display()),
        // Numbers without padding, and tiny functions where they are called: a tenth less.
        "-Clink-arg=--compress-relocations".to_owned(),
        // Cargo compiles anew where flags change; it does not know of what is left out otherwise.
        format!("--cfg=left_out=\"{}\"", left_out.join(", ")),
    ];
    flags.extend(module.flags.iter().map(|&flag| flag.to_owned()));
    let mut command = Command::new(cargo);
    command
        .current_dir(root)
        .args(["build", "--package", module.package, "--lib"])
        .args(["--target", TARGET, "--profile", PROFILE, "--target-dir"])
        .arg(target_folder)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    let own = env::current_exe().map_err(|error| format!("this build script: {error}"))?;
    command.env("RUSTC_WRAPPER", own).env(AS_RUSTC, "1");
    // What the outer cargo was told about its own build is not meant for this one.
    for name in ["RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_TARGET"] {
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
        "cargo build --package {} --target {TARGET} failed",
        module.package
    ))
}

/// Calls rustc as cargo wanted it called, without the features of [`LEFT_OUT`].
fn compile_crate() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().unwrap_or_default();
    let mut arguments: Vec<OsString> = arguments.collect();
    let name = env::var("CARGO_PKG_NAME").unwrap_or_default();
    let left_out = LEFT_OUT.iter().filter(|(package, _)| *package == name);
    for feature in left_out.flat_map(|(_, features)| *features) {
        let condition = OsString::from(format!("feature=\"{feature}\""));
        while let Some(at) = arguments.iter().position(|argument| *argument == condition) {
            // With the `--cfg` before it.
            arguments.drain(at.saturating_sub(1)..=at);
        }
    }
    let status = Command::new(rustc).args(arguments).status();
    let code = status.ok().and_then(|status| status.code());
    code.and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from)
}
