//! A patch turns off the finding that offers it and brings no other.

use std::{collections::BTreeSet, fs, sync::OnceLock};

use rulebook::{Finding, Report, Rulebook};
use serde_json::{Value, json};

use crate::support;

fn rulebook() -> &'static Rulebook {
    static RULEBOOK: OnceLock<Rulebook> = OnceLock::new();
    RULEBOOK.get_or_init(support::rulebook)
}

fn check(submission: &Value, date: &str) -> Report {
    support::check(rulebook(), &submission.to_string(), date)
}

/// Takes the value at a pointer out of the document.
fn take(document: &mut Value, pointer: &str) -> Value {
    let (holder, last) = pointer.rsplit_once('/').unwrap();
    let last = unescaped(last);
    match document.pointer_mut(holder).unwrap() {
        Value::Array(items) => items.remove(last.parse().unwrap()),
        Value::Object(members) => members.remove(&last).unwrap(),
        other => panic!("{pointer} in {other}"),
    }
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (holder, last) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(holder).unwrap() {
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => items.insert(last.parse().unwrap(), value),
        Value::Object(members) => {
            members.insert(unescaped(last), value);
        }
        other => panic!("{pointer} in {other}"),
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// RFC 6902, as far as patches use it; anything else, or a place that is not there, is a panic.
fn apply(document: &mut Value, patch: &Value) {
    for operation in patch.as_array().unwrap() {
        let path = operation["path"].as_str().unwrap();
        match operation["op"].as_str().unwrap() {
            "add" => put(document, path, operation["value"].clone()),
            "remove" => drop(take(document, path)),
            "replace" => *document.pointer_mut(path).unwrap() = operation["value"].clone(),
            "move" => {
                let value = take(document, operation["from"].as_str().unwrap());
                put(document, path, value);
            }
            other => panic!("operation {other}"),
        }
    }
}

/// What is wrong, wherever the record has moved to: fingerprints do not depend on places.
fn prints(report: &Report) -> BTreeSet<(String, String)> {
    let findings = report.findings.iter();
    findings
        .map(|finding| (finding.rule.clone(), finding.fingerprint.clone()))
        .collect()
}

/// Applies every patch of the report, each by itself. `sound` is what is wrong without the mistake
/// that was made in a sample: a mended field may let a rule speak that could not before.
fn try_patches(
    what: &str,
    submission: &Value,
    date: &str,
    sound: &BTreeSet<(String, String)>,
    faults: &mut Vec<String>,
) -> Vec<String> {
    let report = check(submission, date);
    let before = prints(&report);
    let mut offered = Vec::new();
    for finding in &report.findings {
        let Finding {
            rule,
            location,
            fingerprint,
            ..
        } = finding;
        let Some(patch) = &finding.patch else {
            continue;
        };
        offered.push(rule.clone());
        let mut mended = submission.clone();
        apply(&mut mended, patch);
        let after = prints(&check(&mended, date));
        if after.contains(&(rule.clone(), fingerprint.clone())) {
            faults.push(format!(
                "{what}: {rule} at {} stays after {patch}",
                location.pointer
            ));
        }
        let new: Vec<_> = after
            .iter()
            .filter(|one| !before.contains(one) && !sound.contains(one))
            .collect();
        if !new.is_empty() {
            faults.push(format!(
                "{what}: {rule} at {}: {patch} brings {new:?}",
                location.pointer
            ));
        }
    }
    offered
}

#[test]
fn every_patch_of_every_failing_example_mends_and_breaks_nothing() {
    let mut faults = Vec::new();
    let mut offered = BTreeSet::new();
    for rule in rulebook().rules() {
        for (index, example) in rule.examples.fail.iter().enumerate() {
            if example.submission.is_array() {
                continue;
            }
            let date = example
                .date
                .map_or("2026-03-31".to_owned(), |date| date.to_string());
            let what = format!("{} fail {index}", rule.id);
            offered.extend(try_patches(
                &what,
                &example.submission,
                &date,
                &BTreeSet::new(),
                &mut faults,
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    for id in [
        "KKT2-GEN-002",
        "KKT2-GEN-007",
        "KKT2-GEN-010",
        "KKT2-GEN-011",
        "KKT2-PLT-005",
    ] {
        assert!(offered.contains(id), "{id} offers no patch");
    }
}

fn sample(name: &str) -> Value {
    let path = support::root().join(format!("rules/samples/sample-{name}.yaml"));
    let text = fs::read_to_string(path).unwrap();
    let hints = intake::Hints::file("sample.yaml");
    let submission = intake::read(text.as_bytes(), &hints, &intake::Limits::default()).unwrap();
    submission.root.to_json()
}

/// The pointers of all values of a document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                pointers(member, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Slips of the hand at one place: what is typed there instead.
fn slips(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) if text.chars().count() > 3 => {
            let letters: Vec<char> = text.chars().collect();
            let middle = letters.len() / 2;
            let without = [&letters[..middle], &letters[middle + 1..]].concat();
            let mut swapped = letters.clone();
            swapped.swap(middle - 1, middle);
            let typed = [without, swapped].map(|letters| letters.into_iter().collect::<String>());
            let mut slips: Vec<Value> = typed.into_iter().map(Value::from).collect();
            slips.push(json!(text.to_uppercase()));
            slips.push(json!([text]));
            if let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] {
                slips.push(json!(format!("{day}/{month}/{year}")));
            }
            slips
        }
        Value::Number(number) => vec![json!(number.to_string()), json!([number])],
        Value::Bool(truth) => vec![
            json!(truth.to_string()),
            json!(if *truth { "có" } else { "không" }),
        ],
        Value::Array(items) => items.first().cloned().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A slip at every place of the samples, one at a time: in the value, each place with the next of
/// the slips that its kind of value knows, and in the names of fields.
#[test]
fn every_patch_of_a_mutated_sample_mends_and_breaks_nothing() {
    let mut faults = Vec::new();
    let (mut tried, mut offered) = (0, Vec::new());
    for name in ["ministry", "province", "party"] {
        let sound = sample(name);
        let known = prints(&check(&sound, "2026-03-31"));
        let mut places = Vec::new();
        pointers(&sound, "", &mut places);
        for (turn, place) in places.iter().enumerate() {
            let slips = slips(sound.pointer(place).unwrap());
            if let Some(slip) = slips.get(turn % slips.len().max(1)) {
                let mut mutated = sound.clone();
                *mutated.pointer_mut(place).unwrap() = slip.clone();
                let what = format!("{name} {place} = {slip}");
                offered.extend(try_patches(
                    &what,
                    &mutated,
                    "2026-03-31",
                    &known,
                    &mut faults,
                ));
                tried += 1;
            }
            let Some((record, field)) = place.rsplit_once('/') else {
                continue;
            };
            if turn % 2 == 0 && sound.pointer(record).unwrap().is_object() && field.len() > 2 {
                let mut mutated = sound.clone();
                let value = take(&mut mutated, place);
                let typed = format!("{}{}", &field[..1], &field[2..]);
                put(&mut mutated, &format!("{record}/{typed}"), value);
                let what = format!("{name} {place} typed {typed}");
                offered.extend(try_patches(
                    &what,
                    &mutated,
                    "2026-03-31",
                    &known,
                    &mut faults,
                ));
                tried += 1;
            }
        }
    }
    let of = |rule: &str| offered.iter().filter(|one| *one == rule).count();
    let counts: Vec<String> = offered
        .iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|rule| format!("{rule} {}", of(rule)))
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults of {} patches in {tried} files ({}):\n{}",
        faults.len(),
        offered.len(),
        counts.join(", "),
        faults.join("\n")
    );
    assert!(tried > 2_000, "only {tried} files");
    for rule in [
        "form-not-on-list",
        "form-unknown-field",
        "form-wrong-type",
        "KKT2-GEN-010",
        "KKT2-GEN-011",
    ] {
        assert!(of(rule) >= 20, "{rule} offers few patches: {counts:?}");
    }
}

#[test]
fn the_patch_of_a_province_that_names_the_wrong_constituent_names_the_right_one() {
    let submission = json!({
        "agency": {"level": "province"},
        "reference": {"constituent_framework": "ministerial-digital-architecture-framework"},
    });
    let report = check(&submission, "2026-03-31");
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
