//! What authors learn about their files, all of it in one run.

use framework::{DiagnosticLevel, Locale};
use site_gen::{
    address::{Address, Tail},
    library::{self, Library},
    page,
    site::{Publication, Site},
    source::{Content, Source, Sources},
    theme::Theme,
    translations::{self, Records},
};

const VI: &str = "---\nclause: I.1\norder: 1\n---\n<!-- id: I.1 -->\n# 1. Mục đích\n\n<!-- id: I.1.p1 -->\nĐoạn một.\n";
const EN: &str = "---\nclause: I.1\norder: 1\n---\n<!-- id: I.1 -->\n# 1. Purpose\n\n<!-- id: I.1.p1 -->\nParagraph one.\n";
const SITE: &str = "base_url = \"https://a.example/\"\ndefault_language = \"vi\"\ntitle = { vi = \"A\", en = \"A\" }\nshort_title = { vi = \"A\", en = \"A\" }\ndescription = { vi = \"A\", en = \"A\" }\n";

/// A small project with some files on top.
fn project(files: &[(&str, &str)]) -> Sources {
    let base = [
        ("content/site.toml", SITE),
        ("content/vi/framework/i-1.md", VI),
        ("content/en/framework/i-1.md", EN),
    ];
    Sources::new(base.iter().chain(files).map(|(path, text)| Source {
        path: (*path).to_owned(),
        content: Content::Text((*text).into()),
    }))
}

fn assemble(files: &[(&str, &str)]) -> (Library, Vec<String>) {
    let (library, faults) = library::assemble(&project(files));
    let faults = faults.iter().map(|fault| {
        let hint = fault
            .hint
            .as_ref()
            .map(|hint| hint.en.as_str())
            .unwrap_or_default();
        format!("{fault} {}: {hint}", fault.code)
    });
    (library, faults.collect())
}

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    assemble(files).1
}

#[test]
fn a_sound_project_has_no_faults() {
    let (library, faults) = assemble(&[]);
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(library.project.clauses.len(), 3);
    assert_eq!(library.config.base_url, "https://a.example");
}

#[test]
fn dead_links_are_found_with_their_place_and_the_nearest_target() {
    let page = "# Trang\n\n[a](/framework/i-2/) [b](framework/i-1.md#i-1-p2) [c](#trang)\n[d](b.md) [II.9.9] [I.1.p1]\n![x](hinh.png) [e](/data/clause.json) [f](https://example.org/#x)\n";
    let found = faults(&[
        ("content/vi/a.md", page),
        ("content/en/a.md", "# Page {#trang}\n"),
    ]);
    // What is published beside the pages grows; only the beginning of that list is looked at.
    let found: Vec<&str> = found
        .iter()
        .map(|fault| fault.split(", data/").next().unwrap_or_default())
        .collect();
    assert_eq!(
        found,
        [
            "content/vi/a.md:3:1 dead-link: Did you mean “/framework/i-1/”?",
            "content/vi/a.md:3:22 dead-link: Did you mean “i-1-p1”?",
            "content/vi/a.md:4:1 dead-link: Did you mean “/a/”?",
            "content/vi/a.md:4:11 unknown-clause: Known: I.1, I.1.p1, I.1.p1.s1",
            "content/vi/a.md:5:1 missing-picture: Known: data/clauses.json",
            "content/vi/a.md:5:16 dead-link: Did you mean “data/clauses.json”?",
        ]
    );
}

#[test]
fn a_link_means_the_same_page_however_it_is_written() {
    let page = "# A\n\n[1](../framework/i-1.md) [2](/framework/i-1/) [3](/en/framework/i-1/#i-1-p1-s1) [4](/framework/i-1) [5](./) [6](index.md) [7](/)\n";
    let files = [
        ("content/vi/guide/index.md", page),
        ("content/en/guide/index.md", "# A\n"),
    ];
    assert!(faults(&files).is_empty(), "{:#?}", faults(&files));
}

