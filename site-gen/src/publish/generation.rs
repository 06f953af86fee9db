//! A generation of the site: what its manifest says, and which of its files are there as it says.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    fs::File,
    io,
    path::Path,
    sync::{PoisonError, RwLock},
};

use rayon::prelude::*;
use rustix::fs::{AtFlags, FileType, statat};

use crate::{
    manifest::{self, FileEntry, Manifest},
    share,
};

/// A generation of the site, of which a manifest was found.
#[derive(Debug, Default)]
pub(super) struct Generation {
    manifest: Manifest,
    /// The paths of files that are gone or have another size, and of those that turned out to be damaged.
    damaged: RwLock<BTreeSet<String>>,
}

impl Generation {
    /// Looks at all files in a folder that a manifest names.
    pub(super) fn of(manifest: Manifest, folder: &Path) -> io::Result<Self> {
        // Looked up from there, a name is as short as it can be: there are tens of thousands.
        let folder = File::open(folder)?;
        let is_there = |path: &str, size: u64| {
            statat(&folder, path, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(|found| {
                let is_file = FileType::from_raw_mode(found.st_mode) == FileType::RegularFile;
                is_file && u64::try_from(found.st_size) == Ok(size)
            })
        };
        let entries = manifest.files.par_iter().chain(&manifest.private);
        let damaged = entries.with_max_len(share::LOOKS).filter(|entry| {
            !is_there(&entry.path, entry.size)
                || !entry.variants().all(|(path, size)| is_there(&path, size))
        });
        let damaged: BTreeSet<String> = damaged.map(|entry| entry.path.to_string()).collect();
        Ok(Self {
            manifest,
            damaged: damaged.into(),
        })
    }

    /// A file of the right size that does not hold what it should is as good as gone.
    pub(super) fn note_damage(&self, path: &str) {
        let mut damaged = self.damaged.write().unwrap_or_else(PoisonError::into_inner);
        damaged.insert(path.to_owned());
    }

    fn damaged(&self) -> BTreeSet<String> {
        let damaged = self.damaged.read().unwrap_or_else(PoisonError::into_inner);
        damaged.clone()
    }

    /// The files that are not there as the manifest says.
    pub(super) fn lost(&self) -> Vec<&FileEntry> {
        let damaged = self.damaged();
        let entries = damaged.iter().filter_map(|path| self.manifest.get(path));
        entries.collect()
    }

    /// Whether all files are there.
    pub(super) fn is_intact(&self) -> bool {
        let damaged = self.damaged.read().unwrap_or_else(PoisonError::into_inner);
        damaged.is_empty()
    }

    /// The file at a path, if it is there as the manifest says.
    pub(super) fn get(&self, path: &str) -> Option<&FileEntry> {
        let entry = self.manifest.get(path)?;
        let damaged = self.damaged.read().unwrap_or_else(PoisonError::into_inner);
        (!damaged.contains(path)).then_some(entry)
    }

    /// Whether that very file is there.
    pub(super) fn has(&self, entry: &FileEntry) -> bool {
        let own = self.get(&entry.path);
        own.is_some_and(|own| own.sha256 == entry.sha256)
    }

    /// All files that are there, in the order of paths but for those for the server, which come last.
    pub(super) fn files(&self) -> impl Iterator<Item = &FileEntry> {
        let all = self.manifest.files.iter().chain(&self.manifest.private);
        let damaged = self.damaged();
        all.filter(move |entry| damaged.is_empty() || !damaged.contains(&*entry.path))
    }

    pub(super) const fn manifest(&self) -> &Manifest {
        &self.manifest
    }
}

/// Whether a site of that manifest can be built upon: whether it is packed alike, and its lists are as this
/// program writes them. Somebody else may have written them, and a wrong one would have the wrong files removed:
/// there or, by way of a path, elsewhere. (Whoever may put links in place of folders may do so without our help.)
pub(super) fn is_of_use(manifest: &Manifest, compress: bool) -> bool {
    let Manifest { files, private, .. } = manifest;
    let mut all = files.iter().chain(private);
    let in_order = all
        .clone()
        .is_sorted_by(|one, other| order(one, other).is_lt());
    let in_their_lists = !files.iter().any(is_private) && private.iter().all(is_private);
    manifest.compressed == compress
        && in_order
        && in_their_lists
        && all.all(|entry| is_inside(&entry.path))
}

/// Whether a path leads into the folder that it is looked up in, and is the only one that leads there.
fn is_inside(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(is_name)
}

fn is_private(entry: &FileEntry) -> bool {
    entry.path.starts_with(manifest::PRIVATE)
}

/// The order of files in a generation: by path, those for the server last.
pub(super) fn order(one: &FileEntry, other: &FileEntry) -> Ordering {
    let private = is_private(one).cmp(&is_private(other));
    private.then_with(|| one.path.cmp(&other.path))
}

/// What two lists in that order differ in: the files whose paths the second has not, and those that the first
/// has not or has otherwise.
pub(super) fn differing<'a>(
    before: impl Iterator<Item = &'a FileEntry>,
    now: impl Iterator<Item = &'a FileEntry>,
) -> (Vec<&'a FileEntry>, Vec<&'a FileEntry>) {
    let mut before = before.peekable();
    let (mut gone, mut fresh) = (Vec::new(), Vec::new());
    for entry in now {
        while let Some(old) = before.next_if(|old| order(old, entry).is_lt()) {
            gone.push(old);
        }
        let same = before.next_if(|old| old.path == entry.path);
        if same.is_none_or(|old| old.sha256 != entry.sha256) {
            fresh.push(entry);
        }
    }
    gone.extend(before);
    (gone, fresh)
}
