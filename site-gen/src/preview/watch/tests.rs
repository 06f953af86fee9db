//! What the system tells of, as batches.

use std::fs;

use notify::event::{CreateKind, DataChange, EventAttributes, Flag, ModifyKind};
use notify::{ErrorKind, EventKind};

use super::*;

const PATIENCE: Duration = Duration::from_secs(10);

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/vi")).unwrap();
    fs::write(folder.path().join("content/vi/a.md"), "a").unwrap();
    folder
}

/// All paths named until nothing has come for a while.
fn named(changes: &mut Changes) -> Vec<String> {
    let mut all = Vec::new();
    let mut patience = PATIENCE;
    while let Some(batch) = changes.next(patience).unwrap() {
        match batch {
            Batch::Paths(paths) => all.extend(paths),
            Batch::Everything => all.push("*".to_owned()),
        }
        patience = SECOND_LOOK * 2;
    }
    all.sort();
    all.dedup();
    all
}

/// Changes that come from nowhere but `sender`.
fn told(root: &Path) -> (Changes, Sender<Events>) {
    let changes = start_with(root, |_| Ok(Box::new(notify::NullWatcher))).unwrap();
    let sender = changes.sender.clone();
    (changes, sender)
}

#[test]
fn a_save_in_place_is_one_batch_with_that_file() {
    let folder = project();
    let mut changes = start(folder.path()).unwrap();
    assert!(!changes.is_polling());
    fs::write(folder.path().join("content/vi/a.md"), "b").unwrap();
    let batch = changes.next(PATIENCE).unwrap();
    assert_eq!(
        batch,
        Some(Batch::Paths(vec!["content/vi/a.md".to_owned()]))
    );
}

#[test]
fn a_save_by_renaming_over_names_the_file_and_not_backup_or_swap_file() {
    let folder = project();
    let mut changes = start(folder.path()).unwrap();
    let page = folder.path().join("content/vi/a.md");
    fs::rename(&page, folder.path().join("content/vi/a.md~")).unwrap();
    fs::write(folder.path().join("content/vi/.a.md.swp"), "x").unwrap();
    fs::write(folder.path().join("content/vi/4913"), "").unwrap();
    fs::write(&page, "c").unwrap();
    assert_eq!(named(&mut changes), ["content/vi/a.md"]);
}

#[test]
fn a_folder_moved_in_is_named_and_looked_at_twice() {
    let folder = project();
    let outside = tempfile::tempdir_in(folder.path()).unwrap();
    fs::create_dir_all(outside.path().join("new")).unwrap();
    let mut changes = start(folder.path()).unwrap();
    let inside = folder.path().join("content/vi/new");
    fs::rename(outside.path().join("new"), &inside).unwrap();
    let moved = Batch::Paths(vec!["content/vi/new".to_owned()]);
    assert_eq!(changes.next(PATIENCE).unwrap(), Some(moved.clone()));
    assert_eq!(changes.next(PATIENCE).unwrap(), Some(moved));
}

#[test]
fn what_lies_beside_the_project_s_folders_is_not_named() {
    let folder = project();
    let mut changes = start(folder.path()).unwrap();
    fs::write(folder.path().join("README.md"), "x").unwrap();
    fs::create_dir_all(folder.path().join("public/vi")).unwrap();
    fs::create_dir_all(folder.path().join("themes/other")).unwrap();
    fs::write(folder.path().join("content/vi/a.md"), "b").unwrap();
    // `themes` came to be: it may hold `themes/default`.
    assert_eq!(named(&mut changes), ["content/vi/a.md", "themes/default"]);
}

#[test]
fn a_folder_of_the_project_that_is_taken_away_and_comes_back_is_watched_again() {
    let folder = project();
    let mut changes = start(folder.path()).unwrap();
    fs::remove_dir_all(folder.path().join("content")).unwrap();
    named(&mut changes);
    fs::create_dir_all(folder.path().join("content/vi")).unwrap();
    assert!(named(&mut changes).contains(&"content".to_owned()));
    fs::write(folder.path().join("content/vi/a.md"), "again").unwrap();
    assert_eq!(named(&mut changes), ["content/vi/a.md"]);
}