#[test]
fn a_page_that_one_language_lacks_is_a_warning_and_still_a_page() {
    let (library, faults) = assemble(&[("content/vi/a.md", "# A\n")]);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with("content/vi/a.md missing-translation: Write content/en/a.md"));
    let shown = library
        .document_or_other(Locale::En, &Tail::Document("a".into()))
        .unwrap();
    assert_eq!(shown.locale, Locale::Vi);
}

#[test]
fn clauses_that_the_languages_do_not_share_are_errors() {
    let other = EN.replace("I.1.p1", "I.1.p2");
    let found = faults(&[("content/en/framework/i-1.md", &other)]);
    assert_eq!(
        found,
        [
            "content/vi/framework/i-1.md:9:1 clause-not-translated: ",
            "content/vi/framework/i-1.md:9:1 clause-not-translated: ",
            "content/en/framework/i-1.md:9:1 clause-only-in-translation: Did you mean “I.1.p1”?",
            "content/en/framework/i-1.md:9:1 clause-only-in-translation: Did you mean “I.1.p1.s1”?",
        ]
    );
}

#[test]
fn a_paragraph_whose_vietnamese_changed_is_stale_until_it_is_recorded_again() {
    let (library, _) = assemble(&[]);
    let recorded = record_all(&library);
    let (library, faults) = assemble(&[(translations::PATH, &recorded)]);
    assert!(faults.is_empty() && library.stale.is_empty(), "{faults:#?}");

    let changed = VI.replace("Đoạn một.", "Đoạn một, đã sửa.");
    let files = [
        (translations::PATH, recorded.as_str()),
        ("content/vi/framework/i-1.md", &changed),
    ];
    let (library, faults) = assemble(&files);
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0].starts_with("content/en/framework/i-1.md:9:1 stale-translation"),
        "{faults:?}"
    );
    assert_eq!(library.stale[0].key, "I.1.p1");

    let recorded = record_all(&library);
    let files = [
        (translations::PATH, recorded.as_str()),
        ("content/vi/framework/i-1.md", &changed),
    ];
    assert!(assemble(&files).1.is_empty());

    let more = [
        (translations::PATH, recorded.as_str()),
        ("content/vi/a.md", "# A\n"),
        ("content/en/a.md", "# A\n"),
    ];
    assert!(faults_of(&more).contains("content/en/a.md translation-not-recorded"));
}

/// The text of `translations.json` when every page is confirmed.
fn record_all(library: &Library) -> String {
    let records = translations::record(library, &Records::default(), |_| true);
    translations::text(&records)
}

const GUIDE_EN: (&str, &str) = (
    "content/en/a.md",
    "# A\n\nOne.\n\nTwo.\n\n- Three\n- Four\n",
);

#[test]
fn only_the_paragraph_that_changed_is_stale_wherever_others_are_added_or_taken_out() {
    let vietnamese = "# A\n\nMột.\n\nHai.\n\n- Ba\n- Bốn\n";
    let (library, _) = assemble(&[("content/vi/a.md", vietnamese), GUIDE_EN]);
    let recorded = record_all(&library);
    let found = |vietnamese: &str| {
        let files = [
            (translations::PATH, recorded.as_str()),
            ("content/vi/a.md", vietnamese),
            GUIDE_EN,
        ];
        let (library, _) = library::assemble(&project(&files));
        let stale = library.stale.iter();
        let told = stale.map(|stale| {
            let line = stale.diagnostic.position.map_or(0, |place| place.line);
            format!("{line} {}", stale.diagnostic.message.en)
        });
        told.collect::<Vec<_>>()
    };
    assert!(found(vietnamese).is_empty());
    assert_eq!(
        found(&vietnamese.replace("Hai.", "Hai, đã sửa.")),
        ["5 The Vietnamese of ¶3 changed after it was translated"]
    );
    assert_eq!(
        found(&vietnamese.replace("Một.", "Mới.\n\nMột.")),
        ["3 The Vietnamese gained ¶2 after the page was translated"]
    );
    assert_eq!(
        found(&vietnamese.replace("Một.\n\n", "")),
        ["3 The Vietnamese lost ¶2 after the page was translated"]
    );
    // Other white space and other order are no other words.
    let moved = "# A\n\nHai.\n\nMột.\n\n- Ba\n-   Bốn\n";
    assert!(found(moved).is_empty(), "{:?}", found(moved));
}

