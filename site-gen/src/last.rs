//! What the last build was made from and what it said, beside the output folder: a build of the same
//! files by the same program is that build again, and need not be made.
//!
//! It lies outside of the site because it names this machine's program; a site is the same wherever
//! it is built.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    ffi::OsStr,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::UNIX_EPOCH,
};

use flate2::Crc;
use framework::{Diagnostic, DiagnosticLevel, Excerpt, Localized, Position};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    build::BuildOptions,
    digest,
    document::{Document, Page},
    findable::Digests,
    late::{Known, Mark},
    publish::{self, Outcome, Publisher},
    read::Reading,
    share,
    source::Source,
};

/// What is remembered of a build that was published.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Last {
    /// The digest of everything it was made from.
    input: String,
    /// The digest of the same without the texts of pages that stand by themselves.
    rest: String,
    /// What is known of those pages, in a line of its own: it is long, and known before the site is finished.
    #[serde(skip)]
    texts: Option<Texts>,
    /// The digest of the finished site's manifest.
    site: String,
    pub(crate) pages: usize,
    pub(crate) outcome: Outcome,
    faults: Vec<Fault>,
}

/// What is known of the pages that stand by themselves, by the paths of their files; none if one read another's
/// text, or a finished page had faults: then nothing less than all of it can be made again.
pub(crate) type Texts = BTreeMap<String, Text>;

/// What is remembered of a page that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Text {
    /// The digest of its file.
    pub(crate) source: String,
    /// What the file system notes of its file; none if that cannot be relied on.
    pub(crate) mark: Option<Mark>,
    /// The digest of what others may read of it.
    pub(crate) head: String,
    /// The digests of its entries in the index, as numbers; none if it has none of its own.
    entries: Vec<u128>,
}

/// A diagnostic, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Fault {
    is_error: bool,
    code: String,
    file: PathBuf,
    position: Option<(u32, u32)>,
    excerpt: Option<(String, u32)>,
    message: Localized,
    hint: Option<Localized>,
}

/// What a build is made from, by digest.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    whole: String,
    rest: String,
    /// Of the files of the pages that stand by themselves, by path.
    pub(crate) texts: BTreeMap<String, String>,
    /// What the file system notes of files, by path.
    pub(crate) marks: BTreeMap<String, Mark>,
}

impl Input {
    /// The digests of the program, the options, every file and every fault of reading them. None if the
    /// program cannot tell itself apart from another.
    pub(crate) fn of(
        reading: &Reading,
        pages: &[Arc<Page>],
        options: &BuildOptions,
    ) -> Option<Self> {
        let Reading {
            sources,
            faults,
            marks,
            ..
        } = reading;
        let alone = pages.iter().filter(|page| Page::is_by_itself(&page.tail));
        let alone: HashSet<&OsStr> = alone.map(|page| page.file.as_os_str()).collect();
        let all: Vec<&Source> = sources.iter().collect();
        let digests = all.par_iter().with_max_len(share::PAGES).map(|source| {
            let known = source.known_digest().map(str::to_owned);
            known.unwrap_or_else(|| digest::sha256(source.bytes(), digest::WHOLE))
        });
        let digests: Vec<String> = digests.collect();
        let mut texts = BTreeMap::new();
        let mut rest = Sha256::new();
        put(&mut rest, settings(options)?.as_bytes());
        put(&mut rest, serde_json::to_string(faults).ok()?.as_bytes());
        for (source, digest) in all.into_iter().zip(digests) {
            put(&mut rest, source.path.as_bytes());
            if alone.contains(OsStr::new(&source.path)) {
                texts.insert(source.path.clone(), digest);
            } else {
                put(&mut rest, digest.as_bytes());
            }
        }
        let mut whole = rest.clone();
        for text in texts.values() {
            put(&mut whole, text.as_bytes());
        }
        Some(Self {
            whole: digest::hex(&whole.finalize()),
            rest: digest::hex(&rest.finalize()),
            texts,
            marks: marks.clone(),
        })
    }
}

