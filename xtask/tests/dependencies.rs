//! Every crate we build on: from crates.io, under a licence we accept, none that is known bad.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops where its ground is missing"
)]

use std::{path::Path, process::Command};

use serde_json::Value;

/// Licences that may stand anywhere in the tree (each crate needs one whole alternative of these).
const ACCEPTED: [&str; 14] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "0BSD",
];

/// Crates we do not want back, and why.
const BANNED: [(&str, &str); 7] = [
    ("serde_yaml", "deprecated"),
    ("serde_yml", "unsound, RUSTSEC-2025-0068"),
    ("yaml-rust", "unmaintained, RUSTSEC-2024-0320"),
    ("bincode", "unmaintained"),
    ("reqwest", "nothing is fetched at run time"),
    (
        "rustls",
        "nothing is fetched at run time; TLS is the proxy's",
    ),
    (
        "openssl",
        "nothing is fetched at run time; TLS is the proxy's",
    ),
];

/// Versions below which an advisory stands (shared/design/HARDENING.md §5).
const FLOORS: [(&str, [u64; 3]); 9] = [
    ("warp", [0, 3, 3]),
    ("h2", [0, 4, 16]),
    ("quick-xml", [0, 41, 0]),
    ("zip", [2, 3, 0]),
    ("calamine", [0, 17, 0]),
    ("bytes", [1, 11, 1]),
    ("time", [0, 3, 47]),
    ("memmap2", [0, 9, 11]),
    ("lru", [0, 16, 3]),
];

fn packages() -> Vec<Value> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(top)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let Value::Array(packages) = metadata["packages"].take() else {
        panic!("no packages")
    };
    packages
        .into_iter()
        .filter(|package| package["source"].is_string())
        .collect()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

/// Whether one alternative of an SPDX expression consists of accepted licences only.
fn accepted(expression: &str) -> bool {
    let flat = expression.replace(['(', ')'], "").replace('/', " OR ");
    flat.split(" AND ").all(|part| {
        part.split(" OR ")
            .any(|licence| ACCEPTED.contains(&licence.trim()))
    })
}

#[test]
fn every_crate_comes_from_crates_io_under_an_accepted_licence() {
    for package in packages() {
        let source = package["source"].as_str().unwrap();
        assert!(
            source.contains("crates.io"),
            "{} comes from {source}",
            name(&package)
        );
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(accepted(licence), "{} is under {licence}", name(&package));
    }
}

#[test]
fn no_banned_crate_and_none_below_its_floor() {
    for package in packages() {
        if let Some((banned, why)) = BANNED.iter().find(|(banned, _)| *banned == name(&package)) {
            panic!("{banned} is in the tree: {why}");
        }
        if let Some((_, floor)) = FLOORS
            .iter()
            .find(|(floored, _)| *floored == name(&package))
        {
            let version = package["version"].as_str().unwrap();
            let numbers: Vec<u64> = version
                .split(['.', '-', '+'])
                .take(3)
                .map(|number| number.parse().unwrap())
                .collect();
            assert!(
                numbers.as_slice() >= floor.as_slice(),
                "{} {version}",
                name(&package)
            );
        }
    }
}
