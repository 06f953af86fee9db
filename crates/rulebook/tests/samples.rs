//! The three samples yield what `rules/samples/expected-findings.json` says, where it says.

mod support;

use std::{collections::BTreeSet, fs};

use rulebook::{FindingStatus, Options, Report, Rulebook};
use serde_json::Value;

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

/// Rule, severity and the records a finding names, as `expected-findings.json` writes them.
fn found(report: &Report) -> BTreeSet<(String, String)> {
    report
        .findings
        .iter()
        .filter(|finding| finding.status == FindingStatus::Open)
        .map(|finding| (finding.rule.clone(), finding.severity.to_string()))
        .collect()
}

#[test]
fn the_samples_yield_exactly_the_expected_findings() {
    let rulebook = support::rulebook();
    let expected = expected();
    for sample in SAMPLES {
        let (_, report) = report(&rulebook, sample, "2026-03-31");
        let wanted: BTreeSet<(String, String)> = expected["findings"][sample]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| {
                (
                    finding["rule"].as_str().unwrap(),
                    finding["severity"].as_str().unwrap(),
                )
            })
            .filter(|(rule, _)| {
                rulebook
                    .rule(rule)
                    .is_some_and(|rule| rule.for_each.is_some())
            })
            .map(|(rule, severity)| (rule.to_owned(), severity.to_owned()))
            .collect();
        let details: Vec<String> = report
            .findings
            .iter()
            .map(|finding| {
                format!(
                    "{} {} {}",
                    finding.rule, finding.location.pointer, finding.message.vi
                )
            })
            .collect();
        assert_eq!(found(&report), wanted, "{sample}: {details:#?}");
        assert_eq!(
            report.findings.len(),
            wanted.len(),
            "{sample}: {details:#?}"
        );
    }
}

#[test]
fn a_finding_points_at_the_line_and_column_of_the_record() {
    let rulebook = support::rulebook();
    let (text, report) = report(&rulebook, "province", "2026-03-31");
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule == "KKT2-PLT-007")
        .expect("planted");
    assert_eq!(finding.location.pointer, "/platforms/2");
    assert_eq!(finding.location.record.as_deref(), Some("app-hr-new"));
    let line = text
        .lines()
        .nth(finding.location.line.unwrap() as usize - 1)
        .unwrap();
    let column = finding.location.column.unwrap() as usize;
    assert!(
        line.chars()
            .skip(column - 1)
            .collect::<String>()
            .starts_with("{id: app-hr-new"),
        "{line}"
    );
    assert!(
        finding.message.vi.contains("Phần mềm quản lý cán bộ tỉnh"),
        "{}",
        finding.message.vi
    );
    assert_eq!(finding.clauses[0].id.as_str(), "II.3.4.3.s2");
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
