//! Names that would act where they are shown: in no format do they.

use std::io::{Cursor, Read as _};

use crate::fixtures::{self, Fixture};
use framework::{Locale, Localized, Severity};
use proptest::prelude::*;
use reporting::{Checked, Source, csv, docx, github, html, junit, sarif, text};
use rulebook::Report;

/// Characters that act instead of being seen.
fn acts(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\r'))
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn well_formed(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => return,
            quick_xml::events::Event::DocType(_) => panic!("a document type"),
            _ => {}
        }
    }
}

/// The element and attribute names of a page, by a reader of its own: quotes open and close values,
/// nothing else does.
fn tags(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name: String = rest
            .chars()
            .take_while(|one| one.is_ascii_alphanumeric() || *one == '/')
            .collect();
        let mut quoted = false;
        let end = rest
            .find(|character: char| {
                quoted ^= character == '"';
                character == '>' && !quoted
            })
            .expect("every tag ends");
        let attributes = &rest[..end];
        for (index, piece) in attributes.split('"').enumerate() {
            assert!(
                index % 2 == 1 || !piece.contains(" on"),
                "an event handler: {attributes}"
            );
        }
        tags.push(name);
        rest = &rest[end + 1..];
    }
    tags
}

fn look_through(report: &Report, source: &Source<'_>) {
    let checked = [fixtures::checked(report, source)];
    for locale in Locale::ALL {
        let plain = text::render(&checked, locale, text::Style::default());
        assert_eq!(plain.chars().find(|one| acts(*one)), None, "text");
        let table = csv::render(&checked, locale, csv::Separator::Comma);
        assert_eq!(table.chars().skip(1).find(|one| acts(*one)), None, "csv");
        let commands = github::render(&checked, locale);
        assert_eq!(commands.chars().find(|one| acts(*one)), None, "github");
        assert_eq!(commands.lines().count(), report.findings.len());
        let suite = junit::render(&checked, locale, Some(Severity::Error));
        assert_eq!(suite.chars().find(|one| acts(*one)), None, "junit");
        well_formed(&suite);
        serde_json::from_str::<serde_json::Value>(&sarif::render(&checked, locale, None)).unwrap();
        page(checked[0], locale);
        paper(checked[0], locale);
    }
}

fn page(checked: Checked<'_>, locale: Locale) {
    let page = html::fragment(
        checked,
        locale,
        html::Options {
            site: Some(""),
            ..html::Options::default()
        },
    );
    assert_eq!(page.chars().find(|one| acts(*one)), None, "html");
    for tag in tags(&page) {
        let known = [
            "a",
            "article",
            "b",
            "bdi",
            "blockquote",
            "br",
            "button",
            "caption",
            "circle",
            "code",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "header",
            "i",
            "input",
            "label",
            "legend",
            "li",
            "mark",
            "ol",
            "p",
            "path",
            "pre",
            "rect",
            "section",
            "span",
            "summary",
            "svg",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ];
        assert!(known.contains(&tag.trim_start_matches('/')), "{tag}");
    }
    assert!(!page.contains("javascript:") || !page.contains("href=\"javascript:"));
    assert!(!page.contains(" style="), "the site allows no inline style");
}

fn paper(checked: Checked<'_>, locale: Locale) {
    let paper = docx::Letterhead::default();
    for bytes in [
        docx::annex(checked, &paper, locale),
        docx::letter(checked, &paper, locale),
    ] {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..archive.len() {
            let mut part = String::new();
            archive
                .by_index(index)
                .unwrap()
                .read_to_string(&mut part)
                .unwrap();
            assert_eq!(part.chars().find(|one| acts(*one)), None, "docx");
            well_formed(&part);
        }
    }
}

#[test]
fn the_fixtures_act_nowhere() {
    for fixture in Fixture::ALL {
        look_through(&fixture.report(), &fixture.source());
    }
}

#[test]
fn forty_findings_of_ten_thousand_letters_are_shown_in_time() {
    let mut report = Fixture::Hostile.report();
    let mut finding = report.findings.remove(0);
    finding.message = Localized::text("ờ".repeat(10_000), "<".repeat(10_000));
    report.findings = vec![finding; 40];
    let started = std::time::Instant::now();
    look_through(&report, &Source::none());
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24,
        failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_acts_anywhere(
        words in prop::collection::vec("[<>&\"'=+@{}\\[\\]()|%,;:\\\\/\r\n\t -~\u{0}-\u{9f}ờ\u{202e}\u{200b}]{0,24}", 8),
        source in "[<>&\"'\r\n\t -~\u{0}-\u{1f}ờ\u{202e}]{0,200}",
        line in 0_u32..9,
        column in 0_u32..40,
        end_column in 0_u32..40,
    ) {
        let mut report = Fixture::Hostile.report();
        report.findings.truncate(2);
        let pair = |index: usize| Localized::text(words[index].clone(), words[index + 1].clone());
        for finding in &mut report.findings {
            finding.rule = words[0].clone();
            finding.title = pair(0);
            finding.message = pair(1);
            finding.why = pair(2);
            finding.fix = pair(3);
            finding.clauses[0].url = words[4].clone();
            finding.clauses[0].quote = pair(5);
            finding.patch = Some(serde_json::json!([{"op": "replace", "path": words[6], "value": words[7]}]));
            finding.location.pointer = format!("/{}", words[7]);
            finding.location.line = Some(line);
            finding.location.column = Some(column);
            finding.location.end_column = Some(end_column);
            finding.location.record = Some(words[2].clone());
        }
        report.submission.file = words[3].clone();
        report.submission.level = Some(words[4].clone());
        look_through(&report, &Source::text(&source));
    }
}
