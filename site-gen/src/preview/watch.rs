//! What the operating system says about files, as batches of changed paths.
//!
//! Debounced by events, not by a sleep: a batch is handed on as soon as every file in it is known to
//! be whole (closed after writing, renamed into place, removed) and nothing more is waiting. Only a
//! file that was written but not yet closed is waited for, and that for a bounded time.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use notify::{
    Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode},
};

use crate::read;

/// How long a file that is being written may keep a batch waiting.
const UNSETTLED: Duration = Duration::from_millis(20);

/// A pause this short ends a batch whose files are all whole: editors write a backup, the file and a
/// rename within it.
const QUIET: Duration = Duration::from_micros(500);

/// The most a steady stream of events (a checkout of many files) is gathered for.
const LONGEST: Duration = Duration::from_millis(100);

/// How often files are looked at where the system offers no watches.
const POLL: Duration = Duration::from_millis(500);

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Batch {
    /// These paths, relative to the project folder; a folder stands for all below it.
    Paths(Vec<String>),
    /// Events were lost: everything may have changed.
    Everything,
}

/// A watch over a project folder; dropping it ends the watch.
pub(super) struct Changes {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    _watcher: Box<dyn Watcher + Send>,
}

/// Starts watching the folders of a project; `true` if by polling.
pub(super) fn start(root: &Path) -> io::Result<(Changes, bool)> {
    // Events name canonical paths.
    let root = root.canonicalize()?;
    let (sender, events) = mpsc::channel();
    let native = RecommendedWatcher::new(sender.clone(), Config::default())
        .and_then(|mut watcher| watch_all(&mut watcher, &root).map(|()| watcher));
    let (watcher, polling): (Box<dyn Watcher + Send>, bool) = if let Ok(watcher) = native {
        (Box::new(watcher), false)
    } else {
        let config = Config::default()
            .with_poll_interval(POLL)
            .with_compare_contents(true);
        let mut watcher = PollWatcher::new(sender, config).map_err(io::Error::other)?;
        watch_all(&mut watcher, &root).map_err(io::Error::other)?;
        (Box::new(watcher), true)
    };
    Ok((
        Changes {
            root,
            events,
            _watcher: watcher,
        },
        polling,
    ))
}

fn watch_all(watcher: &mut dyn Watcher, root: &Path) -> notify::Result<()> {
    for folder in read::FOLDERS {
        let path = root.join(folder);
        if path.is_dir() {
            watcher.watch(&path, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

impl Changes {
    /// The next batch, or nothing if none came within `patience`. `None` for good once the watch ended.
    pub(super) fn next(&self, patience: Duration) -> Result<Option<Batch>, WatchEnded> {
        let first = match self.events.recv_timeout(patience) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => return Ok(None),
            Err(RecvTimeoutError::Disconnected) => return Err(WatchEnded),
        };
        let start = Instant::now();
        let mut gathering = Gathering::default();
        gathering.take(first, &self.root);
        while start.elapsed() < LONGEST {
            let pause = if gathering.is_settled() {
                QUIET
            } else {
                UNSETTLED
            };
            match self.events.recv_timeout(pause) {
                Ok(event) => gathering.take(event, &self.root),
                Err(_) => break,
            }
        }
        Ok(gathering.batch())
    }
}

/// The watch ended; nothing will come any more.
#[derive(Debug)]
pub(super) struct WatchEnded;

/// Paths of a batch, and whether each is known to be whole.
#[derive(Default)]
struct Gathering {
    settled: BTreeMap<String, bool>,
    everything: bool,
}

impl Gathering {
    fn take(&mut self, event: notify::Result<Event>, root: &Path) {
        let Ok(event) = event else {
            self.everything = true;
            return;
        };
        if event.need_rescan() {
            self.everything = true;
            return;
        }
        let Some(whole) = is_whole(event.kind) else {
            return;
        };
        for path in &event.paths {
            let Ok(relative) = path.strip_prefix(root) else {
                continue;
            };
            let Some(relative) = relative.to_str() else {
                // A name that is no Unicode: the full reader names it.
                self.everything = true;
                continue;
            };
            let name = relative.rsplit('/').next().unwrap_or_default();
            if !read::is_passed_over(name) {
                self.settled.insert(relative.to_owned(), whole);
            }
        }
    }

    fn is_settled(&self) -> bool {
        self.settled.values().all(|&whole| whole)
    }

    fn batch(self) -> Option<Batch> {
        if self.everything {
            return Some(Batch::Everything);
        }
        let paths: Vec<String> = self.settled.into_keys().collect();
        (!paths.is_empty()).then_some(Batch::Paths(paths))
    }
}

/// Whether the file is whole after such an event; `None` if the event says nothing about contents.
fn is_whole(kind: EventKind) -> Option<bool> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Create(CreateKind::Folder)
        | EventKind::Modify(ModifyKind::Name(
            RenameMode::From | RenameMode::To | RenameMode::Both,
        ))
        | EventKind::Remove(_) => Some(true),
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => None,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any | EventKind::Other => {
            Some(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(5);

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/vi")).unwrap();
        fs::write(folder.path().join("content/vi/a.md"), "a").unwrap();
        folder
    }

    /// All paths named until nothing has come for a while.
    fn named(changes: &Changes) -> Vec<String> {
        let mut all = Vec::new();
        let mut patience = PATIENCE;
        while let Some(batch) = changes.next(patience).unwrap() {
            match batch {
                Batch::Paths(paths) => all.extend(paths),
                Batch::Everything => all.push("*".to_owned()),
            }
            patience = Duration::from_millis(50);
        }
        all.sort();
        all.dedup();
        all
    }

    #[test]
    fn a_save_in_place_is_one_batch_with_that_file() {
        let folder = project();
        let (changes, polling) = start(folder.path()).unwrap();
        assert!(!polling);
        fs::write(folder.path().join("content/vi/a.md"), "b").unwrap();
        let batch = changes.next(PATIENCE).unwrap();
        assert_eq!(
            batch,
            Some(Batch::Paths(vec!["content/vi/a.md".to_owned()]))
        );
    }

    #[test]
    fn a_save_by_renaming_over_names_the_file_and_not_the_backup() {
        let folder = project();
        let (changes, _) = start(folder.path()).unwrap();
        let page = folder.path().join("content/vi/a.md");
        fs::rename(&page, folder.path().join("content/vi/a.md~")).unwrap();
        fs::write(folder.path().join("content/vi/.a.md.swp"), "x").unwrap();
        fs::write(folder.path().join("content/vi/4913"), "").unwrap();
        fs::write(&page, "c").unwrap();
        assert_eq!(named(&changes), ["content/vi/a.md"]);
    }

    #[test]
    fn a_folder_moved_in_is_named() {
        let folder = project();
        let outside = tempfile::tempdir_in(folder.path()).unwrap();
        fs::create_dir_all(outside.path().join("new")).unwrap();
        fs::write(outside.path().join("new/b.md"), "b").unwrap();
        let (changes, _) = start(folder.path()).unwrap();
        fs::rename(
            outside.path().join("new"),
            folder.path().join("content/vi/new"),
        )
        .unwrap();
        assert!(named(&changes).contains(&"content/vi/new".to_owned()));
    }
}
