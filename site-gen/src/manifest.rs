//! `public/.khung/manifest.json`: every file of a finished site, so that a server needs no templates, no
//! folder walk and no guess, and the next build knows what is there already.
//!
//! It is JSON for whoever reads it, and written so that each file has a line of its own: it is read by its lines,
//! and of two manifests, which are alike but for a few, the second reads only those ([`Manifest::parse_beside`]).

mod lines;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::lines::Lines;
use crate::{digest::Digest, interned::interned};

/// Where it lies in the output folder.
pub const PATH: &str = ".khung/manifest.json";

/// All files of a finished site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of this file.
    pub version: u32,
    /// The day the site was built for.
    pub date: String,
    /// Whether `.br` and `.gz` were made.
    pub compressed: bool,
    /// Short citations: code → address after the language, without its first slash.
    pub citations: BTreeMap<String, String>,
    /// Every file to serve, in the order of paths.
    pub files: Vec<FileEntry>,
    /// Files for the server alone: page frames, the search index. Never served as they are.
    pub private: Vec<FileEntry>,
}

/// One file. There are tens of thousands, in three lists: a copy shares its path.
///
/// No field holds a list or an object, and no others are let in: reading by lines relies on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its path in the output folder, parts joined by `/`.
    #[serde(serialize_with = "put_text", deserialize_with = "shared_text")]
    pub path: Arc<str>,
    /// Its media type.
    #[serde(deserialize_with = "interned_text")]
    pub media_type: MediaType,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: Digest,
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

/// A media type, of which there are a few.
// By this name because serde would borrow what it sees to be a reference from the document.
pub type MediaType = &'static str;

/// Where the files for the server alone lie.
pub(crate) const PRIVATE: &str = ".khung/";

/// What a file takes in a manifest, and somewhat more, in bytes.
const ENTRY: usize = 256;

/// The form of the manifest that this program writes.
pub(crate) const VERSION: u32 = 1;

/// What stands between the two lists.
const BETWEEN: &[u8] = b"],\"private\":[";
/// What stands after them.
const END: &[u8] = b"]}";
/// What an entry begins with.
const BEGINNING: &[u8] = b"{\"path\":\"";

/// All of a manifest but its files.
#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    date: &'a str,
    compressed: bool,
    citations: &'a BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest from its bytes; none if they are of another form.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        Self::by_lines(bytes, None).or_else(|| Self::as_json(bytes))
    }

    /// The manifest from its bytes, beside another of which most of its lines are.
    pub(crate) fn parse_beside(bytes: &[u8], other: &Self, other_bytes: &[u8]) -> Option<Self> {
        Self::by_lines(bytes, Some((other, other_bytes))).or_else(|| Self::parse(bytes))
    }

    fn as_json(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        (manifest.version == VERSION).then_some(manifest)
    }

    /// The manifest of lines; none if it is written otherwise, or the other is.
    fn by_lines(bytes: &[u8], other: Option<(&Self, &[u8])>) -> Option<Self> {
        let lines = Lines::of(bytes)?;
        let (other, other_lines) = match other {
            Some((other, bytes)) => (Some(other), Lines::of(bytes)?),
            None => (None, Lines::default()),
        };
        let [files, private] = match other {
            Some(other) => [&*other.files, &*other.private],
            None => [[].as_slice(); 2],
        };
        let head = [lines.head, BETWEEN, END].concat();
        Some(Self {
            files: lines::entries(&lines.files, &other_lines.files, files)?,
            private: lines::entries(&lines.private, &other_lines.private, private)?,
            ..Self::as_json(&head)?
        })
    }

    /// Its bytes.
    pub(crate) fn written(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity((self.files.len() + self.private.len()) * ENTRY);
        let head = Head {
            version: self.version,
            date: &self.date,
            compressed: self.compressed,
            citations: &self.citations,
        };
        put_json(&mut bytes, &head);
        bytes.pop();
        bytes.extend_from_slice(b",\"files\":[\n");
        put_lines(&mut bytes, &self.files);
        bytes.extend_from_slice(BETWEEN);
        bytes.push(b'\n');
        put_lines(&mut bytes, &self.private);
        bytes.extend_from_slice(END);
        bytes.push(b'\n');
        bytes
    }

    /// A file that is in it.
    pub(crate) fn get(&self, path: &str) -> Option<&FileEntry> {
        let private = path.starts_with(PRIVATE);
        let files = if private { &self.private } else { &self.files };
        let place = files.binary_search_by(|entry| (*entry.path).cmp(path));
        files.get(place.ok()?)
    }
}

fn put_json(bytes: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(bytes, value).expect("plain structs are always JSON");
}

fn put_lines(bytes: &mut Vec<u8>, entries: &[FileEntry]) {
    for (place, entry) in entries.iter().enumerate() {
        if place > 0 {
            bytes.extend_from_slice(b",\n");
        }
        put_json(bytes, entry);
    }
    if !entries.is_empty() {
        bytes.push(b'\n');
    }
}

impl FileEntry {
    /// The names of its packed variants in the folder, with their sizes.
    pub(crate) fn variants(&self) -> impl Iterator<Item = (String, u64)> {
        let variants = [(self.br, "br"), (self.gz, "gz")].into_iter();
        variants.filter_map(|(size, suffix)| Some((format!("{}.{suffix}", self.path), size?)))
    }

    /// The names of the file and its variants in the folder.
    pub(crate) fn on_disk(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let variants = self.variants().map(|(path, _)| Cow::Owned(path));
        std::iter::once(Cow::Borrowed(&*self.path)).chain(variants)
    }

    /// The same file as part of the site again.
    pub(crate) fn in_use(self) -> Self {
        Self {
            kept: false,
            ..self
        }
    }
}

/// A text of a JSON document, copied only if it is written with escapes there.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn put_text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

fn shared_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    Text::deserialize(deserializer).map(|text| Arc::from(&*text.0))
}

fn interned_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MediaType, D::Error> {
    Text::deserialize(deserializer).map(|text| interned(&text.0))
}

#[cfg(test)]
mod tests;
