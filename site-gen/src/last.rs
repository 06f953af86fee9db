//! What the last build was made from and what it said, beside the output folder: a build of the same
//! files by the same program is that build again, and need not be made.
//!
//! It lies outside of the site because it names this machine's program; a site is the same wherever
//! it is built.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::Path,
    sync::Arc,
};

use flate2::Crc;
use framework::{Diagnostic, DiagnosticLevel, Excerpt, Localized, Position};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    digest::{self, Digest},
    document::{Document, Page},
    findable::Digests,
    input::Input,
    interned::interned,
    late::{Known, Mark},
    publish::{self, Outcome, Publisher},
    share,
};

/// What is remembered of a build that was published.
#[derive(Debug)]
pub(crate) struct Last {
    published: Published,
    from: MadeFrom,
    faults: Vec<Diagnostic>,
    texts: Option<Texts>,
}

/// What became of it.
#[derive(Debug, Serialize, Deserialize)]
struct Published {
    /// The digest of the finished site's manifest.
    manifest: Digest,
    outcome: Outcome,
}

/// What it was made from.
#[derive(Debug, Serialize, Deserialize)]
struct MadeFrom {
    /// The digest of everything.
    input: Digest,
    /// The digest of the same without the texts of pages that stand by themselves.
    rest: Digest,
    pages: usize,
}

/// What is known of the pages that stand by themselves, by the paths of their files; none if one read another's
/// text, or a finished page had faults: then nothing less than all of it can be made again.
pub(crate) type Texts = BTreeMap<String, Text>;

/// What is remembered of a page that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Text {
    /// The digest of its file.
    pub(crate) source: Digest,
    /// What the file system notes of its file; none if that cannot be relied on.
    pub(crate) mark: Option<Mark>,
    /// The digest of what others may read of it.
    pub(crate) head: Digest,
    /// The digests of its entries in the index, as numbers; none if it has none of its own.
    entries: Vec<u128>,
}

/// A diagnostic, as it is stored.
#[derive(Serialize, Deserialize)]
struct Fault<'a> {
    is_error: bool,
    code: &'a str,
    file: &'a Path,
    position: Option<(u32, u32)>,
    excerpt: Option<(&'a str, u32)>,
    message: (&'a str, &'a str),
    hint: Option<(&'a str, &'a str)>,
}

impl Last {
    /// The last build into that folder that is remembered.
    pub(crate) fn into(out: &Path) -> Option<Self> {
        let bytes = fs::read(publish::memory(out)).ok()?;
        let (known, last) = bytes.split_at_checked(SUM)?;
        (known == sum(&[last])).then_some(())?;
        let (published, rest) = postcard::take_from_bytes(last).ok()?;
        let (from, rest) = postcard::take_from_bytes(rest).ok()?;
        let (faults, rest) = postcard::take_from_bytes::<Vec<Fault<'_>>>(rest).ok()?;
        Some(Self {
            published,
            from,
            faults: faults.into_iter().map(Diagnostic::from).collect(),
            texts: postcard::from_bytes(rest).ok()?,
        })
    }

    /// Whether its site is the one in the folder, which is in hand: somebody may have put another there since.
    pub(crate) fn is_in_hand(&self, publisher: &Publisher) -> bool {
        publisher.site() == Some(self.published.manifest)
    }

    /// How many pages the site had, both languages counted.
    pub(crate) const fn pages(&self) -> usize {
        self.from.pages
    }

    /// What publishing it did.
    pub(crate) const fn outcome(&self) -> Outcome {
        self.published.outcome
    }

    /// What is known of a file that was read for it.
    pub(crate) fn known(&self, path: &str) -> Option<Known> {
        let text = self.texts.as_ref()?.get(path)?;
        let (mark, digest) = (text.mark?, text.source);
        Some(Known { mark, digest })
    }

    /// Whether it was made from this.
    pub(crate) fn is_of(&self, input: &Input) -> bool {
        self.from.input == input.whole
    }

    /// What is known of the pages that stand by themselves, if nothing else changed since.
    pub(crate) fn texts(&self, input: &Input) -> Option<&Texts> {
        let texts = self.texts.as_ref()?;
        let same = self.from.rest == input.rest && texts.len() == input.texts.len();
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

    /// Remembers a build that was published, what is to be remembered of it being [`written`]. What cannot be
    /// written down is only built again.
    pub(crate) fn remember(written: &[u8], outcome: Outcome, publisher: &Publisher, out: &Path) {
        let Some(manifest) = publisher.site().filter(|_| !written.is_empty()) else {
            return;
        };
        let published = postcard::to_extend(&Published { manifest, outcome }, Vec::new());
        let Ok(published) = published else { return };
        let pieces = [&*published, written];
        let _ = File::create(publish::memory(out)).and_then(|mut file| {
            file.write_all(&sum(&pieces))?;
            pieces.iter().try_for_each(|piece| file.write_all(piece))
        });
    }

    /// What the build had to say.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        self.faults.clone()
    }
}

