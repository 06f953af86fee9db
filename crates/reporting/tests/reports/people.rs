//! What people see: text, pages.

use crate::fixtures::{self, Fixture, same, snapshot};
use framework::{Locale, Severity};
use reporting::{
    Checked, Series, comparison::Comparison, csv, github, html, json, junit, sarif,
    series::SeriesForm, summary, text,
};

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
            if fixture.is_kept(locale) {
                snapshot(&format!("{}.{locale}.txt", fixture.name()), &shown);
            }
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

/// A document of many reports is written one after the other; nobody who reads it can tell.
#[test]
fn a_document_written_report_by_report_is_the_one_of_all_reports() {
    let reports = Fixture::ALL.map(Fixture::report);
    let sources = Fixture::ALL.map(Fixture::source);
    let all: Vec<_> = reports
        .iter()
        .zip(&sources)
        .map(|(report, source)| fixtures::checked(report, source))
        .collect();
    let locale = Locale::Vi;
    let style = text::Style {
        colour: false,
        columns: 100,
    };
    let fail_on = Some(Severity::Error);
    let comma = csv::Separator::Comma;
    for (form, whole) in [
        (SeriesForm::Text(style), text::render(&all, locale, style)),
        (SeriesForm::Csv(comma), csv::render(&all, locale, comma)),
        (SeriesForm::Github, github::render(&all, locale)),
        (SeriesForm::Json, json::render(&all)),
        (
            SeriesForm::Junit(fail_on),
            junit::render(&all, locale, fail_on),
        ),
        (SeriesForm::Html, html::standalone(&all, None, locale, None)),
        (SeriesForm::Sarif, sarif::render(&all, locale, None)),
    ] {
        let mut series = Series::new(form, locale);
        let mut written = series.before();
        for (index, one) in all.iter().enumerate() {
            let piece = form.piece(locale, index, *one);
            // Only the report is kept until the piece is added, not its source.
            let alone = Checked::new(one.report).with_rules(one.rules);
            written.push_str(&series.add(index, alone, piece));
        }
        written.push_str(&series.after());
        same(&format!("{form:?}"), &whole, &written);
    }
}

#[test]
fn html_that_stands_alone_in_both_languages() {
    for locale in Locale::ALL {
        for fixture in Fixture::ALL {
            let (report, source) = (fixture.report(), fixture.source());
            let checked = [fixtures::checked(&report, &source)];
            let page = html::standalone(&checked, None, locale, Some("https://khung.example"));
            if fixture.is_kept(locale) {
                snapshot(
                    &format!("{}.{locale}.html", fixture.name()),
                    &fixtures::without_styles(&page),
                );
            }
        }
    }
}

#[test]
fn html_beside_an_earlier_report() {
    let (report, source) = (Fixture::Province.report(), Fixture::Province.source());
    let earlier = fixtures::province_earlier();
    let comparison = Comparison::between(&earlier, &report);
    let checked = fixtures::checked(&report, &source);
    for locale in Locale::ALL {
        let options = html::Options {
            comparison: Some(&comparison),
            ..html::Options::default()
        };
        let page = html::fragment(checked, locale, options);
        snapshot(&format!("province-compared.{locale}.fragment.html"), &page);
    }
}

/// Writes whole pages into the folder `KHUNG_DUMP`, to be looked at in a browser.
#[test]
fn dump_pages_where_asked() {
    let Ok(folder) = std::env::var("KHUNG_DUMP") else {
        return;
    };
    let earlier = fixtures::province_earlier();
    for locale in Locale::ALL {
        for fixture in Fixture::ALL {
            let (report, source) = (fixture.report(), fixture.source());
            let comparison = Comparison::between(&earlier, &report);
            let comparison = (fixture == Fixture::Province).then_some(&comparison);
            let checked = [fixtures::checked(&report, &source)];
            let page =
                html::standalone(&checked, comparison, locale, Some("https://khung.example"));
            let name = format!("{folder}/{}.{locale}.html", fixture.name());
            std::fs::write(name, page).unwrap();
        }
    }
}

#[test]
fn text_beside_an_earlier_report() {
    let (report, earlier) = (Fixture::Province.report(), fixtures::province_earlier());
    let comparison = Comparison::between(&earlier, &report);
    for locale in Locale::ALL {
        let shown = text::comparison(&comparison, locale, text::Style::default());
        snapshot(&format!("province-compared.{locale}.txt"), &shown);
    }
}

#[test]
fn a_summary_over_many_files() {
    let mut totals = summary::Summary::default();
    for fixture in Fixture::ALL {
        totals.add(&fixture.report());
    }
    let rules = reporting::RuleNotes::new();
    for locale in Locale::ALL {
        snapshot(
            &format!("summary.{locale}.txt"),
            &summary::text(&totals, &rules, locale, 80),
        );
    }
    snapshot("summary.json", &summary::json(&totals));
    assert_eq!(totals.files, Fixture::ALL.len());
    assert_eq!(totals.verdicts.values().sum::<usize>(), totals.files);
}

#[test]
fn every_id_is_given_once_and_every_link_within_the_page_leads_somewhere() {
    let reports = Fixture::ALL.map(Fixture::report);
    let source = reporting::Source::none();
    let all: Vec<_> = reports
        .iter()
        .map(|one| fixtures::checked(one, &source))
        .collect();
    let earlier = fixtures::province_earlier();
    let comparison = Comparison::between(&earlier, &reports[0]);
    let pages = [
        html::standalone(&all, None, Locale::Vi, Some("https://khung.example")),
        html::standalone(&all[..1], Some(&comparison), Locale::En, None),
    ];
    for page in &pages {
        let values = |attribute: &str| -> Vec<&str> {
            page.split(attribute)
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap())
                .collect()
        };
        let ids = values(" id=\"");
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for target in values(" href=\"#")
            .into_iter()
            .chain(values(" aria-labelledby=\""))
        {
            assert!(unique.contains(target), "{target}");
        }
    }
}
