//! The content tree of this repository: the words of the source, in both languages.

use std::{collections::BTreeSet, path::Path};

use framework::{ClauseKind, Date, Locale};
use site_gen::{
    address::{Address, Tail},
    document::{Block, BlockKind},
    library, page, project, read,
    site::{Publication, Site},
    theme::Theme,
};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn site() -> Site {
    let (sources, faults) = read::sources(root(), &read::FOLDERS, read::Limits::default());
    assert!(faults.is_empty(), "{faults:#?}");
    let (library, faults) = library::assemble(&sources);
    assert!(faults.is_empty(), "{faults:#?}");
    let (theme, faults) = Theme::parse(&sources);
    assert!(faults.is_empty(), "{faults:#?}");
    let publication = Publication {
        base_url: library.config.base_url.clone(),
        date: "2026-03-31".parse::<Date>().unwrap(),
    };
    Site::new(library.into(), theme.into(), publication)
}

/// The words of the seed text; the dash that begins a list item is mark-up there.
fn source_words() -> Vec<String> {
    let path = root().join("content/source/khung-kien-truc-tong-the-quoc-gia-so-2.0.txt");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .flat_map(|line| {
            let line = line.trim();
            line.strip_prefix("- ")
                .unwrap_or(line)
                .split_whitespace()
                .map(str::to_owned)
        })
        .collect()
}

fn page_words(blocks: &[Block], words: &mut Vec<String>) {
    for block in blocks.iter().filter(|block| !block.editorial) {
        match block.kind {
            BlockKind::List(_) => page_words(&block.children, words),
            _ => words.extend(block.text.split_whitespace().map(str::to_owned)),
        }
    }
}

#[test]
fn the_vietnamese_pages_are_the_source_word_for_word() {
    let site = site();
    let mut words = Vec::new();
    for section in site.library.sections.iter() {
        page_words(
            site.library.document(Locale::Vi, section).unwrap().blocks(),
            &mut words,
        );
    }
    let source = source_words();
    for (index, (page, source)) in words.iter().zip(&source).enumerate() {
        assert_eq!(page, source, "word {index}");
    }
    assert_eq!(words.len(), source.len());
    assert_eq!(words.len(), 3040, "the count that the status page states");
}

#[test]
fn both_languages_carry_the_same_numbers() {
    let site = site();
    let ids = |locale: Locale| -> Vec<String> {
        let sections = site.library.sections.iter();
        sections
            .flat_map(|section| {
                let document = site.library.document(locale, section).unwrap();
                document
                    .clauses()
                    .map(|clause| clause.id.to_string())
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let vi = ids(Locale::Vi);
    assert_eq!(vi, ids(Locale::En));
    assert_eq!(
        vi.iter().collect::<BTreeSet<_>>().len(),
        vi.len(),
        "no number comes twice"
    );
}

#[test]
fn every_clause_of_the_domain_model_is_there_with_its_slug_and_page() {
    let loaded = project::load(root());
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let clauses = loaded.project.unwrap().clauses;
    let count = |kind: ClauseKind| clauses.iter().filter(|clause| clause.kind == kind).count();
    assert_eq!(count(ClauseKind::Heading), 25);
    assert_eq!(count(ClauseKind::Paragraph), 15);
    assert_eq!(count(ClauseKind::Item), 31);
    assert_eq!(count(ClauseKind::Diagram), 1);
    assert_eq!(count(ClauseKind::Box), 41);
    let clause = clauses.get("II.3.4.3.s2").unwrap();
    assert!(clause.text.vi.starts_with("Các cơ quan không cần xây dựng"));
    assert!(clause.text.en.starts_with("Agencies"), "{}", clause.text.en);
    assert_eq!(clause.url(Locale::En), "/en/framework/ii-3-4/#ii-3-4-3-s2");
    assert_eq!(clauses.get("II.1.đ").unwrap().slug, "ii-1-dd");
}

#[test]
fn a_section_is_rendered_with_every_anchor_it_promises() {
    let site = site();
    for locale in Locale::ALL {
        for section in site.library.sections.iter() {
            let address = Address::Page(locale, section.clone());
            let artifact = page::render(&site, &address).unwrap();
            let html = String::from_utf8(artifact.bytes).unwrap();
            for clause in &site.library.project.clauses {
                if clause.page == section.to_string() {
                    let id = format!("id=\"{}\"", clause.slug);
                    assert_eq!(html.matches(&id).count(), 1, "{id} in {address}");
                }
            }
        }
    }
    let nowhere = Address::Page(Locale::Vi, Tail::Section("xi".to_owned()));
    assert!(page::render(&site, &nowhere).is_err());
}
