//! `public/.khung/manifest.json`: every file of a finished site, so that a server needs no templates, no
//! folder walk and no guess, and the next build knows what is there already.
//!
//! It is JSON for whoever reads it, and written so that each file has a line of its own: it is read by its lines,
//! and of two manifests, which are alike but for a few, the second reads only those ([`Manifest::parse_beside`]).

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
            files: own_entries(&lines.files, &other_lines.files, files)?,
            private: own_entries(&lines.private, &other_lines.private, private)?,
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

/// A manifest as it is written, in lines; those of files without the commas after them.
#[derive(Default)]
struct Lines<'a> {
    head: &'a [u8],
    files: Vec<&'a [u8]>,
    private: Vec<&'a [u8]>,
}

impl<'a> Lines<'a> {
    /// The lines of a manifest; none if it is written otherwise.
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut lines = lines(bytes.strip_suffix(b"\n]}\n")?);
        let head = lines.next().filter(|head| head.ends_with(b"\"files\":["))?;
        let (mut files, mut private) = (Vec::new(), None);
        for line in lines {
            if line.starts_with(BEGINNING) {
                private.as_mut().unwrap_or(&mut files).push(line);
            } else if line == BETWEEN && private.is_none() {
                private = Some(Vec::new());
            } else {
                return None;
            }
        }
        Some(Self {
            head,
            files: Self::entries(&files)?,
            private: Self::entries(&private?)?,
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

/// The lines of a text, without what ends them.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memchr(b'\n', text);
        rest = end.map(|end| &text[end + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// What lines say, of which most are among other lines, of which it is known what they say; none if that is not
/// sure. All are in the order of paths.
fn own_entries(
    lines: &[&[u8]],
    other_lines: &[&[u8]],
    others: &[FileEntry],
) -> Option<Vec<FileEntry>> {
    // Each line begins with an entry, and no entry has another inside: as many lines as entries are these entries,
    // and nobody has written two in one line.
    (other_lines.len() == others.len()).then_some(())?;
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

    const PATHS: [&str; 6] = [".khung/a", ".khung/b", "a", "a/index.html", "assets/b", "c"];

    proptest::proptest! {
        #[test]
        fn beside_any_other_it_says_the_same(
            texts: [Option<u8>; PATHS.len()],
            other_texts: [Option<u8>; PATHS.len()],
        ) {
            let [own, other] = [texts, other_texts].map(|texts| {
                let files = PATHS.into_iter().zip(texts);
                let texts = ["kept", "1", "2"];
                let text = |text: u8| texts[usize::from(text) % texts.len()];
                let files = files.filter_map(|(path, number)| Some((path, text(number?))));
                manifest(&files.collect::<Vec<_>>())
            });
            let read = Manifest::parse_beside(&own.written(), &other, &other.written());
            proptest::prop_assert_eq!(read, Some(own));
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
        let text = |manifest: &Manifest| String::from_utf8(manifest.written()).expect("a text");
        let joined = |manifest: &Manifest| text(manifest).replacen("},\n", "},", 1);
        let (own, other) = (files("d"), files("c"));
        // As many lines as files all the same.
        let split = joined(&other);
        let at = split.rfind(",\"size\"").expect("a file") + 1;
        let split = [&split[..at], "\n", &split[at..]].concat();
        // The last line holds two.
        let at = text(&other).rfind("},\n").expect("three files") + 2;
        let last = [&text(&other)[..at], &text(&other)[at + 1..]].concat();
        for (own_text, other_text) in [
            (joined(&own), split),
            (last.replace("\"c\"", "\"d\""), last.clone()),
            (last.clone(), last),
        ] {
            let own = Manifest::as_json(own_text.as_bytes()).expect("a manifest");
            let other = Manifest::as_json(other_text.as_bytes()).expect("a manifest");
            assert_eq!(own.files.len(), 3);
            for (own, own_text, other, other_text) in [
                (&own, &own_text, &other, &other_text),
                (&other, &other_text, &own, &own_text),
            ] {
                let read =
                    Manifest::parse_beside(own_text.as_bytes(), other, other_text.as_bytes());
                assert_eq!(read.as_ref(), Some(own));
            }
        }
    }

    /// What an entry may hold is known, so that none is hidden in another.
    #[test]
    fn what_is_not_known_is_refused() {
        let text = String::from_utf8(manifest(SITES[1]).written()).expect("a text");
        for (place, more) in [
            ("\"size\"", "\"x\":[0],\"size\""),
            ("\"date\"", "\"x\":0,\"date\""),
        ] {
            assert_eq!(
                Manifest::parse(text.replacen(place, more, 1).as_bytes()),
                None
            );
        }
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
        let long = format!("{text}x");
        for bad in [
            long.as_bytes(),
            b"",
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
