//! Whole builds: all or nothing, an update like a fresh build, any tree.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use framework::DiagnosticLevel;
use site_gen::{BuildOptions, BuildReport, build};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn options(root: &Path, out: &Path) -> BuildOptions {
    BuildOptions {
        root: root.to_owned(),
        out: out.to_owned(),
        base_url: Some("https://khung.example".to_owned()),
        date: "2026-03-31".parse().unwrap(),
        strict: false,
        compress: false,
    }
}

fn built(root: &Path, out: &Path) -> BuildReport {
    let report = build(&options(root, out)).unwrap();
    let faults: Vec<String> = report
        .diagnostics
        .iter()
        .filter(|fault| fault.level == DiagnosticLevel::Error)
        .map(|fault| format!("{fault} {} {}", fault.code, fault.message.en))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    report
}

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
                files.insert(
                    path.strip_prefix(folder).unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    files
}

/// Files kept for pages that are still open are no part of the site any more.
fn kept(tree: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let manifest: serde_json::Value =
        serde_json::from_slice(&tree[Path::new(".khung/manifest.json")]).unwrap();
    let files = manifest["files"].as_array().unwrap().iter();
    let kept = files.filter(|entry| entry["kept"] == true);
    kept.map(|entry| entry["path"].as_str().unwrap().into())
        .collect()
}

fn assert_same(left: &Path, right: &Path) {
    let [left, right] = [left, right].map(|folder| {
        let mut tree = tree(folder);
        for path in kept(&tree) {
            tree.remove(&path);
        }
        // It lists what is kept.
        tree.remove(Path::new(".khung/manifest.json"));
        tree
    });
    for path in left.keys().chain(right.keys()) {
        assert!(
            left.get(path) == right.get(path),
            "{} differs",
            path.display()
        );
    }
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A project with our theme and the given files.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("themes"), &folder.path().join("themes"));
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn a_second_build_writes_nothing_and_an_update_equals_a_fresh_build() {
    let page = |text: &str| format!("# Trang\n\n{text}\n\n[kia](/kia/)\n");
    let project = project(&[
        ("content/vi/a.md", &page("Một")),
        ("content/en/a.md", &page("One")),
        ("content/vi/kia.md", "# Kia\n"),
        ("content/en/kia.md", "# There\n"),
    ]);
    let content = project.path().join("content");
    let out = project.path().join("public");
    built(project.path(), &out);
    let first = tree(&out);
    let again = built(project.path(), &out).published.unwrap();
    assert_eq!((again.written, again.removed), (0, 0));
    assert!(tree(&out) == first, "the manifest is the same as well");
    let steps: [&dyn Fn(); 5] = [
        &|| fs::write(content.join("vi/a.md"), page("Hai")).unwrap(),
        &|| fs::write(content.join("en/b.md"), "# New\n").unwrap(),
        &|| fs::write(content.join("vi/kia.md"), "# Đó\n").unwrap(),
        &|| fs::remove_file(content.join("en/b.md")).unwrap(),
        &|| fs::write(content.join("vi/a.md"), page("Một")).unwrap(),
    ];
    for (number, step) in steps.into_iter().enumerate() {
        step();
        assert!(built(project.path(), &out).published.unwrap().written > 0);
        let fresh = project.path().join(format!("fresh{number}"));
        built(project.path(), &fresh);
        assert_same(&out, &fresh);
    }
}

