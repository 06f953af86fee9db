//! Every format against a file kept under `tests/snapshots/`.
//!
//! `KHUNG_SNAPSHOTS=write cargo test -p reporting` writes them anew; read the difference before
//! you commit it.

mod fixtures;

use fixtures::{Fixture, same, snapshot};
use framework::Locale;
use reporting::{json, text};

#[test]
fn text_in_both_languages() {
    for locale in Locale::ALL {
        for fixture in Fixture::ALL {
            let source = fixture.source();
            let report = fixture.report();
            let shown = text::render(
                &[fixtures::checked(&report, &source)],
                locale,
                text::Style::default(),
            );
            snapshot(&format!("{}.{locale}.txt", fixture.name()), &shown);
        }
    }
}

#[test]
fn text_with_colour_in_a_narrow_terminal() {
    let (report, source) = (Fixture::Province.report(), Fixture::Province.source());
    let style = text::Style {
        colour: true,
        columns: 60,
    };
    let shown = text::render(&[fixtures::checked(&report, &source)], Locale::Vi, style);
    snapshot("province.vi.narrow.ansi", &shown);
}

#[test]
fn json_is_the_document_that_was_read() {
    for fixture in Fixture::ALL {
        same(
            &fixture.name(),
            &fixture.text(),
            &json::one(&fixture.report()),
        );
    }
}

#[test]
fn several_reports_as_json_are_a_list() {
    let (province, party) = (Fixture::Province.report(), Fixture::Party.report());
    let source = reporting::Source::none();
    let both = [
        fixtures::checked(&province, &source),
        fixtures::checked(&party, &source),
    ];
    let read: Vec<rulebook::Report> = serde_json::from_str(&json::render(&both)).unwrap();
    assert_eq!(read, [province, party]);
}
