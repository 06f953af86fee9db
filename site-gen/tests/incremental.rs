//! A build on top of an older one gives the files and the faults of a build from nothing, whatever was
//! edited in between.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use proptest::prelude::*;
use site_gen::{BuildOptions, BuildReport, build, library, read, translations};

/// Names a page may have; some are each other's folder, one is not ASCII.
const PAGES: [&str; 7] = [
    "a",
    "b",
    "guide/index",
    "guide/c",
    "guide/d",
    "guide/deep/e",
    "guide/Đầu",
];

/// Something an author does.
#[derive(Debug, Clone)]
enum Edit {
    Write {
        locale: &'static str,
        page: usize,
        words: u8,
        link: usize,
        code: bool,
    },
    Delete {
        locale: &'static str,
        page: usize,
    },
    Rename {
        locale: &'static str,
        from: usize,
        to: usize,
    },
    /// More words in a page and nothing else: what is brought up to date page by page.
    Words {
        locale: &'static str,
        page: usize,
        what: u8,
    },
    /// The translations are confirmed as they are.
    Record,
    /// What is remembered of the last build, or a part of its index, is damaged.
    Damage(u8),
    SiteTitle(u8),
    Template(u8),
    Style(u8),
    Picture(u8),
    Nothing,
    Otherwise,
}

fn locale() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("vi"), Just("en")]
}

fn edit() -> impl Strategy<Value = Edit> {
    let page = || 0..PAGES.len();
    prop_oneof![
        6 => (locale(), page(), any::<u8>(), page(), any::<bool>())
            .prop_map(|(locale, page, words, link, code)| Edit::Write { locale, page, words, link, code }),
        12 => (locale(), page(), any::<u8>())
            .prop_map(|(locale, page, what)| Edit::Words { locale, page, what }),
        1 => Just(Edit::Record),
        1 => any::<u8>().prop_map(Edit::Damage),
        2 => (locale(), page()).prop_map(|(locale, page)| Edit::Delete { locale, page }),
        1 => (locale(), page(), page()).prop_map(|(locale, from, to)| Edit::Rename { locale, from, to }),
        1 => any::<u8>().prop_map(Edit::SiteTitle),
        1 => any::<u8>().prop_map(Edit::Template),
        1 => any::<u8>().prop_map(Edit::Style),
        1 => any::<u8>().prop_map(Edit::Picture),
        1 => Just(Edit::Nothing),
        1 => Just(Edit::Otherwise),
    ]
}

