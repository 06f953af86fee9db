use std::{
    os::unix::fs::MetadataExt as _,
    sync::atomic::{AtomicBool, Ordering},
};

use super::*;

const HTML: &str = "text/html; charset=utf-8";

fn page(text: &str) -> Vec<u8> {
    text.repeat(200).into_bytes()
}

fn publish(out: &Path, files: &[(&str, &str)]) -> Outcome {
    let publisher = Publisher::new(out, true).unwrap();
    let entries = files
        .iter()
        .map(|(path, text)| publisher.put(path, HTML, &page(text)).unwrap())
        .collect();
    publisher
        .finish("2026-03-31", entries, BTreeMap::new())
        .unwrap()
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn unchanged_files_are_neither_written_nor_moved() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let first = publish(
        &out,
        &[("vi/index.html", "một "), ("en/index.html", "one ")],
    );
    assert_eq!((first.files, first.written), (2, 2));
    assert!(out.join("vi/index.html.br").exists() && out.join("vi/index.html.gz").exists());
    let before = inode(&out.join("vi/index.html"));
    let again = publish(
        &out,
        &[("vi/index.html", "một "), ("en/index.html", "one ")],
    );
    assert_eq!(again.written, 0);
    assert_eq!(inode(&out.join("vi/index.html")), before);
    for round in 0..4 {
        let changed = publish(
            &out,
            &[
                ("vi/index.html", "một "),
                ("en/index.html", &format!("{round} ")),
            ],
        );
        assert_eq!(changed.written, 1);
        assert_eq!(
            inode(&out.join("vi/index.html")),
            before,
            "linked, not written again"
        );
        assert_eq!(
            fs::read_to_string(out.join("en/index.html")).unwrap(),
            format!("{round} ").repeat(200)
        );
    }
}

#[test]
fn an_update_ends_in_the_same_tree_as_a_fresh_build() {
    let folder = tempfile::tempdir().unwrap();
    let grown = folder.path().join("grown");
    let steps: [&[(&str, &str)]; 5] = [
        &[
            ("a/index.html", "1"),
            ("b/index.html", "1"),
            ("c/d/index.html", "1"),
        ],
        &[("a/index.html", "2"), ("b/index.html", "1")],
        &[
            ("a/index.html", "1"),
            ("b/index.html", "3"),
            ("c/d/index.html", "4"),
        ],
        &[("b/index.html", "3")],
        &[
            ("c/d/index.html", "1"),
            ("b/index.html", "3"),
            ("e.html", "5"),
        ],
    ];
    for (number, step) in steps.into_iter().enumerate() {
        publish(&grown, step);
        let fresh = folder.path().join(format!("fresh{number}"));
        publish(&fresh, step);
        assert_eq!(tree(&grown), tree(&fresh), "step {number}");
    }
}

#[test]
fn a_build_that_stops_half_way_leaves_the_old_site_and_the_next_one_mends() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    publish(&out, &[("a.html", "1"), ("b.html", "1")]);
    publish(&out, &[("a.html", "2"), ("b.html", "1")]);
    let before = tree(&out);
    let publisher = Publisher::new(&out, true).unwrap();
    publisher.put("a.html", HTML, &page("3")).unwrap();
    drop(publisher);
    assert_eq!(tree(&out), before);
    publish(&out, &[("a.html", "2"), ("b.html", "4")]);
    let fresh = folder.path().join("fresh");
    publish(&fresh, &[("a.html", "2"), ("b.html", "4")]);
    assert_eq!(tree(&out), tree(&fresh));
}

#[test]
fn what_somebody_removed_or_changed_in_the_output_is_put_right() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let files = [("a.html", "1"), ("b.html", "1")];
    publish(&out, &files);
    fs::remove_file(out.join("a.html")).unwrap();
    fs::write(out.join("b.html"), "short").unwrap();
    assert_eq!(publish(&out, &files).written, 2);
    assert_eq!(
        fs::read_to_string(out.join("b.html")).unwrap(),
        "1".repeat(200)
    );
}

#[test]
fn named_assets_stay_for_one_generation() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    publish(&out, &[("assets/a.1.css", "1"), ("i.html", "1")]);
    publish(&out, &[("assets/a.2.css", "2"), ("i.html", "2")]);
    assert!(
        out.join("assets/a.1.css").exists(),
        "for pages that are still open"
    );
    publish(&out, &[("assets/a.2.css", "2"), ("i.html", "2")]);
    assert!(
        out.join("assets/a.1.css").exists(),
        "a build without changes changes nothing"
    );
    publish(&out, &[("assets/a.3.css", "3"), ("i.html", "3")]);
    assert!(!out.join("assets/a.1.css").exists());
    assert!(out.join("assets/a.2.css").exists());
}

#[test]
fn a_page_that_shrinks_below_packing_leaves_no_packed_variant_behind() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let put = |text: &str| {
        let publisher = Publisher::new(&out, true).unwrap();
        let entries = vec![publisher.put("a.html", HTML, text.as_bytes()).unwrap()];
        publisher
            .finish("2026-03-31", entries, BTreeMap::new())
            .unwrap();
    };
    for text in [
        "a".repeat(900),
        "b".to_owned(),
        "c".repeat(900),
        "d".to_owned(),
    ] {
        put(&text);
        assert_eq!(
            out.join("a.html.br").exists(),
            text.len() > 1,
            "{}",
            text.len()
        );
    }
}

