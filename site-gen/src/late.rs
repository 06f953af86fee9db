//! Files that an earlier build read and that have not been touched since: read again only when somebody asks
//! what they say.
//!
//! A file is taken to be untouched if all that the file system notes of it is as it was: device, inode, size, and
//! both times to the nanosecond. The time of the last change (`ctime`) is the one that counts: no program can set
//! it, and it changes whatever is done to a file: written, given another time (`touch -r`, `cp -p`, `rsync -t`), moved
//! into the place of another (which brings an inode of its own as well). Nothing is older or newer than something
//! else here, so clocks that go backwards do no harm.
//!
//! One gap is left by file systems, whose clocks tick: what is written twice within a tick, and read in between,
//! is noted alike both times. So a file that was changed less than [`TICK`] before it was read is not remembered
//! and is read by the next build again, as Git does with what it calls racily clean.
//!
//! Whoever lets a file system tell untruths about its files, or writes into a mapped file without the system's
//! notice, has to remove `.public.last` beside the site: then all is read.

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    digest::{self, Digest},
    read::{self, Limits},
};

/// The longest tick of any file system's clock (FAT), and a good deal more than that of most.
const TICK: Duration = Duration::from_secs(2);

/// What a file system notes of a file, as a number.
pub(crate) type Mark = u128;

/// What is noted of a file now; none if it is not to be relied on, because the file was changed just before `now`.
pub(crate) fn mark(noted: &fs::Metadata, now: SystemTime) -> Option<Mark> {
    let numbers = [
        noted.dev().into(),
        noted.ino().into(),
        noted.size().into(),
        i128::from(noted.mtime()),
        noted.mtime_nsec().into(),
        noted.ctime().into(),
        noted.ctime_nsec().into(),
    ];
    let since = now.duration_since(UNIX_EPOCH).ok()?.checked_sub(TICK)?;
    let changed = (noted.ctime(), noted.ctime_nsec());
    let is_settled = changed
        < (
            i64::try_from(since.as_secs()).ok()?,
            since.subsec_nanos().into(),
        );
    let bytes: Vec<u8> = numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    is_settled.then(|| digest::of(&bytes).number())
}

/// What is known of a file that was read before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) mark: Mark,
    /// The digest of its text.
    pub(crate) digest: Digest,
}

/// A file whose text is known by its digest.
#[derive(Debug)]
pub struct Late {
    root: Arc<Path>,
    path: String,
    digest: Digest,
    text: OnceLock<Arc<str>>,
    /// Whether any file of the project turned out to be another than it was taken for.
    broken: Arc<AtomicBool>,
}

impl Late {
    pub(crate) const fn new(
        root: Arc<Path>,
        path: String,
        digest: Digest,
        broken: Arc<AtomicBool>,
    ) -> Self {
        Self {
            root,
            path,
            digest,
            text: OnceLock::new(),
            broken,
        }
    }

    pub(crate) const fn digest(&self) -> Digest {
        self.digest
    }

    /// The text. A file that is gone by now or says something else breaks the promise; what is made of the empty
    /// text that stands for it must not be used.
    pub(crate) fn text(&self) -> &Arc<str> {
        self.text.get_or_init(|| {
            let (source, faults) = read::file(&self.root, &self.path, Limits::default());
            let text = source.and_then(|source| source.text().cloned());
            let same = |text: &Arc<str>| digest::of(text.as_bytes()) == self.digest;
            let text = text.filter(|text| faults.is_empty() && same(text));
            text.unwrap_or_else(|| {
                self.broken.store(true, Ordering::Release);
                Arc::default()
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{File, FileTimes};

    use super::*;

    const TEXT: &str = "Một từ, hai từ.";
    const OTHER: &str = "Một từ, ba từ. ";

    fn noted(path: &Path) -> fs::Metadata {
        fs::symlink_metadata(path).expect("the file is there")
    }

    /// What is noted of a file when nobody has touched it for long.
    fn settled(path: &Path) -> Mark {
        let later = SystemTime::now() + Duration::from_hours(1);
        mark(&noted(path), later).expect("it is an hour old")
    }

    fn give_time(path: &Path, time: SystemTime) {
        let file = File::options().append(true).open(path).expect("a file");
        let times = FileTimes::new().set_modified(time).set_accessed(time);
        file.set_times(times).expect("a time");
    }

    /// Past the tick of this computer's file systems, so that what is done next is noted otherwise.
    fn wait() {
        std::thread::sleep(Duration::from_millis(25));
    }

    #[test]
    fn what_was_changed_just_now_is_not_relied_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, TEXT).expect("a file");
        assert_eq!(mark(&noted(&path), SystemTime::now()), None);
        // Nor is a file from the future, which a clock that was set back leaves behind.
        assert_eq!(mark(&noted(&path), UNIX_EPOCH), None);
        // The time that a program gives it does not make it older.
        give_time(&path, UNIX_EPOCH + TICK);
        assert_eq!(mark(&noted(&path), SystemTime::now()), None);
        assert_eq!(settled(&path), settled(&path));
    }

    #[test]
    fn whatever_is_done_to_a_file_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, other) = (folder.path().join("a.md"), folder.path().join("b.md"));
        let time = SystemTime::now() - Duration::from_secs(100);
        let in_place = |text: &str| {
            fs::write(&path, text).expect("a file");
            give_time(&path, time);
        };
        let moved = |text: &str| {
            fs::write(&other, text).expect("a file");
            give_time(&other, time);
            fs::rename(&other, &path).expect("a file");
        };
        let anew = |text: &str| {
            fs::remove_file(&path).expect("a file");
            in_place(text);
        };
        in_place(TEXT);
        for change in [&in_place as &dyn Fn(&str), &moved, &anew] {
            for text in [OTHER, TEXT] {
                let (before, length) = (settled(&path), noted(&path).len());
                wait();
                change(text);
                let now = noted(&path);
                // All that a careless look sees is as it was.
                assert_eq!((now.len(), now.modified().ok()), (length, Some(time)));
                assert_ne!(settled(&path), before);
            }
        }
        let before = settled(&path);
        wait();
        give_time(&path, time - Duration::from_secs(100));
        assert_ne!(settled(&path), before);
    }

    #[test]
    fn a_file_that_is_not_what_it_was_taken_for_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let late = |path: &str| {
            let digest = digest::of(TEXT.as_bytes());
            let broken = Arc::new(AtomicBool::new(false));
            let root = folder.path().into();
            (
                Late::new(root, path.to_owned(), digest, Arc::clone(&broken)),
                broken,
            )
        };
        let read = |path: &str| {
            let (late, broken) = late(path);
            (late.text().to_string(), broken.load(Ordering::Acquire))
        };
        fs::write(folder.path().join("a.md"), TEXT).expect("a file");
        fs::write(folder.path().join("b.md"), OTHER).expect("a file");
        fs::create_dir(folder.path().join("d.md")).expect("a folder");
        assert_eq!(read("a.md"), (TEXT.to_owned(), false));
        for path in ["b.md", "c.md", "d.md"] {
            assert_eq!(read(path), (String::new(), true), "{path}");
        }
    }
}
