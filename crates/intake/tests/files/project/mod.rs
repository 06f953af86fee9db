//! The project's own catalogue and samples, for tests that want the real thing.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::{fs, path::PathBuf};

use framework::Catalogue;
use serde::de::DeserializeOwned;

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn catalogue() -> Catalogue {
    Catalogue {
        constituents: list("constituents"),
        components: list("components"),
        bodies: list("bodies"),
        ..Catalogue::default()
    }
}

fn list<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let path = root().join(format!("content/catalogue/{name}.json"));
    let file: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    serde_json::from_value(file[name].clone()).unwrap()
}

/// The sample submissions, each with its file name.
pub(crate) fn samples() -> Vec<(String, Vec<u8>)> {
    ["ministry", "party", "province"]
        .map(|name| {
            let file = format!("sample-{name}.yaml");
            let bytes = fs::read(root().join("rules/samples").join(&file)).unwrap();
            (file, bytes)
        })
        .into()
}
