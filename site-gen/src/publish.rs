//! The only writer of files: artifacts to a finished site, swapped in whole.
//!
//! Two generations lie side by side: `public/`, which is served, and `.public.previous/`, which was. A
//! build brings the previous one up to date (only what differs is written; what the current one has
//! already is hard-linked) and then exchanges the two with one `renameat2(RENAME_EXCHANGE)`: no reader
//! ever sees half a site, and a build that fails leaves the old site untouched. Nothing is ever written
//! into a file that exists: it may be linked from the site being served.

mod error;
mod folder;
mod generation;
mod links;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use rustix::fs::FlockOperation;
use search::index::Effort;
use serde::{Deserialize, Serialize};

use crate::{
    build,
    compress::{self, Packed},
    digest::{self, Digest},
    manifest::{self, FileEntry, Manifest, MediaType},
};

pub use error::PublishError;
pub(crate) use folder::memory;
use folder::{exchange, make_anew, place_of, remove};
use generation::{Generation, differing, is_of_use};
use links::Links;

/// A fault of the file system that several threads may have to tell.
type Failed = (io::ErrorKind, String);

/// A build's output while it is being made. Files may come in any order and from many threads.
pub(crate) struct Publisher {
    out: PathBuf,
    previous: PathBuf,
    compress: bool,
    /// The current site; none if it is of no use.
    current: Option<Generation>,
    /// The current manifest's bytes.
    manifest: Vec<u8>,
    /// The digest of these, and of those of the manifest that took its place.
    site: Option<Digest>,
    new_site: OnceLock<Digest>,
    /// What the previous generation holds; made ready by the first file that has to be written.
    ready: OnceLock<Result<Generation, Failed>>,
    lock: File,
}

/// What publishing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Files of the site.
    pub files: usize,
    /// Their bytes, without packed variants.
    pub bytes: u64,
    /// Files that differ from the site before.
    pub written: usize,
    /// Files of the site before that are gone.
    pub removed: usize,
}

