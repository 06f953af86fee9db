//! A build on top of an older one gives the files and the faults of a build from nothing, whatever was
//! edited in between.

use std::{
    collections::BTreeMap,
    fs::{self, File, FileTimes},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use proptest::prelude::*;
use site_gen::{BuildOptions, BuildReport, build, library, read, translations};

/// Names a page may have; some are each other's folder, one is not ASCII, and the home page does not stand by itself.
const PAGES: [&str; 8] = [
    "a",
    "b",
    "guide/index",
    "guide/c",
    "guide/d",
    "guide/deep/e",
    "guide/Đầu",
    "index",
];

/// The home page among them.
const HOME: usize = 7;

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
    /// The file of a page is written, moved or made again, in a way that a careless look would not notice.
    Disk {
        locale: &'static str,
        page: usize,
        how: u8,
        /// Whether it says the same as before.
        same: bool,
    },
    /// The translations are confirmed as they are.
    Record,
    /// What is remembered of the last build, or a part of its index, is damaged.
    Damage(u8),
    SiteTitle(u8),
    /// More at the end of one of a few templates: of a page, of all pages, of what is rendered once.
    Template(u8),
    /// A word of the interface, in one language or both.
    Word(u8),
    /// The name of a component in the catalogue.
    Component(u8),
    /// What a rule says; or there is no rule any more.
    Rule(u8),
    /// A sentence of the framework that the component rests on.
    Clause(u8),
    Style(u8),
    Picture(u8),
    Nothing,
    Otherwise,
}

fn locale() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("vi"), Just("en")]
}

