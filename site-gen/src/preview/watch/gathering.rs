//! Events put together until a batch is whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use notify::{
    Error, ErrorKind, Event, EventKind,
    event::{AccessKind, AccessMode, CreateKind, MetadataKind, ModifyKind, RenameMode},
};

use super::Batch;
use crate::read;

/// Paths of a batch, and whether each is known to be whole.
#[derive(Default)]
pub(super) struct Gathering {
    settled: BTreeMap<String, bool>,
    new_folders: BTreeSet<String>,
    everything: bool,
    ran_out: bool,
}

impl Gathering {
    pub(super) fn take(&mut self, event: notify::Result<Event>, root: &Path) {
        let event = match event {
            Ok(event) => event,
            Err(error) => return self.take_error(&error),
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
            if read::is_passed_over(name) {
                continue;
            }
            for place in of_project(relative) {
                self.settled.insert(place.to_owned(), whole);
                if may_be_new_folder(event.kind) && path.is_dir() {
                    self.new_folders.insert(place.to_owned());
                }
            }
        }
    }

    fn take_error(&mut self, error: &Error) {
        self.everything = true;
        self.ran_out |= matches!(error.kind, ErrorKind::MaxFilesWatch);
    }

    pub(super) fn is_settled(&self) -> bool {
        self.settled.values().all(|&whole| whole)
    }

    pub(super) fn len(&self) -> usize {
        self.settled.len()
    }

    /// Whether the system had no watch left for a new folder.
    pub(super) const fn ran_out(&self) -> bool {
        self.ran_out
    }

    /// Folders that came into being or were moved in.
    pub(super) fn new_folders(&self) -> impl Iterator<Item = &str> {
        self.new_folders.iter().map(String::as_str)
    }

    /// Whether one of the project's folders itself is among what changed.
    pub(super) fn names(&self, folder: &str) -> bool {
        self.settled.contains_key(folder)
    }

    pub(super) fn batch(self) -> Option<Batch> {
        if self.everything {
            return Some(Batch::Everything);
        }
        let paths: Vec<String> = self.settled.into_keys().collect();
        (!paths.is_empty()).then_some(Batch::Paths(paths))
    }
}

/// What of the project a path stands for: itself if it lies in one of the project's folders, those
/// folders if they lie in it, nothing else.
fn of_project(path: &str) -> impl Iterator<Item = &str> {
    let is_in = |path: &str, folder: &str| {
        let rest = path.strip_prefix(folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let folders = read::FOLDERS.into_iter();
    folders.filter_map(
        move |folder| match (is_in(path, folder), is_in(folder, path)) {
            (true, _) => Some(path),
            (false, true) if !path.is_empty() => Some(folder),
            _ => None,
        },
    )
}

const fn may_be_new_folder(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))
    )
}

/// Whether the file is whole after such an event; `None` if the event says nothing about contents.
pub(super) const fn is_whole(kind: EventKind) -> Option<bool> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Create(CreateKind::Folder)
        | EventKind::Modify(ModifyKind::Name(
            RenameMode::From | RenameMode::To | RenameMode::Both,
        ))
        | EventKind::Remove(_) => Some(true),
        // Who asks for files again and again sees only that the time of writing changed.
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime)) => Some(false),
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => None,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any | EventKind::Other => {
            Some(false)
        }
    }
}