impl Publisher {
    /// Takes the output folder in hand; nothing is changed yet.
    pub(crate) fn new(out: &Path, compress: bool) -> Result<Self, PublishError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| PublishError::Io(path, error)
        };
        let (parent, name) = place_of(out);
        fs::create_dir_all(&parent).map_err(at(&parent))?;
        let lock_path = parent.join(format!(".{name}.lock"));
        let lock = File::create(&lock_path).map_err(at(&lock_path))?;
        if rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Err(PublishError::Busy(out.to_owned()));
        }
        let bytes = fs::read(out.join(manifest::PATH)).ok();
        let (manifest, site) = rayon::join(
            || bytes.as_deref().and_then(Manifest::parse),
            || Some(digest::of(bytes.as_deref()?)),
        );
        let is_empty = fs::read_dir(out).map_or(true, |mut entries| entries.next().is_none());
        if manifest.is_none() && !is_empty && !out.join(manifest::PATH).exists() {
            return Err(PublishError::NotASite(out.to_owned()));
        }
        let usable = manifest.filter(|manifest| is_of_use(manifest, compress));
        let current = usable.map(|manifest| Generation::of(manifest, out));
        Ok(Self {
            out: out.to_owned(),
            previous: parent.join(format!(".{name}.previous")),
            compress,
            current: current.transpose().map_err(at(out))?,
            manifest: bytes.unwrap_or_default(),
            site,
            new_site: OnceLock::new(),
            ready: OnceLock::new(),
            lock,
        })
    }

    /// The digest of the manifest of the site in the folder, which nobody else changes meanwhile.
    pub(crate) fn site(&self) -> Option<Digest> {
        self.new_site.get().copied().or(self.site)
    }

    /// How what is packed in any case is packed: quickly, where nothing else is.
    pub(crate) const fn effort(&self) -> Effort {
        if self.compress {
            Effort::Well
        } else {
            Effort::Quickly
        }
    }

    /// Whether the current site is all there, as its manifest says.
    pub(crate) fn is_intact(&self) -> bool {
        self.current.as_ref().is_some_and(Generation::is_intact)
    }

    /// A file of the current site, if it is there.
    fn of_current(&self, path: &str) -> Option<&FileEntry> {
        self.current.as_ref()?.get(path)
    }

    fn current_files(&self) -> impl Iterator<Item = &FileEntry> {
        self.current.iter().flat_map(Generation::files)
    }

    /// Whether nothing has been changed in the previous generation yet.
    pub(crate) fn is_untouched(&self) -> bool {
        self.ready.get().is_none()
    }

    /// Makes the previous generation ready to be written into. It is looked through on several threads, so it
    /// has to be done before files are put on several threads: one of them could come to wait for itself.
    pub(crate) fn ready(&self) -> Result<(), PublishError> {
        self.previous_files().map(drop)
    }

    /// Takes one file. What the current site holds already is only noted.
    pub(crate) fn put(
        &self,
        path: &str,
        media_type: MediaType,
        bytes: &[u8],
    ) -> Result<FileEntry, PublishError> {
        let sha256 = digest::of(bytes);
        let same = |entry: &&FileEntry| entry.sha256 == sha256 && entry.media_type == media_type;
        if let Some(entry) = self.of_current(path).filter(same) {
            return Ok(entry.clone().in_use());
        }
        let before = self.previous_files()?;
        if let Some(entry) = before.get(path).filter(same) {
            return Ok(entry.clone().in_use());
        }
        self.clear(before.get(path));
        let packed = if self.compress && !path.starts_with(manifest::PRIVATE) {
            compress::pack(media_type, bytes)
        } else {
            Packed::default()
        };
        let size = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| bytes.len() as u64);
        let entry = FileEntry {
            path: path.into(),
            media_type,
            sha256,
            size: bytes.len() as u64,
            immutable: is_named_after_content(path),
            br: size(&packed.br),
            gz: size(&packed.gz),
            kept: false,
        };
        self.write(path, bytes)?;
        for (suffix, bytes) in [("br", packed.br), ("gz", packed.gz)] {
            if let Some(bytes) = bytes {
                self.write(&format!("{path}.{suffix}"), &bytes)?;
            }
        }
        Ok(entry)
    }

    /// The bytes of a file of the current site, if they are what its manifest says.
    pub(crate) fn published(&self, path: &str) -> Option<Vec<u8>> {
        let entry = self.of_current(path)?;
        let bytes = fs::read(self.out.join(path)).ok()?;
        (digest::of(&bytes) == entry.sha256).then_some(bytes)
    }

    /// The bytes of a file of the current site, for what tells by itself whether it is whole.
    pub(crate) fn found(&self, path: &str) -> Option<Vec<u8>> {
        self.of_current(path)?;
        fs::read(self.out.join(path)).ok()
    }

    /// Notes that a file of the current site is not what it should be: it is written again, past the one of the
    /// generation before too, which may be the same file.
    pub(crate) fn note_damage(&self, path: &str) {
        // One that cannot be had is told when something is put there.
        let previous = self.previous_files().ok();
        let both = self.current.iter().chain(previous);
        both.for_each(|generation| generation.note_damage(path));
    }

    /// Whether the current site serves or keeps for its server a file at that path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.of_current(path).is_some_and(|entry| !entry.kept)
    }

    /// The files of the current site that are to stay as they are.
    pub(crate) fn stay(&self, chosen: impl Fn(&str) -> bool) -> Vec<FileEntry> {
        let chosen = self
            .current_files()
            .filter(|entry| !entry.kept && chosen(&entry.path));
        chosen.cloned().collect()
    }

    /// Swaps the finished site in. `entries` is all of it.
    ///
    /// The folder stays in hand until the publisher is let go: what is remembered of this site is written before
    /// another build can put its own there.
    pub(crate) fn finish(
        &self,
        date: &str,
        mut entries: Vec<FileEntry>,
        citations: BTreeMap<String, String>,
    ) -> Result<Outcome, PublishError> {
        // What stayed comes in order: this sort finds it so.
        entries.sort_by(generation::order);
        let (gone, fresh) = differing(self.current_files(), entries.iter());
        let (gone, written): (Vec<FileEntry>, usize) =
            (gone.into_iter().cloned().collect(), fresh.len());
        let outcome = Outcome {
            files: entries.len(),
            bytes: entries.iter().map(|entry| entry.size).sum(),
            written,
            removed: gone.iter().filter(|entry| !entry.kept).count(),
        };
        let kept = Self::kept(gone, outcome);
        if !kept.is_empty() {
            entries.extend(kept);
            entries.sort_by(generation::order);
        }
        let is_public = |entry: &FileEntry| !entry.path.starts_with(manifest::PRIVATE);
        let private = entries.split_off(entries.partition_point(is_public));
        let manifest = Manifest {
            version: manifest::VERSION,
            date: date.to_owned(),
            compressed: self.compress,
            files: entries,
            private,
            citations,
        };
        let current = self.current.as_ref().map(Generation::manifest);
        // The same files in a list that is written otherwise are another site.
        let is_written = || self.site == Some(digest::of(&manifest.written()));
        if outcome.written == 0 && current == Some(&manifest) && is_written() {
            return Ok(outcome);
        }
        let site = self.complete(&manifest)?;
        let failed = |error| PublishError::Io(self.out.clone(), error);
        exchange(&self.previous, &self.out).map_err(failed)?;
        // The generation that gave way is built upon next: what was damaged of it must not be taken for whole then.
        let lost = self.current.iter().flat_map(Generation::lost);
        lost.for_each(|entry| self.clear(Some(entry)));
        self.new_site.get_or_init(|| site);
        Ok(outcome)
    }

    /// Lets go of the folder at once, and of the memory while nobody waits for it.
    pub(crate) fn let_go(self) {
        drop(self.lock);
        build::let_go((self.current, self.ready, self.manifest));
    }

    fn is_current(&self, entry: &FileEntry) -> bool {
        let current = self.current.as_ref();
        current.is_some_and(|current| current.has(entry))
    }

    /// Named assets of the site before stay for one more generation: a page that is open in a
    /// browser may still ask for them.
    fn kept(gone: Vec<FileEntry>, outcome: Outcome) -> Vec<FileEntry> {
        let nothing_new = outcome.written == 0 && outcome.removed == 0;
        gone.into_iter()
            .filter(|entry| entry.immutable && (nothing_new || !entry.kept))
            .map(|entry| FileEntry {
                kept: true,
                ..entry
            })
            .collect()
    }

    /// Brings the previous generation's folder to exactly the new manifest; the digest of its bytes.
    fn complete(&self, manifest: &Manifest) -> Result<Digest, PublishError> {
        let before = self.previous_files()?;
        let (files, written) = rayon::join(
            || self.fill(before, manifest),
            || {
                let bytes = manifest.written();
                let digest = digest::of(&bytes);
                (bytes, digest)
            },
        );
        files?;
        // Last of all: a folder with a manifest is a whole site.
        let (bytes, digest) = written;
        self.write(manifest::PATH, &bytes)?;
        Ok(digest)
    }

    /// Takes the files that are not wanted any more out of the previous generation's folder, and links those of
    /// the current one there.
    fn fill(&self, before: &Generation, manifest: &Manifest) -> Result<(), PublishError> {
        let all = manifest.files.iter().chain(&manifest.private);
        let (unwanted, missing) = differing(before.files(), all);
        for path in unwanted.into_iter().flat_map(FileEntry::on_disk) {
            remove(&self.previous, &path);
        }
        // What the current one has not either was written just now.
        let missing = missing.into_iter().filter(|entry| self.is_current(entry));
        let missing: Vec<&FileEntry> = missing.collect();
        if missing.is_empty() {
            return Ok(());
        }
        Links::new(&self.out, &self.previous)?.all(&missing)
    }

    /// Takes a file of the previous generation and its packed variants out of the way.
    fn clear(&self, entry: Option<&FileEntry>) {
        for path in entry.into_iter().flat_map(FileEntry::on_disk) {
            // What cannot be removed is met again, and reported, when the new file is made.
            let _ = fs::remove_file(self.previous.join(&*path));
        }
    }

    /// The files of the previous generation, which are ours to change from here on: its manifest is
    /// taken away first, so that a build killed half-way is seen as such by the next one.
    fn previous_files(&self) -> Result<&Generation, PublishError> {
        let ready = self.ready.get_or_init(|| {
            self.prepare_previous()
                .map_err(|error| (error.kind(), error.to_string()))
        });
        ready.as_ref().map_err(|(kind, text)| {
            PublishError::Io(self.previous.clone(), io::Error::new(*kind, text.clone()))
        })
    }

    fn prepare_previous(&self) -> io::Result<Generation> {
        let Some(manifest) = self.previous_manifest() else {
            match fs::remove_dir_all(&self.previous) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            fs::create_dir(&self.previous)?;
            return Ok(Generation::default());
        };
        fs::remove_file(self.previous.join(manifest::PATH))?;
        Generation::of(manifest, &self.previous)
    }

    /// The manifest of the previous generation; none if nothing can be built upon it.
    fn previous_manifest(&self) -> Option<Manifest> {
        let bytes = fs::read(self.previous.join(manifest::PATH)).ok()?;
        let manifest = match &self.current {
            Some(current) => Manifest::parse_beside(&bytes, current.manifest(), &self.manifest),
            None => Manifest::parse(&bytes),
        };
        manifest.filter(|manifest| is_of_use(manifest, self.compress))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let full = self.previous.join(path);
        if path.ends_with("/index.html")
            && let Some(folder) = full.parent()
        {
            // A page has a folder of its own: to be told that it is not there yet takes as long as to make it.
            let _ = fs::create_dir(folder);
        }
        let written =
            make_anew(&full, || File::create_new(&full)).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| PublishError::Io(full, error))
    }
}

/// Whether a file's name changes with its content, so that it may be kept for ever.
fn is_named_after_content(path: &str) -> bool {
    path.starts_with("assets/")
}

#[cfg(test)]
mod tests;