fn put(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(bytes.len().to_le_bytes());
    hash.update(bytes);
}

/// The program and what it was told.
fn settings(options: &BuildOptions) -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let kind = fs::metadata(&program).ok()?;
    let written = kind.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let BuildOptions {
        root: _,
        out: _,
        base_url,
        date,
        strict,
        compress,
    } = options;
    Some(format!(
        "{} {} {} {base_url:?} {date} {strict} {compress}",
        program.display(),
        kind.len(),
        written.as_nanos()
    ))
}

impl Last {
    /// The last build into that folder that is remembered.
    pub(crate) fn into(out: &Path) -> Option<Self> {
        let bytes = fs::read(publish::memory(out)).ok()?;
        let (known, last) = bytes.split_at_checked(SUM)?;
        let last = (known == sum(&[last])).then_some(last)?;
        let (last, texts) = last.split_at(memchr::memchr(b'\n', last)?);
        Some(Self {
            texts: serde_json::from_slice(texts).ok()?,
            ..serde_json::from_slice(last).ok()?
        })
    }

    /// Whether its site is the one in the folder, which is in hand: somebody may have put another there since.
    pub(crate) fn is_in_hand(&self, publisher: &Publisher) -> bool {
        publisher.site() == Some(&self.site)
    }

    /// What is known of a file that was read for it.
    pub(crate) fn known(&self, path: &str) -> Option<Known<'_>> {
        let text = self.texts.as_ref()?.get(path)?;
        let (mark, digest) = (text.mark?, text.source.as_str());
        Some(Known { mark, digest })
    }

    /// Whether it was made from this.
    pub(crate) fn is_of(&self, input: &Input) -> bool {
        self.input == input.whole
    }

    /// What is known of the pages that stand by themselves, if nothing else changed since.
    pub(crate) fn texts(&self, input: &Input) -> Option<&Texts> {
        let texts = self.texts.as_ref()?;
        let same = self.rest == input.rest && texts.len() == input.texts.len();
        same.then_some(texts)
    }

    /// Whether the next build would have much less to read if it knew what is noted of files now: a project that
    /// was built as soon as it was there has files that were too new to be relied on.
    pub(crate) fn is_behind(&self, input: &Input) -> bool {
        let Some(texts) = &self.texts else {
            return false;
        };
        let is_news = |path: &str, mark: Mark| {
            let known = texts.get(path);
            known.is_some_and(|known| known.mark != Some(mark))
        };
        let marks = input.marks.iter();
        let news = marks.filter(|(path, mark)| is_news(path, **mark)).count();
        news * 8 > texts.len()
    }

    /// What is known of the texts, with what is noted of their files now.
    pub(crate) fn texts_now(&self, input: &Input) -> Option<Texts> {
        let mut texts = self.texts.clone()?;
        for (path, text) in &mut texts {
            text.mark = input.marks.get(path).copied();
        }
        Some(texts)
    }

    /// Remembers a build, what is known of its texts being [`written`]. What cannot be written down is only
    /// built again.
    pub(crate) fn remember(
        input: Input,
        texts: &[u8],
        pages: usize,
        outcome: Outcome,
        faults: &[Diagnostic],
        publisher: &Publisher,
        out: &Path,
    ) {
        let Some(site) = publisher.site() else { return };
        let last = Self {
            input: input.whole,
            rest: input.rest,
            texts: None,
            site: site.to_owned(),
            pages,
            outcome,
            faults: faults.iter().map(Fault::from).collect(),
        };
        if let Ok(last) = serde_json::to_vec(&last) {
            let pieces = [&last, b"\n".as_slice(), texts];
            let _ = File::create(publish::memory(out)).and_then(|mut file| {
                file.write_all(&sum(&pieces))?;
                pieces.iter().try_for_each(|piece| file.write_all(piece))
            });
        }
    }

    /// What the build had to say.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        self.faults.iter().cloned().map(Diagnostic::from).collect()
    }
}

