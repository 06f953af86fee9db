//! Two builds of the same sources and date are the same bytes, wherever and by whomever they are made.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Builds a copy of the project whose files were made in one order or the other, as a person with
/// that environment would.
fn built(
    folder: &Path,
    backwards: bool,
    environment: &[(&str, &str)],
) -> BTreeMap<PathBuf, Vec<u8>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let parts = ["content", "rules", "themes"];
    let mut files: Vec<_> = parts
        .iter()
        .flat_map(|part| {
            let files = tree(&project.join(part)).into_iter();
            files.map(move |(path, bytes)| (Path::new(part).join(path), bytes))
        })
        .collect();
    if backwards {
        files.reverse();
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let build = Command::new(env!("CARGO_BIN_EXE_khung"))
        .args(["build", "-q", "--date", "2026-03-31"])
        .args(["--base-url", "https://khung.example"])
        .current_dir(folder)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&build.stderr);
    assert!(build.status.success(), "{said}");
    tree(&folder.join("public"))
}

#[test]
fn place_folder_order_time_zone_language_and_threads_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    // A day ahead of UTC, and a language in which the lower case of I is another letter.
    let here = [
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    let there = [
        ("TZ", "Etc/GMT+12"),
        ("LC_ALL", "C"),
        ("LANG", "vi_VN"),
        ("RAYON_NUM_THREADS", "7"),
    ];
    let one = built(&folder.path().join("one"), false, &here);
    let other = built(&folder.path().join("a longer name/other"), true, &there);
    assert!(one.len() > 1000, "{} files", one.len());
    for path in one.keys().chain(other.keys()) {
        let (one, other) = (one.get(path), other.get(path));
        assert!(one == other, "{} differs", path.display());
    }
}
