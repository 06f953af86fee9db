//! Files of one generation linked into another.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use rayon::prelude::*;
use rustix::{
    fs::{AtFlags, linkat, unlinkat},
    io::Errno,
};

use super::{error::PublishError, folder::make_anew};
use crate::{manifest::FileEntry, share};

/// Where the links lead from and to. The folders are open, so that a name is looked up from there: it is as
/// short as it can be, and there are tens of thousands.
pub(super) struct Links<'a> {
    from: Place<'a>,
    to: Place<'a>,
}

/// A folder that is open.
struct Place<'a> {
    path: &'a Path,
    folder: File,
}

/// From so many files on it is worth while to open the folder that they lie in.
const MANY: usize = 16;

impl<'a> Links<'a> {
    pub(super) fn new(from: &'a Path, to: &'a Path) -> Result<Self, PublishError> {
        Ok(Self {
            from: Place::open(from)?,
            to: Place::open(to)?,
        })
    }

    /// Links files with their packed variants. They come in the order of paths.
    pub(super) fn all(&self, files: &[&FileEntry]) -> Result<(), PublishError> {
        let folders = files.chunk_by(|one, other| folder_of(&one.path) == folder_of(&other.path));
        let folders: Vec<&[&FileEntry]> = folders.collect();
        let folders = folders.into_par_iter().with_max_len(share::PAGES);
        folders.try_for_each(|files| {
            let folder = files.first().map_or("", |file| folder_of(&file.path));
            let path = self.to.path.join(folder);
            fs::create_dir_all(&path).map_err(|error| PublishError::Io(path.clone(), error))?;
            if files.len() < MANY {
                return self.each(files, "");
            }
            let from = self.from.path.join(folder);
            match Links::new(&from, &path) {
                Ok(links) => links.each(files, folder),
                // One may look names up in a folder that one may not open.
                Err(_) => self.each(files, ""),
            }
        })
    }

    /// Links files that lie in a folder, which is this one or begins all their paths.
    fn each(&self, files: &[&FileEntry], folder: &str) -> Result<(), PublishError> {
        let files = files.par_iter().with_max_len(share::LOOKS);
        files.try_for_each(|file| {
            let mut names = file.on_disk();
            names.try_for_each(|path| self.link(path.strip_prefix(folder).unwrap_or(&path)))
        })
    }

    fn link(&self, name: &str) -> Result<(), PublishError> {
        let (from, to) = (&self.from.folder, &self.to.folder);
        let link = || linkat(from, name, to, name, AtFlags::empty());
        let linked = match link() {
            Err(Errno::EXIST) => unlinkat(to, name, AtFlags::empty()).and_then(|()| link()),
            linked => linked,
        };
        // Some file systems know no hard links.
        let copied = linked.or_else(|_| {
            let (from, to) = (self.from.path.join(name), self.to.path.join(name));
            make_anew(&to, || fs::copy(&from, &to).map(drop))
        });
        copied.map_err(|error: io::Error| PublishError::Io(self.to.path.join(name), error))
    }
}

impl<'a> Place<'a> {
    fn open(path: &'a Path) -> Result<Self, PublishError> {
        let folder = File::open(path).map_err(|error| PublishError::Io(path.to_owned(), error))?;
        Ok(Self { path, folder })
    }
}

/// The folder that a file lies in, with the slash after it; nothing for one that lies in none.
fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;
    use crate::digest;

    fn entry(path: &str, br: Option<u64>) -> FileEntry {
        FileEntry {
            path: path.into(),
            media_type: "text/html",
            sha256: digest::of(b""),
            size: 0,
            immutable: false,
            br,
            gz: None,
            kept: false,
        }
    }

    #[test]
    fn files_are_linked_with_their_folders_and_past_what_lies_there() {
        let root = tempfile::tempdir().expect("a folder");
        let (from, to) = (root.path().join("from"), root.path().join("to"));
        let many = (0..2 * MANY).map(|number| entry(&format!("a/b/{number:02}"), None));
        let mut files: Vec<FileEntry> = many.collect();
        files.push(entry("a/b/x.html", Some(0)));
        files.extend([entry("a/c/index.html", Some(0)), entry("d", None)]);
        for path in files.iter().flat_map(FileEntry::on_disk) {
            let path = from.join(&*path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "as it is").expect("a file");
        }
        fs::create_dir_all(to.join("a/b")).expect("a folder");
        fs::write(to.join("a/b/03"), "as it was").expect("a file");
        let files: Vec<&FileEntry> = files.iter().collect();
        let links = Links::new(&from, &to).expect("two folders");
        links.all(&files).expect("links");
        let inode = |path: &Path| fs::metadata(path).expect("a file").ino();
        for path in files.iter().flat_map(|file| file.on_disk()) {
            assert_eq!(inode(&from.join(&*path)), inode(&to.join(&*path)), "{path}");
        }
    }

    /// As where a file system knows none.
    #[test]
    #[cfg(target_os = "linux")]
    fn what_cannot_be_linked_is_copied() {
        let to = tempfile::tempdir().expect("a folder");
        let (from, name) = (Path::new("/proc/sys/kernel"), "ostype");
        let links = Links::new(from, to.path()).expect("two folders");
        links.all(&[&entry(name, None)]).expect("a copy");
        let read = |folder: &Path| fs::read(folder.join(name)).expect("a file");
        assert_eq!(read(to.path()), read(from));
    }

    #[test]
    fn a_file_that_is_gone_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        let links = Links::new(root.path(), root.path()).expect("two folders");
        let error = links.all(&[&entry("a/b", None)]).expect_err("no such file");
        let message = error.message().vi;
        assert!(message.contains("a/b"), "{message}");
    }
}