fn on_disk() -> impl Strategy<Value = Edit> {
    (locale(), 0..PAGES.len(), any::<u8>(), any::<bool>()).prop_map(|(locale, page, how, same)| {
        Edit::Disk {
            locale,
            page,
            how,
            same,
        }
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let page = || 0..PAGES.len();
    prop_oneof![
        6 => (locale(), page(), any::<u8>(), page(), any::<bool>())
            .prop_map(|(locale, page, words, link, code)| Edit::Write { locale, page, words, link, code }),
        12 => (locale(), page(), any::<u8>())
            .prop_map(|(locale, page, what)| Edit::Words { locale, page, what }),
        4 => on_disk(),
        1 => Just(Edit::Record),
        1 => any::<u8>().prop_map(Edit::Damage),
        2 => (locale(), page()).prop_map(|(locale, page)| Edit::Delete { locale, page }),
        1 => (locale(), page(), page()).prop_map(|(locale, from, to)| Edit::Rename { locale, from, to }),
        1 => any::<u8>().prop_map(Edit::SiteTitle),
        1 => any::<u8>().prop_map(Edit::Template),
        1 => any::<u8>().prop_map(Edit::Word),
        2 => any::<u8>().prop_map(Edit::Component),
        2 => any::<u8>().prop_map(Edit::Rule),
        1 => any::<u8>().prop_map(Edit::Clause),
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
        Edit::Disk {
            locale,
            page,
            how,
            same,
        } => {
            change_on_disk(&file(root, locale, *page), *how, *same);
        }
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
            let real = include_str!("../../../content/site.toml");
            let text = real.split("[[navigation]]").next().unwrap();
            let text = text
                .replace("faults = \"error\"", "faults = \"warning\"")
                .replace("Khung kiến trúc số quốc gia", &format!("Khung {number}"));
            write(&root.join("content/site.toml"), &text);
        }
        Edit::Template(number) => append(
            root,
            &format!(
                "themes/default/templates/{}",
                TEMPLATES[usize::from(*number) % TEMPLATES.len()]
            ),
            &format!("<p>{}</p>", number % 4),
        ),
        Edit::Word(number) => word(root, *number),
        Edit::Component(_) | Edit::Rule(_) | Edit::Clause(_) if !root.join(COMPONENTS).exists() => {
        }
        Edit::Component(number) => component(root, *number),
        Edit::Rule(number) => rule(root, *number),
        Edit::Clause(number) => {
            let path = "content/vi/framework/ii-3-1.md";
            append(
                root,
                path,
                &format!("\n<!-- id: II.3.1.p9 -->\nCâu số {}.\n", number % 4),
            );
        }
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

const TEMPLATES: [&str; 3] = ["footer.html", "pages/document.html", "shared/footer.html"];

fn word(root: &Path, number: u8) {
    for (locale, real) in [
        ("vi", include_str!("../../../themes/default/words.vi.json")),
        ("en", include_str!("../../../themes/default/words.en.json")),
    ] {
        let mut words: serde_json::Value = serde_json::from_str(real).unwrap();
        if locale == "vi" || number.is_multiple_of(2) {
            words["home"] = format!("Nhà {number}").into();
        }
        write(
            &root.join(format!("themes/default/words.{locale}.json")),
            &words.to_string(),
        );
    }
}

const COMPONENTS: &str = "content/catalogue/components.json";
const RULE: &str = "rules/biz/kkt2-biz-001.json";

/// A framework of a few clauses, a catalogue of one component and the one rule that rests on it, with every
/// page that the templates point at: nothing about it is a fault.
fn knowledge(root: &Path) {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    copy_files(&real.join("rules"), &root.join("rules"));
    rule(root, 1);
    component(root, 0);
    let catalogue = [
        ("layers", "layers", 1),
        ("glossary", "terms", 1),
        ("bodies", "bodies", 0),
        ("constituents", "constituents", 0),
        ("referenced-systems", "systems", 0),
    ];
    for (file, list, count) in catalogue {
        let path = format!("content/catalogue/{file}.json");
        write(&root.join(&path), &first(&path, list, count).to_string());
    }
    for locale in ["vi", "en"] {
        let file = |page: &str| root.join(format!("content/{locale}/{page}.md"));
        let section = "framework/ii-3-1";
        let text = fs::read_to_string(real.join(format!("content/{locale}/{section}.md"))).unwrap();
        write(&file(section), &text);
        for (page, section, clause) in [
            ("i-2", "I.2", "I.2.p1"),
            ("ii-2", "II.2", "II.2.p1"),
            ("iii-1", "III.1", "III.1.p1"),
        ] {
            let text = format!(
                "---\nclause: {section}\n---\n\n<!-- id: {section} -->\n## 1. {section}\n\n\
                 <!-- id: {clause} -->\nMột.\n\n<!-- id: {section}.1 -->\n- Hai.\n"
            );
            write(&file(&format!("framework/{page}")), &text);
        }
        for page in [
            "about",
            "changelog",
            "guide/data",
            "guide/offline",
            "guide/templates",
        ] {
            write(&file(page), &format!("# {page}\n"));
        }
    }
}

/// The first entries of a list of the real catalogue, resting on clauses that are there.
fn first(path: &str, list: &str, count: usize) -> serde_json::Value {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(real.join(path)).unwrap();
    let mut data: serde_json::Value = serde_json::from_str(&text).unwrap();
    data[list].as_array_mut().unwrap().truncate(count);
    let mut text = data.to_string();
    for elsewhere in ["II.2.b06", "II.2.b09", "I.1.p1", "III.1.1"] {
        text = text.replace(elsewhere, "II.3.1.p1");
    }
    serde_json::from_str(&text).unwrap()
}

fn component(root: &Path, number: u8) {
    let mut components = first(COMPONENTS, "components", 1);
    components["components"][0]["name"]["vi"] = format!("Thành phần {}", number % 4).into();
    write(&root.join(COMPONENTS), &components.to_string());
}

fn rule(root: &Path, number: u8) {
    if number.is_multiple_of(4) {
        _ = fs::remove_file(root.join(RULE));
        return;
    }
    let real = include_str!("../../../rules/biz/kkt2-biz-001.json");
    let mut rule: serde_json::Value = serde_json::from_str(real).unwrap();
    rule["title"]["vi"] = format!("Quy tắc {number}").into();
    write(&root.join(RULE), &rule.to_string());
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

/// Gives a file other letters but not another size, nor, most times, another time of its own.
fn change_on_disk(path: &Path, how: u8, same: bool) {
    let Ok(text) = fs::read_to_string(path) else {
        return;
    };
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let (old, new) = if text.contains("Một") {
        ("Một", "Bột")
    } else {
        ("Bột", "Một")
    };
    let text = if same { text } else { text.replace(old, new) };
    let time = match how % 3 {
        0 => time,
        1 => time - Duration::from_secs(1000),
        _ => SystemTime::now(),
    };
    let beside = path.with_extension("md~");
    let to = match how / 3 % 3 {
        0 => path,
        1 => {
            fs::remove_file(path).unwrap();
            path
        }
        _ => &beside,
    };
    fs::write(to, text).unwrap();
    let times = FileTimes::new().set_modified(time);
    File::options()
        .append(true)
        .open(to)
        .unwrap()
        .set_times(times)
        .unwrap();
    if to != path {
        fs::rename(to, path).unwrap();
    }
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
        // What `pieces` says is only asked for when the index changes.
        Some(byte) if what.is_multiple_of(2) && what % 3 != 1 => *byte ^= 1,
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
    copy_files(from, to);
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    }
}

/// The files of a folder, without the folders in it.
fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
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

/// Whether a build made what changed and nothing else.
fn is_update(report: &BuildReport) -> bool {
    let mut laps = report.timings.iter();
    laps.any(|(stage, _)| *stage == "render, index, pack and write what changed")
}

/// A small site without a fault, built once, so that an edit of a page can be an update. If it is `settled`, files are
/// old enough for the next build not to read them.
fn project(root: &Path, has_knowledge: bool, is_settled: bool) -> BuildReport {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    copy(&real.join("themes/default"), &root.join("themes/default"));
    apply(root, &Edit::SiteTitle(0));
    for page in [0, 2, 3, HOME] {
        for locale in ["vi", "en"] {
            apply(
                root,
                &Edit::Write {
                    locale,
                    page,
                    words: 1,
                    link: 3,
                    code: true,
                },
            );
        }
    }
    apply(root, &Edit::Picture(0));
    if has_knowledge {
        knowledge(root);
    }
    if is_settled {
        thread::sleep(Duration::from_millis(2_100));
    }
    built(root, &root.join("public"), "https://a.example")
}

/// Makes the edits one after the other; each time, the site brought up to date is that of a build from nothing.
fn hold_true(root: &Path, edits: &[Edit]) -> Result<(), TestCaseError> {
    let out = root.join("public");
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
            prop_assert_eq!(
                updated.keys().collect::<Vec<_>>(),
                fresh.keys().collect::<Vec<_>>()
            );
            for (path, bytes) in &fresh {
                prop_assert!(updated[path] == *bytes, "{} differs", path);
            }
        }
    }
    Ok(())
}

/// The damage stood in the generation before as well, which the next site but one was made in.
#[test]
fn a_damaged_part_of_the_index_does_not_come_back_two_builds_later() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), false, false);
    let edits = [Edit::Damage(164), Edit::Template(8), Edit::Template(9)];
    hold_true(folder.path(), &edits).unwrap();
}

