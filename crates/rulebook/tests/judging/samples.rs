//! The three samples yield what `rules/samples/expected-findings.json` says, where it says.

use std::{collections::BTreeSet, fs};

use rulebook::{FindingStatus, Options, Report, Rulebook};
use serde_json::Value;

use crate::support;

const SAMPLES: [&str; 3] = ["ministry", "province", "party"];

fn report(rulebook: &Rulebook, sample: &str, date: &str) -> (String, Report) {
    let path = support::root().join(format!("rules/samples/sample-{sample}.yaml"));
    let text = fs::read_to_string(path).unwrap();
    let hints = intake::Hints::file("sample.yaml");
    let limits = intake::Limits::default();
    let submission = intake::read(text.as_bytes(), &hints, &limits).unwrap();
    let report = rulebook.check(&submission, support::day(date), &Options::default());
    (text, report)
}

fn expected() -> Value {
    let path = support::root().join("rules/samples/expected-findings.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A finding as `expected-findings.json` writes it: rule, severity, records.
type Entry = (String, String, String);

fn entries(findings: &Value) -> Vec<Entry> {
    let text = |finding: &Value, name| finding[name].as_str().unwrap_or_default().to_owned();
    let mut entries: Vec<Entry> = findings
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| {
            (
                text(one, "rule"),
                text(one, "severity"),
                text(one, "record"),
            )
        })
        .collect();
    entries.sort();
    entries
}

fn found(report: &Report) -> BTreeSet<Entry> {
    let open = report
        .findings
        .iter()
        .filter(|finding| finding.status == FindingStatus::Open);
    open.map(|finding| {
        let related = finding.related.iter().map(|related| &related.location);
        let mut places: Vec<_> = std::iter::once(&finding.location).chain(related).collect();
        places.sort_by_key(|location| location.line);
        let records = places
            .iter()
            .map(|location| match location.pointer.as_str() {
                // A missing disposition has no record: the list is named.
                "/component_dispositions" => "component_dispositions",
                _ => location.record.as_deref().unwrap_or_default(),
            });
        let records = records.collect::<Vec<_>>().join(",");
        (finding.rule.clone(), finding.severity.to_string(), records)
    })
    .collect()
}

#[test]
fn the_samples_yield_exactly_the_expected_findings() {
    let rulebook = support::rulebook();
    let expected = expected();
    for sample in SAMPLES {
        let (_, report) = report(&rulebook, sample, "2026-03-31");
        let yielded: Vec<Entry> = found(&report).into_iter().collect();
        assert_eq!(yielded, entries(&expected["findings"][sample]), "{sample}");
        assert_eq!(report.findings.len(), yielded.len(), "{sample}");
        for finding in &report.findings {
            assert!(finding.location.line.is_some() && finding.location.column.is_some());
            assert!(
                !finding.message.vi.contains(['{', '}']),
                "{}",
                finding.message.vi
            );
            assert!(
                !finding.message.en.contains(['{', '}']),
                "{}",
                finding.message.en
            );
            assert!(!finding.clauses.is_empty());
        }
    }
    let judged = expected["prototype_rules"].as_array().unwrap();
    for id in judged {
        let rule = rulebook.rule(id.as_str().unwrap()).unwrap();
        assert!(rule.for_each.is_some(), "{id} has no mechanism");
    }
}

/// All of them, to the letter: the place that the report names is where the text stands.
#[test]
fn every_expected_finding_stands_at_its_line_and_column() {
    let rulebook = support::rulebook();
    let expected = expected();
    let mut held = 0;
    for sample in SAMPLES {
        let (text, report) = report(&rulebook, sample, "2026-03-31");
        for wanted in expected["findings"][sample].as_array().unwrap() {
            let rule = wanted["rule"].as_str().unwrap();
            let of_rule = |finding: &&rulebook::Finding| finding.rule == rule;
            let finding = report.findings.iter().find(of_rule).expect(rule);
            let location = &finding.location;
            assert_eq!(wanted["pointer"], location.pointer, "{sample} {rule}");
            assert_eq!(wanted["line"], location.line.unwrap(), "{sample} {rule}");
            assert_eq!(
                wanted["column"],
                location.column.unwrap(),
                "{sample} {rule}"
            );
            let line = text
                .lines()
                .nth(location.line.unwrap() as usize - 1)
                .unwrap();
            let from = line.chars().skip(location.column.unwrap() as usize - 1);
            let there: String = from.collect();
            assert!(
                there.starts_with(wanted["text"].as_str().unwrap()),
                "{rule}: {there}"
            );
            for record in wanted["record"].as_str().unwrap().split(',') {
                let is_named = text.contains(&format!("id: {record},"))
                    || text.contains(&format!("component_ref: {record},"))
                    || text.contains(&format!("{record}:"));
                assert!(is_named, "{sample} has no {record}");
            }
            held += 1;
        }
    }
    assert_eq!(held, 12);
}

#[test]
fn the_planted_finding_names_the_system_and_the_clause() {
    let rulebook = support::rulebook();
    let (_, report) = report(&rulebook, "province", "2026-03-31");
    let planted = |finding: &&rulebook::Finding| finding.rule == "KKT2-PLT-007";
    let finding = report.findings.iter().find(planted).expect("planted");
    assert_eq!(finding.location.record.as_deref(), Some("app-hr-new"));
    assert!(
        finding.message.vi.contains("Phần mềm quản lý cán bộ tỉnh"),
        "{}",
        finding.message.vi
    );
    assert_eq!(finding.clauses[0].id.as_str(), "II.3.4.3.s2");
}

/// What changes as days pass; `rules/samples/README.md` says why.
#[test]
fn deadlines_pass_and_only_their_findings_change() {
    let rulebook = support::rulebook();
    let expected = expected();
    for sample in SAMPLES {
        let before = found(&report(&rulebook, sample, "2026-03-31").1);
        for date in ["2026-12-31", "2027-06-01"] {
            let (_, report) = report(&rulebook, sample, date);
            let changes = &expected["changes"][date][sample];
            let added: Vec<Entry> = found(&report).difference(&before).cloned().collect();
            let gone: Vec<Entry> = before.difference(&found(&report)).cloned().collect();
            assert_eq!(added, entries(&changes["new"]), "{sample} {date}");
            assert_eq!(gone, entries(&changes["gone"]), "{sample} {date}");
            let verdict = serde_json::to_value(report.verdict).unwrap();
            assert_eq!(
                verdict, expected["verdicts"][date][sample],
                "{sample} {date}"
            );
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let rulebook = support::rulebook();
    let bytes = |sample| serde_json::to_string(&report(&rulebook, sample, "2026-03-31").1).unwrap();
    for sample in SAMPLES {
        assert_eq!(bytes(sample), bytes(sample));
    }
    let again = support::rulebook();
    assert_eq!(again.identity(), rulebook.identity());
}