#[test]
fn a_file_of_the_site_before_is_read_only_if_it_is_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let publisher = Publisher::new(&out, true).unwrap();
    assert!(publisher.published("search/vi.bin").is_none());
    let entries = vec![publisher.put("search/vi.bin", HTML, &page("x")).unwrap()];
    publisher
        .finish("2026-03-31", entries, BTreeMap::new())
        .unwrap();
    assert!(matches!(
        Publisher::new(&out, true),
        Err(PublishError::Busy(_))
    ));
    drop(publisher);
    let publisher = Publisher::new(&out, true).unwrap();
    assert_eq!(publisher.published("search/vi.bin"), Some(page("x")));
    assert_eq!(publisher.published("search/en.bin"), None);
    fs::write(out.join("search/vi.bin"), "y").unwrap();
    assert_eq!(publisher.published("search/vi.bin"), None, "damaged");
}

/// Somebody who may write the list of a site may not have files elsewhere removed by the next build.
#[test]
fn nothing_outside_of_the_site_is_touched() {
    for generation in ["public", ".public.previous"] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let outside = folder.path().join("thesis.txt");
        let absolute = outside.to_string_lossy().into_owned();
        for path in ["../thesis.txt", "a/../../thesis.txt", &absolute] {
            for text in ["1", "2"] {
                publish(&out, &[("assets/a.css", text), ("b.html", "1")]);
            }
            fs::write(&outside, "1".repeat(200)).unwrap();
            let manifest = folder.path().join(generation).join(manifest::PATH);
            let text = fs::read_to_string(&manifest).unwrap();
            fs::remove_file(&manifest).unwrap();
            fs::write(&manifest, text.replacen("assets/a.css", path, 1)).unwrap();
            publish(&out, &[("b.html", "3")]);
            assert_eq!(fs::read_to_string(&outside).unwrap(), "1".repeat(200));
            let fresh = folder.path().join("fresh");
            publish(&fresh, &[("b.html", "3")]);
            assert_eq!(
                fs::read(out.join("b.html")).unwrap(),
                fs::read(fresh.join("b.html")).unwrap()
            );
        }
    }
}

/// A wrong list would have files removed that were written a moment ago.
#[test]
fn a_list_that_is_wrong_costs_no_file() {
    const BEFORE: &[(&str, &str)] = &[("a.html", "1"), ("b.html", "1"), (".khung/x", "1")];
    const AFTER: &[(&str, &str)] = &[("a.html", "2"), ("b.html", "1"), (".khung/x", "1")];
    let wrong: [fn(&mut Manifest); 3] = [
        |manifest| manifest.files.insert(0, manifest.private[0].clone()),
        |manifest| manifest.files.insert(0, alias(manifest, "./b.html")),
        |manifest| manifest.files.insert(2, alias(manifest, "b.html/")),
    ];
    for generation in ["public", ".public.previous"] {
        for wrong in wrong {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path().join("public");
            for files in [AFTER, BEFORE] {
                publish(&out, files);
            }
            let path = folder.path().join(generation).join(manifest::PATH);
            let mut manifest = Manifest::parse(&fs::read(&path).unwrap()).unwrap();
            wrong(&mut manifest);
            fs::write(&path, manifest.written()).unwrap();
            publish(&out, &[("a.html", "3"), ("b.html", "1"), (".khung/x", "1")]);
            let fresh = folder.path().join("fresh");
            publish(
                &fresh,
                &[("a.html", "3"), ("b.html", "1"), (".khung/x", "1")],
            );
            assert_eq!(tree(&out), tree(&fresh));
        }
    }
}

/// The entry of the page b under another name.
fn alias(manifest: &Manifest, path: &str) -> FileEntry {
    FileEntry {
        path: path.into(),
        ..manifest.get("b.html").unwrap().clone()
    }
}

#[test]
fn a_list_that_is_written_otherwise_is_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let files = [("a.html", "1"), ("b.html", "1")];
    publish(&out, &files);
    let before = tree(&out);
    let manifest = out.join(manifest::PATH);
    let value: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    fs::write(&manifest, serde_json::to_vec_pretty(&value).unwrap()).unwrap();
    assert_eq!(publish(&out, &files).written, 0);
    assert_eq!(tree(&out), before);
}

#[test]
fn a_folder_that_is_no_site_of_ours_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("documents");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "years").unwrap();
    assert!(matches!(
        Publisher::new(&out, true),
        Err(PublishError::NotASite(_))
    ));
    assert_eq!(fs::read_to_string(out.join("thesis.txt")).unwrap(), "years");
}

#[test]
fn two_builds_of_one_folder_do_not_run_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let first = Publisher::new(&out, true).unwrap();
    assert!(matches!(
        Publisher::new(&out, true),
        Err(PublishError::Busy(_))
    ));
    drop(first);
    assert!(Publisher::new(&out, true).is_ok());
}

#[test]
fn a_reader_never_misses_a_page_while_sites_are_swapped() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    publish(&out, &[("vi/index.html", "0 ")]);
    let done = AtomicBool::new(false);
    let read = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut count = 0_u32;
            while !done.load(Ordering::Relaxed) {
                let text = fs::read_to_string(out.join("vi/index.html"))
                    .expect("the page is always there");
                let first = text.split(' ').next().unwrap();
                assert_eq!(text, format!("{first} ").repeat(200), "always a whole page");
                count += 1;
            }
            count
        });
        for round in 1..60 {
            publish(&out, &[("vi/index.html", &format!("{round} "))]);
        }
        done.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    assert!(read > 100, "{read} reads");
}
