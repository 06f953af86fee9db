//! `public/.khung/manifest.json`: every file of a finished site, so that a server needs no templates, no
//! folder walk and no guess, and the next build knows what is there already.

use std::{collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, Serialize};

/// Where it lies in the output folder.
pub const PATH: &str = ".khung/manifest.json";

/// All files of a finished site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this file.
    pub version: u32,
    /// The day the site was built for.
    pub date: String,
    /// Whether `.br` and `.gz` were made.
    pub compressed: bool,
    /// Every file to serve, in the order of paths.
    pub files: Vec<FileEntry>,
    /// Files for the server alone: page frames, the search index. Never served as they are.
    pub private: Vec<FileEntry>,
    /// Short citations: code → address after the language, without its first slash.
    pub citations: BTreeMap<String, String>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path in the output folder, parts joined by `/`.
    pub path: String,
    /// Its media type.
    pub media_type: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether its name changes with its bytes, so that caches may keep it for ever.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub immutable: bool,
    /// The size of `<path>.br`, if it lies beside the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub br: Option<u64>,
    /// The size of `<path>.gz`, if it lies beside the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gz: Option<u64>,
    /// No longer part of the site, kept for pages that are still open somewhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
}

/// Where the files for the server alone lie.
pub(crate) const PRIVATE: &str = ".khung/";

/// What a file takes in a manifest, and somewhat more, in bytes.
const ENTRY: usize = 256;

/// The form of the manifest that this program writes.
pub(crate) const VERSION: u32 = 1;

impl Manifest {
    /// The manifest of a folder; none if there is none or it is of another form.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        Self::parse(&fs::read(folder.join(PATH)).ok()?)
    }

    /// The manifest from its bytes; none if they are of another form.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        (manifest.version == VERSION).then_some(manifest)
    }

    /// Its bytes.
    pub(crate) fn written(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity((self.files.len() + self.private.len()) * ENTRY);
        serde_json::to_writer(&mut bytes, self).expect("plain structs are always JSON");
        bytes.push(b'\n');
        bytes
    }

    /// A file that is in it.
    pub(crate) fn get(&self, path: &str) -> Option<&FileEntry> {
        let private = path.starts_with(PRIVATE);
        let files = if private { &self.private } else { &self.files };
        let place = files.binary_search_by(|entry| entry.path.as_str().cmp(path));
        files.get(place.ok()?)
    }
}

impl FileEntry {
    /// The names of its packed variants in the folder, with their sizes.
    pub(crate) fn variants(&self) -> impl Iterator<Item = (String, u64)> {
        let variants = [(self.br, "br"), (self.gz, "gz")].into_iter();
        variants.filter_map(|(size, suffix)| Some((format!("{}.{suffix}", self.path), size?)))
    }

    /// The names of the file and its variants in the folder.
    pub(crate) fn on_disk(&self) -> impl Iterator<Item = String> {
        let variants = self.variants().map(|(path, _)| path);
        std::iter::once(self.path.clone()).chain(variants)
    }

    /// The same file as part of the site again.
    pub(crate) fn in_use(self) -> Self {
        Self {
            kept: false,
            ..self
        }
    }
}