/// What a text takes there, and somewhat more, in bytes.
const TEXT: usize = 768;

/// Bytes of the sum that what is remembered begins with: enough to tell what is damaged, and taken many times
/// faster than a digest.
const SUM: usize = 4;

fn sum(pieces: &[&[u8]]) -> [u8; SUM] {
    let mut sum = Crc::new();
    for piece in pieces {
        sum.update(piece);
    }
    sum.sum().to_le_bytes()
}

/// What is known of the texts, as it is remembered.
pub(crate) fn written(texts: Option<&Texts>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(texts.map_or(0, BTreeMap::len) * TEXT);
    match serde_json::to_writer(&mut bytes, &texts) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}

impl Text {
    /// What is remembered of pages, the digests of their files and entries being known.
    pub(crate) fn all(
        pages: &[Arc<Page>],
        input: &Input,
        entries: &Digests,
    ) -> BTreeMap<String, Self> {
        let pages = pages.par_iter().with_max_len(share::PAGES);
        let texts = pages.filter_map(|page| {
            let path = page.file.to_string_lossy().into_owned();
            let mut text = Self {
                source: input.texts.get(&path)?.clone(),
                mark: input.marks.get(&path).copied(),
                head: head(page),
                entries: Vec::new(),
            };
            text.set_entries(entries.get(&path).map_or(&[], Vec::as_slice));
            Some((path, text))
        });
        texts.collect()
    }

    pub(crate) fn set_entries(&mut self, digests: &[[u8; 16]]) {
        let digests = digests.iter().copied();
        self.entries = digests.map(u128::from_be_bytes).collect();
    }

    /// Whether it is found as such.
    pub(crate) const fn is_found(&self) -> bool {
        !self.entries.is_empty()
    }

    /// The digests of its entries in the index.
    pub(crate) fn entries(&self) -> Vec<[u8; 16]> {
        self.entries
            .iter()
            .map(|digest| digest.to_be_bytes())
            .collect()
    }
}

/// The digest of what others may read of a page: all that a [`Document`] has but its text, whose places
/// in the file do not count.
pub(crate) fn head(page: &Document) -> String {
    let anchors = page.anchors.iter();
    let anchors = anchors.map(|anchor| (&anchor.id, &anchor.heading, anchor.explicit));
    let head = (
        &page.front_matter,
        &page.title,
        anchors.collect::<Vec<_>>(),
        page.clauses().next().is_some(),
    );
    digest::sha256(format!("{head:?}").as_bytes(), digest::WHOLE)
}

impl From<&Diagnostic> for Fault {
    fn from(fault: &Diagnostic) -> Self {
        Self {
            is_error: fault.level == DiagnosticLevel::Error,
            code: fault.code.to_owned(),
            file: fault.file.clone(),
            position: fault.position.map(|at| (at.line, at.column)),
            excerpt: fault
                .excerpt
                .as_ref()
                .map(|excerpt| (excerpt.line.clone(), excerpt.width)),
            message: fault.message.clone(),
            hint: fault.hint.clone(),
        }
    }
}

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        Self {
            level: if fault.is_error {
                DiagnosticLevel::Error
            } else {
                DiagnosticLevel::Warning
            },
            code: one_of_a_few(fault.code),
            file: fault.file,
            position: fault
                .position
                .map(|(line, column)| Position { line, column }),
            excerpt: fault.excerpt.map(|(line, width)| Excerpt { line, width }),
            message: fault.message,
            hint: fault.hint,
        }
    }
}

/// A code for good: there are some dozens of them in the program, so each is kept once.
fn one_of_a_few(code: String) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(code) = known.get(code.as_str()) {
        return code;
    }
    let code: &'static str = code.leak();
    known.insert(code);
    code
}
