//! Outcomes told apart, levels, bases, counts and the report on what cannot be read.

use framework::{Basis, Severity};
use rulebook::{
    FindingStatus, Obstacle, Options, Outcome, Place, Report, SubmissionIdentity, Verdict,
};
use serde_json::{Value, json};

use crate::support;

fn outcome(report: &Report, rule: &str) -> Outcome {
    report
        .rules
        .iter()
        .find(|one| one.id == rule)
        .expect(rule)
        .outcome
}

fn own_meeting(level: &str) -> Value {
    json!({
        "agency": {"level": level},
        "platforms": [{"id": "plt-m", "name": {"vi": "Họp", "en": "Meeting"}, "functions": ["mtg.video-conferencing"],
            "sourcing": "own", "lifecycle": "operating", "state": "both"}]
    })
}

fn own_hr(level: &str) -> Value {
    json!({
        "agency": {"level": level},
        "applications": [{"id": "app-hr", "name": {"vi": "Cán bộ", "en": "Personnel"}, "functions": ["hr.personnel-management"],
            "sourcing": "own", "lifecycle": "building", "state": "both"}]
    })
}

fn check(submission: &Value, date: &str) -> Report {
    support::check(&support::rulebook(), &submission.to_string(), date)
}

#[test]
fn a_report_says_which_bases_judged_unless_all_did() {
    let rulebook = support::rulebook();
    let text = own_meeting("province").to_string();
    let submission = support::submission(&text);
    let judged = |bases: &[Basis]| {
        let options = Options {
            bases: bases.to_vec(),
            ..Options::default()
        };
        let report = rulebook.check(&submission, support::day("2026-03-31"), &options);
        serde_json::to_value(report).unwrap()["bases"].take()
    };
    assert_eq!(judged(&Basis::ALL), Value::Null);
    assert_eq!(
        judged(&[Basis::Practice, Basis::Law, Basis::Law]),
        json!(["law", "practice"])
    );
}

#[test]
fn a_reference_whose_nearest_id_was_not_looked_for_says_so() {
    let ids = 0..1_200;
    let platforms: Vec<Value> = ids
        .clone()
        .map(|n| json!({"id": format!("plt-quan-ly-{n:04}")}))
        .collect();
    let integrations: Vec<Value> = ids
        .map(|n| json!({"id": format!("int-{n}"), "from": format!("ptl-quan-ly-{n:04}")}))
        .collect();
    let submission = json!({"agency": {"level": "province"}, "platforms": platforms, "integrations": integrations});
    let report = check(&submission, "2026-03-31");
    let broken: Vec<&rulebook::Finding> = (report.findings.iter())
        .filter(|finding| finding.rule == "KKT2-GEN-010")
        .collect();
    let (first, last) = (broken[0], broken[broken.len() - 1]);
    assert!(
        first.message.en.contains("Did you mean “plt-quan-ly-"),
        "{}",
        first.message.en
    );
    assert!(
        last.message.en.contains("was not looked for here."),
        "{}",
        last.message.en
    );
    assert!(
        last.message.vi.contains("chưa tìm mã gần giống."),
        "{}",
        last.message.vi
    );
    assert!(last.patch.is_none());
    for finding in broken {
        let says = ["Did you mean", "was not looked for here"];
        assert!(
            says.iter().any(|words| finding.message.en.contains(words)),
            "{}",
            finding.message.en
        );
    }
}

#[test]
fn a_justification_answers_a_finding_while_it_lasts() {
    let mut submission = own_meeting("province");
    submission["platforms"][0]["justification_ref"] = json!("jus");
    submission["justifications"] = json!([{"id": "jus", "about": ["plt-m"], "basis": "I.1",
        "reason": "Hợp đồng thuê đường truyền còn hiệu lực đến hết năm 2026, chưa có hướng dẫn chuyển đổi.",
        "approved_by": "Chủ tịch UBND tỉnh (mẫu)", "approved_date": "2025-12-01", "valid_until": "2026-12-31"}]);
    let justified = |report: &Report| {
        let status = report
            .findings
            .iter()
            .filter(|one| one.rule == "KKT2-PLT-011")
            .map(|one| one.status);
        status.collect::<Vec<_>>()
    };
    let during = check(&submission, "2026-12-31");
    assert_eq!(outcome(&during, "KKT2-PLT-011"), Outcome::Justified);
    assert_eq!(justified(&during), [FindingStatus::Justified]);
    let after = check(&submission, "2027-01-01");
    assert_eq!(outcome(&after, "KKT2-PLT-011"), Outcome::Failed);
    assert_eq!(justified(&after), [FindingStatus::Open]);
    submission["justifications"][0]["approved_by"] = Value::Null;
    assert_eq!(
        outcome(&check(&submission, "2026-06-01"), "KKT2-PLT-011"),
        Outcome::Failed
    );
}

#[test]
fn party_bodies_are_not_judged_by_rules_for_state_agencies() {
    let party = check(&own_hr("party"), "2026-03-31");
    assert_eq!(outcome(&party, "KKT2-PLT-007"), Outcome::NotApplicable);
    assert_eq!(outcome(&party, "KKT2-PLT-008"), Outcome::Failed);
    assert_eq!(
        outcome(&check(&own_hr("ministry"), "2026-03-31"), "KKT2-PLT-007"),
        Outcome::Failed
    );
}