#[test]
fn a_page_says_how_many_of_its_own_paragraphs_are_stale() {
    let theme = (
        "themes/default/templates/pages/document.html",
        "{{ page.stale }}",
    );
    let pages = ["a", "b", "c"].map(|name| {
        let path = |locale| format!("content/{locale}/{name}.md");
        (path(Locale::Vi), path(Locale::En))
    });
    let made = |texts: [&str; 3], recorded: &str| {
        let vietnamese = pages.iter().zip(texts);
        let vietnamese = vietnamese.map(|((path, _), text)| (path.as_str(), text));
        let english = pages
            .iter()
            .map(|(_, path)| (path.as_str(), "# A\n\nOne.\n\nTwo.\n"));
        let others = [theme, (translations::PATH, recorded)];
        let files: Vec<(&str, &str)> = vietnamese.chain(english).chain(others).collect();
        project(&files)
    };
    let before = "# A\n\nMột.\n\nHai.\n";
    let recorded = record_all(&library::assemble(&made([before; 3], "{}")).0);
    let (one, both) = ("# A\n\nMột.\n\nHai, mới.\n", "# A\n\nMới.\n\nMới.\n");
    let sources = made([one, before, both], &recorded);
    let (library, _) = library::assemble(&sources);
    let publication = Publication {
        base_url: String::new(),
        date: "2026-03-31".parse().unwrap(),
    };
    let site = Site::new(library.into(), Theme::parse(&sources).0.into(), publication);
    let told = |locale| {
        ["/a/", "/b/", "/c/"].map(|tail| {
            let address = Address::Page(locale, Tail::parse(tail));
            String::from_utf8(page::render(&site, &address).unwrap().bytes).unwrap()
        })
    };
    assert_eq!(told(Locale::En), ["1", "0", "2"]);
    assert_eq!(told(Locale::Vi), ["0", "0", "0"]);
}

#[test]
fn recording_one_page_leaves_what_is_known_about_the_others() {
    let base = [
        ("content/vi/a.md", "# A\n\nMột.\n"),
        ("content/en/a.md", "# A\n\nOne.\n"),
    ];
    let (library, _) = assemble(&base);
    let before = translations::record(&library, &Records::default(), |_| true);
    let changed = VI.replace("Đoạn một.", "Đoạn một, đã sửa.");
    let files = [
        ("content/vi/framework/i-1.md", changed.as_str()),
        ("content/vi/a.md", "# A\n\nMột, đã sửa.\n"),
        base[1],
    ];
    let (library, _) = assemble(&files);
    let after = translations::record(&library, &before, |page| {
        page.file.ends_with("en/framework/i-1.md")
    });
    assert_ne!(after["/framework/i-1/"], before["/framework/i-1/"]);
    assert_eq!(after["/a/"], before["/a/"]);
}

fn faults_of(files: &[(&str, &str)]) -> String {
    faults(files).join("\n")
}

#[test]
fn headings_keep_their_place_across_languages_only_with_the_same_anchor() {
    let vi = ("content/vi/a.md", "# A\n\n## Mục tiêu {#goal}\n");
    assert!(faults(&[vi, ("content/en/a.md", "# A\n\n## Goal {#goal}\n")]).is_empty());
    let found = faults_of(&[vi, ("content/en/a.md", "# A\n\n## Aim\n")]);
    assert!(found.starts_with("content/en/a.md:3:1 anchors-differ: Give both headings the same anchor, for example {#goal}"), "{found}");
}

