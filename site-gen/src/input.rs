//! What a build is made from, by digest.

use std::{
    collections::{BTreeMap, HashSet},
    ffi::OsStr,
    fs,
    sync::Arc,
    time::UNIX_EPOCH,
};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::{
    build::BuildOptions,
    digest::{self, Digest},
    document::Page,
    late::Mark,
    read::Reading,
    share,
    source::Source,
};

/// What a build is made from, by digest.
#[derive(Debug)]
pub(crate) struct Input {
    /// The digest of everything.
    pub(crate) whole: Digest,
    /// The digest of the same without the texts of pages that stand by themselves.
    pub(crate) rest: Digest,
    /// Of the files of the pages that stand by themselves, by path.
    pub(crate) texts: BTreeMap<String, Digest>,
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
            let known = source.known_digest();
            known.unwrap_or_else(|| digest::of(source.bytes()))
        });
        let digests: Vec<Digest> = digests.collect();
        let mut texts = BTreeMap::new();
        let mut rest = Sha256::new();
        put(&mut rest, settings(options)?.as_bytes());
        put(&mut rest, serde_json::to_string(faults).ok()?.as_bytes());
        for (source, digest) in all.into_iter().zip(digests) {
            put(&mut rest, source.path.as_bytes());
            if alone.contains(OsStr::new(&source.path)) {
                texts.insert(source.path.clone(), digest);
            } else {
                put(&mut rest, digest.bytes());
            }
        }
        let mut whole = rest.clone();
        for text in texts.values() {
            put(&mut whole, text.bytes());
        }
        Some(Self {
            whole: Digest::finished(whole),
            rest: Digest::finished(rest),
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
