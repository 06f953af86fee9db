//! Holds the dependency table of ARCHITECTURE.md true, and the core free of the outside world.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops where its ground is missing"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Which of our own crates each crate may use.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("framework", &[]),
    ("vitext", &[]),
    ("search", &["framework", "vitext"]),
    ("rulebook", &["framework", "vitext"]),
    ("intake", &["framework", "vitext", "rulebook"]),
    ("reporting", &["framework", "rulebook"]),
    ("checker", &["framework", "rulebook", "intake", "reporting"]),
    ("browser", &["search"]),
    ("browser-check", &["checker"]),
    (
        "site-gen",
        &[
            "framework",
            "vitext",
            "search",
            "rulebook",
            "intake",
            "reporting",
            "checker",
        ],
    ),
    (
        "validator",
        &[
            "framework",
            "vitext",
            "search",
            "rulebook",
            "intake",
            "reporting",
            "checker",
        ],
    ),
    (
        "khung",
        &[
            "framework",
            "vitext",
            "search",
            "rulebook",
            "intake",
            "reporting",
            "checker",
            "site-gen",
            "validator",
        ],
    ),
    ("xtask", &[]),
];

/// Crates that take values and give values: no file, clock, socket, thread or environment.
const PURE: [&str; 7] = [
    "framework",
    "vitext",
    "search",
    "rulebook",
    "intake",
    "reporting",
    "checker",
];

/// What the pure crates must not name. `search` alone may open a directory with its `index`
/// feature, and only in the files that hold the tantivy side.
const OUTSIDE: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::thread",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant::now",
    "println!",
    "rayon",
];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn our_dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(top())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let ours = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|dependency| dependency["path"].is_string())
                .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
                .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
                .collect();
            (package["name"].as_str().unwrap().to_owned(), ours)
        })
        .collect()
}

#[test]
fn dependencies_point_down_the_table_only() {
    let dependencies = our_dependencies();
    assert!(dependencies.len() >= 13, "cargo metadata lists our crates");
    for (package, used) in &dependencies {
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| name == package)
            .unwrap_or_else(|| panic!("{package} is not in the table: add its row"));
        for dependency in used {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{package} uses {dependency}, which its row of the table does not allow"
            );
        }
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// The part of a source file that is built into the product: up to its unit tests.
fn product_code(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source
        .lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn the_core_has_no_outside_world() {
    let mut faults = Vec::new();
    for name in PURE {
        let mut files = Vec::new();
        rust_files(&top().join("crates").join(name).join("src"), &mut files);
        assert!(!files.is_empty());
        for file in files {
            let tantivy_side = name == "search" && file.iter().any(|part| part == "index");
            let source = fs::read_to_string(&file).unwrap();
            for (number, line) in product_code(&source) {
                for word in OUTSIDE {
                    if line.contains(word) && !tantivy_side {
                        faults.push(format!("{}:{}: {word}", file.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "values in, values out:\n{}",
        faults.join("\n")
    );
}

/// Whose text a page reads is noted for the thread that makes it (`site-gen/src/reads.rs`).
#[test]
fn a_page_is_made_on_one_thread() {
    let mut files = Vec::new();
    rust_files(&top().join("site-gen/src/page"), &mut files);
    assert!(files.len() > 20);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for word in ["rayon", "thread"] {
            let used = product_code(&source).any(|(_, line)| line.contains(word));
            assert!(!used, "{}: {word}", file.display());
        }
    }
}

#[test]
fn every_path_named_in_the_architecture_exists() {
    let text = fs::read_to_string(top().join("ARCHITECTURE.md")).unwrap();
    let mut named = 0;
    for word in text.split('`').skip(1).step_by(2) {
        let is_path = word.contains('/')
            && !word.contains(char::is_whitespace)
            && !word.contains(['{', '<', '*', '(', ':'])
            && !word.starts_with(['/', '.', '-']);
        let generated = word.starts_with("public/") || word.starts_with("target/");
        if is_path && !generated {
            named += 1;
            assert!(
                top().join(word).exists(),
                "ARCHITECTURE.md names {word}, which is not there"
            );
        }
    }
    assert!(named > 10, "only {named} paths named");
}