/// From 1,024 pages of a language on, the cards of two lie in one file: all of the index is another one then.
#[test]
fn a_site_that_grows_and_shrinks_over_a_bound_is_the_one_that_is_made_from_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    project(root, false, false);
    let page = |number: usize| root.join(format!("content/vi/many/p{number:04}.md"));
    let grow = || {
        for number in 0..1_030 {
            let text = format!("# Trang {number}\n\nTừ thứ {number}.\n");
            write(&page(number), &text);
        }
    };
    let shrink = || {
        for number in 0..20 {
            fs::remove_file(page(number)).unwrap();
        }
    };
    let changes: [&dyn Fn(); 3] = [&grow, &shrink, &grow];
    let cards = changes.map(|change| {
        change();
        let fresh = tempfile::tempdir().unwrap();
        let sites = [root.join("public"), fresh.path().join("public")].map(|out| {
            built(root, &out, "https://a.example");
            site(&out)
        });
        assert!(sites[0] == sites[1]);
        let paths = sites[0].keys();
        let is_card = |path: &&String| path.starts_with("assets/search-vi/c");
        paths.filter(is_card).count()
    });
    assert!(cards[0] < 600 && cards[1] > 1_000, "{cards:?}");
    assert_eq!(cards[0], cards[2]);
}

/// Of the home page nothing is remembered, and its neighbour's part was once not looked for because of that.
#[test]
fn a_neighbour_of_the_home_page_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let first = project(root, false, false);
    assert_eq!(first.diagnostics, []);
    let words = |what| Edit::Words {
        locale: "vi",
        page: 0,
        what,
    };
    let updated = |what| {
        apply(root, &words(what));
        built(root, &root.join("public"), "https://a.example")
    };
    assert!(is_update(&updated(4)));
    hold_true(root, &[words(5)]).unwrap();
    assert!(is_update(&updated(6)));
    // The part that it is made of is damaged.
    damage(root, 164);
    assert!(is_update(&updated(7)));
    hold_true(root, &[words(12)]).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_update_gives_what_a_build_from_nothing_gives(
        has_knowledge in any::<bool>(),
        edits in prop::collection::vec(edit(), 1..9),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let first = project(folder.path(), has_knowledge, false);
        prop_assert!(first.published.is_some(), "{:#?}", first.diagnostics);
        hold_true(folder.path(), &edits)?;
    }
}

proptest! {
    // Each waits for its files to be old.
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_update_does_so_when_files_are_not_read_again(
        edits in prop::collection::vec(prop_oneof![2 => on_disk(), 1 => edit()], 4..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let first = project(folder.path(), false, true);
        prop_assert!(first.published.is_some(), "{:#?}", first.diagnostics);
        hold_true(folder.path(), &edits)?;
    }
}
