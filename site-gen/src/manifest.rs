//! `public/.khung/manifest.json`: every file of a finished site, so that a server needs no templates, no
//! folder walk and no guess, and the next build knows what is there already.
//!
//! It is JSON for whoever reads it, and written so that each file has a line of its own: of two manifests, which
//! are alike but for a few lines, the second is read by its lines ([`Manifest::parse_beside`]).

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{digest::Digest, interned::interned};

/// Where it lies in the output folder.
pub const PATH: &str = ".khung/manifest.json";

/// All files of a finished site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        (manifest.version == VERSION).then_some(manifest)
    }

    /// The manifest from its bytes, beside another of which most of its lines are.
    pub(crate) fn parse_beside(bytes: &[u8], other: &Self, other_bytes: &[u8]) -> Option<Self> {
        let by_lines = || {
            let (own, other_lines) = (Lines::of(bytes)?, Lines::of(other_bytes)?);
            let head = [own.head, BETWEEN, END].concat();
            Some(Self {
                files: own_entries(&own.files, &other_lines.files, &other.files)?,
                private: own_entries(&own.private, &other_lines.private, &other.private)?,
                ..Self::parse(&head)?
            })
        };
        by_lines().or_else(|| Self::parse(bytes))
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

/// A manifest as it is written, in lines; those of files without the commas after them.
struct Lines<'a> {
    head: &'a [u8],
    files: Vec<&'a [u8]>,
    private: Vec<&'a [u8]>,
}