/// The search index is packed well beside packed copies, and quickly where there are none.
#[test]
fn a_site_that_was_packed_otherwise_is_made_anew() {
    let words: Vec<String> = (0..300).map(|number| format!("từ{number} chung")).collect();
    let project = project(&[(
        "content/vi/a.md",
        &format!("# Trang\n\n{}\n", words.join(" ")),
    )]);
    let make = |out: &Path, compress: bool| {
        let options = BuildOptions {
            compress,
            ..options(project.path(), out)
        };
        assert!(build(&options).unwrap().published.is_some());
    };
    let out = project.path().join("public");
    let [plain, packed] = ["plain", "packed"].map(|name| project.path().join(name));
    make(&plain, false);
    make(&packed, true);
    for (compress, fresh) in [(false, &plain), (true, &packed), (false, &plain)] {
        make(&out, compress);
        assert_same(&out, fresh);
    }
    let index = |folder: &Path| {
        let files = tree(&folder.join("assets/search-vi")).into_iter();
        let own = files.filter(|(path, _)| path.extension() == Some("bin".as_ref()));
        own.map(|(_, bytes)| bytes.len()).sum::<usize>()
    };
    assert!(index(&packed) < index(&plain));
}

#[test]
fn an_error_leaves_the_old_site_untouched_and_names_every_fault() {
    let page = "# Trang\n\n[a](/nowhere/)\n\n<b>x</b>\n";
    let project = project(&[
        (
            "content/site.toml",
            include_str!("../../../content/site.toml"),
        ),
        ("content/vi/a.md", "# A\n"),
        ("content/en/a.md", "# A\n"),
    ]);
    // A menu that leads to pages this small project lacks is a fault of its own.
    let site = project.path().join("content/site.toml");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(
        &site,
        text.split("[[navigation]]")
            .next()
            .unwrap()
            .replace("faults = \"error\"", "faults = \"warning\""),
    )
    .unwrap();
    let out = project.path().join("public");
    built(project.path(), &out);
    let before = tree(&out);
    let text = fs::read_to_string(&site).unwrap();
    fs::write(
        &site,
        text.replace("faults = \"warning\"", "faults = \"error\""),
    )
    .unwrap();
    fs::write(project.path().join("content/vi/a.md"), page).unwrap();
    let report = build(&options(project.path(), &out)).unwrap();
    assert!(report.published.is_none());
    let found: Vec<String> = report
        .diagnostics
        .iter()
        .map(|fault| format!("{fault} {}", fault.code))
        .collect();
    for wanted in [
        "content/vi/a.md:3:1 dead-link",
        "content/vi/a.md:5:1 raw-html",
    ] {
        assert!(found.iter().any(|fault| fault == wanted), "{found:#?}");
    }
    assert_eq!(tree(&out), before);
}

#[test]
fn a_tree_written_for_another_generator_is_built_with_diagnostics() {
    let vietnamese = "---\ntitle: Bắt đầu\ndate: 2024-01-01\ntags:\n  - a\nweight: 3\n---\n\n<div align=\"center\">\n\n**Chào**\n\n</div>\n\n{{< note >}} [Xem](./Khác.md) [chết](missing.md#x) ![ảnh](pic.png)\n\n```js {1}\nlet a = 1 < 2;\n```\n";
    let english =
        "+++\ntitle = \"Start\"\ndraft = false\n[params]\n  x = 1\n+++\n\n# Start <br/> here\n";
    let project = project(&[
        ("content/vi/Bắt đầu/_index.md", vietnamese),
        ("content/vi/Bắt đầu/Khác.md", "Không có tiêu đề\n"),
        ("content/en/Bắt đầu/_index.md", english),
        ("content/en/README.md", "# Hello\n\n## Q\n\n## Main\n"),
        ("content/en/я.md", "# Я\n"),
        ("content/en/中.md", "# 中文\n"),
        ("content/vi/.vuepress/config.js", "x"),
    ]);
    let out = project.path().join("public");
    let report = built(project.path(), &out);
    assert!(report.diagnostics.len() > 8, "{:#?}", report.diagnostics);
    let page = fs::read_to_string(out.join("vi/bat-dau/index.html")).unwrap();
    assert!(
        page.contains("<strong>Chào</strong>") && page.contains("href=\"/vi/bat-dau/khac/\""),
        "{page}"
    );
    assert!(!page.contains("<div align"));
    let home = |language: &str| fs::read_to_string(out.join(language).join("index.html")).unwrap();
    assert!(home("en").contains("Hello") && !home("en").contains("<div lang"));
    // The Vietnamese page shows the English text and says that it is English.
    let (_, text) = home("vi")
        .split_once("<div lang=\"en\">")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert!(text.contains("Hello"), "{text}");
    // The frame of a page links only to what this tree has, and its ids are not taken by headings.
    let own: Vec<String> = report
        .diagnostics
        .iter()
        .filter(|fault| matches!(fault.code, "dead-link-in-page" | "id-twice"))
        // The dead links of this page are its author's.
        .filter(|fault| !fault.file.ends_with("bat-dau/index.html"))
        .map(|fault| format!("{fault} {}", fault.message.en))
        .collect();
    assert!(own.is_empty(), "{own:#?}");
}

