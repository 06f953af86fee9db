//! Every way editors and tools save, from the file system to what is shown: after each, the preview
//! shows what a fresh start in the same folder shows.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use super::{
    PreviewOptions,
    stage::Stage,
    watch::{self, Changes},
    workshop::Workshop,
};
use crate::{address::Address, page};

const PATIENCE: Duration = Duration::from_secs(20);

/// After so long without news a batch is over.
const LULL: Duration = Duration::from_millis(150);

/// A small project that is being previewed.
struct Sitting {
    folder: tempfile::TempDir,
    changes: Changes,
    workshop: Workshop,
    stage: Arc<Stage>,
}

impl Sitting {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        copy(
            &real.join("themes/default"),
            &folder.path().join("themes/default"),
        );
        for (path, text) in [
            ("content/vi/guide/index.md", "# Hướng dẫn\n\nMột.\n"),
            ("content/en/guide/index.md", "# Guide\n\nOne.\n"),
            ("content/vi/guide/a.md", "# Trang a\n\nCũ.\n"),
            ("content/en/guide/a.md", "# Page a\n\nOld.\n"),
        ] {
            write(&folder.path().join(path), text);
        }
        let changes = watch::start(folder.path()).unwrap();
        let (workshop, stage) = Workshop::open(&options(folder.path()));
        Self {
            folder,
            changes,
            workshop,
            stage,
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Takes in what has happened to the files.
    fn follow(&mut self) {
        let mut batches = 0;
        let mut patience = PATIENCE;
        while let Some(batch) = self.changes.next(patience).unwrap() {
            for path in self.workshop.apply(batch) {
                self.changes.look_again(path);
            }
            batches += 1;
            patience = LULL;
        }
        assert!(batches > 0, "nothing was noticed");
    }

    fn shown(&self, address: &str) -> String {
        let rendering = self.stage.render(&Address::parse(address).unwrap());
        let artifact = rendering
            .artifact
            .unwrap_or_else(|| panic!("nothing at {address}"));
        String::from_utf8(artifact.bytes).unwrap()
    }

    fn is_there(&self, address: &str) -> bool {
        let rendering = self.stage.render(&Address::parse(address).unwrap());
        rendering.fault.is_none()
    }

    /// Follows, and compares all that is shown with what a fresh start shows.
    fn follow_and_compare(&mut self) {
        self.follow();
        let (_, fresh) = Workshop::open(&options(self.folder.path()));
        let (kept, fresh) = (self.stage.shown(), fresh.shown());
        assert_eq!(kept.site.addresses(), fresh.site.addresses());
        for address in fresh.site.addresses() {
            let ours = page::render(&kept.site, &address).map(|artifact| artifact.bytes);
            let theirs = page::render(&fresh.site, &address).map(|artifact| artifact.bytes);
            assert!(ours.ok() == theirs.ok(), "{address} differs");
        }
        assert_eq!(kept.own_faults, fresh.own_faults);
    }

    fn has_fault(&self, code: &str) -> bool {
        self.stage.faults().iter().any(|fault| fault.code == code)
    }
}

fn options(root: &Path) -> PreviewOptions {
    PreviewOptions {
        root: root.canonicalize().unwrap(),
        listen: ([127, 0, 0, 1], 0).into(),
        date: "2026-11-24".parse().unwrap(),
        editor: super::DEFAULT_EDITOR.to_owned(),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const A: &str = "content/vi/guide/a.md";

#[test]
fn saved_in_place() {
    let mut sitting = Sitting::begin();
    write(&sitting.path(A), "# Trang a\n\nMới.\n");
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/a/").contains("Mới."));
}

#[test]
fn saved_by_renaming_another_file_over() {
    let mut sitting = Sitting::begin();
    let aside = sitting.path("content/vi/guide/a.md.tmp.1234");
    write(&aside, "# Trang a\n\nMới.\n");
    fs::rename(&aside, sitting.path(A)).unwrap();
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/a/").contains("Mới."));
}

#[test]
fn saved_with_a_backup_file() {
    let mut sitting = Sitting::begin();
    fs::rename(sitting.path(A), sitting.path("content/vi/guide/a.md~")).unwrap();
    write(&sitting.path(A), "# Trang a\n\nMới.\n");
    fs::remove_file(sitting.path("content/vi/guide/a.md~")).unwrap();
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/a/").contains("Mới."));
}

#[test]
fn saved_beside_swap_and_lock_files() {
    let mut sitting = Sitting::begin();
    write(&sitting.path("content/vi/guide/.a.md.swp"), "b0VIM");
    std::os::unix::fs::symlink("nobody@host.1", sitting.path("content/vi/guide/.#a.md")).unwrap();
    write(&sitting.path("content/vi/guide/#a.md#"), "half");
    write(&sitting.path(A), "# Trang a\n\nMới.\n");
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/a/").contains("Mới."));
}

#[test]
fn deleted_and_made_again() {
    let mut sitting = Sitting::begin();
    fs::remove_file(sitting.path(A)).unwrap();
    sitting.follow_and_compare();
    assert!(
        sitting.shown("/vi/guide/a/").contains("Old."),
        "the other language is shown"
    );
    write(&sitting.path(A), "# Trang a\n\nMới.\n");
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/a/").contains("Mới."));
}

#[test]
fn a_checkout_of_a_thousand_files() {
    let mut sitting = Sitting::begin();
    for index in 0..500 {
        for (locale, words) in [("vi", "Đoạn"), ("en", "Part")] {
            let path = format!("content/{locale}/guide/{}/p{index}.md", index / 50);
            write(
                &sitting.path(&path),
                &format!("# {words} {index}\n\n{words}.\n"),
            );
        }
    }
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/9/p499/").contains("Đoạn 499"));
}

#[test]
fn a_folder_is_moved() {
    let mut sitting = Sitting::begin();
    write(&sitting.path("content/vi/guide/x/deep/b.md"), "# B\n");
    write(&sitting.path("content/en/guide/x/deep/b.md"), "# B\n");
    sitting.follow_and_compare();
    for locale in ["vi", "en"] {
        let from = sitting.path(&format!("content/{locale}/guide/x"));
        fs::rename(from, sitting.path(&format!("content/{locale}/guide/y"))).unwrap();
    }
    sitting.follow_and_compare();
    assert!(sitting.is_there("/vi/guide/y/deep/b/") && !sitting.is_there("/vi/guide/x/deep/b/"));
    fs::rename(sitting.path("content/vi/guide/y"), sitting.path("away")).unwrap();
    sitting.follow_and_compare();
    fs::rename(sitting.path("away"), sitting.path("content/vi/guide/y")).unwrap();
    sitting.follow_and_compare();
}

#[test]
fn a_new_folder_is_filled_at_once() {
    let mut sitting = Sitting::begin();
    // Written before the system can watch the new folders.
    for index in 0..20 {
        write(
            &sitting.path(&format!("content/vi/n{index}/m/l/k.md")),
            "# K\n",
        );
    }
    sitting.follow_and_compare();
    write(&sitting.path("content/vi/n7/m/l/k.md"), "# K mới\n");
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/n7/m/l/k/").contains("K mới"));
}

#[test]
fn unicode_names_in_both_forms() {
    let mut sitting = Sitting::begin();
    let (composed, decomposed) = (
        "content/vi/guide/tiếng.md",
        "content/vi/guide/tie\u{302}\u{301}ng.md",
    );
    assert_ne!(composed, decomposed);
    write(&sitting.path(decomposed), "# Một\n");
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/tieng/").contains("Một"));
    write(&sitting.path(decomposed), "# Hai\n");
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/tieng/").contains("Hai"));
    // Two names on disk, one in NFC.
    write(&sitting.path(composed), "# Ba\n");
    sitting.follow_and_compare();
    fs::remove_file(sitting.path(composed)).unwrap();
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/tieng/").contains("Hai"));
    fs::remove_file(sitting.path(decomposed)).unwrap();
    sitting.follow_and_compare();
    assert!(!sitting.is_there("/vi/guide/tieng/"));
    // Folders as well.
    write(
        &sitting.path("content/vi/Ba\u{306}\u{301}t/đầu.md"),
        "# Bắt đầu\n",
    );
    sitting.follow_and_compare();
    write(
        &sitting.path("content/vi/Ba\u{306}\u{301}t/đầu.md"),
        "# Bắt đầu lại\n",
    );
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/bat/dau/").contains("lại"));
}

#[test]
fn symbolic_links_are_refused() {
    let mut sitting = Sitting::begin();
    let outside = tempfile::tempdir().unwrap();
    write(&outside.path().join("secret.md"), "# Bí mật\n");
    let link = sitting.path("content/vi/guide/link.md");
    std::os::unix::fs::symlink(outside.path().join("secret.md"), &link).unwrap();
    std::os::unix::fs::symlink(outside.path(), sitting.path("content/vi/linked")).unwrap();
    sitting.follow_and_compare();
    assert!(sitting.has_fault("not-a-regular-file"));
    assert!(!sitting.is_there("/vi/guide/link/") && !sitting.is_there("/vi/linked/secret/"));
    // In place of a page as well.
    fs::remove_file(sitting.path(A)).unwrap();
    fs::rename(&link, sitting.path(A)).unwrap();
    fs::remove_file(sitting.path("content/vi/linked")).unwrap();
    sitting.follow_and_compare();
    assert!(!sitting.shown("/vi/guide/a/").contains("Bí mật"));
    fs::remove_file(sitting.path(A)).unwrap();
    sitting.follow_and_compare();
    assert!(!sitting.has_fault("not-a-regular-file"));
}

#[test]
fn renamed_in_case_only() {
    let mut sitting = Sitting::begin();
    fs::rename(sitting.path(A), sitting.path("content/vi/guide/A.md")).unwrap();
    sitting.follow_and_compare();
    write(
        &sitting.path("content/vi/guide/A.md"),
        "# Trang A\n\nMới.\n",
    );
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/a/").contains("Mới."));
    fs::rename(sitting.path("content/vi/guide/A.md"), sitting.path(A)).unwrap();
    sitting.follow_and_compare();
}

#[test]
fn hidden_files_and_folders_are_refused_as_a_build_refuses_them() {
    let mut sitting = Sitting::begin();
    write(&sitting.path("content/vi/.draft/b.md"), "# Nháp\n");
    write(&sitting.path("content/vi/guide/.c.md"), "# Nháp\n");
    sitting.follow_and_compare();
    assert!(sitting.has_fault("hidden-file"));
    fs::remove_dir_all(sitting.path("content/vi/.draft")).unwrap();
    fs::remove_file(sitting.path("content/vi/guide/.c.md")).unwrap();
    sitting.follow_and_compare();
    assert!(!sitting.has_fault("hidden-file"));
}

#[test]
fn a_file_touched_without_a_change_keeps_its_faults() {
    let mut sitting = Sitting::begin();
    write(&sitting.path(A), "# Trang a\n\n<b>x</b>\n");
    sitting.follow();
    assert!(sitting.has_fault("raw-html"));
    write(&sitting.path(A), "# Trang a\n\n<b>x</b>\n");
    sitting.follow();
    assert!(sitting.has_fault("raw-html"));
}

#[test]
fn all_content_is_taken_away_and_comes_back() {
    let mut sitting = Sitting::begin();
    fs::rename(sitting.path("content"), sitting.path("aside")).unwrap();
    sitting.follow();
    fs::rename(sitting.path("aside"), sitting.path("content")).unwrap();
    sitting.follow_and_compare();
    write(&sitting.path(A), "# Trang a\n\nMới.\n");
    sitting.follow_and_compare();
    assert!(sitting.shown("/vi/guide/a/").contains("Mới."));
}

#[test]
fn a_storm_of_ten_thousand_changes_ends_where_a_fresh_start_ends() {
    let mut sitting = Sitting::begin();
    let root = sitting.folder.path().to_owned();
    let storm = std::thread::spawn(move || {
        for change in 0..10_000 {
            let page = root.join(format!("content/vi/guide/storm/p{}.md", change * 7 % 400));
            match change % 10 {
                3 => _ = fs::remove_file(&page),
                7 => {
                    _ = fs::rename(
                        &page,
                        root.join(format!("content/vi/guide/storm/q{}.md", change % 50)),
                    );
                }
                _ => write(&page, &format!("# Trang\n\nĐoạn số {change}.\n")),
            }
        }
    });
    storm.join().unwrap();
    sitting.follow_and_compare();
}