impl<'a> Lines<'a> {
    /// The lines of a manifest; none if it is written otherwise.
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut lines = Vec::with_capacity(bytes.len() / ENTRY * 2);
        let mut from = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            lines.push(&bytes[from..end]);
            from = end + 1;
        }
        let [head, files @ .., end] = &*lines else {
            return None;
        };
        let between = files.iter().position(|line| *line == BETWEEN)?;
        let (files, private) = (&files[..between], &files[between + 1..]);
        let is_whole = from == bytes.len() && *end == END && head.ends_with(b"\"files\":[");
        is_whole.then_some(())?;
        Some(Self {
            head,
            files: Self::entries(files)?,
            private: Self::entries(private)?,
        })
    }

    /// Lines without the commas after all but the last.
    fn entries(lines: &[&'a [u8]]) -> Option<Vec<&'a [u8]>> {
        let Some((last, others)) = lines.split_last() else {
            return Some(Vec::new());
        };
        let others = others.iter().map(|line| line.strip_suffix(b","));
        others.chain([Some(*last)]).collect()
    }
}

/// What lines say, of which most are among other lines, of which it is known what they say; none if that is not
/// sure. All are in the order of paths.
fn own_entries(
    lines: &[&[u8]],
    other_lines: &[&[u8]],
    others: &[FileEntry],
) -> Option<Vec<FileEntry>> {
    // As many, and each begins as it should: then nobody has written two in one line, or one in two.
    let mut both = other_lines.iter().zip(others);
    let is_known = other_lines.len() == others.len()
        && both.all(|(line, other)| begins_with(line, &other.path));
    is_known.then_some(())?;
    let mut entries = Vec::with_capacity(lines.len());
    let mut place = 0;
    for line in lines {
        if let Some(other) = others.get(place).filter(|_| other_lines[place] == *line) {
            entries.push(other.clone());
            place += 1;
            continue;
        }
        let entry: FileEntry = serde_json::from_slice(line).ok()?;
        while others
            .get(place)
            .is_some_and(|other| other.path <= entry.path)
        {
            place += 1;
        }
        entries.push(entry);
    }
    Some(entries)
}

/// Whether a line begins with the entry of a file, its path being written without escapes.
fn begins_with(line: &[u8], path: &str) -> bool {
    let path_on = line.strip_prefix(b"{\"path\":\"");
    let rest = path_on.and_then(|rest| rest.strip_prefix(path.as_bytes()));
    rest.is_some_and(|rest| rest.starts_with(b"\""))
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
mod tests {
    use super::*;
    use crate::digest;

    fn entry(path: &str, text: &str) -> FileEntry {
        FileEntry {
            path: path.into(),
            media_type: interned("text/html; charset=utf-8"),
            sha256: digest::of(text.as_bytes()),
            size: text.len() as u64,
            immutable: path.starts_with("assets/"),
            br: path.ends_with("html").then_some(1),
            gz: None,
            kept: text == "kept",
        }
    }

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let all = files.iter().map(|(path, text)| entry(path, text));
        let (private, files) = all.partition(|entry| entry.path.starts_with(PRIVATE));
        Manifest {
            version: VERSION,
            date: "2026-03-31".to_owned(),
            compressed: true,
            citations: [("dl-1".to_owned(), "components/a/".to_owned())].into(),
            files,
            private,
        }
    }

    const SITES: [&[(&str, &str)]; 6] = [
        &[],
        &[("a/index.html", "1"), (".khung/index/x", "1")],
        &[("a/index.html", "1"), ("b\"\\.txt", "2"), ("c", "3")],
        &[("a/index.html", "2"), ("c", "3"), (".khung/index/x", "1")],
        &[
            ("assets/a.css", "kept"),
            ("b\"\\.txt", "2"),
            ("d", "3"),
            (".khung/index/y", "1"),
        ],
        &[(".khung/index/x", "1"), (".khung/index/y", "2")],
    ];

    #[test]
    fn a_manifest_is_json_with_a_line_for_each_file() {
        for site in SITES {
            let manifest = manifest(site);
            let bytes = manifest.written();
            assert_eq!(Manifest::parse(&bytes).as_ref(), Some(&manifest));
            let lines = bytes.split(|byte| *byte == b'\n');
            let lines = lines.filter(|line| line.starts_with(b"{\"path\""));
            assert_eq!(lines.count(), site.len());
        }
    }

    #[test]
    fn beside_another_it_says_the_same() {
        for other in SITES.map(manifest) {
            for own in SITES.map(manifest) {
                let (bytes, other_bytes) = (own.written(), other.written());
                assert!(Lines::of(&bytes).is_some());
                let read = Manifest::parse_beside(&bytes, &other, &other_bytes);
                assert_eq!(read.as_ref(), Some(&own));
            }
        }
    }

    #[test]
    fn files_that_both_have_are_not_read_twice() {
        let (own, other) = (manifest(SITES[3]), manifest(SITES[1]));
        let own = Manifest::parse_beside(&own.written(), &other, &other.written());
        let own = own.expect("a manifest");
        assert!(Arc::ptr_eq(&own.private[0].path, &other.private[0].path));
    }

    /// By an earlier program, or by hand.
    #[test]
    fn what_is_written_otherwise_is_read_all_the_same() {
        let own = manifest(&[("a/index.html", "1"), ("b", "2"), ("c", "3")]);
        let other = manifest(SITES[4]);
        let value = |manifest: &Manifest| -> serde_json::Value {
            serde_json::from_slice(&manifest.written()).expect("JSON")
        };
        let (one_line, pretty) = (
            serde_json::to_vec(&value(&own)).expect("JSON"),
            serde_json::to_vec_pretty(&value(&own)).expect("JSON"),
        );
        for bytes in [&one_line, &pretty] {
            let other_bytes = other.written();
            let read = Manifest::parse_beside(bytes, &other, &other_bytes);
            assert_eq!(read.as_ref(), Some(&own));
            let read = Manifest::parse_beside(&other_bytes, &own, bytes);
            assert_eq!(read.as_ref(), Some(&other));
        }
    }

    #[test]
    fn two_files_in_one_line_are_two() {
        let files = |last: &str| manifest(&[("a", "1"), ("b", "2"), (last, "3")]);
        let joined = |manifest: &Manifest| {
            let text = String::from_utf8(manifest.written()).expect("a text");
            text.replacen("},\n", "},", 1)
        };
        let (own, other) = (files("d"), files("c"));
        // As many lines as files all the same.
        let other_text = joined(&other);
        let at = other_text.rfind(",\"size\"").expect("a file") + 1;
        let other_text = [&other_text[..at], "\n", &other_text[at..]].concat();
        assert_eq!(
            Manifest::parse(other_text.as_bytes()).as_ref(),
            Some(&other)
        );
        let own_text = joined(&own);
        let read = Manifest::parse_beside(own_text.as_bytes(), &other, other_text.as_bytes());
        assert_eq!(read.as_ref(), Some(&own));
    }

    #[test]
    fn what_is_no_manifest_of_ours_is_none() {
        let other = manifest(SITES[2]);
        let bytes = other.written();
        let text = String::from_utf8(bytes.clone()).expect("a text");
        let (half, later) = (
            &bytes[..bytes.len() / 2],
            text.replace("\"version\":1", "\"version\":2"),
        );
        let no_digest = text.replacen("\"sha256\":\"", "\"sha256\":\"x", 1);
        for bad in [
            b"".as_slice(),
            b"{}",
            b"\n\n\n",
            half,
            later.as_bytes(),
            no_digest.as_bytes(),
        ] {
            assert_eq!(Manifest::parse(bad), None);
            assert_eq!(Manifest::parse_beside(bad, &other, &bytes), None);
        }
    }
}