#[test]
fn other_organisations_get_warnings_at_most_for_what_is_not_form() {
    let rulebook = support::rulebook();
    let mut submission = own_hr("other");
    submission["reference"] =
        json!({"constituent_framework": "party-digital-architecture-framework"});
    let report = check(&submission, "2026-03-31");
    let mut capped = 0;
    for finding in &report.findings {
        let Some(rule) = rulebook.rule(&finding.rule) else {
            continue;
        };
        if rule.kind != rulebook::RuleKind::Form {
            assert!(finding.severity <= Severity::Warning, "{}", finding.rule);
            capped += u32::from(rule.severity == Severity::Error);
        }
    }
    assert!(capped > 0, "an error of the framework was to be capped");
}

#[test]
fn an_unknown_level_leaves_rules_for_some_levels_unstated() {
    let report = check(&own_hr("cấp huyện"), "2026-03-31");
    assert_eq!(outcome(&report, "KKT2-PLT-007"), Outcome::NotStated);
    assert_eq!(outcome(&report, "KKT2-GEN-001"), Outcome::Failed);
    let options = Options {
        level: Some(framework::AgencyLevel::Province),
        ..Options::default()
    };
    let text = own_hr("cấp huyện").to_string();
    let told = support::rulebook().check(
        &support::submission(&text),
        support::day("2026-03-31"),
        &options,
    );
    assert_eq!(outcome(&told, "KKT2-PLT-007"), Outcome::Failed);
}

#[test]
fn a_specific_rule_silences_the_general_one() {
    for (submission, specific) in [
        (own_hr("province"), "KKT2-PLT-007"),
        (own_meeting("province"), "KKT2-PLT-011"),
    ] {
        let report = check(&submission, "2026-03-31");
        assert_eq!(outcome(&report, specific), Outcome::Failed);
        assert_ne!(
            outcome(&report, "KKT2-DUP-001"),
            Outcome::Failed,
            "{specific} and DUP-001"
        );
    }
}

#[test]
fn rules_of_a_basis_that_is_switched_off_do_not_judge() {
    let text = own_hr("province").to_string();
    let options = Options {
        bases: vec![Basis::Framework],
        ..Options::default()
    };
    let report = support::rulebook().check(
        &support::submission(&text),
        support::day("2026-03-31"),
        &options,
    );
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.basis == Basis::Framework)
    );
    assert!(
        report
            .rules
            .iter()
            .all(|rule| !rule.id.starts_with("KKT2-GEN-01"))
    );
    assert_eq!(report.counts.law.error + report.counts.practice.error, 0);
}

#[test]
fn at_most_a_thousand_findings_are_shown_and_all_are_counted() {
    let system = |index: usize| {
        json!({"id": format!("app-{index}"), "functions": ["mtg.video-conferencing"], "sourcing": "own",
            "lifecycle": "operating", "state": "both", "nonsense": 1})
    };
    let systems: Vec<Value> = (0..1_500).map(system).collect();
    let report = check(
        &json!({"agency": {"level": "province"}, "platforms": systems}),
        "2026-03-31",
    );
    assert_eq!(report.findings.len(), 1_000);
    let counts = report.counts;
    let all = [counts.framework, counts.law, counts.practice];
    let all: u32 = all
        .iter()
        .map(|basis| basis.error + basis.warning + basis.info)
        .sum();
    assert_eq!(counts.truncated + 1_000, all);
    assert!(all > 4_000, "{all}");
    let worst_first = report
        .findings
        .windows(2)
        .all(|pair| pair[0].severity >= pair[1].severity);
    assert!(worst_first);
}

#[test]
fn a_file_that_cannot_be_read_is_unusable_and_says_where() {
    let submission = SubmissionIdentity {
        id: None,
        file: "hồ-sơ.yaml".to_owned(),
        sha256: "0".repeat(64),
        format: "yaml".to_owned(),
        level: None,
        agency: None,
    };
    let obstacle = Obstacle {
        code: "duplicate-key".to_owned(),
        message: framework::Localized::text("Trường ghi hai lần.", "A field stands twice."),
        hint: framework::Localized::text("Bỏ một.", "Take one out."),
        place: Place {
            line: Some(7),
            column: Some(3),
            ..Place::default()
        },
        related: vec![(
            Place {
                line: Some(2),
                ..Place::default()
            },
            framework::Localized::text("Lần đầu.", "First."),
        )],
    };
    let report =
        support::rulebook().unusable(submission, vec![obstacle], support::day("2026-03-31"));
    assert_eq!(report.verdict, Verdict::Unusable);
    assert_eq!(report.findings[0].location.line, Some(7));
    assert_eq!(report.findings[0].related[0].location.line, Some(2));
    assert!(report.rules.is_empty());
    assert_eq!(report.counts.practice.error, 1);
}

#[test]
fn a_vietnamese_id_leads_to_the_component_that_was_meant() {
    let submission = json!({"component_dispositions": [{"component_ref": "cong-dich-vu-cong", "state": "in-use"}],
        "business_processes": [{"id": "bp", "application_refs": ["app-dsm"]}], "applications": [{"id": "app-dms"}]});
    let report = check(&submission, "2026-03-31");
    let finding = |rule: &str| report.findings.iter().find(|one| one.rule == rule).unwrap();
    let component = finding("KKT2-GEN-011");
    assert!(
        component
            .message
            .vi
            .contains("«national-public-service-portal»"),
        "{}",
        component.message.vi
    );
    assert_eq!(
        component.patch.as_ref().unwrap()[0]["value"],
        "national-public-service-portal"
    );
    assert!(finding("KKT2-GEN-010").message.en.contains("“app-dms”"));
}
