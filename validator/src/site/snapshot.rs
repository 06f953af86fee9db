//! One generation of the site, complete and immutable.
//!
//! All files are read at once and held in memory: a look-up by the decoded path in a map is the
//! whole of "opening" a file, so there is no path to climb out of, no symlink to follow and no half
//! of a swap to be seen. Only files too large to hold (offline packages) stay open files.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    fs::File,
    io::{self, Read as _},
    path::{Component, Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use bytes::Bytes;
use framework::{Locale, Localized};
use http::HeaderValue;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::manifest::{self, Manifest};

/// Files above this size are streamed from an open file instead of being held in memory.
const LARGEST_IN_MEMORY: u64 = 2 * 1024 * 1024;

/// The folder inside `public/` that is never served.
const PRIVATE: &str = ".khung";

/// The list of what is served, below `public/`.
pub(crate) const MANIFEST: &str = ".khung/manifest.json";

/// The list of all rules, below `public/`.
const RULES: &str = "data/rules.json";

/// A finished site as the server holds it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    files: HashMap<String, Asset>,
    citations: BTreeMap<String, String>,
    shells: BTreeMap<(Locale, String), String>,
    /// Each rule by its id, cut out of the list of all.
    rules: BTreeMap<String, Asset>,
    /// The search index of this generation, if it was built with one.
    pub(crate) index: Option<search::index::Index>,
    /// Identifies the generation: SHA-256 of the manifest.
    pub(crate) generation: String,
    pub(crate) bytes_in_memory: u64,
}

/// One file with all its encodings.
#[derive(Debug)]
pub(crate) struct Asset {
    pub(crate) media_type: HeaderValue,
    /// First half of the SHA-256 in hex: the stem of the entity tags.
    pub(crate) tag: String,
    pub(crate) modified: SystemTime,
    pub(crate) immutable: bool,
    pub(crate) plain: Content,
    pub(crate) brotli: Option<Bytes>,
    pub(crate) gzip: Option<Bytes>,
}

/// The bytes of a file.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Memory(Bytes),
    Open { file: Arc<File>, length: u64 },
}

impl Content {
    pub(crate) fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Open { length, .. } => *length,
        }
    }
}

/// Why a site cannot be served.
#[derive(Debug)]
pub(crate) enum SnapshotError {
    /// The manifest is missing or unreadable: the site was never built, or not to the end.
    NoManifest(PathBuf, io::Error),
    /// The manifest is not what site-gen writes.
    BadManifest(PathBuf, serde_json::Error),
    /// A file on the manifest cannot be read.
    Unreadable(String, io::Error),
    /// Something on the manifest is no plain file below `public/`: a symlink, a pipe, `..`.
    NotAFile(String),
    /// A file is not the one the manifest speaks of.
    Changed(String),
    /// A media type no header can carry.
    BadMediaType(String),
}

impl SnapshotError {
    /// What is wrong, in both languages.
    pub(crate) fn message(&self) -> Localized {
        match self {
            Self::NoManifest(path, cause) => Localized::text(
                format!(
                    "chưa có trang đã dựng ({}: {cause}); chạy khung build",
                    path.display()
                ),
                format!(
                    "there is no built site ({}: {cause}); run khung build",
                    path.display()
                ),
            ),
            Self::BadManifest(path, cause) => Localized::text(
                format!(
                    "không đọc được {}: {cause}; chạy lại khung build",
                    path.display()
                ),
                format!(
                    "{} cannot be read: {cause}; run khung build again",
                    path.display()
                ),
            ),
            Self::Unreadable(file, cause) => Localized::text(
                format!("không đọc được tệp {file} của trang: {cause}"),
                format!("the site's file {file} cannot be read: {cause}"),
            ),
            Self::NotAFile(file) => Localized::text(
                format!("{file} không phải tệp thường trong thư mục public"),
                format!("{file} is no plain file inside public"),
            ),
            Self::Changed(file) => Localized::text(
                format!("tệp {file} không khớp bản kê của trang"),
                format!("the file {file} is not the one on the site's manifest"),
            ),
            Self::BadMediaType(file) => Localized::text(
                format!("kiểu nội dung của {file} không hợp lệ"),
                format!("the media type of {file} is not valid"),
            ),
        }
    }
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for SnapshotError {}

impl Snapshot {
    /// Reads the site below `public`; whole or not at all.
    pub(crate) fn read(public: &Path) -> Result<Self, SnapshotError> {
        let path = public.join(MANIFEST);
        let text =
            std::fs::read(&path).map_err(|cause| SnapshotError::NoManifest(path.clone(), cause))?;
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|cause| SnapshotError::BadManifest(path, cause))?;
        let mut files = HashMap::with_capacity(manifest.files.len());
        let mut bytes_in_memory = 0;
        for entry in &manifest.files {
            let asset = read_asset(public, entry)?;
            bytes_in_memory += asset.size_in_memory();
            files.insert(entry.path.clone(), asset);
        }
        Ok(Self {
            rules: files.get(RULES).map(single_rules).unwrap_or_default(),
            files,
            citations: manifest.citations,
            shells: read_shells(public, &manifest.private)?,
            index: open_index(public),
            generation: hex(&Sha256::digest(&text)),
            bytes_in_memory,
        })
    }

    /// The file at a path below `public/`.
    pub(crate) fn file(&self, path: &str) -> Option<&Asset> {
        self.files.get(path)
    }

    /// A rule by its id in capitals.
    pub(crate) fn rule(&self, id: &str) -> Option<&Asset> {
        self.rules.get(id)
    }

    /// How many files it has.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// Where a short citation leads, below the language.
    pub(crate) fn citation(&self, code: &str) -> Option<&str> {
        self.citations.get(code).map(String::as_str)
    }

