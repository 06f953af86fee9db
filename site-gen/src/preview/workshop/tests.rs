//! Edits of a real project, as the preview takes them in.

use std::{fs, path::Path};

use super::*;
use crate::address::Address;

const PAGE: &str =
    "---\ntitle: Trang\n---\n\n# Trang\n\nMột đoạn.\n\n## Phần hai {#hai}\n\nĐoạn hai.\n";

/// A copy of the real project with one more page pair.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for part in read::FOLDERS {
        copy(&real.join(part), &folder.path().join(part));
    }
    for locale in Locale::ALL {
        write(
            folder.path(),
            &format!("content/{locale}/guide/thu.md"),
            PAGE,
        );
    }
    folder
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

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn open(root: &Path) -> (Workshop, Arc<Stage>) {
    Workshop::open(&PreviewOptions {
        root: root.to_owned(),
        listen: ([127, 0, 0, 1], 0).into(),
        date: "2026-11-24".parse().unwrap(),
        editor: crate::preview::DEFAULT_EDITOR.to_owned(),
    })
}

fn shown(stage: &Stage, address: &str) -> String {
    let rendering = stage.render(&Address::parse(address).unwrap());
    String::from_utf8(rendering.artifact.unwrap().bytes).unwrap()
}

fn paths(paths: &[&str]) -> Batch {
    Batch::Paths(paths.iter().map(|path| (*path).to_owned()).collect())
}

#[test]
fn an_edited_paragraph_is_shown_and_its_place_is_told() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    let mut news = stage.listen();
    let edited = PAGE.replace("Đoạn hai.", "Đoạn hai đã sửa.");
    write(folder.path(), "content/vi/guide/thu.md", &edited);
    assert!(
        workshop
            .apply(paths(&["content/vi/guide/thu.md"]))
            .is_empty()
    );
    assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn hai đã sửa."));
    let told = news.try_recv().unwrap();
    assert_eq!(told.address.as_deref(), Some("/vi/guide/thu/"));
    assert_eq!(told.anchor.as_deref(), Some("hai"));
}

#[test]
fn a_fault_keeps_the_last_good_page_until_it_is_mended() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    let file = "content/vi/guide/thu.md";
    write(
        folder.path(),
        file,
        &PAGE.replace("Đoạn hai.", "<script>alert(1)</script>"),
    );
    assert!(workshop.apply(paths(&[file])).is_empty());
    assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn hai."));
    assert!(
        stage
            .faults()
            .iter()
            .any(|fault| fault.file.ends_with("thu.md"))
    );
    write(folder.path(), file, &PAGE.replace("Đoạn hai.", "Đoạn ba."));
    assert!(workshop.apply(paths(&[file])).is_empty());
    assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn ba."));
    assert!(
        !stage
            .shown()
            .own_faults
            .iter()
            .any(|fault| fault.file.ends_with("thu.md"))
    );
}

#[test]
fn a_broken_template_keeps_the_theme_and_says_where() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    let before = shown(&stage, "/vi/");
    let template = "themes/default/templates/base.html";
    let text = fs::read_to_string(folder.path().join(template)).unwrap();
    write(folder.path(), template, &format!("{text}{{% if %}}"));
    assert!(workshop.apply(paths(&[template])).is_empty());
    assert_eq!(shown(&stage, "/vi/"), before);
    assert!(stage.faults().iter().any(|fault| fault.code == "template"));
}

#[test]
fn a_fault_across_files_is_found_by_the_review_and_goes_with_it() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    let file = "content/vi/guide/thu.md";
    write(
        folder.path(),
        file,
        &PAGE.replace("Đoạn hai.", "[x](/nowhere/)"),
    );
    assert!(workshop.apply(paths(&[file])).is_empty());
    reviewed(&mut workshop);
    assert!(stage.faults().iter().any(|fault| fault.code == "dead-link"));
    write(folder.path(), file, PAGE);
    assert!(workshop.apply(paths(&[file])).is_empty());
    reviewed(&mut workshop);
    assert!(!stage.faults().iter().any(|fault| fault.code == "dead-link"));
}

#[test]
fn an_edited_rule_is_tried_on_its_examples_and_on_the_samples() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    reviewed(&mut workshop);
    let nothing = serde_json::to_value(&*stage.tried()).unwrap();
    assert_eq!(nothing, serde_json::json!({"rules": [], "samples": []}));
    let file = "rules/plt/kkt2-plt-007.json";
    let text = fs::read_to_string(folder.path().join(file)).unwrap();
    // Another system than the one the rule was written about.
    let other = text.replace("hr.personnel-management", "data.warehouse");
    write(folder.path(), file, &other);
    assert!(workshop.apply(paths(&[file])).is_empty());
    reviewed(&mut workshop);
    let tried = serde_json::to_value(&*stage.tried()).unwrap();
    assert_eq!(tried["rules"][0]["id"], "KKT2-PLT-007");
    let samples = tried["samples"].as_array().unwrap();
    let gone = samples
        .iter()
        .flat_map(|sample| sample["mended"].as_array().unwrap());
    assert!(
        gone.clone().count() > 0 && gone.clone().all(|line| line["rule"] == "KKT2-PLT-007"),
        "{tried:#}"
    );
    // A rule with a fault is a problem with a place.
    write(
        folder.path(),
        file,
        &text.replace("\"for_each\": \"systems\"", "\"for_each\": \"nothing\""),
    );
    assert!(workshop.apply(paths(&[file])).is_empty());
    reviewed(&mut workshop);
    let fault = stage
        .faults()
        .into_iter()
        .find(|fault| fault.file.ends_with(file))
        .unwrap();
    assert!(fault.position.is_some(), "{fault}");
}