#[test]
fn redirects_lead_from_what_is_gone_to_what_is_there() {
    let good = "{\"moved\": {\"/old/\": \"/framework/i-1/#i-1-p1\"}, \"removed\": {\"/gone/\": {\"vi\": \"Đã bỏ\", \"en\": \"Removed\"}}}";
    assert!(faults(&[("content/redirects.json", good)]).is_empty());
    let linked = (
        "content/vi/framework/i-1.md",
        VI.to_owned() + "\n[x](/old/)\n",
    );
    let found = faults_of(&[("content/redirects.json", good), (linked.0, &linked.1)]);
    assert!(
        found.contains("dead-link: It is now at /framework/i-1/#i-1-p1"),
        "{found}"
    );
    // What is no page but a passage has a short citation, and that goes on answering.
    let cited = "{\"moved\": {\"/c/i-9/\": \"/framework/i-1/#i-1-p1\"}, \"removed\": {\"/c/nt-9/\": {\"vi\": \"Đã bỏ\", \"en\": \"Removed\"}}}";
    let (library, found) = assemble(&[("content/redirects.json", cited)]);
    assert!(found.is_empty(), "{found:?}");
    let citations = library.citations();
    assert_eq!(citations["i-9"], "/framework/i-1/#i-1-p1");
    assert_eq!(citations["nt-9"], "/c/nt-9/");
    let in_use = cited.replace("/c/i-9/", "/c/i-1/");
    let found = faults_of(&[("content/redirects.json", &in_use)]);
    assert!(found.contains("redirect-in-use"), "{found}");
    let bad = "{\"moved\": {\"/framework/i-1/\": \"/nowhere/\"}}";
    assert_eq!(
        faults(&[("content/redirects.json", bad)]),
        [
            "content/redirects.json:1:13 redirect-in-use: ",
            "content/redirects.json:1:32 redirect-to-nowhere: ",
        ]
    );
}

#[test]
fn data_files_name_the_line_of_what_is_wrong() {
    let found = faults_of(&[("content/status.json", "{\n  \"notce\": 1\n}\n")]);
    assert!(found.starts_with("content/status.json:2:"), "{found}");
    let found = faults_of(&[("content/site.toml", "base_url = 1\n")]);
    assert!(
        found.starts_with("content/site.toml:1:12 site-config"),
        "{found}"
    );
    let body = "{\"bodies\": [{\"id\": \"a\", \"name\": {\"vi\": \"A\", \"en\": \"A\"}, \"clauses\": [\"I.11\"]}]}";
    let found = faults_of(&[("content/catalogue/bodies.json", body)]);
    assert!(
        found.contains("content/catalogue/bodies.json:1:70 unknown-clause: Did you mean “I.1”?"),
        "{found}"
    );
    assert!(
        found.contains("content/catalogue/glossary.json missing-catalogue-file"),
        "{found}"
    );
}

#[test]
fn two_files_for_one_address_are_refused() {
    let found = faults_of(&[
        ("content/vi/a.md", "# A\n"),
        ("content/vi/a/index.md", "# A\n"),
        ("content/en/a.md", "# A\n"),
    ]);
    assert!(
        found.contains("content/vi/a/index.md same-address"),
        "{found}"
    );
}

#[test]
fn every_fault_speaks_both_languages() {
    let page =
        "---\nx: 1\n---\n# A\n\n<b>x</b> [a](/b/) [II.9.9] ![](x.png)\n\n<!-- id: II.f -->\n";
    let (_, faults) = library::assemble(&project(&[("content/vi/a.md", page)]));
    assert!(faults.len() >= 7, "{faults:#?}");
    for fault in faults {
        assert!(!fault.message.vi.is_empty() && !fault.message.en.is_empty());
        assert_ne!(fault.message.vi, fault.message.en, "{}", fault.code);
        if fault.level == DiagnosticLevel::Error {
            assert!(
                fault.position.is_some() && fault.excerpt.is_some(),
                "{fault:?}"
            );
        }
    }
}