fn file(root: &Path, locale: &str, page: usize) -> PathBuf {
    root.join(format!("content/{locale}/{}.md", PAGES[page]))
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn page_text(locale: &str, page: usize, words: u8, link: usize, code: bool) -> String {
    let other = PAGES[link]
        .trim_end_matches("index")
        .to_lowercase()
        .replace('đ', "d")
        .replace('ầ', "a");
    let code = if code {
        "```json\n{\"a\": 1}\n```\n"
    } else {
        ""
    };
    format!(
        "# {locale} {page} {words}\n\nMột từ {words}, hai từ {}.\n\n## Phần {} {{#p{}}}\n\n[kia](/{other}#p{}) \
         ![ảnh](/picture.png)\n\n{code}",
        words / 2,
        words % 3,
        words % 3,
        words % 4
    )
}

fn apply(root: &Path, edit: &Edit) {
    match edit {
        Edit::Write {
            locale,
            page,
            words,
            link,
            code,
        } => {
            write(
                &file(root, locale, *page),
                &page_text(locale, *page, *words, *link, *code),
            );
        }
        Edit::Words { locale, page, what } => add_words(&file(root, locale, *page), *what),
        Edit::Record => record(root),
        Edit::Damage(what) => damage(root, *what),
        // What is not there cannot be deleted or renamed, and need not be.
        Edit::Delete { locale, page } => _ = fs::remove_file(file(root, locale, *page)),
        Edit::Rename { locale, from, to } => {
            let to = file(root, locale, *to);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            _ = fs::rename(file(root, locale, *from), to);
        }
        Edit::SiteTitle(number) => {
            let real = include_str!("../../content/site.toml");
            let text = real.split("[[navigation]]").next().unwrap();
            let text = text
                .replace("faults = \"error\"", "faults = \"warning\"")
                .replace("Khung kiến trúc số quốc gia", &format!("Khung {number}"));
            write(&root.join("content/site.toml"), &text);
        }
        Edit::Template(number) => append(
            root,
            "themes/default/templates/footer.html",
            &format!("<p>{}</p>", number % 4),
        ),
        Edit::Style(number) => append(
            root,
            "themes/default/styles/report.css",
            &format!(".x{}{{top:0}}", number % 4),
        ),
        Edit::Picture(number) => write(
            &root.join("content/picture.png"),
            &format!("png{}", number % 4),
        ),
        Edit::Nothing | Edit::Otherwise => {}
    }
}

/// Words, a link that may be dead, a footnote with a place of its own, a heading.
fn add_words(path: &Path, what: u8) {
    let Ok(text) = fs::read_to_string(path) else {
        return;
    };
    let more = match what % 8 {
        0 => "[kia](/b/#p1)".to_owned(),
        1 => "[đây](#p2) và [đó](/guide/c/#fn-1)".to_owned(),
        2 => format!("Một chú thích.[^1]\n\n[^1]: Chú thích {what}."),
        3 => format!("### Mục {what}"),
        _ => format!("Thêm từ số {what} và kiến trúc."),
    };
    // The second time a footnote is gone again.
    let text = text.split("Một chú thích").next().unwrap();
    fs::write(path, format!("{text}\n{more}\n")).unwrap();
}

fn record(root: &Path) {
    let (sources, _) = read::sources(root, &read::FOLDERS, read::Limits::default());
    let (library, _) = library::assemble(&sources);
    let records = translations::record(&library, &translations::Records::new(), |_| true);
    fs::write(root.join(translations::PATH), translations::text(&records)).unwrap();
}

fn damage(root: &Path, what: u8) {
    let index = root.join("public/.khung/index/vi");
    let part = fs::read_dir(index)
        .unwrap()
        .map(|file| file.unwrap().path());
    let part = part.filter(|path| path.extension().is_some_and(|ending| ending == "part"));
    let path = match what % 3 {
        0 => root.join(".public.last"),
        1 => root.join("public/.khung/index/vi/pieces"),
        _ => part
            .min()
            .unwrap_or_else(|| root.join("public/search/vi.bin")),
    };
    // Not in place: other generations may be linked to the same file.
    let mut bytes = fs::read(&path).unwrap_or_default();
    let middle = bytes.len() / 2;
    match bytes.get_mut(middle) {
        Some(byte) if what.is_multiple_of(6) => *byte ^= 1,
        _ => bytes.truncate(middle),
    }
    _ = fs::remove_file(&path);
    fs::write(path, bytes).unwrap();
}

fn append(root: &Path, path: &str, more: &str) {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let text = fs::read_to_string(real).unwrap();
    fs::write(root.join(path), format!("{text}{more}")).unwrap();
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

fn built(root: &Path, out: &Path, base_url: &str) -> BuildReport {
    let options = BuildOptions {
        root: root.to_owned(),
        out: out.to_owned(),
        base_url: Some(base_url.to_owned()),
        date: "2026-03-31".parse().unwrap(),
        strict: false,
        compress: false,
    };
    build(&options).unwrap()
}

/// Every file of a site with its bytes, but for what is kept for pages still open and the list of it.
fn site(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join(".khung/manifest.json")).unwrap()).unwrap();
    let files = ["files", "private"]
        .into_iter()
        .flat_map(|list| manifest[list].as_array().unwrap());
    let listed = files.filter(|entry| entry["kept"] != true);
    let read = |path: &str| (path.to_owned(), fs::read(folder.join(path)).unwrap());
    listed
        .map(|entry| read(entry["path"].as_str().unwrap()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_update_gives_what_a_build_from_nothing_gives(edits in prop::collection::vec(edit(), 1..9)) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        copy(&real.join("themes/default"), &root.join("themes/default"));
        apply(root, &Edit::SiteTitle(0));
        for page in [0, 2, 3] {
            for locale in ["vi", "en"] {
                apply(root, &Edit::Write { locale, page, words: 7, link: 3, code: true });
            }
        }
        let out = root.join("public");
        let first = built(root, &out, "https://a.example");
        prop_assert!(first.published.is_some(), "{:#?}", first.diagnostics);
        let mut base_url = "https://a.example";
        for (number, edit) in edits.iter().enumerate() {
            apply(root, edit);
            if matches!(edit, Edit::Otherwise) {
                base_url = "https://b.example";
            }
            let updated = built(root, &out, base_url);
            let clean = root.join(format!("clean{number}"));
            let fresh = built(root, &clean, base_url);
            prop_assert_eq!(&updated.diagnostics, &fresh.diagnostics);
            prop_assert_eq!(updated.published.is_some(), fresh.published.is_some());
            if fresh.published.is_some() {
                let (updated, fresh) = (site(&out), site(&clean));
                prop_assert_eq!(updated.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>());
                for (path, bytes) in &fresh {
                    prop_assert!(updated[path] == *bytes, "{} differs", path);
                }
            }
        }
    }
}
