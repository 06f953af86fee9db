//! The list of files that a finished site consists of, as site-gen writes it to
//! `public/.khung/manifest.json`. Nothing that is not on it is ever served.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The manifest.
#[derive(Debug, Deserialize)]
pub(super) struct Manifest {
    /// Every file to serve.
    pub(super) files: Vec<File>,
    /// Files for the server alone: page frames and the search index.
    #[serde(default)]
    pub(super) private: Vec<File>,
    /// Short citations: code → address below the language, `framework/ii-3-4/#ii-3-4-3`.
    #[serde(default)]
    pub(super) citations: BTreeMap<String, String>,
}

/// One file.
#[derive(Debug, Deserialize)]
pub(super) struct File {
    /// Its path below `public/`, with forward slashes.
    pub(super) path: String,
    /// Its media type, with charset where it is a text.
    pub(super) media_type: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub(super) sha256: String,
    /// Whether its name changes with its content, so that caches may keep it for ever.
    #[serde(default)]
    pub(super) immutable: bool,
    /// Whether `<path>.br` lies beside it.
    #[serde(default)]
    pub(super) br: Option<u64>,
    /// Whether `<path>.gz` lies beside it.
    #[serde(default)]
    pub(super) gz: Option<u64>,
}
