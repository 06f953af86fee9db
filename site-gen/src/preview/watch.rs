//! What the operating system says about files, as batches of changed paths.
//!
//! Debounced by events, not by a sleep: a batch is handed on as soon as every file in it is known to
//! be whole (closed after writing, renamed into place, removed) and nothing more is waiting. Only a
//! file that was written but not yet closed is waited for, and that for a bounded time.

mod gathering;

use std::{
    io,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::read;
use gathering::{Gathering, is_whole};

/// How long a file that is being written may keep a batch waiting.
const UNSETTLED: Duration = Duration::from_millis(20);

/// A pause this short ends a batch whose files are all whole: editors write a backup, the file and a
/// rename within it.
const QUIET: Duration = Duration::from_micros(500);

/// The most a steady stream of events is gathered for.
const LONGEST: Duration = Duration::from_millis(100);

/// From so many paths on it is no editor that saves but a checkout or a script: it is let come to its
/// end, so that the site is made again once and not in the middle of it.
pub(super) const STORM: usize = 64;

/// The pause that ends a storm.
const STORM_QUIET: Duration = Duration::from_millis(50);

/// The most a storm is waited for.
const LONGEST_STORM: Duration = Duration::from_secs(5);

/// When a path is looked at once more: a new folder, because what was written into it before the system
/// watched it was told by no event; a file that is gone, because its editor may be putting it back.
pub(super) const SECOND_LOOK: Duration = Duration::from_millis(100);

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

type Events = notify::Result<Event>;
type AnyWatcher = Box<dyn Watcher + Send>;

/// A watch over a project folder; dropping it ends the watch.
pub(super) struct Changes {
    root: PathBuf,
    events: Receiver<Events>,
    sender: Sender<Events>,
    watcher: AnyWatcher,
    polling: bool,
    /// Paths, and when each is looked at once more.
    second_looks: Vec<(Instant, String)>,
}

/// Starts watching the folders of a project.
pub(super) fn start(root: &Path) -> io::Result<Changes> {
    start_with(root, native)
}

/// Hands on what says something about contents. The rest is not even counted: every file that anybody
/// only reads is told of as well.
fn hand_on(sender: Sender<Events>) -> impl FnMut(Events) + Send + 'static {
    move |event| {
        let is_news = event.as_ref().map_or(true, |event| {
            event.need_rescan() || is_whole(event.kind).is_some()
        });
        if is_news {
            // Nobody may be listening any more.
            let _ = sender.send(event);
        }
    }
}

/// The system's own watcher; symbolic links are refused as content and not followed here either.
fn native(sender: Sender<Events>) -> notify::Result<AnyWatcher> {
    let config = Config::default().with_follow_symlinks(false);
    Ok(Box::new(RecommendedWatcher::new(hand_on(sender), config)?))
}

fn polling(sender: Sender<Events>) -> notify::Result<AnyWatcher> {
    let config = Config::default()
        .with_poll_interval(POLL)
        .with_compare_contents(true)
        .with_follow_symlinks(false);
    Ok(Box::new(PollWatcher::new(hand_on(sender), config)?))
}

fn start_with(
    root: &Path,
    native: impl FnOnce(Sender<Events>) -> notify::Result<AnyWatcher>,
) -> io::Result<Changes> {
    // Events name canonical paths.
    let root = root.canonicalize()?;
    let (sender, events) = mpsc::channel();
    let watching = native(sender.clone())
        .and_then(|mut watcher| watch_all(&mut *watcher, &root).map(|()| watcher));
    let (watcher, polling) = match watching {
        Ok(watcher) => (watcher, false),
        Err(_) => (poll_all(&sender, &root)?, true),
    };
    Ok(Changes {
        root,
        events,
        sender,
        watcher,
        polling,
        second_looks: Vec::new(),
    })
}

fn poll_all(sender: &Sender<Events>, root: &Path) -> io::Result<AnyWatcher> {
    let mut watcher = polling(sender.clone()).map_err(io::Error::other)?;
    watch_all(&mut *watcher, root).map_err(io::Error::other)?;
    Ok(watcher)
}