/// What is to be remembered of a build before its site is finished; nothing if it cannot be written down.
pub(crate) fn written(
    input: &Input,
    texts: Option<&Texts>,
    pages: usize,
    faults: &[Diagnostic],
) -> Vec<u8> {
    let from = MadeFrom {
        input: input.whole,
        rest: input.rest,
        pages,
    };
    let faults: Vec<Fault<'_>> = faults.iter().map(Fault::from).collect();
    let room = Vec::with_capacity(texts.map_or(0, BTreeMap::len) * TEXT + faults.len() * FAULT);
    let bytes = postcard::to_extend(&from, room);
    let bytes = bytes.and_then(|bytes| postcard::to_extend(&faults, bytes));
    let bytes = bytes.and_then(|bytes| postcard::to_extend(&texts, bytes));
    bytes.unwrap_or_default()
}

/// What a text takes there, and somewhat more, in bytes.
const TEXT: usize = 256;
/// What a fault takes.
const FAULT: usize = 512;

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
                source: *input.texts.get(&path)?,
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
pub(crate) fn head(page: &Document) -> Digest {
    let anchors = page.anchors.iter();
    let anchors = anchors.map(|anchor| (&anchor.id, &anchor.heading, anchor.explicit));
    let head = (
        &page.front_matter,
        &page.title,
        anchors.collect::<Vec<_>>(),
        page.clauses().next().is_some(),
    );
    digest::of_value(&head)
}

impl<'a> From<&'a Diagnostic> for Fault<'a> {
    fn from(fault: &'a Diagnostic) -> Self {
        let both = |text: &'a Localized| (&*text.vi, &*text.en);
        let excerpt = fault.excerpt.as_ref();
        Self {
            is_error: fault.level == DiagnosticLevel::Error,
            code: fault.code,
            file: &fault.file,
            position: fault.position.map(|at| (at.line, at.column)),
            excerpt: excerpt.map(|excerpt| (&*excerpt.line, excerpt.width)),
            message: both(&fault.message),
            hint: fault.hint.as_ref().map(both),
        }
    }
}

impl From<Fault<'_>> for Diagnostic {
    fn from(fault: Fault<'_>) -> Self {
        let both = |(vi, en): (&str, &str)| Localized::text(vi, en);
        let position = fault.position;
        Self {
            level: if fault.is_error {
                DiagnosticLevel::Error
            } else {
                DiagnosticLevel::Warning
            },
            code: interned(fault.code),
            file: fault.file.to_owned(),
            position: position.map(|(line, column)| Position { line, column }),
            excerpt: fault.excerpt.map(|(line, width)| Excerpt {
                line: line.to_owned(),
                width,
            }),
            message: both(fault.message),
            hint: fault.hint.map(both),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the program before this form, with a sum that is right.
    #[test]
    fn what_is_remembered_in_another_form_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("public");
        let digits = "0".repeat(64);
        let json = format!(
            "{{\"input\":\"{digits}\",\"rest\":\"{digits}\",\"site\":\"{digits}\",\"pages\":2}}\n{{}}"
        );
        for bytes in [json.as_bytes(), b"", &[0xff; 400]] {
            let written = [&sum(&[bytes]), bytes].concat();
            fs::write(publish::memory(&out), written).expect("a file");
            assert!(Last::into(&out).is_none());
        }
    }

    #[test]
    fn what_a_build_had_to_say_is_remembered_word_for_word() {
        let plain = Diagnostic::warning(
            "dead-link",
            "content/vi/a.md",
            Localized::text("một", "one"),
        );
        let full = Diagnostic {
            level: DiagnosticLevel::Error,
            position: Some(Position {
                line: 3,
                column: 70_000,
            }),
            excerpt: Some(Excerpt {
                line: "«đ» \"x\"".to_owned(),
                width: 2,
            }),
            hint: Some(Localized::text("hai", "two")),
            ..plain.clone()
        };
        let all = [plain, full];
        let faults: Vec<Fault<'_>> = all.iter().map(Fault::from).collect();
        let bytes = postcard::to_extend(&faults, Vec::new()).expect("bytes");
        let read: Vec<Fault<'_>> = postcard::from_bytes(&bytes).expect("faults");
        let read: Vec<Diagnostic> = read.into_iter().map(Diagnostic::from).collect();
        assert_eq!(read, all);
    }
}