/// Reviews, and waits for the end of it.
fn reviewed(workshop: &mut Workshop) {
    workshop.review();
    while workshop.review.is_running() {
        std::thread::yield_now();
    }
}

#[test]
fn a_file_that_is_put_back_at_once_was_never_gone() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    let mut news = stage.listen();
    let file = "content/vi/guide/thu.md";
    fs::remove_file(folder.path().join(file)).unwrap();
    let absent = workshop.apply(paths(&[file]));
    assert_eq!(absent, [file], "it is looked for once more");
    assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn hai."));
    write(
        folder.path(),
        file,
        &PAGE.replace("Đoạn hai.", "Đoạn hai đã sửa."),
    );
    assert!(workshop.apply(paths(&[file])).is_empty());
    assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn hai đã sửa."));
    let told = news.try_recv().unwrap();
    let place = (told.address.as_deref(), told.anchor.as_deref());
    assert_eq!(place, (Some("/vi/guide/thu/"), Some("hai")));
    assert!(news.try_recv().is_err(), "one edit, told once");
    // The second look finds it there, and nothing to do.
    assert!(workshop.apply(paths(&[file])).is_empty());
    assert!(news.try_recv().is_err());
}

#[test]
fn a_file_that_stays_gone_is_taken_out_at_the_second_look() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    assert!(shown(&stage, "/vi/guide/thu/").contains("Đoạn hai."));
    for locale in ["vi", "en"] {
        let file = format!("content/{locale}/guide/thu.md");
        fs::remove_file(folder.path().join(&file)).unwrap();
        assert_eq!(workshop.apply(paths(&[&file])), [file.as_str()]);
        std::thread::sleep(crate::preview::watch::SECOND_LOOK);
        assert!(workshop.apply(paths(&[&file])).is_empty());
    }
    let rendering = stage.render(&Address::parse("/vi/guide/thu/").unwrap());
    assert!(
        rendering.artifact.is_none(),
        "its last text is not kept for it"
    );
    assert_eq!(rendering.fault.unwrap().code, "no-such-address");
}

#[test]
fn files_that_go_in_a_storm_are_not_waited_for() {
    let folder = project();
    let (mut workshop, stage) = open(folder.path());
    let file = |index| format!("content/vi/guide/nhieu-{index}.md");
    let files: Vec<String> = (0..STORM).map(file).collect();
    for file in &files {
        write(folder.path(), file, PAGE);
    }
    assert!(workshop.apply(Batch::Paths(files.clone())).is_empty());
    fs::remove_file(folder.path().join(&files[0])).unwrap();
    assert_eq!(workshop.apply(paths(&[&files[0]])), [files[0].as_str()]);
    for file in &files[1..] {
        fs::remove_file(folder.path().join(file)).unwrap();
    }
    assert!(workshop.apply(Batch::Paths(files)).is_empty());
    assert!(workshop.gone.is_empty());
    let rendering = stage.render(&Address::parse("/vi/guide/nhieu-0/").unwrap());
    assert!(rendering.artifact.is_none());
}

#[test]
fn a_decomposed_name_is_waited_for_as_well() {
    let folder = project();
    let decomposed = "content/vi/guide/e\u{301}.md";
    write(folder.path(), decomposed, PAGE);
    let (mut workshop, _) = open(folder.path());
    fs::remove_file(folder.path().join(decomposed)).unwrap();
    assert_eq!(workshop.apply(paths(&[decomposed])), [decomposed]);
}

#[test]
fn a_rule_that_is_renamed_is_not_reviewed_while_it_is_there_twice() {
    let folder = project();
    let (mut workshop, _) = open(folder.path());
    let [from, to] = ["kkt2-plt-007", "doi-ten"].map(|name| format!("rules/plt/{name}.json"));
    workshop.review();
    assert!(!workshop.is_worth_a_review());
    fs::rename(folder.path().join(&from), folder.path().join(&to)).unwrap();
    assert_eq!(workshop.apply(paths(&[&from, &to])), [from.as_str()]);
    let is_known = |workshop: &Workshop, path| workshop.sources.get(path).is_some();
    assert!(is_known(&workshop, &from) && is_known(&workshop, &to));
    assert!(!workshop.is_worth_a_review(), "the rule is there twice");
    std::thread::sleep(crate::preview::watch::SECOND_LOOK);
    assert!(workshop.apply(paths(&[&from])).is_empty());
    assert!(!is_known(&workshop, &from) && is_known(&workshop, &to));
    assert!(workshop.is_worth_a_review());
}
