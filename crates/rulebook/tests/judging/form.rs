//! Faults of form are as readable as rules, and the rest of the file is still judged.

use rulebook::{Finding, Report, Verdict};
use serde_json::{Value, json};

use crate::support;

/// A province that states everything the form asks for and little else.
fn sound() -> Value {
    json!({
        "submission": {"schema_version": "0.1", "id": "s-1", "created": "2026-03-25", "language": "vi",
            "status": "submitted", "contains_state_secrets": false},
        "agency": {"name": {"vi": "UBND tỉnh Mẫu", "en": "Sample province"}, "level": "province",
            "kind": "provincial-peoples-committee", "code": "Y99"},
        "reference": {"framework_id": "khung-kien-truc-tong-the-quoc-gia-so", "framework_version": "2.0",
            "constituent_framework": "provincial-digital-architecture-framework",
            "issued_document": {"status": "draft", "number": null, "date": null, "issuer": null, "title": null}},
        "applications": [{"id": "app-a", "name": {"vi": "Hệ thống A", "en": "System A"}, "owner_unit": "Sở A",
            "component_ref": null, "functions": ["sector.a"], "sourcing": "own", "lifecycle": "operating",
            "state": "both"}]
    })
}

fn check(change: impl FnOnce(&mut Value)) -> Report {
    let mut submission = sound();
    change(&mut submission);
    support::check(&support::rulebook(), &submission.to_string(), "2026-03-31")
}

fn form(report: &Report) -> Vec<&Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.rule.starts_with("form-"))
        .collect()
}

fn only(report: &Report) -> &Finding {
    let found = form(report);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0]
}

#[test]
fn a_sound_submission_has_no_fault_of_form() {
    assert!(form(&check(|_| {})).is_empty());
}

#[test]
fn a_misspelt_field_is_named_with_the_field_that_was_meant() {
    let report = check(|one| {
        let lifecycle = one["applications"][0]["lifecycle"].take();
        one["applications"][0]
            .as_object_mut()
            .unwrap()
            .remove("lifecycle");
        one["applications"][0]["lifecyle"] = lifecycle;
    });
    let found = form(&report);
    let unknown = found
        .iter()
        .find(|finding| finding.rule == "form-unknown-field")
        .unwrap();
    assert_eq!(unknown.location.pointer, "/applications/0/lifecyle");
    assert!(
        unknown.message.vi.contains("Có phải là «lifecycle»"),
        "{}",
        unknown.message.vi
    );
    assert!(
        unknown.message.en.contains("Did you mean “lifecycle”"),
        "{}",
        unknown.message.en
    );
    assert_eq!(unknown.location.record.as_deref(), Some("app-a"));
    let missing = found
        .iter()
        .find(|finding| finding.rule == "form-missing-field")
        .unwrap();
    assert_eq!(missing.location.pointer, "/applications/0");
    assert_eq!(found.len(), 2);
}

#[test]
fn a_code_is_suggested_by_its_label_and_by_its_spelling() {
    for (typed, meant) in [
        ("Đang vận hành", "operating"),
        ("opperating", "operating"),
        ("retire", "retired"),
    ] {
        let report = check(|one| one["applications"][0]["lifecycle"] = json!(typed));
        let finding = only(&report);
        assert_eq!(finding.rule, "form-not-on-list");
        assert!(
            finding.message.vi.contains(&format!("«{meant}»")),
            "{typed}: {}",
            finding.message.vi
        );
        let patch = finding.patch.as_ref().unwrap();
        assert_eq!(patch[0]["value"], meant, "{typed}");
    }
}

#[test]
fn a_wrong_type_is_said_in_words() {
    let report = check(|one| one["applications"][0]["functions"] = json!("sector.a"));
    let finding = only(&report);
    assert_eq!(finding.rule, "form-wrong-type");
    assert!(
        finding.message.vi.contains("cần là danh sách"),
        "{}",
        finding.message.vi
    );
    assert!(
        finding.message.en.contains("has to be a list"),
        "{}",
        finding.message.en
    );
    for jargon in [
        "oneOf",
        "anyOf",
        "schema",
        "additionalProperties",
        "required",
    ] {
        assert!(!finding.message.en.contains(jargon) && !finding.message.vi.contains(jargon));
    }
}