#[test]
fn under_strict_a_warning_stops_the_build() {
    let project = project(&[("content/vi/a.md", "# A\n")]);
    let out = project.path().join("public");
    built(project.path(), &out);
    let strict = BuildOptions {
        strict: true,
        ..options(project.path(), &out)
    };
    let report = build(&strict).unwrap();
    assert!(report.published.is_none() && report.errors() > 0);
}

#[test]
fn a_rule_that_does_not_compile_or_pass_its_examples_stops_the_build() {
    const FILE: &str = "rules/own/kkt2-own-001.json";
    let folder = tempfile::tempdir().unwrap();
    for part in ["content", "rules", "themes"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    let out = folder.path().join("public");
    assert!(built(folder.path(), &out).published.is_some());
    let rule = folder.path().join(FILE);
    let text = fs::read_to_string(&rule).unwrap();
    let before = tree(&out);
    for (require, code) in [
        (serde_json::json!({"required": "owner"}), "rule-schema"),
        (serde_json::json!({}), "example-misbehaves"),
    ] {
        let mut source: serde_json::Value = serde_json::from_str(&text).unwrap();
        source["require"] = require;
        fs::write(&rule, source.to_string()).unwrap();
        let report = build(&options(folder.path(), &out)).unwrap();
        assert!(report.published.is_none());
        let faults = report.diagnostics.iter();
        let codes: Vec<_> = faults.map(|fault| (fault.code, &*fault.file)).collect();
        assert!(codes.contains(&(code, Path::new(FILE))), "{codes:?}");
        assert!(before == tree(&out), "the old site is untouched");
    }
}

#[test]
fn a_fault_of_a_template_is_told_once_however_many_pages_it_hits() {
    let names: Vec<String> = ["vi", "en"]
        .iter()
        .flat_map(|language| (0..6).map(move |page| format!("content/{language}/p{page}.md")))
        .collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), "# Trang\n"))
        .collect();
    let project = project(&files);
    let footer = project.path().join("themes/default/templates/footer.html");
    fs::write(footer, "<p>{{ nowhere }}</p>\n").unwrap();
    let out = project.path().join("public");
    let report = build(&options(project.path(), &out)).unwrap();
    let template: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|fault| fault.code == "template")
        .collect();
    let [fault] = template[..] else {
        panic!("{} times: {:#?}", template.len(), template.first())
    };
    assert!(
        fault.file.ends_with("footer.html") && fault.position.is_some(),
        "{fault}"
    );
    assert!(report.published.is_none());
}

#[test]
fn a_build_that_was_stopped_still_says_how_many_pages_there_are() {
    let project = project(&[("content/vi/a.md", "# A\n"), ("content/en/a.md", "# A\n")]);
    let out = project.path().join("public");
    let pages = built(project.path(), &out).pages;
    assert!(pages > 2, "{pages}");
    fs::write(
        project.path().join("content/vi/a.md"),
        "# A\n\n[x](/nowhere/)\n",
    )
    .unwrap();
    let strict = BuildOptions {
        strict: true,
        ..options(project.path(), &out)
    };
    let report = build(&strict).unwrap();
    assert!(report.published.is_none());
    assert_eq!(report.pages, pages);
}
