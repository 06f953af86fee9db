//! What the reader accepts and what it refuses by name.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt as _, fs::symlink},
    path::Path,
};

use framework::Diagnostic;
use site_gen::{
    read::{self, Limits},
    source::Sources,
};

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/vi")).unwrap();
    folder
}

fn read(root: &Path) -> (Sources, Vec<Diagnostic>) {
    read::sources(root, &read::FOLDERS, Limits::default())
}

fn names(sources: &Sources) -> Vec<String> {
    sources.iter().map(|source| source.path.clone()).collect()
}

fn faults(faults: &[Diagnostic]) -> Vec<String> {
    faults
        .iter()
        .map(|fault| format!("{fault} {}", fault.code))
        .collect()
}

#[test]
fn links_pipes_and_hidden_files_are_refused_by_name() {
    let project = project();
    let vi = project.path().join("content/vi");
    fs::write(project.path().join("secret.md"), "bí mật").unwrap();
    symlink(project.path().join("secret.md"), vi.join("link.md")).unwrap();
    symlink("/etc", vi.join("etc")).unwrap();
    fs::write(vi.join(".hidden.md"), "x").unwrap();
    fs::write(vi.join("good.md"), "tốt").unwrap();
    let pipe = std::process::Command::new("mkfifo")
        .arg(vi.join("pipe.md"))
        .status()
        .unwrap();
    assert!(pipe.success());
    let (sources, found) = read(project.path());
    assert_eq!(names(&sources), ["content/vi/good.md"]);
    assert_eq!(
        faults(&found),
        [
            "content/vi/.hidden.md hidden-file",
            "content/vi/etc not-a-regular-file",
            "content/vi/link.md not-a-regular-file",
            "content/vi/pipe.md not-a-regular-file",
        ]
    );
}

#[test]
fn what_editors_leave_behind_is_passed_over() {
    let project = project();
    for name in [
        ".a.md.swp",
        "a.md~",
        ".#a.md",
        "#a.md#",
        "4913",
        ".DS_Store",
        ".gitkeep",
    ] {
        fs::write(project.path().join("content/vi").join(name), "x").unwrap();
    }
    let (sources, found) = read(project.path());
    assert!(names(&sources).is_empty() && found.is_empty(), "{found:?}");
}

#[test]
fn text_is_utf_8_in_composed_form_or_the_place_is_named() {
    let project = project();
    let vi = project.path().join("content/vi");
    fs::write(vi.join("bom.md"), "\u{feff}Chữ\n").unwrap();
    fs::write(vi.join("nfd.md"), "Một\nhai ba\u{301}\n").unwrap();
    fs::write(vi.join("windows.md"), b"M\xf4\xf2t\n").unwrap();
    fs::write(vi.join("utf16.md"), b"\xff\xfeM\0").unwrap();
    let (sources, found) = read(project.path());
    assert_eq!(&**sources.text("content/vi/bom.md").unwrap(), "Chữ\n");
    assert_eq!(
        &**sources.text("content/vi/nfd.md").unwrap(),
        "Một\nhai bá\n"
    );
    assert_eq!(
        faults(&found),
        [
            "content/vi/nfd.md:2:6 not-nfc",
            "content/vi/utf16.md:1:1 not-utf-8",
            "content/vi/windows.md:1:2 not-utf-8",
        ]
    );
}

#[test]
fn names_may_be_vietnamese_and_stored_in_either_form() {
    let project = project();
    let vi = project.path().join("content/vi");
    fs::write(vi.join("Hu\u{31b}o\u{31b}\u{301}ng dẫn.md"), "a").unwrap();
    fs::write(vi.join("đ.md"), "a").unwrap();
    fs::write(vi.join(OsStr::from_bytes(b"\xff.md")), "a").unwrap();
    let (sources, found) = read(project.path());
    assert_eq!(
        names(&sources),
        ["content/vi/Hướng dẫn.md", "content/vi/đ.md"]
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "name-not-unicode");
    fs::write(vi.join("Hướng dẫn.md"), "b").unwrap();
    assert!(
        read(project.path())
            .1
            .iter()
            .any(|fault| fault.code == "same-name-twice")
    );
}

#[test]
fn sizes_counts_and_depths_are_bounded() {
    let project = project();
    let vi = project.path().join("content/vi");
    fs::write(vi.join("large.md"), "a".repeat(101)).unwrap();
    fs::write(vi.join("small.md"), "a".repeat(100)).unwrap();
    fs::create_dir_all(vi.join("a/b/c/d")).unwrap();
    fs::write(vi.join("a/b/c/d/x.md"), "x").unwrap();
    let limits = Limits {
        text_bytes: 100,
        record_bytes: 200,
        binary_bytes: 100,
        files: 10,
        depth: 4,
    };
    let record = project.path().join("content/translations.json");
    fs::write(&record, "a".repeat(200)).unwrap();
    let (sources, found) = read::sources(project.path(), &["content"], limits);
    // The record of translations grows with the site and may be larger than a page.
    assert_eq!(
        names(&sources),
        ["content/translations.json", "content/vi/small.md"]
    );
    let codes: Vec<&str> = found.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["folders-too-deep", "file-too-large"]);
    let limits = Limits {
        files: 1,
        ..Limits::default()
    };
    let (_, found) = read::sources(project.path(), &["content"], limits);
    assert!(found.iter().any(|fault| fault.code == "too-many-files"));
}

#[test]
fn a_folder_without_anything_is_no_fault_of_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let (sources, found) = read(folder.path());
    assert!(names(&sources).is_empty() && found.is_empty());
}