#[test]
fn a_date_in_another_form_and_a_text_for_a_number_are_said_in_words() {
    let report = check(|one| one["applications"][0]["end"] = json!("31/12/2026"));
    let finding = only(&report);
    assert!(
        finding.message.vi.contains("ngày dạng 2026-12-31"),
        "{}",
        finding.message.vi
    );
    let report = check(|one| one["agency"]["communes"] = json!("một trăm"));
    let finding = only(&report);
    assert!(
        finding.message.vi.contains("cần là số"),
        "{}",
        finding.message.vi
    );
    let report = check(|one| one["applications"][0]["id"] = json!("Hệ thống A"));
    let finding = only(&report);
    assert!(
        finding.message.vi.contains("chữ thường"),
        "{}",
        finding.message.vi
    );
}

#[test]
fn the_rest_of_the_file_is_still_judged() {
    let report = check(|one| {
        one["applications"][0]["functions"] = json!(7);
        one["platforms"] = json!([{"id": "app-hr", "name": {"vi": "Phần mềm cán bộ", "en": "HR"}, "owner_unit": "Sở",
            "component_ref": null, "functions": ["hr.personnel-management"], "sourcing": "own",
            "lifecycle": "building", "state": "target"}]);
    });
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.rule == "KKT2-PLT-007")
    );
    assert_eq!(report.verdict, Verdict::Nonconforming);
}

#[test]
fn form_and_rules_do_not_say_the_same_fault_twice() {
    let wrong_level = check(|one| one["agency"]["level"] = json!("cấp huyện"));
    assert!(
        wrong_level
            .findings
            .iter()
            .any(|finding| finding.rule == "KKT2-GEN-001")
    );
    assert!(form(&wrong_level).is_empty(), "{:#?}", form(&wrong_level));
    let no_level = check(|one| {
        one["agency"].as_object_mut().unwrap().remove("level");
    });
    assert!(form(&no_level).is_empty(), "{:#?}", form(&no_level));
    let district = check(|one| {
        one["deployments"] = json!([{"component_ref": "national-public-service-portal", "levels": ["huyện"],
            "covered": 1, "total": 2}]);
    });
    let said: Vec<&str> = district
        .findings
        .iter()
        .filter(|finding| {
            finding
                .location
                .pointer
                .starts_with("/deployments/0/levels")
        })
        .map(|finding| finding.rule.as_str())
        .collect();
    assert_eq!(said, ["KKT2-DEP-002"]);
}

#[test]
fn nulls_and_unknown_are_not_stated_and_no_fault() {
    let report = check(|one| {
        one["applications"][0]["sourcing"] = Value::Null;
        one["applications"][0]["lifecycle"] = json!("unknown");
        one["agency"]["communes"] = json!("unknown");
    });
    assert!(form(&report).is_empty(), "{:#?}", form(&report));
}

#[test]
fn hostile_shapes_are_judged_without_panic() {
    let rulebook = support::rulebook();
    for text in [
        "{}",
        "[]",
        "null",
        r#""đ""#,
        r#"{"agency": 1, "applications": {"id": 1}, "integrations": [null, 1, [], "x"], "roadmap": "x"}"#,
        r#"{"applications": [{"id": 1, "functions": [1, null, {}], "identity": [], "name": 3}]}"#,
        r#"{"component_dispositions": [{"component_ref": ["a"]}], "deployments": [{"covered": 1e300, "total": -1}]}"#,
        r#"{"business_processes": [{"application_refs": {"a": 1}}], "submission": [], "reference": "x"}"#,
        r#"{"a~/b": 1, "": 2, "agency": {"level": {"level": "province"}, "name": null}}"#,
    ] {
        let report = support::check(&rulebook, text, "2026-03-31");
        assert!(!report.findings.is_empty(), "{text}");
        for finding in &report.findings {
            assert!(!finding.message.vi.is_empty() && !finding.message.en.is_empty());
        }
    }
}