#[test]
fn a_checkout_of_a_thousand_files_is_one_batch() {
    let folder = project();
    let mut changes = start(folder.path()).unwrap();
    let root = folder.path().to_owned();
    let writing = std::thread::spawn(move || {
        for index in 0..1000 {
            fs::write(root.join(format!("content/vi/p{index:04}.md")), "x").unwrap();
        }
    });
    writing.join().unwrap();
    let Some(Batch::Paths(paths)) = changes.next(PATIENCE).unwrap() else {
        panic!("a batch of paths");
    };
    assert_eq!(paths.len(), 1000);
}

#[test]
fn lost_events_mean_that_everything_is_looked_at() {
    let folder = project();
    let (mut changes, sender) = told(folder.path());
    let mut attributes = EventAttributes::default();
    attributes.set_flag(Flag::Rescan);
    let overflow = Event {
        kind: EventKind::Other,
        paths: Vec::new(),
        attrs: attributes,
    };
    sender.send(Ok(overflow)).unwrap();
    assert_eq!(changes.next(PATIENCE).unwrap(), Some(Batch::Everything));
}

#[test]
fn a_file_that_is_still_being_written_is_waited_for() {
    let folder = project();
    let (mut changes, sender) = told(folder.path());
    let event = |kind| Ok(Event::new(kind).add_path(changes.root.join("content/vi/a.md")));
    let written = event(EventKind::Modify(ModifyKind::Data(DataChange::Any)));
    let closed = event(EventKind::Access(notify::event::AccessKind::Close(
        notify::event::AccessMode::Write,
    )));
    sender
        .send(event(EventKind::Create(CreateKind::File)))
        .unwrap();
    sender.send(written).unwrap();
    let later = sender.clone();
    let closing = std::thread::spawn(move || {
        std::thread::sleep(UNSETTLED / 4);
        later.send(closed).unwrap();
    });
    assert_eq!(named(&mut changes), ["content/vi/a.md"]);
    closing.join().unwrap();
}

#[test]
fn without_watches_files_are_looked_at_again_and_again() {
    let folder = project();
    let none_left = |_| Err(notify::Error::new(ErrorKind::MaxFilesWatch));
    let mut changes = start_with(folder.path(), none_left).unwrap();
    assert!(changes.is_polling());
    fs::write(folder.path().join("content/vi/a.md"), "longer").unwrap();
    assert_eq!(named(&mut changes), ["content/vi/a.md"]);
    fs::write(folder.path().join("content/vi/b.md"), "new").unwrap();
    assert!(named(&mut changes).contains(&"content/vi/b.md".to_owned()));
}

#[test]
fn watches_that_run_out_on_the_way_are_replaced_by_looking_again_and_again() {
    let folder = project();
    let (mut changes, sender) = told(folder.path());
    assert!(!changes.is_polling());
    let none_left = notify::Error::new(ErrorKind::MaxFilesWatch);
    sender.send(Err(none_left)).unwrap();
    assert_eq!(changes.next(PATIENCE).unwrap(), Some(Batch::Everything));
    assert!(changes.is_polling());
    fs::write(folder.path().join("content/vi/a.md"), "seen").unwrap();
    assert_eq!(named(&mut changes), ["content/vi/a.md"]);
}

#[test]
fn a_storm_of_ten_thousand_changes_is_one_batch() {
    let folder = project();
    let (mut changes, sender) = told(folder.path());
    for change in 0..10_000 {
        let path = changes
            .root
            .join(format!("content/vi/p{}.md", change % 700));
        let kind = match change % 3 {
            0 => EventKind::Create(CreateKind::File),
            1 => EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            _ => EventKind::Remove(notify::event::RemoveKind::File),
        };
        sender.send(Ok(Event::new(kind).add_path(path))).unwrap();
    }
    let Some(Batch::Paths(paths)) = changes.next(PATIENCE).unwrap() else {
        panic!("a batch of paths");
    };
    assert_eq!(paths.len(), 700);
    assert_eq!(changes.next(STORM_QUIET).unwrap(), None);
}
