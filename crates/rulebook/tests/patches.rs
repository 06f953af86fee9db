//! A patch turns off the finding that offers it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod support;

use rulebook::Finding;
use serde_json::{Value, json};

/// RFC 6902, as far as rules use it.
fn apply(document: &mut Value, operation: &Value) {
    let path = operation["path"].as_str().unwrap();
    let (holder, last) = path.rsplit_once('/').unwrap();
    let holder = document.pointer_mut(holder).unwrap();
    let value = operation.get("value").cloned();
    match (operation["op"].as_str().unwrap(), holder) {
        ("add", Value::Array(items)) if last == "-" => items.push(value.unwrap()),
        ("add", Value::Array(items)) => items.insert(last.parse().unwrap(), value.unwrap()),
        ("remove", Value::Array(items)) => {
            items.remove(last.parse().unwrap());
        }
        ("replace", Value::Array(items)) => {
            items[last.parse::<usize>().unwrap()] = value.unwrap();
        }
        ("add", Value::Object(members)) => {
            members.insert(last.to_owned(), value.unwrap());
        }
        ("replace", Value::Object(members)) => *members.get_mut(last).unwrap() = value.unwrap(),
        ("remove", Value::Object(members)) => {
            members.remove(last).unwrap();
        }
        (operation, holder) => panic!("{operation} on {holder}"),
    }
}

#[test]
fn every_patch_of_a_failing_example_turns_its_finding_off() {
    let rulebook = support::rulebook();
    let mut rules_with_patches = Vec::new();
    for rule in rulebook.rules() {
        for example in &rule.examples.fail {
            if example.submission.is_array() {
                continue;
            }
            let date = example
                .date
                .map_or("2026-03-31".to_owned(), |date| date.to_string());
            let findings = |submission: &Value| {
                let report = support::check(&rulebook, &submission.to_string(), &date);
                let of_rule = report.findings.into_iter();
                of_rule
                    .filter(|finding| finding.rule == rule.id)
                    .collect::<Vec<Finding>>()
            };
            for finding in findings(&example.submission) {
                let Some(patch) = finding.patch else { continue };
                let mut mended = example.submission.clone();
                for operation in patch.as_array().unwrap() {
                    apply(&mut mended, operation);
                }
                let place = &finding.location.pointer;
                assert!(
                    findings(&mended)
                        .iter()
                        .all(|left| left.location.pointer != *place),
                    "{} at {place}: {patch} leaves the finding",
                    rule.id
                );
                rules_with_patches.push(rule.id.clone());
            }
        }
    }
    rules_with_patches.dedup();
    for id in [
        "KKT2-GEN-002",
        "KKT2-GEN-007",
        "KKT2-GEN-010",
        "KKT2-GEN-011",
        "KKT2-PLT-005",
    ] {
        assert!(
            rules_with_patches.iter().any(|rule| rule == id),
            "{id} offers no patch"
        );
    }
}

#[test]
fn the_patch_of_a_province_that_names_the_wrong_constituent_names_the_right_one() {
    let rulebook = support::rulebook();
    let submission = json!({
        "agency": {"level": "province"},
        "reference": {"constituent_framework": "ministerial-digital-architecture-framework"},
    });
    let report = support::check(&rulebook, &submission.to_string(), "2026-03-31");
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule == "KKT2-GEN-002")
        .unwrap();
    assert_eq!(
        finding.patch,
        Some(json!([{
            "op": "replace",
            "path": "/reference/constituent_framework",
            "value": "provincial-digital-architecture-framework",
        }]))
    );
}