    /// The frame of a page that the server fills.
    pub(crate) fn shell(&self, locale: Locale, name: &str) -> Option<&str> {
        self.shells
            .get(&(locale, name.to_owned()))
            .map(String::as_str)
    }
}

impl Asset {
    fn size_in_memory(&self) -> u64 {
        let plain = match &self.plain {
            Content::Memory(bytes) => bytes.len(),
            Content::Open { .. } => 0,
        };
        let variants = [&self.brotli, &self.gzip];
        let packed: usize = variants.into_iter().flatten().map(Bytes::len).sum();
        (plain + packed) as u64
    }
}

fn read_asset(public: &Path, entry: &manifest::File) -> Result<Asset, SnapshotError> {
    let (mut file, metadata) = open(public, &entry.path)?;
    let unreadable = |cause| SnapshotError::Unreadable(entry.path.clone(), cause);
    let mut digest = Sha256::new();
    let plain = if metadata.len() <= LARGEST_IN_MEMORY {
        let bytes = read_whole(file, metadata.len()).map_err(unreadable)?;
        digest.update(&bytes);
        Content::Memory(bytes)
    } else {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match file.read(&mut buffer).map_err(unreadable)? {
                0 => break,
                count => digest.update(&buffer[..count]),
            }
        }
        Content::Open {
            file: Arc::new(file),
            length: metadata.len(),
        }
    };
    let sha256 = hex(&digest.finalize());
    if !sha256.eq_ignore_ascii_case(&entry.sha256) {
        return Err(SnapshotError::Changed(entry.path.clone()));
    }
    let variant = |wanted: Option<u64>, suffix: &str| -> Result<Option<Bytes>, SnapshotError> {
        let Some(length) = wanted else {
            return Ok(None);
        };
        let path = format!("{}.{suffix}", entry.path);
        let (file, metadata) = open(public, &path)?;
        if metadata.len() != length {
            return Err(SnapshotError::Changed(path));
        }
        let read = read_whole(file, length);
        read.map(Some)
            .map_err(|cause| SnapshotError::Unreadable(path, cause))
    };
    Ok(Asset {
        media_type: HeaderValue::from_str(&entry.media_type)
            .map_err(|_| SnapshotError::BadMediaType(entry.path.clone()))?,
        tag: sha256[..32].to_owned(),
        modified: metadata.modified().map_err(unreadable)?,
        immutable: entry.immutable,
        plain,
        brotli: variant(entry.br, "br")?,
        gzip: variant(entry.gz, "gz")?,
    })
}

/// Opens a plain file below `public`. No part of the way may be a symlink: each is looked at
/// without following it, and what was read is checked against the manifest's hash afterwards.
fn open(public: &Path, path: &str) -> Result<(File, std::fs::Metadata), SnapshotError> {
    let relative = Path::new(path);
    let plain = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !plain || relative.starts_with(PRIVATE) && !path.starts_with(".khung/shells/") {
        return Err(SnapshotError::NotAFile(path.to_owned()));
    }
    let mut place = public.to_path_buf();
    let unreadable = |cause| SnapshotError::Unreadable(path.to_owned(), cause);
    let mut metadata = None;
    for part in relative.components() {
        place.push(part);
        let found = std::fs::symlink_metadata(&place).map_err(unreadable)?;
        if found.is_symlink() {
            return Err(SnapshotError::NotAFile(path.to_owned()));
        }
        metadata = Some(found);
    }
    match metadata {
        Some(metadata) if metadata.is_file() => File::open(&place)
            .map(|file| (file, metadata))
            .map_err(unreadable),
        _ => Err(SnapshotError::NotAFile(path.to_owned())),
    }
}

fn read_whole(mut file: File, length: u64) -> io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

/// The rules of the list, each as a document of its own. A list of another form yields none.
fn single_rules(list: &Asset) -> BTreeMap<String, Asset> {
    let Content::Memory(bytes) = &list.plain else {
        return BTreeMap::new();
    };
    let document: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let rules = document
        .get("rules")
        .or(Some(&document))
        .and_then(Value::as_array);
    let mut single = BTreeMap::new();
    for rule in rules.into_iter().flatten() {
        let Some(id) = rule.get("id").and_then(Value::as_str) else {
            continue;
        };
        let text = Bytes::from(format!("{rule:#}\n"));
        let asset = Asset {
            media_type: HeaderValue::from_static("application/json; charset=utf-8"),
            tag: hex(&Sha256::digest(&text))[..32].to_owned(),
            modified: list.modified,
            immutable: false,
            plain: Content::Memory(text),
            brotli: None,
            gzip: None,
        };
        single.insert(id.to_ascii_uppercase(), asset);
    }
    single
}

/// The page frames for the server: `.khung/shells/vi/report.html`.
fn read_shells(
    public: &Path,
    private: &[manifest::File],
) -> Result<BTreeMap<(Locale, String), String>, SnapshotError> {
    let mut shells = BTreeMap::new();
    for entry in private {
        let Some((locale, name)) = shell_name(&entry.path) else {
            continue;
        };
        let asset = read_asset(public, entry)?;
        let Content::Memory(bytes) = asset.plain else {
            continue;
        };
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|_| SnapshotError::Changed(entry.path.clone()))?;
        shells.insert((locale, name.to_owned()), text);
    }
    Ok(shells)
}

fn shell_name(path: &str) -> Option<(Locale, &str)> {
    let (tag, file) = path.strip_prefix(".khung/shells/")?.split_once('/')?;
    let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == tag)?;
    Some((locale, file.strip_suffix(".html")?))
}

/// The index lies in files of its own format; one that is of another version is as good as none.
fn open_index(public: &Path) -> Option<search::index::Index> {
    search::index::open(&public.join(PRIVATE).join("index")).ok()
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes
        .iter()
        .flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