/// Watches the project's folders, and the ones they stand in: a folder may be taken away and come back.
fn watch_all(watcher: &mut dyn Watcher, root: &Path) -> notify::Result<()> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in read::FOLDERS {
        watch_folder(watcher, root, folder)?;
    }
    Ok(())
}

fn watch_folder(watcher: &mut dyn Watcher, root: &Path, folder: &str) -> notify::Result<()> {
    let path = root.join(folder);
    if let Some(above) = path
        .parent()
        .filter(|above| *above != root && above.is_dir())
    {
        watcher.watch(above, RecursiveMode::NonRecursive)?;
    }
    if path.is_dir() {
        watcher.watch(&path, RecursiveMode::Recursive)?;
    }
    Ok(())
}

impl Changes {
    /// Whether files are looked at again and again, because the system's watches ran out.
    pub(super) const fn is_polling(&self) -> bool {
        self.polling
    }

    /// The next batch, or nothing if none came within `patience`.
    pub(super) fn next(&mut self, patience: Duration) -> Result<Option<Batch>, WatchEnded> {
        let end = Instant::now() + patience;
        loop {
            let due = self.second_looks.first().map_or(end, |(due, _)| *due);
            let patience = due.min(end).saturating_duration_since(Instant::now());
            let batch = match self.events.recv_timeout(patience) {
                Ok(event) => self.gather(event),
                Err(RecvTimeoutError::Timeout) => self.second_look(),
                Err(RecvTimeoutError::Disconnected) => return Err(WatchEnded),
            };
            if batch.is_some() || Instant::now() >= end {
                return Ok(batch);
            }
        }
    }

    /// A batch that begins with an event; none if it was about nothing of the project.
    fn gather(&mut self, first: Events) -> Option<Batch> {
        let start = Instant::now();
        let mut gathering = Gathering::default();
        gathering.take(first, &self.root);
        loop {
            let (pause, longest) = match (gathering.is_settled(), gathering.len() >= STORM) {
                (_, true) => (STORM_QUIET, LONGEST_STORM),
                (true, false) => (QUIET, LONGEST),
                (false, false) => (UNSETTLED, LONGEST),
            };
            let Ok(event) = self.events.recv_timeout(pause) else {
                break;
            };
            gathering.take(event, &self.root);
            if start.elapsed() > longest {
                break;
            }
        }
        self.keep_watching(&gathering);
        gathering.batch()
    }

    /// Has a path looked at once more, after [`SECOND_LOOK`].
    pub(super) fn look_again(&mut self, path: String) {
        let due = Instant::now() + SECOND_LOOK;
        self.second_looks.push((due, path));
    }

    /// The paths whose second look is due.
    fn second_look(&mut self) -> Option<Batch> {
        let now = Instant::now();
        let due = self.second_looks.partition_point(|(due, _)| *due <= now);
        let paths: Vec<String> = self
            .second_looks
            .drain(..due)
            .map(|(_, path)| path)
            .collect();
        (!paths.is_empty()).then_some(Batch::Paths(paths))
    }

    /// Sees to it that what a batch tells of goes on being watched.
    fn keep_watching(&mut self, gathering: &Gathering) {
        for folder in gathering.new_folders() {
            self.look_again(folder.to_owned());
        }
        let mut failed = gathering.ran_out();
        for folder in read::FOLDERS
            .iter()
            .filter(|folder| gathering.names(folder))
        {
            // One that is gone for now is watched again when it is back.
            let watched = watch_folder(&mut *self.watcher, &self.root, folder);
            failed |= watched.is_err() && self.root.join(folder).is_dir();
        }
        if failed
            && !self.polling
            && let Ok(watcher) = poll_all(&self.sender, &self.root)
        {
            (self.watcher, self.polling) = (watcher, true);
        }
    }
}

/// The watch ended; nothing will come any more.
#[derive(Debug)]
pub(super) struct WatchEnded;

#[cfg(test)]
mod tests;
