//! What `khung package` hands on: everything that a machine without a network needs, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    fs::{self, File},
    io::Read as _,
    path::Path,
    process::Command,
};

use zip::ZipArchive;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn the_package_holds_site_program_rules_and_one_page_of_instructions() {
    let folder = tempfile::tempdir().unwrap();
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for part in ["content", "rules", "themes"] {
        copy(&project.join(part), &folder.path().join(part));
    }
    fs::write(folder.path().join("secret.txt"), "not for others").unwrap();
    let package = |name: &str| {
        let made = Command::new(env!("CARGO_BIN_EXE_khung"))
            .args(["package", "-q", "--date", "2026-03-31", "--output", name])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        folder.path().join(name)
    };
    let path = package("khung-offline.zip");
    let mut zip = ZipArchive::new(File::open(&path).unwrap()).unwrap();
    let mut page = String::new();
    let instructions = "khung-offline/HUONG-DAN.html";
    zip.by_name(instructions)
        .unwrap()
        .read_to_string(&mut page)
        .unwrap();
    assert!(page.find("Không cần cài đặt").unwrap() < page.find("Nothing is installed").unwrap());
    let program = zip.by_name("khung-offline/khung").unwrap();
    assert_eq!(program.unix_mode().unwrap() & 0o777, 0o755);
    drop(program);
    for name in [
        "kiem-tra-ho-so.html",
        "check-submission.html",
        "public/vi/validate/index.html",
        "public/.khung/manifest.json",
        "rules/ruleset.json",
        "content/status.json",
        "themes/default/words.vi.json",
    ] {
        assert!(
            zip.by_name(&format!("khung-offline/{name}")).is_ok(),
            "{name}"
        );
    }
    assert!(
        zip.file_names()
            .all(|name| !name.expect("a readable name").contains("secret"))
    );
    assert_eq!(
        fs::read(&path).unwrap(),
        fs::read(package("again.zip")).unwrap()
    );
}

#[test]
fn a_place_that_cannot_be_written_is_one_clear_line() {
    let folder = tempfile::tempdir().unwrap();
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for part in ["content", "rules", "themes"] {
        copy(&project.join(part), &folder.path().join(part));
    }
    let refused = Command::new(env!("CARGO_BIN_EXE_khung"))
        .args([
            "package",
            "-q",
            "--lang",
            "en",
            "--output",
            "no/such/folder/a.zip",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("no/such/folder/a.zip") && said.lines().count() == 1,
        "{said}"
    );
}
